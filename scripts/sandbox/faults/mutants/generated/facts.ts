/** What generated mutants are about: the files of the built-in catalogue, and what a defect can single out about them. */
import { parseAdfName } from '../../../../sentinel/adf-name';
import { type AdfType } from '../../../../sentinel/adf-types';
import { builtinCatalogue } from '../../../catalogue/builtin';
import type { AdfRecord, Catalogue } from '../../../catalogue/catalogue';
import type { Random } from './random';

export interface FileFacts {
  readonly id: string;
  readonly name: string;
  /** `S1` */
  readonly platform: string;
  /** A, B or X. */
  readonly unit: string;
  readonly type: AdfType;
  /** bytes */
  readonly size: number;
}

interface Facts {
  readonly catalogue: Catalogue;
  readonly adfs: readonly AdfRecord[];
  readonly byId: ReadonlyMap<string, FileFacts>;
  readonly byName: ReadonlyMap<string, FileFacts>;
  readonly byType: readonly (readonly FileFacts[])[];
}

let known: Facts | undefined;

/** Read when the first mutant is made: most sandboxes have none. */
export function facts(): Facts {
  return (known ??= readFacts());
}

function readFacts(): Facts {
  const catalogue = builtinCatalogue();
  const adfs = catalogue.adfs?.() ?? [];
  const all = adfs.map(factsOf(catalogue));
  const byType = new Map<AdfType, FileFacts[]>();
  for (const file of all) byType.set(file.type, [...(byType.get(file.type) ?? []), file]);
  return {
    catalogue,
    adfs,
    byId: new Map(all.map((file) => [file.id, file])),
    byName: new Map(all.map((file) => [file.name, file])),
    byType: [...byType.values()],
  };
}

function factsOf(catalogue: Catalogue): (adf: AdfRecord) => FileFacts {
  return ({ id, name, type }) => ({
    id,
    name,
    platform: name.slice(0, 2),
    unit: parseAdfName(name)?.unit ?? 'X',
    type,
    size: catalogue.product(id)?.contentLength ?? 0,
  });
}

/** Every type is as likely as any other, however many files it has. */
export function anyFile(random: Random): FileFacts {
  return random.pick(random.pick(facts().byType));
}

/** In any catalogue: by its id where the built-in one has it, else by what its name says. */
export function fileOf(row: Readonly<Record<string, unknown>>, path: string): FileFacts | undefined {
  const id = typeof row['Id'] === 'string' ? row['Id'] : (/(?:\(|%28)([0-9a-f-]{36})(?:\)|%29)/i.exec(path)?.[1] ?? '');
  const name = row['Name'] ?? row['FullName'];
  return facts().byId.get(id.toLowerCase()) ?? (typeof name === 'string' ? facts().byName.get(name.trim()) : undefined);
}
