import { CREDENTIALS, type Ask, type Visitor } from './visitor';

/** One look at a sandbox; what it returns is the same every time, as long as the services are. */
export interface Probe {
  readonly name: string;
  /** Whether it must be the first to look at a sandbox, because what was asked before may show in what it sees. */
  readonly isAlone: boolean;
  readonly look: (visitor: Visitor) => Promise<unknown>;
}

const OLCI = 'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const NEXT = 'S3A_OL_0_EFR____20240301T010610_20240301T010810_20240301T025430_0119_109_302______PS1_O_NR_002.SEN3.zip';
const SLSTR = 'S3A_SL_0_SLT____20240301T010412_20240301T010910_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const RADIOMETER =
  'S3A_MW_0_MWR____20240301T010412_20240301T024511_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const ALTIMETER =
  'S3A_SR_0_SRA____20240301T010412_20240301T011410_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const UNKNOWN =
  'S3A_OL_0_EFR____20240301T010413_20240301T010611_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const SAR = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';
const MSI = 'S2A_OPER_MSI_L0__DS_EPAE_20210301T015015_S20210301T001721_N02.09.tar';
const ID = '7fc282fc-4a00-417f-b77c-4e851440105a';
const NOBODYS_ID = '7fc282fc-4a00-417f-b77c-4e851440105b';

function rdb(parameters: string): string {
  return `/rdb.svc/getReprocessingDataBaseline(${parameters})`;
}

function byName(names: string, mission = 'S3OLCI', productType = 'L2LFR', unit = 'A'): string {
  return rdb(`l0_names='${names}',mission='${mission}',unit='${unit}',product_type='${productType}'`);
}

/** A name that the catalogue does not know: the times in it count (rdb.md#level-0-names). */
function atTime(name: string, start: string, stop: string): string {
  return name.replace(/\d{8}T\d{6}_\d{8}T\d{6}/, `${start}_${stop}`);
}

function byInterval(start: string, stop: string): string {
  return rdb(`start=2024-03-01T${start}Z,stop=2024-03-01T${stop}Z,mission='S3OLCI',unit='A',product_type='L2LFR'`);
}

