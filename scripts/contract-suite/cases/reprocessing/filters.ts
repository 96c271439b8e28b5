import type { AdfSet } from '../../adf-query';
import type { ContractCase } from '../../contract-case';
import { MISSION_NAMES, SENTINEL3_COMMON } from '../../../sentinel/missions';
import type { Comparison, Filter, TextFunction } from '../../filter';
import { observed, query } from './reprocessing-case';

/** Filters on every property. */
export function reprocessingFilters(): ContractCase[] {
  return [...textFilters(), ...fileFilters(), ...combined(), ...typeFilters()];
}

const FUNCTIONS: readonly TextFunction[] = ['contains', 'startswith', 'endswith'];
const COMPARISONS: readonly Comparison[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

function textFilters(): ContractCase[] {
  const files: Readonly<Record<TextFunction, string>> = {
    contains: '{{adf_name_part}}',
    startswith: '{{adf_beginning}}',
    endswith: '{{adf_name_end}}',
  };
  const chosen = (of: AdfSet, property: string, call: TextFunction, text: string): ContractCase =>
    query(
      { key: `${of}-${property}-${call}`.toLowerCase(), name: `${call} on ${of}/${property} chooses exactly those` },
      { of, filter: { call, property, text } },
    );
  return [
    ...FUNCTIONS.map((call) => chosen('AuxFiles', 'FullName', call, files[call])),
    chosen('AuxFiles', 'Band', 'startswith', 'B0'),
    ...FUNCTIONS.map((call) =>
      chosen('AuxTypes', 'LongName', call, { contains: '_2_', startswith: 'AX', endswith: 'AX' }[call]),
    ),
    chosen('AuxTypes', 'ShortName', 'contains', '{{adf_type_short}}'),
    chosen('AuxTypes', 'Mission', 'startswith', 'S3'),
    chosen('ProductTypes', 'Type', 'startswith', 'L2'),
    chosen('ProductTypes', 'Type', 'contains', '1C'),
    chosen('ProductTypes', 'Type', 'endswith', 'R'),
    query(
      { key: 'contains-case', name: 'contains on names minds upper and lower case' },
      { of: 'AuxFiles', filter: { call: 'contains', property: 'FullName', text: 'gip_' } },
    ),
    query(
      { key: 'contains-underscore', name: 'An underscore in contains is itself, no wildcard' },
      { of: 'AuxTypes', filter: { call: 'contains', property: 'LongName', text: '1_____' } },
    ),
  ];
}

function fileFilters(): ContractCase[] {
  const compare = (property: string, is: Comparison, value: string, text?: boolean): ContractCase =>
    query(
      { key: `file-${property.toLowerCase()}-${is}`, name: `AuxFiles/${property} ${is} chooses exactly those files` },
      { of: 'AuxFiles', filter: { property, is, value, text } },
    );
  return [
    ...COMPARISONS.map((is) => compare('ValidityStart', is, '{{adf_validity_start}}')),
    ...COMPARISONS.map((is) => compare('SensingTimeApplicationStop', is, '{{adf_stop}}')),
    compare('ValidityStop', 'ge', '{{adf_validity_stop}}'),
    compare('ValidityStop', 'lt', '{{adf_validity_stop}}'),
    compare('SensingTimeApplicationStart', 'le', '{{adf_start}}'),
    compare('SensingTimeApplicationStart', 'gt', '{{adf_start}}'),
    compare('CreationDate', 'eq', '{{adf_creation}}'),
    compare('CreationDate', 'gt', '{{adf_creation}}'),
    compare('Id', 'eq', '{{adf_id}}'),
    compare('Id', 'ne', '{{adf_id}}'),
    compare('FullName', 'eq', '{{adf_name}}', true),
    compare('FullName', 'ne', '{{adf_name}}', true),
    compare('Unit', 'eq', '{{adf_unit}}', true),
    compare('Unit', 'ne', 'X', true),
    compare('Band', 'eq', '{{adf_band}}', true),
    compare('Band', 'ne', 'BXX', true),
    compare('Baseline', 'eq', 'auxflow', true),
    compare('IpfVersion', 'eq', 'auxflow', true),
  ];
}

function combined(): ContractCase[] {
  const start = (is: Comparison): Filter => ({ property: 'ValidityStart', is, value: '{{adf_validity_start}}' });
  const unit = (value: string): Filter => ({ property: 'Unit', is: 'eq', value, text: true });
  const both = (key: string, name: string, filter: Filter): ContractCase =>
    query({ key, name }, { of: 'AuxFiles', filter });
  const blanks = both('plus', 'A + in a query is a blank', { and: [unit('X'), start('lt')] });
  return [
    both('and', 'and of two conditions on files', { and: [unit('{{adf_unit}}'), start('ge')] }),
    both('or', 'or of two conditions on files', { or: [unit('X'), start('eq')] }),
    both('precedence', 'and binds closer than or', {
      or: [unit('X'), { and: [unit('{{adf_unit}}'), start('gt')] }],
    }),
    both('parentheses', 'Parentheses bind closest', {
      and: [{ or: [unit('X'), start('eq')] }, { property: 'Band', is: 'eq', value: 'BXX', text: true }],
    }),
    {
      ...blanks,
      source: observed('reprocessing.md#query-options', '`+` is a blank here, unlike in auxip.svc.'),
      request: { url: blanks.request.url.replaceAll(' ', '+') },
    },
  ];
}

function typeFilters(): ContractCase[] {
  const compare = (property: string, is: Comparison, value: string): ContractCase =>
    query(
      { key: `type-${property.toLowerCase()}-${is}`, name: `AuxTypes/${property} ${is} chooses exactly those types` },
      { of: 'AuxTypes', filter: { property, is, value, text: true } },
    );
  return [
    compare('LongName', 'eq', '{{adf_type}}'),
    compare('LongName', 'ne', '{{adf_type}}'),
    compare('ShortName', 'eq', '{{adf_type_short}}'),
    compare('Format', 'eq', '{{adf_type_format}}'),
    compare('Mission', 'eq', 'S3ALL'),
    compare('Mission', 'ne', '{{adf_type_mission}}'),
    compare('Comments', 'eq', 'auxflow'),
    ...[...MISSION_NAMES, SENTINEL3_COMMON].map((mission) =>
      query(
        { key: `type-as-rdb-${mission.toLowerCase()}`, name: `The types of ${mission}, as rdb.svc asks for them` },
        {
          of: 'AuxTypes',
          expand: ['ProductTypes'],
          filter: { property: 'Mission', is: 'eq', value: mission, text: true },
        },
      ),
    ),
    query(
      { key: 'level-eq', name: 'ProductLevels/Level eq chooses exactly that level' },
      { of: 'ProductLevels', filter: { property: 'Level', is: 'eq', value: '{{adf_type_level}}', text: true } },
    ),
    query(
      { key: 'product-ne', name: 'ProductTypes/Type ne leaves out exactly that product type' },
      { of: 'ProductTypes', filter: { property: 'Type', is: 'ne', value: '{{adf_type_product}}', text: true } },
    ),
  ];
}
