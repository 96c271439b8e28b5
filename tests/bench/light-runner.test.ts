import { expect, test } from 'vitest';
import { variablesFor } from '../../bench/mutants/by-folder';
import { runFolder } from '../../bench/mutants/light/run-folder';
import { readCollection } from '../../bench/mutants/our-suite';
import { readProblemMessage } from '../../scripts/newman/assertion-protocol';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { runSuite } from '../../scripts/newman/run-suite';
import { DOCUMENTED_QUOTA, startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';
import { sampleOf } from '../helpers/budget';

const MINUTES = 60_000;
const COLLECTION = readCollection();

/** Verdicts, and the requests as they went over the wire. */
interface Ran {
  readonly checks: readonly string[];
  readonly requests: readonly string[];
}

/** Headers that name the sender, or its request. */
const OWN: readonly string[] = ['host', 'user-agent', 'postman-token'];

async function inSandbox(
  mutant: string,
  run: (sandbox: Sandbox, tell: (line: string) => void) => Promise<void>,
): Promise<Ran> {
  const sandbox = await startSandbox({ mutant, quota: DOCUMENTED_QUOTA });
  const checks: string[] = [];
  const constant = (text: string): string => text.replaceAll(sandbox.siteUrl, 'SITE').replaceAll(/eyJ[\w.-]+/g, 'JWT');
  try {
    await run(sandbox, (line) => checks.push(constant(line)));
    const requests = sandbox.requests.map(({ method, url, headers, status }) => {
      const sent = Object.entries(headers).filter(([name]) => !OWN.includes(name));
      return constant(`${method} ${url} ${JSON.stringify(sent.sort())} ${status}`);
    });
    return { checks, requests };
  } finally {
    await sandbox.close();
  }
}

const light = (folder: string, mutant: string): Promise<Ran> =>
  inSandbox(mutant, (sandbox, tell) =>
    runFolder(COLLECTION, folder, variablesFor(sandbox, 'adg'), ({ name, checks, fault }) => {
      // What Newman's recorder reads of a message.
      for (const { name: check, outcome, message = '' } of checks)
        tell(`${name} › ${check} › ${outcome} ${readProblemMessage(message).got}`);
      if (fault !== undefined) tell(`${name} › fault`);
      return true;
    }),
  );

const newman = (folder: string, mutant: string): Promise<Ran> =>
  inSandbox(mutant, (sandbox, tell) =>
    runSuite({
      collection: COLLECTION,
      folders: [folder],
      variables: variablesFor(sandbox, 'adg'),
      bail: false,
      seconds: 60,
      redactor: createRedactor(['nothing to hide']),
      onStep: ({ name, assertions, fault }) => {
        for (const check of assertions) tell(`${name} › ${check.name} › ${check.outcome} ${check.message ?? ''}`);
        if (fault !== undefined) tell(`${name} › fault`);
      },
    }),
  );

const FOLDERS: readonly [folder: string, mutant: string][] = [
  ['auxip.svc filter language', 'none'],
  ['rdb.svc baselines', 'none'],
  ['auxip.svc pages and rows', 'orderby-other-date'],
  ['auxip.svc resources', 'gzip-encoded'],
];

test.each(sampleOf(FOLDERS, 1))(
  'in %s, with the mutant %s, the light runner sends what Newman sends and comes to the same verdicts',
  async (folder, mutant) => {
    const [ours, theirs] = [await light(folder, mutant), await newman(folder, mutant)];
    expect(ours.requests).toEqual(theirs.requests);
    expect(ours.checks).toEqual(theirs.checks);
    expect(ours.checks.length).toBeGreaterThan(100);
  },
  3 * MINUTES,
);
