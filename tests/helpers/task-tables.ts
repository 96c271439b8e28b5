/** Task tables for tests: XML made from rows, and the rows of public tables where ../shared holds them. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../../scripts/lib/package-root';

/** An alternative of an input. A row with the same input as the one before, and a greater order, is another alternative of it. */
export interface TableRow {
  task: string;
  mode: string;
  mandatory: string;
  order: string;
  origin: string;
  retrieval: string;
  t0: string;
  t1: string;
  type: string;
}

export interface TableRows {
  /** Module and file: there may be several of one name. */
  key: string;
  file: string;
  processor: string;
  version: string;
  rows: TableRow[];
}

const FACTS = path.join(ROOT, '../shared/task-tables');

/** Undefined where the facts are not beside this checkout. */
export function publicTables(): TableRows[] | undefined {
  const files = ['s1.csv', 's3.csv'].map((name) => path.join(FACTS, name));
  if (!files.every((file) => existsSync(file))) return undefined;
  const tables = new Map<string, TableRows>();
  for (const file of files) {
    const [, ...lines] = readFileSync(file, 'utf8').trimEnd().split(/\r?\n/);
    for (const line of lines) {
      const [module = '', name = '', processor = '', version = '', ...values] = line.split(',');
      const [
        task = '',
        mode = '',
        mandatory = '',
        order = '',
        origin = '',
        retrieval = '',
        t0 = '',
        t1 = '',
        type = '',
      ] = values;
      const key = `${module}/${name}`;
      const table = tables.get(key) ?? { key, file: name, processor, version, rows: [] };
      table.rows.push({ task, mode, mandatory, order, origin, retrieval, t0, t1, type });
      tables.set(key, table);
    }
  }
  return [...tables.values()];
}

/** Rows of one input each, in their order. */
export function inputsOf(rows: readonly TableRow[]): TableRow[][] {
  const inputs: TableRow[][] = [];
  for (const row of rows) {
    const before = inputs.at(-1)?.at(-1);
    const goesOn =
      before?.task === row.task &&
      before.mode === row.mode &&
      before.mandatory === row.mandatory &&
      Number(before.order) > 0 &&
      Number(row.order) === Number(before.order) + 1;
    if (goesOn) inputs.at(-1)!.push(row);
    else inputs.push([row]);
  }
  return inputs;
}

/** As an IPF brings it; `prefix` of all names, with its namespace. */
export function tableXml({ processor, version, rows }: Omit<TableRows, 'key' | 'file'>, prefix = ''): string {
  const p = prefix === '' ? '' : `${prefix}:`;
  const namespace = prefix === '' ? '' : ` xmlns:${prefix}="urn:example:${prefix}"`;
  const element = (name: string, text: string): string => `<${p}${name}>${text}</${p}${name}>`;
  const list = (name: string, items: readonly string[]): string =>
    `<${p}${name} count="${items.length}">${items.join('\n')}</${p}${name}>`;
  const alternative = (row: TableRow): string =>
    element(
      'Alternative',
      element('Order', row.order) +
        element('Origin', row.origin) +
        element('Retrieval_Mode', row.retrieval) +
        element('T0', row.t0) +
        element('T1', row.t1) +
        element('File_Type', row.type) +
        element('File_Name_Type', 'Physical'),
    );
  const input = (group: TableRow[]): string =>
    element(
      'Input',
      element('Mode', group[0]!.mode) +
        element('Mandatory', group[0]!.mandatory) +
        list('List_of_Alternatives', group.map(alternative)),
    );
  const tasks = [...new Set(rows.map(({ task }) => task))].map((name) => {
    const inputs = inputsOf(rows.filter(({ task }) => task === name)).map(input);
    const output =
      element('Destination', 'DB') +
      element('Mandatory', 'Yes') +
      element('Type', `${name.slice(0, 6)}_OUT`) +
      element('File_Name_Type', 'Directory');
    return element(
      'Task',
      element('Name', name) +
        element('Version', version) +
        element('File_Name', `/opt/ipf/${name}`) +
        list('List_of_Inputs', inputs) +
        list('List_of_Outputs', [element('Output', output)]),
    );
  });
  const pools = list('List_of_Pools', [element('Pool', element('Detached', 'false') + list('List_of_Tasks', tasks))]);
  return `<?xml version="1.0" encoding="UTF-8"?>
<${p}Ipf_Task_Table${namespace}>${element('Processor_Name', processor)}${element('Version', version)}${element('Test', 'No')}${pools}</${p}Ipf_Task_Table>
`;
}
