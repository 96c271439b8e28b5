/** Refusals of SDL OData's own parser (2.9.6), asked with the service's model; undefined stands for what it reads. */
import { describe, expect, it } from 'vitest';
import { requireReadable } from '../../../scripts/sandbox/reprocessing/address/require-readable';

const WORD = String.raw`[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]*`;
const NAMESPACE = `string matching regex '(${WORD}\\.)+' expected but`;
const OPTION = String.raw`string matching regex '[A-Za-z0-9\-\._~!\(\)\*\+,;:/\?']([A-Za-z0-9\-\._~!\(\)\*\+,;:@/\?\$'])*' expected but`;
const wrong = (option: string): string => `The URI contains an incorrectly specified ${option} option`;

describe('addresses of reprocessing.svc (reprocessing.md#query-options)', () => {
  it.each([
    ['/auxtypes', "'?' expected but 'a' found"],
    ['/AuxTypes/', `${NAMESPACE} end of source found`],
    ["/AuxTypes('AUX_CAL')/LongName/x", "'?' expected but '/' found"],
    ['/AuxTypes/OData.RBA.Nope', 'Expected a function name'],
    ['/AuxFiles(abc)', "'=' expected but ')' found"],
    ['/AuxTypes?$foo=1', `${OPTION} '$' found`],
    ['/AuxTypes?', `${OPTION} end of source found`],
    ['/AuxTypes?$top=1&', `${OPTION} end of source found`],
    ['/AuxTypes?$top=-1', wrong('$top')],
    ['/AuxTypes?$select=Nope', wrong('$select')],
    ['/AuxTypes?$orderby=Rule', wrong('$orderby')],
    ['/AuxTypes?$expand=Nope', 'The URI contains an invalid $expand path'],
    ['/AuxTypes?$filter=true', wrong('$filter')],
    ["/AuxTypes?$filter=LongName eq 'x' ", "'&' expected but ' ' found"],
    ['/AuxFiles?$filter=ValidityStart gt 2020-01-01T00:00:00.5Z', "'&' expected but 'T' found"],
    ['/$metadata?$top=1', "'$format=' expected but '$' found"],
    ["/GetReproBaselineNamesForPeriod(Mission='S1SAR'", "')' expected but end of source found"],
    [
      "/GetReproBaselineNamesForPeriod(Mission='S1SAR', Unit='A')",
      `string matching regex '${WORD}' expected but ' ' found`,
    ],
    [
      '/GetReproBaselineNamesForPeriod(Mission=S1SAR)',
      "string matching regex '(?i)geometry'[^']*'' expected but 'S' found",
    ],
  ])('%s is refused', (rest, message) => {
    expect(() => requireReadable(encodeURI(rest))).toThrow(`${message}. uri: {url}`);
  });

  it.each([
    '',
    '/',
    '/$metadata/',
    '/$all',
    "/AuxTypes(LongName='x')/ProductTypes/$count",
    "/AuxTypes?$filter=Mission+eq+'S3ALL'+and+not contains(LongName,'x')",
    '/AuxFiles?$orderby=AuxType/LongName desc,FullName&$expand=AuxType($expand=ProductTypes)',
    '/GetReproBaselineListForPeriod()',
  ])('%s is read', (rest) => {
    expect(() => requireReadable(encodeURI(rest))).not.toThrow();
  });

  it.each([
    ['/AuxTypes?$search=x', 'scala.NotImplementedError: an implementation is missing'],
    ['/AuxTypes?$top=99999999999', 'java.lang.NumberFormatException: For input string: "99999999999"'],
  ])('%s fails', (rest, message) => {
    expect(() => requireReadable(rest)).toThrow(message);
  });
});
