import { TOKEN_PATH } from '../../../gateway';
import { emptyReply, jsonReply } from '../../../http/reply';
import type { WireRequest } from '../../../http/request';
import { afterService, beforeSite } from '../around';
import { BASELINE, editData, editEntries, PRODUCTS, rowsOf } from '../edit-json';
import { CLIENT_ID } from '../../../token/token-issuer';
import { misreadLiterals } from '../edit-query';
import { inGroup } from '../mutant';

/** What is wrong only under a condition: another mode, a longer interval, another way to write the same. */
export const CONDITION_MUTANTS = inGroup('conditions', [
  {
    name: 'password-trimmed',
    defect: 'blanks around a password do not count',
    create: () => beforeSite((request) => withField(request, 'password', (text) => text.trim())),
  },
  {
    name: 'password-cut',
    defect: 'what stands behind the eighth character of a password does not count',
    create: () => beforeSite((request) => withField(request, 'password', (text) => text.slice(0, 8))),
  },
  {
    name: 'password-empty-taken',
    defect: 'an empty password is taken for the right one',
    create: () => beforeSite((request) => withField(request, 'password', (text) => (text === '' ? 'password' : text))),
  },
  {
    name: 'refresh-client-unchecked',
    defect: 'a refresh token serves every client',
    create: () =>
      beforeSite((request) =>
        request.body.includes('grant_type=refresh_token') ? withField(request, 'client_id', () => CLIENT_ID) : request,
      ),
  },
  {
    name: 'json-form-taken',
    defect: 'the token endpoint takes JSON for a form',
    create: () => beforeSite(readAsForm),
  },
  {
    name: 'openid-first-only',
    defect: 'the scope openid counts only where it stands first',
    create: () =>
      beforeSite((request) =>
        withField(request, 'scope', (text) => (text.startsWith('openid') ? text : text.replace(/ ?openid/, ''))),
      ),
  },
  {
    name: 'always-not-modified',
    defect: 'a request with a condition is answered 304, whatever the condition: there is nothing to compare it with',
    create: () =>
      afterService(/^/, (reply, { headers }) =>
        reply.status === 200 && (headers['if-none-match'] ?? headers['if-modified-since']) !== undefined
          ? emptyReply(304)
          : reply,
      ),
  },
  {
    name: 'metadata-json-500',
    defect: '$metadata of auxip.svc in JSON is 500',
    create: () => ({
      aroundService: (request, answer) =>
        /auxip[.]svc\/(?:\$|%24)metadata$/.test(request.path) && (request.query ?? '').includes('json')
          ? jsonReply(500, { error: { code: null, message: 'java.lang.NullPointerException' } })
          : answer(request),
    }),
  },
  {
    name: 'atom-not-escaped',
    defect: 'Atom of products has an ampersand that is not escaped',
    create: () =>
      afterService(PRODUCTS, (reply) =>
        typeof reply.body === 'string' && String(reply.headers['Content-Type']).includes('xml')
          ? { ...reply, body: reply.body.replace('</', '& </') }
          : reply,
      ),
  },
  {
    name: 'zero-fraction-differs',
    defect: 'a date that is written with .000 in a filter is equal to none',
    create: () => ({ query: misreadLiterals((text) => text.replace(/[.]000Z$/, '.001Z')) }),
  },
  {
    name: 'other-modes-empty',
    defect: 'only IW products of Sentinel-1 have files',
    create: () => withoutFiles(/^S1._(?!IW)/),
  },
  {
    name: 'single-polarization-without-orbit',
    defect: 'Sentinel-1 products of one polarization have no orbit files',
    create: () => withoutFiles(/RAW__0SS[HV]/, /ORB/),
  },
  {
    name: 'syn-of-olci-only',
    defect: 'S3SYN has no files for granules of SLSTR',
    create: () =>
      afterService(BASELINE, (reply, { path }) =>
        editData(reply, (json) => ({
          ...json,
          value: rowsOf(json, 'value').map((row) =>
            path.includes('S3SYN') && String(row['Level0']).includes('SL_0_SLT') ? { ...row, AuxDataFiles: [] } : row,
          ),
        })),
      ),
  },
  {
    name: 'name-without-tar-loses-file',
    defect: 'a Sentinel-2 name without .tar lacks the first file',
    create: () =>
      editEntries((row) =>
        /^S2.*N\d\d[.]\d\d$/.test(String(row['Level0']))
          ? { ...row, AuxDataFiles: rowsOf(row, 'AuxDataFiles').slice(1) }
          : row,
      ),
  },
  {
    name: 'baseline-atom-without-message',
    defect: 'baselines in Atom leave out Message',
    create: () =>
      afterService(BASELINE, (reply) =>
        typeof reply.body === 'string' && String(reply.headers['Content-Type']).includes('xml')
          ? { ...reply, body: reply.body.replace(/<d:Message>[^<]*<\/d:Message>/g, '') }
          : reply,
      ),
  },
  {
    name: 'unknown-product-type-empty',
    defect: 'an unknown Sentinel-3 product type of a level gets none of the files that all missions share',
    create: () =>
      afterService(BASELINE, (reply, { path }) =>
        /mission=(?:'|%27)S3/.test(path) && /product_type=(?:'|%27)(?!L1MISR)L[12][A-Z]{4}/.test(path)
          ? editData(reply, (json) => ({
              ...json,
              value: rowsOf(json, 'value').map((row) => ({ ...row, AuxDataFiles: [] })),
            }))
          : reply,
      ),
  },
  {
    name: 'mission-in-any-case',
    defect: 'a mission in lower case is taken for that in upper case',
    create: () => inCapitals('mission'),
  },
  {
    name: 'product-type-in-any-case',
    defect: 'a product type in lower case is taken for that in upper case',
    create: () => inCapitals('product_type'),
  },
  {
    name: 'calibration-has-science',
    defect: 'an interval of S3SRAL for L1CAL has the products of L1SRA',
    create: () =>
      beforeSite((request) =>
        /start=/.test(request.path)
          ? { ...request, path: request.path.replace(/(S3SRAL.*)L1CAL/, '$1L1SRA') }
          : request,
      ),
  },
  {
    name: 'interval-of-a-week',
    defect: 'of an interval of more than seven days only the last seven are looked at',
    create: () =>
      beforeSite((request) => withInterval(request, (start, stop) => [Math.max(start, stop - 7 * DAY), stop] as const)),
  },
  {
    name: 'interval-ends-with-month',
    defect: 'an interval across the end of a month ends with it',
    create: () =>
      beforeSite((request) => withInterval(request, (start, stop) => [start, Math.min(stop, monthAfter(start))])),
  },
]);

