/** Orders for all products of a campaign, and what the others lack. */
import type { AuxflowError, ErrorOf } from '../../errors/errors';
import { baselineOrder } from '../../processor/baseline-order';
import { judgeCampaign, level0FileTypeOf, type CampaignBaselines } from '../../processor/judge-campaign';
import { obstacleWords } from '../../processor/obstacle-words';
import { orderFor, type MissingInput, type Order, type OrderPlaces } from '../../processor/order';
import { serviceTypesOf } from '../../processor/service-types';
import { titleOf, type TaskTable } from '../../processor/task-table';
import { stemOf } from '../../sentinel/adf-name';
import { LEVEL0_EXAMPLES, sensingTimes } from '../../sentinel/level0-name';
import { isSafeFileName } from '../../sentinel/safe-name';

/** By the id of an order: its stem. */
export type PlacesOf = (id: string) => OrderPlaces;

export interface MadeOrder {
  readonly id: string;
  readonly order?: Order;
}

export interface Orders {
  /** Made while they are asked for. `order` is undefined for a product that lacks something. */
  readonly made: () => Iterable<MadeOrder>;
  /** When all were asked for. */
  readonly errors: () => readonly AuxflowError[];
}

export function ordersByTable(table: TaskTable, mode: string, campaign: CampaignBaselines, placesOf: PlacesOf): Orders {
  const serviceTypes = serviceTypesOf(campaign.types, campaign.request);
  const errors: AuxflowError[] = [];
  const missing = new Map<string, ErrorOf<'INPUT_MISSING'>>();
  const add = ({ task, types, mode: inputMode, obstacles }: MissingInput, level0: string): void => {
    const key = [task.name, inputMode, ...types].join(' ');
    const known = missing.get(key);
    const why = (): string[] => obstacles.map((item) => obstacleWords(item, campaign.request, serviceTypes));
    missing.set(key, {
      ...{ code: 'INPUT_MISSING', processor: titleOf(table), task: task.name, mode: inputMode, types },
      ...{ level0: (known?.level0 ?? 0) + 1, of: campaign.level0.length },
      example: known?.example ?? { level0, why: why() },
    });
  };
  return {
    *made() {
      for (const judged of judgeCampaign(table, campaign)) {
        const found = nameError(judged.level0);
        if (found) errors.push(found);
        if (found) continue;
        const id = idOf(judged.level0);
        const order = orderFor(judged, mode, table, id, placesOf(id));
        if ('tasks' in order) yield { id, order };
        else {
          for (const input of order) add(input, judged.level0);
          yield { id };
        }
      }
    },
    errors: () => [...errors, ...missing.values()],
  };
}

/** Without a task table, every file of a baseline counts as needed. */
export function ordersByBaseline(campaign: CampaignBaselines, placesOf: PlacesOf): Orders {
  const errors: AuxflowError[] = [];
  const absent = new Set<string>();
  return {
    *made() {
      for (const { name, files } of campaign.level0) {
        const found = nameError(name) ?? emptyError(name, files);
        const sensing = sensingTimes(name.trim());
        if (found) errors.push(found);
        if (found || 'error' in sensing) continue;
        const id = idOf(name);
        const product = { name: name.trim(), id, sensing, fileType: level0FileTypeOf(name), files };
        const order = baselineOrder(product, campaign, placesOf(id));
        if ('tasks' in order) yield { id, order };
        else {
          for (const file of order) absent.add(file);
          yield { id };
        }
      }
    },
    errors: () => [...errors, ...[...absent].map((name): AuxflowError => ({ code: 'FILE_MISSING', name }))],
  };
}

const idOf = (level0: string): string => stemOf(level0.trim());

/** The name becomes that of a file, and says when the product was sensed. */
function nameError(told: string): AuxflowError | undefined {
  const name = told.trim();
  if (!isSafeFileName(name)) return { code: 'NAME_UNSAFE', name, what: 'a Level-0 product' };
  if ('error' in sensingTimes(name)) return { code: 'L0_NAME_MALFORMED', name, example: LEVEL0_EXAMPLES.S3 };
  return undefined;
}

function emptyError(level0: string, files: readonly number[]): AuxflowError | undefined {
  return files.length === 0 ? { code: 'BASELINE_WITHOUT_FILES', level0 } : undefined;
}
