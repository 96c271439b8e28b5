/**
 * Level-0 granules of Sentinel-3A around 2024-03-01, the tutorial's day: each instrument cuts its part of every orbit into
 * equal granules, the first a little shorter.
 */
import { formatCompactTime, SECOND } from '../../sentinel/time';

interface Instrument {
  /** 12 characters: the type of the product up to its mission-dependent underscores. */
  readonly type: string;
  /** Length of a granule and of an orbit's first one, seconds. */
  readonly granule: number;
  readonly first: number;
  readonly perOrbit: number;
}

const INSTRUMENTS: readonly Instrument[] = [
  { type: 'OL_0_EFR', granule: 120, first: 118, perOrbit: 22 },
  { type: 'SL_0_SLT', granule: 300, first: 298, perOrbit: 20 },
  { type: 'SR_0_SRA', granule: 600, first: 598, perOrbit: 10 },
  { type: 'MW_0_MWR', granule: 6059, first: 6059, perOrbit: 1 },
];

/** The orbit of the tutorial's granules: relative orbit 302 of cycle 109. */
const KNOWN_START = Date.UTC(2024, 2, 1, 1, 4, 12);
const KNOWN_ORBIT = { cycle: 109, relative: 302 };
const ORBITS_PER_CYCLE = 385;
const ORBIT = 6059 * SECOND;

/** Orbits generated before and after the known one: from 2024-02-27 into 2024-03-05. */
const BEFORE = 43;
const AFTER = 57;

/** Names of all granules, by instrument, in the order of time. */
export function level0Granules(): readonly string[] {
  const orbits = Array.from({ length: BEFORE + 1 + AFTER }, (_, index) => index - BEFORE);
  return INSTRUMENTS.flatMap((instrument) => orbits.flatMap((orbit) => granulesOfOrbit(instrument, orbit)));
}

function granulesOfOrbit(instrument: Instrument, orbit: number): readonly string[] {
  return Array.from({ length: instrument.perOrbit }, (_, index) => nameOf(instrument, orbit, index));
}

function nameOf({ type, granule, first, perOrbit }: Instrument, orbit: number, index: number): string {
  const orbitStart = KNOWN_START + orbit * ORBIT;
  const start = orbitStart + (index === 0 ? 0 : first + (index - 1) * granule) * SECOND;
  const seconds = index === 0 ? first : granule;
  // Received at the end of the orbit, written one after the other: 62 seconds for the first fifteen of OLCI's 22.
  const creation = orbitStart + (6618 + Math.floor((index * 62 * 22) / (15 * perOrbit))) * SECOND;
  const times = [start, start + seconds * SECOND, creation].map(formatCompactTime).join('_');
  const shown = Math.min(seconds, granule - 1);
  return `S3A_${type}____${times}_${pad(shown, 4)}_${orbitNumber(orbit)}______PS1_O_NR_002.SEN3.zip`;
}

/** `109_302`: cycle and relative orbit, which runs from 1 to 385. */
function orbitNumber(orbit: number): string {
  const absolute = KNOWN_ORBIT.cycle * ORBITS_PER_CYCLE + KNOWN_ORBIT.relative - 1 + orbit;
  return `${pad(Math.floor(absolute / ORBITS_PER_CYCLE), 3)}_${pad((absolute % ORBITS_PER_CYCLE) + 1, 3)}`;
}

function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
