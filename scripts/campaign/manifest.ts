import type { BaselineAnswer } from '../contract/types/BaselineAnswer';
import { Failure, type AuxflowError } from '../errors';
import { parseAdfName } from '../sentinel/adf-name';

/** One distinct auxiliary file of a campaign. */
export interface ManifestFile {
  /** Lower-case UUID in auxip.svc. */
  readonly id: string;
  /** Without the blanks or newline that the service may append (rdb.md §2.4). */
  readonly name: string;
  /** ADF type as the name says it, e.g. `OL_2_PPP_AX`. */
  readonly type: string;
  /** Level-0 products that need it. */
  readonly neededBy: readonly string[];
}

export interface Manifest {
  readonly level0: readonly { readonly name: string; readonly known: boolean; readonly files: readonly string[] }[];
  readonly files: readonly ManifestFile[];
  /** How often files are named in all: what a client without de-duplication would download. */
  readonly references: number;
  /** Links that lead elsewhere, names that are none, one id under two names or one name under two ids. */
  readonly refused: readonly AuxflowError[];
}

const PRODUCT_ID = /^Products\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\)\/\$value$/;

/**
 * The distinct files of one or more baseline answers, by catalogue id. `auxipRoot` is the only place a link may lead to: a
 * link to another host is refused and never asked for.
 */
export function manifestOf(answers: readonly BaselineAnswer[], auxipRoot: string): Manifest {
  const files = new Map<string, ManifestFile & { neededBy: string[] }>();
  const refused = new Map<string, AuxflowError>();
  const entries = answers.flatMap((answer) => answer.value);
  for (const { Level0, AuxDataFiles } of entries) {
    for (const { Name, AuxipLink } of AuxDataFiles) {
      try {
        const { id, name, type } = readReference(Name.trim(), AuxipLink, auxipRoot);
        const file = files.get(id) ?? { id, name, type, neededBy: [] };
        if (file.name !== name)
          throw new Failure({
            code: 'CATALOGUE_DISAGREES',
            method: 'GET',
            url: AuxipLink,
            expected: file.name,
            came: name,
          });
        if (!file.neededBy.includes(Level0)) file.neededBy.push(Level0);
        files.set(id, file);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        refused.set(`${error.detail.code} ${Name} ${AuxipLink}`, error.detail);
      }
    }
  }
  return {
    level0: entries.map((entry) => ({
      name: entry.Level0,
      known: !entry.Message.startsWith('Warning'),
      files: entry.AuxDataFiles.map((file) => file.Name.trim()),
    })),
    files: [...files.values()],
    references: entries.reduce((sum, entry) => sum + entry.AuxDataFiles.length, 0),
    refused: [...refused.values(), ...sameNameTwice(files.values())],
  };
}

function readReference(name: string, link: string, auxipRoot: string): { id: string; name: string; type: string } {
  const parsed = parseAdfName(name);
  if (!parsed) throw new Failure({ code: 'NAME_UNSAFE', name });
  const id = link.startsWith(`${auxipRoot}/`) ? PRODUCT_ID.exec(link.slice(auxipRoot.length + 1))?.[1] : undefined;
  if (!id) throw new Failure({ code: 'LINK_FOREIGN', link, expected: `${auxipRoot}/Products(…)/$value` });
  return { id, name, type: parsed.type };
}

/** Two ids for one name is what a replacement in progress looks like (auxip.md §7, 13): said, because only one can have the name. */
function sameNameTwice(files: Iterable<ManifestFile>): AuxflowError[] {
  const ids = new Map<string, string>();
  const found: AuxflowError[] = [];
  for (const { id, name } of files) {
    const other = ids.get(name);
    if (other) found.push({ code: 'NAME_TWICE', name, ids: [other, id] });
    ids.set(name, id);
  }
  return found;
}
