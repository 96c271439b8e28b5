import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { sampleOf } from '../helpers/budget';
import { checkMd5Sums, lockIn, SMALL_REQUEST, valuesAsked } from '../helpers/campaign';
import { expectTruth } from '../helpers/campaign-truth';
import { hasPidNamespaces, signalInside, spawnInNamespace } from '../helpers/pid-namespace';
import { placesIn, temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

const MAIN = path.join(ROOT, 'dist', 'cli', 'main.js');

describe.runIf(hasPidNamespaces())('two containers with one host name and one folder', () => {
  test.each(sampleOf(['', ', also when it is stopped'], 1))(
    'where the first lives the second is refused%s; where it was killed the second goes on',
    async (stopped) => {
      const sandbox = await withSandbox({ scenario: 'slow-stream@40000:always' });
      const folder = temporaryFolder();
      const out = path.join(folder, 'out');
      const words = [
        process.execPath,
        MAIN,
        'fetch',
        '--site-url',
        sandbox.siteUrl,
        ...SMALL_REQUEST,
        ...placesIn(folder),
      ];
      const start = () => {
        const child = spawnInNamespace(words, { ...process.env, NO_COLOR: '1' });
        let output = '';
        child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
        return {
          child,
          ended: once(child, 'exit').then(([exitCode]) => ({ exitCode: exitCode as number | null, output })),
        };
      };
      const first = start();
      const isUnderWay = () =>
        readdirSync(out).some((name) => name.endsWith('.part') && statSync(path.join(out, name)).size > 60_000);
      for (;;) {
        await sleep(20);
        try {
          if (isUnderWay()) break;
        } catch {
          // Not there yet, or gone just now.
        }
      }
      if (stopped !== '') await signalInside(first.child, 'SIGSTOP');
      const asked = valuesAsked(sandbox).length;
      for (let attempt = 0; attempt < 2; attempt++) expect((await start().ended).exitCode).toBe(5);
      expect(valuesAsked(sandbox).length).toBe(asked);
      await signalInside(first.child, 'SIGKILL');
      await first.ended;

      sandbox.setScenario('healthy');
      const { exitCode, output } = await start().ended;
      const finals = await expectTruth(folder, sandbox, { exitCode, output });
      expect([exitCode, finals.length, checkMd5Sums(out)]).toEqual([0, lockIn(out).files.length, finals.length]);
      expect(readdirSync(out).filter((name) => /\.(part|tmp)$/.test(name) || name.startsWith('.'))).toEqual([]);
    },
  );
});
