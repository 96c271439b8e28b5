import type { RecordedAnswer, RecordedPair } from '../lib/recorded-pair';
import { isUnsorted, NORMALISATIONS, ORDERS, type Normalisation } from './normalisations';
import { contains, partialJson } from './partial-json';

export type Verdict =
  | { readonly outcome: 'equal' }
  | { readonly outcome: 'normalised'; readonly by: readonly string[] }
  | { readonly outcome: 'different'; readonly differences: readonly string[] };

/** Headers that are compared; others only say who stands in front of the service. */
const ALWAYS = ['content-type', 'odata-version'];
const WHERE_RECORDED = ['allow', 'content-disposition', 'location', 'www-authenticate'];

/**
 * Says whether the sandbox answers as it was recorded.
 * @param askWhole asks the sandbox for the whole list of which the answer is a page
 */
export async function compare(
  { request, answer: recorded }: RecordedPair,
  replayed: RecordedAnswer,
  askWhole: () => Promise<RecordedAnswer | undefined>,
): Promise<Verdict> {
  if (differencesOf(recorded, replayed).length === 0) return { outcome: 'equal' };
  const needed = neededOf(recorded, replayed);
  if (needed !== undefined) return { outcome: 'normalised', by: needed.map(({ name }) => name) };
  const [left, right] = normalised(recorded, replayed, NORMALISATIONS);
  const differences = differencesOf(left, right);
  if (differences.length === 1 && differences[0]?.startsWith('body of') === true && isList(left))
    return { outcome: 'normalised', by: [...changing(recorded, replayed), ORDERS.rest.name] };
  const isOnlyBody = differences.every((difference) => difference.startsWith('body'));
  if (isOnlyBody && isUnsorted(request)) {
    const order = orderBetween(left, right) ?? (await pageOf(left, askWhole, recorded));
    if (order !== undefined) return { outcome: 'normalised', by: [...changing(recorded, replayed), order.name] };
  }
  return { outcome: 'different', differences };
}

/** The fewest normalisations that make the two equal, in the order in which they are declared. */
function neededOf(recorded: RecordedAnswer, replayed: RecordedAnswer): readonly Normalisation[] | undefined {
  const isEqualAfter = (chosen: readonly Normalisation[]): boolean =>
    differencesOf(...normalised(recorded, replayed, chosen)).length === 0;
  if (!isEqualAfter(NORMALISATIONS)) return undefined;
  return NORMALISATIONS.reduce<readonly Normalisation[]>((chosen, item) => {
    const without = chosen.filter((another) => another !== item);
    return isEqualAfter(without) ? without : chosen;
  }, NORMALISATIONS);
}

/** Names of the normalisations that change something in one of the two. */
function changing(recorded: RecordedAnswer, replayed: RecordedAnswer): string[] {
  const changes = ({ apply }: Normalisation, answer: RecordedAnswer, another: RecordedAnswer): boolean =>
    JSON.stringify(apply(answer, another)) !== JSON.stringify(answer);
  return NORMALISATIONS.filter((item) => changes(item, recorded, replayed) || changes(item, replayed, recorded)).map(
    ({ name }) => name,
  );
}

function normalised(
  recorded: RecordedAnswer,
  replayed: RecordedAnswer,
  by: readonly Normalisation[],
): [RecordedAnswer, RecordedAnswer] {
  return by.reduce<[RecordedAnswer, RecordedAnswer]>(
    ([left, right], { apply }) => {
      const changed = apply(right, left);
      return [apply(left, changed), changed];
    },
    [recorded, replayed],
  );
}

function differencesOf(recorded: RecordedAnswer, replayed: RecordedAnswer): string[] {
  if (recorded.status !== replayed.status) return [`status ${recorded.status}, sandbox ${replayed.status}`];
  if (recorded.status === 0) return [];
  const names = [...ALWAYS, ...WHERE_RECORDED.filter((name) => recorded.headers[name] !== undefined)];
  const headers = names.flatMap((name) => {
    const [left, right] = [recorded.headers[name], replayed.headers[name]];
    return left === right ? [] : [`${name}: ${left ?? 'none'}, sandbox ${right ?? 'none'}`];
  });
  return [...headers, ...bodyDifference(recorded, replayed)];
}

function bodyDifference(recorded: RecordedAnswer, replayed: RecordedAnswer): string[] {
  const { body: left } = recorded;
  if (left === undefined) return [];
  const right = replayed.body ?? '';
  const isWhole = recorded.length === undefined || recorded.length === left.length;
  const seen = isWhole ? right : right.slice(0, left.length);
  if (left !== seen) return [`body ${firstDifference(left, seen)}`];
  if (!isWhole && recorded.length !== replayed.length) {
    return [`body of ${recorded.length ?? 0} characters, sandbox ${replayed.length ?? 0}`];
  }
  return [];
}

function firstDifference(left: string, right: string): string {
  const limit = Math.min(left.length, right.length);
  let at = 0;
  while (at < limit && left[at] === right[at]) at++;
  const start = Math.max(0, at - 30);
  return `at ${at}: ${JSON.stringify(left.slice(start, at + 90))}, sandbox ${JSON.stringify(right.slice(start, at + 90))}`;
}

function isList({ body = '' }: RecordedAnswer): boolean {
  return body.startsWith('{"@odata.context":') && body.includes('"value":[');
}

type Order = (typeof ORDERS)[keyof typeof ORDERS];

/** The order in which alone the two bodies differ. */
function orderBetween(recorded: RecordedAnswer, replayed: RecordedAnswer): Order | undefined {
  if (recorded.length !== undefined && recorded.length !== replayed.length) return undefined;
  if (recorded.body?.startsWith('<') === true)
    return sameElements(recorded.body, replayed.body ?? '') ? ORDERS.files : undefined;
  const part = partialJson(recorded.body ?? '');
  if (part === undefined || !contains(partialJson(replayed.body ?? ''), part)) return undefined;
  return (recorded.body ?? '').includes('"AuxDataFiles"') ? ORDERS.files : ORDERS.list;
}

/** Whether the complete elements of a collection in XML are among those of another, behind the same beginning. */
function sameElements(recorded: string, replayed: string): boolean {
  const elements = (xml: string): string[] => xml.match(/<m:element>.*?<\/m:element>/gs) ?? [];
  const [begin = ''] = recorded.split('<m:element>');
  const all = elements(replayed);
  return replayed.startsWith(`${begin}<m:element>`) && elements(recorded).every((item) => all.includes(item));
}

/** The rows of a page are among those of the whole list. */
async function pageOf(
  recorded: RecordedAnswer,
  askWhole: () => Promise<RecordedAnswer | undefined>,
  original: RecordedAnswer,
): Promise<Order | undefined> {
  const whole = await askWhole();
  if (recorded.body?.includes('<entry>') === true) {
    const ids = recorded.body.match(/(?<=<entry><id>)[^<]*/g) ?? [];
    return ids.every((id) => whole?.body?.includes(`<id>${id}</id>`) === true) ? ORDERS.page : undefined;
  }
  const part = partialJson(recorded.body ?? '');
  if (part === undefined || whole === undefined) return undefined;
  const [, list] = normalised(original, whole, NORMALISATIONS);
  const { value } = part as { readonly value?: unknown };
  return Array.isArray(value) && contains(partialJson(list.body ?? ''), { value }) ? ORDERS.page : undefined;
}
