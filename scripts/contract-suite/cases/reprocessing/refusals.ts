import { callText } from '../../adf-query';
import type { ContractCase, Expectation, Severity } from '../../contract-case';
import { CONDITIONS } from '../conditions';
import { observed, OK, REPROCESSING, VERSION } from './reprocessing-case';

/** What is refused, and how: a number in the body tells why (reprocessing.md#query-options). */
export function reprocessingRefusals(): ContractCase[] {
  return [...filters(), ...options(), ...resources(), ...calls(), ...media(), ...forms(), head()];
}

/** Numbers of errors with their status. Texts are not recorded; only the number and the form count. */
const STATUS = { 1000: 400, 1700: 415, 1800: 500, 2000: 400, 3500: 404, 9000: 500 } as const;
type Code = keyof typeof STATUS;

function refused(...codes: readonly Code[]): Expectation {
  return {
    status: [...new Set(codes.map((code) => STATUS[code]))],
    contentType: 'application/json',
    headers: { ...VERSION, 'Content-Language': '^en$' },
    schema: 'error.odata',
    checks: [{ is: 'body-matching', pattern: `^\\{"error":\\{"code":"(?:${codes.join('|')})","message":"[^"]` }],
  };
}

function refusal(
  key: string,
  name: string,
  path: string,
  codes: Code | readonly Code[],
  more: { readonly headers?: Readonly<Record<string, string>>; readonly severity?: Severity } = {},
): ContractCase {
  const { headers, severity = 'contract' } = more;
  return {
    key: `reprocessing-refused-${key}`,
    name,
    severity,
    source: observed('reprocessing.md#query-options', 'Errors have a number, and each number its status.'),
    request: { url: `${REPROCESSING}/${path}`, ...(headers ? { headers } : {}) },
    expect: refused(...(typeof codes === 'number' ? [codes] : codes)),
  };
}

function filters(): ContractCase[] {
  const filter = (
    key: string,
    name: string,
    text: string,
    codes: Code | readonly Code[],
    set = 'AuxTypes',
  ): ContractCase => refusal(`filter-${key}`, name, `${set}?$filter=${text}&$top=1`, codes);
  return [
    filter('not', 'not is not implemented', "not contains(LongName,'AX')", 1800),
    filter('not-comparison', 'not of a comparison is not implemented either', "not (Mission eq 'S1SAR')", 1800),
    filter('fraction', 'Dates with a fraction are refused', 'CreationDate gt 2020-01-01T00:00:00.5Z', 1000, 'AuxFiles'),
    filter(
      'millis',
      'Dates with milliseconds are refused',
      'ValidityStart lt 2020-01-01T00:00:00.000Z',
      1000,
      'AuxFiles',
    ),
    filter('quote', 'A quote inside a text is too much for a function', "contains(LongName,'O''Brien')", 9000),
    filter('enumeration', 'Members of enumerations are not texts', "Rule eq 'LatestValidity'", 1000),
    filter('property', 'A property that AuxTypes lacks', "Nothing eq 'x'", 1000),
    filter('property-case', 'Names of properties mind upper and lower case', "longname eq 'x'", 1000),
    filter('property-files', 'A property that AuxFiles lacks', "LongName eq 'x'", 1000, 'AuxFiles'),
    filter('unbalanced', 'An unbalanced parenthesis', "(Mission eq 'S1SAR'", 1000),
    filter('open-text', 'A text without its last quote', "Mission eq 'S1SAR", 1000),
    filter('no-literal', 'A comparison without a literal', 'Mission eq', 1000),
    filter('operator', 'An operator that does not exist', "Mission like 'S1'", 1000),
    filter('empty', 'An empty filter', '', 1000),
  ];
}

