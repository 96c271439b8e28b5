import type { AuxflowError } from '../errors/errors';
import { isPlainText } from '../lib/visible-text';
import { MAX_JSON_DEPTH, readJson } from '../lib/read-json';
import { breachesOf, MAX_BREACHES, problemsOf, type Breach } from '../services/schema/validators';
import type { BaselineAnswer } from '../services/schema/types/BaselineAnswer';

/** An answer of getReprocessingDataBaseline as it came over the wire. */
export interface RawAnswer {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly mediaType: string;
  readonly body: Buffer;
}

export interface ReadBaseline {
  /** What of the answer keeps the schema; absent when it is no baseline at all. */
  readonly baseline?: BaselineAnswer;
  readonly errors: readonly AuxflowError[];
}

const SCHEMA = 'rdb.baseline';

/**
 * The strict check outside Newman (Ajv 8, every problem). What breaks the schema is reported, and left out: an entry, or one file of it.
 * All others stay, because a campaign needs them, whatever is wrong with others.
 */
export function readBaseline({ method, url, status, mediaType, body }: RawAnswer): ReadBaseline {
  // Other statuses are explained by the step that got them.
  if (status !== 200) return { errors: [] };
  const read = readJson(body.toString());
  if (!('value' in read)) {
    const isDeep = read.problem === 'too-deep';
    const deep: AuxflowError = { code: 'ANSWER_OVER_LIMIT', method, url, maxDepth: MAX_JSON_DEPTH };
    return { errors: [isDeep ? deep : { code: 'ANSWER_NOT_JSON', method, url, status, mediaType, excerpt: '' }] };
  }
  const breaches = breachesOf(SCHEMA, read.value);
  if (breaches.length === 0) return withPlainNames(read.value as BaselineAnswer, []);
  const problems = problemsOf(SCHEMA, read.value);
  const errors: AuxflowError[] = [{ code: 'ANSWER_BREAKS_SCHEMA', method, url, schema: SCHEMA, problems }];
  // Of an answer with more breaches than are gathered, the rest was not judged.
  if (!hasRows(read.value) || breaches.length >= MAX_BREACHES) return { errors };
  return withPlainNames(withoutBroken(read.value, breaches), errors);
}

/** Without blanks around the names of Level-0 products, as rdb.svc has them around those of files. What is no name on one line goes into no lock and no list. */
function withPlainNames(answer: BaselineAnswer, errors: readonly AuxflowError[]): ReadBaseline {
  const [value, refused]: [BaselineAnswer['value'], AuxflowError[]] = [[], []];
  for (const row of answer.value) {
    const name = row.Level0.trim();
    if (name === '' || !isPlainText(name)) refused.push({ code: 'NAME_UNSAFE', name, what: 'a Level-0 product' });
    else value.push(name === row.Level0 ? row : { ...row, Level0: name });
  }
  return { baseline: { ...answer, value }, errors: [...errors, ...refused] };
}

function hasRows(answer: unknown): answer is BaselineAnswer {
  return typeof answer === 'object' && answer !== null && 'value' in answer && Array.isArray(answer.value);
}

/** By the pointers of what is broken: `/value/3/Level0` costs the entry, `/value/3/AuxDataFiles/7/Name` that file. */
function withoutBroken(answer: BaselineAnswer, breaches: readonly Breach[]): BaselineAnswer {
  const entries = new Set<number>();
  const files = new Map<number, Set<number>>();
  for (const { pointer } of breaches) {
    const [, entry, file] = /^\/value\/(\d+)(?:\/AuxDataFiles\/(\d+))?/.exec(pointer) ?? [];
    if (entry === undefined) continue;
    if (file === undefined) entries.add(Number(entry));
    else files.set(Number(entry), (files.get(Number(entry)) ?? new Set()).add(Number(file)));
  }
  const value = answer.value.flatMap((row, index) => {
    if (entries.has(index)) return [];
    const broken = files.get(index);
    if (!broken) return [row];
    return [{ ...row, AuxDataFiles: row.AuxDataFiles.filter((_file, place) => !broken.has(place)) }];
  });
  return { ...answer, value };
}