const SITE: readonly (readonly [target: string, ask?: Ask])[] = [
  // products
  ['/auxip.svc/Products?$top=3'],
  ['/auxip.svc/Products'],
  ['/auxip.svc/Products?$count=true&$top=0'],
  ['/auxip.svc/Products?$top=2&$skip=2&$count=true'],
  ['/auxip.svc/Products?$skip=100000'],
  [`/auxip.svc/Products(${ID})`],
  [`/auxip.svc/Products(${ID.toUpperCase()})`],
  [`/auxip.svc/Products(${NOBODYS_ID})`],
  [`/auxip.svc/Products(${ID})?$expand=Attributes`],
  [`/auxip.svc/Products(${ID})/StringAttributes`],
  [`/auxip.svc/Products(${ID})/ContentDate`],
  [`/auxip.svc/Products(${ID})/$value`],
  ['/auxip.svc/Products?$top=2&$expand=Attributes'],
  ['/auxip.svc/Products?$top=3&$select=Id,Name'],
  ['/auxip.svc/Products?$top=3&$select=Name,ContentLength'],
  ['/auxip.svc/Products?$top=3', { headers: { Accept: 'application/json;IEEE754Compatible=true' } }],
  ['/auxip.svc/Products?$top=3', { headers: { 'If-None-Match': '"x"' } }],
  ['/auxip.svc/Products?$top=3', { headers: { Accept: 'application/json;odata.metadata=full' } }],
  ['/auxip.svc/Products?$top=3', { headers: { Accept: 'application/atom+xml' } }],
  ['/auxip.svc/Products?$top=3', { headers: { Accept: 'text/csv' } }],
  // filters
  ...[
    "Name eq 'S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ'",
    'ContentDate/Start eq 2015-06-22T00:00:00.000Z',
    "contains(Name,'OL_2_PPP')",
    "contains(Name,'AX_2016')",
    "contains(Name,'ol_2_ppp')",
    "startswith(Name,'S3A_OL_2')",
    "startswith(Name,'OL_2')",
    "endswith(Name,'B06.TGZ')",
    "endswith(Name,'GIP')",
    'ContentLength gt 6177',
    'ContentLength ge 6177',
    'ContentLength lt 6177',
    'ContentLength le 6177',
    'ContentLength eq 6177',
    'ContentLength ne 6177',
    'PublicationDate gt 2021-03-04T11:44:30.1Z',
    'PublicationDate ge 2021-03-04T11:44:30.18Z',
    'PublicationDate eq 2021-03-04T11:44:30.18Z',
    'PublicationDate lt 2021-03-04T11:44:30.18Z',
    'ContentDate/End gt 2090-01-01T00:00:00Z',
    "startswith(Name,'S3A') and contains(Name,'OL_2')",
    "contains(Name,'OL_2') or contains(Name,'SL_2')",
    "startswith(Name,'S3A') and contains(Name,'OL_') and contains(Name,'PPP')",
    "startswith(Name,'S1A') or startswith(Name,'S3A') and contains(Name,'OL_2')",
    "Attributes/OData.CSC.StringAttribute/any(att:att/Name eq 'productType' and att/OData.CSC.StringAttribute/Value eq 'OL_2_PPP_AX')",
    "Attributes/OData.CSC.StringAttribute/any(att:att/Name eq 'InstrumentConfigurationID' and att/OData.CSC.StringAttribute/Value eq '7')",
    "Attributes/OData.CSC.StringAttribute/any(att:att/Name eq 'platformSerialIdentifier' and att/OData.CSC.StringAttribute/Value eq 'A')",
    "Attributes/OData.CSC.StringAttribute/any(att:att/Name eq 'platformShortName' and att/OData.CSC.StringAttribute/Value eq 'A')",
    'Attributes/OData.CSC.DateTimeOffsetAttribute/any(att:att/Name eq %27beginningDateTime%27 and att/OData.CSC.DateTimeOffsetAttribute/Value gt 2020-01-01T00:00:00Z)',
    'Name eq 5',
    "Colour eq 'green'",
    "Name eq 'x",
  ].map((filter): readonly [string] => [`/auxip.svc/Products?$filter=${filter}&$top=20&$count=true&$select=Name`]),
  ["/auxip.svc/Products?$filter=startswith(Name,'S3A')&$skip=5&$top=5&$count=true"],
  ["/auxip.svc/Products?$filter=startswith(Name,'S3A')&$orderby=Name desc&$top=5"],
  ['/auxip.svc/Products?%24filter=startswith(Name,%27S3A%27)&%24top=2'],
  ['/auxip.svc/Products?$top=3&$count=false'],
  ['/auxip.svc/Products?$filter=(((((ContentLength gt 5)))))&$top=1'],
  ['/auxip.svc/Products?$filter=ContentLength lt 3000000000&$top=1'],
  [`/auxip.svc/Products(${ID})`, { headers: { Accept: 'application/json;IEEE754Compatible=true' } }],
  ['/auxip.svc/Products?$filter=PublicationDate eq 2021-03-04t11:44:30.18z&$select=Name'],
  ['/auxip.svc/Products?$orderby=Id&$skip=1002&$top=1'],
  ['/auxip.svc/', { headers: { Origin: 'https://elsewhere.example' } }],
  [`/auxip.svc/Products(${ID.toUpperCase()})/$value`],
  // order
  ...[
    'PublicationDate desc',
    'ContentLength',
    'ContentLength desc',
    'ContentDate/Start desc,Name',
    'ContentDate/Start,Name desc',
    'ContentType,ContentLength desc',
    'ContentType desc,Name',
  ].map((order): readonly [string] => [`/auxip.svc/Products?$orderby=${order}&$top=10&$select=Name`]),
  // refusals
  ['/auxip.svc/Products?$top=-1'],
  ['/auxip.svc/Products?$top=1&$top=2'],
  ['/auxip.svc/Products?$colour=green'],
  ['/auxip.svc/Products?$TOP=1'],
  ['/auxip.svc/Nothing'],
  ["/auxip.svc/Products?$filter=Name%20eq%20'a+b'&$count=true"],
  ['/auxip.svc/Products?$top=1&$filter=ContentLength%2Bgt%2B5'],
  ['/auxip.svc/Products?$filter=ContentLength+gt+5&$top=1'],
  ["/auxip.svc/Products?$filter=contains(Name,'OL%255F2')&$top=1"],
  ["/auxip.svc/Products?$filter=contains(Name,'OL%252')&$top=1"],
  ["/auxip.svc/Products?$filter=Name eq 'it%27%27s'"],
  // other resources of auxip.svc
  ['/auxip.svc/'],
  ['/auxip.svc/$metadata'],
  ['/auxip.svc/$metadata?$format=json'],
  ['/auxip.svc/Metrics'],
  ['/auxip.svc/Metrics', { as: 'operator' }],
  ['/auxip.svc/Products?$top=1', { as: 'operator' }],
  ['/auxip.svc/Products?$top=1', { as: 'nobody' }],
  ['/auxip.svc/Subscriptions'],
  ['/auxip.svc/Subscriptions', { as: 'nobody' }],
  [`/auxip.svc/Products(${ID})/$value`, { as: 'nobody' }],
  // the official specification
  ['/odata/v1/Products'],
  ["/odata/v1/Products?$filter=contains(Name,'_')"],
  ["/odata/v1/Products?$filter=not startswith(Name,'S3')&$top=3&$count=true"],
  [
    "/odata/v1/Products?$filter=Name in ('S1A_AUX_CAL_V20160627T000000_G20171003T120730.SAFE.zip','S1A_AUX_PP1_V20150519T120000_G20171003T120730.SAFE.zip')",
  ],
  [`/odata/v1/Products(${NOBODYS_ID})`],
  // baselines
  [byName(OLCI)],
  [byName(`${OLCI},${NEXT}`)],
  [byName(`${NEXT},${OLCI},${OLCI}`)],
  [byName(`${OLCI}%2C${UNKNOWN}`)],
  [byName(UNKNOWN)],
  [byName(OLCI, 'S3OLCI', 'L1EFR')],
  [byName(OLCI, 'S3OLCI', 'L2LFR', 'B')],
  [byName(SLSTR, 'S3SLSTR', 'L1RBT')],
  [byName(SLSTR, 'S3SLSTR', 'L2LST')],
  [byName(RADIOMETER, 'S3MWR', 'L1CAL')],
  [byName(ALTIMETER, 'S3SRAL', 'L1SRA')],
  [byName(ALTIMETER, 'S3SRAL', 'L2LAN')],
  [byName(SAR, 'S1SAR', 'L1SLC')],
  [byName(SAR, 'S1SAR', 'L2OCN')],
  [byName(MSI, 'S2MSI', 'L1C')],
  [byName(MSI, 'S2MSI', 'L2A')],
  [byName(MSI.replace('.tar', ''), 'S2MSI', 'L1C')],
  [byName(SAR.replace('_IW_', '_EW_'), 'S1SAR', 'L1SLC')],
  [byName(SAR.replace('0SDV', '0SSV'), 'S1SAR', 'L1SLC')],
  [byName(SLSTR, 'S3SYN', 'L2SYN')],
  [byName(MSI.replace('S20210301', 'S20150601'), 'S2MSI', 'L1C')],
  // exactly where a validity begins, a second behind it, and around the middle between two of them
  [byName(atTime(OLCI, '20240228T000000', '20240228T000200'))],
  [byName(atTime(OLCI, '20240306T120000', '20240306T120200'))],
  [byName(atTime(OLCI, '20240228T000001', '20240228T000200'))],
  [byName(atTime(SLSTR, '20240225T065000', '20240225T065500'), 'S3SLSTR', 'L1RBT')],
  // the last day of a year that ends in the first week of the next
  [byName(atTime(OLCI, '20181231T010000', '20181231T010200'), 'S3OLCI', 'L1EFR')],
  [byName(OLCI, 'S9XXX')],
  [rdb(`l0_names='${OLCI}',mission='S3OLCI',unit='A'`)],
  [byName(OLCI).replace('(', '%28').replace(/\)$/, '%29')],
  [byName(OLCI), { method: 'PUT' }],
  [byName(OLCI), { headers: { Accept: 'text/csv' } }],
  [byName(OLCI, 'S3OLCI', 'L2NOPE')],
  [byName(OLCI, 's3olci')],
  [byName(OLCI, 'S3OLCI', 'l2lfr')],
  [byInterval('01:04:12', '01:08:10'), { headers: { Accept: 'application/atom+xml' } }],
  [rdb("start=2024-03-01T00:00:00Z,stop=2024-03-02T00:00:00Z,mission='S3SRAL',unit='A',product_type='L1CAL'")],
  [byInterval('01:04:12', '01:08:10')],
  [byInterval('01:04:12', '01:06:10')],
  [byInterval('01:04:13', '01:08:09')],
  [byInterval('00:00:00', '12:00:00')],
  [byInterval('23:00:00', '23:00:01')],
  [byInterval('01:04:12', '01:08:10').replace('start=2024-03-01', 'start=2024-02-29')],
  [byInterval('00:00:00', '12:00:00').replace('stop=2024-03-01', 'stop=2024-03-10')],
  ['/rdb.svc/'],
  ['/rdb.svc/$metadata'],
  ['/rdb.svc/nothing()'],
  // reprocessing.svc
  ['/reprocessing.svc/'],
  ['/reprocessing.svc/$metadata'],
  ['/reprocessing.svc/AuxTypes?$expand=ProductTypes'],
  ["/reprocessing.svc/AuxTypes('OL_2_PPP_AX')"],
  ["/reprocessing.svc/AuxTypes('NOTHING')"],
  ['/reprocessing.svc/AuxFiles?$top=3&$count=true'],
  ["/reprocessing.svc/AuxFiles?$filter=contains(FullName,'OL_2')&$top=3"],
  ['/reprocessing.svc/AuxFiles?$orderby=FullName desc&$skip=1002&$top=1'],
  ["/reprocessing.svc/AuxTypes?$filter=startswith(LongName,'AX')"],
  ["/reprocessing.svc/GetReproBaselineListForPeriod(Mission='S3OLCI',SearchName='_OL_1_CAL')"],
  ['/reprocessing.svc/ProductTypes'],
  ['/reprocessing.svc/ProductLevels'],
  ...["Mission='S3OLCI',Unit='A'", "Mission='S3SLSTR',Unit='B',ProductType='L1RBT'"].flatMap((parameters) =>
    ['Names', 'List'].map((kind): readonly [string] => [
      `/reprocessing.svc/GetReproBaseline${kind}ForPeriod(${parameters},SensingTimeStart='2024-03-01T01:04:12Z',SensingTimeStop='2024-03-01T12:00:00Z')`,
    ]),
  ),
];

