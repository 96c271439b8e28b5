/** What `auxflow record` asks: a bounded list, GET only, in the order in which it is asked. Data, so that its cost can be told beforehand. */
import { BASELINE_SAMPLE } from '../../sentinel/known-products';
import { baselineUrl } from '../../services/rdb';
import { costsOf, mayLeak } from '../../services/request-costs';
import type { ServiceName } from '../../services/services';
import { underRoot } from '../../services/service-url';
import type { Site } from '../../services/site';
import { samplesOf, serviceRoots } from '../drift/samples';

export interface RecordQuestion {
  readonly service: ServiceName;
  readonly url: string;
  readonly accept: string;
  /** False: asked as somebody would who has none. */
  readonly withToken: boolean;
}

const JSON_TYPE = 'application/json';

/** Query below a service's root; a media type other than JSON where one is asked for. */
type Query = string | readonly [query: string, accept: string];

const S3_TYPE = "startswith(FullName,'S3A_OL_1_CAL_AX')";

/**
 * What the services were measured to answer without harm: lists that are sorted and short, so that two runs on the same data give the
 * same rows, and refusals that are no exception (400, 404, 415). `Accept: garbage` hangs reprocessing.svc and is never sent.
 */
const HARMLESS: Readonly<Record<ServiceName, readonly Query[]>> = {
  rdb: [
    ['', '*/*'],
    ['$metadata', '*/*'],
    ['$metadata', JSON_TYPE],
  ],
  auxip: [
    ['', '*/*'],
    ['$metadata', '*/*'],
    ['$metadata', JSON_TYPE],
    'Products?$orderby=Id&$top=5',
    'Products?$orderby=PublicationDate desc,Id&$top=3&$skip=2',
    'Products?$orderby=ContentLength,Id&$top=3&$expand=Attributes',
    ["Products?$filter=startswith(Name,'S3A_OL_1_CAL_AX')&$orderby=Id&$top=3", 'application/atom+xml'],
    "Products?$filter=startswith(Name,'S3A_OL_2_PPP_AX')&$orderby=Name,Id&$top=5&$expand=Attributes",
    "Products?$filter=contains(Name,'AUX_PP1') and endswith(Name,'.zip')&$orderby=Id&$top=3",
    'Products?$filter=ContentLength gt 1000 and ContentLength lt 100000&$orderby=Id&$top=3',
    'Products?$filter=PublicationDate gt 2021-01-01T00:00:00.000Z&$orderby=PublicationDate,Id&$top=3',
    'Products?$filter=ContentDate/Start lt 2020-01-01T00:00:00.000Z&$orderby=Id&$top=3',
    "Products?$filter=Name eq 'no file has this name'",
    'Products?$top=0',
    'Products?$top=x',
    'Products?$orderby=Nope',
    'Products?$filter=Nope eq 1',
    'Nothing',
  ],
  reprocessing: [
    ['', '*/*'],
    ['$metadata', '*/*'],
    "AuxTypes('AUX_CAL')",
    "AuxTypes('NOPE')",
    "AuxTypes?$expand=ProductTypes&$filter=Mission eq 'S3OLCI'&$orderby=LongName",
    "AuxTypes?$expand=ProductLevels&$filter=Mission eq 'S1SAR'&$orderby=LongName",
    'AuxTypes?$orderby=LongName desc&$top=2',
    `AuxFiles?$filter=${S3_TYPE}&$orderby=FullName&$top=5`,
    `AuxFiles?$filter=${S3_TYPE} and ValidityStart le 2020-01-01T00:00:00Z&$orderby=FullName&$top=5`,
    'AuxTypes?$orderby=Nope',
    'Nothing',
  ],
};

/** What costs the services something even once (request-costs.ts): asked only with `--intrusive`. */
const COSTLY: Readonly<Record<ServiceName, readonly Query[]>> = {
  rdb: [],
  auxip: [
    'Products?$orderby=Id&$top=1&$count=true',
    'Products/$count',
    "Products?$filter=not startswith(Name,'S2')&$orderby=Id&$top=1",
    "Products?$filter=tolower(Name) eq 'a'&$top=1",
    'Products(00000000-0000-4000-8000-000000000000)',
  ],
  reprocessing: ['AuxTypes?$top=1&$expand=ProductTypes,ProductLevels', "AuxTypes?$filter=contains(LongName,'O''B')"],
};

export interface ListOptions {
  /** Whether costly requests are part of the list. */
  readonly intrusive: boolean;
}

/** @throws Failure USAGE, L0_NAME_PADDED, TIME_MALFORMED, INTERVAL_ORDER where the environment's request cannot be asked for */
export function recordQuestions(site: Site, { intrusive }: ListOptions): RecordQuestion[] {
  const roots = serviceRoots(site);
  const samples = samplesOf(site).flatMap(({ url }) => {
    const found = roots.find(({ root }) => url.startsWith(`${root}/`));
    return found ? [question(found.service, url)] : [];
  });
  const lists = intrusive ? [HARMLESS, COSTLY] : [HARMLESS];
  const queries = lists.flatMap((list) =>
    roots.flatMap(({ service, root }) => list[service].map((query) => below(service, root, query))),
  );
  const anonymous = { ...question('auxip', underRoot(site.auxipRoot, 'Products?$top=1')), withToken: false };
  return distinct([...samples, ...queries, ...baselines(site), anonymous]).filter(
    ({ url }) => intrusive || !(mayLeak(url) || costsOf({ url, status: 302 }).length > 0),
  );
}

function below(service: ServiceName, root: string, query: Query): RecordQuestion {
  const [rest, accept] = typeof query === 'string' ? [query, JSON_TYPE] : query;
  return question(service, underRoot(root, rest), accept);
}

function question(service: ServiceName, url: string, accept = JSON_TYPE): RecordQuestion {
  // A plus would be a blank for one service and none for the other.
  return { service, url: url.replaceAll(' ', '%20'), accept, withToken: true };
}

/** Of the environment's selection: a short interval, an unknown product, and a mission that does not exist. */
function baselines({ rdbRoot, variables }: Site): RecordQuestion[] {
  const { mission = '', unit = '', product_type: productType = '' } = variables;
  const { known_l0: known, unknown_l0: unknown, sample_start: start, sample_stop: stop } = BASELINE_SAMPLE;
  if (mission === '' || unit === '' || productType === '') return [];
  const selection = { mission, unit, productType };
  const requests = [
    { ...selection, start, stop },
    { ...selection, level0Names: [unknown] },
    { ...selection, mission: 'S9', level0Names: [known] },
  ];
  return requests.map((request) => question('rdb', baselineUrl(rdbRoot, request)));
}

function distinct(questions: readonly RecordQuestion[]): RecordQuestion[] {
  return [...new Map(questions.map((item) => [JSON.stringify(item), item])).values()];
}
