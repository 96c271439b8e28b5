import { describe, expect, test } from 'vitest';
import { collectManifest, type Manifest } from '../../scripts/campaign/manifest';
import type { BaselineAnswer } from '../../scripts/services/schema/types/BaselineAnswer';
import { FOUND_MESSAGE, NOT_FOUND_MESSAGE } from '../../scripts/sentinel/level0-messages';

const ROOT = 'https://site.example/auxip.svc';
const CAL = 'S1A_AUX_CAL_V20190228T092500_G20210104T141310.SAFE.zip';
const INS = 'S1A_AUX_INS_V20190228T092500_G20211103T111906.SAFE.zip';
const id = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`;
const link = (digit: number, root = ROOT): string => `${root}/Products(${id(digit)})/$value`;

function manifestOf(answers: readonly BaselineAnswer[], auxipRoot: string): Manifest {
  const collector = collectManifest(auxipRoot);
  for (const item of answers) collector.add(item);
  return collector.manifest();
}

type File = [name: string, link: string];

function answer(...entries: [level0: string, files: File[], known?: boolean][]): BaselineAnswer {
  return {
    '@odata.context': '$metadata#Collection(OData.CSC.DataBaseline)',
    value: entries.map(([Level0, files, known = true]) => ({
      Level0,
      Message: known ? FOUND_MESSAGE : NOT_FOUND_MESSAGE,
      AuxDataFiles: files.map(([Name, AuxipLink]) => ({ Name, AuxipLink })),
    })),
  };
}

test('distinct files over several answers, each with the Level-0 products that need it; those once each', () => {
  const first = answer(
    [
      'A',
      [
        [CAL, link(1)],
        [INS, link(2)],
      ],
    ],
    ['B', [[CAL, link(1)]], false],
  );
  const second = answer(
    ['B', [[CAL, link(1)]]],
    [
      'C',
      [
        [CAL, link(1)],
        [CAL, link(1)],
      ],
    ],
  );
  const manifest = manifestOf([first, second], ROOT);
  expect(manifest.files).toEqual([
    { id: id(1), name: CAL, type: 'AUX_CAL', neededBy: 3 },
    { id: id(2), name: INS, type: 'AUX_INS', neededBy: 1 },
  ]);
  expect([manifest.references, manifest.refused]).toEqual([4, []]);
  expect(manifest.level0.map(({ name, known }) => [name, known])).toEqual([
    ['A', true],
    ['B', true],
    ['C', true],
  ]);
});

test('the blanks and newlines that old records carry are no part of a name', () => {
  const manifest = manifestOf([answer(['A', [[`${CAL}\n`, link(1)]]], ['B', [[`${CAL}  `, link(1)]]])], ROOT);
  expect(manifest.files).toEqual([{ id: id(1), name: CAL, type: 'AUX_CAL', neededBy: 2 }]);
});

describe('refused', () => {
  test.each([
    ['another host', link(1, 'https://elsewhere.example/auxip.svc')],
    ['a host that begins alike', link(1, `${ROOT}.evil.example`)],
    ['another path', `${ROOT}/../evil/Products(${id(1)})/$value`],
    ['user info', link(1, 'https://user@site.example/auxip.svc')],
    ['no id', `${ROOT}/Products(1)/$value`],
    ['something behind it', `${link(1)}?x=1`],
  ])('a link with %s', (_what, foreign) => {
    const { files, refused } = manifestOf(
      [
        answer([
          'A',
          [
            [CAL, foreign],
            [INS, link(2)],
          ],
        ]),
      ],
      ROOT,
    );
    expect(files.map(({ name }) => name)).toEqual([INS]);
    expect(refused).toMatchObject([{ code: 'LINK_FOREIGN', link: foreign }]);
  });

  test.each(['../../etc/passwd', 'S1A_AUX_CAL_V20190228T092500_G20210104T141310.SAFE.zip/x', '.hidden', 'MD5SUMS', ''])(
    'the name %j',
    (name) => {
      expect(manifestOf([answer(['A', [[name, link(1)]]])], ROOT)).toMatchObject({
        files: [],
        refused: [{ code: 'NAME_UNSAFE', name }],
      });
    },
  );

  test('a Level-0 product among the files', () => {
    const name =
      'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
    expect(manifestOf([answer(['A', [[name, link(1)]]])], ROOT)).toMatchObject({
      files: [],
      refused: [{ code: 'NAME_OF_LEVEL0', name }],
    });
  });

  test('no name of an unforeseen form: the file is fetched, its type is unknown', () => {
    for (const name of ['S9X_NEW_FORM.bin', 'readme.txt'])
      expect(manifestOf([answer(['A', [[name, link(1)]]])], ROOT)).toMatchObject({
        files: [{ name, type: 'UNKNOWN' }],
        refused: [],
      });
  });

  test('one id under two names, one name under two ids: said, not guessed', () => {
    const twoNames = manifestOf(
      [
        answer([
          'A',
          [
            [CAL, link(1)],
            [INS, link(1)],
          ],
        ]),
      ],
      ROOT,
    );
    expect(twoNames.refused).toMatchObject([{ code: 'CATALOGUE_DISAGREES', expected: CAL, came: INS }]);
    const twoIds = manifestOf(
      [
        answer([
          'A',
          [
            [CAL, link(1)],
            [CAL, link(2)],
          ],
        ]),
      ],
      ROOT,
    );
    expect(twoIds.refused).toEqual([{ code: 'NAME_TWICE', name: CAL, ids: [id(1), id(2)] }]);
  });

  test('a fault that stands in every entry is told once', () => {
    const entries = ['A', 'B', 'C'].map((level0): [string, File[]] => [level0, [['../x', link(1)]]]);
    expect(manifestOf([answer(...entries)], ROOT).refused).toHaveLength(1);
  });
});
