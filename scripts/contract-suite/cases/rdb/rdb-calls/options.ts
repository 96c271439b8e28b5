import type { ContractCase } from '../../../contract-case';
import { CONDITIONS } from '../../conditions';
import { accepted, CALL, MALFORMED, refusal } from './call';

export function optionCases(): ContractCase[] {
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
        'rdb.md#query-options',
        'Accepted and ignored: there are no pages, no order, no count.',
      ),
    ),
    accepted(
      'rdb-prefer',
      'Prefer: odata.maxpagesize makes no pages of a baseline, and no condition spares it',
      CALL,
      'rdb.md#query-options',
      'Ignored.',
      {
        headers: { Prefer: 'odata.maxpagesize=1', ...CONDITIONS },
        severity: 'shape',
      },
    ),
    ...wrong.map(([option, message]) =>
      refusal(
        `rdb-wrong-option-${option.replace(/\W+/g, '-').replace(/^-|-$/g, '')}`,
        `${option} is refused by rdb.svc`,
        `${CALL}?${option}`,
        message,
        'rdb.md#query-options',
      ),
    ),
  ];
}
