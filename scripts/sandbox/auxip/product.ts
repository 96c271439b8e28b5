import type { ProductRecord } from '../catalogue/catalogue';
import type { ValueType } from './model';

/** One attribute of a product (auxip.md#attributes); dates as texts. */
export interface ProductAttribute {
  readonly name: string;
  readonly type: ValueType;
  readonly value: string | number;
}

/** What is known of a product beyond its catalogue line; both are looked up only when an answer shows them. */
export interface ProductFacts {
  attributesOf(product: ProductRecord): readonly ProductAttribute[];
  /** 32 lower-case hex digits; undefined for an entry without checksum. */
  md5Of(product: ProductRecord): Promise<string | undefined>;
}

/** A product as sent on the wire: keys in the order of the model (auxip.md#lists). */
export interface ProductEntity {
  readonly Id: string;
  readonly Name: string;
  readonly ContentType: string;
  readonly ContentLength: number;
  readonly OriginDate: string;
  readonly PublicationDate: string;
  readonly Checksum: readonly { readonly ChecksumDate: string; readonly Algorithm: string; readonly Value: string }[];
  readonly ContentDate: { readonly Start: string; readonly End: string };
}

export async function productEntity(product: ProductRecord, facts: ProductFacts): Promise<ProductEntity> {
  const md5 = await facts.md5Of(product);
  return {
    Id: product.id,
    Name: product.name,
    ContentType: 'application/octet-stream',
    ContentLength: product.contentLength,
    OriginDate: product.originDate,
    PublicationDate: product.publicationDate,
    Checksum: md5 === undefined ? [] : [{ ChecksumDate: product.publicationDate, Algorithm: 'MD5', Value: md5 }],
    ContentDate: { Start: product.contentStart, End: product.contentEnd },
  };
}
