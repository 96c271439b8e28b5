/**
 * Answers saved beside the requests, so that a user sees what comes before sending anything: the tutorial's own where it shows
 * them, else the recorded forms (rdb.md#error-bodies, access.md, auxip.md#redirect).
 */
import { FOUND_MESSAGE, NOT_FOUND_MESSAGE } from '../sentinel/level0-messages';
import { PRODUCTION_SITE } from '../services/services';

export interface Example {
  readonly name: string;
  readonly code: number;
  readonly status: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: unknown;
}

const ODATA_JSON = ['Content-Type', 'application/json;odata.metadata=minimal'] as const;
const ODATA_HEADERS = [ODATA_JSON, ['OData-Version', '4.0']] as const;

const PPP = {
  id: 'cca2209c-cc89-483f-9346-08aa624c602d',
  name: 'S3A_OL_2_PPP_AX_20160216T000000_20991231T235959_20170609T120000___________________MPC_O_AL_005.SEN3.zip',
};
const CLP = {
  id: '776e261b-ff38-4087-a51a-f83402e65a0f',
  name: 'S3A_OL_2_CLP_AX_20160216T000000_20991231T235959_20170210T120000___________________MPC_O_AL_003.SEN3.zip',
};

const auxFile = ({ id, name }: { id: string; name: string }): object => ({
  Name: name,
  AuxipLink: `${PRODUCTION_SITE}/auxip.svc/Products(${id})/$value`,
});

function baselineOf(level0: string, message: string, files: object[]): object {
  return {
    '@odata.context': '$metadata#Collection(OData.CSC.DataBaseline)',
    value: [{ Level0: level0, Message: message, AuxDataFiles: files }],
  };
}

function odataError(code: number, status: string, message: string, errorCode: string | null = null): Example {
  return {
    name: `${code} ${message}`,
    code,
    status,
    headers: ODATA_HEADERS,
    body: { error: { code: errorCode, message } },
  };
}

const LOGIN: Example = {
  name: '302 to the login page: no valid token',
  code: 302,
  status: 'Found',
  headers: [
    [
      'Location',
      `${PRODUCTION_SITE}/auth/realms/reprocessing-preparation/protocol/openid-connect/auth?response_type=code&client_id=kong&scope=openid`,
    ],
    ['Content-Type', 'text/html'],
  ],
  body: '<html><head><title>302 Found</title></head><body><center><h1>302 Found</h1></center></body></html>',
};

/** Examples by the key of the request they are saved under. */
export const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  'get-a-token': [
    {
      name: '200 Token',
      code: 200,
      status: 'OK',
      headers: [
        ['Content-Type', 'application/json'],
        ['Cache-Control', 'no-store'],
      ],
      body: {
        access_token: '(about 1445 characters)',
        expires_in: 900,
        refresh_expires_in: 1800,
        refresh_token: '(about 725 characters)',
        token_type: 'Bearer',
        'not-before-policy': 0,
        session_state: '00000000-0000-4000-8000-000000000000',
        scope: 'openid profile email',
      },
    },
    {
      name: '401 Wrong user name or password',
      code: 401,
      status: 'Unauthorized',
      headers: [['Content-Type', 'application/json']],
      body: { error: 'invalid_grant', error_description: 'Invalid user credentials' },
    },
  ],
  'baseline-by-names': [
    {
      name: '200 Name not in the data base',
      code: 200,
      status: 'OK',
      headers: ODATA_HEADERS,
      body: baselineOf(
        'S3A_OL_0_EFR____20240301T010412_20240301T010610_20240301T025430_0118_109_302______PS1_O_NR_002.SEN3.zip',
        NOT_FOUND_MESSAGE,
        [PPP, CLP].map(auxFile),
      ),
    },
    odataError(500, 'Internal Server Error', 'begin 0, end 2, length 1'),
    LOGIN,
  ],
  'baseline-by-interval': [
    {
      name: '200 The tutorial (its first entry, two of its files)',
      code: 200,
      status: 'OK',
      headers: ODATA_HEADERS,
      body: baselineOf(
        'S3A_OL_0_EFR____20240301T013410_20240301T013610_20240301T025532_0119_109_302______PS1_O_NR_002.SEN3.zip',
        FOUND_MESSAGE,
        [PPP, CLP].map(auxFile),
      ),
    },
    odataError(400, 'Bad Request', "Invalid value for property 'start'."),
    LOGIN,
  ],
  'catalogue-entry': [
    {
      name: '200 Entry (form as recorded)',
      code: 200,
      status: 'OK',
      headers: ODATA_HEADERS,
      body: {
        '@odata.context': '$metadata#Products/$entity',
        '@odata.mediaContentType': 'application/json',
        Id: '7fc282fc-4a00-417f-b77c-4e851440105a',
        Name: 'S2A_OPER_GIP_R2DENT_MPC__20150605T094742_V20150622T000000_21000101T000000_B06.TGZ',
        ContentType: 'application/octet-stream',
        ContentLength: 6177,
        OriginDate: '2015-06-05T09:47:42Z',
        PublicationDate: '2021-03-04T11:44:30.18Z',
        Checksum: [
          { ChecksumDate: '2021-03-04T11:44:30.18Z', Algorithm: 'MD5', Value: '3f4f57e7e1680b9f461ff4e96eff4e74' },
        ],
        ContentDate: { Start: '2015-06-22T00:00:00Z', End: '2100-01-01T00:00:00Z' },
      },
    },
    odataError(500, 'Internal Server Error', 'No entity found for query'),
    odataError(401, 'Unauthorized', 'Unauthorized Request !', '401'),
  ],
  'resolve-value': [
    {
      name: '302 to the object store',
      code: 302,
      status: 'Found',
      headers: [
        ['Location', 'https://store.example/auxip/(id)/(name)?(signature, valid for 600 s)'],
        ['Content-Disposition', `filename=${PPP.name}`],
        ['OData-Version', '4.0'],
      ],
      body: '',
    },
    odataError(429, 'Too Many Requests', 'Too Many Requests !', '429'),
    LOGIN,
  ],
  'first-kib': [
    {
      name: '403 The address has expired',
      code: 403,
      status: 'Forbidden',
      headers: [['Content-Type', 'application/xml']],
      body: '<?xml version="1.0" encoding="UTF-8"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
    },
  ],
};
