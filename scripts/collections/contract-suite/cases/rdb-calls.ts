import { metadataTags } from '../metadata-tags';
import type { CaseFolder, ContractCase } from '../contract-case';
import {
  answered,
  FUNCTION,
  getCase,
  HTML_400,
  JSON_MINIMAL,
  observed,
  ODATA_4,
  refused,
  satellite,
} from './rdb-cases';
import { rdbMetadataJson } from './rdb-metadata-json';
import { signIn } from './sign-in';

/** How rdb.svc is called and what it refuses: resources, arguments, options, negotiation, methods, errors. */
export function rdbCalls(): CaseFolder {
  return {
    key: 'rdb-calls',
    name: 'rdb.svc calls and refusals',
    about:
      'Resources, both call forms, how arguments are parsed, query options, negotiation, methods and the exact errors of rdb.svc (rdb.md §1). The product type asked for selects no file, so that answers are small and the same everywhere.',
    cases: [
      signIn('rdb-calls'),
      ...resources(),
      ...arguments_(),
      ...intervals(),
      ...options(),
      ...negotiation(),
      ...methods(),
      ...exceptions(),
    ],
  };
}

/** Selects no file. */
const NOTHING = 'NOPE';
const KNOWN = `l0_names='{{known_l0}}'`;
const CALL = `${FUNCTION}(${KNOWN},${satellite(NOTHING)})`;
const ROOT = '{{rdb_root_uri}}';
const MALFORMED = 'The URI is malformed.';

const ONE_ENTRY = answered({ is: 'baseline-empty', entries: [{ level0: '{{known_l0}}', known: true }] });

function accepted(key: string, name: string, url: string, cite: string, says: string, more = {}): ContractCase {
  return getCase(key, name, url, ONE_ENTRY, observed(cite, says), more);
}

function refusal(key: string, name: string, url: string, message: string, cite = '§1.2', status = 400): ContractCase {
  return getCase(key, name, url, refused(status, message), observed(cite, `${status}: ${message}`), {
    severity: 'shape',
  });
}

function resources(): ContractCase[] {
  const offers = [{ name: 'getReprocessingDataBaseline', url: 'getReprocessingDataBaseline', kind: 'FunctionImport' }];
  const document = {
    status: 200,
    contentType: JSON_MINIMAL,
    headers: ODATA_4,
    checks: [{ is: 'body', equal: { '@odata.context': '$metadata', value: offers } }],
  } as const;
  const says = 'The service document lists the function import and nothing else.';
  return [
    getCase('rdb-root', 'The root lists the one function', `${ROOT}/`, document, observed('§1.1', says)),
    getCase(
      'rdb-root-format',
      'The root takes $format=json',
      `${ROOT}/?$format=json`,
      document,
      observed('§1.1', says),
    ),
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
      observed('§1.1', '`?$format=xml` gives APP XML.'),
      { severity: 'shape' },
    ),
    getCase(
      'rdb-root-none',
      'The root has no context with odata.metadata=none',
      `${ROOT}/`,
      {
        status: 200,
        contentType: 'application/json;odata.metadata=none',
        checks: [{ is: 'body', equal: { value: offers } }],
      },
      observed('§1.4', '`odata.metadata=none` drops @odata.context.'),
      { severity: 'shape', headers: { Accept: 'application/json;odata.metadata=none' } },
    ),
    getCase(
      'rdb-root-head',
      'The root answers HEAD',
      `${ROOT}/`,
      { status: 200, contentType: JSON_MINIMAL, headers: ODATA_4, checks: [{ is: 'body', equal: '' }] },
      observed('§1.4', 'HEAD on service document and $metadata: 200.'),
      { severity: 'shape', method: 'HEAD' },
    ),
    refusal(
      'rdb-root-top',
      'The root refuses $top',
      `${ROOT}/?$top=1`,
      "The system query option '$top' is not allowed.",
      '§1.3',
    ),
    ...metadata(),
    ...otherResources(),
  ];
}

