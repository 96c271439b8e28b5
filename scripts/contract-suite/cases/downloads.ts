import type { CaseFolder, CaseRequest, ContractCase, Expectation } from '../contract-case';
import type { DrawnFile } from '../checks';
import { signIn } from './sign-in';

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

/** `$value` and the store behind it. Three `$value` are granted here: a small file twice, and one that is larger. */
export function downloads(): CaseFolder {
  return {
    key: 'downloads',
    name: 'Downloads',
    about:
      '`$value` answers with an address at the store that opens for ten minutes, and the store with the file. Three `$value` are charged to the account: a file below 100 kB of a mission drawn by `contract_seed` or the date, twice, and one of 1 to 10 MB of another mission.',
    cases: [
      signIn('downloads'),
      drawnFile('file', 'A small file of a drawn mission', 'small-file'),
      ...redirects(),
      ...files(),
      ...storeRefusals(),
      ...again(),
    ],
  };
}

/** An entry to ask the store for; `{{file_id}}` and the like are known from then on. */
export function drawnFile(as: DrawnFile, name: string, key: string): ContractCase {
  return {
    key,
    name,
    severity: 'contract',
    source: { basis: 'observed', cite: 'auxip.md#lists', says: 'The entry has size and MD5.' },
    needs: [`${as}_filter`],
    request: { url: `{{auxip_root_uri}}/Products?$filter={{${as}_filter}}&$orderby={{${as}_order}}&$top=1` },
    expect: { status: 200, schema: 'auxip.products', checks: [{ is: 'file-drawn', as }] },
  };
}

const VALUE = valueOf('file');

function valueOf(file: string, id = 'id'): string {
  return `{{auxip_root_uri}}/Products({{${file}_${id}}})/$value`;
}

function redirects(): ContractCase[] {
  const refusal = (key: string, name: string, request: CaseRequest, expect: Expectation): ContractCase => ({
    key: `value-${key}`,
    name,
    severity: 'contract',
    source: { basis: 'observed', cite: 'auxip.md#redirect', says: 'How `$value` refuses.' },
    profiles: ['adg'],
    needs: ['file_id'],
    request,
    expect,
  });
  return [
    granted('value', 'A $value leads to the file at the store'),
    refusal('json', 'A $value is not JSON', { url: VALUE, headers: { Accept: 'application/json' } }, { status: 406 }),
    refusal(
      'format',
      'A $value has no $format',
      { url: `${VALUE}?$format=json` },
      {
        status: 400,
        error: { code: null, message: "The system query option '$format' is not allowed." },
      },
    ),
    refusal(
      'unknown',
      'A $value of an unknown id answers 500',
      { url: `{{auxip_root_uri}}/Products(${UNKNOWN_ID})/$value` },
      {
        status: 500,
        error: { code: null, message: 'No entity found for query' },
      },
    ),
    refusal('head', 'A $value has no HEAD', { method: 'HEAD', url: VALUE }, { status: 405 }),
  ];
}

export function granted(key: string, name: string, file: DrawnFile = 'file'): ContractCase {
  const check = { is: 'presigned', id: `{{${file}_id}}`, name: `{{${file}_name}}` } as const;
  return {
    key,
    name,
    severity: 'data',
    source: {
      basis: 'observed',
      cite: 'auxip.md#redirect',
      says: '302 to a presigned address, valid for 600 s, with the name of the file.',
    },
    needs: [`${file}_id`],
    request: { url: valueOf(file), headers: { Accept: '*/*' } },
    expect: {
      status: 302,
      headers: { 'OData-Version': '^4[.]0$', 'Content-Disposition': `^filename={{${file}_name}}$`, 'Set-Cookie': null },
      checks: [check],
    },
    promised: {
      basis: 'icd',
      cite: 'auxip.md#specification-icd',
      says: 'The file as an attachment.',
      expect: {
        status: 302,
        headers: { 'Content-Disposition': `^attachment; filename="{{${file}_name}}"$` },
        checks: [check],
      },
    },
  };
}

const STORE = {
  basis: 'observed',
  cite: 'auxip.md#store',
  says: 'The store serves files whole or in ranges.',
} as const;
const WHOLE_HEADERS = {
  'Accept-Ranges': '^bytes$',
  ETag: '^"[^"]+"$',
  'Last-Modified': '^[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} GMT$',
  'Content-Type': '^(binary|application)/octet-stream$',
};

function files(): ContractCase[] {
  return [
    fromStore(
      'file',
      'The store has the file, with size and MD5 of the catalogue',
      {},
      {
        ...WHOLE,
        headers: { ...WHOLE_HEADERS, 'Content-Range': null },
        checks: [...WHOLE.checks, { is: 'keep-header', name: 'ETag', as: 'store_etag' }],
      },
    ),
    range('first', 'bytes=0-0', 0, 1),
    range('middle', 'bytes=100-199', 100, 200),
    range('rest', 'bytes=1000-', 1000),
    range('last', 'bytes=-50', -50),
    range('over', 'bytes=1-99999999', 1),
    fromStore(
      'beyond',
      'A range beyond the end is refused',
      { Range: 'bytes=99999999-' },
      {
        status: 416,
        headers: { 'Content-Range': '^bytes [*]/{{file_length}}$' },
        checks: [{ is: 'store-error', code: ['InvalidRange'] }],
      },
    ),
    fromStore(
      'if-range',
      'A range of another version gives the whole file',
      { Range: 'bytes=0-0', 'If-Range': '"auxflow"' },
      WHOLE,
    ),
    fromStore(
      'if-match',
      'Another version is not served in its place',
      { 'If-Match': '"auxflow"' },
      {
        status: 412,
        checks: [{ is: 'store-error', code: ['PreconditionFailed'] }],
      },
    ),
  ];
}

