/**
 * Which part of the catalogue is the sample: entries that follow one another by id, from an id that the seed draws. Ids are random, so
 * that entries of all missions, types and sizes come together, and the service finds them by its primary key.
 */
import { drawnId, seedOfDay } from './draw';
import type { Scope } from './scope';

/** Entries in the sample: few enough for one page, and enough for some on both sides of every boundary. */
export const SAMPLE_SIZE = 48;

/** A page that is full may be cut off, and nothing says so (auxip.md#query-options). */
export const PAGE = 200;

/** Below it, the end of the ids was near: another beginning is drawn. */
const ENOUGH = 30;

/** Beginnings drawn before the first id of all is taken. */
const TRIES = 3;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/** At the beginning of a folder; each has a sample of its own. A filter that the environment brings (`catalogue_sample`) comes before. */
export function beginSample(folder: string, scope: Scope): void {
  scope.remember('catalogue_sample', '');
  const given = scope.value('catalogue_sample');
  scope.remember('sample_of', folder);
  scope.remember('sample_given', given === '' ? '' : 'yes');
  if (given === '') askFrom(0, scope);
  else askWith(given, PAGE, scope);
}

/** The seed that the environment brings (`contract_seed`), or that of the day. */
export function seedOf(scope: Scope): string {
  return scope.value('contract_seed') || seedOfDay(Date.now());
}

export function isDrawn(scope: Scope): boolean {
  return scope.value('sample_given') === '';
}

/** Whether `count` entries are enough, or as many as there will ever be. */
export function isEnough(count: number, scope: Scope): boolean {
  return !isDrawn(scope) || count >= ENOUGH || tries(scope) >= TRIES;
}

/** Asks once more, from another id. False when that was done often enough. */
export function drawAgain(scope: Scope): boolean {
  if (!isDrawn(scope) || tries(scope) >= TRIES) return false;
  askFrom(tries(scope) + 1, scope);
  scope.repeat();
  return true;
}

/** Ids in ascending order: from now on they are the sample. */
export function keepSlice(ids: readonly string[], scope: Scope): void {
  if (isDrawn(scope))
    scope.remember('catalogue_sample', `(Id ge ${ids[0] ?? FIRST_ID} and Id le ${ids.at(-1) ?? FIRST_ID})`);
}

function askFrom(attempt: number, scope: Scope): void {
  const id = attempt < TRIES ? drawnId(seedOf(scope), `sample ${scope.value('sample_of')} ${attempt}`) : FIRST_ID;
  scope.remember('sample_tries', String(attempt));
  scope.remember('sample_from', id);
  askWith(`Id ge ${id}`, SAMPLE_SIZE, scope);
}

function askWith(filter: string, top: number, scope: Scope): void {
  scope.remember('sample_asked', filter);
  scope.remember('sample_top', String(top));
}

const tries = (scope: Scope): number => Number(scope.value('sample_tries'));
