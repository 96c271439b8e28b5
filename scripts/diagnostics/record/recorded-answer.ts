/** An answer as it may be kept and shown to anybody. Pure but for what the redactor learns. */
import type { RecordedAnswer } from '../../lib/recorded-pair';
import { MASK } from '../../lib/redact/known-secrets';
import type { Redactor } from '../../lib/redact/redact';
import type { Answer } from '../../services/transport';

/** What `npm run fidelity` compares. No other header is kept: cookies, request ids and host names are nobody's business. */
const HEADERS = ['content-type', 'odata-version', 'allow', 'content-disposition', 'location', 'www-authenticate'];

/** Of longer bodies so many characters are kept, and the length of the whole. */
export const MAX_BODY = 200_000;

export function recordedAnswer(answer: Answer, redactor: Redactor): RecordedAnswer {
  const shown = (text: string): string => withoutPersons(redactor.document(redactor.values(text)));
  const headers = HEADERS.flatMap((name) => {
    const value = answer.header(name);
    if (value === undefined) return [];
    return [[name, name === 'location' ? redactor.values(withoutQueryValues(value)) : shown(value)] as const];
  });
  const body = shown(answer.text);
  return {
    status: answer.status,
    headers: Object.fromEntries(headers),
    body: body.slice(0, MAX_BODY),
    length: body.length,
  };
}

/** `Attributes@odata.context` is no address. As long as a mail address may be: of a long text each place is looked at. */
const MAIL_ADDRESS = /[\w.+-]{1,64}@(?!odata\.)[\w-]{1,63}(?:\.[\w-]{1,63})+/g;
const PERSON =
  /("(?:preferred_?username|user_?name|given_?name|family_?name|e-?mail|author|creator|operator)"\s*:\s*")[^"]*/gi;

/** Who else than the account: addresses, and what JSON calls somebody's name. */
function withoutPersons(text: string): string {
  return text.replace(MAIL_ADDRESS, MASK).replace(PERSON, `$1${MASK}`);
}

/** Parameters of an address whose values say how long, for what and with which algorithm, and open nothing. */
const PLAIN_PARAMETERS = new Set(['response_type', 'client_id', 'scope', 'X-Amz-Expires', 'X-Amz-Algorithm']);

/** A presigned address is a credential, and that of a login page carries its state: names of parameters stay, values go. */
function withoutQueryValues(location: string): string {
  const [target = '', ...queries] = location.split('?');
  if (queries.length === 0) return target;
  const parameters = queries
    .join('?')
    .split('&')
    .map((parameter) => {
      const [name = ''] = parameter.split('=');
      return PLAIN_PARAMETERS.has(name) ? parameter : `${name}=${MASK}`;
    });
  return `${target}?${parameters.join('&')}`;
}
