import type { AdfRecord, Catalogue, Level0Record, ProductRecord } from '../../scripts/sandbox/catalogue/catalogue';
import type { AdfType } from '../../scripts/sentinel/adf-types';

/** A catalogue of what a test lists, searched from front to back. */
export function tinyCatalogue({
  level0 = [],
  products = [],
  types = [],
  adfs = [],
}: {
  level0?: readonly Level0Record[];
  products?: readonly ProductRecord[];
  types?: readonly AdfType[];
  adfs?: readonly AdfRecord[];
}): Catalogue {
  return {
    types,
    findLevel0: (name) => level0.find((record) => record.name.includes(withoutExtension(name))),
    level0Within: (prefix, start, stop) =>
      level0.filter((record) => record.name.startsWith(prefix) && record.start >= start && record.stop <= stop),
    adfsOfType: (type, platform, unit) =>
      adfs.filter(
        (adf) => adf.type === type && (adf.name.startsWith(`${platform}_`) || adf.name.startsWith(platform + unit)),
      ),
    product: (id) => products.find((product) => product.id === id),
    products: () => products,
    productCount: () => products.length,
  };
}

function withoutExtension(name: string): string {
  return name.includes('.') ? name.slice(0, name.lastIndexOf('.')) : name;
}
