import type { AdfSet, DrawnSet } from '../../adf-query';
import type { ContractCase } from '../../contract-case';
import { needed, observed, OK, REPROCESSING, SCHEMAS, type Told } from './reprocessing-case';

/** Single entries, their properties and what they lead to. */
export function reprocessingEntries(): ContractCase[] {
  return [...entries(), ...drawnEntries(), ...members()];
}

function entries(): ContractCase[] {
  const entry = (told: Told, of: AdfSet, key: string, written: string, expand?: readonly string[]): ContractCase => ({
    key: `reprocessing-entry-${told.key}`,
    name: told.name,
    severity: 'data',
    source: observed('reprocessing.md#entities', 'One entry by its key.'),
    needs: needed(of),
    request: { url: `${REPROCESSING}/${of}(${written})${expand ? `?$expand=${expand.join(',')}` : ''}` },
    expect: { ...OK, schema: SCHEMAS[of][1], checks: [{ is: 'adf-entry', of, key, expand }] },
  });
  const [file, type] = ['{{adf_id}}', '{{adf_type}}'];
  return [
    entry({ key: 'file', name: 'One file equals itself in the list' }, 'AuxFiles', file, file),
    entry({ key: 'file-named', name: 'One file by Id=' }, 'AuxFiles', file, `Id=${file}`),
    entry({ key: 'file-upper', name: 'One file by its id in capitals' }, 'AuxFiles', file, '{{adf_id_upper}}'),
    entry({ key: 'file-expand', name: 'One file with its type' }, 'AuxFiles', file, file, ['AuxType']),
    entry({ key: 'type', name: 'One type equals itself in the list' }, 'AuxTypes', type, `'${type}'`),
    entry({ key: 'type-named', name: 'One type by LongName=' }, 'AuxTypes', type, `LongName='${type}'`),
    entry({ key: 'type-expand', name: 'One type with its product types' }, 'AuxTypes', type, `'${type}'`, [
      'ProductTypes',
    ]),
    entry({ key: 'type-levels', name: 'One type with its levels' }, 'AuxTypes', type, `'${type}'`, ['ProductLevels']),
    entry({ key: 'level', name: 'One product level' }, 'ProductLevels', '{{adf_type_level}}', "'{{adf_type_level}}'"),
    entry(
      { key: 'product', name: 'One product type is its row of the list' },
      'ProductTypes',
      '{{adf_type_product}}',
      "'{{adf_type_product}}'",
    ),
  ];
}

function drawnEntries(): ContractCase[] {
  const drawn = (of: DrawnSet, variable: string, key: string, expand: readonly string[]): ContractCase => ({
    key: `reprocessing-drawn-${of}`.toLowerCase(),
    name: `Drawn entries of ${of}, each the same as in the list`,
    severity: 'data',
    source: observed('reprocessing.md#entities', 'One entry by its key.'),
    needs: [variable],
    request: { url: `${REPROCESSING}/${of}(${key})?$expand=${expand.join(',')}` },
    expect: {
      ...OK,
      schema: SCHEMAS[of][1],
      checks: [{ is: 'adf-drawn', of, expand }],
      otherwise: [{ is: 'adf-drawn-next', of }],
    },
  });
  return [
    drawn('AuxTypes', 'adf_drawn_type', "'{{adf_drawn_type}}'", ['ProductTypes']),
    drawn('AuxFiles', 'adf_drawn_file', '{{adf_drawn_file}}', ['AuxType']),
  ];
}

function members(): ContractCase[] {
  const member = (of: AdfSet, key: string, name: string, schema?: string): ContractCase => ({
    key: `reprocessing-member-${of}-${name}`.toLowerCase(),
    name: `${name} of one entry of ${of}`,
    severity: 'data',
    source: observed('reprocessing.md#entities', 'Properties and what entries lead to.'),
    needs: needed(of),
    request: { url: `${REPROCESSING}/${of}(${of === 'AuxFiles' ? key : `'${key}'`})/${name}` },
    expect: { ...OK, ...(schema ? { schema } : {}), checks: [{ is: 'adf-member', of, key, member: name }] },
  });
  const [file, type] = ['{{adf_id}}', '{{adf_type}}'];
  return [
    member('AuxFiles', file, 'AuxType', 'reprocessing.aux-type'),
    member('AuxTypes', type, 'ProductTypes', 'reprocessing.product-types'),
    member('AuxTypes', type, 'ProductLevels', 'reprocessing.product-levels'),
    ...['FullName', 'ValidityStart', 'CreationDate', 'Unit'].map((name) => member('AuxFiles', file, name)),
    ...['InProduction', 'Mission'].map((name) => member('AuxTypes', type, name)),
    member('ProductTypes', '{{adf_type_product}}', 'Type'),
  ];
}
