/** Where each campaign's files and lists go. */
import path from 'node:path';
import type { Redis } from 'ioredis';
import { folderDestination, type Destination } from '../../download/destination';
import type { Layout } from '../../download/layout';
import { createSharedPartNames } from '../../download/shared-part-names';
import { Failure, type AuxflowError } from '../../errors/errors';
import { below, isS3Address, parseS3Address } from '../../target/s3-address';
import { createS3Client, type S3Options } from '../../target/s3-client';
import { proveBucket, s3Target } from '../../target/s3-target';
import { makeFolder } from '../../session/run-folders';
import { readHead } from '../queue/campaign-store';
import { folderLists, objectLists, type ListStore } from '../writer/list-store';
import { refuseForeign } from '../writer/refuse-foreign';

export interface CampaignTarget {
  readonly layout?: Layout;
  /** Archives are unpacked. */
  readonly unpack?: true;
  readonly destination: Destination;
  readonly lists: ListStore;
}

export interface CampaignTargets {
  /** @throws Failure of REFUSES_CAMPAIGN where what is there is not the campaign's */
  of(campaign: string): Promise<CampaignTarget>;
}

/** What says nothing of the worker nor of a file, but that this campaign must go elsewhere. */
export const REFUSES_CAMPAIGN = new Set<AuxflowError['code']>(['LOCK_FOREIGN', 'LOCK_BROKEN', 'FILE_IN_THE_WAY']);

/** What keeps this campaign from its lists, and no other. */
export const CONCERNS_CAMPAIGN = new Set<AuxflowError['code']>([...REFUSES_CAMPAIGN, 'QUEUE_DAMAGED']);

/** @throws Failure TARGET_UNWRITABLE, DISK_FULL; BUCKET_UNUSABLE, STORE_UNREACHABLE */
export async function campaignTargets(out: string, redis: Redis, options: S3Options): Promise<CampaignTargets> {
  const root = isS3Address(out) ? await objectRoot(out, options) : await folderRoot(out);
  const known = new Map<string, Promise<CampaignTarget>>();
  const open = async (campaign: string): Promise<CampaignTarget> => {
    const { layout, unpack } = await readHead(redis, campaign);
    const target = await root(campaign);
    await refuseForeign(redis, target.lists, campaign);
    return { layout, unpack, ...target };
  };
  return {
    of(campaign) {
      // Campaigns are named by auxflow itself; a queue may have been written to by others.
      if (!isCampaignName(campaign))
        return Promise.reject(new Failure({ code: 'NAME_UNSAFE', name: campaign, what: 'a campaign' }));
      const target = known.get(campaign) ?? open(campaign);
      known.set(campaign, target);
      target.catch(() => known.delete(campaign));
      return target;
    },
  };
}

type Root = (campaign: string) => Promise<Omit<CampaignTarget, 'layout' | 'unpack'>>;

async function objectRoot(out: string, options: S3Options): Promise<Root> {
  const root = parseS3Address(out);
  const client = await createS3Client(options);
  await proveBucket(client, root);
  return (campaign) => {
    const target = s3Target(client, below(root, campaign));
    return Promise.resolve({ destination: target, lists: objectLists(target) });
  };
}

async function folderRoot(out: string): Promise<Root> {
  await makeFolder(path.resolve(out));
  return async (campaign) => {
    const folder = path.resolve(out, campaign);
    await makeFolder(folder);
    return {
      destination: folderDestination(folder, createSharedPartNames()),
      lists: folderLists(folder),
    };
  };
}

const isCampaignName = (name: string): boolean => /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name);
