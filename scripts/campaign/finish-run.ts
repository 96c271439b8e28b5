import path from 'node:path';
import { errorsOf, type AuxflowError } from '../errors/errors';
import { exitCodeOf } from '../errors/exit-codes';
import { pack } from '../reports/campaign/campaign-picture';
import { notJudged, pictureOf } from '../reports/campaign/picture-of-run';
import { verdictOf } from '../reports/run/verdict';
import type { RunReport } from '../reports/run/run-report';
import type { Listener, Place } from '../session/run-events';
import { reportOf, writeReport, type RunResult } from './report/run-report-files';
import type { Manifest } from './manifest';
import { CAMPAIGN_PAGE } from '../reports/campaign/campaign-page';
import { displayPath } from '../session/display-path';
import { recorded } from '../session/run-history';
import type { CommandContext } from '../session/context';

/** References of baselines to files. More take seconds to list and to draw, for which nobody waits who pressed Ctrl-C. */
const MANY_REFERENCES = 200_000;

/**
 * Whether a campaign leaves its report and long lists to the run that goes on with it, where it is interrupted.
 * @param objects where the target is no folder: all lists are copied there, and one that is left out would stay as it was
 */
export const endsInAHurry = ({ references }: Pick<Manifest, 'references'>, objects: object | undefined): boolean =>
  objects === undefined && references > MANY_REFERENCES;

export const LEFT_OUT =
  'stopping: the lock is written first (a second Ctrl-C ends this at once); manifest.jsonl and the report of so large a campaign are left to the next run';

/**
 * How a large campaign ends that was interrupted: as the others, without its report, which is drawn from the lock and what is asked
 * when the same command is run again.
 */
export function concludeInAHurry(
  result: Omit<RunResult, 'exitCode' | 'finishedAt'>,
  { places, context: { listener, now } }: Concluding,
): number {
  const exitCode = exitCodeOf(result.errors);
  const manifest = { ...result.manifest, level0: [] };
  const report = reportOf({ ...result, manifest, exitCode, finishedAt: now() });
  tellEnd(result.errors, { ...report, exitCode }, { places: withoutReport(places), listener });
  return exitCode;
}

interface Concluding {
  readonly places: readonly Place[];
  readonly context: CommandContext;
}

/**
 * How every other run ends: report written, errors and verdict sent to the listener, the exit code they come to. A report that cannot
 * be written is one more error: the others are sent all the same.
 */
export async function concludeRun(
  result: Omit<RunResult, 'exitCode' | 'finishedAt'>,
  { places, context }: Concluding,
): Promise<number> {
  const { listener, redactor, now, keeping } = context;
  listener({ type: 'activity', text: 'writing the report' });
  const report = reportOf({ ...result, exitCode: exitCodeOf(result.errors), finishedAt: now() });
  const { reports } = result.folders;
  const picture = pack(pictureOf(result.matrix ?? notJudged(report), report));
  const unwritten = await errorsOf(
    recorded(reports, writeReport(report, { folder: reports, redactor, picture }), keeping),
  );
  const errors = [...result.errors, ...unwritten];
  const exitCode = exitCodeOf(errors);
  const written = unwritten.length === 0 ? withCampaignPage(places, result) : withoutReport(places);
  tellEnd(errors, { ...report, exitCode }, { places: written, listener });
  return exitCode;
}

function tellEnd(
  errors: readonly AuxflowError[],
  report: RunReport,
  { places, listener }: { places: readonly Place[]; listener: Listener },
): void {
  for (const error of errors) listener({ type: 'finding', error });
  listener({ type: 'run-finished', exitCode: report.exitCode, sentence: verdictOf(report).sentence, places });
}

const withoutReport = (places: readonly Place[]): readonly Place[] => places.filter(({ what }) => what !== 'report');

/** Before the page of the run, which has the requests. */
function withCampaignPage(places: readonly Place[], { folders }: Pick<RunResult, 'folders'>): Place[] {
  const page = { what: 'campaign', where: displayPath(path.join(folders.reports, CAMPAIGN_PAGE)) };
  return places.flatMap((place) => (place.what === 'report' ? [page, place] : [place]));
}
