import type { ProductAttribute } from '../../auxip/product';
import type { QuotaSettings } from '../../auxip/quota';
import type { AdfRecord, Catalogue, ProductRecord } from '../../catalogue/catalogue';
import type { Handler, Reply } from '../../http/reply';
import type { WireRequest } from '../../http/request';
import { mutantFaultsOf, NO_MUTANT } from '../mutants/mutants';
import type { TypedOptions } from '../../odata/query-options';
import type { BaselineEntry } from '../../rdb/baseline';
import type { BaselineCall } from '../../rdb/baseline-call';
import type { SelectionSource } from '../../../sentinel/select-adfs';
import type { UrlVerdict } from '../../store/presigned-url';
import { USUAL_CHECKS, type TokenChecks } from '../../token/token-issuer';
import type { Answer, Around, Faults, SiteCall, StoreCall } from './faults';
import { faultsOf, type FaultSettings } from './scenarios';

/**
 * The scenario and the mutant that run now: asked by the services wherever something can go wrong. Several faults act one after
 * another.
 */
export class ActiveScenario {
  private scenarioFaults: readonly Faults[] = [];
  private mutantFaults: readonly Faults[] = [];
  private specification = '';
  private mutantName = '';

  /**
   * @param own faults that have no name
   * @throws Failure USAGE
   */
  constructor(
    specification = 'healthy',
    mutant = NO_MUTANT,
    private readonly own: readonly Faults[] = [],
    private readonly settings: FaultSettings = {},
  ) {
    this.set(specification);
    this.setMutant(mutant);
  }

  get name(): string {
    return this.specification;
  }

  get mutant(): string {
    return this.mutantName;
  }

  /** Starts a scenario afresh, also the one that runs. @throws Failure USAGE */
  set(specification: string): void {
    this.scenarioFaults = faultsOf(specification, this.settings);
    this.specification = specification;
  }

  /** Lets a mutant in afresh, in the place of the one that was there. @throws Failure USAGE */
  setMutant(name: string): void {
    this.mutantFaults = mutantFaultsOf(name);
    this.mutantName = name;
  }

  private get faults(): readonly Faults[] {
    return this.mutantFaults.length + this.own.length === 0
      ? this.scenarioFaults
      : [...this.scenarioFaults, ...this.mutantFaults, ...this.own];
  }

  site(call: SiteCall): Reply | undefined {
    return firstOf(this.faults, (faults) => faults.site?.(call));
  }

  siteReply(call: SiteCall, reply: Reply): Reply {
    return this.faults.reduce((spoilt, faults) => faults.siteReply?.(call, spoilt) ?? spoilt, reply);
  }

  store(call: StoreCall): Reply | undefined {
    return firstOf(this.faults, (faults) => faults.store?.(call));
  }

  storeReply(call: StoreCall, reply: Reply): Reply {
    return this.faults.reduce((spoilt, faults) => faults.storeReply?.(call, spoilt) ?? spoilt, reply);
  }

  product(product: ProductRecord): ProductRecord {
    return this.faults.reduce((told, faults) => faults.product?.(told) ?? told, product);
  }

  md5(product: ProductRecord, md5: string): string | undefined {
    return this.faults.reduce<string | undefined>(
      (told, { md5: change }) => (change ? change(product, told) : told),
      md5,
    );
  }

  twins(product: ProductRecord): readonly ProductRecord[] {
    return this.faults.flatMap((faults) => faults.twins?.(product) ?? []);
  }

  get hasTwins(): boolean {
    return this.faults.some((faults) => faults.twins !== undefined);
  }

  skip(skip: number): number {
    return this.faults.reduce((shifted, faults) => faults.skip?.(shifted) ?? shifted, skip);
  }

  hasDates(product: ProductRecord): boolean {
    return this.faults.every((faults) => faults.hasDates?.(product) ?? true);
  }

  acceptsToken(token: string, call: SiteCall): boolean {
    return this.faults.every((faults) => faults.acceptsToken?.(token, call) ?? true);
  }

  endsSessions(call: SiteCall): boolean {
    return this.faults.some((faults) => faults.endsSessions?.(call) ?? false);
  }

  get passesByCookie(): boolean {
    return this.faults.some((faults) => faults.passesByCookie ?? false);
  }

  /** seconds */
  presignedAge(product: ProductRecord): number {
    return Math.max(0, ...this.faults.map((faults) => faults.presignedAge?.(product) ?? 0));
  }

  get quota(): QuotaSettings | undefined {
    return firstOf(this.faults, (faults) => faults.quota);
  }

  get linkRoot(): string | undefined {
    return firstOf(this.faults, (faults) => faults.linkRoot);
  }

  source(catalogue: Catalogue, call: BaselineCall): SelectionSource<AdfRecord> {
    return firstOf(this.faults, (faults) => faults.source?.(catalogue, call)) ?? catalogue;
  }

  entry(entry: BaselineEntry): BaselineEntry {
    return this.faults.reduce((spoilt, faults) => faults.entry?.(spoilt) ?? spoilt, entry);
  }

  aroundSite(request: WireRequest, answer: Handler): Promise<Reply> {
    return surround(
      this.faults.map(({ aroundSite }) => aroundSite),
      answer,
    )(request);
  }

  aroundService(request: WireRequest, answer: Handler): Promise<Reply> {
    return surround(
      this.faults.map(({ aroundService }) => aroundService),
      answer,
    )(request);
  }

  aroundStore(request: WireRequest, answer: Handler): Promise<Reply> {
    return surround(
      this.faults.map(({ aroundStore }) => aroundStore),
      answer,
    )(request);
  }

  query(options: TypedOptions): TypedOptions {
    return this.faults.reduce((understood, faults) => faults.query?.(understood) ?? understood, options);
  }

  /** Whether filters see something else than what there is, so that no index may answer in their place. */
  get changesFilters(): boolean {
    return this.faults.some(({ filterValue, filterAttributes }) => filterValue ?? filterAttributes);
  }

  filterValue(value: string | number | null, path: string): string | number | null {
    return this.faults.reduce((seen, { filterValue }) => (filterValue ? filterValue(seen, path) : seen), value);
  }

  filterAttributes(attributes: readonly ProductAttribute[]): readonly ProductAttribute[] {
    return this.faults.reduce((seen, faults) => faults.filterAttributes?.(seen) ?? seen, attributes);
  }

  catalogue(catalogue: Catalogue, service: 'rdb' | 'reprocessing'): Catalogue {
    return this.faults.reduce((known, faults) => faults.catalogue?.(known, service) ?? known, catalogue);
  }

  get tokenChecks(): TokenChecks {
    return this.faults.reduce((checks, { tokenChecks }) => ({ ...checks, ...tokenChecks }), USUAL_CHECKS);
  }

  isOpen(request: WireRequest): boolean {
    return this.faults.some((faults) => faults.isOpen?.(request) ?? false);
  }

  urlVerdict(verdict: UrlVerdict): UrlVerdict {
    return this.faults.reduce((given, faults) => faults.urlVerdict?.(given) ?? given, verdict);
  }
}

/** The answer with everything around it; what was named last stands outermost. */
function surround(arounds: readonly (Around | undefined)[], answer: Handler): Answer {
  return arounds.reduce<Answer>(
    (inner, around) => (around ? async (request) => around(request, inner) : inner),
    async (request) => answer(request),
  );
}

function firstOf<T>(faults: readonly Faults[], ask: (faults: Faults) => T | undefined): T | undefined {
  for (const candidate of faults) {
    const answer = ask(candidate);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
