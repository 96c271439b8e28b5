import { ADF_SETS, queryText, type AdfSet } from '../../adf-query';
import type { CaseFolder, ContractCase } from '../../contract-case';
import { TASK_TABLE_RULES } from '../../../sentinel/published-rules';
import { serviceModel } from '../../service-model';
import { reprocessingEntries } from './entries';
import { reprocessingFilters } from './filters';
import { reprocessingFunctions } from './functions';
import { reprocessingPages } from './pages';
import { reprocessingRefusals } from './refusals';
import { observed, OK, REPROCESSING, SCHEMAS, VERSION } from './reprocessing-case';
import { signIn } from '../sign-in';

/** ADF types and files, and which of them apply to a period (reprocessing.md): what is asked for in lists and entries. */
export function reprocessing(): CaseFolder {
  return {
    key: 'reprocessing',
    name: 'reprocessing.svc',
    about: `${ABOUT} Every query is answered here as well.`,
    cases: [
      signIn('reprocessing'),
      ...documents(),
      ...samples('reprocessing'),
      asPublished(),
      ...reprocessingFilters(),
      ...reprocessingPages(),
      ...reprocessingEntries(),
      inCatalogue(),
    ],
  };
}

/** The two functions, and what is refused. */
export function reprocessingCalls(): CaseFolder {
  return {
    key: 'reprocessing-functions',
    name: 'reprocessing.svc functions and refusals',
    about: `${ABOUT} The files that apply to a mission and a time are found here as well.`,
    cases: [
      signIn('reprocessing-functions'),
      ...samples('reprocessing-functions'),
      ...reprocessingFunctions(),
      ...reprocessingRefusals(),
    ],
  };
}

const ABOUT =
  'ADF types and auxiliary files: samples are read once, each row compared with its own name. `adf_sample` in the environment chooses the files.';

function documents(): ContractCase[] {
  return [
    {
      key: 'reprocessing-root',
      name: 'reprocessing.svc lists its entity sets',
      severity: 'contract',
      source: observed('reprocessing.md#entities', 'Four entity sets.'),
      request: { url: `${REPROCESSING}/`, headers: { Accept: 'application/json' } },
      expect: {
        ...OK,
        schema: 'service-document',
        checks: [
          {
            is: 'body',
            equal: {
              '@odata.context': 'http://reprobase:8080/reprocessing.svc/$metadata',
              value: [...ADF_SETS].sort().map((name) => ({ name, url: name })),
            },
          },
        ],
      },
    },
    {
      key: 'reprocessing-metadata',
      name: 'The $metadata of reprocessing.svc is the one these schemas were made of',
      severity: 'contract',
      source: observed('reprocessing.md#entities', 'The model; schemas/csdl/reprocessing.svc.xml.'),
      request: { url: `${REPROCESSING}/$metadata`, headers: { Accept: '*/*' } },
      expect: {
        status: 200,
        contentType: 'application/xml',
        headers: VERSION,
        checks: [{ is: 'service-model', lines: serviceModel('reprocessing') }],
      },
    },
  ];
}

function samples(folder: string): ContractCase[] {
  const expand: Partial<Record<AdfSet, readonly string[]>> = {
    AuxTypes: ['ProductTypes'],
    AuxFiles: ['AuxType'],
  };
  const levels: ContractCase = {
    key: `${folder}-sample-levels`,
    name: `The levels of AuxTypes for ${folder.replaceAll('-', ' ')}`,
    severity: 'data',
    source: observed('reprocessing.md#query-options', 'Both lists of a type cannot be expanded at once.'),
    request: { url: `${REPROCESSING}/AuxTypes${queryText({ of: 'AuxTypes', expand: ['ProductLevels'] })}` },
    expect: { ...OK, schema: SCHEMAS.AuxTypes[0], checks: [{ is: 'adf-type-levels' }] },
  };
  const samples = ADF_SETS.map((of): ContractCase => ({
    key: `${folder}-sample-${of.toLowerCase()}`,
    name: `The sample of ${of} for ${folder.replaceAll('-', ' ')}`,
    severity: 'data',
    source: observed('reprocessing.md#entities', 'Complete rows, with everything that belongs to them.'),
    request: { url: `${REPROCESSING}/${of}${queryText({ of, expand: expand[of] })}` },
    expect: { ...OK, schema: SCHEMAS[of][0], checks: [{ is: 'adf-sample', of }] },
  }));
  return [levels, ...samples];
}

/** A second source: a type that the service itself has wrong deceives rdb.svc and this suite alike. */
function asPublished(): ContractCase {
  return {
    key: 'reprocessing-published',
    name: 'The ADF types are configured as published',
    severity: 'data',
    source: {
      basis: 'published',
      cite: 'reprocessing.md#adf-types',
      says: 'Types, product types and rules of TN-0018, as the service was loaded with them.',
    },
    request: {
      url: `${REPROCESSING}/AuxTypes${queryText({ of: 'AuxTypes', expand: ['ProductTypes'] })}`,
      headers: { Accept: 'application/json' },
    },
    expect: { ...OK, checks: [{ is: 'adf-published', rules: 'list' }] },
    promised: {
      basis: 'published',
      cite: 'rdb.md#selection-rules',
      says: `The processors' task tables retrieve ${Object.keys(TASK_TABLE_RULES).length} types by another rule: ${Object.keys(TASK_TABLE_RULES).join(', ')}.`,
      expect: { ...OK, checks: [{ is: 'adf-published', rules: 'task-tables' }] },
    },
  };
}

function inCatalogue(): ContractCase {
  return {
    key: 'reprocessing-in-catalogue',
    name: 'The catalogue has every file of the sample under the same id',
    severity: 'data',
    source: observed(
      'auxip.md#names-and-replacements',
      'Links of a baseline lead from names here to ids in auxip.svc.',
    ),
    needs: ['adf_batch_filter'],
    request: { url: '{{auxip_root_uri}}/Products?$filter={{adf_batch_filter}}' },
    expect: { status: 200, schema: 'auxip.products', checks: [{ is: 'adf-in-catalogue' }] },
  };
}
