import { describe, expect, test } from 'vitest';
import { readCollection } from '../../bench/mutants/our-suite';
import { variablesAt } from '../../bench/sign-in';
import { CASE_FOLDERS } from '../../scripts/contract-suite/folders';
import type { CaseStep } from '../../scripts/newman/case-step';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { runSuite } from '../../scripts/newman/run-suite';
import { caseResults, isFinding } from '../../scripts/contract-suite/report/contract-report';
import { SCENARIOS } from '../../scripts/sandbox/sandbox';
import { sampleOf } from '../helpers/budget';
import { lightSteps } from '../helpers/light-suite';
import { withSandbox } from '../helpers/with-sandbox';

interface Seen {
  readonly folder: string;
  /** What the findings must say: promise, what came, or cause. */
  readonly words: readonly RegExp[];
  /** Longest wait for an answer, seconds: Newman's, as everything about connections and cookies is. */
  readonly seconds?: number;
  /** Of the sandbox: how long a request waits in vain for a database connection. */
  readonly connectionSeconds?: number;
  readonly variables?: Readonly<Record<string, string>>;
}

const BASELINES = 'rdb.svc baselines';
const QUIRKS = 'rdb.svc known quirks';
const RULES = 'Selection rules';
const PAGES = 'auxip.svc pages and rows';
const DOWNLOADS = 'Downloads';

/** Newman's clock looks at silence, ours at the whole answer: either may be first. */
const TOO_SLOW = /took longer than 1 s|no complete response within the time limit/;

/** One sample is enough to see that files are missing. */
const ONE_SAMPLE = {
  selection_samples: 'S3OLCI A L2LFR 2024-03-01T10:00:00Z/2024-03-01T11:00:00Z',
};

const PATIENCE = 20;

const quirk = (...words: RegExp[]): Seen => ({ folder: QUIRKS, words });
const baseline = (...words: RegExp[]): Seen => ({ folder: BASELINES, words });
const rule = (...words: RegExp[]): Seen => ({ folder: RULES, words, variables: ONE_SAMPLE });
const download = (...words: RegExp[]): Seen => ({ folder: DOWNLOADS, words });
const page = (...words: RegExp[]): Seen => ({ folder: PAGES, words });

