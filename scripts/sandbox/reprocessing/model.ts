import { SELECTION_RULE_NAMES } from '../../sentinel/selection-rules';
import {
  EDM_BOOLEAN,
  EDM_DATE_TIME_OFFSET,
  EDM_GUID,
  EDM_STRING,
  property,
  type Edm,
  type StructuredType,
} from '../odata/edm';

/** reprocessing.svc's model (reprocessing.md#entities), with its enumerations as the texts that they are compared as. */
export const PRODUCT_LEVEL: StructuredType = {
  kind: 'entity',
  name: 'OData.RBA.ProductLevel',
  key: 'Level',
  properties: [property('Level', EDM_STRING, { nullable: false })],
  navigations: [],
};

export const PRODUCT_TYPE: StructuredType = {
  kind: 'entity',
  name: 'OData.RBA.ProductType',
  key: 'Type',
  properties: [property('Type', EDM_STRING, { nullable: false })],
  navigations: [],
};

export const AUX_TYPE: StructuredType = {
  kind: 'entity',
  name: 'OData.RBA.AuxType',
  key: 'LongName',
  properties: [
    property('LongName', EDM_STRING, { nullable: false }),
    property('ShortName', EDM_STRING),
    property('Format', EDM_STRING),
    property('Mission', EDM_STRING),
    property('Variability', EDM_STRING),
    property('Validity', EDM_STRING),
    property('InProduction', EDM_BOOLEAN),
    property('Rule', EDM_STRING),
    property('Comments', EDM_STRING),
  ],
  navigations: [
    property('ProductLevels', PRODUCT_LEVEL, { collection: true }),
    property('ProductTypes', PRODUCT_TYPE, { collection: true }),
  ],
};

export const AUX_FILE: StructuredType = {
  kind: 'entity',
  name: 'OData.RBA.AuxFile',
  key: 'Id',
  properties: [
    property('Id', EDM_GUID, { nullable: false }),
    property('FullName', EDM_STRING),
    property('Baseline', EDM_STRING),
    property('IpfVersion', EDM_STRING),
    property('ValidityStart', EDM_DATE_TIME_OFFSET),
    property('ValidityStop', EDM_DATE_TIME_OFFSET),
    property('SensingTimeApplicationStart', EDM_DATE_TIME_OFFSET),
    property('SensingTimeApplicationStop', EDM_DATE_TIME_OFFSET),
    property('CreationDate', EDM_DATE_TIME_OFFSET),
    property('Band', EDM_STRING),
    property('Unit', EDM_STRING),
  ],
  navigations: [property('AuxType', AUX_TYPE)],
};

/** Properties whose values are members of an enumeration. */
export const ENUMERATIONS: readonly (string | undefined)[] = ['Variability', 'Validity', 'Rule'];

export const FUNCTIONS: readonly string[] = ['GetReproBaselineListForPeriod', 'GetReproBaselineNamesForPeriod'];

export const REPROCESSING_EDM: Edm = {
  types: [AUX_TYPE, AUX_FILE, PRODUCT_LEVEL, PRODUCT_TYPE],
  entitySets: [
    { name: 'AuxTypes', type: AUX_TYPE },
    { name: 'AuxFiles', type: AUX_FILE },
    { name: 'ProductLevels', type: PRODUCT_LEVEL },
    { name: 'ProductTypes', type: PRODUCT_TYPE },
  ],
  functionImports: [],
  enumerations: {
    'OData.RBA.Variability': ['Static', 'Dynamic'],
    'OData.RBA.TimeValidity': ['ValidityPeriod', 'AnyTime'],
    'OData.RBA.Rule': SELECTION_RULE_NAMES,
  },
  boundActions: {},
};
