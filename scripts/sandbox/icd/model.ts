import { AUXIP_EDM, PRODUCT } from '../auxip/model';
import type { ProductEntity } from '../auxip/product';
import { evictionDate, milliseconds } from '../auxip/timestamp';
import { EDM_DATE_TIME_OFFSET, property, type Edm, type StructuredType } from '../odata/edm';
import { metadataXml } from '../odata/metadata';
import type { Fields } from '../odata/write-value';

const eviction = property('EvictionDate', EDM_DATE_TIME_OFFSET);

/** Product as ESA-EOPG-EOPGC-IF-10 has it: with its EvictionDate behind the PublicationDate (auxip.md#specification-icd). */
export const ICD_PRODUCT: StructuredType = {
  ...PRODUCT,
  properties: PRODUCT.properties.flatMap((own) => (own.name === 'PublicationDate' ? [own, eviction] : [own])),
};

export const ICD_EDM: Edm = {
  ...AUXIP_EDM,
  types: [ICD_PRODUCT, ...AUXIP_EDM.types.filter((type) => type !== PRODUCT)],
  entitySets: [{ name: 'Products', type: ICD_PRODUCT }],
  boundActions: {},
};

/** The entity with its EvictionDate, and all dates padded to milliseconds. */
export function icdEntity(entity: ProductEntity): Fields {
  return {
    Id: entity.Id,
    Name: entity.Name,
    ContentType: entity.ContentType,
    ContentLength: entity.ContentLength,
    OriginDate: milliseconds(entity.OriginDate),
    PublicationDate: milliseconds(entity.PublicationDate),
    EvictionDate: evictionDate(entity.PublicationDate),
    Checksum: entity.Checksum.map((checksum) => ({ ...checksum, ChecksumDate: milliseconds(checksum.ChecksumDate) })),
    ContentDate: { Start: milliseconds(entity.ContentDate.Start), End: milliseconds(entity.ContentDate.End) },
  };
}

/** auxip.svc's `$metadata` with the property that the specification has besides. */
export function icdMetadataXml(): string {
  return metadataXml('auxip').replace(
    /<Property Name="PublicationDate"[^>]*><\/Property>/,
    (line) => `${line}<Property Name="EvictionDate" Type="Edm.DateTimeOffset" Precision="3"></Property>`,
  );
}
