import type { QuotaSettings } from '../auxip/quota';
import type { AdfRecord, Catalogue, ProductRecord } from '../catalogue/catalogue';
import type { Reply } from '../http/reply';
import type { BaselineEntry } from '../rdb/baseline';
import type { BaselineCall } from '../rdb/baseline-call';
import type { SelectionSource } from '../../sentinel/select-adfs';
import type { Faults, SiteCall, StoreCall } from './faults';
import { faultsOf } from './scenarios';

/** The scenario that runs now: asked by the services wherever something can go wrong. Several faults act one after another. */
export class ActiveScenario {
  private faults: readonly Faults[] = [];
  private specification = '';

  /** @throws Failure USAGE */
  constructor(specification = 'healthy') {
    this.set(specification);
  }

  get name(): string {
    return this.specification;
  }

  /** Starts a scenario afresh, also the one that runs. @throws Failure USAGE */
  set(specification: string): void {
    this.faults = faultsOf(specification);
    this.specification = specification;
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
}

function firstOf<T>(faults: readonly Faults[], ask: (faults: Faults) => T | undefined): T | undefined {
  for (const candidate of faults) {
    const answer = ask(candidate);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
