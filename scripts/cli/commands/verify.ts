import type { Command } from 'commander';
import { unlessInterrupted } from '../../services/interruption';
import { isS3Address } from '../../target/s3-address';
import type { S3Options } from '../../target/s3-client';
import { withFeedback } from '../options/feedback-options';
import { VERBOSE } from '../options/request-options';
import { withS3 } from '../options/s3-options';
import type { Feedback } from '../output/choose-listener';
import { contextOf, type Finish, type Terminal } from '../terminal';

type VerifyFlags = Feedback & S3Options & { readonly failOnEmpty: boolean; readonly deep: boolean };

export function addVerify(program: Command, terminal: Terminal, finish: Finish): void {
  withS3(withFeedback(program.command('verify <folder|lock>')))
    .description('Check offline that a folder, or objects below s3://bucket/prefix, match their auxflow.lock.json')
    .option('--deep', 's3://: read every object instead of relying on the stored checksums', false)
    .option('--fail-on-empty', 'exit with 9 if the lock lists no files', false)
    .option('--verbose', VERBOSE, false)
    .action(async (place: string, flags: VerifyFlags) => {
      finish(await unlessInterrupted(terminal.signal, () => verified(place, flags, terminal)));
    });
}

async function verified(place: string, flags: VerifyFlags, terminal: Terminal): Promise<number> {
  const context = contextOf(terminal, flags);
  if (!isS3Address(place)) {
    const { verify } = await import('../../campaign/lock/verify-folder');
    return verify(place, context, flags);
  }
  const { openS3 } = await import('../../target/open-s3');
  const { verifyObjects } = await import('../../campaign/lock/verify-objects');
  return verifyObjects(await openS3(place, flags, false), context, flags);
}
