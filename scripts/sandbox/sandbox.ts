import type { AdfType } from '../sentinel/adf-types';
import type { Deltas } from '../sentinel/select-adfs';
import type { Collation } from './auxip/collation';
import type { AuxipOptions } from './auxip/options';
import { Metrics, type Metric } from './auxip/metrics';
import type { ProductFacts } from './auxip/product';
import { ProductTable } from './auxip/product-table';
import { CONFIGURED_QUOTA, QuotaLedger, type QuotaSettings } from './auxip/quota';
import { Subscriptions } from './auxip/subscriptions';
import { attributesOf } from './catalogue/attributes';
import { builtinCatalogue } from './catalogue/builtin';
import type { Catalogue, ProductRecord } from './catalogue/catalogue';
import type { Sizes } from './catalogue/product-facts';
import { CONTROL_PATH } from './control';
import { REALM_PATH, type GatewayMode } from './gateway';
import { listen, type Listener } from './http/listener';
import { MovableClock } from './movable-clock';
import type { TypedOptions } from './odata/query-options';
import { Recorder, type RecordedRequest } from './recorder';
import { ActiveScenario } from './faults/scenarios/active-scenario';
import type { Faults } from './faults/scenarios/faults';
import { answerSite, type SiteOptions } from './site';
import { archiveContent } from './store/archive-bytes';
import { Checksums } from './store/file-bytes';
import { UrlSigner } from './store/presigned-url';
import { answerStore, type StoreOptions } from './store/store';
import type { StoredObject } from './store/stored-object';
import { TokenIssuer, type Lifetimes } from './token/token-issuer';

export { DOCUMENTED_QUOTA } from './auxip/quota';
export { AREAS, SEVERITIES, type Area, type Ask } from './faults/mutants/generated/draft';
export { generatedMutants, type GeneratedMutant } from './faults/mutants/generated/generate';
export type { MutantNeeds } from './faults/mutants/mutant';
export { MUTANTS } from './faults/mutants/mutants';
export { SCENARIOS } from './faults/scenarios/scenarios';

export interface SandboxOptions {
  /** Port of the site; 0, the default, takes a free one. */
  readonly port?: number;
  readonly storePort?: number;
  /** Default: the built-in catalogue. */
  readonly catalogue?: Catalogue;
  /** Seconds by which ADF types widen the sensing interval; default: as the catalogue says, the built-in one zero for all. */
  readonly deltas?: (mission: string, type: AdfType) => Deltas;
  /** Sizes of the built-in catalogue's files. */
  readonly sizes?: Sizes;
  /** Whether files with names of archives (`.zip`, `.TGZ`) are archives, of the same size; default: made-up bytes like all others. */
  readonly archives?: boolean;
  /** A scenario `name[@magnitude][:times]`, several joined by `+`; default `healthy`. */
  readonly scenario?: string;
  /** How long a request waits for a database connection where the scenario leaves none; default 30 s, as recorded. */
  readonly connectionSeconds?: number;
  /** A defect of the services by name; default `none`. Scenarios act besides it. */
  readonly mutant?: string;
  /** Faults of the caller's own making, besides both. */
  readonly faults?: readonly Faults[];
  /** Lifetime of access tokens; default 900 s (access.md#lifetimes). */
  readonly tokenSeconds?: number;
  readonly refreshSeconds?: number;
  readonly sessionSeconds?: number;
  /** How long a presigned URL may be used to start a transfer; default 600 s (auxip.md#redirect). */
  readonly presignedSeconds?: number;
  readonly gatewayMode?: GatewayMode;
  /** What auxip.svc speaks: `adg`, the default, as recorded; `icd` by the official specification, as `/odata/v1` always does. */
  readonly profile?: 'adg' | 'icd';
  /** How `$value` of the official specification answers; default `redirect`. */
  readonly icdDownload?: 'stream' | 'redirect';
  /** How the databases order texts; default `en_US`, as in production (auxip.md#filters). */
  readonly collation?: Collation;
  /** Default: the limits that the services are configured with, which nobody meets (auxip.md#quota). */
  readonly quota?: Partial<QuotaSettings>;
  /** Epoch milliseconds; tests move it. */
  readonly clock?: () => number;
  /** For tests that need other attributes or checksums than the files' own. */
  readonly facts?: Partial<ProductFacts>;
  readonly metrics?: () => readonly Metric[];
}

export interface Sandbox {
  readonly siteUrl: string;
  readonly storeUrl: string;
  readonly requests: readonly RecordedRequest[];
  /** Exceptions of the sandbox's own making; always empty, if it is right. */
  readonly defects: readonly unknown[];
  /** Starts a scenario afresh. @throws Failure USAGE for an unknown one */
  setScenario(name: string): void;
  /** Lets one defect in and every other out; `none` cures. @throws Failure USAGE for an unknown one */
  setMutant(name: string): void;
  close(): Promise<void>;
}

