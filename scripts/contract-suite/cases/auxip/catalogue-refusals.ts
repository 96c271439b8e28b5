import type { CitationId } from '../../citations';
import type { ContractCase, Source } from '../../contract-case';
import { OFFICIAL } from './catalogue-case';

/** A request that is refused. Its error has a code (null: the OData library speaks) and a text. */
export interface Refusal {
  readonly key: string;
  readonly name: string;
  /** Behind the root of the service. */
  readonly path: string;
  readonly status: number;
  readonly code?: string | null;
  /** Left out where it is the text of an exception. */
  readonly message?: string;
  readonly cite: CitationId;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  /** The official specification wants an answer here. */
  readonly official?: string;
  /** The specification says nothing of it. */
  readonly recordedOnly?: boolean;
}

export function refusal({ code = null, headers, method, official, recordedOnly, ...item }: Refusal): ContractCase {
  const { key, name, path, status, message, cite } = item;
  const source: Source = { basis: 'observed', cite, says: message ?? 'An exception: 500 with a text of its own.' };
  const body = message === undefined ? { schema: 'error.odata' } : { error: { code, message } };
  return {
    key: `refusal-${key}`,
    name,
    severity: 'contract',
    source,
    ...(recordedOnly ? { profiles: ['adg'] } : {}),
    request: {
      url: `{{auxip_root_uri}}${path}`,
      ...(method ? { method } : {}),
      ...(headers ? { headers } : {}),
    },
    expect: {
      status,
      contentType: 'application/json;odata.metadata=minimal',
      headers: { 'OData-Version': '^4[.]0$' },
      ...(method === 'HEAD' ? {} : body),
    },
    ...(official
      ? {
          promised: {
            ...OFFICIAL,
            says: official,
            expect: {
              status: 200,
              contentType: 'application/json;odata.metadata=minimal',
              checks: [{ is: 'body-matching', pattern: '^\\{"@odata[.]context":' }],
            },
          },
        }
      : {}),
  };
}
