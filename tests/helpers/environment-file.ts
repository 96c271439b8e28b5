import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { environments } from '../../scripts/generate/environments';

/** The sandbox's environment with some values changed, as a file for `--env`. Returns its path. */
export function environmentFile(folder: string, values: Record<string, string>): string {
  const sandbox = environments().get('sandbox')!;
  const file = path.join(folder, 'changed.postman_environment.json');
  const changed = sandbox.values.map((row) => ({ ...row, value: values[row.key] ?? row.value }));
  writeFileSync(file, JSON.stringify({ ...sandbox, values: changed }));
  return file;
}