function options(): ContractCase[] {
  const option = (key: string, name: string, text: string, codes: Code | readonly Code[]): ContractCase =>
    refusal(`option-${key}`, name, `AuxTypes?${text}`, codes);
  return [
    option('select', '$select breaks', '$select=LongName&$top=1', 9000),
    option('search', '$search breaks', '$search=GIP&$top=1', 9000),
    option('top-text', '$top must be a number', '$top=many', 1000),
    option('top-negative', '$top must not be negative', '$top=-1', 1000),
    option('skip-negative', '$skip must not be negative', '$skip=-1', 1000),
    option('skip-text', '$skip must be a number', '$skip=some', 1000),
    option('count', '$count is true or false', '$count=yes&$top=1', 1000),
    option('orderby', '$orderby of a property that does not exist', '$orderby=Nothing&$top=1', 1000),
    option('orderby-direction', '$orderby in a direction that does not exist', '$orderby=LongName up&$top=1', 1000),
    option('expand', '$expand of what does not exist', '$expand=Nothing&$top=1', 1000),
    option('expand-both', 'Both lists of types at once', '$expand=ProductTypes,ProductLevels&$top=1', 9000),
    option('unknown', 'A system query option that does not exist', '$nothing=1&$top=1', 1000),
  ];
}

function resources(): ContractCase[] {
  return [
    refusal('set', 'An entity set that does not exist', 'Nothing', 1000),
    refusal('set-case', 'Names of entity sets mind upper and lower case', 'auxtypes?$top=1', 1000),
    refusal('set-auxip', 'Products are not here but in auxip.svc', 'Products?$top=1', 1000),
    refusal('type', 'A type that does not exist is not found', "AuxTypes('NO_SUCH_AX')", 3500),
    refusal('type-part', 'The beginning of a name is not a key', "AuxTypes('GIP')", 3500),
    refusal('file', 'A file that does not exist is not found', 'AuxFiles({{missing_id}})', 3500),
    refusal('level', 'A level that does not exist is not found', "ProductLevels('L9')", 3500),
    refusal('product', 'A product type that does not exist is not found', "ProductTypes('L9XYZ')", 3500),
    refusal('file-type', 'A file that does not exist has no type', 'AuxFiles({{missing_id}})/AuxType', 3500),
    refusal('key-quoted', 'The id of a file must not be quoted', "AuxFiles('{{missing_id}}')", 9000),
    refusal('enumeration', 'The rule of a type cannot be read alone', "AuxTypes('{{adf_type}}')/Rule", 1000),
    refusal('key-bare', 'The name of a type must be quoted', 'AuxTypes(GIP_R2DENT)', 1000),
    refusal('property', 'A property that the type lacks', "AuxTypes('{{adf_type}}')/Nothing", 1000),
    refusal('segment', 'A segment after a list', 'AuxTypes/Nothing', 1000),
    refusal('value', '$value of a list', 'AuxTypes/$value?$top=1', 1000),
  ];
}

function calls(): ContractCase[] {
  const of = (key: string, name: string, path: string, code: Code): ContractCase =>
    refusal(`call-${key}`, name, path, code);
  const mission = { Mission: 'S1SAR', Unit: 'A' } as const;
  return [
    ...(['List', 'Names'] as const).flatMap((form) => [
      of(
        `${form}-start`.toLowerCase(),
        `A start that is not a date (${form})`,
        callText(form, { ...mission, SensingTimeStart: 'soon' }),
        9000,
      ),
      of(
        `${form}-stop`.toLowerCase(),
        `A stop that is not a date (${form})`,
        callText(form, {
          ...mission,
          SensingTimeStart: '2024-03-01T00:00:00Z',
          SensingTimeStop: '2024-13-01T00:00:00Z',
        }),
        9000,
      ),
      of(
        `${form}-variability`.toLowerCase(),
        `A variability that does not exist (${form})`,
        callText(form, { ...mission, Variability: 'Odd' }),
        9000,
      ),
      of(
        `${form}-sensing`.toLowerCase(),
        `GetReproBaseline${form}ForSensing is documented and not there`,
        `GetReproBaseline${form}ForSensing(Mission='S1SAR',Unit='A',SensingTime='2024-03-01T00:00:00Z',ProductType='L1SLC')`,
        1000,
      ),
    ]),
    of(
      'order',
      'OrderBy of a property that does not exist',
      callText('List', { ...mission, OrderBy: 'Nothing', Top: '1' }),
      9000,
    ),
    of('top', 'Top must be a number', callText('List', { ...mission, Top: 'many' }), 2000),
    of('bare', 'Parameters must be quoted', 'GetReproBaselineNamesForPeriod(Mission=S1SAR)', 1000),
    of('unclosed', 'A call without its last parenthesis', "GetReproBaselineNamesForPeriod(Mission='S1SAR'", 1000),
    of('unknown', 'A function that does not exist', "GetReproBaseline(Mission='S1SAR')", 1000),
    of('case', 'Names of functions mind upper and lower case', "getReproBaselineNamesForPeriod(Mission='S1SAR')", 1000),
  ];
}

