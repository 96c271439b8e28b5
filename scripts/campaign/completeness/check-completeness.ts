/** Whether a campaign's baselines name all that they should: asked of reprocessing.svc, and judged. */
import { Failure } from '../../errors/errors';
import { describe } from '../../errors/messages';
import type { Api } from '../../services/api';
import type { Auxip } from '../../services/auxip';
import type { BaselineRequest } from '../../services/rdb';
import { throwIfInterrupted } from '../../services/interruption';
import { createReprocessing } from '../../services/reprocessing';
import type { Site } from '../../services/site';
import type { CompletenessMatrix } from '../../matrix/matrix';
import type { Manifest } from '../manifest';
import { lookForLevel0, type Look } from './look-for-level0';
import { withCatalogued } from './catalogued';
import { configurationsOf } from './configurations';
import { listedFacts, publishedFacts, type TypesAndCandidates } from './listed-facts';
import { partial, type PartialCompleteness } from './joint-deltas';
import { judgedCampaign, judgementOf, type JudgedCampaign } from './judge';
import { matrixOf } from './matrix-of-campaign';
import type { Span } from './candidates';
import { withAllowed } from './allowed';
import type { Completeness } from './judgement';
import { sensedOf, spanOf } from './products';

export interface CompletenessOptions {
  readonly site: Pick<Site, 'reprocessingRoot' | 'rdbRoot' | 'auxipRoot'>;
  readonly request: BaselineRequest;
  readonly manifest: Pick<Manifest, 'level0' | 'files' | 'intervals'>;
  readonly api: Pick<Api, 'get' | 'getJson'>;
  readonly auxip: Pick<Auxip, 'entriesByName' | 'names'>;
  /** LongNames that may be missing. */
  readonly allowMissing: readonly string[];
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

/** What is wrong in short, and every cell of what was judged. */
export interface CheckedBaselines {
  readonly completeness: Completeness;
  readonly matrix: CompletenessMatrix;
}

/**
 * Undefined where there is nothing to judge.
 * @throws Failure INTERRUPTED; whatever else keeps reprocessing.svc from being read is said in the result
 */
export async function checkCompleteness(options: CompletenessOptions): Promise<CheckedBaselines | undefined> {
  const { request, allowMissing } = options;
  const checked = await judged(options);
  if (!checked) return undefined;
  const { completeness, campaign, reason } = checked;
  return { completeness, matrix: matrixOf(campaign, { unit: request.unit, reason, allowMissing }) };
}

/** The same of some of a campaign's products, which are one call. */
export async function checkCall(options: CompletenessOptions): Promise<PartialCompleteness | undefined> {
  const checked = await judged(options);
  return checked && partial(checked.campaign, checked.completeness, options.allowMissing);
}

interface Checked {
  readonly completeness: Completeness;
  readonly campaign: JudgedCampaign;
  /** Why reprocessing.svc was not read. */
  readonly reason?: string;
}

async function judged(options: CompletenessOptions): Promise<Checked | undefined> {
  const { request, manifest, allowMissing, now } = options;
  const { mission, productType } = request;
  const span = spanOf(manifest.level0.flatMap((product) => sensedOf(product) ?? []));
  if (!span) return undefined;
  const { facts: listed, reason } = await factsOf(options, span);
  const { facts, unasked } = await withCatalogued(listed, { ...options, ...request, span });
  const campaign = { ...facts, mission, productType, span, products: inOrderOfTime(manifest.level0) };
  const first = judgedCampaign(campaign);
  const { configurationsWanted } = judgementOf(first);
  const configurations = await configurationsOf(configurationsWanted, {
    ...options,
    auxipRoot: options.site.auxipRoot,
  });
  const last = configurations.size > 0 ? judgedCampaign({ ...campaign, configurations }) : first;
  const { level0, types, errors, doubts } = judgementOf(last);
  const looked = await leftOut(options);
  const completeness: Completeness = {
    judgedAt: now().toISOString(),
    source: reason === undefined ? 'reprocessing.svc' : 'published table',
    reason,
    level0,
    types,
    doubts: [...doubts, ...unasked.map((type) => ({ type, level0: level0.judged, reason: 'catalogue' as const }))],
    unanswered: looked.unanswered,
    ...otherwiseOf(listed),
    ...withAllowed([...looked.errors, ...errors], allowMissing),
  };
  return { completeness, campaign: last, reason };
}

function otherwiseOf({ types, otherwise }: TypesAndCandidates): Pick<Completeness, 'otherwise'> {
  const { added = [], rules = new Map<string, string>() } = otherwise ?? {};
  if (added.length + rules.size === 0) return {};
  const other = types.flatMap(({ longName: type, rule: listed }) => {
    const published = rules.get(type);
    return published ? [{ type, listed, published }] : [];
  });
  return { otherwise: { added, rules: other } };
}

async function leftOut({ site, request, manifest, api, signal }: CompletenessOptions): Promise<Look> {
  const { level0, intervals = [] } = manifest;
  const products = level0.flatMap((product) => sensedOf(product) ?? []);
  return lookForLevel0({ request, rdbRoot: site.rdbRoot, products, intervals, api, signal });
}

/** So that examples are the first ones: answers have no order. */
function inOrderOfTime(products: Manifest['level0']): Manifest['level0'] {
  const times = new Map(products.map((product) => [product, sensedOf(product)?.t0 ?? Infinity]));
  return products.toSorted((a, b) => (times.get(a) ?? 0) - (times.get(b) ?? 0));
}

interface Source {
  readonly facts: TypesAndCandidates;
  /** Why they are not those of reprocessing.svc. */
  readonly reason?: string;
}

async function factsOf({ site, request, manifest, api, signal }: CompletenessOptions, span: Span): Promise<Source> {
  const { mission, unit, productType } = request;
  const root = site.reprocessingRoot;
  const published = publishedFacts(manifest.files.map(({ name }) => name));
  if (root === undefined) return { facts: published, reason: 'The environment names no reprocessing_root_uri.' };
  try {
    return {
      facts: await listedFacts({ mission, unit, productType, span }, createReprocessing({ root, api }), signal),
    };
  } catch (error) {
    throwIfInterrupted(signal);
    if (!(error instanceof Failure)) throw error;
    const { headline, came } = describe(error.detail);
    return { facts: published, reason: came === undefined ? headline : `${headline} ${came}.` };
  }
}
