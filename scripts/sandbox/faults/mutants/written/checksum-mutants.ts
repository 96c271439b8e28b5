import { createHash } from 'node:crypto';
import type { ProductRecord } from '../../../catalogue/catalogue';
import type { Faults } from '../../scenarios/faults';
import { afterService } from '../around';
import { changed, changedText, editChecksums, editData, editProducts, ONE_PRODUCT } from '../edit-json';
import { inGroup } from '../mutant';

/** What auxip.svc tells of a file's bytes (auxip.md#lists, auxip.md#attributes). */
export const CHECKSUM_MUTANTS = inGroup('checksums', [
  {
    name: 'md5-of-older-file',
    defect: 'MD5s are those of the files before they were published again',
    create: () => ({ md5: ({ id }, md5) => md5 && md5Of(`${id} before`) }),
  },
  {
    name: 'md5-of-name',
    defect: 'MD5s are those of the names, not of the bytes',
    create: () => ({ md5: ({ name }, md5) => md5 && md5Of(name) }),
  },
  {
    name: 'md5-same-for-all',
    defect: 'all products tell the MD5 of the first one that was asked for',
    create: () => {
      let first: string | undefined;
      return { md5: (_product, md5) => (first ??= md5) };
    },
  },
  {
    name: 'md5-upper-case',
    defect: 'MD5s are in upper case',
    create: () => editChecksums((checksum) => changedText(checksum, 'Value', (md5) => md5.toUpperCase())),
  },
  {
    name: 'md5-without-leading-zero',
    defect: 'MD5s lose their leading zeros',
    create: () => editChecksums((checksum) => changedText(checksum, 'Value', (md5) => md5.replace(/^0+/, ''))),
  },
  {
    name: 'md5-base64',
    defect: 'MD5s are in base64, not in hex digits',
    create: () =>
      editChecksums((checksum) => changedText(checksum, 'Value', (md5) => Buffer.from(md5, 'hex').toString('base64'))),
  },
  {
    name: 'algorithm-sha256',
    defect: 'MD5s are called SHA256',
    create: () => editChecksums((checksum) => ({ ...checksum, Algorithm: 'SHA256' })),
  },
  {
    name: 'algorithm-lower-case',
    defect: 'the algorithm is called md5',
    create: () => editChecksums((checksum) => ({ ...checksum, Algorithm: 'md5' })),
  },
  {
    name: 'checksum-empty',
    defect: 'Checksum is an empty list',
    create: () => ({ md5: () => undefined }),
  },
  {
    name: 'checksum-date-of-origin',
    defect: 'ChecksumDate is before the publication: the OriginDate',
    create: () =>
      editProducts((product) =>
        'Checksum' in product && 'OriginDate' in product
          ? changed(product, 'Checksum', (list) =>
              (list as readonly object[]).map((checksum) => ({ ...checksum, ChecksumDate: product['OriginDate'] })),
            )
          : product,
      ),
  },
  {
    name: 'content-length-one-too-large',
    defect: 'ContentLength is one byte too large',
    create: () => told(({ contentLength }) => ({ contentLength: contentLength + 1 })),
  },
  {
    name: 'content-length-one-too-small',
    defect: 'ContentLength is one byte too small',
    create: () => told(({ contentLength }) => ({ contentLength: contentLength - 1 })),
  },
  {
    name: 'content-length-zero-in-entry',
    defect: 'a single product has ContentLength 0; in collections it is right',
    create: () =>
      afterService(ONE_PRODUCT, (reply) => editData(reply, (json) => changed(json, 'ContentLength', () => 0))),
  },
  {
    name: 'published-before-origin',
    defect: 'PublicationDate is a day before OriginDate',
    create: () =>
      told(({ originDate }) => ({
        publicationDate: new Date(Date.parse(originDate) - 86_400_000).toISOString().replace('.000Z', 'Z'),
      })),
  },
]);

function told(change: (product: ProductRecord) => Partial<ProductRecord>): Faults {
  return { product: (product) => ({ ...product, ...change(product) }) };
}

function md5Of(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