function metadata(): ContractCase[] {
  const xml = {
    status: 200,
    contentType: 'application/xml',
    headers: ODATA_4,
    checks: [{ is: 'metadata', tags: metadataTags('rdb') }],
  } as const;
  return [
    getCase(
      'rdb-metadata',
      '$metadata is the model of schemas/csdl',
      `${ROOT}/$metadata`,
      xml,
      observed('§1.1', 'EDM: DataBaseline without key, Product, two overloads, one function import.'),
    ),
    getCase(
      'rdb-metadata-json',
      '$metadata comes as CSDL JSON on request',
      `${ROOT}/$metadata`,
      {
        status: 200,
        contentType: 'application/json',
        headers: ODATA_4,
        checks: [{ is: 'body', equal: rdbMetadataJson() }],
      },
      observed('§1.1', 'CSDL JSON with `$Version` "4.01".'),
      { severity: 'shape', headers: { Accept: 'application/json' } },
    ),
    getCase(
      'rdb-metadata-format',
      '$metadata?$format=json is the same CSDL JSON',
      `${ROOT}/$metadata?$format=json`,
      { status: 200, contentType: 'application/json', checks: [{ is: 'body', equal: rdbMetadataJson() }] },
      observed('§1.1', '`$format=json` gives CSDL JSON.'),
      { severity: 'shape' },
    ),
    getCase(
      'rdb-metadata-head',
      '$metadata answers HEAD',
      `${ROOT}/$metadata`,
      { status: 200, contentType: 'application/xml', checks: [{ is: 'body', equal: '' }] },
      observed('§1.4', 'HEAD on service document and $metadata: 200.'),
      { severity: 'shape', method: 'HEAD' },
    ),
    refusal(
      'rdb-metadata-top',
      '$metadata refuses $top',
      `${ROOT}/$metadata?$top=1`,
      "The system query option '$top' is not allowed.",
      '§1.3',
    ),
  ];
}

function otherResources(): ContractCase[] {
  const notFound = (name: string): string =>
    `Cannot find EntitySet, Singleton, ActionImport or FunctionImport with name '${name}'.`;
  return [
    getCase(
      'rdb-data-baselines',
      'DataBaselines is no set to read',
      `${ROOT}/DataBaselines`,
      refused(501, 'Only function call is supported, see => /$metadata', '501'),
      observed('§1.1', '501, and the code is the text "501": an entity set that $metadata does not list.'),
      { severity: 'shape' },
    ),
    refusal(
      'rdb-unknown',
      'An unknown resource is named in a 404',
      `${ROOT}/Products`,
      notFound('Products'),
      '§1.1',
      404,
    ),
    refusal(
      'rdb-wrong-case',
      'The name of the function is case-sensitive',
      `${ROOT}/GetReprocessingDataBaseline(x=1)`,
      notFound('GetReprocessingDataBaseline'),
      '§1.1',
      404,
    ),
    refusal(
      'rdb-batch-get',
      '$batch is not for GET',
      `${ROOT}/$batch`,
      "HTTP method 'GET' not allowed for this resource.",
      '§1.1',
      405,
    ),
    refusal(
      'rdb-entity',
      '$entity wants an $id',
      `${ROOT}/$entity`,
      'The entity-id must be specified using the system query option $id.',
      '§1.1',
    ),
    refusal(
      'rdb-namespaced',
      'The function is not called with its namespace',
      `${ROOT}/OData.CSC.getReprocessingDataBaseline(${KNOWN},${satellite(NOTHING)})`,
      "Namespace is not allowed for Entity Sets, Singletons, Action Imports and Function Imports; found 'OData.CSC'.",
      '§1.1',
    ),
    ...['', '$count', '$value', 'Level0'].map((part) =>
      refusal(
        `rdb-after-${part.replace('$', '') || 'slash'}`,
        `Nothing may follow the call: /${part}`,
        `${CALL}/${part}`,
        `The resource part '${part}' is not allowed.`,
        '§1.1',
      ),
    ),
  ];
}

