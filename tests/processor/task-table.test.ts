import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseXml } from '../../scripts/lib/xml-tree';
import { parseTaskTable } from '../../scripts/processor/parse-task-table';
import { readTaskTable } from '../../scripts/processor/read-task-table';
import { decidingModes, modesOf } from '../../scripts/processor/task-table';
import { ROOT } from '../../scripts/lib/package-root';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';
import { inputsOf, publicTables, tableXml } from '../helpers/task-tables';

const FIXTURES = path.join(ROOT, 'tests/fixtures/task-tables');
const LIMITS = { maxDepth: 64, maxElements: 10_000 };

const parsed = (xml: string) => parseTaskTable(parseXml(xml, LIMITS));

describe('a task table', () => {
  test('is read whatever its prefix, encoding and order of alternatives', async () => {
    const plain = await readTaskTable(path.join(FIXTURES, 'plain.xml'));
    const prefixed = await readTaskTable(path.join(FIXTURES, 'prefixed-latin1.xml'));
    expect(plain.notes).toEqual([]);
    expect(prefixed).toEqual(plain);
    const { table } = plain;
    expect([table.processor, table.version, modesOf(table), decidingModes(table, undefined)]).toEqual([
      ...['S3A_TEST', '01.00'],
      ['NRT', 'NTC'],
      ['NTC'],
    ]);
    expect(table.parameters).toEqual([
      { name: 'Größe', value: '9', allowed: [] },
      { name: 'Open', allowed: [] },
    ]);
    expect(table.configFiles).toEqual(['/opt/test/conf.xml']);
    const [first, second] = table.tasks;
    expect(first?.inputs[1]).toEqual({
      mode: 'ALWAYS',
      isMandatory: true,
      alternatives: [
        expect.objectContaining({ order: 1, fileType: 'AX___FRO_AX', t0: 8.8, t1: 8.8, isSourceData: false }),
        expect.objectContaining({ order: 2, fileType: 'AX___FPO_AX', t0: 8.8, t1: -1 }),
      ],
    });
    expect(second?.inputs).toEqual([first?.inputs[1], expect.objectContaining({ isMandatory: false })]);
    expect(first?.outputs).toEqual([
      { fileType: 'OL_1_EFR___', fileNameType: 'Directory', isMandatory: true, destination: 'DB' },
    ]);
  });

  test.each(['utf-16le', 'utf-16be'])('is read in %s, with its mark and without', async (encoding) => {
    const xml = readFileSync(path.join(FIXTURES, 'plain.xml'), 'utf8').replace(/^<\?xml.*?\?>\s*/, '');
    const plain = await readTaskTable(path.join(FIXTURES, 'plain.xml'));
    for (const mark of ['', '\ufeff']) {
      const file = path.join(temporaryFolder(), 'wide.xml');
      const content = Buffer.from(mark + xml, 'utf16le');
      writeFileSync(file, encoding === 'utf-16be' ? content.swap16() : content);
      expect((await readTaskTable(file)).table).toEqual(plain.table);
    }
  });

  test('that leaves things out is read, and what was made of it is noted', () => {
    const { table, notes } = parsed(`<Ipf_Task_Table><Processor_Name>P</Processor_Name><List_of_Tasks count="2"><Task>
<Name>T</Name><List_of_Inputs count="2">
<Input><List_of_Alternatives><Alternative><File_Type>AUX_A</File_Type><T0>soon</T0></Alternative><Alternative/></List_of_Alternatives></Input>
<Input ref="unknown"/>
<Input><Mode>ntc</Mode><Mandatory>perhaps</Mandatory></Input>
</List_of_Inputs></Task></List_of_Tasks></Ipf_Task_Table>`);
    expect(table.tasks[0]?.inputs).toEqual([
      {
        ...{ mode: 'ALWAYS', isMandatory: true },
        alternatives: [
          { order: 1, origin: 'DB', retrievalMode: '', t0: NaN, t1: 0, fileType: 'AUX_A', fileNameType: 'Physical' },
        ],
      },
    ]);
    expect(notes.map((note) => note.replace(/line \d+/, 'line n'))).toEqual([
      'List_of_Tasks in line n says count 2 and has 1',
      'List_of_Inputs in line n says count 2 and has 3',
      'the alternative in line n says T0 "soon", which is no number of seconds',
      'the alternative in line n has no File_Type: it is left out',
      'the input in line n has no Mode: it counts as ALWAYS',
      'the input in line n says Mandatory "": it counts as mandatory',
      'the input in line n refers to unknown, which is not before it: it is left out',
      'the input in line n has no Alternative with a File_Type: it is left out',
    ]);
  });

  // As tables of the Copernicus reference system are (COPRS/processing-sentinel-3, COPRS/production-common).
  test('in the forms that operators deploy is read without a note', () => {
    const alternative = (order: number, origin: string, type: string): string =>
      `<Alternative>\r\n<Order>${order}</Order><Origin>${origin}</Origin><Retrieval_Mode>ValIntersect</Retrieval_Mode><T0>0</T0><T1>0.0</T1><File_Type>${type}</File_Type><File_Name_Type>Physical</File_Name_Type></Alternative>`;
    const input = (...alternatives: readonly string[]): string =>
      `<Input id="${alternatives.length}"><Mode>ALWAYS</Mode><Mandatory>Y</Mandatory><List_of_Alternatives count="${alternatives.length}">${alternatives.join('<!-- or -->')}</List_of_Alternatives></Input>`;
    const pool = (name: string, inputs: string, count: number): string =>
      `<Pool><Detached>false</Detached><List_of_Tasks count="1"><Task><Name>${name}</Name><List_of_Inputs count="${count}">${inputs}</List_of_Inputs><List_of_Outputs count="1"><Output><Destination>DBPROC</Destination><Type>MADE</Type></Output></List_of_Outputs><List_of_Breakpoints count="0"/></Task></List_of_Tasks></Pool>`;
    const xml = `<?xml version ="1.0" encoding="UTF-8"?>
<Ipf_Task_Table xmlns="urn:example:default" xmlns:a="urn:example:ipf" xmlns:xsi="http://www.w3.org/2000/10/XMLSchema-instance" xsi:noNamespaceSchemaLocation="TaskTable.xsd">
<Processor_Name>P</Processor_Name><Version>03.10</Version><Test>No</Test><Min_Disk_Space units="MB">1</Min_Disk_Space><Max_Time units="sec">0</Max_Time><!-- none -->
<List_of_Cfg_Files count="1"><Cfg_File><File_Name>/conf.xml</File_Name></Cfg_File></List_of_Cfg_Files>
<List_of_Dyn_ProcParams count="1"><Dyn_ProcParam><!-- given --><Param_Name>orderType</Param_Name><Param_Default>NRT</Param_Default></Dyn_ProcParam></List_of_Dyn_ProcParams>
<Sensing_Time_flag>true</Sensing_Time_flag>
<List_of_Pools count="2">${pool('ONE', input(alternative(0, 'DB', 'A')) + input(alternative(2, 'DB', 'C'), alternative(1, 'DB', 'B')), 2)}${pool('TWO', '<Input ref="2">\n</Input><Input ref="1"/>', 2)}
<!-- <Pool><List_of_Tasks count="1"><Task><Name>OFF</Name></Task></List_of_Tasks></Pool> --></List_of_Pools></Ipf_Task_Table>`;
    const { table, notes } = parsed(xml);
    expect(notes).toEqual([]);
    expect(table.configFiles).toEqual(['/conf.xml']);
    expect(table.parameters).toEqual([{ name: 'orderType', value: 'NRT', allowed: [] }]);
    const types = table.tasks.map(({ name, inputs }) => [
      name,
      ...inputs.map(({ isMandatory, alternatives }) => [isMandatory, ...alternatives.map(({ fileType }) => fileType)]),
    ]);
    expect(types).toEqual([
      ['ONE', [true, 'A'], [true, 'B', 'C']],
      ['TWO', [true, 'B', 'C'], [true, 'A']],
    ]);
  });

  // As in TaskTable_S3A_OL1_06_13.xml, where meteorological files are wanted in a number.
  test('says how many files an input takes, what a parameter may be, and whether the sensing time is wanted', () => {
    const xml = (counts: string, parameter: string, flag: string): string =>
      `<Ipf_Task_Table><Processor_Name>P</Processor_Name><List_of_Dyn_ProcParams count="2"><Dyn_ProcParam mandatory="false"><Param_Name>Level</Param_Name><Param_Default/>${parameter}</Dyn_ProcParam><Dyn_ProcParam/></List_of_Dyn_ProcParams>${flag}
<List_of_Pools><Pool><List_of_Tasks><Task><Name>T</Name><List_of_Inputs><Input><Mode>NTC</Mode><Mandatory>Yes</Mandatory><List_of_Alternatives><Alternative><File_Type>AX___MA1_AX</File_Type>${counts}</Alternative></List_of_Alternatives></Input></List_of_Inputs></Task></List_of_Tasks></Pool></List_of_Pools></Ipf_Task_Table>`;
    const said = parsed(
      xml(
        '<minResults>2</minResults><maxResults>3</maxResults>',
        '<Param_Valid>A</Param_Valid><Param_Valid>B</Param_Valid>',
        '<Sensing_Time_flag>false</Sensing_Time_flag>',
      ),
    );
    expect(said.table.tasks[0]?.inputs[0]?.alternatives[0]).toMatchObject({ minFiles: 2, maxFiles: 3 });
    expect(said.table.parameters).toEqual([{ name: 'Level', allowed: ['A', 'B'] }]);
    expect(said.table.takesSensingTime).toBe(false);
    expect(said.notes).toEqual(['the parameter in line 1 has no Param_Name: it is left out']);
    const odd = parsed(xml('<minResults>some</minResults>', '', ''));
    expect(odd.table.tasks[0]?.inputs[0]?.alternatives[0]).not.toHaveProperty('minFiles');
    expect(odd.table.takesSensingTime).toBe(true);
    expect(odd.notes).toContain('the alternative in line 2 says minResults "some", which is no number: it is left out');
  });

  const TABLES = publicTables();
  test.skipIf(!TABLES)('of every public processor is read as it is', () => {
    for (const table of TABLES ?? []) {
      const read = parsed(tableXml(table, table.rows.length % 2 === 0 ? 'ipf' : ''));
      const rows = read.table.tasks.flatMap((task) =>
        task.inputs.flatMap((input) =>
          input.alternatives.map((alternative) => [
            ...[task.name, input.mode, input.isMandatory, alternative.order, alternative.origin],
            ...[alternative.retrievalMode, alternative.t0, alternative.t1, alternative.fileType],
          ]),
        ),
      );
      const tasks = [...new Set(table.rows.map(({ task }) => task))];
      const expected = tasks
        .flatMap((task) => inputsOf(table.rows.filter((row) => row.task === task)).flat())
        .map((row) => [
          ...[row.task, row.mode, row.mandatory === 'Yes', Number(row.order), row.origin],
          ...[row.retrieval.trim(), Number(row.t0), Number(row.t1), row.type],
        ]);
      expect([table.key, read.notes, rows]).toEqual([table.key, [], expected]);
    }
    expect(TABLES?.length).toBeGreaterThan(200);
  });
});

