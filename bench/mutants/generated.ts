/** The score of our suite on machine-made mutants: by area and severity, and why each survivor was not noticed. */
import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { AREAS, generatedMutants, SEVERITIES, type GeneratedMutant } from '../../scripts/sandbox/sandbox';
import { hitBy } from './hits';
import { Lanes, type Lane } from './lanes';
import { ourSuite, type Way } from './our-suite';
import { differing, type Differing } from './replay';
import { shareWords } from './share';
import type { MetMutant } from './suite';
import { Onlooker } from './witness';

export interface GeneratedOptions extends Way {
  readonly count: number;
  readonly seed: number;
  /** Areas; all when left out. */
  readonly only?: readonly string[];
  readonly minutes: number;
  /** A line of JSON for each. */
  readonly out?: string;
}

interface Scored {
  readonly mutant: GeneratedMutant;
  readonly met: MetMutant;
}

export async function meetGenerated(options: GeneratedOptions): Promise<void> {
  const suite = await ourSuite(new Set(['adg']), options);
  // Where survivors show is looked for at the end, by one process.
  const lanes = new Lanes({ ...suite, recordings: {} }, availableParallelism());
  const onlooker = await Onlooker.start();
  const scored: Scored[] = [];
  const candidates = visibleOnes(options, onlooker);
  const onEach = async (lane: Lane): Promise<void> => {
    for (let next = await candidates.next(); !next.done; next = await candidates.next()) {
      const met = await lane.meet({ ...next.value, hit: hitBy(next.value.witness) });
      scored.push({ mutant: next.value, met });
      tell(next.value, met, scored.length);
      if (options.out) appendFileSync(options.out, `${JSON.stringify({ ...next.value, ...met })}\n`);
    }
  };
  try {
    await Promise.all(lanes.all.map(onEach));
  } finally {
    lanes.close();
    await onlooker.close();
  }
  printScore(scored, options.seed);
  await printSurvivors(scored, differing(suite.recordings.adg ?? [], 'adg'));
}

/** Those whose witness shows them. One that no client can see is no defect. */
async function* visibleOnes(
  { seed, count, only, minutes }: GeneratedOptions,
  onlooker: Onlooker,
): AsyncGenerator<GeneratedMutant, void> {
  const end = performance.now() + minutes * 60_000;
  let [seen, unseen] = [0, 0];
  for (const mutant of generatedMutants(seed)) {
    if (seen >= count || performance.now() > end) break;
    if (only && !only.includes(mutant.area)) continue;
    if (await onlooker.sees(mutant)) {
      seen += 1;
      yield mutant;
    } else unseen += 1;
  }
  console.log(`\n${unseen} that no answer to their own witness shows are not counted`);
}

function tell({ name, area, defect }: GeneratedMutant, { seconds, noticedBy }: MetMutant, count: number): void {
  const verdict = noticedBy === undefined ? 'SURVIVED' : `noticed by ${noticedBy}`;
  console.log(`${String(count).padStart(4)} ${name} ${area} ${seconds.toFixed(1)} s: ${defect}\n       ${verdict}`);
}

/** A column per severity, noticed of met; then the share of all with the 95 % interval. */
function printScore(scored: readonly Scored[], seed: number): void {
  const cell = (all: readonly Scored[]): string =>
    all.length === 0 ? '' : `${all.filter(({ met }) => met.noticedBy !== undefined).length} of ${all.length}`;
  const row = (title: string, all: readonly Scored[]): void => {
    const columns = SEVERITIES.map((severity) => all.filter(({ mutant }) => mutant.severity === severity));
    const noticed = all.filter(({ met }) => met.noticedBy !== undefined).length;
    console.log(
      title.padEnd(14),
      [...columns, all].map((column) => cell(column).padStart(12)).join(''),
      all.length === 0 ? '' : `  ${shareWords(noticed, all.length)}`,
    );
  };
  console.log(`\nseed ${seed}`.padEnd(16), [...SEVERITIES, 'all'].map((severity) => severity.padStart(12)).join(''));
  for (const area of AREAS) {
    const own = scored.filter(({ mutant }) => mutant.area === area);
    if (own.length > 0) row(area, own);
  }
  row('all', scored);
}

async function printSurvivors(scored: readonly Scored[], lookout: Differing): Promise<void> {
  const survivors = scored.filter(({ met }) => met.noticedBy === undefined);
  console.log(`\n${survivors.length} survived`);
  for (const { mutant } of survivors) {
    console.log(`  ${mutant.name} ${mutant.area} ${mutant.severity}: ${mutant.defect}`);
    console.log(`      ${reasonOf(mutant, await lookout(mutant.name))}`);
  }
}

/** Why it was not noticed, as far as the run tells. */
function reasonOf({ area, witness }: GeneratedMutant, seenIn: readonly string[]): string {
  if (seenIn.length > 0) return `asked for and taken for right in: ${seenIn.join(', ')}`;
  if (area === 'store' || area === 'redirects') return 'not asked for: every file that is looked at costs a grant';
  const accounts = witness.flatMap((ask) => (ask.to === 'site' && ask.as !== undefined ? [ask.as] : []));
  if (accounts.includes('operator')) return 'not asked for: needs another account';
  return 'not asked for: nothing that the suite sends has another answer';
}
