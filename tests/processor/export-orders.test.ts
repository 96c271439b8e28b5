import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DOMParser, type Element } from '@xmldom/xmldom';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { exportOrders, type ExportOrdersOptions } from '../../scripts/campaign/processor/export-orders';
import { createRedactor } from '../../scripts/lib/redact/redact';
import { ROOT } from '../../scripts/lib/package-root';
import type { RunEvent } from '../../scripts/session/run-events';
import { failureOf } from '../helpers/failure-of';
import { makeUpCampaign, type MadeUp } from '../helpers/made-up-campaign';
import { pick, randomOf } from '../helpers/random';
import { runCli, temporaryFolder } from '../helpers/run-cli';
import { inputsOf, publicTables, tableXml, type TableRow, type TableRows } from '../helpers/task-tables';

const TABLE = path.join(ROOT, 'tests/fixtures/task-tables/plain.xml');
const LEVEL0 = [
  'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
  'S3A_OL_0_EFR____20240301T213410_20240301T213610_20240301T225532_0119_109_302______PS1_O_NR_002.SEN3.zip',
  'S3A_OL_0_EFR____20240302T093410_20240302T093610_20240302T125532_0119_109_302______PS1_O_NR_002.SEN3.zip',
];
const STEMS = LEVEL0.map((name) => name.replace('.SEN3.zip', ''));

function olci(changes: Partial<MadeUp> = {}): string {
  const folder = temporaryFolder();
  makeUpCampaign({ folder, mission: 'S3OLCI', productType: 'L1EFR', level0: LEVEL0, ...changes });
  return folder;
}

async function exported(place: string, options: Partial<ExportOrdersOptions> = {}) {
  const events: RunEvent[] = [];
  const exitCode = await exportOrders(
    place,
    { format: 'joborder', taskTable: [TABLE], station: '____', ...options },
    {
      ...{ environment: {}, redactor: createRedactor(), signal: new AbortController().signal, now: () => new Date() },
      listener: (event) => events.push(event),
    },
  );
  const errors = events.flatMap((event) => (event.type === 'finding' ? [event.error] : []));
  return { exitCode, errors, notes: events.flatMap((event) => (event.type === 'note' ? [event.text] : [])) };
}

const filesBelow = (folder: string, ending: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => path.join(folder, name));

/** Read by another library than the one that reads task tables. */
function read(file: string): Element {
  const problems: string[] = [];
  const document = new DOMParser({ onError: (_level, message) => problems.push(message) }).parseFromString(
    readFileSync(file, 'utf8'),
    'text/xml',
  );
  expect(problems).toEqual([]);
  return document.documentElement!;
}

const all = (element: Element, name: string): Element[] => [...element.getElementsByTagName(name)];
const textOf = (element: Element, name: string): string => all(element, name)[0]?.textContent ?? '';

const parametersOf = (order: Element): [name: string, value: string][] =>
  all(order, 'Dyn_Processing_Parameter').map((item) => [textOf(item, 'Name'), textOf(item, 'Value')]);

/** File types with the names of their files, input by input. */
function inputsIn(order: Element): [type: string, files: string[]][] {
  return all(order, 'Input').map((input) => [
    textOf(input, 'File_Type'),
    all(all(input, 'List_of_File_Names')[0]!, 'File_Name').map(({ textContent }) => path.basename(textContent ?? '')),
  ]);
}

function expectWellMade(order: Element): void {
  expect(order.nodeName).toBe('Ipf_Job_Order');
  for (const list of [...order.getElementsByTagName('*')].filter(({ nodeName }) => nodeName.startsWith('List_of_')))
    expect([list.nodeName, list.getAttribute('count')]).toEqual([
      list.nodeName,
      String([...list.childNodes].filter(({ nodeType }) => nodeType === 1).length),
    ]);
  for (const name of all(order, 'File_Name')) expect(path.isAbsolute(name.textContent ?? '')).toBe(true);
  for (const tag of ['Start', 'Stop'])
    for (const time of all(order, tag)) expect(time.textContent).toMatch(/^\d{8}_\d{12}$/);
}

