/** A job order (`Ipf_Job_Order`) of the Generic IPF Interface Guidelines, as text. Pure. */
import { escapeXml } from '../lib/xml-tree';
import type { Order, OrderInput, OrderOutput, OrderTask } from './order';

export interface JobOrderOptions {
  /** Name of the processing station, for product names. */
  readonly station: string;
  readonly form: JobOrderForm;
}

/**
 * How a job order calls its lists of configuration files and parameters: as the guidelines' issue 1.8 has it, or as the processors of
 * Sentinel-3 read it (the Copernicus reference system rewrites each of their orders so: `jobOrder.xslt` of COPRS/processing-sentinel-3).
 */
export type JobOrderForm = 'plain' | 'listed';

/** @param mission of the campaign: `S3OLCI` */
export const jobOrderForm = (mission: string): JobOrderForm => (mission.startsWith('S3') ? 'listed' : 'plain');

/** An element: its name, attributes, and either its text or its children. */
type Content = string | readonly Node[];
type Node = readonly [name: string, content: Content, count?: number];

export function jobOrderXml(order: Order, options: JobOrderOptions): string {
  const root: Node = [
    'Ipf_Job_Order',
    [['Ipf_Conf', configuration(order, options)], list('List_of_Ipf_Procs', order.tasks.map(processorTask))],
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}`;
}

function configuration({ table, sensing }: Order, { station, form }: JobOrderOptions): readonly Node[] {
  return [
    ['Processor_Name', table.processor],
    ['Version', table.version],
    ['Stdout_Log_Level', 'INFO'],
    ['Stderr_Log_Level', 'INFO'],
    ['Test', String(table.isTest)],
    ['Breakpoint_Enable', 'false'],
    ['Processing_Station', station],
    configFiles(table, form),
    ...(table.takesSensingTime ? [['Sensing_Time', interval(sensing)] as const] : []),
    parameters(table, form),
  ];
}

function configFiles({ configFiles: files }: Order['table'], form: JobOrderForm): Node {
  return form === 'listed'
    ? list(
        'List_of_Config_Files',
        files.map((file): Node => ['Config_File', file]),
      )
    : ['Config_Files', files.map((file): Node => ['Conf_File_Name', file])];
}

function parameters({ parameters: given }: Order['table'], form: JobOrderForm): Node {
  const contents = given.map(({ name, value = '' }): Content => [
    ['Name', name],
    ['Value', value],
  ]);
  return form === 'listed'
    ? list(
        'List_of_Dyn_Processing_Parameters',
        contents.map((content): Node => ['Dyn_Processing_Parameter', content]),
      )
    : ['Dynamic_Processing_Parameters', contents.map((content): Node => ['Processing_Parameter', content])];
}

function processorTask({ name, version, inputs, outputs }: OrderTask): Node {
  return [
    'Ipf_Proc',
    [
      ['Task_Name', name],
      ['Task_Version', version],
      ['BreakPoint', [list('List_of_Brk_Files', [])]],
      list('List_of_Inputs', inputs.map(taskInput)),
      list('List_of_Outputs', outputs.map(taskOutput)),
    ],
  ];
}

function taskInput({ fileType, fileNameType, isSourceData, files }: OrderInput): Node {
  const timed = files.flatMap(({ path, interval: time }): Node[] =>
    time ? [['Time_Interval', [...interval(time), ['File_Name', path]]]] : [],
  );
  return [
    'Input',
    [
      ['File_Type', fileType],
      ['File_Name_Type', fileNameType],
      ...(isSourceData === undefined ? [] : [['Input_Source_Data', String(isSourceData)] as const]),
      list(
        'List_of_File_Names',
        files.map(({ path }): Node => ['File_Name', path]),
      ),
      list('List_of_Time_Intervals', timed),
    ],
  ];
}

function taskOutput({ fileType, fileNameType, path }: OrderOutput): Node {
  return [
    'Output',
    [
      ['File_Type', fileType],
      ['File_Name_Type', fileNameType],
      ['File_Name', path],
    ],
  ];
}

function interval({ from, to }: Order['sensing']): readonly Node[] {
  return [
    ['Start', jobOrderTime(from)],
    ['Stop', jobOrderTime(to)],
  ];
}

/** `yyyymmdd_hhmmssuuuuuu`, UTC. */
function jobOrderTime(time: number): string {
  const [date = '', clock = ''] = new Date(time)
    .toISOString()
    .replaceAll(/[-:.Z]/g, '')
    .split('T');
  return `${date}_${clock}000`;
}

function list(name: string, items: readonly Node[]): Node {
  return [name, items, items.length];
}

function written([name, content, count]: Node, indent: string): string {
  const tag = count === undefined ? name : `${name} count="${count}"`;
  if (content.length === 0) return `${indent}<${tag}/>\n`;
  if (typeof content === 'string') return `${indent}<${tag}>${escapeXml(content)}</${name}>\n`;
  return `${indent}<${tag}>\n${content.map((child) => written(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}
