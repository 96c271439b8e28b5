import type { ProductAttribute } from '../../auxip/product';
import type { QuotaSettings } from '../../auxip/quota';
import type { Catalogue, ProductRecord } from '../../catalogue/catalogue';
import type { Reply } from '../../http/reply';
import type { WireRequest } from '../../http/request';
import type { TypedOptions } from '../../odata/query-options';
import type { RdbQuirks } from '../../rdb/quirks';
import type { UrlVerdict } from '../../store/presigned-url';
import type { StoredObject } from '../../store/stored-object';
import type { TokenChecks } from '../../token/token-issuer';

/** A call that arrives at a service of the site. */
export interface SiteCall {
  readonly request: WireRequest;
  readonly service: ServiceName;
  /** The product's id when this is `Products(<id>)/$value`. */
  readonly valueOf: string | undefined;
}

export type ServiceName = 'rdb' | 'auxip' | 'reprocessing' | 'icd';

/** A GET that the store would answer with the object. */
export interface StoreCall {
  readonly request: WireRequest;
  readonly object: StoredObject;
}

export type Answer = (request: WireRequest) => Promise<Reply>;

/** In the place of an answer: may change the request, ask for the true answer, change that, or do without. */
export type Around = (request: WireRequest, answer: Answer) => Promise<Reply> | Reply;

/** Where a scenario or a mutant reaches into the sandbox. A hook that is left out changes nothing. */
export interface Faults extends Partial<RdbQuirks> {
  /** An answer instead of the service's own, behind the gateway's check of the token. */
  readonly site?: (call: SiteCall) => Reply | undefined;
  /** The service's answer, spoilt. */
  readonly siteReply?: (call: SiteCall, reply: Reply) => Reply;
  readonly store?: (call: StoreCall) => Reply | undefined;
  readonly storeReply?: (call: StoreCall, reply: Reply) => Reply;
  /** A catalogue entry as it is served; what the store holds stays as it is. */
  readonly product?: (product: ProductRecord) => ProductRecord;
  /** The checksum as it is served; undefined leaves the entry without one. */
  readonly md5?: (product: ProductRecord, md5: string | undefined) => string | undefined;
  /** Further entries that a query of the catalogue meets. */
  readonly twins?: (product: ProductRecord) => readonly ProductRecord[];
  /** The $skip that really happens, because rows came or went since the page before. */
  readonly skip?: (skip: number) => number;
  /** Entries that come without attributes of type DateTimeOffset. */
  readonly hasDates?: (product: ProductRecord) => boolean;
  /** Whether the gateway still takes a token that is signed, alive and unexpired. */
  readonly acceptsToken?: (token: string, call: SiteCall) => boolean;
  /** Whether all sessions end with this call. */
  readonly endsSessions?: (call: SiteCall) => boolean;
  /** Whether a request without Authorization passes because of its session cookie (rdb.md#length-of-a-request). */
  readonly passesByCookie?: boolean;
  /** How long ago the presigned URL of this grant was signed, in seconds. */
  readonly presignedAge?: (product: ProductRecord) => number;
  readonly quota?: QuotaSettings;
  /** Root of the links in baselines. */
  readonly linkRoot?: string;
  /** Everything that the site answers: token endpoint, gateway and what lies behind it. */
  readonly aroundSite?: Around;
  /** What lies behind the gateway: no request arrives here without a token that it let pass. */
  readonly aroundService?: Around;
  readonly aroundStore?: Around;
  /** The query options as the services understand them. */
  readonly query?: (options: TypedOptions) => TypedOptions;
  /** A product's value as auxip.svc's filters and orders see it; `path` as in `ContentDate/Start`. */
  readonly filterValue?: (value: string | number | null, path: string) => string | number | null;
  /** A product's attributes as auxip.svc's filters see them. */
  readonly filterAttributes?: (attributes: readonly ProductAttribute[]) => readonly ProductAttribute[];
  /** What rdb.svc or reprocessing.svc knows. */
  readonly catalogue?: (catalogue: Catalogue, service: 'rdb' | 'reprocessing') => Catalogue;
  /** What the gateway checks of a token. */
  readonly tokenChecks?: Partial<TokenChecks>;
  /** Requests that the gateway lets pass without looking at their token. */
  readonly isOpen?: (request: WireRequest) => boolean;
  /** What the store makes of an address's signature and date. */
  readonly urlVerdict?: (verdict: UrlVerdict) => UrlVerdict;
}
