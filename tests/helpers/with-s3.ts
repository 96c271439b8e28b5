/** A real S3 server (versitygw) of the test's own, on a free port of this machine. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { freePort } from './with-redis';

const INSTALLED = path.join(homedir(), 'go', 'bin', 'versitygw');
export const S3_PROGRAM = process.env.VERSITYGW ?? (existsSync(INSTALLED) ? INSTALLED : 'versitygw');

export const HAS_S3 = spawnSync(S3_PROGRAM, ['--version']).status === 0;
if (!HAS_S3)
  console.log(
    'versitygw is not installed: tests of object stores are skipped (go install github.com/versity/versitygw/cmd/versitygw@v1.8.0)',
  );

export interface TestS3 {
  readonly endpoint: string;
  /** Folder of the bucket: objects are files below it. */
  readonly folder: string;
  readonly bucket: string;
  stop(): Promise<void>;
}

/** Of the SDK's chain; the same in every process of the tests. */
export const S3_CREDENTIALS = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'testsecret',
  AWS_REGION: 'us-east-1',
};

export async function startS3(): Promise<TestS3> {
  const folder = mkdtempSync(path.join(tmpdir(), 'auxflow-s3-'));
  const [data, iam, bucket] = [path.join(folder, 'data'), path.join(folder, 'iam'), 'adf-bucket'];
  mkdirSync(path.join(data, bucket), { recursive: true });
  mkdirSync(iam);
  chmodSync(iam, 0o700);
  const port = await freePort();
  const { AWS_ACCESS_KEY_ID: access, AWS_SECRET_ACCESS_KEY: secret } = S3_CREDENTIALS;
  const words = ['--port', `127.0.0.1:${port}`, '--access', access, '--secret', secret, '--iam-dir', iam, '--quiet'];
  const child = spawn(S3_PROGRAM, [...words, 'posix', data], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`versitygw ended with ${child.exitCode}`);
    if (
      await fetch(endpoint).then(
        () => true,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    endpoint,
    folder: path.join(data, bucket),
    bucket,
    async stop() {
      child.kill('SIGKILL');
      await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
