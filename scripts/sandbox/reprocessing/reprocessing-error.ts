import { textReply, type Reply } from '../http/reply';

/** The number in an error body decides the status (reprocessing.md#query-options). */
const STATUS = {
  1000: 400,
  1500: 400,
  1700: 415,
  1800: 500,
  2000: 400,
  3500: 404,
  9000: 500,
} as const;

/** A refusal of reprocessing.svc. */
export class ReprocessingError extends Error {
  constructor(
    readonly code: keyof typeof STATUS,
    message: string,
  ) {
    super(message);
    this.name = 'ReprocessingError';
  }

  /** With the address that it is about, where the text says so. */
  at(url: string): ReprocessingError {
    return new ReprocessingError(
      this.code,
      this.message.replace(URL_HERE, () => url),
    );
  }
}

const URL_HERE = '{url}';

/** The address cannot be read: what the service's parser expected in it. */
export function unexpected(text: string): ReprocessingError {
  return new ReprocessingError(1000, `${text} uri: ${URL_HERE}`);
}

export function wrongOption(name: string): ReprocessingError {
  return unexpected(`The URI contains an incorrectly specified ${name} option.`);
}

export function notFound(): ReprocessingError {
  return new ReprocessingError(3500, `Entity not found for this query: ${URL_HERE}`);
}

export function reprocessingErrorReply({ code, message }: ReprocessingError): Reply {
  const body = JSON.stringify({ error: { code: String(code), message } });
  return textReply(STATUS[code], 'application/json', body, { 'OData-Version': '4.0', 'Content-Language': 'en' });
}
