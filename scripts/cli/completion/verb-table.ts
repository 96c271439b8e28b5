import type { Command, Option } from 'commander';
import { SHORT_SPELLINGS } from '../arguments';

/** What completion scripts and the man page are made of: the command line as data. */
export interface Verb {
  readonly name: string;
  readonly description: string;
  /** `<folder|lock>`, empty for none. */
  readonly arguments: string;
  /** Words that the argument may be; empty for a file or anything else. */
  readonly argumentChoices: readonly string[];
  readonly options: readonly VerbOption[];
}

export interface VerbOption {
  /** All spellings: `-su`, `--unit`. */
  readonly names: readonly string[];
  /** `<unit>`, empty for a switch. */
  readonly value: string;
  readonly choices: readonly string[];
  readonly description: string;
  /** Absent where there is none, or where the description says it. */
  readonly default?: string;
}

/** Verbs and options that help shows, in its order. */
export function verbTable(program: Command): Verb[] {
  const help = program.createHelp();
  return help
    .visibleCommands(program)
    .filter((command) => command.name() !== 'help')
    .map((command) => ({
      name: command.name(),
      description: command.description(),
      arguments: command.registeredArguments.map(argumentOf).join(' '),
      argumentChoices: command.registeredArguments.flatMap(({ argChoices = [] }) => argChoices),
      options: help.visibleOptions(command).map(optionOf),
    }));
}

function argumentOf(argument: Command['registeredArguments'][number]): string {
  const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${name}>` : `[${name}]`;
}

function optionOf(option: Option): VerbOption {
  const { short, long, flags, argChoices: choices = [], description } = option;
  const usual: unknown = option.defaultValueDescription ?? option.defaultValue;
  const spellings = Object.entries(SHORT_SPELLINGS).filter(([, name]) => name === long);
  const names = [short, ...spellings.map(([spelling]) => spelling), long].filter((name) => name !== undefined);
  const value = /[<[].*$/.exec(flags)?.[0] ?? '';
  const told = ['string', 'number'].includes(typeof usual) ? { default: String(usual) } : {};
  return { names, value, choices, description, ...told };
}
