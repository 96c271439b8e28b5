/** The contract suite as Newman gets it. */

/** A collection as the generator writes it: a folder per resource. */
export interface Suite {
  readonly event?: readonly object[];
  readonly item: readonly SuiteFolder[];
}

interface SuiteFolder {
  readonly name: string;
  readonly item?: readonly SuiteItem[];
}

interface SuiteItem {
  readonly name: string;
  readonly event?: readonly object[];
  readonly request?: object;
}

/** The parts that are run: what Newman is given costs it many times its size in memory. */
export function onlyFolders(suite: Suite, folders: readonly string[]): Suite {
  return { ...suite, item: suite.item.filter(({ name }) => folders.includes(name)) };
}

interface NamedCases {
  readonly name: string;
  readonly cases: readonly { readonly name: string }[];
}

/** The folders named, each with the requests named. */
export function onlyCases(suite: Suite, folders: readonly NamedCases[]): Suite {
  const names = new Map(folders.map(({ name, cases }) => [name, new Set(cases.map((item) => item.name))]));
  return {
    ...suite,
    item: suite.item.flatMap((folder) => {
      const own = names.get(folder.name);
      return own ? [{ ...folder, item: folder.item?.filter(({ name }) => own.has(name)) }] : [];
    }),
  };
}

/** What workflow/postman-scripts/service-contract.prerequest.ts does when `contract` is known already. */
const OPEN = "if (typeof contract !== 'undefined') contract.open(pm);";

/** Tells scope.ts that the scripts of all requests run in one world, as Newman has it. */
const ONE_WORLD = "if (typeof contractTexts === 'undefined') contractTexts = {};";

/**
 * The script that defines `contract` for all others stands before every request, because in the app each may be sent on its own. It
 * is long, and Newman hands it over and compiles it for each request again, at the price of all the rest together. Here it comes
 * with the first request of a folder only.
 */
export function definedOncePerFolder(suite: Suite): Suite {
  const { event = [] } = suite;
  if (event.length === 0) return suite;
  const withEvents = ([first, ...others]: readonly SuiteItem[]): SuiteItem[] =>
    first ? [{ ...first, event: [prerequest(ONE_WORLD), ...event, ...(first.event ?? [])] }, ...others] : [];
  return {
    ...suite,
    event: [prerequest(OPEN)],
    item: suite.item.map((folder) => ({ ...folder, item: withEvents(folder.item ?? []) })),
  };
}

function prerequest(line: string): object {
  return { listen: 'prerequest', script: { type: 'text/javascript', exec: [line] } };
}
