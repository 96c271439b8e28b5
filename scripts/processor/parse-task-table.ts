/** A task table from its XML. Whatever a table leaves out is read as its guidelines have it, and noted. */
import type { XmlElement } from '../lib/xml-tree';
import { ALWAYS, type Alternative, type Task, type TaskInput, type TaskOutput, type TaskTable } from './task-table';

/** A task table, and what of it was not read as it stands: sentences without a full stop. */
export interface ParsedTaskTable {
  readonly table: TaskTable;
  readonly notes: readonly string[];
}

/** Why an XML document is no task table; `message` is a clause for a sentence. */
export class TaskTableProblem extends Error {}

const ROOTS = ['Ipf_Task_Table', 'Task_Table'];

/** @throws TaskTableProblem for a document that is no task table, or one without inputs */
export function parseTaskTable(root: XmlElement): ParsedTaskTable {
  if (!ROOTS.some((name) => same(name, root.name)))
    throw new TaskTableProblem(`its root is ${root.name}, not Ipf_Task_Table`);
  const processor = text(root, 'Processor_Name');
  if (processor === '') throw new TaskTableProblem('it has no Processor_Name');
  const notes: string[] = [];
  const pools = listed(root, 'List_of_Pools', 'Pool', notes);
  const named = new Map<string, TaskInput>();
  const tasks = (pools.length > 0 ? pools : [root])
    .flatMap((pool) => listed(pool, 'List_of_Tasks', 'Task', notes))
    .map((task) => parseTask(task, named, notes));
  if (tasks.length === 0) throw new TaskTableProblem('it has no Task');
  if (tasks.every(({ inputs }) => inputs.length === 0)) throw new TaskTableProblem('none of its tasks has an Input');
  checkSize(tasks);
  return {
    table: {
      processor,
      version: text(root, 'Version', 'Processor_Version'),
      isTest: isYes(text(root, 'Test')),
      configFiles: configFiles(root),
      parameters: parameters(root, notes),
      takesSensingTime: !isNo(text(root, 'Sensing_Time_flag')),
      tasks,
    },
    notes,
  };
}

/** Of the 211 public tables the longest has 126. References multiply them, so that a short text can name billions. */
const MAX_ALTERNATIVES = 10_000;

/** @throws TaskTableProblem */
function checkSize(tasks: readonly Task[]): void {
  const inputs = tasks.flatMap((task) => task.inputs);
  const alternatives = inputs.reduce((sum, input) => sum + input.alternatives.length, 0);
  if (alternatives > MAX_ALTERNATIVES)
    throw new TaskTableProblem(`its inputs have ${alternatives} alternatives, more than ${MAX_ALTERNATIVES}`);
}

function parseTask(element: XmlElement, named: Map<string, TaskInput>, notes: string[]): Task {
  const name = text(element, 'Name', 'Task_Name');
  if (name === '') notes.push(`the task in line ${element.line} has no Name`);
  return {
    name,
    version: text(element, 'Version', 'Task_Version'),
    inputs: listed(element, 'List_of_Inputs', 'Input', notes).flatMap((input) => parseInput(input, named, notes)),
    outputs: listed(element, 'List_of_Outputs', 'Output', notes).map(parseOutput),
  };
}

/** None for an input that says nothing. An input may refer to one before it by `ref`. */
function parseInput(element: XmlElement, named: Map<string, TaskInput>, notes: string[]): readonly TaskInput[] {
  const where = `the input in line ${element.line}`;
  const reference = element.attributes.get('ref');
  if (reference !== undefined) {
    const input = named.get(reference);
    if (!input) notes.push(`${where} refers to ${reference}, which is not before it: it is left out`);
    return input ? [input] : [];
  }
  const alternatives = listed(element, 'List_of_Alternatives', 'Alternative', notes)
    .flatMap((alternative, index) => parseAlternative(alternative, index, notes))
    .sort((a, b) => a.order - b.order);
  if (alternatives.length === 0) {
    notes.push(`${where} has no Alternative with a File_Type: it is left out`);
    return [];
  }
  const input = { mode: modeOf(element, where, notes), isMandatory: isMandatory(element, where, notes), alternatives };
  const id = element.attributes.get('id');
  if (id !== undefined) named.set(id, input);
  return [input];
}

function modeOf(element: XmlElement, where: string, notes: string[]): string {
  const mode = text(element, 'Mode').toUpperCase();
  if (mode === '') notes.push(`${where} has no Mode: it counts as ${ALWAYS}`);
  return mode === '' ? ALWAYS : mode;
}

/** What is not said to be optional is needed. */
function isMandatory(element: XmlElement, where: string, notes: string[]): boolean {
  const word = text(element, 'Mandatory');
  if (isNo(word)) return false;
  if (!isYes(word)) notes.push(`${where} says Mandatory ${JSON.stringify(word)}: it counts as mandatory`);
  return true;
}