function arguments_(): ContractCase[] {
  const call = (list: string): string => `${FUNCTION}(${list})`;
  const noFunction = (names: string): string =>
    `The function import 'getReprocessingDataBaseline' has no function with parameters '[${names}]'.`;
  const rest = satellite(NOTHING);
  return [
    accepted('rdb-call', 'A call by name is answered', CALL, '§1.2', 'By name: four texts.'),
    accepted(
      'rdb-order',
      'Parameters may stand in any order',
      call(`product_type='${NOTHING}',unit='{{unit}}',${KNOWN},mission='{{mission}}'`),
      '§1.2',
      'Parameter order is free.',
    ),
    accepted(
      'rdb-encoded-list',
      'The whole list may be percent-encoded',
      call(
        `l0_names%3D%27{{known_l0}}%27%2Cmission%3D%27{{mission}}%27%2Cunit%3D%27{{unit}}%27%2Cproduct_type%3D%27${NOTHING}%27`,
      ),
      '§1.2',
      'Percent-encoding of any of ( ) quote , = : is accepted and equivalent.',
    ),
    accepted(
      'rdb-encoded-parentheses',
      'Parentheses may be percent-encoded',
      `${FUNCTION}%28${KNOWN},${rest}%29`,
      '§1.2',
      'Percent-encoding of any of ( ) quote , = : is accepted and equivalent.',
    ),
    accepted(
      'rdb-encoded-letters',
      'Letters of a value may be percent-encoded',
      call(`${KNOWN},mission='{{mission}}',unit='{{unit}}',product_type='%4EOPE'`),
      '§1.2',
      'Decoding happens before anything else.',
    ),
    accepted(
      'rdb-doubled-quote',
      'A doubled quote in a value is deleted',
      call(`l0_names='{{known_l0}}''',${rest}`),
      '§1.2',
      'A doubled quote is an escaped one, and the service deletes all quotes from every value.',
    ),
    accepted(
      'rdb-trailing-comma',
      'A comma at the end of the names adds nothing',
      call(`l0_names='{{known_l0}},',${rest}`),
      '§2.2',
      'Trailing empty items vanish.',
    ),
    getCase(
      'rdb-only-comma',
      'A lone comma names nothing',
      call(`l0_names=',',${rest}`),
      answered({ is: 'baseline-empty', entries: [] }),
      observed('§2.2', '`,` alone gives an empty list.'),
    ),
    accepted(
      'rdb-duplicates',
      'The same name twice is one entry',
      call(`l0_names='{{known_l0}},{{known_l0}}',${rest}`),
      '§2.2',
      'Repeated names collapse into one entry.',
    ),
    accepted(
      'rdb-encoded-comma',
      '%2C separates names as a comma does',
      call(`l0_names='{{known_l0}}%2C{{known_l0}}',${rest}`),
      '§1.2',
      'Decoding happens before the split on comma.',
    ),
    getCase(
      'rdb-unknown-name',
      'An unknown name is echoed with the warning',
      call(`l0_names='{{unknown_l0}}',${satellite(NOTHING, { mission: 'S1SAR' })}`),
      answered({ is: 'baseline-empty', entries: [{ level0: '{{unknown_l0}}', known: false }] }),
      observed('§2.2', 'Not found: the text that begins with Warning.'),
      { severity: 'data' },
    ),
    getCase(
      'rdb-plus',
      'A plus in a name stays a plus',
      call(`l0_names='S1A_a+b_RAW',${satellite(NOTHING, { mission: 'S2MSI' })}`),
      {
        ...answered({ is: 'baseline-empty', entries: [{ level0: 'S1A_a+b_RAW', known: false }] }),
        schema: undefined,
      },
      observed('§1.2', '`+` in a path is a plus sign.'),
      { severity: 'shape' },
    ),
    ...(
      [
        ['empty', 'An empty list of arguments', '', noFunction('')],
        [
          'missing',
          'A missing parameter',
          `${KNOWN},mission='{{mission}}',unit='{{unit}}'`,
          noFunction('l0_names, mission, unit'),
        ],
        [
          'unknown',
          'An unknown parameter',
          `${KNOWN},${rest},foo='x'`,
          noFunction('l0_names, mission, unit, product_type, foo'),
        ],
        [
          'case',
          'A parameter in capitals',
          `L0_NAMES='{{known_l0}}',${rest}`,
          noFunction('L0_NAMES, mission, unit, product_type'),
        ],
        [
          'mixed',
          'Both call forms mixed',
          `${KNOWN},start={{sample_start}},stop={{sample_stop}},${rest}`,
          noFunction('l0_names, start, stop, mission, unit, product_type'),
        ],
        ['twice', 'The same parameter twice', `${KNOWN},${rest},unit='B'`, "The key value 'unit' is invalid."],
        [
          'unquoted',
          'A text without quotes',
          `${KNOWN},mission={{mission}},unit='{{unit}}',product_type='${NOTHING}'`,
          "The key value '' is invalid.",
        ],
        [
          'double-quoted',
          'A text in %22',
          `${KNOWN},mission=%22{{mission}}%22,unit='{{unit}}',product_type='${NOTHING}'`,
          "The key value '' is invalid.",
        ],
        ['null', 'The literal null', `l0_names=null,${rest}`, "Missing mandatory parameter 'l0_names'."],
        ['alias', 'An alias without a value', `l0_names=@p,${rest}`, "Missing alias '@p'."],
        ['unterminated', 'A quote that does not end', `l0_names='{{known_l0}},${rest}`, MALFORMED],
        [
          'blanks',
          'Blanks between parameters',
          `${KNOWN},%20mission='{{mission}}',%20unit='{{unit}}',%20product_type='${NOTHING}'`,
          MALFORMED,
        ],
        ['slash', 'A slash in a text', `l0_names='foo/bar',${rest}`, "The key value '' is invalid."],
      ] as const
    ).map(([key, name, list, message]) => refusal(`rdb-arguments-${key}`, `${name} is refused`, call(list), message)),
    refusal('rdb-no-parentheses', 'A call without parentheses is refused', FUNCTION, MALFORMED),
    refusal(
      'rdb-query-arguments',
      'Arguments in the query are refused',
      `${FUNCTION}?l0_names=x&mission={{mission}}`,
      MALFORMED,
    ),
    refusal('rdb-open-parenthesis', 'A call that does not end is refused', `${FUNCTION}(${KNOWN},${rest}`, MALFORMED),
    ...['%2F', '%5C', '%00'].map((code) =>
      getCase(
        `rdb-tomcat-${code.slice(1).toLowerCase()}`,
        `${code} never reaches the service`,
        call(`l0_names='foo${code}bar',${rest}`),
        HTML_400,
        observed('§1.2', `${code} is refused by Tomcat with an HTML body.`),
        { severity: 'shape' },
      ),
    ),
    getCase(
      'rdb-long',
      'A URL of more than 8 kB is refused in HTML',
      call(`l0_names='${'S3A_OL_0_EFR____20240301T010412_20240301T010610_,'.repeat(168)}',${rest}`),
      { ...HTML_400, status: [400, 414], checks: [{ is: 'body-matching', pattern: '<html|^$' }] },
      observed('§1.7', 'URL 8178: 400 HTML; 414 HTML where the proxy refuses first.'),
      { severity: 'shape' },
    ),
    getCase(
      'rdb-long-enough',
      'A URL of 2000 characters is answered',
      call(`l0_names='{{known_l0}}${',{{known_l0}}'.repeat(16)}',${rest}`),
      ONE_ENTRY,
      { basis: 'documented', cite: 'rdb.md §1.7', says: 'The documented limit of a client is 2000 characters.' },
    ),
  ];
}

