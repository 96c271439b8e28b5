import { attributesOf } from './catalogue/attributes';
import { builtinCatalogue } from './catalogue/builtin';
import type { Catalogue, ProductRecord } from './catalogue/catalogue';
import { Metrics, type Metric } from './auxip/metrics';
import type { ProductFacts } from './auxip/product';
import { ProductTable } from './auxip/product-table';
import { CONFIGURED_QUOTA, QuotaLedger, type QuotaSettings } from './auxip/quota';
import { Subscriptions } from './auxip/subscriptions';
import type { GatewayMode } from './gateway';
import { listen, type Listener } from './http/listener';
import { HEALTHY_RDB } from './rdb/quirks';
import { Recorder, type RecordedRequest } from './recorder';
import { answerSite, type SiteOptions } from './site';
import { Checksums } from './store/file-bytes';
import { UrlSigner } from './store/presigned-url';
import { answerStore } from './store/store';
import { REALM_PATH } from './gateway';
import { TokenIssuer } from './token/token-issuer';

export interface SandboxOptions {
  /** Port of the site; 0, the default, takes a free one. */
  readonly port?: number;
  readonly storePort?: number;
  /** Default: the built-in catalogue. */
  readonly catalogue?: Catalogue;
  /** Sizes of the built-in catalogue's files. */
  readonly sizes?: 'small' | 'documented';
  /** Name of a scenario; default `healthy`. */
  readonly scenario?: string;
  /** Lifetime of access tokens; default 900 s (auxip.md §1.3). */
  readonly tokenSeconds?: number;
  readonly refreshSeconds?: number;
  readonly sessionSeconds?: number;
  /** How long a presigned URL may be used to start a transfer; default 600 s (auxip.md §4.1). */
  readonly presignedSeconds?: number;
  readonly gatewayMode?: GatewayMode;
  /** Default: the limits that the services are configured with, which nobody meets (auxip.md §4.3). */
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
  setScenario(name: string): void;
  close(): Promise<void>;
}

/**
 * Starts the stand-in services on two origins of 127.0.0.1.
 * @throws Failure PORT_IN_USE
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const clock = options.clock ?? Date.now;
  const catalogue = options.catalogue ?? builtinCatalogue({ sizes: options.sizes });
  const recorder = new Recorder();
  const signer = new UrlSigner(options.presignedSeconds ?? 600, clock);
  const urls = { site: '', store: '' };
  const site = siteOptions(options, catalogue, clock, signer, urls);
  const find = (id: string) => {
    const product = catalogue.product(id);
    return product && storedObject(product);
  };
  const siteListener = await listen(
    options.port ?? 0,
    (request) => answerSite(request, site),
    (request, reply) => recorder.record('site', request, reply),
  );
  const storeListener = await listenOrClose(siteListener, () =>
    listen(
      options.storePort ?? 0,
      (request) => answerStore(request, { signer, find }),
      (request, reply) => recorder.record('store', request, reply),
    ),
  );
  urls.site = siteListener.url;
  urls.store = storeListener.url;
  return {
    siteUrl: siteListener.url,
    storeUrl: storeListener.url,
    requests: recorder.requests,
    defects: recorder.defects,
    setScenario: () => undefined,
    close: async () => {
      await Promise.all([siteListener.close(), storeListener.close()]);
    },
  };
}

function siteOptions(
  options: SandboxOptions,
  catalogue: Catalogue,
  clock: () => number,
  signer: UrlSigner,
  urls: { site: string; store: string },
): SiteOptions {
  const checksums = new Checksums();
  const facts: ProductFacts = {
    attributesOf,
    md5Of: ({ id, contentLength }) => checksums.md5(id, contentLength),
    ...options.facts,
  };
  const products = new ProductTable(catalogue, facts);
  const metrics = new Metrics(() => products.all(), clock);
  return {
    siteUrl: () => urls.site,
    gatewayMode: options.gatewayMode ?? 'redirect',
    tokens: new TokenIssuer(() => urls.site + REALM_PATH, lifetimesOf(options), clock),
    rdb: { catalogue, auxipRoot: () => `${urls.site}/auxip.svc`, quirks: HEALTHY_RDB },
    auxip: {
      products,
      subscriptions: new Subscriptions(clock),
      metrics: options.metrics ?? (() => metrics.all),
      quota: new QuotaLedger({ ...CONFIGURED_QUOTA, ...options.quota }, clock),
      presign: ({ id, name }) => signer.sign(urls.store, id, name),
      clock,
    },
  };
}

function lifetimesOf({ tokenSeconds = 900, refreshSeconds = 1800, sessionSeconds = 36_000 }: SandboxOptions) {
  return { access: tokenSeconds, refresh: refreshSeconds, session: sessionSeconds };
}

function storedObject(product: ProductRecord) {
  return { id: product.id, contentLength: product.contentLength, lastModified: Date.parse(product.publicationDate) };
}

async function listenOrClose(first: Listener, second: () => Promise<Listener>): Promise<Listener> {
  try {
    return await second();
  } catch (error) {
    await first.close();
    throw error;
  }
}
