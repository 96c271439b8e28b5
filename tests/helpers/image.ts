import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, cpSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { temporaryFolder } from './run-cli';

/**
 * The image of the Dockerfile without a builder: its instructions are carried out one by one. A stage is a folder that a process has as
 * its root; this machine's /usr and /etc stand for the base image, with this Node in /usr/local.
 */
export interface Image {
  readonly root: string;
  /** By instruction, the last of each: WORKDIR, USER, ENTRYPOINT, … */
  readonly settings: ReadonlyMap<string, string>;
  readonly environment: Readonly<Record<string, string>>;
}

interface Instruction {
  readonly name: string;
  readonly rest: string;
  readonly words: readonly string[];
}

const USER_ID = 1000;
/** So that steps need not fetch again what is here. */
const NPM_CACHE = process.env.npm_config_cache ?? path.join(homedir(), '.npm');
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The root, `ro` or `rw`, a folder and where it is mounted, the user; then a working folder and a command, which is process 1. */
const ENTER = `set -e
root=$1 mode=$2 volume=$3 place=$4 user=$5; shift 5
mount --bind -o $mode $root $root
for shared in usr etc; do mount --bind -o ro /$shared $root/$shared; done
mount --bind -o $mode $root.local $root/usr/local
mount --bind -o ro "$AUXFLOW_TEST_NODE" $root/usr/local/bin/node
mount --bind -o ro "$AUXFLOW_TEST_MODULES" $root/usr/local/lib/node_modules
for list in passwd group; do mount --bind -o ro $root.$list $root/etc/$list; done
mount --bind /dev $root/dev
mount -t proc proc $root/proc
mount -t tmpfs tmpfs $root/tmp
mount --bind $volume $root/$place
unset AUXFLOW_TEST_NODE AUXFLOW_TEST_MODULES
exec chroot --userspec=$user $root /bin/sh -c 'cd "$0" && exec "$@"' "$@"`;

interface Entry {
  readonly root: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  /** Mounted on /data; the root is then read-only. */
  readonly volume?: string;
  readonly user?: string | undefined;
}

function enter({ root, words, environment, folder, volume, user = 'root' }: Entry): [string[], NodeJS.ProcessEnv] {
  const place = volume === undefined ? ['rw', NPM_CACHE, 'root', user] : ['ro', volume, 'data', user];
  const node = path.dirname(path.dirname(process.execPath));
  const own = { AUXFLOW_TEST_NODE: process.execPath, AUXFLOW_TEST_MODULES: path.join(node, 'lib', 'node_modules') };
  const unshare = ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', ENTER, 'enter', root];
  return [[...unshare, ...place, folder, ...words], { ...environment, PATH, ...own }];
}

