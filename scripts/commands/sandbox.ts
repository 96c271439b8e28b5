import type { Surroundings } from './run';

export interface SandboxCommandOptions {
  readonly port?: number;
  readonly storePort?: number;
  readonly sizes: 'small' | 'documented';
}

/**
 * Serves the stand-in services on loopback until SIGTERM or SIGINT. Says where in one JSON line, for programs that wait for it.
 * @throws Failure PORT_IN_USE
 */
export async function sandbox(
  options: SandboxCommandOptions,
  out: NodeJS.WritableStream,
  { signal }: Pick<Surroundings, 'signal'>,
): Promise<number> {
  const { startSandbox } = await import('../sandbox/sandbox');
  const running = await startSandbox(options);
  out.write(`${JSON.stringify({ ready: true, site_url: running.siteUrl, store_url: running.storeUrl })}\n`);
  await aborted(signal);
  await running.close();
  return 0;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
