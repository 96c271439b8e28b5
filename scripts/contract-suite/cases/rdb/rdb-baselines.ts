import type { CaseFolder, ContractCase, Promised } from '../../contract-case';
import type { BaselineCheck } from '../../checks';
import { answered, FUNCTION, getCase, observed, satellite } from './rdb-cases';
import { linkedFiles } from './linked-files';
import { signIn } from '../sign-in';

/** What baselines say, measured by one that is read once: edges, halves, names in every writing, links, the catalogue. */
export function rdbBaselines(): CaseFolder {
  return {
    key: 'rdb-baselines',
    name: 'rdb.svc baselines',
    about:
      'The baseline of a short interval (`sample_start` to `sample_stop`, for the mission, unit and product type of the environment) is read once. What every other call must answer is worked out from it: which products, which files, which message.',
    cases: [
      signIn('rdb-baselines'),
      sample(),
      atom(),
      ...edges(),
      ...halves(),
      ...longInterval(),
      ...offsets(),
      ...names(),
      ...mismatches(),
      ...intervalMismatches(),
      ...leaks(),
      everyMission(),
      linkedFiles('baseline-in-catalogue', 'Every file of the sample is in the catalogue under the id of its link'),
    ],
  };
}

const NEEDS = { needs: ['base_l0'], severity: 'data' } as const;

function interval(start: string, stop: string, satelliteText = satellite()): string {
  return `${FUNCTION}(start=${start},stop=${stop},${satelliteText})`;
}

function byName(list: string, satelliteText = satellite()): string {
  return `${FUNCTION}(l0_names='${list}',${satelliteText})`;
}

function sample(): ContractCase {
  return getCase(
    'baseline-sample',
    'A baseline of an interval',
    interval('{{sample_start}}', '{{sample_stop}}'),
    answered({ is: 'baseline-sample' }),
    observed('rdb.md#answers', 'One entry per product wholly inside, with its files and their links.'),
    { severity: 'data' },
  );
}

function atom(): ContractCase {
  return getCase(
    'baseline-atom',
    'As Atom it holds the same products and files',
    interval('{{sample_start}}', '{{sample_stop}}'),
    { status: 200, headers: { 'Content-Type': '^application/(?:atom[+])?xml' }, checks: [{ is: 'baseline-atom' }] },
    observed('rdb.md#formats-and-methods', 'Atom for XML media types.'),
    { ...NEEDS, headers: { Accept: 'application/atom+xml' } },
  );
}

function within(
  key: string,
  name: string,
  [start, stop]: readonly [start: string, stop: string],
  says: string,
  meant: readonly [start: string, stop: string] = [start, stop],
): ContractCase {
  const check: BaselineCheck = { is: 'baseline-within', start: meant[0], stop: meant[1] };
  return getCase(
    `baseline-${key}`,
    name,
    interval(start, stop),
    answered(check),
    observed('rdb.md#look-up-by-interval', says),
    NEEDS,
  );
}

function edges(): ContractCase[] {
  const [start, stop] = ['{{base_start}}', '{{base_stop}}'];
  const says = 'validityStart >= start and validityStop <= stop: full containment, both ends inclusive.';
  return [
    within('exact', 'An interval of exactly one product holds it', [start, stop], says),
    within(
      'wider',
      'A second more at both ends adds nothing that sticks out',
      ['{{base_start_earlier}}', '{{base_stop_later}}'],
      says,
    ),
    within('late', 'A second too late at the start leaves it out', ['{{base_start_later}}', stop], says),
    within('early', 'A second too early at the stop leaves it out', [start, '{{base_stop_earlier}}'], says),
    within('again', 'The same question has the same answer', ['{{sample_start}}', '{{sample_stop}}'], says),
    within(
      'fraction',
      'A fraction of a second counts',
      ['{{base_digits_start}}.500Z', stop],
      'Fractions are part of the time compared.',
    ),
  ];
}

function halves(): ContractCase[] {
  const says = 'The union of two intervals that overlap by a product is the whole.';
  return [
    within('first-half', 'The first half holds its products', ['{{sample_start}}', '{{base_stop}}'], says),
    within('second-half', 'The second half holds its products', ['{{base_start}}', '{{sample_stop}}'], says),
  ];
}

/** A product type that does not exist: the products without their files make a short answer of a long interval. */
const NO_FILES = satellite('auxflow-no-such-type');

function longInterval(): ContractCase[] {
  const part = (
    key: string,
    name: string,
    [start, stop]: readonly [string, string],
    check: BaselineCheck,
  ): ContractCase =>
    getCase(
      `baseline-long-${key}`,
      name,
      interval(start, stop, NO_FILES),
      answered(check),
      observed('rdb.md#files-and-links', 'No size limit of any kind on entries or files.'),
      { severity: 'data' },
    );
  return [
    part('first', 'The first part of a long interval has products', ['{{start}}', '{{middle_stop}}'], {
      is: 'level0-keep',
      as: 'first_part',
    }),
    part('second', 'The second part of a long interval has products', ['{{middle_start}}', '{{stop}}'], {
      is: 'level0-keep',
      as: 'second_part',
    }),
    part('whole', 'A long interval is not cut short', ['{{start}}', '{{stop}}'], {
      is: 'level0-union',
      of: ['first_part', 'second_part'],
    }),
  ];
}

