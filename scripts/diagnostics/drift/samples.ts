import { SERVICES, type ServiceName } from '../../services/services';
import { baselineUrl } from '../../services/rdb';
import { underRoot } from '../../services/service-url';
import type { Site } from '../../services/site';

/** An answer that is compared with a schema of schemas/json. */
export interface Sample {
  readonly resource: string;
  readonly url: string;
  readonly schema: string;
}

export interface ServiceRoot {
  readonly service: ServiceName;
  /** `auxip.svc`, as people call it. */
  readonly title: string;
  readonly root: string;
}

/** The services that the environment names. */
export function serviceRoots({ rdbRoot, auxipRoot, reprocessingRoot }: Site): ServiceRoot[] {
  const roots: Readonly<Record<ServiceName, string | undefined>> = {
    rdb: rdbRoot,
    auxip: auxipRoot,
    reprocessing: reprocessingRoot,
  };
  return Object.values(SERVICES).flatMap(({ name, path }) => {
    const root = roots[name];
    return root === undefined ? [] : [{ service: name, title: path.slice(1), root }];
  });
}

/** A few rows: expansion costs the service four queries for each (auxip.md#expanded-attributes). */
const QUERIES: Readonly<Record<ServiceName, readonly (readonly [query: string, schema: string])[]>> = {
  rdb: [],
  auxip: [['Products?$top=5&$expand=Attributes', 'auxip.products']],
  reprocessing: [
    ['AuxTypes?$top=20', 'reprocessing.aux-types'],
    ['AuxFiles?$top=20', 'reprocessing.aux-files'],
  ],
};

/**
 * Service documents, a page of each kind, and the baseline of the environment's Level-0 products.
 * @throws Failure USAGE, L0_NAME_PADDED where the environment's names cannot be asked for
 */
export function samplesOf(site: Site): Sample[] {
  const pages = serviceRoots(site).flatMap(({ service, title, root }) => [
    { resource: `${title} service document`, url: underRoot(root, ''), schema: 'service-document' },
    ...QUERIES[service].map(([query, schema]) => ({
      resource: `${title} ${query}`,
      url: underRoot(root, query),
      schema,
    })),
  ]);
  return [...pages, ...baselineOf(site)];
}

function baselineOf({ rdbRoot, variables }: Site): Sample[] {
  const { l0_names: names = '', mission = '', unit = '', product_type: productType = '' } = variables;
  const level0Names = names.split(',').filter((name) => name !== '');
  if (level0Names.length === 0) return [];
  const url = baselineUrl(rdbRoot, { level0Names, mission, unit, productType });
  return [{ resource: 'rdb.svc getReprocessingDataBaseline', url, schema: 'rdb.baseline' }];
}
