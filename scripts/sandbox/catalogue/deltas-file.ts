import { Failure } from '../../errors/errors';
import type { AdfType } from '../../sentinel/adf-types';
import { deltaKey, publishedDeltas } from '../../sentinel/published-deltas';
import { NO_DELTAS, type Deltas } from '../../sentinel/select-adfs';
import { readText } from './lists';
import { field, parseJson } from './product-line';

/**
 * Deltas of types: those that are published, or of a file, with zero for what is not in it.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED
 */
export async function readDeltasOf(source: string): Promise<(mission: string, type: AdfType) => Deltas> {
  if (source === 'published') return (mission, { longName }) => publishedDeltas(mission, longName);
  const table = await readDeltas(source);
  return (mission, { longName }) => table.get(deltaKey(mission, longName)) ?? NO_DELTAS;
}

/**
 * Deltas in seconds by `deltaKey`, from a list of `{"mission","type","delta0","delta1"}`, or from an object whose keys are
 * `<mission> <LongName>`.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED
 */
export async function readDeltas(path: string): Promise<ReadonlyMap<string, Deltas>> {
  const json = parseJson(await readText(path));
  if (typeof json !== 'object' || json === null) throw malformed(path, 'neither a list nor an object');
  const rows = Array.isArray(json) ? json.map((entry: unknown) => [keyOf(entry), entry]) : Object.entries(json);
  return new Map(
    rows.map(([key, entry]: readonly unknown[], index) => {
      const [delta0, delta1] = [field(entry, 'delta0'), field(entry, 'delta1')];
      if (typeof key === 'string' && typeof delta0 === 'number' && typeof delta1 === 'number')
        return [key, { delta0, delta1 }] as const;
      throw malformed(path, `entry ${index + 1} needs mission, type, delta0 and delta1 (seconds)`);
    }),
  );
}

function keyOf(entry: unknown): string | undefined {
  const [mission, type] = [field(entry, 'mission'), field(entry, 'type')];
  return typeof mission === 'string' && typeof type === 'string' ? deltaKey(mission, type) : undefined;
}

function malformed(path: string, problem: string): Failure {
  return new Failure({ code: 'FILE_MALFORMED', path, what: 'table of deltas', problems: [problem] });
}