/** An empty root: the rest of a base image is mounted when it is entered. */
function baseImage(): string {
  const root = path.join(temporaryFolder(), 'root');
  for (const place of ['usr', 'etc', 'dev', 'proc', 'tmp', 'root'])
    mkdirSync(path.join(root, place), { recursive: true });
  for (const place of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${place}`, path.join(root, place));
  for (const place of ['bin', 'lib/node_modules']) mkdirSync(path.join(`${root}.local`, place), { recursive: true });
  const bin = path.join(`${root}.local`, 'bin');
  writeFileSync(path.join(bin, 'node'), '');
  for (const name of ['npm', 'npx']) symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, path.join(bin, name));
  writeFileSync(`${root}.passwd`, `root:x:0:0::/root:/bin/sh\nnode:x:${USER_ID}:${USER_ID}::/home/node:/bin/sh\n`);
  writeFileSync(`${root}.group`, `root:x:0:\nnode:x:${USER_ID}:\n`);
  return root;
}

/** Whether this machine lets a process have a root of its own. */
export function hasImages(): boolean {
  const [words, env] = enter({ root: baseImage(), words: ['node', '--version'], environment: {}, folder: '/' });
  return spawnSync('unshare', words, { env }).status === 0;
}

function instructionsOf(dockerfile: string): Instruction[] {
  const lines = dockerfile
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean);
  return lines.map((line) => {
    const [, name = '', rest = ''] = /^(\w+) (.*)/.exec(line) ?? [];
    return { name, rest, words: rest.split(' ') };
  });
}

/** What .dockerignore leaves of this checkout: it names what is there after `*`, without tests. */
function copyContext(names: readonly string[], target: string): void {
  const kept = readFileSync(path.join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'));
  const allowed = kept.map((line) => line.slice(1));
  for (const name of names.flatMap((name) => (name === '.' ? allowed : name))) {
    if (!allowed.includes(name)) throw new Error(`.dockerignore leaves no ${name}`);
    const filter = (file: string): boolean => !file.endsWith('.test.ts');
    cpSync(path.join(ROOT, name), path.join(target, name), { recursive: true, filter });
  }
}

/** Stages whose steps are not carried out, and what is there in place of them: a stage's name → its root. */
export type Given = Readonly<Record<string, string>>;

/** @returns the image of the last stage. */
export function buildImage(dockerfile: string, given: Given = {}): Image {
  const roots = new Map<string, string>();
  let image: Image = { root: '', settings: new Map(), environment: {} };
  let isGiven = false;
  for (const { name, words, rest } of instructionsOf(dockerfile)) {
    const workdir = image.settings.get('WORKDIR') ?? '/';
    if (name === 'FROM') {
      const [, , stage = ''] = words;
      image = { root: given[stage] ?? baseImage(), settings: new Map(), environment: {} };
      isGiven = given[stage] !== undefined;
      roots.set(stage, image.root);
    } else if (isGiven) continue;
    else if (name === 'COPY') copy(words, { roots, folder: path.join(image.root, workdir) });
    else if (name === 'RUN') runStep(rest, image);
    else if (name === 'ENV')
      image = { ...image, environment: { ...image.environment, ...Object.fromEntries(words.map(pairOf)) } };
    else image = { ...image, settings: new Map([...image.settings, [name, rest]]) };
    if (name === 'WORKDIR') mkdirSync(path.join(image.root, rest), { recursive: true });
  }
  return image;
}

const pairOf = (word: string): [string, string] => {
  const [name = '', value = ''] = word.split('=', 2);
  return [name, value];
};

interface Places {
  readonly roots: ReadonlyMap<string, string>;
  readonly folder: string;
}

/** A folder's contents into the folder named last; hard links where that is possible, as nothing here changes what it has copied. */
function copy(words: readonly string[], { roots, folder }: Places): void {
  const [, stage] = /^--from=(.*)/.exec(words[0] ?? '') ?? [];
  const target = path.resolve(folder, words.at(-1) ?? '');
  if (stage === undefined) {
    copyContext(words.slice(0, -1), target);
    return;
  }
  const source = path.join(roots.get(stage) ?? '', words[1] ?? '');
  const what = statSync(source).isDirectory() ? [`${source}/.`, target] : [source, `${folder}/`];
  if (what[1] === target) mkdirSync(target, { recursive: true });
  if (spawnSync('cp', ['-al', ...what]).status !== 0) execFileSync('cp', ['-a', ...what]);
}

function runStep(line: string, { root, settings, environment }: Image): void {
  const inherited = Object.entries(process.env).filter(([name]) => INHERITED.test(name));
  const [words, env] = enter({
    root,
    words: ['sh', '-c', line],
    environment: { HOME: '/root', ...Object.fromEntries(inherited), npm_config_cache: '/root', ...environment },
    folder: settings.get('WORKDIR') ?? '/',
  });
  const { status, stderr } = spawnSync('unshare', words, { env });
  if (status !== 0) throw new Error(`RUN ${line}: exit code ${status}\n${stderr.toString()}`);
}

/** How the registry is reached. */
const INHERITED = /^(npm_config_(registry|prefer_offline)|https?_proxy|no_proxy|node_extra_ca_certs)$/i;

/** A folder as `docker run -v NAME:/data` makes it for the image: of its user. */
export function volume(): string {
  const folder = temporaryFolder();
  chownSync(folder, USER_ID, USER_ID);
  return folder;
}

export interface Container {
  readonly volume: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** In place of the entry point. */
  readonly entrypoint?: readonly string[];
}

/** `docker run --read-only --tmpfs /tmp -v VOLUME:/data IMAGE WORDS`; the container is gone with the test. */
export function runImage(image: Image, words: readonly string[], container: Container): ChildProcess {
  const list = (name: string): string[] => JSON.parse(image.settings.get(name) ?? '[]') as string[];
  const command = words.length > 0 || container.entrypoint ? words : list('CMD');
  const [unshare, env] = enter({
    root: image.root,
    words: [...(container.entrypoint ?? list('ENTRYPOINT')), ...command],
    environment: { ...image.environment, ...container.environment },
    folder: image.settings.get('WORKDIR') ?? '/',
    volume: container.volume,
    user: image.settings.get('USER'),
  });
  const child = spawn('unshare', unshare, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
