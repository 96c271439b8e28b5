import type { Faults } from '../../scenarios/faults';
import { afterService } from '../around';
import { editData, rowsOf } from '../edit-json';
import { inGroup } from '../mutant';

/** `$metadata` and service documents that no longer say what the service does. */
export const METADATA_MUTANTS = inGroup('metadata', [
  {
    name: 'metadata-loses-property',
    defect: '$metadata of auxip.svc does not know OriginDate',
    create: () => xml('auxip', /<Property Name="OriginDate"[^>]*><\/Property>/, ''),
  },
  {
    name: 'metadata-gains-property',
    defect: '$metadata of auxip.svc declares a property EvictionDate that products have not',
    create: () =>
      xml(
        'auxip',
        /(<Property Name="PublicationDate"[^>]*><\/Property>)/,
        '$1<Property Name="EvictionDate" Type="Edm.DateTimeOffset"></Property>',
      ),
  },
  {
    name: 'metadata-renames-property',
    defect: '$metadata of rdb.svc calls AuxipLink Link',
    create: () => xml('rdb', 'Name="AuxipLink"', 'Name="Link"'),
  },
  {
    name: 'metadata-int32',
    defect: '$metadata of auxip.svc declares ContentLength as Edm.Int32',
    create: () => xml('auxip', /(Name="ContentLength" Type=)"Edm.Int64"/, '$1"Edm.Int32"'),
  },
  {
    name: 'metadata-nullable',
    defect: '$metadata of rdb.svc lets the Name of auxiliary files be null',
    create: () => xml('rdb', /(<Property Name="Name" Type="Edm.String") Nullable="false"/, '$1'),
  },
  {
    name: 'metadata-precision',
    defect: '$metadata of auxip.svc declares PublicationDate without fraction of a second',
    create: () => xml('auxip', /(Name="PublicationDate"[^>]*) Precision="3"/, '$1 Precision="0"'),
  },
  {
    name: 'metadata-parameter-renamed',
    defect: '$metadata of rdb.svc calls the parameter product_type productType',
    create: () => xml('rdb', /Name="product_type"/g, 'Name="productType"'),
  },
  {
    name: 'metadata-loses-overload',
    defect: '$metadata of rdb.svc knows the function by names only, not by interval',
    create: () =>
      xml('rdb', /<Function Name="getReprocessingDataBaseline">\s*<Parameter Name="start"[\s\S]*?<\/Function>/, ''),
  },
  {
    name: 'metadata-loses-set',
    defect: '$metadata of auxip.svc has no entity set Metrics',
    create: () => xml('auxip', /<EntitySet Name="Metrics"[^>]*><\/EntitySet>/, ''),
  },
  {
    name: 'metadata-namespace',
    defect: 'the namespace of rdb.svc is OData.RDB',
    create: () => xml('rdb', /OData\.CSC/g, 'OData.RDB'),
  },
  {
    name: 'metadata-reprocessing-type',
    defect: '$metadata of reprocessing.svc declares Band as a number',
    create: () => xml('reprocessing', /(Name="Band" Type=)"[^"]*"/, '$1"Edm.Int32"'),
  },
  {
    name: 'metadata-truncated',
    defect: '$metadata ends before its last element is closed',
    create: () => xml('', /<\/edmx:Edmx>\s*$/, ''),
  },
  {
    name: 'service-document-loses-set',
    defect: 'the service document of auxip.svc does not list Subscriptions',
    create: () =>
      afterService(/^\/auxip\.svc\/$/, (reply) =>
        editData(reply, (json) => ({
          ...json,
          value: rowsOf(json, 'value').filter(({ name }) => name !== 'Subscriptions'),
        })),
      ),
  },
  {
    name: 'service-document-kind-missing',
    defect: 'the service document of rdb.svc does not say that its resource is a FunctionImport',
    create: () =>
      afterService(/^\/rdb\.svc\/?$/, (reply) =>
        editData(reply, (json) => ({
          ...json,
          value: rowsOf(json, 'value').map(({ name, url }) => ({ name, url })),
        })),
      ),
  },
]);

/** Rewrites the `$metadata` of a service; of all for an empty name. */
function xml(service: string, pattern: RegExp | string, replacement: string): Faults {
  return afterService(new RegExp(`^/${service}[\\w.]*.*/\\$metadata$`), (reply) =>
    typeof reply.body === 'string' ? { ...reply, body: reply.body.replace(pattern, replacement) } : reply,
  );
}
