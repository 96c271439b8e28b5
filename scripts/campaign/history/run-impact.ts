import { Failure, toError, type AuxflowError } from '../../errors/errors';
import { exitCodeOf } from '../../errors/exit-codes';
import { plural } from '../../lib/format';
import { throwIfInterrupted } from '../../services/interruption';
import type { CommandContext } from '../../session/context';
import { lockFileAt } from '../lock/find-lock';
import { usersOfAdf } from './users-of-adf';

export interface ImpactOptions {
  /** Names of auxiliary data files, with or without extension. */
  readonly adf: readonly string[];
}

/**
 * Which Level-0 products of some campaigns used some auxiliary files. Returns 0 where any lock names one of them, 4 where none does, and
 * the code of the error where a lock could not be read; the others are judged all the same.
 * @throws Failure INTERRUPTED
 */
export async function impact(
  places: readonly string[],
  { adf }: ImpactOptions,
  { listener, signal }: CommandContext,
): Promise<number> {
  const errors: AuxflowError[] = [];
  const users = new Set<string>();
  let [judged, naming] = [0, 0];
  for (const place of places) {
    throwIfInterrupted(signal);
    try {
      const lock = await lockFileAt(place);
      const found = await usersOfAdf(lock, adf);
      judged++;
      if (found.files.length > 0) naming++;
      for (const name of found.level0) users.add(name);
      listener({ type: 'impact', lock: place, ...found });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      errors.push(toError(error));
    }
  }
  if (judged > 0 && naming === 0) errors.push({ code: 'FILE_UNUSED', names: adf, locks: judged });
  for (const error of errors) listener({ type: 'finding', error });
  const exitCode = exitCodeOf(errors);
  const of = `${plural(judged, 'lock')}${judged < places.length ? ` of ${places.length}` : ''}`;
  const sentence = `${plural(users.size, 'Level-0 product')} used ${adf.join(' or ')}, in ${naming} of ${of}.`;
  listener({ type: 'run-finished', exitCode, sentence, places: [] });
  return exitCode;
}
