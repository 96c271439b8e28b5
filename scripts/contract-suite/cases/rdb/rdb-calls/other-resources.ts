import type { ContractCase } from '../../../contract-case';
import { getCase, observed, refused, satellite } from '../rdb-cases';
import { CALL, KNOWN, NOTHING, refusal, ROOT } from './call';

const notFound = (name: string): string =>
  `Cannot find EntitySet, Singleton, ActionImport or FunctionImport with name '${name}'.`;

const REFUSED: readonly (readonly [key: string, name: string, path: string, message: string, status: number])[] = [
  ['unknown', 'An unknown resource is named in a 404', 'Products', notFound('Products'), 404],
  [
    'wrong-case',
    'The name of the function is case-sensitive',
    'GetReprocessingDataBaseline(x=1)',
    notFound('GetReprocessingDataBaseline'),
    404,
  ],
  ['batch-get', '$batch is not for GET', '$batch', "HTTP method 'GET' not allowed for this resource.", 405],
  [
    'entity',
    '$entity wants an $id',
    '$entity',
    'The entity-id must be specified using the system query option $id.',
    400,
  ],
  [
    'empty-segment',
    'An empty segment is refused',
    '/getReprocessingDataBaseline',
    "The segment '' must be the last segment.",
    400,
  ],
  [
    'namespaced',
    'The function is not called with its namespace',
    `OData.CSC.getReprocessingDataBaseline(${KNOWN},${satellite(NOTHING)})`,
    "Namespace is not allowed for Entity Sets, Singletons, Action Imports and Function Imports; found 'OData.CSC'.",
    400,
  ],
];

/** What is beside the function, and behind it (rdb.md#resources). */
export function otherResourceCases(): ContractCase[] {
  return [
    getCase(
      'rdb-data-baselines',
      'DataBaselines cannot be read as a set',
      `${ROOT}/DataBaselines`,
      refused(501, 'Only function call is supported, see => /$metadata', '501'),
      observed('rdb.md#resources', '501, and the code is the text "501": an entity set that $metadata does not list.'),
      { severity: 'shape' },
    ),
    ...REFUSED.map(([key, name, path, message, status]) =>
      refusal(`rdb-${key}`, name, `${ROOT}/${path}`, message, 'rdb.md#resources', status),
    ),
    ...['', '$count', '$value', 'Level0'].map((part) =>
      refusal(
        `rdb-after-${part.replace('$', '') || 'slash'}`,
        `Nothing may follow the call: /${part}`,
        `${CALL}/${part}`,
        `The resource part '${part}' is not allowed.`,
        'rdb.md#resources',
      ),
    ),
  ];
}
