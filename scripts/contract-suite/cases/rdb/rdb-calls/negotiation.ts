import type { ContractCase, Expectation } from '../../../contract-case';
import { FUNCTION, getCase, observed, ODATA_4, refused } from '../rdb-cases';
import { accepted, CALL, refusal } from './call';

const JSON_ACCEPTS = [
  '*/*',
  'application/json',
  'application/json;odata.metadata=minimal',
  'application/*',
  'text/html,*/*;q=0.1',
];

const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const NO_FUNCTION = "The function import 'getReprocessingDataBaseline' has no function with parameters '[]'.";

const REFUSED: readonly (readonly [
  key: string,
  name: string,
  headers: Readonly<Record<string, string>>,
  status: number,
  message: string,
])[] = [
  [
    'accept-html',
    'Only text/html is not acceptable',
    { Accept: 'text/html' },
    406,
    "The content-type range 'text/html' is not supported as value of the Accept header.",
  ],
  [
    'accept-charset',
    'Another charset than UTF-8 is not acceptable',
    { 'Accept-Charset': 'iso-8859-1' },
    406,
    "The charset specified in Accept charset header 'iso-8859-1' is not supported.",
  ],
  ...['OData-MaxVersion', 'OData-Version'].map(
    (header) =>
      [
        `${header.toLowerCase()}-3`,
        `${header} 3.0 is refused`,
        { [header]: '3.0' },
        400,
        "OData version '3.0' is not supported.",
      ] as const,
  ),
];

/** Accept, $format and versions (rdb.md#formats-and-methods, rdb.md#error-bodies). */
export function negotiationCases(): ContractCase[] {
  return [
    ...JSON_ACCEPTS.map((accept, index) =>
      accepted(
        `rdb-accept-${index}`,
        `Accept ${accept} is JSON`,
        CALL,
        'rdb.md#formats-and-methods',
        'JSON with minimal metadata.',
        {
          headers: { Accept: accept },
          severity: 'shape',
        },
      ),
    ),
    ...(['none', 'full'] as const).flatMap(levels),
    ...atoms(),
    ...REFUSED.map(([key, name, headers, status, message]) =>
      getCase(`rdb-${key}`, name, CALL, refused(status, message), observed('rdb.md#formats-and-methods', message), {
        headers,
        severity: 'shape',
      }),
    ),
    refusal(
      'rdb-format-unknown',
      '$format=foo is not acceptable',
      `${CALL}?$format=foo`,
      "The system query option '$format' must be either 'json', 'xml', 'atom', or a valid content type; the value 'foo' is neither.",
      'rdb.md#formats-and-methods',
      406,
    ),
    accepted(
      'rdb-version-401',
      'OData-MaxVersion 4.01 is answered with 4.0',
      CALL,
      'rdb.md#formats-and-methods',
      '4.01 is accepted.',
      {
        headers: { 'OData-MaxVersion': '4.01' },
        severity: 'shape',
      },
    ),
    ...errorForms(),
  ];
}

function levels(metadata: 'none' | 'full'): ContractCase[] {
  const expect: Expectation = {
    status: 200,
    contentType: `application/json;odata.metadata=${metadata}`,
    headers: ODATA_4,
    checks: [{ is: 'baseline-empty', entries: [{ level0: '{{known_l0}}', known: true }], metadata }],
  };
  return [
    getCase(
      `rdb-metadata-${metadata}`,
      `odata.metadata=${metadata} in Accept`,
      CALL,
      expect,
      observed('rdb.md#formats-and-methods', 'none drops @odata.context, full adds types and a constant @odata.id.'),
      { headers: { Accept: `application/json;odata.metadata=${metadata}` }, severity: 'shape' },
    ),
    getCase(
      `rdb-format-${metadata}`,
      `odata.metadata=${metadata} in $format`,
      `${CALL}?$format=application/json;odata.metadata=${metadata}`,
      expect,
      observed('rdb.md#formats-and-methods', '`$format` takes the same media types as Accept.'),
      { severity: 'shape' },
    ),
  ];
}

function atoms(): ContractCase[] {
  const expect: Expectation = {
    status: 200,
    headers: { ...ODATA_4, 'Content-Type': '^application/(?:atom[+])?xml' },
    checks: [{ is: 'body-matching', pattern: '<a:feed[^]*<d:Level0>{{known_l0}}</d:Level0>' }],
  };
  const accepts = [
    ['application/atom+xml', 'Accept application/atom+xml gives Atom'],
    ['application/xml', 'Accept application/xml gives Atom'],
    [BROWSER, 'A browser gets Atom, not JSON'],
  ] as const;
  return accepts.map(([accept, name], index) =>
    getCase(
      `rdb-atom-${index}`,
      name,
      CALL,
      expect,
      observed('rdb.md#formats-and-methods', 'Atom for XML media types.'),
      {
        headers: { Accept: accept },
        severity: 'shape',
      },
    ),
  );
}

function errorForms(): ContractCase[] {
  const pattern = [
    '<error xmlns="http://docs[.]oasis-open[.]org/odata/ns/metadata">',
    '<code>null</code><message>The function import [^<]*</message></error>$',
  ].join('');
  return [
    getCase(
      'rdb-xml-error',
      'Errors are XML where Accept says so',
      `${FUNCTION}()`,
      {
        status: 400,
        contentType: 'application/xml',
        headers: ODATA_4,
        checks: [{ is: 'body-matching', pattern }],
      },
      observed('rdb.md#error-bodies', 'With Accept: application/xml the error is XML, its code the text "null".'),
      { headers: { Accept: 'application/xml' }, severity: 'shape' },
    ),
    getCase(
      'rdb-json-error',
      '$format=xml alone leaves errors in JSON',
      `${FUNCTION}()?$format=xml`,
      refused(400, NO_FUNCTION),
      observed('rdb.md#error-bodies', '`$format=xml` alone does not switch errors to XML.'),
      { severity: 'shape' },
    ),
  ];
}
