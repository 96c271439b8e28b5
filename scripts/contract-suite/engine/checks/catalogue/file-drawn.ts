import type { StoreCheck } from '../../../checks';
import type { Answer } from '../../answer';
import { memberOf, type Row } from '../../catalogue-sample';
import { askForOtherFile, beginFileDraw, goToNextMission } from '../../file-draw';
import { shown, type Finding } from '../../finding';
import type { Scope } from '../../scope';

const MD5 = 'Checksum/0/Value';

type FileDrawn = StoreCheck & { readonly is: 'file-drawn' };

/** What the entry says is kept for the requests to the store; where none came, others are asked for. */
export function fileDrawn({ as }: FileDrawn, answer: Answer, scope: Scope): Finding[] {
  const { value } = answer.json() as { value: Row[] };
  const [entry] = value;
  if (entry) {
    keep(as, entry, scope);
    if (as === 'file') beginFileDraw('large', scope, entry.Name.slice(0, 2));
    if (as === 'next') {
      goToNextMission(scope);
      // Of the file before.
      scope.remember('store_url', '');
    }
    return [{ promise: `${entry.Name} is drawn` }, hasMd5(entry)];
  }
  if (askForOtherFile(as, scope)) return [{ promise: `None is found by ${scope.value(`${as}_filter`)}` }];
  return as === 'large'
    ? [{ promise: 'No file is larger than 1 MB and smaller than 10 MB' }]
    : [{ promise: 'The catalogue has a file', problem: 'none has a size' }];
}

function hasMd5(entry: Row): Finding {
  const md5 = memberOf(entry, MD5);
  const promise = `The answer has /value/0/${MD5}`;
  return typeof md5 === 'string' ? { promise } : { promise, problem: `got ${shown(md5)}` };
}

function keep(as: string, entry: Row, scope: Scope): void {
  const length = Number(entry['ContentLength']);
  const values = {
    id: entry.Id,
    id_upper: entry.Id.toUpperCase(),
    name: entry.Name,
    length,
    last: length - 1,
    md5: memberOf(entry, MD5),
  };
  for (const [name, value] of Object.entries(values)) scope.remember(`${as}_${name}`, String(value));
}