const WITHOUT_TOKEN: readonly (readonly [target: string, ask?: Ask])[] = [
  ['/auxip.svc/Products?$top=1'],
  ['/auxip.svc/Products?$top=1', { headers: { Authorization: 'Basic dXNlcjpwYXNzd29yZA==' } }],
  ['/auxip.svc/$metadata'],
  ['/auxip.svc/', { method: 'HEAD' }],
  ['/auxip.svc/', { headers: { Origin: 'https://elsewhere.example' } }],
  ['/auxip.svc/%24metadata'],
  ['/rdb.svc/', { headers: { Authorization: 'x' } }],
  ['/auxip.svc;x=1/Products?$top=1'],
  ['/auxip.svc/Products?$top=1', { headers: { 'X-Forwarded-For': '127.0.0.1' } }],
  ['/auxip.svc/Products?$top=1', { headers: { 'X-Userinfo': 'e30=' } }],
  ['/reprocessing.svc/AuxTypes?$top=1'],
  ['/odata/v1/Products?$top=1'],
];

const FORMS: readonly (Readonly<Record<string, string>> | string)[] = [
  CREDENTIALS,
  { ...CREDENTIALS, scope: 'openid' },
  { ...CREDENTIALS, scope: 'nothing' },
  { ...CREDENTIALS, password: 'wrong' },
  { ...CREDENTIALS, password: 'PASSWORD' },
  { ...CREDENTIALS, password: '' },
  { ...CREDENTIALS, password: ' password ' },
  { ...CREDENTIALS, password: 'passwordx' },
  { ...CREDENTIALS, scope: 'email openid' },
  { ...CREDENTIALS, client_id: 'other' },
  { ...CREDENTIALS, grant_type: 'nothing' },
  { ...CREDENTIALS, username: 'disabled' },
  'grant_type=password&grant_type=password&client_id=reprocessing-preparation&username=user&password=password',
];

