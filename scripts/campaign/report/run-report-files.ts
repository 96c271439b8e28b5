import path from 'node:path';
import type { Completeness } from '../completeness/judgement';
import { notesOf as completenessNotes } from '../completeness/notes';
import type { Manifest } from '../manifest';
import type { Outcome } from '../../download/download-all';
import { describe } from '../../errors/messages';
import type { AuxflowError } from '../../errors/errors';
import { noteOnFileNames } from '../unusual-names';
import type { Redactor } from '../../lib/redact/redact';
import { NEWMAN_PAGE, numbered } from '../../newman/run-collection';
import type { RunStep } from '../../newman/run-step';
import type { CompletenessMatrix } from '../../matrix/matrix';
import { CAMPAIGN_PAGE, campaignPage } from '../../reports/campaign/campaign-page';
import type { PackedPicture } from '../../reports/campaign/campaign-picture';
import { checksJunit } from '../../reports/run/checks-junit';
import { filesJunit } from '../../reports/run/files-junit';
import { entryOfRun } from '../../reports/history/run-entry';
import { ALL_RUNS } from '../../reports/history/runs-page';
import { runPage } from '../../reports/run/run-page';
import type { RunReport } from '../../reports/run/run-report';
import { parseAdfName } from '../../sentinel/adf-name';
import type { BaselineRequest } from '../../services/rdb';
import type { Site } from '../../services/site';
import { inTarget } from '../../errors/target-failure';
import { jsonText } from '../../lib/stream-json';
import { packageVersion } from '../../lib/package-version';
import { collectionVersion } from '../../newman/collection-version';
import { COLLECTION } from '../control-plane';
import { writeTogether, type Content } from '../../lib/write-file-atomic';
import type { ControlPlaneResult } from '../control-plane';
import type { DataPlaneResult } from '../data-plane';
import { evictedBefore } from './evicted-before';
import type { RecordedWaits } from '../begin-run';
import { runsLike, type WrittenReport } from '../../session/run-history';
import type { RunFolders } from '../../session/run-folders';
import { findingOf } from '../../reports/run/finding-of';

export interface RunResult {
  readonly command: 'run' | 'fetch';
  readonly site: Site;
  readonly request: BaselineRequest;
  readonly folders: RunFolders;
  readonly startedAt: Date;
  /** The same moment on the monotonic clock, in milliseconds. */
  readonly beganAt: number;
  readonly finishedAt: Date;
  readonly control: ControlPlaneResult;
  readonly manifest: Manifest;
  /** Absent where there was nothing to judge. */
  readonly completeness?: Completeness;
  /** Every cell of it. */
  readonly matrix?: CompletenessMatrix;
  readonly data: DataPlaneResult;
  readonly waits: RecordedWaits;
  /** When the last file can be there at the earliest, UTC; absent where no quota holds the campaign up. */
  readonly plannedEnd?: string;
  readonly errors: readonly AuxflowError[];
  readonly exitCode: number;
}

export interface ReportPlace {
  readonly folder: string;
  readonly redactor: Redactor;
  /** Absent in reports of earlier versions. */
  readonly picture?: PackedPicture;
}

/** The run as data, and its completeness matrix: all pages can be written again from these. */
export const RUN_FILE = 'run.json';
export const PICTURE_FILE = 'campaign.json';
const CHECKS_JUNIT = 'junit.xml';
const FILES_JUNIT = 'junit-files.xml';

/**
 * Writes index.html, the page of a run, run.json, the same as data, and a test case per check and per file: all of them or none. Each
 * is made when it is written: those of a campaign are large. Redacted are the texts of the report, before any of them is a part of a page.
 * @throws Failure DISK_FULL, TARGET_UNWRITABLE
 */
export async function writeReport(
  report: RunReport,
  { folder, redactor, picture }: ReportPlace,
): Promise<WrittenReport> {
  const content = (name: string, make: () => Iterable<string>): Content => ({
    file: path.join(folder, name),
    pieces: redacted(make, redactor),
  });
  const shown = redactor.shown(report);
  const drawn = picture && redactor.shown(picture);
  const entry = entryOfRun(shown, path.basename(folder));
  const earlier = await runsLike(path.dirname(folder), entry);
  const files = [
    ...(drawn
      ? [
          content(CAMPAIGN_PAGE, () => piecesOf(campaignPage(shown, drawn))),
          content(PICTURE_FILE, () => jsonText(drawn)),
        ]
      : []),
    content('index.html', () => piecesOf(runPage(shown, earlier))),
    content(RUN_FILE, () => jsonText(shown)),
    content(CHECKS_JUNIT, () => piecesOf(checksJunit(shown))),
    content(FILES_JUNIT, () => piecesOf(filesJunit(shown))),
  ];
  await inTarget(folder, () => writeTogether(files));
  return { names: files.map(({ file }) => path.basename(file)), entry };
}

const PIECE_CHARACTERS = 64 * 1024;

/** They end where a line does, so that no secret stands in two of them. */
function* piecesOf(text: string): Iterable<string> {
  for (let [start, end] = [0, 0]; start < text.length; start = end) {
    end = text.indexOf('\n', start + PIECE_CHARACTERS) + 1 || text.length;
    yield text.slice(start, end);
  }
}

function* redacted(make: () => Iterable<string>, redactor: Redactor): Iterable<string> {
  for (const piece of make()) yield redactor.document(piece);
}

