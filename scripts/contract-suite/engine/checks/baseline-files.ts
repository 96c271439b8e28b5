/** What every file that a baseline names must hold to, whatever was asked for. */
import { parseAdfName } from '../../../sentinel/adf-name';
import { fileText, idOfLink, type BaselineFile } from '../baseline-sample';
import { difference, finding, shown, type Finding, type Problem } from '../finding';
import { QUIRKS } from '../../quirks';
import type { Scope } from '../scope';

export type PromiseOf<Subject> = readonly [
  promise: string,
  problemOf: (subject: Subject) => string | Problem | undefined,
];

/** For whom the files are. */
export interface Satellite {
  readonly mission: string;
  readonly unit: string;
}

export function filePromises(files: readonly BaselineFile[], { mission, unit }: Satellite, scope: Scope): Finding[] {
  const distinct = [...new Map(files.map((file) => [fileText(file), file])).values()];
  const root = scope.text('{{auxip_root_uri}}');
  const promises: readonly PromiseOf<BaselineFile>[] = [
    [
      'Names have nothing around them',
      ({ Name }) => (Name === Name.trim() ? undefined : { problem: 'it has', cause: { key: 'untrimmedName' } }),
    ],
    [
      'Every name is one of an auxiliary file',
      ({ Name }) => (parseAdfName(Name.trim()) ? undefined : 'no such name is known: do not use it as a path'),
    ],
    [
      "Every file is of the product's platform and unit, or serves all units",
      ({ Name }) => {
        const file = parseAdfName(Name.trim());
        const satellite = file && [file.platform, file.unit === 'X' ? unit : file.unit];
        return satellite && difference([mission.slice(0, 2), unit], satellite);
      },
    ],
    [
      'Every link is that of an entry of auxip.svc',
      ({ AuxipLink }) =>
        /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(idOfLink(AuxipLink)) &&
        AuxipLink === `${root}/Products(${idOfLink(AuxipLink)})/$value`
          ? undefined
          : `${shown(AuxipLink)} is not ${root}/Products(<lower-case uuid>)/$value${shown(AuxipLink) === 'null' ? `. ${QUIRKS.nullLink}` : ''}`,
    ],
  ];
  return promises.map((promise) => forAll(promise, distinct, ({ Name }) => JSON.stringify(Name)));
}

/** Says the first that breaks the promise, and how many do. */
export function forAll<Subject>(
  [promise, problemOf]: PromiseOf<Subject>,
  subjects: readonly Subject[],
  nameOf: (subject: Subject) => string,
): Finding {
  return finding(promise, () => {
    const broken = subjects.flatMap((subject) => {
      const problem = problemOf(subject);
      if (problem === undefined) return [];
      const { problem: words, cause } = typeof problem === 'string' ? { problem } : problem;
      return [{ problem: `${nameOf(subject)}: ${words}`, cause }];
    });
    const [first] = broken;
    if (!first) return undefined;
    return { ...first, problem: `${broken.length} of ${subjects.length}, first ${first.problem}` };
  });
}