/**
 * Starts the stand-in services on two origins of this machine: the site at 127.0.0.1, the store at localhost.
 * @throws Failure PORT_IN_USE, USAGE for an unknown scenario or mutant
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const scenario = new ActiveScenario(options.scenario, options.mutant, options.faults, options);
  const recorder = new Recorder();
  const urls = { site: '', store: '' };
  const { site, store, clock } = assemble(options, scenario, recorder, urls);
  const siteListener = await listen({
    port: options.port ?? 0,
    handler: (request) => answerSite(request, site),
    observe: (request, reply) => {
      if (!request.path.startsWith(CONTROL_PATH)) recorder.record('site', request, reply);
    },
    clock,
  });
  const storeListener = await listenOrClose(siteListener, () =>
    listen({
      port: options.storePort ?? 0,
      handler: (request) => answerStore(request, store),
      observe: (request, reply) => recorder.record('store', request, reply),
      clock,
    }),
  );
  urls.site = siteListener.url;
  // Another host name, as in production: clients that follow a redirect (Postman's app) drop the token when the name changes,
  // not when the port does.
  urls.store = storeListener.url.replace('127.0.0.1', 'localhost');
  return {
    siteUrl: siteListener.url,
    storeUrl: urls.store,
    requests: recorder.requests,
    defects: recorder.defects,
    setScenario: (name) => scenario.set(name),
    setMutant: (name) => scenario.setMutant(name),
    close: async () => {
      await Promise.all([siteListener.close(), storeListener.close()]);
    },
  };
}

/** Everything behind the two listeners, put together from the options. */
function assemble(
  options: SandboxOptions,
  scenario: ActiveScenario,
  recorder: Recorder,
  urls: { readonly site: string; readonly store: string },
): { site: SiteOptions; store: StoreOptions; clock: () => number } {
  const movableClock = new MovableClock(options.clock ?? Date.now);
  const clock = movableClock.now;
  const configured = options.catalogue ?? builtinCatalogue({ sizes: options.sizes });
  const catalogue = options.deltas ? { ...configured, deltasOf: options.deltas } : configured;
  const products = new ProductTable(catalogue, factsOf(options, scenario, catalogue), scenario, options.collation);
  const signer = new UrlSigner(options.presignedSeconds ?? 600, clock);
  const metrics = new Metrics(() => products.all(), clock);
  const quota = { ...CONFIGURED_QUOTA, ...options.quota };
  const stored = (id: string) => storedObject(products.original(id), options.archives);
  const understood = (query: TypedOptions) => scenario.query(query);
  const auxip: AuxipOptions = {
    products,
    understood,
    subscriptions: new Subscriptions(clock),
    metrics: options.metrics ?? (() => metrics.all),
    quota: new QuotaLedger(() => scenario.quota ?? quota, clock),
    presign: (product) => signer.sign(urls.store, product.id, product.name, scenario.presignedAge(product)),
    stored,
    clock,
  };
  const site: SiteOptions = {
    siteUrl: () => urls.site,
    gatewayMode: options.gatewayMode ?? 'redirect',
    profile: options.profile ?? 'adg',
    tokens: new TokenIssuer(() => urls.site + REALM_PATH, lifetimesOf(options), clock),
    scenario,
    recorder,
    clock: movableClock,
    rdb: {
      catalogue: () => scenario.catalogue(catalogue, 'rdb'),
      auxipRoot: () => scenario.linkRoot ?? `${urls.site}/auxip.svc`,
      quirks: scenario,
    },
    reprocessing: {
      catalogue: () => scenario.catalogue(catalogue, 'reprocessing'),
      understood,
      collation: options.collation,
    },
    auxip,
    icd: { auxip, siteUrl: () => urls.site, download: options.icdDownload ?? 'redirect' },
  };
  return { site, store: { signer, scenario, find: stored }, clock };
}

/** Attributes and true checksums of the files, as the scenario lets them be told. */
function factsOf({ facts, archives }: SandboxOptions, scenario: ActiveScenario, catalogue: Catalogue): ProductFacts {
  const checksums = new Checksums();
  const trueFacts: ProductFacts = {
    attributesOf,
    md5Of: ({ id, name, contentLength }) => {
      const size = catalogue.product(id)?.contentLength ?? contentLength;
      return checksums.md5(id, size, archives ? archiveContent(name, size) : undefined);
    },
    ...facts,
  };
  return {
    attributesOf: (product) => {
      const attributes = trueFacts.attributesOf(product);
      return scenario.hasDates(product) ? attributes : attributes.filter(({ type }) => type !== 'DateTimeOffset');
    },
    md5Of: async (product) => {
      const md5 = await trueFacts.md5Of(product);
      return md5 === undefined ? undefined : scenario.md5(product, md5);
    },
  };
}

function lifetimesOf({
  tokenSeconds = 900,
  refreshSeconds = 1800,
  sessionSeconds = 36_000,
}: SandboxOptions): Lifetimes {
  return { access: tokenSeconds, refresh: refreshSeconds, session: sessionSeconds };
}

function storedObject(product: ProductRecord | undefined, archives = false): StoredObject | undefined {
  if (product === undefined) return undefined;
  const { id, name, contentLength, publicationDate } = product;
  const content = archives ? archiveContent(name, contentLength) : undefined;
  return { id, contentLength, lastModified: Date.parse(publicationDate), content };
}

async function listenOrClose(first: Listener, second: () => Promise<Listener>): Promise<Listener> {
  try {
    return await second();
  } catch (error) {
    await first.close();
    throw error;
  }
}