function parseAlternative(element: XmlElement, index: number, notes: string[]): readonly Alternative[] {
  const fileType = text(element, 'File_Type');
  const where = `the alternative in line ${element.line}`;
  if (fileType === '') {
    notes.push(`${where} has no File_Type: it is left out`);
    return [];
  }
  const order = Number(text(element, 'Order'));
  const sourceData = text(element, 'Input_Source_Data');
  return [
    {
      order: text(element, 'Order') !== '' && Number.isFinite(order) ? order : index + 1,
      origin: text(element, 'Origin').toUpperCase() || 'DB',
      retrievalMode: text(element, 'Retrieval_Mode'),
      t0: secondsOf(element, 'T0', where, notes),
      t1: secondsOf(element, 'T1', where, notes),
      fileType,
      ...fileCounts(element, where, notes),
      fileNameType: text(element, 'File_Name_Type') || 'Physical',
      ...(sourceData !== '' && { isSourceData: isYes(sourceData) }),
    },
  ];
}

/** Nothing said is no widening. */
function secondsOf(element: XmlElement, name: 'T0' | 'T1', where: string, notes: string[]): number {
  const word = text(element, name);
  if (word === '') return 0;
  const seconds = /^[+-]?\d+([.]\d+)?$/.test(word) ? Number(word) : NaN;
  if (Number.isNaN(seconds)) notes.push(`${where} says ${name} ${JSON.stringify(word)}, which is no number of seconds`);
  return seconds;
}

/** Of the ground segment's selection policies; not in the guidelines, and in most tables of Sentinel-3. */
function fileCounts(element: XmlElement, where: string, notes: string[]): Pick<Alternative, 'minFiles' | 'maxFiles'> {
  const [minFiles, maxFiles] = (['minResults', 'maxResults'] as const).map((name) => {
    const word = text(element, name);
    if (/^\d{1,9}$/.test(word)) return Number(word);
    if (word !== '') notes.push(`${where} says ${name} ${JSON.stringify(word)}, which is no number: it is left out`);
    return undefined;
  });
  return { ...(minFiles !== undefined && { minFiles }), ...(maxFiles !== undefined && { maxFiles }) };
}

function parseOutput(element: XmlElement): TaskOutput {
  return {
    fileType: text(element, 'Type', 'File_Type'),
    fileNameType: text(element, 'File_Name_Type') || 'Physical',
    isMandatory: !isNo(text(element, 'Mandatory')),
    destination: text(element, 'Destination').toUpperCase() || 'DB',
  };
}

function configFiles(root: XmlElement): readonly string[] {
  const places = [root, ...children(root, 'Private_Config')];
  const entries = places.flatMap((place) =>
    children(place, 'List_of_Cfg_Files').flatMap((list) => children(list, 'Cfg_File', 'Cfg_Files')),
  );
  return entries.map((entry) => text(entry, 'File_Name')).filter((name) => name !== '');
}

function parameters(root: XmlElement, notes: string[]): TaskTable['parameters'] {
  return [
    ...listed(root, 'List_of_Dyn_ProcParam', 'Dyn_ProcParam', notes),
    ...listed(root, 'List_of_Dyn_ProcParams', 'Dyn_ProcParam', notes),
    ...listed(root, 'Processing_Parameters', 'Processing_Parameter', notes),
  ].flatMap((entry) => {
    const name = text(entry, 'Param_Name');
    const value = text(entry, 'Param_Default');
    if (name === '') {
      notes.push(`the parameter in line ${entry.line} has no Param_Name: it is left out`);
      return [];
    }
    const allowed = children(entry, 'Param_Valid').map((valid) => valid.text);
    return [{ name, ...(value !== '' && { value }), allowed }];
  });
}

/** Elements of a `List_of_…`; a `count` that is not their number may be a table that was cut. */
function listed(parent: XmlElement, list: string, item: string, notes: string[]): readonly XmlElement[] {
  return children(parent, list).flatMap((element) => {
    const items = children(element, item);
    const count = element.attributes.get('count');
    if (count !== undefined && Number(count) !== items.length)
      notes.push(`${list} in line ${element.line} says count ${count} and has ${items.length}`);
    return items;
  });
}

function children(parent: XmlElement, ...names: readonly string[]): readonly XmlElement[] {
  return parent.children.filter((child) => names.some((name) => same(name, child.name)));
}

/** Of the first child with one of the names; empty where there is none. */
function text(parent: XmlElement, ...names: readonly string[]): string {
  return children(parent, ...names)[0]?.text ?? '';
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
const isYes = (word: string): boolean => /^(y|yes|true|1)$/i.test(word);
const isNo = (word: string): boolean => /^(n|no|false|0)$/i.test(word);
