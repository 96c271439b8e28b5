import pc from 'picocolors';
import type { AuxflowError } from '../../errors/errors';
import { describe } from '../../errors/messages';

/** An error as lines for a terminal: what went wrong, what was expected, what came, what next. */
export function errorText(error: AuxflowError): string {
  const { headline, expected, came, next } = describe(error);
  const rows: [string, string | undefined][] = [
    ['expected', expected],
    ['received', came],
    ['next', next],
  ];
  const told = rows.filter((row): row is [string, string] => row[1] !== undefined);
  return [pc.red(headline), ...told.map(([label, text]) => `  ${pc.dim(label.padEnd(9))} ${text}`)].join('\n');
}
