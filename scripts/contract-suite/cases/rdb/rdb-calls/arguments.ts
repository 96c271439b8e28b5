import type { CitationId } from '../../../citations';
import type { ContractCase } from '../../../contract-case';
import { answered, FUNCTION, getCase, HTML_400, observed, satellite } from '../rdb-cases';
import { accepted, CALL, KNOWN, MALFORMED, NOTHING, ONE_ENTRY, refusal } from './call';

const REST = satellite(NOTHING);
const call = (list: string): string => `${FUNCTION}(${list})`;
const noFunction = (names: string): string =>
  `The function import 'getReprocessingDataBaseline' has no function with parameters '[${names}]'.`;

const ENCODED_LIST = `l0_names%3D%27{{known_l0}}%27%2Cmission%3D%27{{mission}}%27%2Cunit%3D%27{{unit}}%27%2Cproduct_type%3D%27${NOTHING}%27`;

/** Lists of arguments that ask for the same product. */
const EQUIVALENT: readonly (readonly [key: string, name: string, url: string, cite: CitationId, says: string])[] = [
  ['call', 'A call by name is answered', CALL, 'rdb.md#calls', 'By name: four texts.'],
  [
    'order',
    'Parameters may be in any order',
    call(`product_type='${NOTHING}',unit='{{unit}}',${KNOWN},mission='{{mission}}'`),
    'rdb.md#calls',
    'Parameter order is free.',
  ],
  [
    'encoded-list',
    'The whole list may be percent-encoded',
    call(ENCODED_LIST),
    'rdb.md#calls',
    'Encoding is equivalent.',
  ],
  [
    'encoded-parentheses',
    'Parentheses may be percent-encoded',
    `${FUNCTION}%28${KNOWN},${REST}%29`,
    'rdb.md#calls',
    'Encoding of ( and ) is equivalent.',
  ],
  [
    'encoded-letters',
    'Letters of a value may be percent-encoded',
    call(`${KNOWN},mission='{{mission}}',unit='{{unit}}',product_type='%4EOPE'`),
    'rdb.md#calls',
    'Decoding happens before anything else.',
  ],
  [
    'doubled-quote',
    'A doubled quote in a value is deleted',
    call(`l0_names='{{known_l0}}''',${REST}`),
    'rdb.md#calls',
    'A doubled quote is an escaped one, and the service deletes all quotes from every value.',
  ],
  [
    'trailing-comma',
    'A comma at the end of the names adds nothing',
    call(`l0_names='{{known_l0}},',${REST}`),
    'rdb.md#entries',
    'Trailing empty items vanish.',
  ],
  [
    'duplicates',
    'The same name twice is one entry',
    call(`l0_names='{{known_l0}},{{known_l0}}',${REST}`),
    'rdb.md#entries',
    'Repeated names collapse into one entry.',
  ],
  [
    'encoded-comma',
    '%2C separates names as a comma does',
    call(`l0_names='{{known_l0}}%2C{{known_l0}}',${REST}`),
    'rdb.md#calls',
    'Decoding happens before the split on comma.',
  ],
  [
    'long-enough',
    'A URL of nearly 2000 characters is answered',
    call(`l0_names='{{known_l0}}${',{{known_l0}}'.repeat(16)}',${REST}`),
    'rdb.md#length-of-a-request',
    'The documented limit of a client is 2000 characters.',
  ],
];

