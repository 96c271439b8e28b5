/**
 * A processor's task table as data: the XML of the Generic IPF Interface Guidelines (MMFI-GSEG-EOPG-TN-07-0003), in which an instrument
 * processing facility (IPF) says which inputs each of its tasks takes, how they are retrieved, and what it makes.
 */

/** An input is needed in every mode, or the table knows no other. */
export const ALWAYS = 'ALWAYS';

export interface TaskTable {
  /** `S3A_OL1` */
  readonly processor: string;
  readonly version: string;
  readonly isTest: boolean;
  readonly configFiles: readonly string[];
  readonly parameters: readonly Parameter[];
  /** Whether the processor wants to be told the sensing time. */
  readonly takesSensingTime: boolean;
  /** In the order in which they run. */
  readonly tasks: readonly Task[];
}

/** A dynamic processing parameter. */
export interface Parameter {
  readonly name: string;
  /** The default of the table; undefined for one that whoever starts the processor has to give. */
  readonly value?: string;
  /** Values that the table allows; none said is any. */
  readonly allowed: readonly string[];
}

export interface Task {
  readonly name: string;
  readonly version: string;
  readonly inputs: readonly TaskInput[];
  readonly outputs: readonly TaskOutput[];
}

export interface TaskInput {
  /** `ALWAYS`, `NRT`, `NTC`, `SLICING`, … */
  readonly mode: string;
  readonly isMandatory: boolean;
  /** By their order: the first for which there are files fills the input. */
  readonly alternatives: readonly Alternative[];
}

export interface Alternative {
  readonly order: number;
  /** `DB`: from the archive; `PROC`: made by an earlier task; `LOG`: the log of the processor. */
  readonly origin: string;
  /** As the table spells it: `LatestValCover`, `ValIntersect`, … */
  readonly retrievalMode: string;
  /** Seconds by which the sensing interval is widened: T0 before its start, T1 after its stop. NaN where the table has no number. */
  readonly t0: number;
  readonly t1: number;
  readonly fileType: string;
  /** How many files the processor wants at least, and at most. */
  readonly minFiles?: number;
  readonly maxFiles?: number;
  /** `Physical`, `Stem`, `Directory`, … */
  readonly fileNameType: string;
  readonly isSourceData?: boolean;
}

export interface TaskOutput {
  readonly fileType: string;
  readonly fileNameType: string;
  readonly isMandatory: boolean;
  /** `DB`, `PROC`, `LOG`, … */
  readonly destination: string;
}

/** `S3A_OL1 06.17` */
export function titleOf({ processor, version }: Pick<TaskTable, 'processor' | 'version'>): string {
  return version === '' ? processor : `${processor} ${version}`;
}

/** The modes in which the processor can run, in the order of the table; `ALWAYS` alone where it has no others. */
export function modesOf({ tasks }: TaskTable): readonly string[] {
  const modes = new Set(tasks.flatMap(({ inputs }) => inputs.map(({ mode }) => mode)));
  modes.delete(ALWAYS);
  return modes.size > 0 ? [...modes] : [ALWAYS];
}

/** Whether the input is taken in a mode. */
export function isTakenIn({ mode }: Pick<TaskInput, 'mode'>, processorMode: string): boolean {
  return mode === ALWAYS || mode === processorMode;
}

/** Non-time-critical: the services prepare reprocessing, so this mode is the one to judge by where a table has it. */
export const REPROCESSING_MODE = 'NTC';

/** Modes of Sentinel-3 processors that say how soon a product is wanted. */
export const TIMELINESS_MODES: readonly string[] = ['NRT', 'STC', REPROCESSING_MODE];

/** The modes that have to be complete: the one that is asked for, that of reprocessing, or all. */
export function decidingModes(table: TaskTable, asked: string | undefined): readonly string[] {
  if (asked !== undefined) return [asked];
  const modes = modesOf(table);
  return modes.includes(REPROCESSING_MODE) ? [REPROCESSING_MODE] : modes;
}
