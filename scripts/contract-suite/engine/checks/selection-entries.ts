/** Baselines that the rules are tried on: their entries, files and links, whatever was chosen. */
import { FOUND_MESSAGE, NOT_FOUND_MESSAGE } from '../../../sentinel/level0-messages';
import { entriesOf, type BaselineEntry } from '../baseline-sample';
import type { Answer } from '../answer';
import { difference, setDifference, type Finding } from '../finding';
import { keepLinked } from '../linked-files';
import type { Scope } from '../scope';
import type { Sample } from '../selection/samples';
import { envelope } from './baseline-envelope';
import { filePromises, forAll, type PromiseOf } from './baseline-files';

/**
 * What is broken, each promise with `title` before it; the files' links are kept, to be followed.
 * `names` asked for: those of a data base come with another message than made-up ones, which of the two is not known here.
 */
export function entriesFindings(title: string, sample: Sample, answer: Answer, scope: Scope): Finding[] {
  keepLinked(
    entriesOf(answer).flatMap(({ AuxDataFiles }) => AuxDataFiles),
    scope,
  );
  return brokenEntries(title, sample, answer, scope);
}

/** As `entriesFindings`, where other baselines have the same files, whose links are followed. */
export function brokenEntries(title: string, sample: Sample, answer: Answer, scope: Scope): Finding[] {
  const entries = entriesOf(answer);
  const files = entries.flatMap(({ AuxDataFiles }) => AuxDataFiles);
  const findings = [
    envelope(answer),
    ...promisesFor(sample).map((promise) => forAll(promise, entries, ({ Level0 }) => Level0)),
    ...filePromises(files, sample, scope),
  ];
  return findings
    .filter(({ problem }) => problem !== undefined)
    .map(({ promise, ...more }) => ({ promise: `${title}: ${promise}`, ...more }));
}

function promisesFor({ what }: Sample): readonly PromiseOf<BaselineEntry>[] {
  const isInterval = what.includes('/');
  const names = what.split(',');
  const members = ['Level0', 'Message', 'AuxDataFiles'];
  return [
    ['An entry has exactly the recorded members', (entry) => setDifference(members, Object.keys(entry), 'members')],
    [
      'A name comes as it was sent',
      ({ Level0 }) => (isInterval || names.includes(Level0) ? undefined : 'was not sent'),
    ],
    [
      'The message is one of the two',
      ({ Message }) =>
        Message === FOUND_MESSAGE || (!isInterval && Message === NOT_FOUND_MESSAGE)
          ? undefined
          : difference(FOUND_MESSAGE, Message),
    ],
    [
      'No file stands twice in a list',
      ({ AuxDataFiles }) => {
        const found = AuxDataFiles.map(({ Name }) => Name.trim());
        return setDifference([...new Set(found)], found, 'names');
      },
    ],
  ];
}