function intervals(): ContractCase[] {
  const call = (start: string, stop: string): string =>
    `${FUNCTION}(start=${start},stop=${stop},${satellite(NOTHING)})`;
  const nothing = answered({ is: 'baseline-empty', entries: [] });
  const [from, to] = ['1999-11-01T00:00:00Z', '1999-11-03T00:00:00Z'];
  const forms: readonly (readonly [key: string, start: string])[] = [
    ['seconds', from],
    ['minutes', '1999-11-01T00:00Z'],
    ['fraction', '1999-11-01T00:00:00.123Z'],
    ['plus', '1999-11-01T00:00:00%2B05:00'],
    ['raw-plus', '1999-11-01T00:00:00+05:00'],
    ['minus', '1999-11-01T00:00:00-05:00'],
    ['lower-case', '1999-11-01t00:00:00z'],
    ['encoded', '1999-11-01T00%3A00%3A00Z'],
  ];
  const wrong: readonly (readonly [key: string, start: string, message: string])[] = [
    ['date', '1999-11-01', "Invalid value for property 'start'."],
    ['february', '1999-02-30T00:00:00Z', "Invalid value for property 'start'."],
    ['year', '11999-11-01T00:00:00Z', "Invalid value for property 'start'."],
    ['month', '1999-13-01T00:00:00Z', MALFORMED],
    ['hour', '1999-11-01T24:00:00Z', MALFORMED],
    ['second', '1999-11-01T00:00:60Z', MALFORMED],
    ['zone', '1999-11-01T00:00:00', MALFORMED],
  ];
  return [
    ...forms.map(([key, start]) =>
      getCase(
        `rdb-time-${key}`,
        `A time may be written ${start}`,
        call(start, to),
        nothing,
        observed('§1.2', 'DateTimeOffset: seconds optional, three digits of a fraction, offsets, lower case.'),
        { severity: 'shape' },
      ),
    ),
    ...wrong.map(([key, start, message]) =>
      refusal(`rdb-wrong-time-${key}`, `${start} is no time`, call(start, to), message),
    ),
    refusal(
      'rdb-wrong-stop',
      'A wrong stop is named as such',
      call(from, '1999-11-31'),
      "Invalid value for property 'stop'.",
    ),
    {
      ...refusal(
        'rdb-quoted-times',
        'Times are not quoted',
        call(`'${from}'`, `'${to}'`),
        "Invalid value for property 'start'.",
      ),
      severity: 'contract',
      profiles: ['adg'],
      promised: {
        basis: 'documented',
        cite: "the manuals' template",
        says: 'Start and stop stand in quotes.',
        expect: nothing,
      },
    },
    getCase(
      'rdb-start-after-stop',
      'An interval that ends before it begins is empty',
      call('{{sample_stop}}', '{{sample_start}}'),
      nothing,
      observed('§2.3', 'start > stop: an empty list with 200.'),
    ),
  ];
}

