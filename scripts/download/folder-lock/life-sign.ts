/**
 * Whether the process that took a folder lives, told by the kernel: it listens at a socket in the folder as long as it lives, however it
 * ends, and any other process on the machine can try to connect, from whatever PID or network namespace (container). Linux only, and
 * only where the file system can hold a socket.
 */
import { open, stat } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { codeOf } from '../../errors/target-failure';

export interface LifeSign {
  /** Of the file system, as `stat` says: through another mount of it a socket is not the same. */
  readonly device: number;
  close(): Promise<void>;
}

/** Undefined where there can be none. */
export async function giveLifeSign(folder: string, name: string): Promise<LifeSign | undefined> {
  if (process.platform !== 'linux') return undefined;
  // The name of a socket has 107 bytes at most, so the folder is named by its descriptor.
  const handle = await open(folder, 'r');
  const server = createServer((connection) => connection.destroy());
  const listening = new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen({ path: `/proc/self/fd/${handle.fd}/${name}` }, resolve);
  });
  const isListening = await listening.then(
    () => true,
    () => false,
  );
  if (!isListening) await handle.close();
  if (!isListening) return undefined;
  server.unref();
  return {
    device: (await handle.stat()).dev,
    async close() {
      // Takes the socket's name away as well.
      await new Promise((resolve) => server.close(resolve));
      await handle.close();
    },
  };
}

/** `unknown`: there is no socket, or it cannot be tried from here. */
export async function seekLifeSign(
  folder: string,
  name: string,
  device: number,
): Promise<'lives' | 'gone' | 'unknown'> {
  if (process.platform !== 'linux' || (await stat(folder)).dev !== device) return 'unknown';
  const handle = await open(folder, 'r');
  try {
    const answer = await tryToConnect(path.posix.join('/proc/self/fd', String(handle.fd), name));
    if (answer === 'ECONNREFUSED') return 'gone';
    // A process that was stopped takes no connection, and after many of them the queue is full.
    return answer === '' || answer === 'EAGAIN' ? 'lives' : 'unknown';
  } finally {
    await handle.close();
  }
}

/** Code of the error, empty when there was none. */
function tryToConnect(place: string): Promise<string> {
  return new Promise((resolve) => {
    const connection = connect(place);
    connection.on('connect', () => {
      connection.destroy();
      resolve('');
    });
    connection.on('error', (error) => resolve(codeOf(error)));
  });
}
