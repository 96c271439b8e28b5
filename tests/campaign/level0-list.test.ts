import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkedLevel0Names, noteOnLevel0Names } from '../../scripts/campaign/request/level0-list';
import { nameList } from '../../scripts/cli/name-list';
import { ROOT } from '../../scripts/lib/package-root';
import { parseAdfName } from '../../scripts/sentinel/adf-name';
import { failureOf } from '../helpers/failure-of';
import { temporaryFolder } from '../helpers/run-cli';

const S3 = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const S1 = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';
const CASES = path.resolve(ROOT, '..', 'shared', 'cases', 'names');

function listOf(content: string | Buffer): ReturnType<typeof nameList> {
  const file = path.join(temporaryFolder(), 'names.txt');
  writeFileSync(file, content);
  return nameList(`@${file}`);
}

describe('a list of names may be', () => {
  const text = `# a comment\r\n${S3}  # another\r\n\r\n  ${S1},${S3}\t\r\n`;
  const names = [
    { name: S3, line: 2 },
    { name: S1, line: 4 },
    { name: S3, line: 4 },
  ];
  const utf16 = Buffer.from(text, 'utf16le');
  const swapped = Buffer.from(utf16).swap16();
  test.each<[string, string | Buffer]>([
    ['UTF-8 with CRLF, comments and spaces', text],
    ['with a byte order mark', `\uFEFF${text}`],
    ['with the line ends of old Macs', text.replaceAll('\r\n', '\r')],
    ['UTF-16, little end first', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16, big end first', Buffer.concat([Buffer.from([0xfe, 0xff]), swapped])],
    ['UTF-16 without a mark', utf16],
  ])('%s', (_name, content) => {
    expect(listOf(content)).toEqual(names);
  });

  test('nothing at all', () => {
    expect(listOf('')).toEqual([]);
  });
});

describe('names that the service can read are taken', () => {
  test.each([
    ['S1SAR', 'C', 'S1C_IW_RAW__0SDV_20250601T203348_20250601T203421_035074_0417B3_02B4.SAFE'],
    ['S1SAR', 'D', 'S1D_IW_RAW__0SDV_20260918T115640_20260918T115713_004632_008A3D_8E85.SAFE.zip'],
    ['S1SAR', 'A', 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.zip'],
    ['S2MSI', 'D', 'S2D_OPER_MSI_L0__DS_2DPS_20270801T074829_S20270801T073000_N06.00'],
    ['S3SLSTR', 'B', 'S3B_SL_0_SLT____20180501T103642_20180501T104142_20180501T142435_0299_001_2358_____MAR_O_NR_002.SEN3.zip'],
    ['S3OLCI', 'A', 'S3A_GN_0_GNS____20211214T151252_20211214T165235_20211214T170215_5983_079_339______LN3_O_NR_002.SEN3.zip'],
  ])('%s %s: %s', (mission, unit, name) => {
    expect(checkedLevel0Names([{ name }], mission, unit)).toEqual([name]);
    expect(noteOnLevel0Names([name])).toBeUndefined();
  }); // prettier-ignore

  test('with a note, when nobody has seen the form', () => {
    const name = S1.replace('.SAFE.zip', '.SAFE.tar.zst');
    expect(checkedLevel0Names([{ name }, { name }], 'S1SAR', 'A')).toEqual([name]);
    expect(noteOnLevel0Names([S1, name])).toContain(`1 Level-0 name of an unknown form, such as ${name}`);
  });
});

describe('refused are', () => {
  const ADF = 'S3A_OL_2_PPP_AX_20160216T000000_20991231T235959_20170609T120000___________________MPC_O_AL_005.SEN3.zip';

  test('a name whose times cannot be read, with its line', async () => {
    expect(await failureOf(() => checkedLevel0Names([{ name: 'S1A_x', line: 7 }], 'S1SAR', 'A'))).toMatchObject({
      code: 'L0_NAME_MALFORMED',
      line: 7,
    });
  });

  test('an auxiliary file', async () => {
    const error = await failureOf(() => checkedLevel0Names([{ name: ADF }], 'S3OLCI', 'A'));
    expect(error).toMatchObject({ code: 'L0_NAME_MALFORMED', name: ADF });
  });

  test('all of several, each with its line', async () => {
    const listed = [
      { name: 'x', line: 1 },
      { name: S1, line: 2 },
      { name: S3, line: 3 },
    ];
    expect(await failureOf(() => checkedLevel0Names(listed, 'S1SAR', 'A'))).toMatchObject({
      code: 'L0_NAMES_REFUSED',
      names: [
        { name: 'x', line: 1, why: 'is not the name of a Level-0 product' },
        { name: S3, line: 3, why: 'is of mission S3OLCI or S3SYN, unit A' },
      ],
    });
  });
});

test.skipIf(!existsSync(CASES))('the real forms are known: files as files, products as products', () => {
  const names = readFileSync(path.join(CASES, 'real-forms.txt'), 'utf8').trim().split('\n');
  const missions: Record<string, string> = { S1: 'S1SAR', S2: 'S2MSI', S3: 'S3OLCI' };
  const unknown = names.filter((name) => {
    if (parseAdfName(name)) return false;
    const [mission = '', instrument] = [missions[name.slice(0, 2)], name.slice(4, 6)];
    const of = instrument === 'SL' ? 'S3SLSTR' : mission;
    try {
      return checkedLevel0Names([{ name }], of, name.charAt(2)).length !== 1 || noteOnLevel0Names([name]) !== undefined;
    } catch {
      return true;
    }
  });
  // Sentinel-6 has no reprocessing service.
  expect(unknown.map((name) => name.slice(0, 3))).toEqual(['S6A']);
});
