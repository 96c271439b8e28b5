/** The words of errors about queues, shared ledgers and object stores. */
import { inWords } from './fault-words';
import type { ErrorCode, ErrorOf } from './errors';
import type { Words } from './words';

type ClusterCode = Extract<
  ErrorCode,
  | 'PACKAGE_MISSING'
  | 'QUEUE_UNREACHABLE'
  | 'QUEUE_AUTHENTICATION'
  | 'QUEUE_EVICTS'
  | 'QUEUE_FOREIGN'
  | 'QUEUE_VERSION'
  | 'QUEUE_LOST'
  | 'QUEUE_DAMAGED'
  | 'QUEUE_REFUSED'
  | 'WORKERS_DIED'
  | 'CLOCK_SKEWED'
  | 'CAMPAIGN_UNKNOWN'
  | 'ACCOUNT_REFERENCE'
  | 'BUCKET_UNUSABLE'
  | 'STORE_UNREACHABLE'
>;

/** By the reason that target/s3-client.ts gives. */
const NEXT_OF_BUCKETS: readonly (readonly [RegExp, string])[] = [
  [/^there is no such bucket/, 'Create the bucket, or correct its name, --s3-endpoint and --s3-region.'],
  [/^the clock/, 'Synchronise the clock (NTP), then run the same command again.'],
  [
    /credentials/,
    'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or another source of credentials (docs/scale.md#objects), as the store of --s3-endpoint knows them.',
  ],
];

const CERTIFICATE = /certificate|altnames/i;
const LACKS_RIGHTS = /^NOPERM/;
/** By the first word of what Redis answers. */
const NEXT_OF_REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/^OOM/, 'Give Redis more memory (maxmemory)'],
  [/^MISCONF/, 'Give Redis disk space'],
  [/^READONLY/, 'Name the primary server in --queue, not a replica'],
  [/^WRONGTYPE/, 'Use a Redis database in which nothing else writes keys beginning with {auxflow}'],
];

export const CLUSTER_WORDS: { readonly [Code in ClusterCode]: (error: ErrorOf<Code>) => Words } = {
  PACKAGE_MISSING: ({ option, packages }) => ({
    headline: `${option} needs ${packages.length === 1 ? 'a package that is' : 'packages that are'} not installed: ${packages.join(', ')}.`,
    next: `Install ${packages.length === 1 ? 'it' : 'them'} alongside auxflow: npm install ${packages.join(' ')} (with --global if auxflow is).`,
  }),
  QUEUE_UNREACHABLE: ({ queue, reason }) => ({
    headline: `The queue ${queue} cannot be reached: ${inWords(reason)}.`,
    expected: `a Redis server, version 6.2 or later${queue.startsWith('rediss:') ? ', that listens with TLS (rediss://)' : ''}`,
    next: CERTIFICATE.test(reason)
      ? 'Trust its certificate or certificate authority (NODE_EXTRA_CA_CERTS), or use the host name in the certificate.'
      : 'Start Redis or correct --queue, then run the same command again: nothing is lost while the queue is away.',
  }),
  QUEUE_AUTHENTICATION: ({ queue, reason }) => ({
    headline: `The queue ${queue} refuses ${LACKS_RIGHTS.test(reason) ? 'a command to this user' : 'the login'}: ${reason}.`,
    next: LACKS_RIGHTS.test(reason)
      ? 'Give the user the rights that auxflow needs (docs/scale.md#what-is-needed), or name another one in --queue or AUXFLOW_QUEUE. Nothing is lost.'
      : 'Correct user and password in --queue (redis://user:password@host:port) or in AUXFLOW_QUEUE.',
  }),
  QUEUE_EVICTS: ({ queue, policy }) => ({
    headline: `The queue ${queue} may forget jobs and grants: its maxmemory-policy is ${policy}.`,
    expected: 'noeviction',
    next: 'Set maxmemory-policy noeviction in redis.conf, or use another Redis server: a forgotten grant would be spent twice.',
  }),
  QUEUE_FOREIGN: ({ queue, what, expected, came }) => ({
    headline: `The queue ${queue} belongs to another ${what}.`,
    expected,
    came,
    next: 'Use another queue (another database number, redis://host:port/1), or the same options as the other workers.',
  }),
  QUEUE_VERSION: ({ queue, came, known }) => ({
    headline: `The queue ${queue} is in format ${came}; this auxflow reads format ${known}.`,
    next: 'Use the same version of auxflow for all workers of a queue: update this one, or finish the queue with the other version first.',
  }),
  QUEUE_LOST: ({ queue }) => ({
    headline: `The queue ${queue} has lost its jobs and grants: Redis restarted without its data.`,
    expected: 'a Redis server with appendonly yes',
    next: 'Enable appendonly, restore known grants with auxflow ledger import, and plan again with auxflow fetch --queue: verified files are not downloaded twice.',
  }),
  QUEUE_DAMAGED: ({ queue, what }) => ({
    headline: `The queue ${queue} is damaged: ${what} is not as auxflow writes it.`,
    next: 'Nothing of it was changed. Restore the data of Redis, or plan again with auxflow fetch --queue in another database (redis://host:port/1) after auxflow ledger import of the known grants: verified files are not downloaded twice.',
  }),
  QUEUE_REFUSED: ({ queue, reason }) => ({
    headline: `The queue ${queue} refuses a command: ${reason}.`,
    next: `${NEXT_OF_REFUSALS.find(([seen]) => seen.test(reason))?.[1] ?? 'See the log of Redis'}, then run the same command again: nothing is lost.`,
  }),
  WORKERS_DIED: ({ name, deaths }) => ({
    headline: `${name} was given up: ${deaths} workers died, or were silent for longer than their lease, while processing it.`,
    next: 'Find out why the workers died (memory, disk, the log of the container), then plan again with auxflow fetch --queue: what failed is queued again.',
  }),
  CLOCK_SKEWED: ({ queue, seconds }) => ({
    headline: `The clock of this machine is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} that of the queue ${queue}.`,
    expected: 'at most 60 s: otherwise delayed jobs start too late or too early',
    next: 'Synchronise the clocks of all machines (NTP), then start the worker again.',
  }),
  CAMPAIGN_UNKNOWN: ({ queue, campaign, known }) => ({
    headline: `The queue ${queue} has no campaign ${campaign}.`,
    expected: known.length > 0 ? `one of ${known.join(', ')}` : 'a campaign that auxflow fetch --queue has planned',
    next: 'Correct the name, or plan the campaign with auxflow fetch --queue.',
  }),
  ACCOUNT_REFERENCE: ({ path, account, problem }) => ({
    headline: `The account ${account} in ${path} cannot be used: ${problem}.`,
    expected: 'username and password as env:NAME or file:PATH',
    next: 'Set the variable or write the file; passwords themselves do not belong in the accounts file.',
  }),
  BUCKET_UNUSABLE: ({ address, reason }) => ({
    headline: `${address} cannot be used: ${reason}.`,
    next:
      NEXT_OF_BUCKETS.find(([seen]) => seen.test(reason))?.[1] ??
      'Check the name of the bucket, its region and endpoint, and what the credentials allow (reading, writing and listing).',
  }),
  STORE_UNREACHABLE: ({ address, reason }) => ({
    headline: `The object store of ${address} cannot be reached: ${inWords(reason)}.`,
    next: 'Check --s3-endpoint, --s3-region and the network. Run the same command again: what was uploaded is kept.',
  }),
};
