/** The elected writer writes the lists of one campaign once: `write-once.ts QUEUE CAMPAIGN FOLDER`. */
import { election } from '../../scripts/cluster/writer/election';
import { folderLists } from '../../scripts/cluster/writer/list-store';
import { campaignWriter } from '../../scripts/cluster/writer/write-lists';
import { openQueue } from '../../scripts/cluster/queue/open-queue';

async function main([url = '', campaign = '', folder = '']: readonly string[]): Promise<void> {
  const queue = await openQueue(url);
  const elected = election(queue.redis, campaign, 'bench', 600_000);
  await campaignWriter(queue.redis, campaign, elected, folderLists(folder)).look();
  await queue.close();
}

void main(process.argv.slice(2));