/** Lists of arguments with status 400 and their texts. */
const WRONG: readonly (readonly [key: string, name: string, list: string, message: string])[] = [
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
    `${KNOWN},${REST},foo='x'`,
    noFunction('l0_names, mission, unit, product_type, foo'),
  ],
  [
    'case',
    'A parameter in capitals',
    `L0_NAMES='{{known_l0}}',${REST}`,
    noFunction('L0_NAMES, mission, unit, product_type'),
  ],
  [
    'mixed',
    'A mixture of both call forms',
    `${KNOWN},start={{sample_start}},stop={{sample_stop}},${REST}`,
    noFunction('l0_names, start, stop, mission, unit, product_type'),
  ],
  [
    'half',
    'An interval without a stop',
    `start={{sample_start}},${REST}`,
    noFunction('start, mission, unit, product_type'),
  ],
  ['twice', 'The same parameter twice', `${KNOWN},${REST},unit='B'`, "The key value 'unit' is invalid."],
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
  ['null', 'The literal null', `l0_names=null,${REST}`, "Missing mandatory parameter 'l0_names'."],
  ['alias', 'An alias without a value', `l0_names=@p,${REST}`, "Missing alias '@p'."],
  ['unterminated', 'A quote that does not end', `l0_names='{{known_l0}},${REST}`, MALFORMED],
  [
    'blanks',
    'A list with blanks between parameters',
    `${KNOWN},%20mission='{{mission}}',%20unit='{{unit}}',%20product_type='${NOTHING}'`,
    MALFORMED,
  ],
  ['slash', 'A slash in a text', `l0_names='foo/bar',${REST}`, "The key value '' is invalid."],
];

/** How arguments are parsed (rdb.md#calls). */
export function argumentCases(): ContractCase[] {
  return [
    ...EQUIVALENT.map(([key, name, url, cite, says]) => accepted(`rdb-${key}`, name, url, cite, says)),
    ...echoes(),
    ...WRONG.map(([key, name, list, message]) =>
      refusal(`rdb-arguments-${key}`, `${name} is refused`, call(list), message),
    ),
    refusal('rdb-no-parentheses', 'A call without parentheses is refused', FUNCTION, MALFORMED),
    refusal(
      'rdb-query-arguments',
      'Arguments in the query are refused',
      `${FUNCTION}?l0_names=x&mission={{mission}}`,
      MALFORMED,
    ),
    refusal('rdb-open-parenthesis', 'A call that does not end is refused', `${FUNCTION}(${KNOWN},${REST}`, MALFORMED),
    ...htmlPages(),
  ];
}

/** Names that are not in the data base come back as they were sent. */
function echoes(): ContractCase[] {
  return [
    getCase(
      'rdb-only-comma',
      'A lone comma names nothing',
      call(`l0_names=',',${REST}`),
      answered({ is: 'baseline-empty', entries: [] }),
      observed('rdb.md#entries', '`,` alone gives an empty list.'),
    ),
    getCase(
      'rdb-unknown-name',
      'An unknown name is echoed with the warning',
      call(`l0_names='{{unknown_l0}}',${satellite(NOTHING, { mission: 'S1SAR' })}`),
      answered({ is: 'baseline-empty', entries: [{ level0: '{{unknown_l0}}', known: false }] }),
      observed('rdb.md#entries', 'Not found: the text that begins with Warning.'),
      { severity: 'data' },
    ),
    getCase(
      'rdb-plus',
      'A plus in a name stays a plus',
      call(`l0_names='S1A_a+b_RAW',${satellite(NOTHING, { mission: 'S2MSI' })}`),
      {
        ...ONE_ENTRY,
        schema: undefined,
        checks: [{ is: 'baseline-empty', entries: [{ level0: 'S1A_a+b_RAW', known: false }] }],
      },
      observed('rdb.md#calls', '`+` in a path is a plus sign.'),
      { severity: 'shape' },
    ),
  ];
}

/** What Tomcat refuses before the service sees it. */
function htmlPages(): ContractCase[] {
  return [
    ...['%2F', '%5C', '%00'].map((code) =>
      getCase(
        `rdb-tomcat-${code.slice(1).toLowerCase()}`,
        `${code} never reaches the service`,
        call(`l0_names='foo${code}bar',${REST}`),
        HTML_400,
        observed('rdb.md#calls', `${code} is refused by Tomcat with an HTML body.`),
        { severity: 'shape' },
      ),
    ),
    getCase(
      'rdb-long',
      'A URL of more than 8 kB is refused in HTML',
      call(`l0_names='${'S3A_OL_0_EFR____20240301T010412_20240301T010610_,'.repeat(168)}',${REST}`),
      { ...HTML_400, status: [400, 414] },
      observed('rdb.md#length-of-a-request', 'URL 8178: 400 HTML; 414 HTML where the proxy refuses first.'),
      { severity: 'shape' },
    ),
  ];
}
