import { percentDecode } from '../../odata/decode';
import { ReprocessingError, unexpected } from '../reprocessing-error';
import { Scan } from './combinators';
import { address } from './path-grammar';
import { NotImplementedInLibrary, NumberTooLarge } from './query-grammar';

/**
 * What the service's library cannot read of an address, in its words: its grammar was asked (SDL OData 2.9.6, ODataUriParser). `rest` is
 * what follows the service root; a plus is a blank in it.
 */
export function requireReadable(rest: string): void {
  const refusal = refusalOf(new Scan(percentDecode(rest.replaceAll('+', '%20'))));
  if (refusal !== undefined) throw unexpected(`${refusal}.`);
}

function refusalOf(scan: Scan): string | undefined {
  try {
    return scan.refusalOf(address);
  } catch (error) {
    if (error instanceof NotImplementedInLibrary) {
      throw new ReprocessingError(9000, 'scala.NotImplementedError: an implementation is missing');
    }
    if (error instanceof NumberTooLarge) {
      throw new ReprocessingError(9000, `java.lang.NumberFormatException: For input string: "${error.message}"`);
    }
    if (error instanceof RangeError) throw new ReprocessingError(9000, 'Unknown error');
    throw error;
  }
}
