/** What kind of deviation it is when a baseline has other files of a type than its rule chooses. */
import { acceptableChoices, type Misfit } from '../../sentinel/acceptable-choices';
import { parseAdfName } from '../../sentinel/adf-name';
import type { AdfType } from '../../sentinel/adf-types';
import { choosesAll, type Sensing } from '../../sentinel/selection-rules';
import { reachOf, wouldBeListed, type Candidate, type Span } from './candidates';

/**
 * `missing`: no file of the type; `incomplete`: some of several; `superseded`: an older file than the one that counts; `wrong`: a file
 * that does not apply; `unexpected`: a file too many; `unknown`: a file that may lie beyond what was asked for.
 */
export type DeviationKind = 'missing' | 'incomplete' | 'superseded' | 'wrong' | 'unexpected' | 'unknown';

export interface KindContext {
  readonly type: AdfType;
  /** By name. */
  readonly candidates: ReadonlyMap<string, Candidate>;
  /** For which files were asked. */
  readonly span: Span;
}

export function kindOf(
  { lost, extra }: Misfit<Candidate>,
  answered: readonly string[],
  sensing: Sensing,
  { type, candidates, span }: KindContext,
): DeviationKind {
  if (answered.length === 0) return 'missing';
  const [strange] = extra;
  if (strange === undefined) return 'incomplete';
  const [expected] = lost[0] ?? [];
  const file = candidates.get(strange);
  // Of these rules one file is all, whatever lies beyond what was asked for.
  if (!expected && answered.length > extra.length && !choosesAll(type.rule)) return 'unexpected';
  if (!file) return kindOfUnlisted(strange, expected, type, span);
  const applies = acceptableChoices(type.rule, [file], sensing).length > 0;
  if (!applies) return 'wrong';
  if (!expected) return 'unexpected';
  return isOlder(file, expected) ? 'superseded' : 'wrong';
}

/** A file that should have been listed, and is not, has been taken out since: one that replaces it may be there. */
function kindOfUnlisted(name: string, expected: Candidate | undefined, type: AdfType, span: Span): DeviationKind {
  const file = parseAdfName(name);
  if (!file) return 'unexpected';
  const reach = reachOf(type);
  if (expected) return wouldBeListed(file, reach, span) || isOlder(file, expected) ? 'superseded' : 'wrong';
  if (wouldBeListed(file, reach, span)) return 'unexpected';
  return reach === 'around' ? 'wrong' : 'unknown';
}

function isOlder(file: Pick<Candidate, 'creation' | 'stop'>, than: Candidate): boolean {
  return file.creation < than.creation || (file.creation === than.creation && file.stop < than.stop);
}
