/** The payload that triggers a processor of the EOPF framework (EOPF CPM 2: `workflow` and `I/O`), as YAML. Pure. */
import path from 'node:path';
import { stringify } from 'yaml';
import type { Order, OrderInput, OrderTask } from './order';

interface Adf {
  readonly id: string;
  readonly path: string;
}

interface Product extends Adf {
  readonly store_type: string;
}

/** Module and class of a processing unit are not in a task table: processor and task stand in their places. */
export function payloadYaml(order: Order): string {
  const adfs = new Map<string, Adf>();
  const products = new Map<string, Product>();
  const workflow = order.tasks.map((task, index) => workflowUnit(task, index, order, adfs, products));
  const outputs = order.tasks.flatMap((task) => task.outputs).filter(({ isIntermediate }) => !isIntermediate);
  const content = {
    workflow,
    'I/O': {
      input_products: [...products.values()].map((product) => ({ ...product, store_params: {} })),
      output_products: outputs.map(({ fileType, path: place }) => ({
        ...{ id: fileType, path: withoutSlash(place), store_type: 'zarr', store_params: {} },
        ...{ type: 'folder', opening_mode: 'CREATE' },
      })),
      adfs: [...adfs.values()].map((adf) => ({ ...adf, store_params: {} })),
    },
  };
  return stringify(content, { lineWidth: 0 });
}

function workflowUnit(
  task: OrderTask,
  index: number,
  { table }: Order,
  adfs: Map<string, Adf>,
  products: Map<string, Product>,
): object {
  const inputs = task.inputs.filter(({ kind }) => kind === 'product').flatMap((input) => productIds(input, products));
  const own = task.inputs.filter(({ kind }) => kind === 'adf').flatMap((input) => adfIds(input, adfs));
  const earlier = task.inputs.filter(({ kind }) => kind === 'processor').map(({ fileType }) => [fileType, fileType]);
  return {
    ...{ name: task.name, active: true, step: index, module: table.processor, processing_unit: task.name },
    inputs: Object.fromEntries([...inputs.map((id) => [id, id]), ...earlier]) as object,
    adfs: Object.fromEntries(own.map((id) => [id, id])),
    outputs: Object.fromEntries(task.outputs.map(({ fileType }) => [fileType, fileType])),
    parameters: Object.fromEntries(table.parameters.map(({ name, value = '' }) => [name, value])),
  };
}

function productIds({ fileType, files }: OrderInput, products: Map<string, Product>): readonly string[] {
  return files.map((file, index) => {
    const id = numbered(fileType, index);
    products.set(id, { id, path: file.path, store_type: 'safe' });
    return id;
  });
}

/** A file keeps the id that it has: several inputs may take it. Of a type with several files the second is `<type>_2`. */
function adfIds({ fileType, files }: OrderInput, adfs: Map<string, Adf>): readonly string[] {
  return files.map(({ path: place }) => {
    const known = [...adfs.values()].find((adf) => adf.path === place);
    if (known) return known.id;
    let index = 0;
    while (adfs.has(numbered(fileType, index))) index += 1;
    const id = numbered(fileType, index);
    adfs.set(id, { id, path: place });
    return id;
  });
}

const numbered = (name: string, index: number): string => (index === 0 ? name : `${name}_${index + 1}`);
const withoutSlash = (place: string): string => (place.endsWith(path.sep) ? place.slice(0, -1) : place);
