import path from 'node:path';
import { errorsOf } from '../errors/errors';
import { exitCodeOf } from '../errors/exit-codes';
import { pack } from '../reports/campaign/campaign-picture';
import { notJudged, pictureOf } from '../reports/campaign/picture-of-run';
import { verdictOf } from '../reports/run/verdict';
import type { Place } from '../session/run-events';
import { reportOf, writeReport, type RunResult } from './run-report-files';
import { CAMPAIGN_PAGE } from '../reports/campaign/campaign-page';
import { displayPath } from '../session/display-path';
import { recorded } from '../session/run-history';
import type { CommandContext } from '../session/context';

/**
 * How every run ends: report written, errors and verdict told, the exit code they come to. A report that cannot be written is one
 * more error: what else went wrong is told all the same.
 */
export async function concludeRun(
  result: Omit<RunResult, 'exitCode' | 'finishedAt'>,
  { places, surroundings }: { places: readonly Place[]; surroundings: CommandContext },
): Promise<number> {
  const { listener, redactor, now, keeping } = surroundings;
  listener({ type: 'activity', text: 'writing the report' });
  const report = reportOf({ ...result, exitCode: exitCodeOf(result.errors), finishedAt: now() });
  const { reports } = result.folders;
  const picture = pack(pictureOf(result.matrix ?? notJudged(report), report));
  const unwritten = await errorsOf(
    recorded(reports, writeReport(report, { folder: reports, redactor, picture }), keeping),
  );
  const errors = [...result.errors, ...unwritten];
  const exitCode = exitCodeOf(errors);
  for (const error of errors) listener({ type: 'finding', error });
  const { sentence } = verdictOf({ ...report, exitCode });
  const written =
    unwritten.length === 0 ? withCampaignPage(places, result) : places.filter(({ what }) => what !== 'report');
  listener({ type: 'run-finished', exitCode, sentence, places: written });
  return exitCode;
}

/** Before the page of the run, which has the requests. */
function withCampaignPage(places: readonly Place[], { folders }: Pick<RunResult, 'folders'>): Place[] {
  const page = { what: 'campaign', where: displayPath(path.join(folders.reports, CAMPAIGN_PAGE)) };
  return places.flatMap((place) => (place.what === 'report' ? [page, place] : [place]));
}
