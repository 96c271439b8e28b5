/** Judged in one call, without Newman: what rdb.svc answers and what reprocessing.svc lists, each changed. */
import { expect, test } from 'vitest';
import { notesOf } from '../../scripts/campaign/completeness/notes';
import { editBaseline, editEntries } from '../../scripts/sandbox/faults/mutants/edit-json';
import type { Faults } from '../../scripts/sandbox/faults/scenarios/faults';
import { textReply, type Reply } from '../../scripts/sandbox/http/reply';
import type { Fields } from '../../scripts/sandbox/odata/write-value';
import { HOUR } from '../../scripts/sentinel/time';
import { judgeInProcess } from '../helpers/judge-in-process';
import { withSandbox } from '../helpers/with-sandbox';

const WORDS = {
  ...{ mission: 'S3OLCI', unit: 'A', productType: 'L2LFR' },
  ...{ start: '2024-02-29T23:59:59Z', stop: '2024-03-01T06:00:00Z' },
};

type Rows = readonly Fields[];

function edited(reply: Reply, edit: (rows: Rows) => Rows, more: Fields = {}): Reply {
  if (typeof reply.body !== 'string') return reply;
  const body = JSON.parse(reply.body) as { value: Rows };
  return { ...reply, body: JSON.stringify({ ...body, value: edit(body.value), ...more }) };
}

const listing = (set: 'AuxTypes' | 'AuxFiles', edit: (rows: Rows) => Rows, more?: Fields): Faults => ({
  siteReply: ({ service, request }, reply) =>
    service === 'reprocessing' && request.path.includes(set) ? edited(reply, edit, more) : reply,
});
const types = (edit: (rows: Rows) => Rows): Faults => listing('AuxTypes', edit);
const changed = (name: string, change: Fields) => (rows: Rows) =>
  rows.map((row) => (row.LongName === name ? { ...row, ...change } : row));

const filesOf = ({ AuxDataFiles }: Fields) => AuxDataFiles as readonly { readonly Name: string }[];
const lacking = (entry: Fields, type: string): Fields => ({
  ...entry,
  AuxDataFiles: filesOf(entry).filter(({ Name }) => !Name.includes(type)),
});
const without = (type: string): Faults => editEntries((entry) => lacking(entry, type));
const ofUnitB = ({ Name, ...link }: { readonly Name: string }) => ({
  ...{ Name: Name.replace('S3A_OL_2_PPP', 'S3B_OL_2_PPP'), ...link },
});
const AWAY: Faults = {
  site: ({ service }) => (service === 'reprocessing' ? textReply(404, 'text/html', '<h1>404</h1>') : undefined),
};

/** Long intervals lose products that short ones have. */
const losing = (isLost: (name: string, place: number, count: number) => boolean): Faults => ({
  async aroundService(request, answer) {
    const reply = await answer(request);
    const [, start = '', stop = ''] = /start=([^,]+),stop=([^,)]+)/.exec(decodeURIComponent(request.path)) ?? [];
    if (!(Date.parse(stop) - Date.parse(start) > 3 * HOUR)) return reply;
    const byName = (rows: Rows) => rows.toSorted((a, b) => (String(a.Level0) < String(b.Level0) ? -1 : 1));
    return edited(reply, (rows) =>
      byName(rows).filter(({ Level0 }, place) => !isLost(String(Level0), place, rows.length)),
    );
  },
});

const TABLE = /does not list \d+ ADF types? of the published table/;

