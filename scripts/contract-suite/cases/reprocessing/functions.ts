import { callText, type BaselineParameters } from '../../adf-query';
import type { ContractCase, Promised } from '../../contract-case';
import { observed, OK, REPROCESSING } from './reprocessing-case';

/** Which files apply: mission, unit, product type, time, each alone and together (reprocessing.md#functions). */
export function reprocessingFunctions(): ContractCase[] {
  return [...periods(), ...edges(), ...missions(), ...kinds(), ...lists(), ...unknownParameters(), everyMission()];
}

const SERIES = { Mission: '{{adf_mission}}', Unit: '{{adf_unit}}', ProductType: '{{adf_product}}' } as const;
const PERIOD = { SensingTimeStart: '{{adf_start}}', SensingTimeStop: '{{adf_stop}}' } as const;
/** All that the sample has of one kind of name, and nothing else. */
const SEARCHED = { ...SERIES, SearchName: '{{adf_beginning}}' } as const;

type Form = 'List' | 'Names';

interface Call {
  readonly key: string;
  readonly name: string;
  readonly parameters: BaselineParameters;
  readonly form?: Form;
  readonly asList?: boolean;
  readonly promised?: Promised;
}

function call({ key, name, parameters, form = 'Names', asList, promised }: Call): ContractCase {
  const schema = form === 'List' ? 'reprocessing.aux-files' : 'reprocessing.names';
  return {
    key: `reprocessing-baseline-${key}`,
    name,
    severity: 'data',
    source: observed(
      'reprocessing.md#functions',
      'Parameters choose files by mission, unit, product type and time of application.',
    ),
    needs: ['adf_id', 'adf_start'],
    request: { url: `${REPROCESSING}/${callText(form, parameters)}` },
    expect: { ...OK, schema, checks: [{ is: 'adf-baseline', form, parameters, ...(asList ? { asList } : {}) }] },
    ...(promised ? { promised } : {}),
  };
}

/** The same question to both functions. */
function both(key: string, name: string, parameters: BaselineParameters): ContractCase[] {
  return [
    call({ key: `${key}-list`, name: `${name}: the list`, parameters, form: 'List' }),
    call({ key: `${key}-names`, name: `${name}: the names are those of the list`, parameters, asList: true }),
  ];
}

function periods(): ContractCase[] {
  const { Mission, Unit, ProductType } = SERIES;
  return [
    ...both('period', 'Files for a period', { Mission, Unit, ...PERIOD, ProductType }),
    ...both('no-unit', 'Files for a period, of all units', { Mission, ProductType, ...PERIOD }),
    ...both('no-product', 'Files for a period, for all product types', { Mission, Unit, ...PERIOD }),
    ...both('instant', 'Files for an instant: a start without a stop', {
      ...SERIES,
      SensingTimeStart: '{{adf_after_start}}',
    }),
    ...both('stop', 'A stop without a start chooses nothing by time', {
      Mission: 'S1SAR',
      Variability: 'Static',
      SensingTimeStop: '2000-01-01T00:00:00Z',
    }),
    call({
      key: 'order',
      name: 'The order of parameters does not matter',
      parameters: { ProductType, ...PERIOD, Unit, Mission },
    }),
    call({
      key: 'other-unit',
      name: 'Another unit has its own files and those for all units',
      parameters: { ...SERIES, ...PERIOD, Unit: 'B' },
    }),
    call({
      key: 'unit-x',
      name: 'Unit X has only files for all units',
      parameters: { ...SERIES, ...PERIOD, Unit: 'X' },
    }),
    call({
      key: 'before',
      name: 'Before every mission hardly any file applies',
      parameters: { ...SERIES, SensingTimeStart: '1990-01-01T00:00:00Z', SensingTimeStop: '1990-01-02T00:00:00Z' },
    }),
    call({
      key: 'turned',
      name: 'A period that ends before it begins is taken at its word',
      parameters: { ...SERIES, SensingTimeStart: '{{adf_before_stop}}', SensingTimeStop: '{{adf_after_start}}' },
    }),
  ];
}

/** Where the application of one file of a series begins and ends, to the second. */
function edges(): ContractCase[] {
  const edge = (key: string, name: string, SensingTimeStart: string, SensingTimeStop?: string): ContractCase =>
    call({
      key: `edge-${key}`,
      name,
      parameters: { ...SERIES, SensingTimeStart, ...(SensingTimeStop === undefined ? {} : { SensingTimeStop }) },
    });
  const long = '1990-01-01T00:00:00Z';
  const late = '2099-01-01T00:00:00Z';
  return [
    edge('stop-at-start', 'A period that ends where a file begins to apply does not need it', long, '{{adf_start}}'),
    edge('stop-after-start', 'A second longer, and it does', long, '{{adf_after_start}}'),
    edge('start-at-stop', 'A period that begins where a file ceases to apply does not need it', '{{adf_stop}}', late),
    edge('start-before-stop', 'A second earlier, and it does', '{{adf_before_stop}}', late),
    edge('instant-at-start', 'At the instant where a file begins to apply it does', '{{adf_start}}'),
    edge('instant-before-stop', 'A second before it ceases, it still does', '{{adf_before_stop}}'),
    edge('instant-at-stop', 'At the instant where it ceases to apply it does not', '{{adf_stop}}'),
    edge('instant-after-stop', 'Nor a second later', '{{adf_after_stop}}'),
    edge(
      'empty',
      'A period of no length inside the application needs the file',
      '{{adf_after_start}}',
      '{{adf_after_start}}',
    ),
    edge('empty-at-start', 'A period of no length at its beginning does not', '{{adf_start}}', '{{adf_start}}'),
  ];
}

