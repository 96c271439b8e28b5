export type ServiceName = 'rdb' | 'auxip' | 'reprocessing';

export interface Service {
  readonly name: ServiceName;
  readonly title: string;
  /** Last segment of the public root, e.g. https://auxiliary.copernicus.eu/rdb.svc */
  readonly path: string;
  /** Environment variable of the collections that holds the OData root. */
  readonly rootVariable: string;
  readonly description: string;
}

export const PRODUCTION_SITE = 'https://auxiliary.copernicus.eu';
export const TOKEN_PATH = '/auth/realms/reprocessing-preparation/protocol/openid-connect/token';
export const CLIENT_ID = 'reprocessing-preparation';

export const SERVICES: Readonly<Record<ServiceName, Service>> = {
  rdb: {
    name: 'rdb',
    title: 'Reprocessing Data Baseline (rdb.svc)',
    path: '/rdb.svc',
    rootVariable: 'rdb_root_uri',
    description: 'Names, for each Level-0 product, the auxiliary data files (ADFs) that apply to its reprocessing.',
  },
  auxip: {
    name: 'auxip',
    title: 'Auxiliary Data Interface Delivery Point (auxip.svc)',
    path: '/auxip.svc',
    rootVariable: 'auxip_root_uri',
    description:
      'Catalogue and download of auxiliary data files. Only reading is described: an ordinary account could delete products.',
  },
  reprocessing: {
    name: 'reprocessing',
    title: 'Reprocessing Baseline (reprocessing.svc)',
    path: '/reprocessing.svc',
    rootVariable: 'reprocessing_root_uri',
    description: 'ADF types with their selection rules, and the auxiliary data files known for each.',
  },
};
