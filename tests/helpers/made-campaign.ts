/** Campaigns made of the sandbox's catalogue, with the truth at hand. */
import type { CampaignFacts } from '../../scripts/campaign/completeness/judge';
import { sensedOf, spanOf } from '../../scripts/campaign/completeness/products';
import { builtinCatalogue } from '../../scripts/sandbox/catalogue/builtin';
import type { Catalogue } from '../../scripts/sandbox/catalogue/catalogue';
import type { AdfType } from '../../scripts/sentinel/adf-types';
import { sensingTimes } from '../../scripts/sentinel/level0-name';
import { NO_DELTAS, selectAdfs, type Deltas } from '../../scripts/sentinel/select-adfs';

export const catalogue = builtinCatalogue();

export interface Made {
  readonly mission: string;
  readonly unit: string;
  readonly productType: string;
  readonly names: readonly string[];
  readonly deltasOf?: (type: AdfType) => Deltas;
}

/** The facts that reprocessing.svc would give, and the baselines that rdb.svc would. */
export function campaignOf(
  { mission, unit, productType, names, deltasOf = () => NO_DELTAS }: Made,
  from: Catalogue = catalogue,
): CampaignFacts {
  const products = names.map((name) => {
    const times = sensingTimes(name);
    if ('error' in times) throw new Error(name);
    const request = { level0: name, ...times, mission, unit, productType };
    const source = {
      types: from.types,
      adfsOfType: from.adfsOfType.bind(from),
      choose: from.choose?.bind(from),
      deltasOf: (_: string, type: AdfType) => deltasOf(type),
    };
    return {
      name,
      known: true,
      files: selectAdfs(request, source).flatMap(({ files }) => files.map((file) => file.name)),
    };
  });
  return factsOf(products, { mission, unit, productType }, from);
}

export function factsOf(
  products: CampaignFacts['products'],
  { mission, unit, productType }: Pick<Made, 'mission' | 'unit' | 'productType'>,
  from: Catalogue,
): CampaignFacts {
  const span = spanOf(products.flatMap((product) => sensedOf(product) ?? [])) ?? { from: 0, to: 0 };
  const candidatesOf = (type: AdfType) => from.adfsOfType(type, mission.slice(0, 2), unit);
  return { mission, productType, types: from.types, candidatesOf, span, isListed: true, products };
}

export function namesOf(prefix: string): readonly string[] {
  return catalogue.level0Within(prefix, 0, Date.UTC(2100, 0, 1)).map(({ name }) => name);
}

export const OLCI = { mission: 'S3OLCI', unit: 'A', productType: 'L2LFR', names: namesOf('S3A_OL_0_EFR') };
