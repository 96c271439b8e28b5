import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from '../../../scripts/sandbox/catalogue/load-directory';
import { baselineOf } from './select';

/** Real names, published with the services; they are read where they lie and not part of the repository. */
const REAL_NAMES = join(__dirname, '../../../../shared/catalogue');
const RECORDED = join(__dirname, '../../fixtures/recorded/baseline-vectors.json.gz');

interface RecordedBaseline {
  mission: string;
  product_type: string;
  level0: string;
  names: string[];
}

const isThere = existsSync(REAL_NAMES);

describe.skipIf(!isThere)('baselines that the real code chose on the real catalogue', async () => {
  if (!isThere) return;
  const { baselines } = JSON.parse(gunzipSync(readFileSync(RECORDED)).toString()) as { baselines: RecordedBaseline[] };
  const { catalogue, report } = await loadCatalogue(REAL_NAMES);

  test('the catalogue is the one they were chosen on', () => {
    expect(report).toMatchObject({ adfs: 348_227, level0s: 1_087_725, types: 325, unreadableCount: 0 });
  });

  test.each(baselines)('$mission $product_type $level0', ({ mission, product_type: productType, level0, names }) => {
    const chosen = baselineOf(catalogue, level0, mission, productType).flatMap(({ files }) =>
      files.map(({ name }) => name),
    );
    expect(chosen.sort()).toEqual(names);
  });
});

test.runIf(!isThere)(`skipped: no real names at ${REAL_NAMES}`, (context) => context.skip());
