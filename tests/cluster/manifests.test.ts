/** docs/scale: what compose and Kubernetes start is a worker that the command line knows, with all that it refers to. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createProgram } from '../../scripts/cli/program';
import { readAccounts } from '../../scripts/cluster/accounts/read-accounts';
import { ROOT } from '../../scripts/lib/package-root';
import { createRedactor } from '../../scripts/lib/redact/redact';

const FOLDER = path.join(ROOT, 'docs', 'scale');
const text = (name: string): string => readFileSync(path.join(FOLDER, name), 'utf8');

interface Compose {
  readonly services: Record<string, Record<string, unknown>>;
  readonly volumes: Record<string, unknown>;
  readonly secrets: Record<string, { readonly file: string }>;
}

interface Deployment {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: {
    readonly selector: { readonly matchLabels: Record<string, string> };
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string> };
      readonly spec: {
        readonly containers: readonly {
          readonly args: readonly string[];
          readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
        }[];
        readonly volumes: readonly { readonly name: string }[];
      };
    };
  };
}

/** Values of the options as `auxflow worker` takes them; fails for one that it does not know. */
function workerOptions(words: readonly string[]): Record<string, unknown> {
  const { signal } = new AbortController();
  const terminal = {
    out: process.stdout,
    err: process.stderr,
    environment: {},
    signal,
    redactor: createRedactor(),
    notes: [],
    listener: () => () => undefined,
  };
  const program = createProgram(terminal, () => undefined);
  const worker = program.commands.find((command) => command.name() === words[0]);
  const rest = worker?.parseOptions(words.slice(1));
  expect([words[0], rest]).toEqual(['worker', { operands: [], unknown: [] }]);
  return worker?.opts() ?? {};
}

const OPTIONS = { env: 'production', out: 's3://adf/campaigns', metricsPort: 9464 };

test('compose starts Redis as a queue needs it, and workers', () => {
  const { services, volumes, secrets } = parse(text('compose.yaml')) as Compose;
  const { redis, worker } = services;
  expect(redis?.command).toEqual(expect.arrayContaining(['--appendonly', 'yes', '--maxmemory-policy', 'noeviction']));
  const options = workerOptions(worker?.command as string[]);
  expect(options).toMatchObject({ ...OPTIONS, queue: 'redis://redis:6379', accounts: '/run/secrets/accounts' });
  expect(Object.keys(services)).toContain(new URL(String(options.queue)).hostname);
  expect(worker).toMatchObject({ secrets: Object.keys(secrets), read_only: true });
  for (const mount of [redis?.volumes, worker?.volumes].flat() as string[])
    expect(Object.keys(volumes)).toContain(mount.split(':')[0]);
  // The accounts that are given as an example find what compose passes on.
  const passed = Object.fromEntries(
    ((worker?.environment ?? []) as string[]).map((name) => [name, `value of ${name}`]),
  );
  const file = path.join(FOLDER, secrets.accounts?.file ?? '');
  const accounts = readAccounts(file, { siteUrl: 'https://site' }, { environment: passed, redactor: createRedactor() });
  expect(accounts).toMatchObject([
    { name: 'first', username: 'value of ADG_USER_1', password: 'value of ADG_PASSWORD_1' },
  ]);
});

test('Kubernetes deploys workers of the same kind', () => {
  const { apiVersion, kind, spec } = parse(text('kubernetes.yaml')) as Deployment;
  expect([apiVersion, kind]).toEqual(['apps/v1', 'Deployment']);
  expect(spec.template.metadata.labels).toMatchObject(spec.selector.matchLabels);
  const { containers, volumes } = spec.template.spec;
  const [worker] = containers;
  expect(workerOptions(worker?.args ?? [])).toMatchObject({ ...OPTIONS, accounts: '/accounts/accounts.yaml' });
  expect(worker?.volumeMounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
  expect(worker?.volumeMounts.map(({ mountPath }) => mountPath)).toEqual(['/accounts', '/data', '/tmp']);
});

test('the image has the optional packages in the versions that auxflow is tested with', () => {
  const { peerDependencies } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    peerDependencies: Record<string, string>;
  };
  const installed = [...text('Dockerfile').matchAll(/(\S+)@(\d[\d.]*)/g)].map(([, name, version]) => [name, version]);
  for (const entry of Object.entries(peerDependencies)) expect(installed).toContainEqual(entry);
});
