import { build } from 'esbuild';
import path from 'node:path';

const FOLDER = 'scripts/reports/campaign';
const HEAD = '// Bundled from browser/ by npm run generate.\n';

/** The program of campaign.html in one piece, so that the page needs nothing from elsewhere; by path from the repository root. */
export async function pageFiles(): Promise<Map<string, string>> {
  const root = path.join(__dirname, '..', '..');
  const { outputFiles } = await build({
    entryPoints: [path.join(root, FOLDER, 'browser/main.ts')],
    absWorkingDir: root,
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    tsconfigRaw: {},
  });
  const [program] = outputFiles;
  if (!program) throw new Error('esbuild gave no output');
  // Inside a <script> element only its end tag would end it.
  if (/<\/script/i.test(program.text)) throw new Error('the program would end its own element');
  return new Map([[`${FOLDER}/browser-program.js`, HEAD + program.text]]);
}