function media(): ContractCase[] {
  const asked = (key: string, Accept: string): ContractCase =>
    refusal(`accept-${key}`, `${Accept} is refused`, 'AuxTypes?$top=1', 1700, { headers: { Accept } });
  const served = (key: string, Accept: string): ContractCase => ({
    key: `reprocessing-accept-${key}`,
    name: `reprocessing.svc answers JSON to Accept: ${Accept}`,
    severity: 'contract',
    source: observed('reprocessing.md#query-options', 'JSON, whatever else Accept allows.'),
    request: { url: `${REPROCESSING}/AuxTypes?$top=1`, headers: { Accept } },
    expect: { ...OK, schema: 'reprocessing.aux-types' },
  });
  return [
    asked('html', 'text/html'),
    asked('csv', 'text/csv'),
    served('json', 'application/json'),
    served('any', '*/*'),
    served('browser', 'text/html, application/json;q=0.9'),
  ];
}

const FEED = /^(?:<[?]xml[^>]*[?]>\s*)?<(?:[a-z]+:)?feed\b/;
const SERVICE = /^(?:<[?]xml[^>]*[?]>\s*)?<(?:[a-z]+:)?service\b/;

/** Atom where it is asked for; the service document is XML where JSON is not (real-services §8). */
function forms(): ContractCase[] {
  const written = (
    key: string,
    name: string,
    path: string,
    [contentType, begins]: readonly [string, RegExp],
    headers: Readonly<Record<string, string>>,
  ): ContractCase => ({
    key: `reprocessing-form-${key}`,
    name,
    severity: 'contract',
    source: observed(
      'reprocessing.md#query-options',
      'Atom for application/xml, application/atom+xml and $format=xml; the root is XML but for JSON.',
    ),
    request: { url: `${REPROCESSING}/${path}`, headers },
    expect: {
      status: 200,
      contentType,
      headers: VERSION,
      checks: [{ is: 'body-matching', pattern: begins.source }],
    },
  });
  const atom = ['application/atom+xml', FEED] as const;
  const xml = ['application/xml', SERVICE] as const;
  return [
    written('atom', 'Lists are Atom where Accept asks for it', 'AuxTypes?$top=1', atom, {
      Accept: 'application/atom+xml',
    }),
    written('xml', 'Lists are Atom where Accept asks for XML', 'AuxTypes?$top=1', atom, { Accept: 'application/xml' }),
    written('format', '$format=xml is Atom, and no condition spares it', 'AuxTypes?$format=xml&$top=1', atom, {
      Accept: 'application/json',
      ...CONDITIONS,
    }),
    written('root', 'The service document is XML unless JSON is asked for by name', '', xml, { Accept: '*/*' }),
  ];
}

function head(): ContractCase {
  return {
    key: 'reprocessing-head',
    name: 'HEAD is too much for reprocessing.svc',
    severity: 'shape',
    source: observed('reprocessing.md#query-options', 'HEAD is answered 500.'),
    request: { method: 'HEAD', url: `${REPROCESSING}/AuxTypes?$top=1` },
    expect: { status: 500, contentType: 'application/json;charset=utf-8', checks: [{ is: 'body', equal: '' }] },
  };
}
