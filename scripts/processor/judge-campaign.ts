/** A campaign against a task table, product by product. Pure. */
import type { AdfType } from '../sentinel/adf-types';
import { readLevel0Name, sensingTimes } from '../sentinel/level0-name';
import { judgeInput, type InputFile, type InputVerdict, type Level0Files } from './judge-inputs';
import { fileTypeMatcher, serviceTypesOf, type CampaignRequest, type ServiceTypes } from './service-types';
import type { Task, TaskInput, TaskTable } from './task-table';

export interface CampaignBaselines {
  readonly request: CampaignRequest;
  /** Of the services. */
  readonly types: readonly AdfType[];
  /** Distinct files; `type` is what the name says. */
  readonly files: readonly (InputFile & { readonly type: string })[];
  /** `files` are places in the list of files. */
  readonly level0: readonly { readonly name: string; readonly files: readonly number[] }[];
}

export interface JudgedInput {
  readonly task: Task;
  readonly input: TaskInput;
  readonly verdict: InputVerdict;
}

export interface JudgedLevel0 {
  readonly level0: string;
  readonly fileType: string;
  /** Epoch milliseconds. */
  readonly sensing?: { readonly t0: number; readonly t1: number };
  /** In the order of the table, of all its modes. */
  readonly inputs: readonly JudgedInput[];
}

/** In the order of the campaign; one at a time, because there may be tens of thousands. */
export function* judgeCampaign(table: TaskTable, campaign: CampaignBaselines): Iterable<JudgedLevel0> {
  const serviceTypes = serviceTypesOf(campaign.types, campaign.request);
  const typesOfFile = fileTypesByFile(table, campaign, serviceTypes);
  const inputs = table.tasks.flatMap((task) => task.inputs.map((input) => ({ task, input })));
  for (const { name, files } of campaign.level0) {
    const level0 = level0Files(name, filesByType(files, typesOfFile, campaign));
    yield {
      level0: name,
      fileType: level0.fileType,
      sensing: level0.sensing,
      inputs: inputs.map(({ task, input }) => ({ task, input, verdict: judgeInput(input, level0, serviceTypes) })),
    };
  }
}

/** Those of inputs, each once. */
function fileTypesOf({ tasks }: TaskTable): readonly string[] {
  const inputs = tasks.flatMap((task) => task.inputs);
  return [...new Set(inputs.flatMap(({ alternatives }) => alternatives.map(({ fileType }) => fileType)))];
}

/** By place of the file: the file types of the table that it is of. */
export function fileTypesByFile(
  table: TaskTable,
  { files }: CampaignBaselines,
  serviceTypes: ServiceTypes,
): readonly (readonly string[])[] {
  const fileTypes = fileTypesOf(table).map((fileType) => ({
    fileType,
    isOfType: fileTypeMatcher(fileType, serviceTypes(fileType)),
  }));
  return files.map((file) => fileTypes.flatMap(({ fileType, isOfType }) => (isOfType(file) ? [fileType] : [])));
}

function filesByType(
  places: readonly number[],
  typesOfFile: readonly (readonly string[])[],
  { files }: CampaignBaselines,
): ReadonlyMap<string, readonly InputFile[]> {
  const byType = new Map<string, InputFile[]>();
  for (const place of places) {
    const file = files[place];
    if (!file) continue;
    for (const fileType of typesOfFile[place] ?? []) {
      const list = byType.get(fileType);
      if (list) list.push(file);
      else byType.set(fileType, [file]);
    }
  }
  return byType;
}

const NO_FILES: readonly InputFile[] = [];

function level0Files(told: string, byType: ReadonlyMap<string, readonly InputFile[]>): Level0Files {
  const name = told.trim();
  const times = sensingTimes(name);
  return {
    name,
    fileType: level0FileTypeOf(name),
    sensing: 'error' in times ? undefined : times,
    filesOf: (fileType) => byType.get(fileType) ?? NO_FILES,
  };
}

/**
 * `OL_0_EFR___`, `IW_RAW__0S`, `MSI_L0__DS`: file types have eleven characters for Sentinel-3 and ten for the others. Empty for a name that
 * cannot be read.
 */
export function level0FileTypeOf(told: string): string {
  const name = told.trim();
  const read = readLevel0Name(name);
  if (!read) return '';
  return read.platform === 'S3' ? name.slice(4, 15) : read.kind.slice(0, 10);
}
