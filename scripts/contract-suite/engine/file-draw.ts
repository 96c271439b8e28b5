/** Which files are asked of the store: a small one of a mission that the seed draws, and the end of a larger one of another mission. */
import { MISSION_NAMES, SENTINEL3_COMMON } from '../../sentinel/missions';
import type { DrawnFile } from '../checks';
import { drawnId, shuffled } from './draw';
import { seedOf } from './sample-draw';
import type { Scope } from './scope';
import { typesOfMission } from './strata';
import { searchText } from '../../sentinel/adf-types';

interface Ask {
  readonly filter: string;
  readonly order: string;
}

/**
 * Bytes. The small file is kept for the comparison of ranges, which begin up to 1000 bytes behind its beginning. The account is charged with
 * the whole size of the large one (auxip.md#quota).
 */
const SIZES: Readonly<Record<DrawnFile, string>> = {
  file: 'ContentLength gt 1100 and ContentLength lt 100000',
  large: 'ContentLength gt 1048576 and ContentLength lt 10485760',
  next: 'ContentLength gt 0 and ContentLength lt 300000',
};
const SMALLEST: Ask = { filter: 'ContentLength gt 0', order: 'ContentLength' };

/** The first question for a file, as variables; `avoided` is the platform (`S1`) that comes last. */
export function beginFileDraw(as: DrawnFile, scope: Scope, avoided = ''): void {
  scope.remember(`${as}_avoided`, avoided);
  if (as === 'next') scope.remember('next_count', '0');
  ask(as, 0, scope);
}

/** Nothing was found: asks with the next question. False where there is none left. */
export function askForOtherFile(as: DrawnFile, scope: Scope): boolean {
  const isAsked = ask(as, Number(scope.value(`${as}_tries`)) + 1, scope);
  if (isAsked) scope.repeat();
  return isAsked;
}

function ask(as: DrawnFile, attempt: number, scope: Scope): boolean {
  const question = questions(as, scope)[attempt];
  if (!question) return false;
  scope.remember(`${as}_tries`, String(attempt));
  scope.remember(`${as}_filter`, question.filter);
  scope.remember(`${as}_order`, question.order);
  return true;
}

/** Mission by mission: behind a drawn id, then anywhere. At last the smallest file of all, where a small one is wanted. */
function questions(as: DrawnFile, scope: Scope): readonly Ask[] {
  if (as === 'next') return ofNextMission(scope);
  const [seed, avoided] = [seedOf(scope), scope.value(`${as}_avoided`)];
  const platforms = shuffled(['S1', 'S2', 'S3'], seed, as).filter((platform) => platform !== avoided);
  const order = avoided === '' ? platforms : [...platforms, avoided];
  return [
    ...order.flatMap((platform) => {
      const filter = `startswith(Name,'${platform}') and ${SIZES[as]}`;
      const behind = `${filter} and Id ge ${drawnId(seed, `${as} ${platform}`)}`;
      return [behind, filter].map((text) => ({ filter: text, order: 'Id' }));
    }),
    ...(as === 'file' ? [SMALLEST] : []),
  ];
}

/** Types of a mission in one question: URLs have 2000 characters. */
const TYPES_AT_ONCE = 12;

/** A file of the mission that comes next in the seed's order, of one of some drawn types; then of those of another mission. */
function ofNextMission(scope: Scope): readonly Ask[] {
  const seed = seedOf(scope);
  const missions = shuffled([...MISSION_NAMES, SENTINEL3_COMMON], seed, 'next');
  const first = Number(scope.value('next_count')) % missions.length;
  const inTurn = [...missions.slice(first), ...missions.slice(0, first)];
  const asks = inTurn.map((mission) => {
    const types = shuffled(typesOfMission(mission), seed, `next of ${mission}`).slice(0, TYPES_AT_ONCE);
    const named = types.map((type) => `contains(Name,'${searchText(type)}')`).join(' or ');
    return `(${named}) and ${SIZES.next}`;
  });
  return [
    ...asks.flatMap((filter) => {
      const behind = `${filter} and Id ge ${drawnId(seed, `next ${filter}`)}`;
      return [behind, filter].map((text) => ({ filter: text, order: 'Id' }));
    }),
    SMALLEST,
  ];
}

/** The next question is for a file of another mission. */
export function goToNextMission(scope: Scope): void {
  scope.remember('next_count', String(Number(scope.value('next_count')) + 1));
  ask('next', 0, scope);
}
