import path from 'node:path';
import { errorsOf, Failure, toError, type AuxflowError } from '../errors/errors';
import { exitCodeOf } from '../errors/exit-codes';
import { nameAndValue } from '../lib/input/name-value';
import { didYouMean } from '../lib/input/closest';
import { packageVersion } from '../lib/package-version';
import { runCollectionInChild } from '../newman/run-in-child';
import type { RunStep } from '../newman/run-step';
import { readNetwork, type Network } from '../services/network';
import type { CommandContext } from '../session/context';
import { displayPath } from '../session/display-path';
import { foldersFor, makeFolder } from '../session/run-folders';
import { accountFor, secretsOf } from '../session/account';
import { withSite, type SiteOptions } from '../session/site-session';
import { errorsOfCollection } from './collection-errors';
import { findingOf } from '../reports/run/finding-of';
import { collectionSentence, PAGE, reportedStep, writeCollectionReport } from './collection-report';
import { readCollection, type Collection } from './read-collection';
import { readEnvironment } from './read-environment';
import { secretsInCollection } from './secrets-of';
import { isRecord } from '../lib/read-json';

export interface OwnCollectionOptions extends SiteOptions {
  /** A file in format 2, or a folder in format 3. */
  readonly collection: string;
  /** Names of its folders or requests to run; all when empty. */
  readonly folder?: readonly string[];
  /** Variables that come before those of the environment: `name=value`. */
  readonly envVar?: readonly string[];
  readonly reports: string;
}

interface Place {
  /** Name of the environment. */
  readonly name: string;
  readonly siteUrl: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly network: Network;
}

/**
 * Runs a collection of the user's with Newman and writes its reports, without secrets. Returns the exit code (errors/exit-codes.ts).
 * @throws Failure for what is wrong before anything was sent
 */
export async function runOwnCollection(options: OwnCollectionOptions, context: CommandContext): Promise<number> {
  const collection = readCollection(options.collection);
  requireFolders(collection, options.folder ?? []);
  const own = ownVariables(options.envVar ?? []);
  return withPlace(options, context, (place) =>
    runAt({ ...place, variables: { ...place.variables, ...own } }, collection, options, context),
  );
}

const SHIPPED: readonly string[] = ['sandbox', 'production'];

/** The services with their account for `sandbox` and `production`; of any other environment its variables. */
async function withPlace(
  options: OwnCollectionOptions,
  context: CommandContext,
  use: (place: Place) => Promise<number>,
): Promise<number> {
  if (SHIPPED.includes(options.env))
    return withSite(options, async (site) => {
      const account = await accountFor(site, context);
      const { name, siteUrl, network } = site;
      const variables = { ...site.variables, ...account };
      return use({ name, siteUrl, variables, secrets: secretsOf(site, account), network });
    });
  const { variables, secrets } = readEnvironment(options.env);
  const siteUrl = options.siteUrl ?? variables.site_url ?? '';
  return use({
    name: options.env,
    siteUrl,
    variables: { ...variables, ...(options.siteUrl === undefined ? {} : { site_url: siteUrl }) },
    secrets,
    network: readNetwork(options, process.env.NODE_EXTRA_CA_CERTS),
  });
}

async function runAt(
  { name, siteUrl, variables, secrets: known, network }: Place,
  collection: Collection,
  options: OwnCollectionOptions,
  context: CommandContext,
): Promise<number> {
  const { listener, redactor, signal, now } = context;
  const secrets = [...known, ...secretsInCollection(collection)];
  for (const secret of secrets) redactor.add(secret);
  const [startedAt, beganAt] = [now(), performance.now()];
  const title = collection.info.name;
  const { reports } = foldersFor(
    options,
    `collection-${title.replace(/[^A-Za-z0-9._-]+/g, '_').slice(0, 60)}`,
    startedAt,
  );
  await makeFolder(reports);
  listener({ type: 'run-started', environment: name, siteUrl, request: `collection ${title}` });
  const steps: RunStep[] = [];
  const ended = await endOf(
    runCollectionInChild({
      collection,
      variables,
      rows: [{}],
      folders: options.folder?.length ? options.folder : undefined,
      title,
      reports,
      network,
      secrets,
      // Nothing is saved: what answers are worth, the collection's own checks say.
      answersOf: NO_ANSWER,
      redactor,
      signal,
      onStep: (step) => {
        steps.push(step);
        listener({ type: 'step', step });
      },
      onAnswer: () => undefined,
    }),
  );
  const errors = [...ended, ...errorsOfCollection(steps)];
  const report = {
    command: 'run' as const,
    auxflowVersion: packageVersion(),
    title,
    collection: displayPath(path.resolve(options.collection)),
    environment: name,
    siteUrl,
    startedAt: startedAt.toISOString(),
    finishedAt: now().toISOString(),
    steps: steps.map((step) => reportedStep(step, beganAt)),
    findings: errors.map(findingOf),
    exitCode: exitCodeOf(errors),
  };
  const unwritten = await errorsOf(writeCollectionReport(report, { folder: reports, redactor }));
  const exitCode = exitCodeOf([...errors, ...unwritten]);
  for (const error of [...errors, ...unwritten]) listener({ type: 'finding', error });
  const places = unwritten.length === 0 ? [{ what: 'report', where: displayPath(path.join(reports, PAGE)) }] : [];
  listener({ type: 'run-finished', exitCode, sentence: collectionSentence(report), places });
  return exitCode;
}

/** No URL holds it. */
const NO_ANSWER = '\n';

/** A Newman that died takes its run with it, but not the report; so do an endless script and a collection that Newman refuses. */
async function endOf(running: Promise<void>): Promise<AuxflowError[]> {
  try {
    await running;
    return [];
  } catch (error) {
    const detail = toError(error);
    if (detail.code === 'NEWMAN_ENDED' || detail.code === 'SCRIPT_ENDLESS') return [detail];
    if (detail.code === 'INTERNAL') return [{ code: 'NEWMAN_ENDED', reason: detail.reason }];
    throw error;
  }
}

/** @throws Failure USAGE */
function ownVariables(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const pair = nameAndValue(word);
      if (pair) return pair;
      throw new Failure({ code: 'USAGE', problem: `--env-var takes name=value, not ${JSON.stringify(word)}.` });
    }),
  );
}

/** Newman runs nothing for a folder that is not there, and says so late. @throws Failure USAGE */
function requireFolders(collection: Collection, wanted: readonly string[]): void {
  const names = namesIn(collection.item);
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  throw new Failure({
    code: 'USAGE',
    problem: `The collection has no folder or request ${JSON.stringify(unknown)}${didYouMean(unknown, names)}.`,
    next: `There are: ${[...new Set(names)].slice(0, MAX_NAMES).join(', ')}.`,
  });
}

const MAX_NAMES = 20;

function namesIn(items: readonly unknown[]): string[] {
  return items
    .filter(isRecord)
    .flatMap(({ name, item }) => [
      ...(typeof name === 'string' ? [name] : []),
      ...namesIn(Array.isArray(item) ? item : []),
    ]);
}
