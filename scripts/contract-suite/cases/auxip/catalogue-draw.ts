import type { CaseFolder, ContractCase, Source } from '../../contract-case';
import { signIn } from '../sign-in';
import { JSON_MINIMAL, PRODUCTS, VERSION } from './catalogue-case';

const KEY = 'catalogue-draw';

/** Name of the request that the walk comes back to. */
export const WINDOWS_OF_IDS = 'Lists of the same entries are the same, whatever the options';

/** Entries in one answer; with their attributes each costs the service four queries more (auxip.md#expanded-attributes). */
const AT_ONCE = 3;

const ENTRIES: Source = {
  basis: 'observed',
  cite: 'auxip.md#lists',
  says: 'Entries as listed in the catalogue, with their attributes.',
};
const OK = { status: 200, contentType: JSON_MINIMAL, headers: VERSION } as const;

/** Other entries from day to day. */
export function catalogueDraw(): CaseFolder {
  return {
    key: KEY,
    name: 'auxip.svc drawn entries',
    about:
      'Three entries of each mission and unit, of two types of each mission, and of each size, drawn by `contract_seed` or the date: each must agree with its own name. At most 75 requests. Then 15 windows of ids, each in five ways, and 16 entries of each window by their ids, of as many types as there are: at most 315 requests.',
    cases: [signIn(KEY), drawn(), sweep(), byId()],
  };
}

function drawn(): ContractCase {
  return {
    key: `${KEY}-entries`,
    name: 'Entries of every mission, unit and size are true to themselves',
    severity: 'data',
    source: ENTRIES,
    needs: ['draw_filter'],
    request: { url: `${PRODUCTS}?$filter={{draw_filter}}&$orderby=Id&$top=${AT_ONCE}&$expand=Attributes` },
    expect: {
      ...OK,
      schema: 'auxip.products',
      checks: [{ is: 'catalogue-draw' }],
      otherwise: [{ is: 'catalogue-draw-next' }],
    },
  };
}

function sweep(): ContractCase {
  return {
    key: `${KEY}-windows`,
    name: WINDOWS_OF_IDS,
    severity: 'data',
    source: ENTRIES,
    needs: ['sweep_query'],
    request: { url: `${PRODUCTS}?{{sweep_query}}` },
    expect: {
      ...OK,
      schema: 'auxip.products',
      checks: [{ is: 'catalogue-sweep' }],
      otherwise: [{ is: 'catalogue-sweep-next' }],
    },
  };
}

function byId(): ContractCase {
  return {
    key: `${KEY}-by-id`,
    name: 'Drawn entries and their attributes are the same by their ids',
    severity: 'data',
    source: { basis: 'observed', cite: 'auxip.md#single-entries', says: 'The same object, flattened.' },
    needs: ['draw_entry_id'],
    request: { url: `${PRODUCTS}({{draw_entry_id}}){{draw_resource}}` },
    expect: { ...OK, checks: [{ is: 'catalogue-entry-by-id' }] },
  };
}
