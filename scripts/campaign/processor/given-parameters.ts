/** Dynamic processing parameters: what the user gives in place of the defaults of task tables, and what is said of the others. */
import { Failure } from '../../errors/errors';
import { nameAndValue } from '../../lib/input/name-value';
import { REPROCESSING_MODE, TIMELINESS_MODES, titleOf, type TaskTable } from '../../processor/task-table';

export type GivenParameters = ReadonlyMap<string, string>;

/** @param words `name=value` @throws Failure USAGE for a word of another form */
export function givenParameters(words: readonly string[] = []): GivenParameters {
  return new Map(
    words.map((word) => {
      const pair = nameAndValue(word);
      if (pair) return pair;
      throw new Failure({ code: 'USAGE', problem: `--parameter takes name=value, not ${JSON.stringify(word)}.` });
    }),
  );
}

/** @throws Failure USAGE for a parameter that no table has, or a value that one does not allow */
export function checkParameters(tables: readonly TaskTable[], given: GivenParameters): void {
  for (const [name, value] of given) {
    const found = tables.flatMap((table) =>
      table.parameters.filter((parameter) => parameter.name === name).map(({ allowed }) => ({ table, allowed })),
    );
    if (found.length === 0) {
      const names = [...new Set(tables.flatMap(({ parameters }) => parameters.map((parameter) => parameter.name)))];
      throw new Failure({
        ...{ code: 'USAGE', problem: `No task table has a parameter ${JSON.stringify(name)}.` },
        next: names.length > 0 ? `Choose one of ${names.join(', ')}.` : 'Omit --parameter.',
      });
    }
    for (const { table, allowed } of found)
      if (allowed.length > 0 && !allowed.includes(value))
        throw new Failure({
          ...{ code: 'USAGE', problem: `${titleOf(table)} does not allow ${name} to be ${JSON.stringify(value)}.` },
          next: `Choose one of ${allowed.join(', ')}.`,
        });
  }
}

export function withParameters(table: TaskTable, given: GivenParameters): TaskTable {
  const parameters = table.parameters.map((parameter) => {
    const value = given.get(parameter.name);
    return value === undefined ? parameter : { ...parameter, value };
  });
  return { ...table, parameters };
}

/** Of parameters that were not given: those without a value, and a timeliness that is not that of the orders. */
export function parameterNotes({ parameters }: TaskTable, given: GivenParameters, mode: string): readonly string[] {
  const left = parameters.filter(({ name }) => !given.has(name));
  const empty = left.filter(({ value }) => value === undefined).map(({ name }) => name);
  const timeliness = TIMELINESS_MODES.includes(mode) ? mode : REPROCESSING_MODE;
  const otherwise = left.filter(({ value = timeliness }) => TIMELINESS_MODES.includes(value) && value !== timeliness);
  return [
    ...(empty.length > 0
      ? [
          `the table gives no value to ${empty.join(', ')}: empty in the orders, unless --parameter ${empty[0] ?? ''}=… gives one`,
        ]
      : []),
    ...otherwise.map(
      ({ name, value = '' }) =>
        `${name} is ${value} by the table's default, and the orders are for ${timeliness}: --parameter ${name}=${timeliness} says so`,
    ),
  ];
}
