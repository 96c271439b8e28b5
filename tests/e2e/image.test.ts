import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { IS_LONG } from '../helpers/budget';
import { SMALL_REQUEST } from '../helpers/campaign';
import { buildImage, hasImages, runImage, volume, type Image } from '../helpers/image';
import { inTurns } from '../helpers/in-turns';
import { signalInside } from '../helpers/pid-namespace';
import { temporaryFolder } from '../helpers/run-cli';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

const text = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const DOCKERFILE = text('Dockerfile');

const testInTurn = inTurns(4);

/** CI has just carried out the first stage's steps in this checkout: `npm ci` and the build. */
function checkoutAsStage(): string {
  const root = temporaryFolder();
  symlinkSync(ROOT, path.join(root, 'src'));
  return root;
}

/** What the guide tells `docker run` is what runImage() does. */
const RECIPE =
  /^docker run --rm --read-only --tmpfs \/tmp -v auxflow:\/data -e ADG_USER -e ADG_PASSWORD auxflow (.*)$/m;
const FEW_CASES = ['--folder', 'Token', '--grep', 'user', '--pace', '1000'];

function healthCheckOf(image: Image): string[] {
  const [, command = ''] = / CMD (.*)/.exec(image.settings.get('HEALTHCHECK') ?? '') ?? [];
  return JSON.parse(command) as string[];
}

interface Ended {
  readonly exitCode: number | null;
  readonly output: string;
}

async function endOf(child: ChildProcess): Promise<Ended> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return { exitCode, output };
}

describe('the Dockerfile', () => {
  const [build = '', final = ''] = DOCKERFILE.split(/^FROM /m).slice(1);

  test('runs as nobody special on a volume, stops by SIGTERM and says how it is', () => {
    expect(build).toMatch(/^\S+ AS build\n/);
    for (const line of ['USER node', 'VOLUME /data', 'STOPSIGNAL SIGTERM', 'ENTRYPOINT ["auxflow"]'])
      expect(final.split('\n')).toContain(line);
    expect(final).toMatch(/^HEALTHCHECK .*CMD \["auxflow", "--version"\]$/m);
    // Nothing is written after the user is set but to the volume.
    expect(final.slice(final.indexOf('\nUSER'))).not.toMatch(/^(RUN|COPY|ADD) /m);
  });

  test('has what the package has that is not documentation', () => {
    const { files } = JSON.parse(text('package.json')) as { files: string[] };
    const copied = [...final.matchAll(/^COPY --from=build \/src\/(\S+)/gm)].map(([, name]) => name);
    const wanted = files.filter((name) => !/^!|docs|CHANGELOG|NOTICE/.test(name));
    expect(copied).toEqual(expect.arrayContaining([...wanted, 'package.json', 'node_modules']));
    const allowed = text('.dockerignore').split('\n');
    for (const name of ['package.json', 'package-lock.json', 'scripts', ...wanted.filter((name) => name !== 'dist')])
      expect(allowed).toContain(`!${name}`);
  });
});

testInTurn(
  'the steps of the Dockerfile make what runs read-only as its user, stops by a signal and shares a volume',
  async ({ skip }) => {
    if (!hasImages()) return skip('no namespaces here');
    const image = buildImage(DOCKERFILE, IS_LONG ? {} : { build: checkoutAsStage() });
    const data = volume();
    const sandbox = await withSandbox({ scenario: 'slow-stream@40000:always' });
    const environment = { AUXFLOW_SITE_URL: sandbox.siteUrl, NO_COLOR: '1', ...ACCOUNT };
    const run = (...words: string[]): ChildProcess => runImage(image, words, { volume: data, environment });

    const ended = (...words: string[]): Promise<Ended> => endOf(run(...words));
    const health = runImage(image, [], { volume: data, entrypoint: healthCheckOf(image) });
    expect(await endOf(health)).toMatchObject({ exitCode: 0 });
    expect(await ended()).toEqual({ exitCode: 0, output: expect.stringContaining('Usage: auxflow') as unknown });

    const fetch = ['fetch', ...SMALL_REQUEST, '--out', 'files'];
    const first = run(...fetch);
    const firstEnd = endOf(first);
    await expect.poll(() => existsSync(path.join(data, 'files', 'answers')), { timeout: 60_000 }).toBe(true);
    expect(await ended(...fetch)).toMatchObject({ exitCode: 5 });
    await signalInside(first, image.settings.get('STOPSIGNAL') as NodeJS.Signals);
    expect(await firstEnd).toMatchObject({ exitCode: 143 });
    sandbox.setScenario('healthy');
    expect(await ended(...fetch)).toMatchObject({ exitCode: 0 });

    const [, command = ''] = RECIPE.exec(text('docs/ci.md')) ?? [];
    expect(await ended(...command.split(' '), ...FEW_CASES)).toMatchObject({ exitCode: 0 });
    expect(existsSync(path.join(data, 'reports', 'nightly', 'junit.xml'))).toBe(true);
  },
);
