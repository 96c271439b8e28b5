import { textReply, type Reply } from '../http/reply';

/** The number in an error body decides the status (auxip.md §5.2). */
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
}

export function reprocessingErrorReply({ code, message }: ReprocessingError): Reply {
  const body = JSON.stringify({ error: { code: String(code), message } });
  return textReply(STATUS[code], 'application/json', body, { 'OData-Version': '4.0', 'Content-Language': 'en' });
}