/** What came of a run, as the data of its page. */
export function reportOf(result: RunResult): RunReport {
  const { site, request, control, manifest, completeness, folders } = result;
  const { mission, unit, productType } = request;
  const subject =
    'level0Names' in request ? { level0Names: [...request.level0Names] } : { start: request.start, stop: request.stop };
  return {
    title: 'Reprocessing workflow',
    command: result.command,
    auxflowVersion: packageVersion(),
    collectionVersion: collectionVersion(COLLECTION),
    startedAt: result.startedAt.toISOString(),
    finishedAt: result.finishedAt.toISOString(),
    environment: site.name,
    siteUrl: site.siteUrl,
    ...(site.isSandbox ? { contents: 'made-up' as const } : {}),
    request: { mission, unit, productType, ...subject },
    steps: control.steps.map((step) => stepOf(step, result.beganAt)),
    repeated: control.repeated.map((step) => stepOf(step, result.beganAt)),
    baselines: baselinesOf(manifest),
    files: filesOf(result),
    ...result.waits,
    findings: [
      ...result.errors.map(findingOf),
      ...evictedBefore(result),
      ...notesOf(manifest),
      ...completenessFindings(completeness),
    ],
    completeness,
    links: [
      { label: 'Every Level-0 product and its auxiliary files', href: CAMPAIGN_PAGE },
      ...newmanPages(control.runs),
      { label: 'JUnit XML of the checks', href: CHECKS_JUNIT },
      { label: 'and of the files', href: FILES_JUNIT },
      { label: 'Saved baseline answers', href: 'answers/' },
      { label: 'This page as data', href: RUN_FILE },
      ALL_RUNS,
      {
        label: 'Downloaded files',
        href: `${path.relative(folders.reports, folders.downloads).split(path.sep).join('/')}/`,
      },
    ],
    exitCode: result.exitCode,
  };
}

/** A campaign may take several runs of Newman, and that of a lock takes none. */
function newmanPages(runs: number): RunReport['links'] {
  return Array.from({ length: runs }, (_, index) => ({
    label: index === 0 ? 'Newman report: every request, answer and check' : `Newman report ${index + 1}`,
    href: numbered(NEWMAN_PAGE, index + 1),
  }));
}

function stepOf(step: RunStep, beganAt: number): RunReport['steps'][number] {
  const { name, folder, method, url, status, milliseconds, bytes, assertions, skipped, fault } = step;
  return {
    name,
    folder,
    method,
    url,
    status,
    milliseconds,
    bytes,
    assertions,
    skipped,
    fault,
    call: step.iteration + 1,
    startMilliseconds: step.startedAt - beganAt,
  };
}

/** Each file once in memory, however many Level-0 products need it. */
function baselinesOf({ level0 }: Manifest): RunReport['baselines'] {
  const names = new Set<string>();
  for (const { files } of level0) for (const name of files) names.add(name);
  const adfs = new Map(Array.from(names, (name) => [name, { name, type: parseAdfName(name)?.type }]));
  return level0.map(({ name, known, files }) => ({
    level0: name,
    found: known,
    adfs: files.flatMap((file) => adfs.get(file) ?? []),
  }));
}

type ReportFile = RunReport['files'][number];

function filesOf({ manifest, data, beganAt }: RunResult): ReportFile[] {
  const outcomes = new Map(data.outcomes.map((outcome) => [outcome.id, outcome]));
  return manifest.files.map(({ id, name, type, neededBy }) => {
    const evictionDate = data.evictions.get(id);
    const file = { name, type, neededBy, ...(evictionDate === undefined ? {} : { evictionDate }) };
    const outcome = outcomes.get(id);
    if (!outcome) return { ...file, bytes: 0, status: 'not-fetched' };
    const { startedAt } = outcome;
    return {
      ...file,
      ...resultOf(outcome),
      ...networkOf(outcome, beganAt),
      startMilliseconds: startedAt === undefined ? undefined : startedAt - beganAt,
    };
  });
}

function networkOf(outcome: Outcome, beganAt: number): Pick<ReportFile, 'network'> {
  if (!('network' in outcome) || !outcome.network) return {};
  const { from, until } = outcome.network;
  return { network: { startMilliseconds: from - beganAt, seconds: (until - from) / 1000 } };
}

function resultOf(outcome: Outcome): Pick<ReportFile, 'bytes' | 'status' | 'seconds'> & Partial<ReportFile> {
  const { seconds } = outcome;
  if (!('error' in outcome)) return { bytes: outcome.bytes, md5: outcome.md5, status: outcome.status, seconds };
  if (outcome.status === 'not-fetched') return { bytes: 0, status: outcome.status, seconds };
  return { bytes: 0, status: outcome.status, seconds, error: describe(outcome.error).headline };
}

/** What is no fault, but good to know: names that the service's table does not hold, and names of an unknown form. */
function notesOf(manifest: Manifest): RunReport['findings'] {
  const unusual = noteOnFileNames(manifest);
  const warning = { severity: 'warning' as const, text: '', next: 'Check whether a new kind of file has come up.' };
  return [...unknownLevel0(manifest), ...(unusual === undefined ? [] : [{ ...warning, title: `${unusual}.` }])];
}

function unknownLevel0({ level0 }: Manifest): RunReport['findings'] {
  const unknown = level0.filter((entry) => !entry.known);
  if (unknown.length === 0) return [];
  const text = `The service chose the files by the times in the name: ${unknown
    .slice(0, 5)
    .map((entry) => entry.name)
    .join(', ')}${unknown.length > 5 ? ', …' : ''}`;
  return [
    {
      severity: 'warning',
      title: `${unknown.length} of ${level0.length} Level-0 names are not in the service's table.`,
      text,
      next: 'Check the spelling of the names.',
    },
  ];
}

/** What is good to know of the judgement; its errors are findings already. */
function completenessFindings(completeness: Completeness | undefined): RunReport['findings'] {
  const notes = completeness ? completenessNotes(completeness) : [];
  return notes.map((text) => ({ severity: 'note', title: 'Completeness', text }));
}
