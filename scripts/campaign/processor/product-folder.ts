import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { unreadable } from '../../errors/read-input';
import type { OrderFile, OrderPlaces, WantedProduct } from '../../processor/order';
import { stemOf } from '../../sentinel/adf-name';
import { sensingTimes } from '../../sentinel/level0-name';

type ProductFolder = Pick<OrderPlaces, 'productFolder' | 'productAt'>;

/** Where products will lie, whether they do or not: the Level-0 under its name, others under their type. */
export function expectedProducts(folder: string): ProductFolder {
  return {
    productFolder: folder,
    productAt: ({ fileType, level0, interval }) => ({
      path: path.join(folder, level0 ?? fileType),
      ...(level0 !== undefined && { interval }),
    }),
  };
}

/** What lies in a folder. @throws Failure FILE_UNREADABLE */
export async function presentProducts(folder: string): Promise<ProductFolder> {
  const names = await readdir(folder).catch((error: unknown) => {
    throw unreadable(folder, 'folder', error);
  });
  names.sort();
  const byStem = new Map(names.map((name) => [stemOf(name), name]));
  return {
    productFolder: folder,
    productAt: (wanted) => {
      const { level0 } = wanted;
      const name = level0 === undefined ? productName(names, wanted) : byStem.get(stemOf(level0));
      return name === undefined ? undefined : productFile(folder, name);
    },
  };
}

function productFile(folder: string, name: string): OrderFile {
  const times = sensingTimes(name);
  return { path: path.join(folder, name), ...('error' in times ? {} : { interval: { from: times.t0, to: times.t1 } }) };
}

/** The last by name, hence the latest made, of those of the type that touch the interval. */
function productName(names: readonly string[], { fileType, interval }: WantedProduct): string | undefined {
  return names.findLast((name) => {
    const times = sensingTimes(name);
    if ('error' in times || name.slice(4, 4 + fileType.length) !== fileType) return false;
    return !interval || (times.t0 < interval.to && times.t1 > interval.from);
  });
}
