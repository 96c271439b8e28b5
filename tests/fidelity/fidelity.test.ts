import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { DOCUMENT, documentedTable } from '../../scripts/fidelity/documented';
import { recordingsOfRepository } from '../../scripts/fidelity/recordings';
import { replay, type Replayed } from '../../scripts/fidelity/replay';
import { countsOf, fidelityMarkdown } from '../../scripts/fidelity/table';

describe('what the services were recorded to answer, asked of the sandbox', () => {
  const replayed: Replayed[] = [];
  beforeAll(async () => {
    for (const recording of await recordingsOfRepository()) replayed.push(...(await replay(recording)));
  });

  test('every recording is replayed', () => {
    expect(replayed).toHaveLength(70 + 184 + 85);
    expect(countsOf(replayed).at(-1)).toMatchObject({ operation: 'all' });
  });

  test('docs/sandbox.md says how true the sandbox is: `npm run fidelity -- --write` after a change, and no answer may become different', () => {
    expect(documentedTable(readFileSync(DOCUMENT, 'utf8'))).toBe(fidelityMarkdown(replayed));
  });
});
