import { describe, expect, test } from 'vitest';
import { parseXml } from '../../scripts/lib/xml-tree';
import { judgeCampaign } from '../../scripts/processor/judge-campaign';
import { gapsIn } from '../../scripts/processor/judge-inputs';
import type { TaskTable } from '../../scripts/processor/task-table';
import { parseTaskTable } from '../../scripts/processor/parse-task-table';
import { isWanted, typesOfMission } from '../../scripts/sentinel/adf-types';
import { publishedDeltas } from '../../scripts/sentinel/published-deltas';
import { expectedState } from '../helpers/input-oracle';
import { isTypeOfServices, TYPES } from '../helpers/types-of-services';
import { plantedBaseline, PLANTED_MISSIONS } from '../helpers/planted-baselines';
import { pick, randomOf } from '../helpers/random';
import { inputsOf, publicTables, tableXml, type TableRow, type TableRows } from '../helpers/task-tables';

/** A table of our own for a product type: what the services list for it, some with an alternative, under rules that task tables have. */
function ownTable(mission: string, productType: string, random: () => number): TableRows {
  const modes = [
    'LatestValCover',
    'LatestValIntersect',
    'ValIntersect',
    'ValIntersectWithoutDuplicates',
    'LatestStopValidity',
  ];
  const types = typesOfMission(TYPES, mission).filter((type) => isWanted(type, productType));
  const rows = types.flatMap(({ longName, shortName, rule }): TableRow[] => {
    const { delta0, delta1 } = publishedDeltas(mission, longName);
    const retrieval = random() < 0.5 && modes.includes(rule) ? rule : pick(modes, random);
    const row = { task: 'T', mode: pick(['ALWAYS', 'NTC'], random), mandatory: pick(['Yes', 'Yes', 'No'], random) };
    const type =
      mission === 'S1SAR' && shortName.startsWith('AUX_') ? shortName : longName.replace(/^(AUX_\w+ORB)_S\d$/, '$1');
    const first = { ...row, order: '1', origin: 'DB', retrieval, t0: String(delta0), t1: String(delta1), type };
    const elsewhere = {
      ...first,
      order: '2',
      retrieval: 'Custom',
      type: pick(['XX_0_NONE__', 'AX___FPO_AX', 'AUX_RES'], random),
    };
    return random() < 0.3 ? [first, elsewhere] : [first];
  });
  const level0 = { ...rows[0]!, task: 'L0', mandatory: 'Yes', order: '1', origin: 'DB', retrieval: 'ValIntersect' };
  const own = ['OL_0_EFR___', 'SL_0_SLT___', 'SR_0_SRA___', 'MW_0_MWR___', 'IW_RAW__0S', 'TM_0_NAT___'];
  return { key: '', file: '', processor: 'OWN', version: '1', rows: [{ ...level0, type: pick(own, random) }, ...rows] };
}

const MISSION_OF_TABLE: readonly (readonly [RegExp, string, readonly string[]])[] = [
  [/OL1|PUG_OL_1/, 'S3OLCI', ['L1EFR']],
  [/OL2|PUG_OL_2/, 'S3OLCI', ['L2LFR']],
  [/SL1/, 'S3SLSTR', ['L1RBT']],
  [/SL2|FRP/, 'S3SLSTR', ['L2LST', 'L2FRP']],
  [/SR1|SM2/, 'S3SRAL', ['L1SRA', 'L2LAN']],
  [/MW1/, 'S3MWR', ['L1MWR']],
  [/SY1|SY2/, 'S3SYN', ['L1MISR', 'L2']],
  [/^s1-l2/, 'S1SAR', ['L2OCN']],
  [/^s1-/, 'S1SAR', ['L1SLC', 'L1GRD']],
];

/** Differences between what the product says and the oracle, over one baseline. */
function wrongVerdicts(
  table: TableRows,
  mission: string,
  productType: string,
  random: () => number,
): readonly unknown[] {
  const { planted, campaign } = plantedBaseline(mission, productType, random);
  const parsed = parsedOnce(table);
  const [level0] = campaign.level0;
  const [judged] = [...judgeCampaign(parsed, campaign)];
  const files = campaign.files.map((file) => ({ name: file.name, isHere: file.path !== undefined }));
  const tasks = [...new Set(table.rows.map(({ task }) => task))];
  const inputs = tasks.flatMap((task) => inputsOf(table.rows.filter((row) => row.task === task)));
  return inputs.flatMap((rows, place) => {
    const { verdict } = judged!.inputs[place]!;
    seen[verdict.state] = (seen[verdict.state] ?? 0) + 1;
    const got = { state: verdict.state, files: verdict.files.map(({ name }) => name).sort() };
    const expected = expectedState(rows, level0!.name, files, (type) => isTypeOfServices(type, mission));
    const isSame = got.state === expected.state && got.files.join() === [...expected.files].sort().join();
    return isSame ? [] : [{ table: table.key, planted, level0: level0!.name, rows, got, expected }];
  });
}

const tables = new Map<TableRows, TaskTable>();

function parsedOnce(table: TableRows): TaskTable {
  const known = tables.get(table);
  if (known) return known;
  const { table: parsed } = parseTaskTable(parseXml(tableXml(table), { maxDepth: 64, maxElements: 100_000 }));
  tables.set(table, parsed);
  return parsed;
}

let seen: Record<string, number> = {};

describe('1000 baselines with planted gaps are judged as by hand', () => {
  test('against tables of our own', () => {
    seen = {};
    const random = randomOf(14);
    const wrong = PLANTED_MISSIONS.flatMap(([mission, productType]) =>
      Array.from({ length: 6 }, () => ownTable(mission, productType, random)).flatMap((table) =>
        Array.from({ length: 10 }, () => wrongVerdicts(table, mission, productType, random)).flat(),
      ),
    );
    expect(wrong.slice(0, 3)).toEqual([]);
    for (const state of ['filled', 'missing', 'absent', 'elsewhere', 'level0', 'unclear'])
      expect([state, seen[state] ?? 0]).not.toEqual([state, 0]);
  });

  const TABLES = publicTables();
  test.skipIf(!TABLES)('against the tables of the public processors', () => {
    seen = {};
    const random = randomOf(15);
    const wrong = (TABLES ?? []).flatMap((table) => {
      const [, mission, productTypes] = MISSION_OF_TABLE.find(([pattern]) => pattern.test(table.key)) ?? [];
      if (mission === undefined || !productTypes) return [];
      return Array.from({ length: 2 }, () => wrongVerdicts(table, mission, pick(productTypes, random), random)).flat();
    });
    expect(wrong.slice(0, 3)).toEqual([]);
    for (const state of ['filled', 'missing', 'absent', 'elsewhere', 'level0', 'processor'])
      expect([state, seen[state] ?? 0]).not.toEqual([state, 0]);
  });
});

test('gaps are the parts of an interval that no file covers', () => {
  const file = (start: number, stop: number) => ({ start, stop, creation: 0 });
  expect(gapsIn({ from: 10, to: 20 }, [file(0, 12), file(15, 30)])).toEqual([{ from: 12, to: 15 }]);
  expect(gapsIn({ from: 10, to: 20 }, [file(12, 15), file(11, 13)])).toEqual([
    { from: 10, to: 11 },
    { from: 15, to: 20 },
  ]);
  expect(gapsIn({ from: 10, to: 20 }, [file(0, 30)])).toEqual([]);
});
