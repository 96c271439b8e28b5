import { createHash } from 'node:crypto';
import type { ProductRecord } from '../../catalogue/catalogue';
import { firstKeys } from './counting';
import type { Scenario } from './scenario';

/** What is wrong with the entries of auxip.svc (auxip.md#attributes, auxip.md#names-and-replacements). */
export const CATALOGUE_SCENARIOS: readonly Scenario[] = [
  {
    name: 'wrong-md5',
    effect: 'the first entry requested has a wrong MD5',
    create: ({ times }) => {
      const strikes = firstKeys(times);
      return { md5: ({ id }, md5) => (strikes(id) ? createHash('md5').update(id).digest('hex') : md5) };
    },
  },
  {
    name: 'missing-md5',
    effect: 'the first entry requested has no checksum',
    create: ({ times }) => {
      const strikes = firstKeys(times);
      return { md5: ({ id }, md5) => (strikes(id) ? undefined : md5) };
    },
  },
  {
    name: 'wrong-size',
    effect: 'the first entry requested has a ContentLength that is N bytes (1) too large',
    create: ({ magnitude = 1, times }) => {
      const strikes = firstKeys(times);
      return {
        product: (product) =>
          strikes(product.id) ? { ...product, contentLength: product.contentLength + magnitude } : product,
      };
    },
  },
  {
    name: 'size-zero',
    effect: 'the first entry requested has a ContentLength of 0',
    create: ({ times }) => {
      const strikes = firstKeys(times);
      return { product: (product) => (strikes(product.id) ? { ...product, contentLength: 0 } : product) };
    },
  },
  {
    name: 'duplicate-names',
    effect: 'every file has a second, older entry under the same name and another id',
    create: () => ({ twins: (product) => [olderTwin(product)] }),
  },
  {
    name: 'shifting-pages',
    effect: 'entries come and go between pages: $skip alternately repeats a row or misses one',
    create: () => {
      let shift = 1;
      return {
        skip: (skip) => {
          if (skip === 0) return 0;
          shift = -shift;
          return Math.max(0, skip + shift);
        },
      };
    },
  },
  {
    name: 'microsecond-dates',
    effect: 'publication dates have six fraction digits',
    create: () => ({
      product: (product) => ({ ...product, publicationDate: withMicroseconds(product) }),
    }),
  },
  {
    name: 'no-date-attributes',
    effect: 'the first entry requested has no attributes of type DateTimeOffset: $expand fails for its whole page',
    create: ({ times }) => {
      const strikes = firstKeys(times);
      return { hasDates: ({ id }) => !strikes(id) };
    },
  },
];

/** Replacement uploads the new entry before it deletes the old one (auxip.md#names-and-replacements). */
function olderTwin(product: ProductRecord): ProductRecord {
  const digest = createHash('sha256').update(product.id).digest('hex');
  const id = [0, 8, 12, 16, 20].map((from, index, starts) => digest.slice(from, starts[index + 1] ?? 32)).join('-');
  return { ...product, id, publicationDate: '2014-01-01T00:00:00Z' };
}

function withMicroseconds({ id, publicationDate }: ProductRecord): string {
  const micros = 1 + (Number.parseInt(id.slice(0, 4), 16) % 9);
  return `${publicationDate.slice(0, 19)}.12345${micros}Z`;
}
