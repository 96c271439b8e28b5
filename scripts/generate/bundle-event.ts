import { build, type Plugin } from 'esbuild';
import path from 'node:path';
import { userAgent } from '../lib/user-agent';
import { answers, schemaDocument, type Answer } from '../services/schema/answers';

const SCRIPTS = path.join(__dirname, '..');

interface BundleOptions {
  readonly minify?: boolean;
  /** Source by the name that scripts import it by. */
  readonly modules?: Readonly<Record<string, string>>;
}

/**
 * One script, named below scripts/, as Postman runs it: TypeScript and its imports in one piece of plain JavaScript, with schemas of the
 * contract laid in where it imports `schema:<name>`. Lines, as a collection stores them. `minify` it where it is
 * too long to be read anyway.
 */
export async function bundleEvent(
  file: string,
  { minify = false, modules = {} }: BundleOptions = {},
): Promise<string[]> {
  const result = await build({
    entryPoints: [path.join(SCRIPTS, `${file}.ts`)],
    absWorkingDir: SCRIPTS,
    bundle: true,
    write: false,
    minify,
    format: 'iife',
    platform: 'neutral',
    target: 'es2020',
    charset: 'utf8',
    tsconfigRaw: {},
    define: { USER_AGENT: JSON.stringify(userAgent()) },
    // Of the modules that Postman has for scripts.
    external: ['ajv'],
    plugins: [schemaImports, givenModules(modules)],
  });
  const [script] = result.outputFiles;
  if (!script) throw new Error(`${file}: esbuild gave no output`);
  return script.text.trimEnd().split('\n');
}

/** Without `$id`: where one Ajv serves a whole run (Bruno), the second script with a schema of the same id would fail. */
function embedded(answer: Answer): object {
  return Object.fromEntries(Object.entries(schemaDocument(answer)).filter(([key]) => key !== '$id'));
}

/** From memory, not from schemas/json: a generator run must not depend on what an earlier one wrote. */
const schemaImports: Plugin = {
  name: 'schema-imports',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^schema:/ }, ({ path: specifier }) => ({
      path: specifier.slice('schema:'.length),
      namespace: 'schema',
    }));
    esbuild.onResolve({ filter: /^schemas:all$/ }, () => ({ path: 'all', namespace: 'schemas' }));
    esbuild.onLoad({ filter: /.*/, namespace: 'schemas' }, () => {
      const byName = answers().map((answer) => [answer.name, embedded(answer)] as const);
      return { contents: `export const SCHEMAS = ${JSON.stringify(Object.fromEntries(byName))};` };
    });
    esbuild.onLoad({ filter: /.*/, namespace: 'schema' }, ({ path: name }) => {
      const answer = answers().find((candidate) => candidate.name === name);
      if (!answer) throw new Error(`a script imports an unknown schema: ${name}`);
      return { contents: JSON.stringify(embedded(answer)), loader: 'json' };
    });
  },
};

const givenModules = (modules: Readonly<Record<string, string>>): Plugin => ({
  name: 'given-modules',
  setup(esbuild) {
    esbuild.onResolve({ filter: /^contract:/ }, ({ path: specifier }) => ({ path: specifier, namespace: 'given' }));
    esbuild.onLoad({ filter: /.*/, namespace: 'given' }, ({ path: name }) => {
      const contents = modules[name];
      if (contents === undefined) throw new Error(`a script imports an unknown module: ${name}`);
      return { contents };
    });
  },
});