describe('what is no task table is refused with a sentence', () => {
  const deep = `${'<a>'.repeat(100)}${'</a>'.repeat(100)}`;
  const lol = '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><a>&b;</a>';
  const input = `<Input id="a"><List_of_Alternatives>${'<Alternative><File_Type>A</File_Type></Alternative>'.repeat(100)}</List_of_Alternatives></Input>`;
  const multiplied = `<Ipf_Task_Table><Processor_Name>P</Processor_Name><List_of_Tasks><Task><List_of_Inputs>${input}${'<Input ref="a"/>'.repeat(10_100)}</List_of_Inputs></Task></List_of_Tasks></Ipf_Task_Table>`;
  const outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>';
  test.each([
    ['nothing', '', /not well-formed XML|no element/],
    ['text', 'hello', /not well-formed XML/],
    ['half of one', tableXml({ processor: 'P', version: '1', rows: [] }).slice(0, 120), /not well-formed XML: line \d/],
    ['another document', '<html/>', /its root is html/],
    ['no processor', '<Ipf_Task_Table/>', /no Processor_Name/],
    ['no task', '<Ipf_Task_Table><Processor_Name>P</Processor_Name></Ipf_Task_Table>', /no Task/],
    ['no input', tableXml({ processor: 'P', version: '1', rows: [] }), /no Task|Input/],
    ['too deep', deep, /deeper than 64/],
    ['entities that expand', lol, /document type declaration/],
    ['entities from outside', outside, /document type declaration/],
    ['an entity that is not defined', '<a>&b;</a>', /not well-formed XML/],
    ['too many elements', `<a>${'<b/>'.repeat(200_001)}</a>`, /more than 200000 elements/],
    ['too large', `<a>${' '.repeat(8_000_001)}</a>`, /8 MB, more than any task table/],
    ['references that multiply', multiplied, /1010100 alternatives, more than 10000/],
    ['another encoding than it says', Buffer.from('<a>\xe4</a>', 'latin1'), /not utf-8/],
    ['an unknown encoding', '<?xml version="1.0" encoding="x-none"?><a/>', /x-none/],
  ])('%s', async (_what, content, expected) => {
    const file = path.join(temporaryFolder(), 'table.xml');
    writeFileSync(file, content);
    const detail = await failureOf(readTaskTable(file));
    expect(detail).toMatchObject({
      code: 'FILE_MALFORMED',
      what: 'task table',
      problems: [expect.stringMatching(expected)],
    });
  });

  test('a file that is not there, and a folder', async () => {
    const folder = temporaryFolder();
    expect(await failureOf(readTaskTable(path.join(folder, 'none.xml')))).toMatchObject({ reason: 'ENOENT' });
    expect(await failureOf(readTaskTable(folder))).toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
