import { EDM_DATE_TIME_OFFSET, EDM_STRING, property, type Edm, type StructuredType } from '../odata/edm';

/** rdb.svc's model (rdb.md#resources). `DataBaseline` has no key; `DataBaselines` is no set of the metadata, yet it resolves. */
export const PRODUCT: StructuredType = {
  kind: 'complex',
  name: 'OData.CSC.Product',
  properties: [
    property('Name', EDM_STRING, { nullable: false }),
    property('AuxipLink', EDM_STRING, { nullable: false }),
  ],
  navigations: [],
};

export const DATA_BASELINE: StructuredType = {
  kind: 'entity',
  name: 'OData.CSC.DataBaseline',
  properties: [
    property('Level0', EDM_STRING),
    property('Message', EDM_STRING),
    property('AuxDataFiles', PRODUCT, { collection: true }),
  ],
  navigations: [],
};

const SATELLITE = ['mission', 'unit', 'product_type'].map((name) => ({ name, type: EDM_STRING }));

export const RDB_EDM: Edm = {
  types: [DATA_BASELINE, PRODUCT],
  entitySets: [{ name: 'DataBaselines', type: DATA_BASELINE }],
  functionImports: [
    {
      name: 'getReprocessingDataBaseline',
      overloads: [
        { parameters: [{ name: 'l0_names', type: EDM_STRING }, ...SATELLITE] },
        {
          parameters: [
            { name: 'start', type: EDM_DATE_TIME_OFFSET },
            { name: 'stop', type: EDM_DATE_TIME_OFFSET },
            ...SATELLITE,
          ],
        },
      ],
      returns: DATA_BASELINE,
    },
  ],
  boundActions: {},
};
