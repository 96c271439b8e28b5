/** Checks of the token endpoint and the services. All throw Failure where what they check is failing. */
import { gatewayAnswer } from '../../services/classify-response';
import { isLogin } from '../../services/login-page';
import type { BaselineAnswer } from '../../services/schema/types/BaselineAnswer';
import { Failure, toError } from '../../errors/errors';
import { plural } from '../../lib/format';
import type { Api } from '../../services/api';
import { baselineUrl } from '../../services/rdb';
import type { RetryPolicy } from '../../services/retry';
import { retrying } from '../../services/retrying';
import { underRoot } from '../../services/service-url';
import type { Site } from '../../services/site';
import type { Transport } from '../../services/transport';
import type { Seen } from './diagnosis';
import { rolesOf } from './roles';

/** Bytes: no answer that is asked for here comes near. */
const MAX_BYTES = 4 * 1024 * 1024;

/** One attempt: what fails now is failing now. */
const once = { attempts: 1, delay: 0, growth: 1 };
export const ONE_ATTEMPT: RetryPolicy = { quota: once, busy: once, fault: once, broken: once, longestWait: 0 };

/** `download` opens catalogue and files; `reporting` opens everything but files (access.md#roles, auxip.md#quota). */
export function checkRole(token: string): Seen {
  const claimed = rolesOf(token);
  if (!claimed) return { verdict: 'unknown', seen: 'the token cannot be read' };
  if (!claimed.includes('download')) throw new Failure({ code: 'ROLE_NOT_CLAIMED', role: 'download', claimed });
  return { verdict: 'ok', seen: claimed.join(', ') };
}

/** The gateway asks for a login without a token, and lets one with a token pass. The service document needs no role (access.md#roles). */
export async function checkGateway(
  { site, api, transport, hasToken }: { site: Site; api: Api; transport: Transport; hasToken: boolean },
  signal: AbortSignal,
): Promise<Seen> {
  const url = underRoot(site.auxipRoot, '');
  const get = () => transport.get({ url, accept: 'application/json', maxBytes: MAX_BYTES, signal });
  const [without] = await Promise.all([
    retrying(get, { method: 'GET', url, patience: ONE_ATTEMPT, signal }),
    hasToken ? serviceDocument(api, site.auxipRoot, signal) : undefined,
  ]);
  const asksForLogin = isLogin(gatewayAnswer(without));
  const login = asksForLogin ? `asks for a login (${without.status})` : `answers ${without.status}, without a login,`;
  const seen = `${login} without a token${hasToken ? '; lets the token pass' : ''}`;
  return { verdict: 'ok', seen };
}

async function serviceDocument(api: Api, root: string, signal: AbortSignal): Promise<void> {
  const url = underRoot(root, '');
  await api.getJson({ url, schema: 'service-document', what: 'the service document', maxBytes: MAX_BYTES, signal });
}

/** The service document, then the baseline of the environment's first Level-0 product: a cold one may take minutes (rdb.md#cold-start). */
export async function checkRdb(site: Site, api: Api, signal: AbortSignal): Promise<Seen> {
  await serviceDocument(api, site.rdbRoot, signal);
  const { l0_names: names = '', mission = '', unit = '', product_type: productType = '' } = site.variables;
  const level0 = names.split(',', 1)[0]?.trim() ?? '';
  if (!level0) return { verdict: 'ok', seen: 'the service document; the environment names no Level-0 product' };
  const url = baselineUrl(site.rdbRoot, { level0Names: [level0], mission, unit, productType });
  const question = { url, schema: 'rdb.baseline', what: 'the baseline', maxBytes: MAX_BYTES, signal };
  try {
    const { value } = (await api.getJson(question)) as BaselineAnswer;
    const files = value.reduce((sum, { AuxDataFiles }) => sum + AuxDataFiles.length, 0);
    if (files === 0) throw new Failure({ code: 'BASELINE_WITHOUT_FILES', level0 });
    return { verdict: 'ok', seen: `the baseline of a Level-0 product names ${plural(files, 'file')}` };
  } catch (error) {
    if (toError(error).code !== 'TIME_LIMIT') throw error;
    const seen = 'the service document; a baseline did not come in time, and a cold one may take minutes';
    return { verdict: 'unknown', seen, next: 'Look again in some minutes.' };
  }
}

export async function checkReprocessing(site: Site, api: Api, signal: AbortSignal): Promise<Seen> {
  const { reprocessingRoot: root } = site;
  if (!root) return { verdict: 'unknown', seen: 'the environment has no reprocessing_root_uri' };
  const question = { url: underRoot(root, 'AuxTypes?$top=1'), schema: 'reprocessing.aux-types', what: 'a type' };
  await api.getJson({ ...question, maxBytes: MAX_BYTES, signal });
  return { verdict: 'ok', seen: 'an auxiliary file type' };
}
