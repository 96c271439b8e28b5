import { Failure } from '../errors/errors';

/**
 * The reference script's short options have two letters, which no usual parser knows (`-su A`), and its long ones have underscores.
 * Both are turned into the long options of auxflow before parsing; dashes are accepted where people expect them.
 */
export const SHORT_SPELLINGS: Readonly<Record<string, string>> = {
  '-su': '--unit',
  '-pt': '--product_type',
  '-l0': '--l0_names',
  '-pw': '--password',
  '-t0': '--start',
  '-t1': '--stop',
};

const SPELLINGS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(SHORT_SPELLINGS),
  ['--product-type', '--product_type'],
  ['--l0-names', '--l0_names'],
]);

export function withLongOptions(words: readonly string[]): string[] {
  const own = ownWords(words);
  return [...own.map((word) => SPELLINGS.get(word) ?? word), ...words.slice(own.length)];
}

/** Those before `--`: what comes after it belongs to another command. */
export function ownWords(words: readonly string[]): readonly string[] {
  const end = words.indexOf('--');
  return end === -1 ? words : words.slice(0, end);
}

/** A whole number of at least `least`. */
export function wholeNumber(option: string, least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least) return value;
    throw new Failure({
      code: 'USAGE',
      problem: `${option} must be a whole number ≥ ${least}, not ${JSON.stringify(text)}.`,
    });
  };
}

/** A port of TCP; 0 is a free one. */
export function port(option: string): (text: string) => number {
  const whole = wholeNumber(option, 0);
  return (text) => {
    const value = whole(text);
    if (value <= 65_535) return value;
    throw new Failure({ code: 'USAGE', problem: `${option} must be at most 65535, not ${text}.` });
  };
}

/** More than there are folders of cases would be empty. */
const MAX_SHARDS = 1000;

/** `2/3`: the second of three. */
export function shard(option: string): (text: string) => { index: number; of: number } {
  return (text) => {
    const [, index, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number);
    if (index !== undefined && of !== undefined && index >= 1 && index <= of && of <= MAX_SHARDS) return { index, of };
    throw new Failure({
      code: 'USAGE',
      problem: `${option} must be i/n, the i-th of n, not ${JSON.stringify(text)}.`,
      next: `For three machines: ${option} 1/3, ${option} 2/3 and ${option} 3/3.`,
    });
  };
}

/** TRUE or FALSE, as the reference script spells them; case does not matter. */
export function trueOrFalse(option: string): (text: string) => boolean {
  return (text) => {
    if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
    throw new Failure({ code: 'USAGE', problem: `${option} must be TRUE or FALSE, not ${JSON.stringify(text)}.` });
  };
}

/** A number above 0, with a decimal point if need be. */
export function positiveNumber(option: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+(\.\d+)?$/.test(text) && value > 0) return value;
    throw new Failure({
      code: 'USAGE',
      problem: `${option} must be a number greater than 0, not ${JSON.stringify(text)}.`,
    });
  };
}

/** Adds `KIND=SECONDS` to those before it, for an option that may be given several times. */
export function secondsByKind<Kind extends string>(
  option: string,
  kinds: readonly Kind[],
): (text: string, before: Readonly<Partial<Record<Kind, number>>>) => Readonly<Partial<Record<Kind, number>>> {
  return (text, before) => {
    const [name, seconds = ''] = text.split('=', 2);
    const kind = kinds.find((known) => known === name);
    if (kind === undefined || !/^\d+(\.\d+)?$/.test(seconds) || Number(seconds) === 0)
      throw new Failure({
        code: 'USAGE',
        problem: `${option} must be KIND=SECONDS, not ${JSON.stringify(text)}.`,
        next: `Kinds are ${kinds.join(', ')}; seconds must be greater than 0.`,
      });
    return { ...before, [kind]: Number(seconds) };
  };
}
