import type { ContractCase } from '../../../contract-case';
import { serviceModel } from '../../../service-model';
import { csdlXml } from '../../../../services/schema/csdl';
import { metadataJson } from '../../../../lib/olingo-metadata-json';
import { getCase, observed, ODATA_4 } from '../rdb-cases';
import { refusal, ROOT } from './call';

export function metadataCases(): ContractCase[] {
  const json = metadataJson(csdlXml('rdb'));
  const xml = {
    status: 200,
    contentType: 'application/xml',
    headers: ODATA_4,
    checks: [{ is: 'service-model', lines: serviceModel('rdb') }],
  } as const;
  return [
    getCase(
      'rdb-metadata',
      '$metadata is the model of schemas/csdl',
      `${ROOT}/$metadata`,
      xml,
      observed('rdb.md#resources', 'EDM: DataBaseline without key, Product, two overloads, one function import.'),
    ),
    getCase(
      'rdb-metadata-json',
      '$metadata comes as CSDL JSON on request',
      `${ROOT}/$metadata`,
      {
        status: 200,
        contentType: 'application/json',
        headers: ODATA_4,
        checks: [{ is: 'body', equal: json }],
      },
      observed('rdb.md#resources', 'CSDL JSON with `$Version` "4.01".'),
      { severity: 'shape', headers: { Accept: 'application/json' } },
    ),
    getCase(
      'rdb-metadata-format',
      '$metadata?$format=json is the same CSDL JSON',
      `${ROOT}/$metadata?$format=json`,
      { status: 200, contentType: 'application/json', checks: [{ is: 'body', equal: json }] },
      observed('rdb.md#resources', '`$format=json` gives CSDL JSON.'),
      { severity: 'shape' },
    ),
    getCase(
      'rdb-metadata-head',
      '$metadata answers HEAD',
      `${ROOT}/$metadata`,
      { status: 200, headers: ODATA_4, checks: [{ is: 'body', equal: '' }] },
      observed('rdb.md#formats-and-methods', 'HEAD on service document and $metadata: 200.'),
      { severity: 'shape', method: 'HEAD' },
    ),
    refusal(
      'rdb-metadata-top',
      '$metadata refuses $top',
      `${ROOT}/$metadata?$top=1`,
      "The system query option '$top' is not allowed.",
      'rdb.md#query-options',
    ),
  ];
}
