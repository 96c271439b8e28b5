import {
  EDM_DATE_TIME_OFFSET,
  EDM_DOUBLE,
  EDM_GUID,
  EDM_INT64,
  EDM_STRING,
  property,
  type Edm,
  type StructuredType,
} from '../odata/edm';

/** auxip.svc's model (auxip.md#resources), which has no keys for attributes. */
const CHECKSUM: StructuredType = {
  kind: 'complex',
  name: 'OData.CSC.Checksum',
  properties: [
    property('ChecksumDate', EDM_DATE_TIME_OFFSET),
    property('Algorithm', EDM_STRING),
    property('Value', EDM_STRING),
  ],
  navigations: [],
};

const TIME_RANGE: StructuredType = {
  kind: 'complex',
  name: 'OData.CSC.TimeRange',
  properties: [property('Start', EDM_DATE_TIME_OFFSET), property('End', EDM_DATE_TIME_OFFSET)],
  navigations: [],
};

export const ATTRIBUTE: StructuredType = {
  kind: 'entity',
  name: 'OData.CSC.Attribute',
  properties: [property('Name', EDM_STRING), property('ValueType', EDM_STRING)],
  navigations: [],
};

export const VALUE_TYPES = ['String', 'Integer', 'Double', 'DateTimeOffset'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

const EDM_OF_VALUE = {
  String: EDM_STRING,
  Integer: EDM_INT64,
  Double: EDM_DOUBLE,
  DateTimeOffset: EDM_DATE_TIME_OFFSET,
} as const;

export const TYPED_ATTRIBUTES: readonly StructuredType[] = VALUE_TYPES.map((valueType) => ({
  kind: 'entity',
  name: `OData.CSC.${valueType}Attribute`,
  base: ATTRIBUTE,
  properties: [property('Value', EDM_OF_VALUE[valueType])],
  navigations: [],
}));

export const PRODUCT: StructuredType = {
  kind: 'entity',
  name: 'OData.CSC.Product',
  key: 'Id',
  hasStream: true,
  properties: [
    property('Id', EDM_GUID),
    property('Name', EDM_STRING),
    property('ContentType', EDM_STRING),
    property('ContentLength', EDM_INT64),
    property('OriginDate', EDM_DATE_TIME_OFFSET),
    property('PublicationDate', EDM_DATE_TIME_OFFSET),
    property('Checksum', CHECKSUM, { collection: true }),
    property('ContentDate', TIME_RANGE),
  ],
  navigations: [
    property('Attributes', ATTRIBUTE, { collection: true }),
    ...TYPED_ATTRIBUTES.map((type, index) =>
      property(`${VALUE_TYPES[index] ?? ''}Attributes`, type, { collection: true }),
    ),
  ],
};

export const METRIC: StructuredType = {
  kind: 'entity',
  name: 'OData.CSC.Metric',
  key: 'Name',
  properties: [
    property('Name', EDM_STRING),
    property('TimeStamp', EDM_DATE_TIME_OFFSET),
    property('MetricType', EDM_STRING),
    property('Gauge', EDM_STRING),
    property('Counter', EDM_INT64),
  ],
  navigations: [],
};

export const SUBSCRIPTION: StructuredType = {
  kind: 'entity',
  name: 'OData.CSC.Subscription',
  key: 'Id',
  properties: [
    property('Id', EDM_GUID),
    property('Status', EDM_STRING),
    property('NotificationEndpoint', EDM_STRING),
    property('NotificationEpUsername', EDM_STRING),
    property('NotificationEpPassword', EDM_STRING),
    property('FilterParam', EDM_STRING),
    property('SubmissionDate', EDM_DATE_TIME_OFFSET),
    property('LastNotificationDate', EDM_DATE_TIME_OFFSET),
  ],
  navigations: [],
};

export const AUXIP_EDM: Edm = {
  types: [PRODUCT, ATTRIBUTE, ...TYPED_ATTRIBUTES, METRIC, SUBSCRIPTION, CHECKSUM, TIME_RANGE],
  entitySets: [
    { name: 'Products', type: PRODUCT },
    { name: 'Metrics', type: METRIC },
    { name: 'Subscriptions', type: SUBSCRIPTION },
    { name: 'Attributes', type: ATTRIBUTE },
    ...TYPED_ATTRIBUTES.map((type, index) => ({
      name: `${VALUE_TYPES[index] ?? ''}Attributes`,
      type,
    })),
  ],
  functionImports: [],
  enumerations: {
    'OData.CSC.SubscriptionStatus': ['running', 'paused', 'cancelled'],
    'OData.CSC.MetricType': ['Gauge', 'Counter'],
  },
  boundActions: { 'OData.CSC.Subscription': ['OData.CSC.Pause', 'OData.CSC.Resume', 'OData.CSC.Cancel'] },
};