function offsets(): ContractCase[] {
  const says = 'The offset is ignored: the literal is compared without its zone.';
  const asUtc = ['{{base_start}}', '{{base_stop}}'] as const;
  const shifted = (offset: string): [string, string] => [
    `{{base_digits_start}}${offset}`,
    `{{base_digits_stop}}${offset}`,
  ];
  const promised: Promised = {
    basis: 'documented',
    cite: 'OData URL conventions',
    says: 'A DateTimeOffset is an instant: its offset counts.',
    expect: answered({ is: 'baseline-within', start: shifted('+00:02')[0], stop: shifted('+00:02')[1] }),
  };
  return [
    within('offset-east', 'An offset of +05:00 is taken for Z', shifted('%2B05:00'), says, asUtc),
    within('offset-west', 'An offset of -05:00 is taken for Z', shifted('-05:00'), says, asUtc),
    {
      ...within('offset-minutes', 'An offset of minutes is taken for Z', shifted('%2B00:02'), says, asUtc),
      profiles: ['adg'],
      promised,
    },
  ];
}

function named(
  key: string,
  name: string,
  list: string,
  says: string,
  more: { readonly files?: 'common' | 'none'; readonly sent?: string; readonly of?: string } = {},
): ContractCase {
  const check: BaselineCheck = { is: 'baseline-of', names: list, ...(more.files ? { files: more.files } : {}) };
  return getCase(
    `baseline-${key}`,
    name,
    byName(more.sent ?? list, more.of),
    answered(check),
    observed('rdb.md#entries', says),
    NEEDS,
  );
}

function names(): ContractCase[] {
  const [item, next, first] = ['{{base_l0}}', '{{base_l0_next}}', '{{base_l0_first}}'];
  const blank = named(
    'blank',
    'A name after a comma and a blank is not found',
    `${item}, ${next}`,
    'The second name keeps its blank and is never found: Warning and an empty list.',
    { sent: `${item},%20${next}` },
  );
  return [
    named(
      'one',
      'By name a product has the files that it has by interval',
      item,
      'Both forms end in the same selection.',
    ),
    named('two', 'Two names give both products', `${item},${first}`, 'One entry per name.'),
    named(
      'two-reversed',
      'The order of the names does not matter',
      `${first},${item}`,
      'Entries are keyed by name and message.',
    ),
    named('many', 'As many names as fit 2000 characters', '{{base_many}}', 'One entry per name, without a limit.'),
    named(
      'many-reversed',
      'As many names, the other way round',
      '{{base_many_reversed}}',
      'One entry per name, without a limit.',
    ),
    named(
      'twice',
      'A name given twice counts once',
      `${item},${next},${item}`,
      'Repeated names collapse into one entry.',
    ),
    ...writings(),
    ...incompleteNames(),
    {
      ...blank,
      profiles: ['adg'],
      promised: {
        basis: 'documented',
        cite: 'rdb.md#manuals',
        says: 'Names are separated by a comma and a blank.',
        expect: answered({ is: 'baseline-of', names: `${item},${next}` }),
      },
    },
  ];
}

/** Names that the data base has in part, or not at all. */
function incompleteNames(): ContractCase[] {
  const item = '{{base_l0}}';
  return [
    named(
      'shorter',
      'A name without its last extension is found',
      '{{base_l0_shorter}}',
      'The last extension is stripped, then any name containing the rest is found; the request is echoed.',
    ),
    named(
      'stem',
      'A name without extensions is found',
      '{{base_l0_stem}}',
      'Any name containing it is found; the request is echoed.',
    ),
    named(
      'strange',
      'An unknown name has the files of its sensing time, and the warning',
      '{{base_l0_strange}}',
      'Not found: the sensing time is that of the name.',
    ),
    named(
      'known-and-strange',
      'A known and an unknown name have a message each',
      `${item},{{base_l0_strange}}`,
      'Messages are per entry.',
    ),
  ];
}

/** The same question in other letters. */
function writings(): ContractCase[] {
  const item = '{{base_l0}}';
  return [
    named('reordered', 'Parameters in another order have the same answer', item, 'Parameter order is free.', {
      sent: `${item}',product_type='{{product_type}}`,
      of: "unit='{{unit}}',mission='{{mission}}'",
    }),
    named('encoded', 'A name in percent-encoding is the same name', item, 'Decoding happens first.', {
      sent: '{{base_l0_encoded}}',
    }),
    named('doubled-quote', 'Doubled quotes in a name are deleted', item, 'All quotes are deleted from every value.', {
      sent: `''${item}''`,
    }),
  ];
}

