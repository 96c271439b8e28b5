import path from 'node:path';
import { toError, type AuxflowError } from '../../errors/errors';
import { exitCodeOf } from '../../errors/exit-codes';
import { plural } from '../../lib/format';
import type { CampaignBaselines } from '../../processor/judge-campaign';
import type { ParsedTaskTable } from '../../processor/parse-task-table';
import { readTaskTable } from '../../processor/read-task-table';
import { ALWAYS, modesOf, titleOf, type TaskTable } from '../../processor/task-table';
import { throwIfInterrupted } from '../../services/interruption';
import type { CommandContext } from '../../session/context';
import { displayPath } from '../../session/display-path';
import { emptyErrors, INCOMPLETE, lockAt } from '../lock/find-lock';
import { checkTable } from './check-table';
import type { CheckedLevel0 } from './checked-table';
import { lockedCampaign } from './locked-campaign';

export interface CheckOptions {
  /** Files of task tables. */
  readonly taskTable: readonly string[];
  /** In any case of letters. */
  readonly mode?: string;
  readonly failOnEmpty: boolean;
  /** Whether every product is listed, not only the totals. */
  readonly everyProduct: boolean;
}

/**
 * Says of a campaign, without a network, which of its files fill the inputs of processors. A table that cannot be read is a finding; the
 * others are judged all the same. Returns the exit code: 1 where a mandatory input is missing.
 * @throws Failure LOCK_MISSING, FILE_UNREADABLE, LOCK_BROKEN, INTERRUPTED
 */
export async function checkFolder(place: string, options: CheckOptions, context: CommandContext): Promise<number> {
  const { listener, signal } = context;
  const { lock, file } = await lockAt(place);
  if (!lock.complete) listener({ type: 'note', text: INCOMPLETE });
  const campaign = await lockedCampaign(lock, path.dirname(file));
  const errors = emptyErrors(lock, options.failOnEmpty);
  let unclear = 0;
  for (const tableFile of options.taskTable) {
    throwIfInterrupted(signal);
    const found = await checkTableFile(tableFile, campaign, options, context);
    errors.push(...found.errors);
    unclear += found.unclear;
  }
  for (const error of errors) listener({ type: 'finding', error });
  const exitCode = exitCodeOf(errors);
  const sentence = sentenceOf({ errors, unclear }, campaign, options);
  listener({ type: 'run-finished', exitCode, sentence, places: [{ what: 'lock', where: displayPath(file) }] });
  return exitCode;
}

interface Found {
  readonly errors: readonly AuxflowError[];
  readonly unclear: number;
}

async function checkTableFile(
  file: string,
  campaign: CampaignBaselines,
  options: CheckOptions,
  { listener, signal }: CommandContext,
): Promise<Found> {
  let parsed: ParsedTaskTable;
  try {
    parsed = await readTaskTable(file);
  } catch (error) {
    return { errors: [toError(error)], unclear: 0 };
  }
  const { table, notes } = parsed;
  const mode = options.mode?.toUpperCase();
  const title = titleOf(table);
  for (const note of [...notes, ...tableNotes(table, campaign, mode)])
    listener({ type: 'note', text: `${title}: ${note}` });
  const { checked, errors, unclear } = await checkTable({
    ...{ file, table, campaign, mode },
    ...(options.everyProduct && {
      onLevel0(level0: CheckedLevel0) {
        throwIfInterrupted(signal);
        listener({ type: 'checked-level0', checked: level0 });
      },
    }),
  });
  listener({ type: 'checked-table', checked });
  return { errors, unclear };
}

/** What makes one doubt that a table is meant for the campaign. */
export function tableNotes(
  table: TaskTable,
  { request }: CampaignBaselines,
  mode: string | undefined,
): readonly string[] {
  const satellite = `${request.mission.slice(0, 2)}${request.unit}`;
  const named = /^S[123][A-Z](?=_)/.exec(table.processor)?.[0];
  const modes = modesOf(table);
  return [
    ...(named !== undefined && named !== satellite ? [`the table is for ${named}, the campaign for ${satellite}`] : []),
    ...(mode !== undefined && mode !== ALWAYS && !modes.includes(mode)
      ? [`the table has no mode ${mode}, only ${modes.join(', ')}: what it always needs is judged`]
      : []),
  ];
}

function sentenceOf({ errors, unclear }: Found, { level0 }: CampaignBaselines, { taskTable }: CheckOptions): string {
  const missing = errors.filter(({ code }) => code === 'INPUT_MISSING').length;
  const doubts = unclear > 0 ? ` ${plural(unclear, 'input')} could not be judged.` : '';
  if (missing > 0) return `${plural(missing, 'mandatory input is', 'mandatory inputs are')} missing.${doubts}`;
  if (errors.length > 0) return `Not everything could be judged.${doubts}`;
  const filled = doubts === '' ? 'Every mandatory input' : 'Every other mandatory input';
  return `${filled} of ${plural(taskTable.length, 'task table')} that the services have files for is filled, for ${plural(level0.length, 'Level-0 product')}.${doubts}`;
}
