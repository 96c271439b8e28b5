import { Failure } from '../../../errors/errors';
import { BASELINE_SCENARIOS } from './baseline-scenarios';
import { CATALOGUE_SCENARIOS } from './catalogue-scenarios';
import { CONNECTION_SCENARIOS } from './connection-scenarios';
import type { Faults } from './faults';
import type { Scenario, Strength } from './scenario';
import { SITE_SCENARIOS } from './site-scenarios';
import { STORE_SCENARIOS } from './store-scenarios';

const HEALTHY: Scenario = {
  name: 'healthy',
  effect: 'services as recorded: freshly started, a single user, nothing goes wrong',
  create: () => ({}),
};

/** Every scenario by name, in the order in which they are listed. */
export const SCENARIOS: readonly Scenario[] = [
  HEALTHY,
  ...BASELINE_SCENARIOS,
  ...SITE_SCENARIOS,
  ...CONNECTION_SCENARIOS,
  ...CATALOGUE_SCENARIOS,
  ...STORE_SCENARIOS,
];

export interface FaultSettings {
  /** Default 30, as recorded. */
  readonly connectionSeconds?: number;
}

/**
 * The faults of `name[@magnitude][:times]`, several joined by `+`; `times` is a number or `always`, and 1 where it is left out.
 * @throws Failure USAGE for an unknown name or a misshapen number
 */
export function faultsOf(specification: string, { connectionSeconds = 30 }: FaultSettings = {}): readonly Faults[] {
  return specification.split('+').map((part) => {
    const { scenario, strength } = parsePart(part.trim());
    return scenario.create({ ...strength, connectionSeconds });
  });
}

function parsePart(part: string): { scenario: Scenario; strength: Omit<Strength, 'connectionSeconds'> } {
  const match = /^([a-z0-9-]+)(?:@(\d+))?(?::(\d+|always))?$/.exec(part);
  const scenario = SCENARIOS.find(({ name }) => name === match?.[1]);
  if (match === null || scenario === undefined) {
    throw new Failure({
      code: 'USAGE',
      problem: `'${part}' is not a scenario of the sandbox`,
      next: `'auxflow sandbox --list-scenarios' lists them`,
    });
  }
  const magnitude = match[2] === undefined ? undefined : Number(match[2]);
  const times = match[3] === undefined ? 1 : match[3] === 'always' ? Infinity : Number(match[3]);
  return { scenario, strength: { magnitude, times } };
}