/** Ids in the built-in catalogue; `text` of a whole file shows its bytes. */
const STORE: readonly Ask[] = [
  {},
  { headers: { Range: 'bytes=10-19' } },
  { headers: { Range: 'bytes=-10' } },
  { headers: { Range: 'bytes=100-' } },
  { headers: { Range: 'bytes=999999999-' } },
  { headers: { Range: 'bytes=10-19', 'If-Range': '"other"' } },
  { headers: { Authorization: 'Bearer x' } },
  { method: 'HEAD' },
];

export const PROBES: readonly Probe[] = [
  ...SITE.map(([target, ask = {}]): Probe => {
    const as = ask.as ?? 'user';
    const details = JSON.stringify({ ...ask, as });
    return {
      name: `${ask.method ?? 'GET'} ${target}${details === '{"as":"user"}' ? '' : ` ${details}`}`,
      isAlone: target.includes('$value'),
      look: async (visitor) => (await visitor.site(target, { ...ask, as })).text,
    };
  }),
  ...WITHOUT_TOKEN.map(([target, ask = {}]): Probe => ({
    name: `${target} without token ${JSON.stringify(ask)}`,
    isAlone: false,
    look: async (visitor) => (await visitor.site(target, ask)).text,
  })),
  ...FORMS.map((form): Probe => ({
    name: `token for ${typeof form === 'string' ? form : JSON.stringify(form)}`,
    isAlone: false,
    look: async (visitor) => (await visitor.token(form)).text,
  })),
  ...STORE.map((ask): Probe => ({
    name: `store ${JSON.stringify(ask)}`,
    isAlone: true,
    look: async (visitor) => {
      const url = await visitor.addressOf(ID);
      return url.startsWith('http') ? (await visitor.ask(url, ask)).text : url;
    },
  })),
  {
    name: 'a form in JSON',
    isAlone: false,
    look: async (visitor) =>
      (await visitor.token(JSON.stringify(CREDENTIALS), { 'Content-Type': 'application/json' })).text,
  },
  {
    name: 'a refresh for another client',
    isAlone: true,
    look: async (visitor) => {
      const { refresh_token: token } = await visitor.logIn();
      return (await visitor.token({ grant_type: 'refresh_token', client_id: 'other', refresh_token: token })).text;
    },
  },
  {
    name: 'two ways to the login page',
    isAlone: true,
    look: async (visitor) => {
      const [first, second] = [await visitor.site('/rdb.svc/'), await visitor.site('/rdb.svc/')];
      return first.headers['location'] === second.headers['location'];
    },
  },
  {
    name: 'token endpoint by GET',
    isAlone: true,
    look: async (visitor) =>
      (await visitor.site('/auth/realms/reprocessing-preparation/protocol/openid-connect/token')).text,
  },
  {
    name: 'two pages by options',
    isAlone: true,
    look: (visitor) => pair(visitor, '/auxip.svc/Products?$top=2', '/auxip.svc/Products?$top=2&$skip=2'),
  },
  {
    name: 'two forms of a page',
    isAlone: true,
    look: async (visitor) => {
      const [target, as] = ['/auxip.svc/Products?$top=1', 'user'] as const;
      const plain = await visitor.site(target, { as });
      return [
        plain.text,
        (await visitor.site(target, { as, headers: { Accept: 'application/json;odata.metadata=full' } })).text,
      ];
    },
  },
  {
    name: 'metrics for one who may, then for one who may not',
    isAlone: true,
    look: async (visitor) => {
      const first = await visitor.site('/auxip.svc/Metrics', { as: 'operator' });
      return [first.text, (await visitor.site('/auxip.svc/Metrics', { as: 'user' })).text];
    },
  },
  { name: 'the same page twice', isAlone: true, look: (visitor) => twice(visitor, '/auxip.svc/Products?$top=3') },
  {
    name: 'the same baseline for both units',
    isAlone: true,
    look: (visitor) => pair(visitor, byName(OLCI), byName(OLCI, 'S3OLCI', 'L2LFR', 'B')),
  },
  {
    name: 'the same baseline for two product types',
    isAlone: true,
    look: (visitor) => pair(visitor, byName(OLCI), byName(OLCI, 'S3OLCI', 'L1EFR')),
  },
  {
    name: 'two intervals of an hour',
    isAlone: true,
    look: (visitor) => pair(visitor, byInterval('01:04:12', '01:08:10'), byInterval('01:20:00', '01:40:00')),
  },
  {
    name: 'two addresses of a file',
    isAlone: true,
    look: async (visitor) => (await visitor.addressOf(ID)) === (await visitor.addressOf(ID)),
  },
  {
    name: 'addresses of two files',
    isAlone: true,
    look: async (visitor) => {
      const first = ID;
      const links = await visitor.site(byName(OLCI), { as: 'user' });
      const second = /Products\(([0-9a-f-]{36})\)/.exec(links.body.toString('utf8'))?.[1] ?? '';
      await visitor.addressOf(first);
      return (await visitor.addressOf(second)).includes(second);
    },
  },
  {
    name: 'nine addresses in a run',
    isAlone: true,
    look: async (visitor) => {
      const seen: string[] = [];
      for (let count = 0; count < 9; count++) {
        seen.push((await visitor.site(`/auxip.svc/Products(${ID})/$value`, { as: 'user' })).text);
      }
      return seen;
    },
  },
  {
    name: 'a token with another signature',
    isAlone: true,
    look: async (visitor) => statusWith(visitor, forged((await visitor.logIn()).access_token)),
  },
  {
    name: 'a token with something behind it',
    isAlone: true,
    look: async (visitor) => {
      const { access_token: token } = await visitor.logIn();
      const statuses: number[] = [];
      for (const more of ['.auxflow', 'auxflow', ' auxflow']) statuses.push(await statusWith(visitor, token + more));
      return statuses;
    },
  },
  {
    name: 'an id token',
    isAlone: true,
    look: async (visitor) => statusWith(visitor, (await visitor.logIn()).id_token),
  },
  {
    name: 'an expired token',
    isAlone: true,
    look: async (visitor) => {
      const { access_token: token } = await visitor.logIn();
      return later(visitor, 1000, () => statusWith(visitor, token));
    },
  },
  {
    name: 'a token as long as it promises to live',
    isAlone: true,
    look: async (visitor) => {
      const { access_token: token, expires_in: seconds } = (await visitor.logIn()) as {
        access_token: string;
        expires_in?: number;
      };
      return later(visitor, Number(seconds) - 1, () => statusWith(visitor, token));
    },
  },
  {
    name: 'a refreshed token',
    isAlone: true,
    look: async (visitor) => {
      const { refresh_token: token } = await visitor.logIn();
      const refresh = { grant_type: 'refresh_token', client_id: CREDENTIALS.client_id, refresh_token: token };
      const { text, body } = await visitor.token(refresh);
      const access = /"access_token":"([^"]+)"/.exec(body.toString('utf8'))?.[1] ?? '';
      return [text, await statusWith(visitor, access)];
    },
  },
  {
    name: 'a forged address',
    isAlone: true,
    look: async (visitor) => {
      const url = await visitor.addressOf(ID);
      return url.startsWith('http')
        ? (await visitor.ask(url.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).text
        : url;
    },
  },
  {
    name: 'an unsigned address',
    isAlone: true,
    look: async (visitor) => {
      const url = await visitor.addressOf(ID);
      return url.startsWith('http') ? (await visitor.ask(url.replace(/\?.*/, ''))).text : url;
    },
  },
  {
    name: 'an expired address',
    isAlone: true,
    look: async (visitor) => {
      const url = await visitor.addressOf(ID);
      return url.startsWith('http') ? later(visitor, 700, async () => (await visitor.ask(url)).text) : url;
    },
  },
];

async function twice(visitor: Visitor, target: string): Promise<boolean> {
  const [first, second] = await pair(visitor, target, target);
  return first === second;
}

async function pair(visitor: Visitor, first: string, second: string): Promise<readonly string[]> {
  const item = await visitor.site(first, { as: 'user' });
  return [item.text, (await visitor.site(second, { as: 'user' })).text];
}

async function statusWith(visitor: Visitor, token: string): Promise<number> {
  return (await visitor.site('/auxip.svc/Products?$top=1', { headers: { Authorization: `Bearer ${token}` } })).status;
}

function forged(token: string): string {
  return token.replace(/.{4}$/, (end) => (end.startsWith('A') ? 'BBBB' : 'AAAA'));
}

async function later<T>(visitor: Visitor, seconds: number, look: () => Promise<T>): Promise<T> {
  visitor.wait(seconds);
  try {
    return await look();
  } finally {
    visitor.wait(-seconds);
  }
}