const DAY = 86_400_000;

function monthAfter(time: number): number {
  const date = new Date(time);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** A form to the token endpoint with one of its fields read otherwise. */
function withField(request: WireRequest, name: string, read: (text: string) => string): WireRequest {
  if (request.path !== TOKEN_PATH) return request;
  const fields = new URLSearchParams(request.body.toString('utf8'));
  const text = fields.get(name);
  if (text === null) return request;
  fields.set(name, read(text));
  return { ...request, body: Buffer.from(fields.toString()) };
}

/** The members of a JSON object as fields of a form. */
function readAsForm(request: WireRequest): WireRequest {
  if (request.path !== TOKEN_PATH || request.headers['content-type'] !== 'application/json') return request;
  const fields = JSON.parse(request.body.toString('utf8')) as Record<string, string>;
  const headers = { ...request.headers, 'content-type': 'application/x-www-form-urlencoded' };
  return { ...request, headers, body: Buffer.from(new URLSearchParams(fields).toString()) };
}

function withoutFiles(level0: RegExp, file = /^/): ReturnType<typeof editEntries> {
  return editEntries((row) =>
    level0.test(String(row['Level0']))
      ? { ...row, AuxDataFiles: rowsOf(row, 'AuxDataFiles').filter(({ Name }) => !file.test(String(Name))) }
      : row,
  );
}

/** Reads a parameter of a baseline in upper case, where its value is one of lower-case letters and digits. */
function inCapitals(parameter: string): ReturnType<typeof beforeSite> {
  const written = new RegExp(`(${parameter}=(?:'|%27))([a-z0-9]+)(?='|%27)`);
  return beforeSite((request) => ({
    ...request,
    path: request.path.replace(written, (_all, name: string, value: string) => name + value.toUpperCase()),
  }));
}

/** A baseline by interval with another one in its place; epoch milliseconds. */
function withInterval(
  request: WireRequest,
  change: (start: number, stop: number) => readonly [start: number, stop: number],
): WireRequest {
  const path = request.path.replace(
    /start=(\d{4}-[\dT:.-]+Z),stop=(\d{4}-[\dT:.-]+Z)/,
    (all, first: string, last: string) => {
      const times = [Date.parse(first), Date.parse(last)] as const;
      if (times.some(Number.isNaN)) return all;
      const [start, stop] = change(...times).map((time) => new Date(time).toISOString());
      return `start=${start ?? ''},stop=${stop ?? ''}`;
    },
  );
  return { ...request, path };
}
