import type { AdfType } from '../../../../sentinel/adf-types';
import type { Fields } from '../../../odata/write-value';
import type { Faults } from '../../scenarios/faults';
import { afterService } from '../around';
import { changed, changedText, editData, editRows, rowsOf, without } from '../edit-json';
import { inGroup } from '../mutant';

/** reprocessing.svc: expected types, files, and files for a period (reprocessing.md). */
export const REPROCESSING_MUTANTS = inGroup('reprocessing', [
  {
    name: 'types-rule-outdated',
    defect: 'AuxTypes tell LatestValCover where rdb.svc goes by LatestValIntersect',
    create: () =>
      types((all) =>
        all.map((type) => (type.rule === 'LatestValIntersect' ? { ...type, rule: 'LatestValCover' } : type)),
      ),
  },
  {
    name: 'types-one-missing',
    defect: 'AuxTypes leave out every type of S3OLCI that ends in a basic text (PLTB, PCPB)',
    create: () => types((all) => all.filter(({ longName }) => !/^OL_\d_P(?:LT|CP)BAX$/.test(longName))),
  },
  {
    name: 'types-other-mission',
    defect: 'AuxTypes say S3OLCI for the types of S3ALL',
    create: () => types((all) => all.map((type) => (type.mission === 'S3ALL' ? { ...type, mission: 'S3OLCI' } : type))),
  },
  {
    name: 'types-names-swapped',
    defect: 'LongName and ShortName of AuxTypes are swapped',
    create: () => rows(/\/AuxTypes/, (row) => ({ ...row, LongName: row['ShortName'], ShortName: row['LongName'] })),
  },
  {
    name: 'types-static-as-dynamic',
    defect: 'AuxTypes say Dynamic for every type',
    create: () => rows(/\/AuxTypes/, (row) => changed(row, 'Variability', () => 'Dynamic')),
  },
  {
    name: 'types-product-types-missing',
    defect: '$expand=ProductTypes of AuxTypes brings an empty list',
    create: () => rows(/\/AuxTypes/, (row) => changed(row, 'ProductTypes', () => [])),
  },
  {
    name: 'types-in-production-as-text',
    defect: 'InProduction of AuxTypes is a text',
    create: () => rows(/\/AuxTypes/, (row) => changed(row, 'InProduction', String)),
  },
  {
    name: 'aux-files-without-gmt',
    defect: 'dates of AuxFiles come without [GMT]',
    create: () =>
      rows(/\/AuxFiles|ListForPeriod/, (row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [
            name,
            typeof value === 'string' ? value.replace('[GMT]', '') : value,
          ]),
        ),
      ),
  },
  {
    name: 'aux-files-validity-swapped',
    defect: 'ValidityStart and ValidityStop of AuxFiles are swapped',
    create: () =>
      rows(/\/AuxFiles|ListForPeriod/, (row) => ({
        ...row,
        ValidityStart: row['ValidityStop'],
        ValidityStop: row['ValidityStart'],
      })),
  },
  {
    name: 'aux-files-other-id',
    defect: 'AuxFiles have ids of their own, not those of auxip.svc',
    create: () => rows(/\/AuxFiles/, (row) => changedText(row, 'Id', (id) => `00000000${id.slice(8)}`)),
  },
  {
    name: 'aux-files-unit-missing',
    defect: 'AuxFiles come without Unit',
    create: () => rows(/\/AuxFiles|ListForPeriod/, (row) => without(row, 'Unit')),
  },
  {
    name: 'aux-files-ipf-version-empty',
    defect: 'IpfVersion of AuxFiles is an empty text, not null',
    create: () => rows(/\/AuxFiles|ListForPeriod/, (row) => changed(row, 'IpfVersion', () => '')),
  },
  {
    name: 'period-ignored',
    defect: 'the functions for a period take no account of the period',
    create: () => call((path) => path.replace(/,?SensingTime(?:Start|Stop)(?:=|%3D)(?:'|%27)[^',%]*(?:'|%27)/g, '')),
  },
  {
    name: 'period-start-only',
    defect: 'the functions for a period look at its start only',
    create: () => call((path) => path.replace(/,?SensingTimeStop(?:=|%3D)(?:'|%27)[^',]*?(?:'|%27)/, '')),
  },
  {
    name: 'period-unit-ignored',
    defect: 'the functions for a period give the files of both units',
    create: () => call((path) => path.replace(/,?Unit(?:=|%3D)(?:'|%27)\w(?:'|%27)/, '')),
  },
  {
    name: 'period-common-types-missing',
    defect: 'the functions for a period leave out what all Sentinel-3 missions share',
    create: () => names((name) => !/^S3\w_AX___/.test(name)),
  },
  {
    name: 'search-name-as-beginning',
    defect: 'SearchName finds only what a name begins with',
    create: () =>
      afterService(/ListForPeriod/, (reply, { path }) => {
        const text = /SearchName=(?:'|%27)([^'%]*)/.exec(path)?.[1] ?? '';
        const isFound = (row: Fields): boolean => String(row['FullName']).startsWith(text);
        return editData(reply, (json) => ({ ...json, value: rowsOf(json, 'value').filter(isFound) }));
      }),
  },
  {
    name: 'period-names-twice',
    defect: 'GetReproBaselineNamesForPeriod lists every name twice',
    create: () =>
      afterService(/NamesForPeriod/, (reply) =>
        editData(reply, (json) => ({
          ...json,
          value: (json['value'] as readonly unknown[]).flatMap((name) => [name, name]),
        })),
      ),
  },
  {
    name: 'reprocessing-unknown-key-200',
    defect: 'an unknown AuxType is an empty object with 200',
    create: () =>
      afterService(/^\/reprocessing\.svc\/Aux\w+(?:\(|%28)/, (reply) =>
        reply.status >= 400 ? { ...reply, status: 200, body: '{}' } : reply,
      ),
  },
  {
    name: 'reprocessing-levels-missing',
    defect: 'ProductLevels has no rows',
    create: () => afterService(/\/ProductLevels/, (reply) => editData(reply, (json) => ({ ...json, value: [] }))),
  },
  {
    name: 'reprocessing-product-types-partly',
    defect: 'ProductTypes leaves out the last one',
    create: () =>
      afterService(/\/ProductTypes/, (reply) =>
        editData(reply, (json) => ({ ...json, value: rowsOf(json, 'value').slice(0, -1) })),
      ),
  },
]);

function types(change: (types: readonly AdfType[]) => readonly AdfType[]): Faults {
  return {
    catalogue: (catalogue, service) =>
      service === 'reprocessing' ? { ...catalogue, types: change(catalogue.types) } : catalogue,
  };
}

function rows(path: RegExp, edit: (row: Fields) => Fields): Faults {
  return afterService(path, (reply) => editRows(reply, edit));
}

/** Changes how a call of the functions for a period is read. */
function call(misread: (path: string) => string): Faults {
  return {
    aroundSite: (request, answer) => {
      if (!/ForPeriod(?:\(|%28)/.test(request.path)) return answer(request);
      return answer({ ...request, path: misread(request.path).replace('(,', '(') });
    },
  };
}

function names(isListed: (name: string) => boolean): Faults {
  return afterService(/ForPeriod/, (reply) =>
    editData(reply, (json) => ({
      ...json,
      value: (json['value'] as readonly (string | Fields)[]).filter((item) =>
        isListed(typeof item === 'string' ? item : String(item['FullName'])),
      ),
    })),
  );
}
