import path from 'node:path';
import { expect, test } from 'vitest';
import { sampleOf } from '../helpers/budget';
import { SMALL_REQUEST } from '../helpers/campaign';
import { createForwarder, type ChangeAnswer, type TextAnswer } from '../helpers/create-forwarder';
import { drawTests } from '../helpers/draw-tests';
import { everythingWritten } from '../helpers/everything-written';
import { placesIn, runCli, temporaryFolder } from '../helpers/run-cli';
import { ACCOUNT, withSandbox } from '../helpers/with-sandbox';

drawTests(4);

/** Sets the title of a window, rings, colours, clears, turns the direction of writing; C1, separators and NUL. */
const ACTS = '\u001b]0;OWNED\u0007\u001b[2J\u0000\u009b31m\u202eABC\u2066\u200f\u2028\u0085\u007f';
/** In a header Node sends nothing below a blank. */
const HEADER_ACTS = 'OWNED\u009b31m\u0085';
const HARMFUL = new RegExp(String.raw`[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]`);

const json = { 'content-type': 'application/json', warning: HEADER_ACTS };
const html = { 'content-type': 'text/html', warning: HEADER_ACTS };

/** How an answer acts: none of them is asked again. */
const MANNERS: readonly TextAnswer[] = [
  { status: 400, headers: json, body: JSON.stringify({ error: { code: ACTS, message: ACTS } }) },
  { status: 404, headers: html, body: `<html><title>${ACTS}</title><h1>${ACTS}</h1></html>` },
  { status: 403, headers: json, body: JSON.stringify({ message: ACTS }) },
  { status: 200, headers: { 'content-type': `application/${HEADER_ACTS}` }, body: `${ACTS} is no JSON` },
  { status: 302, headers: { ...html, location: `http://127.0.0.1:1/${HEADER_ACTS}` }, body: ACTS },
  { status: 400, headers: { 'content-type': 'application/xml' }, body: `<Error><Code>${ACTS}</Code></Error>` },
];

function refusing(isConcerned: (url: string) => boolean): ChangeAnswer {
  let count = 0;
  return ({ url }) => {
    const isOrder = url.startsWith('/sandbox/');
    return isConcerned(url) && !isOrder ? MANNERS[count++ % MANNERS.length] : undefined;
  };
}

const isToken = (url: string): boolean => url.endsWith('/token');
const isBaseline = (url: string): boolean => url.includes('getReprocessingDataBaseline(');

/** Names, messages and further properties of a baseline that is right otherwise. */
const actingBaseline: ChangeAnswer = ({ url }, { body }) => {
  if (!isBaseline(url)) return undefined;
  const answer = JSON.parse(body) as { value: { AuxDataFiles: { Name: string }[] }[] };
  const [first, ...others] = answer.value[0]?.AuxDataFiles ?? [];
  if (first) first.Name = `${ACTS}${first.Name}`;
  const last = others.at(-1);
  if (last) last.Name = last.Name.replace('_OPER_', '_\u202eOPER_').replace('.SAFE', '\u009b.SAFE');
  return JSON.stringify({ ...answer, [`x${ACTS}`]: ACTS });
};

const refusedToken: ChangeAnswer = ({ url }) =>
  isToken(url)
    ? { status: 401, headers: json, body: JSON.stringify({ error: ACTS, error_description: ACTS }) }
    : undefined;

/** Newman's page has the scripts of a library, with every named entity of HTML; where the service has a say, its word is in them. */
function withoutLibraries(page: string): string {
  return page.replace(/<script[^>]*>[^]*?<\/script>/g, (script) => (script.includes('OWNED') ? script : ''));
}

const places = (folder: string): string[] => [...SMALL_REQUEST, ...placesIn(folder)];
const contract = (folder: string): string[] => [
  ...['--shards', '1', '--reports', path.join(folder, 'reports'), '--folder', 'rdb.svc known quirks'],
];
const none = (): string[] => [];

type Row = readonly [verb: string, what: string, change: () => ChangeAnswer, words: (folder: string) => string[]];

const TABLE: readonly Row[] = [
  ['run', 'the baseline', () => actingBaseline, places],
  ['run', 'files', () => refusing((url) => url.includes('/auxip.svc/')), places],
  ['plan', 'the catalogue', () => refusing((url) => url.includes('/auxip.svc/')), places],
  ['fetch', 'files', () => refusing((url) => url.endsWith('/$value')), (folder) => [...places(folder), '--verbose']],
  ['fetch', 'the baseline', () => actingBaseline, (folder) => [...places(folder), '--json']],
  ['fetch', 'the token', () => refusedToken, places],
  ['doctor', 'all services', () => refusing((url) => !isToken(url)), none],
  ['doctor', 'the token', () => refusedToken, none],
  ['drift', 'all services', () => refusing((url) => !isToken(url)), none],
  ['contract', 'all services', () => refusing((url) => !isToken(url)), contract],
];

test.each(sampleOf(TABLE, 6, ([verb]) => verb))(
  'auxflow %s: nothing of a service acts on a terminal or a page (%s)',
  async (verb, _what, change, words) => {
    const { siteUrl } = await withSandbox();
    const changed = change();
    const forwarder = await createForwarder(siteUrl, (request, answer) => {
      const own = { ...answer, body: answer.body.replaceAll(siteUrl, forwarder.origin) };
      return changed(request, own) ?? own;
    });
    const folder = temporaryFolder();
    const environment = { ...ACCOUNT, AUXFLOW_DEBUG: '1', AUXFLOW_STATE: path.join(folder, 'state') };
    const result = await runCli([verb, '--site-url', forwarder.origin, ...words(folder)], { environment });
    expect([0, 7]).not.toContain(result.exitCode);
    const texts = everythingWritten(result, folder);
    // Saved answers are the evidence, byte for byte; downloaded files are what the store has.
    const shown = [...texts].filter(([place]) => !/(?:^|\/)answers\/|^out\/[^/]+\.(?:SAFE|EOF|zip|TGZ)/i.test(place));
    const acting = shown.flatMap(([place, whole]) => {
      const text = withoutLibraries(whole);
      const found = HARMFUL.exec(text);
      return found ? [`${place}: ${JSON.stringify(text.slice(Math.max(0, found.index - 80), found.index + 40))}`] : [];
    });
    expect(acting).toEqual([]);
  },
);
