import { EXIT_MEANINGS } from '../../errors/exit-codes';
import type { Verb, VerbOption } from './verb-table';

/** man/auxflow.1 as roff, from the table of verbs. */
export function manPage(description: string, verbs: readonly Verb[]): string {
  return [
    '.\\" Made by npm run generate from the options of the command line.',
    '.TH AUXFLOW 1 "" "auxflow" "User Commands"',
    '.SH NAME',
    `auxflow \\- ${text(description)}`,
    '.SH SYNOPSIS',
    '.B auxflow',
    '.I verb',
    '[options]',
    '.SH VERBS',
    ...verbs.flatMap(verbLines),
    '.SH FILES',
    ...entry('auxflow.config.json, .env', 'Settings of the working folder. See docs/configuration.md in the package.'),
    ...entry('~/.netrc', 'User name and password for the host of the token endpoint.'),
    '.SH EXIT STATUS',
    ...Object.entries(EXIT_MEANINGS).flatMap(([code, meaning]) => entry(code, meaning)),
    '.SH ENVIRONMENT',
    ...entry('ADG_USER, ADG_PASSWORD, ADG_PASSWORD_FILE', 'The account; the file holds the password alone.'),
    ...entry('AUXFLOW_ENV, AUXFLOW_CONFIG', 'Defaults of --env and of the config file.'),
    ...entry('HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY', 'Proxies.'),
    ...entry('NO_COLOR', 'No colors.'),
    '',
  ].join('\n');
}

function verbLines({ name, arguments: words, description, options }: Verb): string[] {
  return [
    `.SS auxflow ${text([name, words].filter(Boolean).join(' '))}`,
    text(description),
    ...options.flatMap((option) => entry([option.names.join(', '), option.value].join(' ').trim(), about(option))),
  ];
}

function about({ description, choices, default: usual }: VerbOption): string {
  const notes = [
    ...(choices.length > 0 ? [`choices: ${choices.join(', ')}`] : []),
    ...(usual === undefined ? [] : [`default: ${usual}`]),
  ];
  return notes.length > 0 ? `${description} (${notes.join('; ')})` : description;
}

function entry(term: string, meaning: string): string[] {
  return ['.TP', `.B ${text(term)}`, text(meaning)];
}

/** roff reads a backslash, a hyphen, and a dot or quote at the beginning of a line. */
function text(plain: string): string {
  return plain
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('…', '...')
    .replaceAll('–', '\\-')
    .replace(/^[.']/, '\\&$&');
}
