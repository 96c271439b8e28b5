import type { ContractCase, Expectation } from '../../../contract-case';
import { getCase, JSON_MINIMAL, observed, ODATA_4 } from '../rdb-cases';
import { refusal, ROOT } from './call';

const OFFERS = [{ name: 'getReprocessingDataBaseline', url: 'getReprocessingDataBaseline', kind: 'FunctionImport' }];

const DOCUMENT: Expectation = {
  status: 200,
  contentType: JSON_MINIMAL,
  headers: ODATA_4,
  checks: [{ is: 'body', equal: { '@odata.context': '$metadata', value: OFFERS } }],
};

const SERVICE_DOCUMENT = observed(
  'rdb.md#resources',
  'The service document lists the function import and nothing else.',
);

/** The service document (rdb.md#resources). */
export function resourceCases(): ContractCase[] {
  return [
    getCase('rdb-root', 'The root lists the one function', `${ROOT}/`, DOCUMENT, SERVICE_DOCUMENT),
    getCase('rdb-root-format', 'The root takes $format=json', `${ROOT}/?$format=json`, DOCUMENT, SERVICE_DOCUMENT),
    getCase(
      'rdb-root-xml',
      'The root is an APP document with $format=xml',
      `${ROOT}/?$format=xml`,
      {
        status: 200,
        contentType: 'application/xml',
        headers: ODATA_4,
        checks: [{ is: 'body-matching', pattern: '<app:service[^]*getReprocessingDataBaseline' }],
      },
      observed('rdb.md#resources', '`?$format=xml` gives APP XML.'),
      { severity: 'shape' },
    ),
    getCase(
      'rdb-root-none',
      'The root has no context with odata.metadata=none',
      `${ROOT}/`,
      {
        status: 200,
        contentType: 'application/json;odata.metadata=none',
        checks: [{ is: 'body', equal: { value: OFFERS } }],
      },
      observed('rdb.md#formats-and-methods', '`odata.metadata=none` drops @odata.context.'),
      { severity: 'shape', headers: { Accept: 'application/json;odata.metadata=none' } },
    ),
    getCase(
      'rdb-root-head',
      'The root answers HEAD',
      `${ROOT}/`,
      { status: 200, headers: ODATA_4, checks: [{ is: 'body', equal: '' }] },
      observed('rdb.md#formats-and-methods', 'HEAD on service document and $metadata: 200.'),
      { severity: 'shape', method: 'HEAD' },
    ),
    refusal(
      'rdb-root-top',
      'The root refuses $top',
      `${ROOT}/?$top=1`,
      "The system query option '$top' is not allowed.",
      'rdb.md#query-options',
    ),
  ];
}
