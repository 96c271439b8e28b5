import type { AuxflowError, ErrorOf } from '../../errors/errors';
import { differencesOf } from '../../processor/differences';
import {
  fileTypesByFile,
  judgeCampaign,
  type CampaignBaselines,
  type JudgedInput,
  type JudgedLevel0,
} from '../../processor/judge-campaign';
import { createBreath } from '../../lib/breathe';
import type { InputState } from '../../processor/judge-inputs';
import { obstacleWords } from '../../processor/obstacle-words';
import { serviceTypesOf, type ServiceTypes } from '../../processor/service-types';
import { summarize, timeSpan, type InputSummary, type WordsOf } from '../../processor/summary';
import { ALWAYS, decidingModes, modesOf, titleOf, type TaskTable } from '../../processor/task-table';
import type { CheckedInput, CheckedLevel0, CheckedTable } from './checked-table';

export interface CheckTableOptions {
  /** As the user named it. */
  readonly file: string;
  readonly table: TaskTable;
  readonly campaign: CampaignBaselines;
  /** The mode that has to be complete; default: `decidingModes`. */
  readonly mode?: string;
  /** Is told every product, as it is judged. To tell takes longer than to judge. */
  readonly onLevel0?: (checked: CheckedLevel0) => void;
}

/** A campaign against one table, and what mandatory inputs of the deciding modes are missing. */
export async function checkTable({ file, table, campaign, mode, onLevel0 }: CheckTableOptions): Promise<{
  readonly checked: CheckedTable;
  readonly errors: readonly AuxflowError[];
  /** Mandatory inputs of the deciding modes that could not be judged for some products. */
  readonly unclear: number;
}> {
  const serviceTypes = serviceTypesOf(campaign.types, campaign.request);
  const wordsOf: WordsOf = (obstacle) => obstacleWords(obstacle, campaign.request, serviceTypes);
  const summary = summarize(wordsOf);
  const processor = titleOf(table);
  const breathe = createBreath();
  for (const judged of judgeCampaign(table, campaign)) {
    summary.add(judged);
    onLevel0?.(checkedLevel0(judged, processor, wordsOf));
    await breathe();
  }
  const checked = {
    file,
    processor,
    modes: modesOf(table),
    decidingModes: decidingModes(table, mode),
    level0: campaign.level0.length,
    inputs: summary.summaries(),
    differences: differencesOf(table, campaign.request, serviceTypes),
    unused: unusedTypes(table, campaign, serviceTypes),
  };
  const needed = neededInputs(checked);
  const unclear = needed.filter((input) => input.unclear !== undefined).length;
  return { checked, errors: [...nothingTested(checked, campaign), ...missingInputs(checked, needed)], unclear };
}

/** States of an input that say something of the campaign. */
const TESTED: readonly InputState[] = ['level0', 'filled', 'missing', 'unclear'];

/** A table of another mission, say: all its inputs are beside the baselines. */
function nothingTested({ processor, inputs }: CheckedTable, { level0 }: CampaignBaselines): readonly AuxflowError[] {
  if (level0.length === 0 || inputs.some((input) => TESTED.some((state) => input.level0[state] !== undefined)))
    return [];
  return [{ code: 'TABLE_UNRELATED', processor }];
}

function checkedLevel0({ level0, inputs }: JudgedLevel0, processor: string, wordsOf: WordsOf): CheckedLevel0 {
  return { processor, level0, inputs: inputs.map((judged) => checkedInput(judged, wordsOf)) };
}

function checkedInput({ task, input, verdict }: JudgedInput, wordsOf: WordsOf): CheckedInput {
  const { state, alternative, files, interval, gaps, obstacles } = verdict;
  return {
    task: task.name,
    mode: input.mode,
    mandatory: input.isMandatory,
    types: input.alternatives.map(({ fileType }) => fileType),
    state,
    ...(alternative && { type: alternative.fileType, order: alternative.order }),
    ...(files.length > 0 && { files: files.map(({ name }) => name) }),
    ...(interval && { interval: timeSpan(interval) }),
    ...(gaps.length > 0 && { gaps: gaps.map(timeSpan) }),
    ...(obstacles.length > 0 && { why: obstacles.map(wordsOf) }),
  };
}

/** Types of files that no input asks for, in order. */
function unusedTypes(table: TaskTable, campaign: CampaignBaselines, serviceTypes: ServiceTypes): readonly string[] {
  const typesOfFile = fileTypesByFile(table, campaign, serviceTypes);
  const unused = campaign.files.flatMap(({ type }, place) => (typesOfFile[place]?.length ? [] : [type]));
  return [...new Set(unused)].sort();
}

function neededInputs({ inputs, decidingModes: modes }: CheckedTable): readonly InputSummary[] {
  return inputs.filter(({ mandatory, mode }) => mandatory && (mode === ALWAYS || modes.includes(mode)));
}

function missingInputs(
  { processor, level0: of }: CheckedTable,
  needed: readonly InputSummary[],
): readonly AuxflowError[] {
  return needed.flatMap(({ task, mode, types, level0, missing }: InputSummary): ErrorOf<'INPUT_MISSING'>[] => {
    if (!missing) return [];
    return [{ code: 'INPUT_MISSING', processor, task, mode, types, level0: level0.missing ?? 0, of, example: missing }];
  });
}
