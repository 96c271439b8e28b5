/**
 * MD5 of files, computed in a thread of its own: MD5 takes as long as all the rest of a transfer together. The thread has its own
 * descriptor and reads back what was written, out of the cache of the system. So no bytes are handed between threads, no
 * connection waits for a hash, and what is proven is what the file holds.
 */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { interruption, throwIfInterrupted } from '../services/interruption';

/** Bytes written before the thread is told of them. */
const WORTH_TELLING = 1024 * 1024;

/** The MD5 of a file while it grows at its end. To be ended with `md5` or `drop`. */
export class FileDigest {
  private readonly id = nextId++;
  private begun = false;
  private told = 0;
  private bytes = 0;
  private result?: Promise<string>;

  constructor(private readonly file: string) {}

  /** The file has `bytes` bytes now. */
  grownTo(bytes: number): void {
    this.bytes = bytes;
    if (bytes - this.told >= WORTH_TELLING) this.tell(false);
  }

  /**
   * Of all bytes: 32 lower-case hex digits.
   * @throws Failure INTERRUPTED; file system errors as they come
   */
  async md5(signal?: AbortSignal): Promise<string> {
    throwIfInterrupted(signal);
    const stop = (): void => this.drop(signal && interruption(signal));
    signal?.addEventListener('abort', stop);
    try {
      return await (this.result ??= this.ask());
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /** The result is not wanted any more; who waits for it gets the reason. */
  drop(reason = new Error('the checksum is not wanted any more')): void {
    if (!this.begun) return;
    thread?.postMessage({ id: this.id, drop: true });
    settle(this.id)?.reject(reason);
  }

  private async ask(): Promise<string> {
    try {
      return await new Promise((resolve, reject) => {
        askers.set(this.id, { resolve, reject });
        hashThread().ref();
        this.tell(true);
      });
    } finally {
      // The thread forgets a file with its answer.
      this.begun = false;
    }
  }

  private tell(finish: boolean): void {
    const { id, bytes: end, file, begun } = this;
    hashThread().postMessage({ id, end, finish, path: begun ? undefined : file });
    this.begun = true;
    this.told = end;
  }
}

/**
 * The MD5 of the first `bytes` bytes of a file: 32 lower-case hex digits.
 * @throws Failure INTERRUPTED; file system errors as they come
 */
export function md5OfFile(file: string, bytes: number, signal?: AbortSignal): Promise<string> {
  const digest = new FileDigest(file);
  digest.grownTo(bytes);
  return digest.md5(signal).finally(() => digest.drop());
}

interface Asker {
  resolve(md5: string): void;
  reject(error: Error): void;
}

interface Told {
  id: number;
  md5: string;
  error?: { code?: string; message: string };
}

let nextId = 0;
let thread: Worker | undefined;
const askers = new Map<number, Asker>();

/** One for the process, started when it is first needed. It keeps the process alive while a result is awaited, and not longer. */
function hashThread(): Worker {
  return (thread ??= startThread());
}

function startThread(): Worker {
  const started = new Worker(path.join(__dirname, 'hash-thread.mjs'), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 2 },
  });
  started.unref();
  started.on('message', ({ id, md5, error }: Told) => {
    const asker = settle(id);
    if (error) asker?.reject(Object.assign(new Error(error.message), { code: error.code }));
    else asker?.resolve(md5);
  });
  started.on('error', (error) => {
    thread = undefined;
    for (const id of askers.keys()) settle(id)?.reject(error);
  });
  return started;
}

function settle(id: number): Asker | undefined {
  const asker = askers.get(id);
  askers.delete(id);
  if (askers.size === 0) thread?.unref();
  return asker;
}
