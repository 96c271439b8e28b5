import type { LoadedCatalogue } from '../sandbox/catalogue/load-directory';
import type { Mutant } from '../sandbox/faults/mutants/mutant';
import type { SandboxOptions } from '../sandbox/sandbox';
import { plural } from '../lib/format';
import { whenAborted } from '../services/interruption';
import type { CommandContext } from '../session/context';
import { SITE_URL_VARIABLE } from './options/site-options';
import { runCommand } from './run-command';

export interface SandboxCommandOptions extends Pick<
  SandboxOptions,
  | 'port'
  | 'storePort'
  | 'sizes'
  | 'archives'
  | 'scenario'
  | 'mutant'
  | 'profile'
  | 'icdDownload'
  | 'connectionSeconds'
  | 'tokenSeconds'
  | 'presignedSeconds'
> {
  readonly gateway?: SandboxOptions['gatewayMode'];
  readonly quota: 'configured' | 'documented';
  /** Folder of real names. */
  readonly catalogue?: string;
  /** `published`, or a file of deltas. */
  readonly deltas?: string;
  readonly listScenarios: boolean;
  readonly listMutants: boolean;
  /** Run while the services are there, in place of waiting for a signal; empty for none. */
  readonly command: readonly string[];
}

interface Streams {
  readonly out: NodeJS.WritableStream;
  readonly err: NodeJS.WritableStream;
}

/**
 * Serves the stand-in services on loopback until SIGTERM or SIGINT, and says where in one JSON line on `out`, for programs that wait
 * for it. With a command: until it ends, with its exit code; `out` is the command's alone. What was read from a catalogue goes to `err`.
 * @throws Failure PORT_IN_USE, USAGE (unknown scenario or mutant, command that cannot be started), FILE_UNREADABLE, FILE_MALFORMED
 * (catalogue, deltas)
 */
export async function sandbox(
  options: SandboxCommandOptions,
  { out, err }: Streams,
  { signal, environment }: Pick<CommandContext, 'signal' | 'environment'>,
): Promise<number> {
  const { startSandbox, MUTANTS, SCENARIOS, DOCUMENTED_QUOTA } = await import('../sandbox/sandbox');
  if (options.listScenarios) {
    for (const { name, effect } of SCENARIOS) out.write(`${name.padEnd(24)} ${effect}\n`);
    return 0;
  }
  if (options.listMutants) {
    for (const mutant of MUTANTS) out.write(`${mutantLine(mutant)}\n`);
    return 0;
  }
  const { catalogue: folder, deltas, gateway, quota, command, ...same } = options;
  const loaded = folder === undefined ? undefined : await load(folder, options.sizes);
  if (loaded) err.write(`${reportOf(loaded)}\n`);
  const running = await startSandbox({
    ...same,
    gatewayMode: gateway,
    catalogue: loaded?.catalogue,
    deltas: deltas === undefined ? undefined : await deltasFrom(deltas),
    quota: quota === 'documented' ? DOCUMENTED_QUOTA : undefined,
  });
  try {
    signal.throwIfAborted();
    if (command.length > 0) return await runCommand(command, { ...environment, [SITE_URL_VARIABLE]: running.siteUrl });
    out.write(`${JSON.stringify({ ready: true, site_url: running.siteUrl, store_url: running.storeUrl })}\n`);
    await whenAborted(signal);
    return 0;
  } finally {
    await running.close();
  }
}

function mutantLine({ name, group, defect, needs = {} }: Mutant): string {
  const flags = Object.entries(needs).map(([name, value]) => `--${kebabCase(name)} ${value}`);
  return `${group.padEnd(12)} ${name.padEnd(36)} ${defect}${flags.length > 0 ? ` (shows with ${flags.join(' ')})` : ''}`;
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

async function load(folder: string, sizes: SandboxOptions['sizes']): Promise<LoadedCatalogue> {
  const { loadCatalogue } = await import('../sandbox/catalogue/load-directory');
  return loadCatalogue(folder, { sizes });
}

async function deltasFrom(source: string): Promise<SandboxOptions['deltas']> {
  const { readDeltasOf } = await import('../sandbox/catalogue/deltas-file');
  return readDeltasOf(source);
}

function reportOf({ report }: LoadedCatalogue): string {
  const counts = [
    plural(report.types, 'ADF type'),
    plural(report.adfs, 'ADF'),
    plural(report.level0s, 'Level-0 name'),
  ].join(', ');
  if (report.unreadableCount === 0) return counts;
  const named = report.unreadable.map(({ file, line, text }) => `  ${file}:${line}: ${text}`);
  return [`${counts}; ${plural(report.unreadableCount, 'line')} could not be read, the first are`, ...named].join('\n');
}
