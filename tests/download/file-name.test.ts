import fc from 'fast-check';
import path from 'node:path';
import { expect, test } from 'vitest';
import { pathInTarget } from '../../scripts/download/file-name';
import { Failure } from '../../scripts/errors/errors';
import { failureOf } from '../helpers/failure-of';

const NAME = 'S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ';

test.each([
  NAME,
  'S1A_AUX_CAL_V20190228T092500_G20210104T141310.SAFE.zip',
  'S1A_OPER_AUX_POEORB_OPOD_20240502T070757_V20240411T225942_20240413T005942.EOF.zip',
  'S3B_OL_1_EO__AX_20180618T000000_20991231T235959_20180621T120000___________________MPC_O_AL_003.SEN3.zip',
])('%s is a file of the target', (name) => expect(pathInTarget('/target', name)).toBe(`/target/${name}`));

test.each([
  ['flat', NAME],
  ['type', `GIP_R2DENT/${NAME}`],
  ['mission-type', `S2MSI/GIP_R2DENT/${NAME}`],
] as const)('--layout %s', (layout, place) => expect(pathInTarget('/target', NAME, layout)).toBe(`/target/${place}`));

test('a name of another form makes no folder of its own', () => {
  const name = NAME.replace('20150605T', '20159999T');
  expect(pathInTarget('/target', name, 'type')).toBe(`/target/UNKNOWN/${name}`);
  expect(pathInTarget('/target', name, 'mission-type')).toBe(`/target/other/UNKNOWN/${name}`);
});

test.each(['MD5SUMS', 'ANSWERS'])('a type that is called %s, as what auxflow writes, makes no folder', (type) => {
  const name = `S1A_${type}_V20240101T000000_G20240101T000000.SAFE.zip`;
  expect(pathInTarget('/target', name, 'type')).toBe(`/target/UNKNOWN/${name}`);
});

test.each([
  '',
  '.',
  '..',
  `../${NAME}`,
  `a/${NAME}`,
  `/${NAME}`,
  `${NAME}/..`,
  `..\\${NAME}`,
  `${NAME}\n`,
  ` ${NAME}`,
  `${NAME}\0`,
  `\u0007${NAME}`,
  `${NAME}.part`,
  NAME.replace('GIP_R2DENT', 'x'.repeat(300)),
  'CON',
  'manifest.csv',
  'auxflow.lock.json',
  '-rf',
])('%j is refused', async (name) => {
  expect(await failureOf(() => pathInTarget('/target', name))).toEqual({ code: 'NAME_UNSAFE', name });
});

test('whatever the name, the path stays in the target', () => {
  const wild = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.tuple(fc.string(), fc.constantFrom('/', '\\', '..', '\n', '\0')).map(([text, bad]) => text + bad + NAME),
    fc
      .tuple(fc.nat(NAME.length), fc.string({ unit: 'binary' }))
      .map(([at, text]) => NAME.slice(0, at) + text + NAME.slice(at)),
  );
  fc.assert(
    fc.property(wild, (name) => {
      try {
        expect(path.dirname(pathInTarget('/target', name))).toBe('/target');
        expect(name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,219}$/);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
      }
    }),
  );
});
