/** A redis-server of the test's own, on a free port of this machine, gone with the test. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';

const PROGRAM = process.env.REDIS_SERVER ?? 'redis-server';

export const HAS_REDIS = spawnSync(PROGRAM, ['--version']).status === 0;
if (!HAS_REDIS)
  console.log('redis-server is not installed: tests of queues are skipped (apt-get install redis-server)');

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Stops it as a power cut does, and starts it again on the same port; what was appended stays. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startRedis(words: readonly string[] = []): Promise<TestRedis> {
  const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-redis-'));
  const port = await freePort();
  let server = await launch(port, folder, words);
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    async restart() {
      await end(server);
      server = await launch(port, folder, words);
    },
    async stop() {
      await end(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(port: number, folder: string, words: readonly string[]): Promise<ChildProcess> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...words];
  const child = spawn(PROGRAM, options, { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('Ready to accept connections')) resolve();
    });
    child.once('exit', () => reject(new Error('redis-server ended')));
  });
  child.stdout.resume();
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
