/** Campaigns of any size: every file is needed by eight Level-0 products, every Level-0 product needs twenty. */
import { collectManifest, type Manifest } from '../scripts/campaign/manifest';
import { FOUND_MESSAGE } from '../scripts/sentinel/level0-messages';
import type { BaselineAnswer } from '../scripts/services/schema/types/BaselineAnswer';
import { readSite } from '../scripts/services/site';

const NEEDED_BY_LEVEL0 = 20;
const NEEDING_A_FILE = 8;
const LEVEL0_PER_ANSWER = 18;

/** Nobody listens there. */
export const SITE = readSite('sandbox', { siteUrl: 'http://127.0.0.1:1' });
export const REQUEST = {
  ...{ mission: 'S2MSI', unit: 'A', productType: 'L1C' },
  ...{ start: '2020-01-01T00:00:00Z', stop: '2020-01-02T00:00:00Z' },
};

/** A name of a Sentinel-2 file of parameters, a second apart from the next. */
export function nameOf(index: number): string {
  return `S2A_OPER_GIP_R2DENT_MPC__${time(index)}_V20150622T000000_21000101T000000_B06.TGZ`;
}

export function manifestOf(rows: number): Manifest {
  const collector = collectManifest(SITE.auxipRoot);
  const level0Count = Math.ceil((rows * NEEDING_A_FILE) / NEEDED_BY_LEVEL0);
  for (let first = 0; first < level0Count; first += LEVEL0_PER_ANSWER) {
    const count = Math.min(LEVEL0_PER_ANSWER, level0Count - first);
    const answer = { value: Array.from({ length: count }, (_none, index) => baselineOf(first + index, rows)) };
    collector.add(asFromTheWire(answer) as BaselineAnswer);
  }
  return collector.manifest();
}

/** Every mention of a name is a text of its own. */
export function asFromTheWire<Answer>(answer: Answer): Answer {
  return JSON.parse(JSON.stringify(answer)) as Answer;
}

function baselineOf(index: number, rows: number): BaselineAnswer['value'][number] {
  const files = Array.from({ length: NEEDED_BY_LEVEL0 }, (_none, place) => (index * NEEDED_BY_LEVEL0 + place) % rows);
  return {
    Level0: `S2A_OPER_MSI_L0__DS_EPAE_${time(index)}_S${time(index)}_N02.09.tar`,
    Message: FOUND_MESSAGE,
    AuxDataFiles: files.map((file) => ({
      Name: nameOf(file),
      AuxipLink: `${SITE.auxipRoot}/Products(${idOf(file)})/$value`,
    })),
  };
}

function idOf(index: number): string {
  return `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
}

/** Of the file that has the id. */
export function indexOf(id: string): number {
  return Number(id.slice(0, 8));
}

/** A second after the one of the number before. */
function time(number: number): string {
  return new Date(Date.UTC(2015, 5, 5) + number * 1000).toISOString().replace(/[-:]|[.].*/g, '');
}
