import type { CaseFolder, ContractCase, Expectation } from '../contract-case';
import { advance, freeze, resume } from './sandbox-clock';
import { signIn } from './sign-in';

/** `$value` granted in a run (auxip.md#quota): the documented limit. */
const RUN = 5;

/**
 * The documented pace of `$value`: five in a run, then more than ten seconds without. Only where the environment says that the
 * limit is on (`quota_run`) and the clock can be moved.
 */
export function quota(): CaseFolder {
  return {
    key: 'quota',
    name: 'Quota',
    about:
      'Five `$value` in a run, each at most ten seconds after the one before; the sixth is refused until more than ten seconds have gone. Tested where `quota_run` says that the limit is on, by moving the clock of the sandbox.',
    alone: true,
    cases: [
      signIn('quota'),
      file(),
      freeze('quota', NEEDS),
      advance('a-new-run', 11, NEEDS),
      ...Array.from({ length: RUN }, (_, index) =>
        value(keyOf(index + 1), `$value ${index + 1} of a run is granted`, GRANTED),
      ),
      afterTheRun(value('quota-6', '$value 6 of a run is refused', REFUSED)),
      advance('9-s-after-the-run', 9, NEEDS),
      afterTheRun(value('quota-9-s', 'Nine seconds later it is still refused', REFUSED)),
      advance('11-s-after-the-run', 2, NEEDS),
      afterTheRun(
        value(
          'quota-11-s',
          'Eleven seconds after the last grant it is granted: refusals do not prolong the wait',
          GRANTED,
        ),
      ),
      resume('quota', NEEDS),
    ],
  };
}

const keyOf = (place: number): string => `quota-${place}`;

function afterTheRun(item: ContractCase): ContractCase {
  return { ...item, after: Array.from({ length: RUN }, (_, index) => keyOf(index + 1)) };
}

const NEEDS = ['quota_run', 'sandbox_control'];
const GRANTED: Expectation = { status: 302 };
const REFUSED: Expectation = {
  status: 429,
  contentType: 'application/json;odata.metadata=minimal',
  headers: { 'Retry-After': null, 'OData-Version': '^4[.]0$' },
  error: { code: '429', message: 'Too Many Requests !' },
};

function file(): ContractCase {
  return {
    key: 'quota-file',
    name: 'A file to ask for again and again',
    severity: 'shape',
    source: { basis: 'observed', cite: 'auxip.md#query-options', says: 'Entries in the order of their size.' },
    needs: NEEDS,
    request: {
      url: '{{auxip_root_uri}}/Products?$filter=ContentLength gt 0&$orderby=ContentLength&$top=1',
    },
    expect: { status: 200, checks: [{ is: 'keep', pointer: '/value/0/Id', as: 'file_id' }] },
  };
}

function value(key: string, name: string, expect: Expectation): ContractCase {
  return {
    key,
    name,
    severity: 'contract',
    source: { basis: 'observed', cite: 'auxip.md#quota', says: 'The pace of `$value`, per account.' },
    needs: [...NEEDS, 'file_id'],
    request: { url: '{{auxip_root_uri}}/Products({{file_id}})/$value', headers: { Accept: '*/*' } },
    expect,
  };
}
