import type { CaseFolder, Expectation } from '../../contract-case';
import { answered, FUNCTION, getCase, observed } from './rdb-cases';
import { linkedFiles } from './linked-files';
import { selectionEdges } from './selection-edges';
import { signIn } from '../sign-in';

/** The selection rules computed again, from what reprocessing.svc publishes. */
export function selectionRules(): CaseFolder {
  return {
    key: 'selection-rules',
    name: 'Selection rules',
    about: [
      'For every sample of `selection_samples` (`mission unit product_type name`, or `start/stop` in place of the name; separated by `;`) the needed types come from `AuxTypes`, their files from `AuxFiles`, and the rule of each type (rdb.md#selection-rules) is applied here. A test for each sample and type says whether the baseline has the files that the rule chooses; if not, which it has, which would win, and why.',
      "The deltas by which a type widens the sensing time are not published. They are learned: for each mission and type the answers narrow down which deltas explain all of them; zero is told first, then those of the processors' task tables. A type is red only where no deltas do. Of files that tie any is right, because the order of the service's list is not known.",
      'Which types of Sentinel-1 depend on the polarization of the product is learned as well: either the published rows explain the answers, or an empty table.',
      'Then a product of each mission and product type is moved, under made-up names, to where files begin, end or are equally close: there the rules decide.',
      'The name of a Sentinel-2 product may be followed by its data take (`20210301T001714`): the service uses that time. Without it the time in the name is used.',
    ].join('\n\n'),
    cases: [
      signIn('selection-rules'),
      types(),
      baselines(),
      candidates(),
      ...selectionEdges(),
      catalogue(),
      again(),
      linked,
    ],
  };
}

const linked = linkedFiles(
  'selection-linked',
  'Every file of these baselines is in the catalogue under the id of its link',
);

const READ: Expectation = { status: 200 };

function types() {
  return getCase(
    'selection-types',
    'Every type has a rule',
    '{{reprocessing_root_uri}}/AuxTypes?$expand=ProductTypes',
    { ...READ, schema: 'reprocessing.aux-types', checks: [{ is: 'selection-types' }] },
    observed('reprocessing.md#adf-types', 'LongName, Mission, ProductTypes and Rule (14 names) of each type.'),
    { headers: { Accept: 'application/json' }, severity: 'data' },
  );
}

function baselines() {
  return getCase(
    'selection-baselines',
    'Baselines hold files of the needed types only',
    `${FUNCTION}({{selection_call}})`,
    answered({ is: 'selection-baselines' }),
    observed(
      'rdb.md#selection',
      'A type is wanted when its product types contain the one asked for; S3ALL by its first two characters.',
    ),
    { severity: 'data', needs: ['selection_call'] },
  );
}

function candidates() {
  return getCase(
    'selection-candidates',
    'Every type has the files that its rule chooses',
    '{{reprocessing_root_uri}}/AuxFiles?{{selection_query}}',
    { ...READ, schema: 'reprocessing.aux-files', checks: [{ is: 'selection-candidates' }] },
    observed('rdb.md#selection-rules', 'The fourteen rules, their ties, and bands.'),
    { headers: { Accept: 'application/json' }, severity: 'data', needs: ['selection_query'] },
  );
}

function catalogue() {
  return getCase(
    'selection-catalogue',
    'Chosen files are in the catalogue',
    '{{auxip_root_uri}}/Products?$filter={{selection_names}}',
    { ...READ, schema: 'auxip.products', checks: [{ is: 'selection-catalogue' }] },
    observed('rdb.md#files-and-links', 'With none, or more than one entry of a name the whole type is dropped.'),
    { severity: 'data', needs: ['selection_names'] },
  );
}

function again() {
  return getCase(
    'selection-again',
    'A baseline is the same when asked for again',
    `${FUNCTION}({{selection_call}})`,
    answered({ is: 'selection-again' }),
    observed('rdb.md#hazards', 'A failed look-up stays cached as an empty list until restart.'),
    { severity: 'data', needs: ['selection_names'] },
  );
}