function options(): ContractCase[] {
  const ignored: readonly string[] = [
    '$top=1',
    '$top=0',
    '$skip=1',
    '$count=true',
    '$orderby=Level0',
    '$select=Level0',
    "$filter=Level0 eq 'x'",
    '$search=x',
    '$skiptoken=2',
    'foo=1',
    'odata-debug=json',
    '$format=json',
  ];
  const text = (option: string, is: string): string => `The system query option '${option}' ${is}`;
  const wrong: readonly (readonly [option: string, message: string])[] = [
    ['$top=-1', text('$top', "has the not-allowed value '-1'.")],
    ['$top=abc', text('$top', "has the not-allowed value 'abc'.")],
    ['$expand=AuxDataFiles', MALFORMED],
    ['$foo=1', text('$foo', 'is not defined.')],
  ];
  return [
    ...ignored.map((option) =>
      accepted(
        `rdb-option-${option.replace(/\W+/g, '-').replace(/^-|-$/g, '')}`,
        `${option} changes nothing`,
        `${CALL}?${option}`,
        '§1.3',
        'Accepted and ignored: there are no pages, no order, no count.',
      ),
    ),
    accepted('rdb-prefer', 'Prefer: odata.maxpagesize changes nothing', CALL, '§1.3', 'Ignored.', {
      headers: { Prefer: 'odata.maxpagesize=1' },
      severity: 'shape',
    }),
    ...wrong.map(([option, message]) =>
      refusal(
        `rdb-wrong-option-${option.replace(/\W+/g, '-').replace(/^-|-$/g, '')}`,
        `${option} is refused by rdb.svc`,
        `${CALL}?${option}`,
        message,
        '§1.3',
      ),
    ),
  ];
}