function mismatches(): ContractCase[] {
  const item = '{{base_l0}}';
  const empty = (key: string, name: string, of: string): ContractCase =>
    named(key, name, item, 'Platform or unit of the name is not that of the call: an empty list, no hint.', {
      files: 'none',
      of,
    });
  return [
    empty('other-unit', 'A product of another unit has no files', satellite(undefined, { unit: '{{other_unit}}' })),
    empty('lower-unit', 'The unit is case-sensitive', satellite(undefined, { unit: 'a' })),
    empty('no-unit', 'Without a unit there are no files', satellite(undefined, { unit: '' })),
    empty('other-mission', 'A product of another mission has no files', satellite('L1SLC', { mission: 'S1SAR' })),
    named('no-mission', 'A mission that does not exist has no files', item, 'No deltas are kept for it.', {
      files: 'none',
      of: satellite(undefined, { mission: 'S3' }),
    }),
    empty('no-product-type', 'Without a product type there are no files', satellite('')),
    empty('unknown-product-type', 'A product type in lower case is unknown', satellite('{{product_type_lower}}')),
    empty('lower-mission', 'The mission is case-sensitive', satellite(undefined, { mission: '{{mission_lower}}' })),
    named(
      'level',
      'A level instead of a product type returns only the common types',
      item,
      'An unknown type that begins with L1 or L2 still yields the files common to Sentinel-3.',
      {
        files: 'common',
        of: satellite('{{sample_level}}'),
      },
    ),
    named(
      'unknown-of-level',
      'An unknown product type of a level has the common types of the level',
      item,
      'An unknown type that begins with L1 or L2 still yields the files common to Sentinel-3.',
      { files: 'common', of: satellite('{{sample_level}}NOPE') },
    ),
  ];
}

function intervalMismatches(): ContractCase[] {
  const nothing = answered({ is: 'baseline-empty', entries: [] });
  // Long enough for products of every Level-0 kind.
  const emptyInterval = (key: string, name: string, of: string, says: string): ContractCase =>
    getCase(
      `baseline-interval-${key}`,
      name,
      interval('{{start}}', '{{stop}}', of),
      nothing,
      observed('rdb.md#empty-lists', says),
      { severity: 'data' },
    );
  return [
    emptyInterval(
      'lower-unit',
      'An interval in a lower-case unit is empty',
      satellite(undefined, { unit: 'a' }),
      'Names are compared case-sensitively.',
    ),
    emptyInterval(
      'syn',
      'An interval of S3SYN is always empty',
      satellite('L2', { mission: 'S3SYN' }),
      'Its Level-0 kind does not exist.',
    ),
    emptyInterval(
      'calibration',
      'An interval of S3SRAL with a CAL product type is empty',
      satellite('L1CAL', { mission: 'S3SRAL' }),
      'CAL products are not ingested.',
    ),
    getCase(
      'baseline-interval-other-unit',
      'An interval of another unit has its products and files',
      interval('{{sample_start}}', '{{sample_stop}}', satellite(undefined, { unit: '{{other_unit}}' })),
      answered({
        is: 'baseline-satellite',
        mission: '{{mission}}',
        unit: '{{other_unit}}',
        start: '{{sample_start}}',
        stop: '{{sample_stop}}',
      }),
      observed('rdb.md#look-up-by-interval', 'The prefix of the names is that of mission and unit.'),
      { severity: 'data' },
    ),
  ];
}

/** A, B, then A again: nothing of one question may be left in the answer to the next. */
function leaks(): ContractCase[] {
  const item = '{{base_l0}}';
  const says = 'Files depend on the product type; what is cached is kept per type and satellite.';
  const another = (key: string, name: string): ContractCase =>
    getCase(
      `baseline-${key}`,
      name,
      byName(item, satellite('{{other_product_type}}')),
      answered({ is: 'baseline-other-files', name: item }),
      observed('rdb.md#selection', says),
      NEEDS,
    );
  return [
    named('before-other', 'One product type', item, says),
    another('other', 'Another product type has other files'),
    otherUnit(),
    named('after-other', 'The first product type again, as if nothing had been asked', item, says),
  ];
}

/** Products of the missions, in long intervals and in parts of them. */
function everyMission(): ContractCase {
  return getCase(
    'baseline-interval-missions',
    'Intervals of every mission have the products that lie inside',
    `${FUNCTION}({{interval_call}})`,
    answered({ is: 'interval-samples' }),
    observed('rdb.md#look-up-by-interval', 'Full containment, both ends inclusive, without a limit.'),
    { severity: 'data', needs: ['interval_call'] },
  );
}

function otherUnit(): ContractCase {
  const times = { start: '{{base_start}}', stop: '{{base_stop}}' };
  return getCase(
    'baseline-of-other-unit',
    'A product of another unit has files of that unit',
    byName('{{base_l0_other_unit}}', satellite(undefined, { unit: '{{other_unit}}' })),
    answered({ is: 'baseline-satellite', mission: '{{mission}}', unit: '{{other_unit}}', ...times }),
    observed('rdb.md#candidates', 'Files of the platform for all units, and those of the unit.'),
    NEEDS,
  );
}
