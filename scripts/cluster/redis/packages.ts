/** Packages that only a cluster needs: optional, so that one machine installs nothing of them. */
import { Failure } from '../../errors/errors';
import { codeOf } from '../../errors/target-failure';

const QUEUE_PACKAGES = ['bullmq', 'ioredis'];

/** @throws Failure PACKAGE_MISSING */
export async function loadQueuePackages() {
  try {
    const [bullmq, ioredis] = await Promise.all([import('bullmq'), import('ioredis')]);
    return { ...bullmq, Redis: ioredis.Redis };
  } catch (error) {
    if (!['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND'].includes(codeOf(error))) throw error;
    throw new Failure({ code: 'PACKAGE_MISSING', option: '--queue', packages: QUEUE_PACKAGES }, { cause: error });
  }
}