function negotiation(): ContractCase[] {
  const level = (metadata: 'none' | 'full') =>
    ({
      status: 200,
      contentType: `application/json;odata.metadata=${metadata}`,
      headers: ODATA_4,
      checks: [{ is: 'baseline-empty', entries: [{ level0: '{{known_l0}}', known: true }], metadata }],
    }) as const;
  const not = (key: string, name: string, headers: Record<string, string>, status: number, message: string) =>
    getCase(`rdb-${key}`, name, CALL, refused(status, message), observed('§1.4', message), {
      headers,
      severity: 'shape',
    });
  const atom = {
    status: 200,
    headers: { ...ODATA_4, 'Content-Type': '^application/(?:atom[+])?xml' },
    checks: [{ is: 'body-matching', pattern: '<a:feed[^]*<d:Level0>{{known_l0}}</d:Level0>' }],
  } as const;
  return [
    ...[
      '*/*',
      'application/json',
      'application/json;odata.metadata=minimal',
      'application/*',
      'text/html,*/*;q=0.1',
    ].map((accept, index) =>
      accepted(`rdb-accept-${index}`, `Accept ${accept} is JSON`, CALL, '§1.4', 'JSON with minimal metadata.', {
        headers: { Accept: accept },
        severity: 'shape',
      }),
    ),
    ...(['none', 'full'] as const).flatMap((metadata) => [
      getCase(
        `rdb-metadata-${metadata}`,
        `odata.metadata=${metadata} in Accept`,
        CALL,
        level(metadata),
        observed('§1.4', 'none drops @odata.context, full adds types and a constant @odata.id.'),
        { headers: { Accept: `application/json;odata.metadata=${metadata}` }, severity: 'shape' },
      ),
      getCase(
        `rdb-format-${metadata}`,
        `odata.metadata=${metadata} in $format`,
        `${CALL}?$format=application/json;odata.metadata=${metadata}`,
        level(metadata),
        observed('§1.4', '`$format` takes the same media types as Accept.'),
        { severity: 'shape' },
      ),
    ]),
    ...['application/atom+xml', 'application/xml'].map((accept) =>
      getCase(
        `rdb-accept-${accept.replace(/\W/g, '-')}`,
        `Accept ${accept} gives Atom`,
        CALL,
        atom,
        observed('§1.4', 'Atom for XML media types.'),
        { headers: { Accept: accept }, severity: 'shape' },
      ),
    ),
    getCase(
      'rdb-accept-browser',
      'A browser gets Atom, not JSON',
      CALL,
      atom,
      observed('§1.4', 'A typical browser Accept gets an Atom feed.'),
      {
        headers: { Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' },
        severity: 'shape',
      },
    ),
    not(
      'accept-html',
      'Only text/html is not acceptable',
      { Accept: 'text/html' },
      406,
      "The content-type range 'text/html' is not supported as value of the Accept header.",
    ),
    not(
      'accept-charset',
      'Another charset than UTF-8 is not acceptable',
      { 'Accept-Charset': 'iso-8859-1' },
      406,
      "The charset specified in Accept charset header 'iso-8859-1' is not supported.",
    ),
    refusal(
      'rdb-format-unknown',
      '$format=foo is not acceptable',
      `${CALL}?$format=foo`,
      "The system query option '$format' must be either 'json', 'xml', 'atom', or a valid content type; the value 'foo' is neither.",
      '§1.4',
      406,
    ),
    ...['OData-MaxVersion', 'OData-Version'].map((header) =>
      not(
        `${header.toLowerCase()}-3`,
        `${header} 3.0 is refused`,
        { [header]: '3.0' },
        400,
        "OData version '3.0' is not supported.",
      ),
    ),
    accepted('rdb-version-401', 'OData-MaxVersion 4.01 is answered with 4.0', CALL, '§1.4', '4.01 is accepted.', {
      headers: { 'OData-MaxVersion': '4.01' },
      severity: 'shape',
    }),
    getCase(
      'rdb-xml-error',
      'Errors are XML where Accept says so',
      `${FUNCTION}()`,
      {
        status: 400,
        contentType: 'application/xml',
        headers: ODATA_4,
        checks: [
          {
            is: 'body-matching',
            pattern:
              '<error xmlns="http://docs[.]oasis-open[.]org/odata/ns/metadata"><code>null</code><message>The function import [^<]*</message></error>$',
          },
        ],
      },
      observed('§1.5', 'With Accept: application/xml the error is XML, its code the text "null".'),
      { headers: { Accept: 'application/xml' }, severity: 'shape' },
    ),
    getCase(
      'rdb-json-error',
      '$format=xml alone leaves errors in JSON',
      `${FUNCTION}()?$format=xml`,
      refused(400, "The function import 'getReprocessingDataBaseline' has no function with parameters '[]'."),
      observed('§1.5', '`$format=xml` alone does not switch errors to XML.'),
      { severity: 'shape' },
    ),
  ];
}

/** A function call has no effect that a wrong method could cause. */
function methods(): ContractCase[] {
  return [
    ...['POST', 'PUT', 'PATCH', 'DELETE'].map((method) =>
      getCase(
        `rdb-method-${method.toLowerCase()}`,
        `The function is not for ${method}`,
        CALL,
        refused(405, `HTTP method '${method}' not allowed for this resource.`),
        observed('§1.4', 'GET only.'),
        { method },
      ),
    ),
    getCase(
      'rdb-method-head',
      'The function is not for HEAD',
      CALL,
      { status: 405, headers: ODATA_4, checks: [{ is: 'body', equal: '' }] },
      observed('§1.4', 'HEAD on the function: 405 without body.'),
      { method: 'HEAD' },
    ),
    accepted(
      'rdb-method-override',
      'A POST that says X-HTTP-Method: GET is a GET',
      CALL,
      '§1.4',
      'POST with `X-HTTP-Method: GET` works as GET.',
      { method: 'POST', headers: { 'X-HTTP-Method': 'GET' }, severity: 'shape' },
    ),
  ];
}

/** Java's exceptions reach the caller as 500 with their raw text (rdb.md §1.6). */
function exceptions(): ContractCase[] {
  const cut = (begin: number, end: number, length: number): string => `begin ${begin}, end ${end}, length ${length}`;
  const byName = (names: string, mission = '{{mission}}'): string =>
    `${FUNCTION}(l0_names='${names}',${satellite('L1SLC', { mission })})`;
  const cases: readonly (readonly [key: string, name: string, url: string, message: string])[] = [
    ['short-name', 'A name of one character', byName('X'), cut(0, 2, 1)],
    ['short-unit', 'A name of two characters', byName('ZZ', 'ZZSAR'), cut(2, 3, 2)],
    ['one-bad', 'One bad name among good ones', byName('{{known_l0}},X'), cut(0, 2, 1)],
    [
      'truncated-name',
      'A name that ends before its times',
      byName(`S1{{unit}}_IW_RAW__0NDV_2020AAAA`, 'S1SAR'),
      cut(17, 32, 25),
    ],
    [
      'no-month',
      'A time of month 13 in a name',
      byName(`S1{{unit}}_IW_RAW__0NDV_20201301T062556_20201301T063833_034599_040733_8B28.SAFE.zip`, 'S1SAR'),
      "Text '20201301T062556' could not be parsed: Invalid value for MonthOfYear (valid values 1 - 12): 13",
    ],
    ['short-mission', 'A mission of one character', byName('{{known_l0}}', 'S'), cut(0, 2, 1)],
    ['empty-mission', 'An empty mission', byName('{{known_l0}}', ''), cut(0, 2, 0)],
    [
      'interval-mission',
      'A mission of two characters with an interval',
      `${FUNCTION}(start=1999-11-01T00:00:00Z,stop=1999-11-03T00:00:00Z,${satellite('L1SLC', { mission: 'S3' })})`,
      cut(2, 4, 2),
    ],
  ];
  return cases.map(([key, name, url, message]) =>
    getCase(
      `rdb-exception-${key}`,
      `${name} fails the whole request`,
      url,
      refused(500, message),
      observed('§1.6', 'Uncaught exceptions become 500 with the raw text.'),
    ),
  );
}
