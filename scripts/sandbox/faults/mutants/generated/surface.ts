/** The operations of the services, each with a request; what is wrong about one of them is wrong whenever it is used. */
import type { Reply } from '../../../http/reply';
import type { WireRequest } from '../../../http/request';
import { get, type Ask } from './draft';

export interface Surface {
  /** Ends a sentence: `of lists of products`. */
  readonly words: string;
  readonly has: (request: WireRequest, reply: Reply) => boolean;
  readonly ask: Ask;
}

const ID = '7fc282fc-4a00-417f-b77c-4e851440105a';
const NO_ID = '00000000-0000-4000-8000-000000000000';
const LEVEL0 =
  'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip';
const baseline = (names: string, mission = 'S3OLCI', more = ",product_type='L2LFR'"): string =>
  `/rdb.svc/getReprocessingDataBaseline(l0_names='${names}',mission='${mission}',unit='A'${more})`;

function served(words: string, path: RegExp, target: string, headers: Readonly<Record<string, string>> = {}): Surface {
  return {
    words,
    has: (request, { status }) => status < 400 && request.method === 'GET' && path.test(request.path),
    ask: get(target, { headers }),
  };
}

const JSON_ONLY = { Accept: 'application/json' };

export const SERVED: readonly Surface[] = [
  served('lists of products', /\/auxip[.]svc\/Products$/, '/auxip.svc/Products?$top=2'),
  served('single products', /\/auxip[.]svc\/Products\([^/]*$/, `/auxip.svc/Products(${ID})`),
  served('Attributes of a product', /\/Attributes$/, `/auxip.svc/Products(${ID})/Attributes`),
  served('StringAttributes of a product', /\/StringAttributes$/, `/auxip.svc/Products(${ID})/StringAttributes`),
  served('ContentDate alone', /\/ContentDate$/, `/auxip.svc/Products(${ID})/ContentDate`),
  served('Name alone', /\/Name$/, `/auxip.svc/Products(${ID})/Name`),
  served('$value of a product', /\/[$]value$/, `/auxip.svc/Products(${ID})/$value`),
  served('baselines by name', /getReproc.*l0_names/, baseline(LEVEL0)),
  served(
    'baselines by interval',
    /getReproc.*start/,
    "/rdb.svc/getReprocessingDataBaseline(start=2024-03-01T01:00:00Z,stop=2024-03-01T01:10:00Z,mission='S3OLCI',unit='A',product_type='L2LFR')",
  ),
  ...['AuxTypes', 'AuxFiles', 'ProductTypes', 'ProductLevels'].map((set) =>
    served(`lists of ${set}`, new RegExp(`/${set}$`), `/reprocessing.svc/${set}?$top=2`),
  ),
  served('single AuxTypes', /\/AuxTypes\([^/]*$/, "/reprocessing.svc/AuxTypes('AUX_CAL')"),
  served('single AuxFiles', /\/AuxFiles\([^/]*$/, `/reprocessing.svc/AuxFiles(${ID})`),
  served('names for a period', /NamesForPeriod/, "/reprocessing.svc/GetReproBaselineNamesForPeriod(Mission='S2MSI')"),
  served('files for a period', /ListForPeriod/, "/reprocessing.svc/GetReproBaselineListForPeriod(Mission='S2MSI')"),
  ...['auxip', 'rdb', 'reprocessing'].flatMap((service) => [
    served(`the service document of ${service}.svc`, new RegExp(`/${service}[.]svc/$`), `/${service}.svc/`, JSON_ONLY),
    served(`$metadata of ${service}.svc`, new RegExp(`/${service}[.]svc/[$]metadata$`), `/${service}.svc/$metadata`),
  ]),
];

function refused(
  words: string,
  status: number,
  target: string,
  message: RegExp,
  more: Parameters<typeof get>[1] = {},
): Surface {
  const service = /^\/(\w+)[.]svc/.exec(target)?.[1] ?? '';
  return {
    words: `${words} (${service}.svc)`,
    has: (request, reply) =>
      reply.status === status &&
      request.path.startsWith(`/${service}.svc`) &&
      typeof reply.body === 'string' &&
      message.test(reply.body),
    ask: get(target, more),
  };
}

/** Refusals by what is wrong with the request. */
export const REFUSED: readonly Surface[] = [
  refused('a negative $top', 400, '/auxip.svc/Products?$top=-1', /not-allowed value/),
  refused('an unknown option', 400, '/auxip.svc/Products?$colour=1', /is not defined[.]/),
  refused('a filter with an unknown property', 400, "/auxip.svc/Products?$filter=Colour eq 'x'", /not defined in type/),
  refused('a filter that compares text with a number', 400, '/auxip.svc/Products?$filter=Name eq 5', /not compatible/),
  refused('an order by an unknown property', 400, '/auxip.svc/Products?$orderby=Colour', /not defined in type/),
  refused('a repeated option', 400, '/auxip.svc/Products?$top=1&$top=2', /only once/),
  refused('an unknown id', 500, `/auxip.svc/Products(${NO_ID})`, /No entity found/),
  refused('a key that is no id', 400, '/auxip.svc/Products(x)', /key property/),
  refused('an unknown resource', 404, '/auxip.svc/Nothing', /Cannot find/),
  refused('Accept: text/csv', 406, '/auxip.svc/Products?$top=1', /not supported/, { headers: { Accept: 'text/csv' } }),
  refused('metrics without the role', 401, '/auxip.svc/Metrics', /Unauthorized/),
  refused('an unknown type', 404, "/reprocessing.svc/AuxTypes('X')", /No entity found/),
  refused('an unknown resource', 400, '/reprocessing.svc/Nothing', /incorrectly specified/),
  refused('a $top that is no number', 400, '/reprocessing.svc/AuxTypes?$top=x', /not-allowed value/),
  refused('$select', 500, '/reprocessing.svc/AuxTypes?$select=LongName', /not supported/),
  refused('an unknown file', 404, `/reprocessing.svc/AuxFiles(${NO_ID})`, /No entity found/),
  refused(
    'a filter with an unknown property',
    400,
    "/reprocessing.svc/AuxTypes?$filter=Colour eq 'x'",
    /not defined in type/,
  ),
  refused('Accept: text/csv', 415, '/reprocessing.svc/AuxTypes', /Unsupported media type/, {
    headers: { Accept: 'text/csv' },
  }),
  refused('an unknown function', 404, '/rdb.svc/nothing()', /Cannot find/),
  refused('a missing argument', 400, baseline(LEVEL0, 'S3OLCI', ''), /no function with parameters/),
  refused('a name that is too short', 500, baseline('x'), /begin 0/),
  refused(
    'a start that is no date',
    400,
    "/rdb.svc/getReprocessingDataBaseline(start=x,stop=y,mission='S3OLCI',unit='A',product_type='L2LFR')",
    /key value/,
  ),
  refused('PUT', 405, baseline(LEVEL0), /not allowed/, { method: 'PUT' }),
  refused('Accept: text/csv', 406, baseline(LEVEL0), /not supported/, { headers: { Accept: 'text/csv' } }),
  refused('an unknown option', 400, '/rdb.svc/?$colour=1', /is not defined[.]/),
];

/** Whatever is spoilt of an answer of the operation. */
export function onSurface({ has }: Surface, change: (reply: Reply, request: WireRequest) => Reply) {
  return {
    aroundService: async (request: WireRequest, answer: (request: WireRequest) => Promise<Reply>): Promise<Reply> => {
      const reply = await answer(request);
      return has(plain(request), reply) ? change(reply, request) : reply;
    },
  };
}

/** Parentheses and dollars decoded, as the patterns have them. */
function plain(request: WireRequest): WireRequest {
  const path = request.path.replaceAll('%28', '(').replaceAll('%29', ')').replaceAll('%24', '$');
  return { ...request, path };
}
