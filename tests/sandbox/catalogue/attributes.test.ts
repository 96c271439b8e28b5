import { expect, test } from 'vitest';
import { attributesOf } from '../../../scripts/sandbox/catalogue/attributes';
import type { ProductRecord } from '../../../scripts/sandbox/catalogue/catalogue';

const product = (name: string): ProductRecord => ({
  id: '7fc282fc-4a00-417f-b77c-4e851440105a',
  name,
  contentLength: 1,
  originDate: '2015-06-05T09:47:42Z',
  publicationDate: '2021-03-04T11:44:30.18Z',
  contentStart: '2015-06-22T00:00:00Z',
  contentEnd: '2100-01-01T00:00:00Z',
});

const texts = (name: string) =>
  Object.fromEntries(
    attributesOf(product(name)).flatMap(({ type, name: key, value }) => (type === 'String' ? [[key, value]] : [])),
  );

test.each([
  [
    'S1A_AUX_CAL_V20190228T092500_G20210104T141310.SAFE.zip',
    {
      productType: 'AUX_CAL',
      platformShortName: 'SENTINEL-1',
      platformSerialIdentifier: 'A',
      InstrumentConfigurationID: '7',
    },
  ],
  ['S1__AUX_WND_V20220121T150000_G20220121T174615.SAFE.zip', { productType: 'AUX_WND', platformSerialIdentifier: '_' }],
  [
    'S1A_OPER_AUX_POEORB_OPOD_20220212T081613_V20220122T225942_20220124T005942.EOF.zip',
    {
      productType: 'AUX_POEORB',
      platformShortName: 'Sentinel-1A',
      platformSerialIdentifier: 'Sentinel-1A',
      processingCenter: 'OPOD',
    },
  ],
  [
    'S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ',
    {
      productType: 'GIP_R2DENT_B06',
      platformShortName: 'S2A',
      platformSerialIdentifier: 'S2A',
      processingCenter: 'MPC',
    },
  ],
  ['S2A_OPER_GIP_PROBAS_MPC__20220121T000400_V20150622T000000_21000101T000000_B00.TGZ', { productType: 'GIP_PROBAS' }],
  [
    'S3A_OL_2_PPP_AX_20160216T000000_20991231T235959_20170609T120000___________________MPC_O_AL_005.SEN3.zip',
    {
      productType: 'OL_2_PPP_AX',
      timeliness: 'AL',
      processingCenter: 'MPC',
      platformShortName: 'SENTINEL-3',
      platformSerialIdentifier: 'A',
    },
  ],
])('%s', (name, expected) => {
  expect(texts(name)).toMatchObject(expected);
});

test('dates last, as the entry has them', () => {
  const name = 'S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ';
  expect(attributesOf(product(name)).slice(-3)).toEqual([
    { type: 'DateTimeOffset', name: 'processingDate', value: '2015-06-05T09:47:42Z' },
    { type: 'DateTimeOffset', name: 'beginningDateTime', value: '2015-06-22T00:00:00Z' },
    { type: 'DateTimeOffset', name: 'endingDateTime', value: '2100-01-01T00:00:00Z' },
  ]);
});

test('a name of no known family has none', () => {
  expect(attributesOf(product('readme.txt'))).toEqual([]);
});
