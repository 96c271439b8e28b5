import { MISSION_NAMES } from './missions';
import { NO_DELTAS, type Deltas } from './select-adfs';

/**
 * Seconds by which the processors widen the sensing interval, by mission and LongName: T0 and T1 of the published task tables of the
 * Sentinel-3 IPFs (the interval of retrieval mode per ADF type). Every other type of the services' list has zero there. What the services
 * themselves are configured with is not published; whether it is the same is for the contract suite to find out.
 */
const PUBLISHED: Readonly<Record<string, Deltas>> = {
  'S3OLCI AX___FRO_AX': { delta0: 0.5, delta1: 0 },
  'S3OLCI AX___FPO_AX': { delta0: 0.5, delta1: 0 },
  'S3OLCI AX___OSF_AX': { delta0: 0.5, delta1: 0 },
  'S3OLCI AX___BB2_AX': { delta0: 0.5, delta1: 0 },
  'S3OLCI AX___MA1_AX': { delta0: 0, delta1: 10800 },
  'S3SLSTR AX___FRO_AX': { delta0: 20, delta1: 85 },
  'S3SLSTR AX___FPO_AX': { delta0: 20, delta1: 85 },
  'S3SLSTR AX___OSF_AX': { delta0: 20, delta1: 85 },
  'S3SLSTR AX___BB2_AX': { delta0: 20, delta1: 85 },
  'S3SLSTR AX___MA1_AX': { delta0: 64800, delta1: 21600 },
  'S3SLSTR AX___MFA_AX': { delta0: 64800, delta1: 21600 },
  'S3SRAL SR___POESAX': { delta0: 240, delta1: 240 },
  'S3SRAL SR___POEPAX': { delta0: 50, delta1: 50 },
  'S3SRAL AX___OSF_AX': { delta0: 50, delta1: 50 },
  'S3SRAL AX___FRO_AX': { delta0: 50, delta1: 50 },
  'S3SRAL AX___FPO_AX': { delta0: 50, delta1: 50 },
  'S3SRAL AX___BB2_AX': { delta0: 50, delta1: 50 },
  'S3SRAL AX___MA1_AX': { delta0: 0, delta1: 10800 },
  'S3SRAL AX___MA2_AX': { delta0: 0, delta1: 10800 },
  'S3SRAL SR_2_RGI_AX': { delta0: 50, delta1: 50 },
  'S3SRAL SR_2_RMO_AX': { delta0: 21600, delta1: 21600 },
};

/** The published deltas of a type for a mission; zero for both where the task tables have none. */
export function publishedDeltas(mission: string, longName: string): Deltas {
  const key = deltaKey(mission, longName);
  return Object.hasOwn(PUBLISHED, key) ? (PUBLISHED[key] ?? NO_DELTAS) : NO_DELTAS;
}

/** Those of the mission first, then those that a type has for other missions; none that is zero. */
export function publishedForAnyMission(mission: string, longName: string): readonly Deltas[] {
  const own = publishedDeltas(mission, longName);
  const others = MISSION_NAMES.filter((name) => name !== mission).map((name) => publishedDeltas(name, longName));
  return [own, ...others].filter((deltas) => deltas !== NO_DELTAS);
}

/** `S3SLSTR AX___MA1_AX`: how a pair is named in tables of deltas. */
export function deltaKey(mission: string, longName: string): string {
  return `${mission} ${longName}`;
}
