/** Which cases of a folder others build on: they keep, as variables, what later requests and checks are made of. */
import type { Check } from '../checks';
import { SIGN_IN } from '../cases/sign-in';
import { FREEZE, RESUME } from '../cases/sandbox-clock';
import type { ContractCase } from '../contract-case';

/** The cases wanted, with all that they build on, in the order of the folder. */
export function withPrerequisites(cases: readonly ContractCase[], wanted: readonly ContractCase[]): ContractCase[] {
  const chosen = new Set(wanted);
  // From the last to the first: what a case builds on stands before it.
  for (const [place, item] of [...cases.entries()].reverse()) {
    if (cases.slice(place + 1).some((later) => chosen.has(later) && buildsOn(later, item))) chosen.add(item);
  }
  const clock = cases.filter(isClock);
  // The clock of the sandbox is moved only while it stands still, and goes on afterwards.
  if (clock.some((item) => chosen.has(item))) for (const item of clock) chosen.add(item);
  return cases.filter((item) => chosen.has(item) || item.name === SIGN_IN);
}

const isClock = ({ request, name }: ContractCase): boolean =>
  name === FREEZE || name === RESUME || request.url.endsWith('{{sandbox_control}}/clock');

function buildsOn(later: ContractCase, earlier: ContractCase): boolean {
  if (later.after?.includes(earlier.key)) return true;
  // Time that has passed is a condition of whatever depends on the clock.
  if (isClock(earlier)) return later.needs?.includes('sandbox_control') ?? false;
  // Every request with a token needs the one that is in force at its place.
  const text = JSON.stringify(later) + (later.request.auth === 'none' ? '' : '{{access_token}}');
  return checksOf(earlier).some((check) => {
    const kept = keptBy(check);
    return kept === 'something' || kept.some((name) => text.includes(`{{${name}`) || text.includes(`"${name}"`));
  });
}

const checksOf = ({ expect }: ContractCase): readonly Check[] => [
  ...(expect.checks ?? []),
  ...(expect.otherwise ?? []),
];

/** Names of the variables that a check keeps, or their beginnings; `something`: more than can be told, for cases of any kind. */
function keptBy(check: Check): readonly string[] | 'something' {
  switch (check.is) {
    case 'keep':
    case 'keep-header':
    case 'keep-refusal':
    case 'other-case':
    case 'level0-keep':
    case 'quirk-keep':
    case 'quirk-configured-files':
    case 'quirk-configurations':
      return [check.as];
    case 'file-drawn':
      return [`${check.as}_`];
    case 'presigned':
      return ['store_url'];
    case 'file':
      return ['store_file'];
    case 'token-forgeries':
      return ['token_'];
    default:
      return KEEPERS.has(check.is) ? 'something' : [];
  }
}

/** Checks that read a sample, or walk through one in several parts. */
const KEEPERS: ReadonlySet<Check['is']> = new Set([
  'catalogue-sample',
  'catalogue-sample-again',
  'catalogue-draw',
  'catalogue-draw-next',
  'adf-sample',
  'adf-type-levels',
  'adf-baseline',
  'baseline-sample',
  'selection-types',
  'selection-baselines',
  'selection-candidates',
  'selection-catalogue',
  'selection-edge-candidates',
  'quirk-platform',
]);