describe('auxflow export --format joborder', () => {
  test('writes one job order per Level-0 product: conf, times, inputs of its tasks, outputs', async () => {
    const folder = olci();
    const { exitCode, stdout, stderr } = await runCli([
      'export',
      folder,
      '--format',
      'joborder',
      '--task-table',
      TABLE,
    ]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toContain('3 job orders written.');
    const orders = filesBelow(path.join(folder, 'job-orders'), '.xml');
    expect(orders.map((file) => path.basename(file))).toEqual(STEMS.map((stem) => `JobOrder.${stem}.xml`));
    const order = read(orders[0]!);
    expectWellMade(order);
    const [sensing] = all(order, 'Sensing_Time');
    expect([
      textOf(order, 'Processor_Name'),
      textOf(order, 'Version'),
      textOf(sensing!, 'Start'),
      textOf(sensing!, 'Stop'),
    ]).toEqual([...['S3A_TEST', '01.00', '20240301_010412000000', '20240301_010610000000']]);
    expect([textOf(order, 'Config_File'), parametersOf(order)]).toEqual([
      '/opt/test/conf.xml',
      [
        ['Größe', '9'],
        ['Open', ''],
      ],
    ]);
    expect(stdout).toContain(
      'S3A_TEST 01.00: the table gives no value to Open: empty in the orders, unless --parameter Open=… gives one',
    );
    expect(all(order, 'Task_Name').map(({ textContent }) => textContent)).toEqual(['FIRST', 'SECOND']);
    expect(inputsIn(order).map(([type, files]) => [type, files.length])).toEqual([
      ...[
        ['OL_0_EFR___', 1],
        ['AX___FRO_AX', 1],
        ['AX___MA1_AX', 2],
        ['AX___FRO_AX', 1],
        ['OL_1_EFRINT', 1],
      ],
    ]);
    const [, orbit] = all(order, 'Input');
    const file = textOf(all(orbit!, 'List_of_File_Names')[0]!, 'File_Name');
    expect([path.dirname(file), existsSync(file)]).toEqual([folder, true]);
    expect(textOf(all(orbit!, 'Time_Interval')[0]!, 'File_Name')).toBe(file);
    const [output] = all(order, 'Output');
    const working = path.join(folder, 'job-orders', 'S3A_TEST_01.00', STEMS[0]!);
    expect([textOf(output!, 'File_Type'), textOf(output!, 'File_Name'), existsSync(working)]).toEqual([
      ...['OL_1_EFR___', `${working}/`, true],
    ]);
  });

  test('parameters may be given; the lists have the names that the processors of a mission read', async () => {
    const folder = olci({ level0: LEVEL0.slice(0, 1) });
    const table = path.join(folder, 'timely.xml');
    const timeliness = '<Param_Name>Open</Param_Name><Param_Type>String</Param_Type><Param_Default>NRT</Param_Default>';
    writeFileSync(
      table,
      readFileSync(TABLE, 'utf8')
        .replace('<Param_Name>Open</Param_Name><Param_Type>String</Param_Type>', timeliness)
        .replace('<Param_Default>9</Param_Default>', '$&<Param_Valid>9</Param_Valid><Param_Valid>8</Param_Valid>')
        .replace('<List_of_Pools', '<Sensing_Time_flag>false</Sensing_Time_flag>$&'),
    );
    const orderOf = () => filesBelow(path.join(folder, 'job-orders'), '.xml').map(read)[0]!;
    const plain = await exported(folder, { taskTable: [table], inputs: undefined });
    expect(plain.notes[0]).toBe(
      "S3A_TEST 01.00: Open is NRT by the table's default, and the orders are for NTC: --parameter Open=NTC says so",
    );
    expect(all(orderOf(), 'Sensing_Time')).toEqual([]);
    const given = await exported(folder, { taskTable: [table], parameter: ['Open=NTC=really', 'Größe=8'] });
    expect(given.notes.filter((note) => note.includes('Open'))).toEqual([]);
    expect([all(orderOf(), 'List_of_Dyn_Processing_Parameters').length, parametersOf(orderOf())]).toEqual([
      1,
      [
        ['Größe', '8'],
        ['Open', 'NTC=really'],
      ],
    ]);
    const refused = (...parameter: string[]) => failureOf(exported(folder, { taskTable: [table], parameter }));
    expect(await refused('Größe=7')).toMatchObject({
      code: 'USAGE',
      problem: 'S3A_TEST 01.00 does not allow Größe to be "7".',
      next: 'Choose one of 9, 8.',
    });
    expect(await refused('Grösse=9')).toMatchObject({ next: 'Choose one of Größe, Open.' });
    expect(await refused('=9')).toMatchObject({ problem: '--parameter takes name=value, not "=9".' });
  });

  test('of Sentinel-1 the lists have the names of the guidelines', async () => {
    const folder = temporaryFolder();
    const level0 = ['S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip'];
    makeUpCampaign({ folder, mission: 'S1SAR', productType: 'L1SLC', level0 });
    const row = {
      task: 'PSC',
      mode: 'ALWAYS',
      mandatory: 'Yes',
      order: '1',
      origin: 'DB',
      retrieval: 'LatestValCover',
    };
    const rows = ['IW_RAW__0S', 'AUX_CAL'].map((type) => ({ ...row, t0: '0.0', t1: '0.0', type }));
    const table = path.join(folder, 'table.xml');
    const lists = `<List_of_Cfg_Files><Cfg_Files><File_Name>/conf.xml</File_Name></Cfg_Files></List_of_Cfg_Files>
<List_of_Dyn_ProcParam count="1"><Dyn_ProcParam><Param_Name>Mission_Id</Param_Name><Param_Default>S1A</Param_Default></Dyn_ProcParam></List_of_Dyn_ProcParam>`;
    const xml = tableXml({ processor: 'IW_RAW__0_SLC__1', version: '02.84', rows });
    writeFileSync(table, xml.replace('<List_of_Pools', `${lists}$&`));
    expect(await exported(folder, { taskTable: [table] })).toMatchObject({ exitCode: 0, errors: [] });
    const [conf] = filesBelow(path.join(folder, 'job-orders'), '.xml').flatMap((file) => all(read(file), 'Ipf_Conf'));
    expect(textOf(all(conf!, 'Config_Files')[0]!, 'Conf_File_Name')).toBe('/conf.xml');
    const [parameter] = all(all(conf!, 'Dynamic_Processing_Parameters')[0]!, 'Processing_Parameter');
    expect([textOf(parameter!, 'Name'), textOf(parameter!, 'Value')]).toEqual(['Mission_Id', 'S1A']);
  });

  test('only from a complete set: who lacks something is named, and its earlier order is taken away', async () => {
    const folder = olci();
    expect((await exported(folder)).exitCode).toBe(0);
    const adf = readdirSync(folder).filter((name) => name.includes('AX___MA1_AX'));
    for (const name of adf.filter((item) => /AX_202403010[39]/.test(item) || item.includes('AX_20240229')))
      rmSync(path.join(folder, name));
    const { exitCode, errors } = await exported(folder);
    expect(exitCode).toBe(1);
    expect(errors).toMatchObject([{ code: 'INPUT_MISSING', types: ['AX___MA1_AX'], mode: 'NTC', of: 3 }]);
    const left = filesBelow(path.join(folder, 'job-orders'), '.xml').length;
    expect(errors).toMatchObject([{ level0: 3 - left }]);
    expect([left > 0, left < 3]).toEqual([true, true]);
  });

  test('products that the services do not have are looked for in --inputs', async () => {
    const folder = olci({ level0: LEVEL0.slice(0, 1) });
    const inputs = path.join(folder, 'products');
    mkdirSync(path.join(inputs, `${STEMS[0]!}.SEN3`), { recursive: true });
    const table = path.join(folder, 'with-product.xml');
    const product = '<File_Type>OL_1_RAC___</File_Type>';
    writeFileSync(table, readFileSync(TABLE, 'utf8').replace('<File_Type>AX___MA1_AX</File_Type>', product));
    const without = await exported(folder, { taskTable: [table], inputs });
    expect(without.errors).toMatchObject([
      {
        code: 'INPUT_MISSING',
        types: ['OL_1_RAC___'],
        example: { why: [`OL_1_RAC___: nothing in ${inputs} is of the type and the time`] },
      },
    ]);
    const rac = 'S3A_OL_1_RAC____20240301T000412_20240301T020610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3';
    mkdirSync(path.join(inputs, rac));
    const { exitCode, notes } = await exported(folder, { taskTable: [table], inputs, parameter: ['Open=x'] });
    expect([exitCode, notes]).toEqual([0, []]);
    const [order] = filesBelow(path.join(folder, 'job-orders'), '.xml').map(read);
    expect(inputsIn(order!).filter(([type]) => /^OL_[01]_(EFR___|RAC)/.test(type))).toEqual([
      ['OL_0_EFR___', [`${STEMS[0]!}.SEN3`]],
      ['OL_1_RAC___', [rac]],
    ]);
    expect(await failureOf(exported(folder, { inputs: path.join(folder, 'none') }))).toMatchObject({
      reason: 'ENOENT',
    });
  });

  test('wants a task table, and a mode where there are several to choose from', async () => {
    const folder = olci();
    expect(await failureOf(exported(folder, { taskTable: [] }))).toMatchObject({ code: 'USAGE' });
    const table = path.join(folder, 'slices.xml');
    writeFileSync(table, readFileSync(TABLE, 'utf8').replace('>NRT<', '>SLICING<').replace('>NTC<', '>NON_SLICING<'));
    expect(await failureOf(exported(folder, { taskTable: [table] }))).toMatchObject({
      code: 'USAGE',
      problem: 'S3A_TEST 01.00 runs in one of the modes SLICING, NON_SLICING.',
    });
    expect((await exported(folder, { taskTable: [table], mode: 'slicing' })).exitCode).toBe(0);
  });

  test('a processor whose name is a path does not lead out of the folder', async () => {
    const folder = olci();
    const table = path.join(folder, 'table.xml');
    for (const name of ['..', '.', '../../x']) {
      writeFileSync(
        table,
        readFileSync(TABLE, 'utf8').replace('S3A_TEST', name).replace('<Version>01.00', '<Version>'),
      );
      const before = readdirSync(folder);
      const out = path.join(folder, 'out', 'orders');
      expect((await exported(folder, { taskTable: [table], out })).exitCode).toBe(0);
      const below = readdirSync(path.join(folder, 'out'));
      expect([readdirSync(folder).filter((item) => item !== 'out'), below]).toEqual([before, ['orders']]);
      rmSync(path.join(folder, 'out'), { recursive: true });
    }
  });

  test('names that are no names of files or say no time have no order', async () => {
    const folder = temporaryFolder();
    const lock = makeUpCampaign({ folder, mission: 'S3OLCI', productType: 'L1EFR', level0: LEVEL0 });
    const names = ['../../etc/passwd', 'S3A_SOMETHING', LEVEL0[2]!];
    const level0 = lock.level0.map((entry, index) => ({ ...entry, name: names[index]! }));
    makeUpCampaign({ folder, mission: 'S3OLCI', productType: 'L1EFR', level0: LEVEL0, changes: { level0 } });
    for (const taskTable of [[TABLE], []]) {
      const format = taskTable.length > 0 ? 'joborder' : 'payload';
      const out = path.join(folder, `out-${format}`);
      const { errors } = await exported(folder, { format, taskTable, out });
      expect(errors.map(({ code }) => code)).toEqual(['NAME_UNSAFE', 'L0_NAME_MALFORMED']);
      expect(filesBelow(out, format === 'joborder' ? '.xml' : '.yaml').map((file) => path.basename(file))).toEqual([
        expect.stringContaining(STEMS[2]!),
      ]);
    }
  });

  test('another XML parser reads them', ({ skip }) => {
    if (!hasPython('xml.etree')) return skip('python3 is not there');
    const folder = olci();
    return exported(folder).then(() => {
      const script = `
import glob, sys, xml.etree.ElementTree as tree
for name in sorted(glob.glob(sys.argv[1] + '/*/*.xml')):
    root = tree.parse(name).getroot()
    print(root.tag, root.findtext('Ipf_Conf/Sensing_Time/Start'), len(root.findall('List_of_Ipf_Procs/Ipf_Proc/List_of_Inputs/Input')))`;
      const output = execFileSync('python3', ['-c', script, path.join(folder, 'job-orders')], { encoding: 'utf8' });
      expect(output.trim().split('\n')).toEqual([
        ...[
          'Ipf_Job_Order 20240301_010412000000 5',
          'Ipf_Job_Order 20240301_213410000000 5',
          'Ipf_Job_Order 20240302_093410000000 5',
        ],
      ]);
    });
  });
});

function hasPython(module: string): boolean {
  try {
    const found = `importlib.util.find_spec('${module}')`;
    execFileSync('python3', ['-c', `import importlib.util, sys; sys.exit(${found} is None)`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const ROW = { task: 'OL', mode: 'ALWAYS', mandatory: 'Yes', origin: 'DB', t0: '0', t1: '0' };
const row = (order: string, type: string, retrieval: string, more: Partial<TableRow> = {}): TableRow => ({
  ...ROW,
  order,
  type,
  retrieval,
  ...more,
});

/** Like the processors of OLCI, for a checkout without the public tables. */
const OWN: readonly TableRows[] = [
  {
    ...{ key: 'L1EFR', file: 'l1.xml', processor: 'S3A_OL1', version: '1' },
    rows: [
      row('1', 'OL_0_EFR___', 'ValIntersect'),
      row('1', 'AX___FRO_AX', 'LatestValCover', { t0: '8.8', t1: '8.8' }),
      row('2', 'AX___FPO_AX', 'LatestValCover', { t0: '8.8', t1: '8.8' }),
      row('1', 'AX___MA1_AX', 'ValIntersectWithoutDuplicates', { mode: 'NTC', t1: '10800' }),
      ...['OL_1_INS_AX', 'OL_1_CAL_AX', 'OL_1_PRG_AX', 'AX___DEM_AX'].map((type) =>
        row('1', type, 'LatestValIntersect'),
      ),
    ],
  },
  {
    ...{ key: 'L2LFR', file: 'l2.xml', processor: 'S3A_OL2_FR', version: '1' },
    rows: [
      row('1', 'OL_1_EFR___', 'ValIntersect', { t0: '0.5' }),
      row('1', 'AX___FRO_AX', 'LatestValCover', { t0: '0.5' }),
      ...['OL_2_PCP_AX', 'OL_2_PPP_AX', 'OL_2_WVP_AX', 'OL_2_ACP_AX'].map((type) =>
        row('1', type, 'LatestValIntersect'),
      ),
    ],
  },
];

function olciTables(): readonly (readonly [productType: string, table: TableRows])[] {
  const published = (publicTables() ?? []).flatMap((table): [string, TableRows][] => {
    if (/^s3-ol1\/.*S3A_OL1_06/.test(table.key)) return [['L1EFR', table]];
    return /^s3-ol2\/.*S3A_OL2_FR/.test(table.key) ? [['L2LFR', table]] : [];
  });
  return [...OWN.map((table): [string, TableRows] => [table.key, table]), ...published];
}

describe.each(olciTables())('every OLCI %s baseline', (productType, table) => {
  test('yields a job order, or what it lacks is named', async () => {
    const random = randomOf(productType.length + table.rows.length);
    const folder = temporaryFolder();
    const file = path.join(folder, 'table.xml');
    writeFileSync(file, tableXml(table));
    const singles = inputsOf(table.rows)
      .filter(([first, ...others]) => others.length === 0 && first!.mandatory === 'Yes' && first!.mode !== 'NRT')
      .map(([first]) => first!.type)
      .filter((type) => !/^(OL_0_EFR|OL_1_EFR)/.test(type));
    for (let round = 0; round < 6; round++) {
      const lost = round === 0 ? [] : [pick(singles, random)];
      const [without, notHere] = round % 2 === 0 ? [lost, []] : [[], lost];
      const place = path.join(folder, `campaign-${round}`);
      makeUpCampaign({ folder: place, mission: 'S3OLCI', productType, level0: LEVEL0, without, notHere });
      const { exitCode, errors } = await exported(place, { taskTable: [file] });
      const orders = filesBelow(path.join(place, 'job-orders'), '.xml');
      const named = errors.map((error) => (error.code === 'INPUT_MISSING' ? [error.types, error.level0] : error.code));
      expect([exitCode, orders.length, named]).toEqual([...(lost.length > 0 ? [1, 0, [[lost, 3]]] : [0, 3, []])]);
      for (const order of orders.map(read)) expectWellMade(order);
    }
  });
});

describe('auxflow export --format payload', () => {
  test('writes one payload of the EOPF framework per Level-0 product, with a task table and without', async () => {
    const folder = olci();
    const { exitCode, stdout } = await runCli([
      'export',
      folder,
      '--format',
      'payload',
      '--out',
      path.join(folder, 'all'),
    ]);
    expect([exitCode, stdout.includes('3 payloads written.')]).toEqual([0, true]);
    await exported(folder, { format: 'payload', out: path.join(folder, 'table') });
    const [first] = filesBelow(path.join(folder, 'all'), '.payload.yaml');
    const payload = parse(readFileSync(first!, 'utf8')) as Payload;
    const io = payload['I/O'];
    expect(io.input_products).toEqual([
      { id: 'OL_0_EFR___', path: path.join(folder, 'inputs', LEVEL0[0]!), store_type: 'safe', store_params: {} },
    ]);
    expect(io.adfs.length).toBeGreaterThan(20);
    expect(new Set(io.adfs.map(({ id }) => id)).size).toBe(io.adfs.length);
    for (const adf of io.adfs) expect([path.dirname(adf.path), existsSync(adf.path)]).toEqual([folder, true]);
    expect(payload.workflow[0]?.adfs).toEqual(Object.fromEntries(io.adfs.map(({ id }) => [id, id])));
    const [narrow] = filesBelow(path.join(folder, 'table'), '.payload.yaml');
    const byTable = parse(readFileSync(narrow!, 'utf8')) as Payload;
    expect(byTable['I/O'].adfs.map(({ id }) => id)).toEqual(['AX___FRO_AX', 'AX___MA1_AX', 'AX___MA1_AX_2']);
    expect(byTable.workflow.map(({ name, inputs, adfs }) => [name, inputs, Object.keys(adfs)])).toEqual([
      ['FIRST', { OL_0_EFR___: 'OL_0_EFR___' }, ['AX___FRO_AX', 'AX___MA1_AX', 'AX___MA1_AX_2']],
      ['SECOND', { OL_1_EFRINT: 'OL_1_EFRINT' }, ['AX___FRO_AX']],
    ]);
    expect(byTable['I/O'].output_products.map(({ id }) => id)).toEqual(['OL_1_EFR___']);
  });

  test('of products whose files are not all here there is none', async () => {
    const folder = olci({ notHere: ['AX___OSF_AX'] });
    const { exitCode, errors } = await exported(folder, { format: 'payload', taskTable: [] });
    expect([exitCode, errors]).toEqual([
      1,
      [{ code: 'FILE_MISSING', name: expect.stringContaining('AX___OSF_AX') as unknown }],
    ]);
    expect(filesBelow(path.join(folder, 'payloads'), '.yaml')).toEqual([]);
  });

  test('another YAML parser reads it', ({ skip }) => {
    if (!hasPython('yaml')) return skip('python3 has no yaml');
    const folder = olci({ level0: LEVEL0.slice(0, 1) });
    return exported(folder, { format: 'payload' }).then(() => {
      const script = `
import glob, json, sys, yaml
print(json.dumps(yaml.safe_load(open(glob.glob(sys.argv[1] + '/*/*.yaml')[0], encoding='utf-8'))))`;
      const output = execFileSync('python3', ['-c', script, path.join(folder, 'payloads')], { encoding: 'utf8' });
      const [file] = filesBelow(path.join(folder, 'payloads'), '.yaml');
      expect(JSON.parse(output)).toEqual(parse(readFileSync(file!, 'utf8')));
    });
  });

  test('the EOPF framework itself reads it', ({ skip }) => {
    if (!hasPython('eopf')) return skip('python3 has no eopf (PyPI)');
    const folder = olci({ level0: LEVEL0.slice(0, 1) });
    return exported(folder, { format: 'payload' }).then(() => {
      const script = `
import glob, json, sys, yaml
from dacite import from_dict
from eopf.triggering.parsers import EOIOSection, WorkflowRaw
payload = yaml.safe_load(open(glob.glob(sys.argv[1] + '/*/*.yaml')[0], encoding='utf-8'))
io = EOIOSection.hook(payload['I/O'])
units = [from_dict(WorkflowRaw, unit) for unit in payload['workflow']]
print(json.dumps([[adf.id for adf in io.adfs], [unit.name for unit in units], io.input_products[0].store_type]))`;
      const output = execFileSync('python3', ['-c', script, path.join(folder, 'payloads')], { encoding: 'utf8' });
      expect(JSON.parse(output.trim().split('\n').at(-1)!)).toEqual([
        ['AX___FRO_AX', 'AX___MA1_AX', 'AX___MA1_AX_2'],
        ['FIRST', 'SECOND'],
        'safe',
      ]);
    });
  }, 120_000);
});

interface Payload {
  workflow: { name: string; inputs: Record<string, string>; adfs: Record<string, string> }[];
  'I/O': Record<'input_products' | 'output_products' | 'adfs', { id: string; path: string }[]>;
}
