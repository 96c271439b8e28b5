import type { ChildProcess } from 'node:child_process';
import { runCli, type CliOptions, type CliResult } from './run-cli';

interface Ready {
  siteUrl: string;
  child: ChildProcess;
}

/** Runs `auxflow sandbox`, calls `use` when it listens, then stops it with SIGTERM. */
export async function withCliSandbox(
  words: string[],
  use: (ready: Ready) => Promise<void>,
  options: CliOptions = {},
): Promise<CliResult> {
  let failure: unknown;
  const result = await runCli(['sandbox', ...words], {
    ...options,
    started: (child) => {
      child.stdout?.once('data', (line: Buffer) => {
        const { site_url: siteUrl } = JSON.parse(line.toString()) as { site_url: string };
        void use({ siteUrl, child })
          .catch((error: unknown) => (failure = error))
          .finally(() => child.kill('SIGTERM'));
      });
    },
  });
  if (failure) throw failure as Error;
  return result;
}
