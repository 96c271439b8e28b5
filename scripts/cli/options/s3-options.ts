import type { Command } from 'commander';

/** Which store `s3://bucket/prefix` is of; credentials come by the SDK's chain (AWS_ACCESS_KEY_ID, profiles, web identity, …). */
export function withS3(command: Command): Command {
  return command
    .option('--s3-endpoint <url>', 'object store of s3:// (default: AWS_ENDPOINT_URL_S3, else AWS)')
    .option('--s3-region <region>', 'its region (default: AWS_REGION, else us-east-1)')
    .option('--s3-path-style', 'bucket in the path of URLs (default with --s3-endpoint)');
}
