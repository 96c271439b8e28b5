/** Asks the services for what is compared; the token's answer is asked for once more, for its shape. */
import { parseCsdl } from '../../lib/csdl';
import { readCsdl } from '../../services/schema/csdl';
import { asked, Failure } from '../../errors/errors';
import { readJson } from '../../lib/read-json';
import type { Api } from '../../services/api';
import type { Site } from '../../services/site';
import { underRoot } from '../../services/service-url';
import type { Transport } from '../../services/transport';
import type { Compared } from './change';
import { compareModels } from './compare-models';
import { compareSample } from './compare-sample';
import { modelOf } from './csdl-model';
import type { Sample, ServiceRoot } from './samples';

/** Bytes: no answer that is asked for here comes near. */
const MAX_BYTES = 4 * 1024 * 1024;

/** @throws Failure METADATA_UNREADABLE, or what the service's trouble gives */
export async function compareMetadata(
  api: Api,
  { service, title, root }: ServiceRoot,
  signal: AbortSignal,
): Promise<Compared[]> {
  const url = underRoot(root, '$metadata');
  // XML is what every service sends by default; reprocessing.svc refuses to be asked for it (reprocessing.md#query-options).
  const question = { url, accept: '*/*', what: '$metadata', maxBytes: MAX_BYTES, signal };
  const { text, status } = await api.get(question);
  const live = parsed(text, status, url);
  return compareModels(`${title} $metadata`, modelOf(readCsdl(service)), live);
}

function parsed(text: string, status: number, url: string): ReturnType<typeof modelOf> {
  try {
    return modelOf(parseCsdl(text));
  } catch (error) {
    const [problem = ''] = (error instanceof Error ? error.message : '').split('\n');
    const reason = `${status}, ${problem}`;
    throw new Failure({ code: 'METADATA_UNREADABLE', ...asked('GET', url), reason }, { cause: error });
  }
}

/** @param api one that leaves checking to the comparison */
export async function compareAnswer(
  api: Api,
  { resource, url, schema }: Sample,
  signal: AbortSignal,
): Promise<Compared[]> {
  const answer = await api.getJson({ url, schema, what: resource, maxBytes: MAX_BYTES, signal });
  return [{ resource, changes: compareSample(schema, answer) }];
}

export interface Login {
  readonly username: string;
  readonly password: string;
}

/** @throws Failure STATUS_UNEXPECTED, ANSWER_NOT_JSON, NETWORK */
export async function compareToken(
  transport: Pick<Transport, 'postToken'>,
  { tokenUrl, clientId, scope }: Site,
  { username, password }: Login,
  signal: AbortSignal,
): Promise<Compared[]> {
  const form = { grant_type: 'password', client_id: clientId, username, password, ...(scope ? { scope } : {}) };
  const { status, text } = await transport.postToken(form, signal);
  const request = asked('POST', tokenUrl);
  if (status !== 200)
    throw new Failure({ code: 'STATUS_UNEXPECTED', ...request, status, expected: '200', excerpt: '' });
  const answer = jsonOf(text);
  if (answer === undefined)
    throw new Failure({ code: 'ANSWER_NOT_JSON', ...request, status, mediaType: '', excerpt: '' });
  return [{ resource: 'token answer', changes: compareSample('token.answer', answer, { conceal: true }) }];
}

function jsonOf(text: string): unknown {
  const read = readJson(text);
  return 'value' in read ? read.value : undefined;
}
