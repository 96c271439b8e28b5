import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { markedTemplateSource, offlineTemplateSource, withAssets } from './offline-template';

/**
 * htmlextra compiles its template in every process, which takes longer than most runs: `npm run build` compiles it once. The assets, a
 * megabyte, are not compiled; they are put into the page when it is made.
 */

type Page = (context: object, options?: object) => string;

interface Handlebars {
  compile(source: string, options?: object): Page;
  precompile(source: string): string;
  template(compiled: object): Page;
}

/** Beside this file, as it was built. */
export const COMPILED_TEMPLATE = 'htmlextra-page.js';

/** A module of that name. */
export const compiledTemplate = (): string =>
  `module.exports = ${handlebarsOfHtmlextra().precompile(markedTemplateSource())};\n`;

/** From here on htmlextra is given what was compiled; nothing changes where this runs from the sources. Calling it again does nothing. */
export function useCompiledTemplate(): void {
  const handlebars = handlebarsOfHtmlextra();
  const built = path.join(__dirname, COMPILED_TEMPLATE);
  if (isUsed || !existsSync(built)) return;
  isUsed = true;
  const compile = handlebars.compile.bind(handlebars);
  const page = handlebars.template(createRequire(__filename)(built) as object);
  handlebars.compile = (source, options) =>
    source === offlineTemplateSource()
      ? (context, runtime) => withAssets(page(context, runtime))
      : compile(source, options);
}
let isUsed = false;

const handlebarsOfHtmlextra = (): Handlebars =>
  createRequire(require.resolve('newman-reporter-htmlextra'))('handlebars') as Handlebars;
