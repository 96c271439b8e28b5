/** Completion scripts for shells, from the table of verbs. They ask nothing when they run: completing is as fast as the shell. */
import { valuesOf, type Values } from './completion-values';
import type { Verb, VerbOption } from './verb-table';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export function completionScript(shell: Shell, verbs: readonly Verb[]): string {
  return { bash: bashScript, zsh: zshScript, fish: fishScript }[shell](verbs);
}

const takesValue = ({ value }: VerbOption): boolean => value !== '';

function bashScript(verbs: readonly Verb[]): string {
  const cases = verbs.map(({ name, options, arguments: words, argumentChoices }) => {
    const all = options.flatMap(({ names }) => names).join(' ');
    return [
      `    ${name})`,
      '      case "$previous" in',
      ...options
        .filter(takesValue)
        .map((option) => `        ${option.names.join('|')}) ${bashReply(valuesOf(option))} ;;`),
      '        *)',
      `          if [[ $current == -* ]]; then COMPREPLY=($(compgen -W '${all}' -- "$current"))`,
      `          else ${bashReply({ words: argumentChoices, files: words !== '' && argumentChoices.length === 0 })}; fi ;;`,
      '      esac ;;',
    ].join('\n');
  });
  return `# Completion of auxflow for bash: source <(auxflow completion bash)
_auxflow() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W '${verbs.map(({ name }) => name).join(' ')} --help --version' -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
}
complete -o filenames -F _auxflow auxflow
`;
}

function bashReply({ words, files }: Values): string {
  const parts = [...(words.length > 0 ? [`-W '${words.join(' ')}'`] : []), ...(files ? ['-f'] : [])];
  return parts.length === 0 ? 'COMPREPLY=()' : `COMPREPLY=($(compgen ${parts.join(' ')} -- "$current"))`;
}

function zshScript(verbs: readonly Verb[]): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
  const inSpec = (text: string): string => text.replace(/[[\]:\\]/g, '\\$&');
  const names = verbs.map(({ name, description }) => `    ${quoted(`${inSpec(name)}:${description}`)}`).join('\n');
  const specOf = (option: VerbOption): string[] =>
    option.names.map((name) => {
      const { words, files } = valuesOf(option);
      const action = words.length > 0 ? `(${words.join(' ')})` : files ? '_files' : ' ';
      const value = takesValue(option) ? `:${inSpec(option.value)}:${action}` : '';
      return `        ${quoted(`*${name}[${inSpec(option.description)}]${value}`)}`;
    });
  const cases = verbs.map(({ name, options, ...verb }) =>
    [
      `    ${name})`,
      '      _arguments \\',
      [...options.flatMap(specOf), ...zshArgument(verb)].join(' \\\n'),
      '      ;;',
    ].join('\n'),
  );
  return `#compdef auxflow
# Completion of auxflow for zsh: auxflow completion zsh > a folder of $fpath/_auxflow
_auxflow() {
  local -a verbs
  verbs=(
${names}
  )
  if (( CURRENT == 2 )); then
    _describe 'verb' verbs
    return
  fi
  local verb=$words[2]
  shift words
  (( CURRENT-- ))
  case $verb in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _auxflow ]]; then _auxflow "$@"; else compdef _auxflow auxflow; fi
`;
}

function zshArgument({ arguments: words, argumentChoices }: Pick<Verb, 'arguments' | 'argumentChoices'>): string[] {
  if (words === '') return [];
  return [`        '*:argument:${argumentChoices.length > 0 ? `(${argumentChoices.join(' ')})` : '_files'}'`];
}

function fishScript(verbs: readonly Verb[]): string {
  const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;
  const lines = verbs.flatMap(({ name, description, options, arguments: words, argumentChoices }) => [
    `complete -c auxflow -n __fish_use_subcommand -a ${name} -d ${quoted(description)}`,
    ...(words === ''
      ? []
      : [
          `complete -c auxflow -n '__fish_seen_subcommand_from ${name}' ${argumentChoices.length > 0 ? `-a ${quoted(argumentChoices.join(' '))}` : '-F'}`,
        ]),
    ...options.map((option) => `complete -c auxflow -n '__fish_seen_subcommand_from ${name}' ${fishOption(option)}`),
  ]);
  return `# Completion of auxflow for fish: auxflow completion fish > ~/.config/fish/completions/auxflow.fish
complete -c auxflow -f
${lines.join('\n')}
`;

  function fishOption(option: VerbOption): string {
    const { words, files } = valuesOf(option);
    const names = option.names.map((name) => {
      if (name.startsWith('--')) return `-l ${name.slice(2)}`;
      return name.length === 2 ? `-s ${name.slice(1)}` : `-o ${name.slice(1)}`;
    });
    const value = takesValue(option) ? [files ? '-r -F' : '-x'] : [];
    const list = words.length > 0 ? [`-a ${quoted(words.join(' '))}`] : [];
    return [...names, ...value, ...list, `-d ${quoted(option.description)}`].join(' ');
  }
}
