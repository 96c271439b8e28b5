/** Who holds a folder, as its lock says it, and whether that process is gone. */
import { randomInt } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { open, rm, stat, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { codeOf } from '../../errors/target-failure';
import { seekLifeSign } from './life-sign';

/** Of the lock in its folder. */
export const LOCK_NAME = '.auxflow-downloading';

export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** UTC */
  readonly since: string;
  /** Differs for each attempt to take a folder. Version 0.1.0 wrote the three above only. */
  readonly id?: number;
  /** Of the kernel's start: tells machines apart, whatever they are called. Linux only, as the next two. */
  readonly boot?: string;
  /** In which the pid counts: a container has its own. */
  readonly namespace?: string;
  /** Of the process, in clock ticks since the boot: a pid is used again. */
  readonly started?: string;
  /** Of the life sign in the folder, where there is one. */
  readonly device?: number;
  /** Seconds after which the lock is written again, at the latest. */
  readonly beat?: number;
}

/** How often a holder is heard of. */
const BEAT_SECONDS = 15;
/** Of silence, after which a holder of whom nothing else is known counts as gone: caches of network file systems hold times back. */
const SILENCE_SECONDS = 120;

/** This process, for a new attempt. */
export function newHolder(): Holder & { readonly id: number } {
  const id = randomInt(2 ** 47);
  return { pid: process.pid, host: hostname(), since: new Date().toISOString(), id, ...self(), beat: BEAT_SECONDS };
}

/** Read once: none of it changes while the process lives. */
let known: Pick<Holder, 'boot' | 'namespace' | 'started'> | undefined;

function self(): Pick<Holder, 'boot' | 'namespace' | 'started'> {
  return (known ??= {
    boot: textOrNone(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    namespace: textOrNone(() => readlinkSync('/proc/self/ns/pid')),
    // A container may see the /proc of its host, where other processes have these numbers.
    started: textOrNone(() => readlinkSync('/proc/self')) === String(process.pid) ? startOf(process.pid) : undefined,
  });
}

function textOrNone(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** Field 22 of proc_pid_stat(5); the name before it may hold blanks and brackets. */
function startOf(pid: number): string | undefined {
  const stats = textOrNone(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return stats?.slice(stats.lastIndexOf(')') + 2).split(' ')[19];
}

/** @returns undefined for what is no lock of ours */
export function readHolder(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    const isHolder = typeof holder?.pid === 'number' && typeof holder.host === 'string';
    return isHolder ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

export type Whereabouts =
  /** `sure`: by the kernel of this machine; otherwise it has been silent, and may come back when its machine wakes up. */
  | { readonly isGone: true; readonly sure: boolean }
  /** `silence`: seconds since it was last heard of, where that is what counts. */
  | { readonly isGone: false; readonly silence?: number };

/**
 * Whether the holder is gone. On its machine the kernel tells: by the life sign, else by pid and start in the same PID namespace. From
 * another container without life sign, from another machine, or after a restart only its silence tells.
 * @param lockFile what the holder writes again and again
 * @throws file system errors as they come
 */
export async function findHolder(holder: Holder, lockFile: string, folder: string): Promise<Whereabouts> {
  const { boot, namespace } = self();
  const isHere = holder.boot === undefined ? holder.host === hostname() : holder.boot === boot;
  if (!isHere) return bySilence(holder, lockFile);
  if (holder.id !== undefined && holder.device !== undefined) {
    const sign = await seekLifeSign(folder, lifeSignName(holder.id), holder.device);
    if (sign !== 'unknown') return sign === 'gone' ? { isGone: true, sure: true } : { isGone: false };
  }
  if (holder.namespace !== namespace && holder.boot !== undefined) return bySilence(holder, lockFile);
  return isRunning(holder) ? { isGone: false } : { isGone: true, sure: true };
}

/** Name of the life sign, beside the lock. */
export function lifeSignName(id: number): string {
  return `${LOCK_NAME}.${id}.tmp`;
}

function isRunning({ pid, started }: Holder): boolean {
  const start = self().started === undefined ? undefined : startOf(pid);
  if (started !== undefined && start !== undefined) return start === started;
  // In a container a process that was killed had the id of this one.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** By the clock of the file system, which is one for all machines. */
async function bySilence({ beat }: Holder, lockFile: string): Promise<Whereabouts> {
  if (beat === undefined) return { isGone: false };
  const probe = `${lockFile}.${randomInt(2 ** 47)}.tmp`;
  const handle = await open(probe, 'wx');
  try {
    await handle.writeFile('.');
    const now = (await handle.stat()).mtimeMs;
    const silence = (now - (await stat(lockFile)).mtimeMs) / 1000;
    return silence > SILENCE_SECONDS ? { isGone: true, sure: false } : { isGone: false, silence };
  } finally {
    await handle.close();
    await rm(probe, { force: true });
  }
}

/** Keeps a lock heard of, by writing its text again; the time is then that of the file system. @returns what ends it */
export function beatOn(lock: FileHandle, text: string): () => void {
  const timer = setInterval(() => void lock.write(text, 0).catch(() => undefined), BEAT_SECONDS * 1000);
  timer.unref();
  return () => clearInterval(timer);
}

/** For messages. */
export function nameOf({ pid, host, since }: Holder, { silence }: { readonly silence?: number }): string {
  const heard =
    silence === undefined
      ? ''
      : `, last heard of ${Math.max(0, Math.round(silence))} s ago (it counts as gone after ${SILENCE_SECONDS} s)`;
  return `process ${pid} on ${host} since ${since}${heard}`;
}
