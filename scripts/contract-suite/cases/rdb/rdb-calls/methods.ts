import type { ContractCase } from '../../../contract-case';
import { getCase, observed, ODATA_4, refused } from '../rdb-cases';
import { accepted, CALL } from './call';

export function methodCases(): ContractCase[] {
  return [
    ...['POST', 'PUT', 'PATCH', 'DELETE'].map((method) =>
      getCase(
        `rdb-method-${method.toLowerCase()}`,
        `The function is not for ${method}`,
        CALL,
        refused(405, `HTTP method '${method}' not allowed for this resource.`),
        observed('rdb.md#formats-and-methods', 'GET only.'),
        { method },
      ),
    ),
    getCase(
      'rdb-method-head',
      'The function is not for HEAD',
      CALL,
      { status: 405, headers: ODATA_4, checks: [{ is: 'body', equal: '' }] },
      observed('rdb.md#formats-and-methods', 'HEAD on the function: 405 without body.'),
      { method: 'HEAD' },
    ),
    accepted(
      'rdb-method-override',
      'A POST that says X-HTTP-Method: GET is a GET',
      CALL,
      'rdb.md#formats-and-methods',
      'POST with `X-HTTP-Method: GET` works as GET.',
      { method: 'POST', headers: { 'X-HTTP-Method': 'GET' }, severity: 'shape' },
    ),
  ];
}