/** Static files only: those that come every day are very many. */
function missions(): ContractCase[] {
  const told: readonly (readonly [mission: string, with_: string])[] = [
    ['S1SAR', 'only its own files'],
    ['S2MSI', 'only its own files'],
    ['S3OLCI', 'its own files and those common to Sentinel-3'],
    ['S3SRAL', 'its own files, those of S3MWR and those common to Sentinel-3'],
    ['S3MWR', 'its own files and those common to Sentinel-3, not those of S3SRAL'],
    ['S3SLSTR', 'its own files and those common to Sentinel-3'],
    ['S3SYN', 'its own files and those common to Sentinel-3'],
    ['S3ALL', 'only the common files'],
  ];
  return [
    ...told.flatMap(([Mission, files]) =>
      both(`mission-${Mission.toLowerCase()}`, `${Mission} has ${files}`, {
        Mission,
        Unit: 'A',
        Variability: 'Static',
        SensingTimeStart: '2024-03-01T00:00:00Z',
        SensingTimeStop: '2024-03-01T01:00:00Z',
      }),
    ),
    call({
      key: 'mission-unknown',
      name: 'A mission that nobody knows has no files',
      parameters: { Mission: 'S9XYZ' },
    }),
  ];
}

function kinds(): ContractCase[] {
  const kind = (key: string, name: string, more: BaselineParameters): ContractCase =>
    call({ key: `kind-${key}`, name, parameters: { Unit: 'A', ...PERIOD, ...more } });
  return [
    kind('static', 'Static types only', { Mission: '{{adf_mission}}', Variability: 'Static' }),
    kind('dynamic', 'Dynamic types only', { Mission: '{{adf_mission}}', Variability: 'Dynamic' }),
    kind('level-1', 'The common files of Sentinel-3 are not found by a product', {
      Mission: 'S3SRAL',
      ProductType: 'L1SRA',
    }),
    kind('level-2', 'Nor by a product of level 2', { Mission: 'S3OLCI', ProductType: 'L2LFR' }),
    kind('level', 'They are found by a level', { Mission: 'S3OLCI', ProductType: 'L2' }),
    kind('other-product', 'The files of a mission for another product', { Mission: 'S3OLCI', ProductType: 'L1EFR' }),
    kind('optical', 'Sentinel-2 files for a product type, one per band', { Mission: 'S2MSI', ProductType: 'L1C' }),
    kind('radar', 'Sentinel-1 files for a product type', { Mission: 'S1SAR', ProductType: 'L1SLC', Unit: 'B' }),
    kind('product-unknown', 'A product type that nobody knows has no files of the mission', {
      Mission: 'S2MSI',
      ProductType: 'L9XYZ',
    }),
  ];
}

function lists(): ContractCase[] {
  const list = (key: string, name: string, more: BaselineParameters): ContractCase =>
    call({ key: `search-${key}`, name, parameters: { ...SEARCHED, ...more }, form: 'List' });
  return [
    list('all', 'SearchName chooses by a part of the name', { SearchName: '{{adf_middle}}' }),
    list('none', 'SearchName minds upper and lower case', { SearchName: 'auxflow' }),
    list('asc', 'OrderBy orders the list', { OrderBy: 'CreationDate', OrderByDirection: 'ASC' }),
    list('desc', 'OrderByDirection turns the list round', { OrderBy: 'CreationDate', OrderByDirection: 'DESC' }),
    list('default', 'OrderBy alone is ascending', { OrderBy: 'FullName' }),
    list('validity', 'OrderBy another date', { OrderBy: 'ValidityStart', OrderByDirection: 'DESC' }),
    list('top', 'Top cuts the list', { OrderBy: 'FullName', Top: '3' }),
    list('skip', 'Skip leaves out the first', { OrderBy: 'FullName', Skip: '2' }),
    list('page', 'Top and Skip together are a page', {
      OrderBy: 'FullName',
      OrderByDirection: 'DESC',
      Top: '3',
      Skip: '3',
    }),
    list('beyond', 'A Skip beyond the end leaves nothing', { OrderBy: 'FullName', Skip: '100000' }),
    list('period', 'SearchName inside a period', PERIOD),
  ];
}

/** What a caller means by it is silently not done (reprocessing.md#functions). */
function unknownParameters(): ContractCase[] {
  return [
    call({
      key: 'ignored',
      name: 'A parameter that does not exist is ignored: SensingTime chooses nothing',
      parameters: { Mission: 'S1SAR', Unit: 'A', Variability: 'Static', SensingTime: '1990-01-01T00:00:00Z' },
      promised: {
        basis: 'documented',
        cite: 'reprocessing.md#functions',
        says: 'A tutorial chooses by `SensingTime`; OData refuses parameters that a function does not have.',
        expect: { status: 400 },
      },
    }),
  ];
}

/** A long list of each mission, and what follows from it for periods, product types and variabilities that the seed draws. */
function everyMission(): ContractCase {
  return {
    key: 'reprocessing-baseline-missions',
    name: 'Files for periods of every mission, in lists and names',
    severity: 'data',
    source: observed('reprocessing.md#functions', 'Files apply by mission, unit, product type, variability and time.'),
    needs: ['adf_type', 'period_call'],
    request: { url: `${REPROCESSING}/{{period_call}}` },
    expect: { ...OK, checks: [{ is: 'adf-periods' }] },
  };
}
