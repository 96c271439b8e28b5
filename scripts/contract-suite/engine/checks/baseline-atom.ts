import { FOUND_MESSAGE } from '../../../sentinel/level0-messages';
import type { Answer } from '../answer';
import { baselineRows, fileText } from '../baseline-sample';
import { difference, finding, setDifference, type Finding } from '../finding';
import type { Scope } from '../scope';
import { feed, valuesIn } from './catalogue/catalogue-atom';

/** The sample interval's baseline as a feed of Atom: its products with their messages, and all their files with links. */
export function baselineAtom({ text }: Answer, scope: Scope): Finding[] {
  const rows = baselineRows(scope);
  const links = valuesIn(text, 'AuxipLink');
  const files = valuesIn(text, 'Name').map((Name, place) => fileText({ Name, AuxipLink: links[place] ?? '' }));
  return [
    ...feed(text),
    finding('It has the products of the sample', () =>
      setDifference(
        rows.map(({ level0 }) => level0),
        valuesIn(text, 'Level0'),
        'products',
      ),
    ),
    finding('Each product has its message', () =>
      difference(
        rows.map(() => FOUND_MESSAGE),
        valuesIn(text, 'Message'),
      ),
    ),
    finding('It has the files of the sample, with their links', () =>
      difference(rows.flatMap((row) => row.files).sort(), files.sort()),
    ),
  ];
}