test.each<[what: string, faults: Faults[], codes: string[], note?: RegExp]>([
  ['a type not listed', [types((rows) => rows.filter(({ LongName }) => LongName !== 'OL_2_PPP_AX'))], [], TABLE],
  [
    'a type neither listed nor answered',
    [types((rows) => rows.filter(({ LongName }) => LongName !== 'OL_2_PPP_AX')), without('OL_2_PPP_AX')],
    ['ADF_TYPE_MISSING OL_2_PPP_AX'],
    TABLE,
  ],
  ['no product types', [types((rows) => rows.map((row) => ({ ...row, ProductTypes: [] })))], [], TABLE],
  ['a type without a name', [types(changed('OL_2_ACP_AX', { LongName: null }))], [], TABLE],
  ['an unknown rule', [types(changed('OL_2_ACP_AX', { Rule: 'Newest' }))], [], TABLE],
  [
    'an unknown rule, and later types gone',
    [types(changed('OL_2_ACP_AX', { Rule: 'Newest' })), without('OL_2_WVP_AX')],
    ['ADF_TYPE_MISSING OL_2_WVP_AX'],
  ],
  [
    'a type of unknown rule that is not published, with files',
    [
      types((rows) => [
        ...rows,
        ...changed('OL_2_PPP_AX', { LongName: 'OL_2_NEW_AX', Rule: 'Newest' })(rows).filter(
          ({ LongName }) => LongName === 'OL_2_NEW_AX',
        ),
      ]),
      editEntries((entry) => {
        const more = filesOf(entry).filter(({ Name }) => Name.includes('OL_2_PPP'));
        const made = more.map((file) => ({ ...file, Name: file.Name.replace('PPP', 'NEW') }));
        return { ...entry, AuxDataFiles: [...filesOf(entry), ...made] };
      }),
    ],
    [],
    /Not judged: OL_2_NEW_AX, \d+ Level-0 products: reprocessing.svc lists it with a rule that is not known/,
  ],
  [
    'another rule',
    [types(changed('AX___FRO_AX', { Rule: 'LatestGeneration' }))],
    [],
    /lists AX___FRO_AX with the rule/,
  ],
  [
    'another rule that rdb.svc follows',
    [
      {
        catalogue: (catalogue) => ({
          ...{ ...catalogue, choose: undefined },
          types: catalogue.types.map((type) =>
            type.longName === 'AX___FRO_AX' ? { ...type, rule: 'LatestGeneration' } : type,
          ),
        }),
      },
    ],
    ['ADF_WRONG_FILE AX___FRO_AX'],
    /it was judged by the published one/,
  ],
  [
    'one page of files',
    [listing('AuxFiles', (rows) => rows.slice(0, 10), { '@odata.nextLink': 'AuxFiles?$skip=10' })],
    [],
    /was not read[^]*one page of several/,
  ],
  [
    'a file of another satellite, nothing listed',
    [AWAY, editEntries((entry) => ({ ...entry, AuxDataFiles: filesOf(entry).map(ofUnitB) }))],
    ['ADF_UNEXPECTED OL_2_PPP_AX'],
  ],
  [
    'a product twice, once without a type',
    [editBaseline((entries) => [...entries, ...entries.slice(7, 8).map((entry) => lacking(entry, 'AUX_POEORB'))])],
    ['ADF_ANSWERS_DIFFER AUX_POEORB'],
  ],
  ['the first product lost', [losing((_name, place) => place === 0)], ['L0_LEFT_OUT ']],
  ['the last product lost', [losing((_name, place, count) => place === count - 1)], ['L0_LEFT_OUT ']],
  ['the first of an orbit lost', [losing((name) => name.includes('_20240301T010412_'))], ['L0_LEFT_OUT ']],
  ['the second of an orbit lost', [losing((name) => name.includes('_20240301T010610_2'))], ['L0_LEFT_OUT ']],
])('%s', async (_what, faults, codes, note) => {
  const sandbox = await withSandbox({ faults });
  const judged = await judgeInProcess(sandbox.siteUrl, WORDS);
  if (!judged) throw new Error('nothing to judge');
  const told = judged.errors.map((error) =>
    [error.code, ...('types' in error ? [error.types.map(({ type }) => type)] : [''])].join(' '),
  );
  expect(told).toEqual(codes);
  if (note) expect(notesOf(judged).join('\n')).toMatch(note);
  expect(sandbox.requests.length).toBeLessThanOrEqual(35);
});