/** Every scenario that shows in answers to the suite: where, and in which words. The key is what the sandbox is started with. */
const SEEN: Readonly<Record<string, Seen>> = {
  'first-platform-wins': quirk(/First platform wins/, /restart/),
  'poisoned-cache': rule(/no file of this type was answered/, /poisoned cache/i),
  'missing-deltas': rule(/no file of this type was answered/, /missing row of deltas/),
  'auxip-miss': rule(/no file of this type was answered/, /dropped type/i),
  'newline-names': baseline(/Names have nothing around them/, /\.zip\\n"/, /trim each name/),
  'crlf-names': baseline(/\.zip\\r\\n"/, /trim each name/),
  'blank-names': baseline(/\.zip "/, /trim each name/),
  'cold-start@3000': { ...quirk(TOO_SLOW), seconds: 1 },
  'baseline-504': quirk(/got 504/, /its work goes on/),
  'null-link': quirk(/got 400/, /A link is null/),
  'duplicate-files': baseline(/No file is listed twice/, /repeated/),
  'foreign-links': baseline(/Every link is that of an entry of auxip.svc/, /auxiliary\.copernicus\.eu/),
  'unknown-ids': baseline(/A stale link/, /by its name/),
  'unsafe-names': baseline(/"\.\.\/\.\.\/escaped"/, /do not use it as a path/),
  'empty-baseline': baseline(/an empty list with status 200/),
  'broken-schema': quirk(/The body keeps the schema rdb.baseline/, /AuxDataFiles/),
  'login-page-200': quirk(/login page instead of data/, /new token/),
  'proxy-429': quirk(/got 429/, /limit of connections for all users/),
  'proxy-502': quirk(/got 502/, /The proxy cannot reach the service/),
  'proxy-503': quirk(/got 503/, /overloaded or being restarted/),
  'proxy-504': quirk(/got 504/, /longer than the proxy waits/),
  'kong-502': quirk(/got 502/, /The gateway cannot reach the service/),
  'kong-503': quirk(/got 503/, /The gateway cannot reach the service/),
  'kong-504': quirk(/got 504/, /longer than the proxy waits/),
  'service-500': quirk(/got 500/, /exception inside the service/),
  'count-leak@1': {
    folder: 'auxip.svc resources',
    words: [/Unable to acquire JDBC Connection/, /Only a restart helps/],
    connectionSeconds: 0,
  },
  'service-503': quirk(/got 503/, /overloaded or being restarted/),
  'value-429': download(/got 429/, /quota/),
  'documented-quota@3': { folder: 'Quota', words: [/\$value 4 of a run/, /quota/], variables: { quota_run: '5' } },
  'quota-exhausted': download(/got 429/, /quota/),
  'dropped-connection': { ...quirk(/ECONNRESET: the connection was closed/), seconds: PATIENCE },
  'slow-first-byte@3000': { ...quirk(TOO_SLOW), seconds: 1 },
  'cut-answer': { ...quirk(/the response was cut off/), seconds: PATIENCE },
  'expired-token': quirk(/got 302/, /token is missing, expired or refused/),
  'expired-at-value': download(/A \$value leads to the file/, /token is missing, expired or refused/),
  'ended-session': quirk(/got 302/, /token is missing, expired or refused/),
  'cookie-session': { folder: 'Gateway and roles', words: [/session cookie does not open/], seconds: PATIENCE },
  'presigned-expired': download(/It was signed just now/, /The store holds the address for expired/),
  'wrong-md5': download(/Its MD5 is that of the catalogue/),
  'missing-md5': download(/\/Checksum\/0\/Value: got nothing/),
  'wrong-size': download(/as long as the catalogue says/),
  'size-zero': download(/as long as the catalogue says: expected 0/),
  'duplicate-names': page(/Every name occurs once/, /two entries for one file/),
  'shifting-pages': page(/\$skip/, /Exactly the rows asked for/),
  'no-date-attributes': page(/One entry of the page has no date attributes/, /without \$expand/),
  'truncated-body': { ...download(/the response was cut off/), seconds: PATIENCE },
  'reset-stream': { ...download(/the response was cut off|ECONNRESET/), seconds: PATIENCE },
  'stalled-stream': { ...download(TOO_SLOW), seconds: 1 },
  'flipped-byte': download(/Its MD5 is that of the catalogue/),
  'slow-store@3000': { ...download(TOO_SLOW), seconds: 1 },
  'store-slow-down': download(/got 503/, /The store is overloaded/),
  'store-500': download(/got 500/, /exception inside the store/),
  'presigned-refused': download(/got 403/, /The store holds the address for expired/),
  'error-body-200': download(/An error of the store with a status of success/),
  'lost-object': download(/got 404/, /The store has lost the file/),
  'single-use-url': download(/got 403/, /opens only once/),
  'ignored-range': download(/Range bytes=0-0 gives exactly those bytes/, /got 200/),
};

/** Scenarios that the suite cannot see, or must not mind: the folder that would see them stays green, for the reason given. */
const ALLOWED: Readonly<Record<string, readonly [folder: string, why: string]>> = {
  healthy: [QUIRKS, 'nothing goes wrong'],
  'no-attribute-rows': [RULES, 'the published rows of attributes may be loaded or not'],
  'duplicate-content-type': [QUIRKS, 'the outer proxy of the recorded service does so (access.md#proxies-and-limits)'],
  'microsecond-dates': [PAGES, 'fractions have up to six digits (auxip.md#single-entries)'],
  'slow-stream': [DOWNLOADS, 'the smallest file of the sample comes in one piece; it strikes files above 16 kB'],
  'first-unit-wins': [
    QUIRKS,
    'no product of the built-in catalogue has files of two instrument configurations at its time',
  ],
};

/** What the findings of a folder say, one text each; and how many cases were looked at. */
async function findings(scenario: string, { folder, seconds, connectionSeconds, variables }: Omit<Seen, 'words'>) {
  const sandbox = await withSandbox({ scenario, connectionSeconds });
  const steps = await (seconds === undefined
    ? lightSteps(folder, sandbox.siteUrl, variables)
    : newmanSteps(folder, sandbox.siteUrl, seconds));
  const cases = caseResults(CASE_FOLDERS, steps);
  const texts = cases
    .filter(isFinding)
    .flatMap(({ name, problems }) =>
      problems.map(({ promise, got, cause }) => `${name}: ${promise}: ${got} ${cause ?? ''}`),
    );
  return { texts, cases, defects: sandbox.defects };
}

async function newmanSteps(folder: string, siteUrl: string, seconds: number): Promise<CaseStep[]> {
  const steps: CaseStep[] = [];
  await runSuite({
    collection: readCollection(),
    variables: { ...variablesAt({ siteUrl }), profile: 'adg' },
    folders: [folder],
    bail: false,
    seconds,
    redactor: createRedactor(['password']),
    onStep: (step) => steps.push(step),
  });
  return steps;
}

describe('a scenario of the sandbox is found and named', () => {
  test('every scenario stands here, once', () => {
    const named = [...Object.keys(SEEN), ...Object.keys(ALLOWED)].map((key) => key.replace(/@.*/, ''));
    expect(named.sort()).toEqual(SCENARIOS.map(({ name }) => name).sort());
  });

  test.each(sampleOf(Object.entries(SEEN), 9, ([, { folder }]) => folder))('%s', async (scenario, seen) => {
    const { texts, defects } = await findings(scenario, seen);
    for (const words of seen.words) expect(texts).toContainEqual(expect.stringMatching(words));
    expect(defects).toEqual([]);
  });

  test.each(sampleOf(Object.entries(ALLOWED), 1))('%s is no finding', async (scenario, [folder]) => {
    // How headers are read that come twice is Newman's, too.
    const seconds = scenario === 'duplicate-content-type' ? { seconds: PATIENCE } : {};
    const { texts, cases } = await findings(scenario, { folder, ...seconds });
    expect([texts, cases.length > 5]).toEqual([[], true]);
  });
});
