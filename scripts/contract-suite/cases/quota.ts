import type { CaseFolder, ContractCase, Expectation } from '../contract-case';
import { drawnFile, granted, wholeFile } from './downloads';
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
      'Five `$value` in a run, each at most ten seconds after the one before; the sixth is refused until more than ten seconds have gone. Tested where `quota_run` says that the limit is on, by moving the clock of the sandbox. Each grant is for a file of another mission, drawn by `contract_seed` or the date, which is then read.',
    alone: true,
    cases: [
      signIn('quota'),
      freeze('quota', NEEDS),
      advance('a-new-run', 11, NEEDS),
      ...Array.from({ length: RUN }, (_, index) => index + 1).flatMap((place) =>
        read(keyOf(place), `$value ${place} of a run is granted`, String(place)),
      ),
      afterTheRun(value('quota-6', '$value 6 of a run is refused', REFUSED)),
      advance('9-s-after-the-run', 9, NEEDS),
      afterTheRun(value('quota-9-s', 'Nine seconds later it is still refused', REFUSED)),
      advance('11-s-after-the-run', 2, NEEDS),
      ...read(
        'quota-11-s',
        'Eleven seconds after the last grant it is granted: refusals do not prolong the wait',
        String(RUN + 1),
      ).map(afterTheRun),
      resume('quota', NEEDS),
    ],
  };
}

const keyOf = (place: number): string => `quota-${place}`;

function afterTheRun(item: ContractCase): ContractCase {
  return { ...item, after: Array.from({ length: RUN }, (_, index) => keyOf(index + 1)) };
}

const NEEDS = ['quota_run', 'sandbox_control'];
const REFUSED: Expectation = {
  status: 429,
  contentType: 'application/json;odata.metadata=minimal',
  headers: { 'Retry-After': null, 'OData-Version': '^4[.]0$' },
  error: { code: '429', message: 'Too Many Requests !' },
};

/** A file of a mission that was not asked for before is drawn, granted and read. */
function read(key: string, name: string, place: string): readonly ContractCase[] {
  return [
    drawnFile('next', `A file of drawn mission ${place}`, `quota-file-${place}`),
    granted(key, name, 'next'),
    wholeFile(
      `quota-store-${place}`,
      `The store has the file of drawn mission ${place}, as the catalogue says`,
      'next',
    ),
  ].map((item) => ({ ...item, needs: [...NEEDS, ...(item.needs ?? [])] }));
}

function value(key: string, name: string, expect: Expectation): ContractCase {
  return {
    key,
    name,
    severity: 'contract',
    source: { basis: 'observed', cite: 'auxip.md#quota', says: 'The pace of `$value`, per account.' },
    needs: [...NEEDS, 'next_id'],
    request: { url: '{{auxip_root_uri}}/Products({{next_id}})/$value', headers: { Accept: '*/*' } },
    expect,
  };
}