const WHOLE = {
  status: 200,
  checks: [{ is: 'file', length: '{{file_length}}', md5: '{{file_md5}}' }],
} as const satisfies Expectation;

/** The file whose address was granted last. */
export function wholeFile(key: string, name: string, file: DrawnFile): ContractCase {
  return fromStore(
    key,
    name,
    {},
    {
      status: 200,
      headers: WHOLE_HEADERS,
      checks: [{ is: 'file', length: `{{${file}_length}}`, md5: `{{${file}_md5}}` }],
    },
  );
}

function range(key: string, header: string, from: number, to?: number): ContractCase {
  const item = fromStore(
    `range-${key}`,
    `Range ${header} gives exactly those bytes`,
    { Range: header },
    {
      status: 206,
      headers: { ...WHOLE_HEADERS, ETag: '^{{store_etag}}$' },
      checks: [{ is: 'file-range', from, ...(to === undefined ? {} : { to }) }],
    },
  );
  return { ...item, needs: ['store_url', 'store_file'] };
}

function fromStore(
  key: string,
  name: string,
  headers: Readonly<Record<string, string>>,
  expect: Expectation,
): ContractCase {
  return {
    key: `store-${key}`,
    name,
    severity: 'data',
    source: STORE,
    needs: ['store_url'],
    request: { url: '{{store_url}}', auth: 'none', headers },
    expect,
  };
}

function storeRefusals(): ContractCase[] {
  const forgery = (key: string, name: string, code: string): ContractCase =>
    storeRefusal(key, name, { url: `{{store_url_${key}}}` }, 403, code);
  return [
    forgery('forged', 'An address with another signature is refused', 'SignatureDoesNotMatch'),
    forgery('prolonged', 'An address that was given a longer life is refused', 'SignatureDoesNotMatch'),
    forgery('other', 'An address does not open another file', 'SignatureDoesNotMatch'),
    forgery('unsigned', 'A file without signature is refused', 'AccessDenied'),
    // Text that is not a token: a real one never goes to the store.
    storeRefusal(
      'second-key',
      'The store refuses a second way to authenticate',
      { url: '{{store_url}}', headers: { Authorization: 'Bearer auxflow' } },
      [400, 403],
      ...['InvalidArgument', 'InvalidRequest', 'AccessDenied'],
    ),
    {
      ...storeRefusal('head', 'The store has no HEAD for an address signed for GET', STORE_HEAD, 403),
      expect: { status: 403 },
    },
  ];
}

const STORE_HEAD: CaseRequest = { method: 'HEAD', url: '{{store_url}}' };

function storeRefusal(
  key: string,
  name: string,
  request: CaseRequest,
  status: number | readonly number[],
  ...code: string[]
): ContractCase {
  return {
    key: `store-${key}`,
    name,
    severity: 'contract',
    source: { basis: 'observed', cite: 'auxip.md#store', says: 'The store refuses in XML.' },
    needs: [/\{\{(\w+)\}\}/.exec(request.url)?.[1] ?? 'store_url'],
    request: { auth: 'none', ...request },
    expect: {
      status,
      headers: { 'Content-Type': '^application/xml' },
      ...(code.length > 0 ? { checks: [{ is: 'store-error', code }] } : {}),
    },
  };
}

/** A second question for the same file costs no more with the other spelling of its id, which is the same id (RFC 9562 §4). */
function againInCapitals(): ContractCase {
  const item = granted('value-again', 'The same $value again, its id in capitals, leads to the file again');
  const source = {
    ...item.source,
    cite: 'auxip.md#resources',
    says: 'Ids of products do not mind their case.',
  } as const;
  return { ...item, source, request: { ...item.request, url: valueOf('file', 'id_upper') } };
}

function again(): ContractCase[] {
  return [
    drawnFile('large', 'A file over 1 MB of another mission', 'large-file'),
    granted('value-other', 'The $value of another file leads to that one', 'large'),
    {
      key: 'store-last-byte',
      name: 'The last byte of a file over 1 MB lies where the catalogue says',
      severity: 'data',
      source: STORE,
      needs: ['store_url', 'large_id'],
      request: { url: '{{store_url}}', auth: 'none', headers: { Range: 'bytes={{large_last}}-{{large_last}}' } },
      expect: { status: 206, headers: WHOLE_HEADERS, checks: [{ is: 'last-byte', length: '{{large_length}}' }] },
    },
    againInCapitals(),
    {
      key: 'store-again',
      name: 'The new address opens the same file',
      severity: 'data',
      source: STORE,
      needs: ['store_url'],
      request: { url: '{{store_url}}', auth: 'none' },
      expect: { status: 200, checks: [{ is: 'file', length: '{{file_length}}', md5: '{{file_md5}}' }] },
    },
    {
      key: 'store-again-range',
      name: 'An address opens more than once, so that a transfer can be resumed',
      severity: 'contract',
      source: STORE,
      needs: ['store_url', 'store_file'],
      request: { url: '{{store_url}}', auth: 'none', headers: { Range: 'bytes=10-' } },
      expect: { status: 206, checks: [{ is: 'file-range', from: 10 }] },
    },
  ];
}
