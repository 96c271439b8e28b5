import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { environments } from '../../scripts/generate/environments';

/** The sandbox's environment with some values changed, as a file for `--env`. Returns its path. */
export function environmentFile(folder: string, values: Record<string, string>): string {
  const sandbox = environments().get('sandbox')!;
  const file = path.join(folder, 'changed.postman_environment.json');
  const others = sandbox.values.filter(({ key }) => !(key in values));
  const changed = Object.entries(values).map(([key, value]) => ({ key, value, type: 'default', enabled: true }));
  writeFileSync(file, JSON.stringify({ ...sandbox, values: [...others, ...changed] }));
  return file;
}
