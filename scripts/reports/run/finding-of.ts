import type { AuxflowError } from '../../errors/errors';
import { describe } from '../../errors/messages';
import type { Finding } from './run-report';

/** An error, for the page's list of what to look at. */
export function findingOf(error: AuxflowError): Finding {
  const { headline, expected, came, next } = describe(error);
  const text = [expected && `Expected ${expected}.`, came && `Received ${came}.`].filter(Boolean).join(' ');
  return { severity: 'error', code: error.code, title: headline, text, next };
}
