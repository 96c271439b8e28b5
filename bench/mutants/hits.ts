/** In which order folders are asked: those first that are most likely to notice a mutant for the processor time that they take. */
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import type { Ask } from '../../scripts/sandbox/sandbox';
import type { Subject } from './mutant-sandbox';

/** Seconds of processor time of each folder on a healthy sandbox. */
export type FolderCosts = Readonly<Record<string, number>>;

/** What is thought of a folder before it met a mutant of the area, in mutants noticed of one met. */
const OF_THAT_SERVICE = 0.3;
const OF_ANOTHER = 0.02;

export class Hits {
  private readonly counts = new Map<string, number>();

  constructor(private readonly costs: FolderCosts = {}) {}

  count({ area }: Subject, folder: string): void {
    for (const key of [area, `${area} ${folder}`]) this.counts.set(key, this.of(key) + 1);
  }

  inOrder(mutant: Subject): string[] {
    const worth = new Map(CASE_FOLDERS.map(({ name }) => [name, this.chance(mutant, name) / (this.costs[name] ?? 1)]));
    return [...worth.keys()].sort((a, b) => (worth.get(b) ?? 0) - (worth.get(a) ?? 0));
  }

  private chance({ area, hit }: Subject, folder: string): number {
    const expected = hit === undefined || isOf(hit, folder) ? OF_THAT_SERVICE : OF_ANOTHER;
    return (this.of(`${area} ${folder}`) + expected) / (this.of(area) + 1);
  }

  private of(key: string): number {
    return this.counts.get(key) ?? 0;
  }
}

/** Services that a mutant shows in, as its witness asks them. */
export type Hit = readonly string[];

export function hitBy(witness: readonly Ask[]): Hit {
  return [
    ...new Set(witness.map((ask) => (ask.to === 'site' ? (/^\/(\w+)/.exec(ask.target)?.[1] ?? 'gateway') : ask.to))),
  ];
}

const isOf = (hit: Hit, folder: string): boolean => hit.some((service) => FOLDERS_OF[service]?.test(folder) ?? true);

const FOLDERS_OF: Readonly<Record<string, RegExp>> = {
  auxip: /^(?:auxip|Gateway|Downloads)/,
  rdb: /^(?:rdb|Selection)/,
  reprocessing: /^(?:reprocessing|Selection)/,
  token: /^(?:Token|Gateway|Expiry)/,
  store: /^(?:Downloads|Quota|Expiry)/,
};
