// The thread of file-digest.ts. JavaScript, so that the thread needs no compiler and starts at once.
// It is told { id, path, end, finish }: the file has `end` bytes; the path comes with the first message, `finish` with the last.
// It answers the last with { id, md5 } or { id, error: { code, message } }, and forgets a file on { id, drop: true }.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers';
import { parentPort } from 'node:worker_threads';

/** Small enough for the cache of a core. */
const buffer = Buffer.allocUnsafeSlow(256 * 1024);
/** Bytes of one file before the next has its turn and messages are read. */
const TURN = 16 * buffer.length;

/** By id: { descriptor, hash, position, end, finish, error } */
const files = new Map();
let working = false;

parentPort.on('message', ({ id, path, end, finish, drop }) => {
  if (drop) return close(id);
  if (path !== undefined) files.set(id, begin(path));
  Object.assign(files.get(id), { end, finish });
  if (!working) work();
});

function begin(path) {
  try {
    // Neither a link nor a pipe that has the name by now; where the flags are missing (Windows) they count as 0.
    const descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (fstatSync(descriptor).isFile()) return { descriptor, hash: createHash('md5'), position: 0 };
    closeSync(descriptor);
    throw new Error('it is not a regular file');
  } catch (error) {
    return { error };
  }
}

/** One turn for each file that has bytes left, again until none has. */
function work() {
  working = false;
  for (const [id, file] of files) {
    if (!file.error) readOn(file);
    if (file.error || file.position === file.end) answer(id, file);
    else working = true;
  }
  if (working) setImmediate(work);
}

function readOn(file) {
  const stop = Math.min(file.end, file.position + TURN);
  try {
    while (file.position < stop) {
      const bytes = readSync(file.descriptor, buffer, 0, Math.min(buffer.length, stop - file.position), file.position);
      if (bytes === 0) throw new Error(`the file ends at byte ${file.position}, not ${file.end}`);
      file.hash.update(buffer.subarray(0, bytes));
      file.position += bytes;
    }
  } catch (error) {
    file.error = error;
  }
}

function answer(id, { hash, error, finish }) {
  if (!finish) return;
  // An error loses its code on the way between threads.
  if (error) parentPort.postMessage({ id, error: { code: error.code, message: error.message } });
  else parentPort.postMessage({ id, md5: hash.digest('hex') });
  close(id);
}

function close(id) {
  const descriptor = files.get(id)?.descriptor;
  if (descriptor !== undefined) closeSync(descriptor);
  files.delete(id);
}
