import { recordAnswer } from '../../scripts/cluster/queue/answer-store';
import type { PartialCompleteness } from '../../scripts/campaign/completeness/joint-deltas';
import { openQueue } from '../../scripts/cluster/queue/open-queue';
import { CAMPAIGNS, campaignKeys } from '../../scripts/cluster/redis/keys';
import type { Zones } from '../../scripts/sentinel/delta-zones';
import type { CampaignFile } from '../../scripts/campaign/campaign-file';

/** Frames of three minutes. */
const FRAME = 180_000;
const FIRST = Date.UTC(2018, 0, 1);
/** Products of one call, and files of each: as S3 OLCI has them. */
const IN_A_CALL = 16;
const STATIC_FILES = 22;
const FILES_IN_TIME = 7;
/** Products that share a file of their time (two hours). */
const SHARING = 40;

const ZONES: Zones = [
  [
    [0, 3_599_999],
    [0, 7_199_999],
    [-3_599_999, 7_199_999],
  ],
];

const stamp = (at: number): string => new Date(at).toISOString().replace(/[-:]|\.\d+Z/g, '');

export function* level0Names(count: number): Iterable<string> {
  for (let place = 0; place < count; place++) yield nameOf(place);
}

function nameOf(place: number): string {
  const start = FIRST + place * FRAME;
  const [from, to, made] = [start, start + FRAME, start + 2 * FRAME].map(stamp);
  return `S3A_OL_0_EFR____${from}_${to}_${made}_0179_026_279______SVL_O_NR_002.SEN3`;
}

/** A campaign of that many products whose calls are all answered, in Redis. */
export async function storeAnswers(count: number, url: string): Promise<{ campaign: string; files: number }> {
  const campaign = `made-up-${count}`;
  const queue = await openQueue(url);
  const { asked, facts } = campaignKeys(campaign);
  const known = new Set<string>();
  for (let first = 0, call = 0; first < count; first += IN_A_CALL, call++) {
    const places = Array.from({ length: Math.min(IN_A_CALL, count - first) }, (_, index) => first + index);
    const names = places.map(nameOf);
    await queue.redis.rpush(asked, JSON.stringify(names));
    const rows = places.map(filesOf);
    const files = [...new Map(rows.flat().map((file) => [file.id, file])).values()];
    for (const { id } of files) known.add(id);
    const placeOf = new Map(files.map(({ id }, place) => [id, place]));
    const placesOf = (own: readonly CampaignFile[]): number[] => own.map(({ id }) => placeOf.get(id) ?? 0);
    const answer = {
      answer: { url: `https://site/getReprocessingDataBaselines(${first})`, bytes: 400_000, sha256: '0'.repeat(64) },
      level0: names.map((name, index) => ({ name, known: true, files: placesOf(rows[index] ?? []) })),
      files: files.map(({ id }) => id),
      completeness: completenessOf(names.length),
      problems: [],
    };
    await recordAnswer(queue.redis, campaign, call, { answer, files });
  }
  const site = { environment: 'sandbox', siteUrl: 'https://site', auxipRoot: 'https://site/auxip.svc' };
  const request = { mission: 'S3OLCI', unit: 'A', productType: 'L2LFR' };
  const head = { lockVersion: 1, campaign, auxflow: '0', updatedAt: '', site, request, complete: false, answers: [] };
  await queue.redis.hset(facts, { head: JSON.stringify(head), calls: Math.ceil(count / IN_A_CALL) });
  await queue.redis.sadd(CAMPAIGNS, campaign);
  await queue.close();
  return { campaign, files: known.size };
}

function completenessOf(judged: number): PartialCompleteness {
  const types = Array.from({ length: STATIC_FILES + FILES_IN_TIME }, (_, type) => ({
    ...{ type: `T${String(type).padStart(2, '0')}_AX`, rule: 'LatestValCover', candidates: 10, level0: judged },
    ...{ deviating: 0, deltas: 'zero' as const, delta0: 0, delta1: 0 },
  }));
  const level0 = { judged, all: judged };
  const nothing = { errors: [], doubts: [], allowed: [], unanswered: [] };
  // Of files that change in time, as much as the answers of the sandbox say.
  const known = types.slice(STATIC_FILES).map(({ type }) => ({ type, zones: ZONES }));
  const beside = { known, open: [], refutesShift: false };
  return { judgedAt: '2026-11-30T00:00:00.000Z', source: 'reprocessing.svc', level0, types, ...nothing, ...beside };
}

function filesOf(place: number): CampaignFile[] {
  const ofAll = Array.from({ length: STATIC_FILES }, (_, type) => fileOf(type, 0));
  const group = Math.floor(place / SHARING);
  return [...ofAll, ...Array.from({ length: FILES_IN_TIME }, (_, type) => fileOf(STATIC_FILES + type, group))];
}

function fileOf(type: number, group: number): CampaignFile {
  const id = `${String(type).padStart(8, '0')}-0000-4000-8000-${String(group).padStart(12, '0')}`;
  const from = stamp(FIRST + group * SHARING * FRAME);
  const name = `S3A_AX___T${String(type).padStart(2, '0')}_AX_${from}_20991231T235959_20180101T000000___________________ECW_O_SN_001.SEN3`;
  const place = { path: `${name}.zip`, bytes: 1_000_000, md5: '0'.repeat(32), publicationDate: '2020-01-01T00:00:00Z' };
  return { id, name, type: `T${type}_AX`, ...place, state: 'verified' };
}
