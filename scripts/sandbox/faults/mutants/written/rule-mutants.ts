import type { AdfRecord, Catalogue } from '../../../catalogue/catalogue';
import { chooseFiles } from '../../../../sentinel/select-adfs';
import { applyRule, type SelectionRuleName, type Sensing } from '../../../../sentinel/selection-rules';
import type { Faults } from '../../scenarios/faults';
import { inGroup } from '../mutant';

const DAY = 86_400_000;

/** Which files apply to a Level-0 product (rdb.md#selection). Seconds of the Sensing widen it: negative ones narrow it. */
export const RULE_MUTANTS = inGroup('rules', [
  {
    name: 'validity-edges-inclusive',
    defect: 'a file whose validity begins or ends exactly with the sensing covers it',
    create: () => sensed((sensing) => widenedBy(sensing, -0.001)),
  },
  {
    name: 'validity-one-second-short',
    defect: 'a file must cover a second more than the sensing, on both sides',
    create: () => sensed((sensing) => widenedBy(sensing, 1)),
  },
  {
    name: 'sensing-start-only',
    defect: 'files are chosen for the start of the sensing; its stop does not count',
    create: () => sensed((sensing) => ({ ...sensing, t1: sensing.t0 })),
  },
  {
    name: 'sensing-by-day',
    defect: 'files are chosen for the midnight before the sensing',
    create: () => sensed((sensing) => ({ ...sensing, t0: midnight(sensing.t0), t1: midnight(sensing.t1) })),
  },
  {
    name: 'margins-in-days',
    defect: 'the margin around the sensing is a day, not none',
    create: () => sensed((sensing) => widenedBy(sensing, DAY / 1000)),
  },
  {
    name: 'sensing-from-local-time',
    defect: 'the times in names are taken for local time, two hours ahead',
    create: () => sensed((sensing) => movedBy(sensing, -7_200_000)),
  },
  {
    name: 'year-of-the-week',
    defect: 'a sensing in the last three days of a year is looked up a year later: the year read is that of the week',
    create: () => sensed((sensing) => movedBy(sensing, isYearsEnd(sensing.t0) ? 365 * DAY : 0)),
  },
  {
    name: 'data-takes-in-local-time',
    defect: 'the times of Sentinel-2 data takes are taken for local time, two hours ahead',
    create: () => ({
      catalogue: choosing((files, rule, sensing) =>
        chooseFiles(
          files,
          rule,
          files.some(({ name }) => name.startsWith('S2')) ? movedBy(sensing, -7_200_000) : sensing,
        ),
      ),
    }),
  },
  {
    name: 'oldest-of-intersecting',
    defect: 'LatestValIntersect takes the file that was created first',
    create: () =>
      ruled('LatestValIntersect', (files, sensing) =>
        oldest(applyRule('ValIntersectWithoutDuplicate', files, sensing)),
      ),
  },
  {
    name: 'oldest-of-covering',
    defect: 'LatestValCover takes the file that was created first',
    create: () => ruled('LatestValCover', (files, sensing) => oldest(applyRule('ValCover', files, sensing))),
  },
  {
    name: 'latest-validity-of-covering',
    defect: 'LatestValCover takes the latest validity, not the latest creation',
    create: () => replacedRule('LatestValCover', 'LatestValCoverClosest'),
  },
  {
    name: 'all-of-covering',
    defect: 'LatestValCover takes every file that covers the sensing',
    create: () => replacedRule('LatestValCover', 'ValCover'),
  },
  {
    name: 'all-of-intersecting',
    defect: 'LatestValIntersect takes every file that touches the sensing',
    create: () => replacedRule('LatestValIntersect', 'ValIntersectWithoutDuplicate'),
  },
  {
    name: 'cover-as-intersect',
    defect: 'LatestValCover is content with a file that touches the sensing',
    create: () => replacedRule('LatestValCover', 'LatestValIntersect'),
  },
  {
    name: 'one-of-without-duplicate',
    defect: 'ValIntersectWithoutDuplicate takes only the newest file',
    create: () => replacedRule('ValIntersectWithoutDuplicate', 'LatestValIntersect'),
  },
  {
    name: 'closest-to-start',
    defect: 'LatestValidityClosest measures from the start of the sensing, and the first of equals wins',
    create: () => replacedRule('LatestValidityClosest', 'ClosestStartValidity'),
  },
  {
    name: 'closest-as-latest',
    defect: 'LatestValidityClosest takes the latest validity, however far away',
    create: () => replacedRule('LatestValidityClosest', 'LatestValidity'),
  },
  {
    name: 'latest-stop-as-closest-stop',
    defect: 'LatestStopValidity takes the stop that is closest to the sensing',
    create: () => replacedRule('LatestStopValidity', 'ClosestStopValidity'),
  },
  {
    name: 'latest-stop-of-past-files',
    defect: 'LatestStopValidity leaves out files that were created after the sensing',
    create: () =>
      ruled('LatestStopValidity', (files, sensing) =>
        applyRule(
          'LatestStopValidity',
          files.filter(({ creation }) => creation < sensing.t0),
          sensing,
        ),
      ),
  },
  {
    name: 'generation-must-cover',
    defect: 'LatestGeneration leaves out files that do not cover the sensing',
    create: () => replacedRule('LatestGeneration', 'LatestValCover'),
  },
  {
    name: 'oldest-generation',
    defect: 'LatestGeneration takes the file that was created first',
    create: () => ruled('LatestGeneration', oldest),
  },
  {
    name: 'bands-compete',
    defect: 'the bands of a Sentinel-2 type compete as one set: one band remains',
    create: () => ({ catalogue: choosing((files, rule, sensing) => applyRule(rule, files, sensing)) }),
  },
  {
    name: 'generic-files-left-out',
    defect: 'files for both units of a platform (S3_) are not considered',
    create: () => offering((files) => files.filter(({ name }) => name.charAt(2) !== '_')),
  },
  {
    name: 'newest-file-unknown',
    defect: 'the file of each type that was created last is not considered: the index is stale',
    create: () =>
      offering((files) => {
        const newest = Math.max(...files.map(({ creation }) => creation));
        return files.length < 2 ? files : files.filter(({ creation }) => creation !== newest);
      }),
  },
  {
    name: 'newest-orbits-unknown',
    defect:
      'orbits of Sentinel-3 created in April are not considered: files were listed when the service was started, before',
    create: () =>
      offering((files) =>
        files.filter(({ name, creation }) => !name.includes('AUX_POEORB') || creation < Date.UTC(2024, 3, 1)),
      ),
  },
  {
    name: 'newest-weather-always',
    defect: 'where a forecast (AUX_ECMWFD) covers the sensing the newest one comes, of whatever time',
    create: () => ({
      catalogue: choosing((files, rule, sensing) => {
        const chosen = chooseFiles(files, rule, sensing);
        return chosen.some(({ name }) => name.includes('ECMWFD'))
          ? applyRule('LatestGeneration', files, sensing)
          : chosen;
      }),
    }),
  },
  {
    name: 'common-types-left-out',
    defect: 'the types that all Sentinel-3 missions share are left out',
    create: () => onlyRdb((catalogue) => ({ types: catalogue.types.filter(({ mission }) => mission !== 'S3ALL') })),
  },
  {
    name: 'xml-types-left-out',
    defect: 'types in XML format are left out',
    create: () => onlyRdb((catalogue) => ({ types: catalogue.types.filter(({ format }) => format !== 'XML') })),
  },
  {
    name: 'two-files-lose-type',
    defect: 'a type is left out when two of its files apply',
    create: () => ({
      catalogue: choosing((files, rule, sensing) => {
        const chosen = chooseFiles(files, rule, sensing);
        return rule === 'ValIntersectWithoutDuplicate' && chosen.length > 1 ? [] : chosen;
      }),
    }),
  },
  {
    name: 'product-type-ignored',
    defect: 'the files of all product types of a mission come, whatever is asked for',
    create: () =>
      onlyRdb((catalogue) => {
        const all = [...new Set(catalogue.types.flatMap(({ productTypes }) => productTypes))];
        return { types: catalogue.types.map((type) => ({ ...type, productTypes: all })) };
      }),
  },
]);

type Choose = (files: readonly AdfRecord[], rule: SelectionRuleName, sensing: Sensing) => readonly AdfRecord[];

function onlyRdb(change: (catalogue: Catalogue) => Partial<Catalogue>): Faults {
  return {
    catalogue: (catalogue, service) => (service === 'rdb' ? { ...catalogue, ...change(catalogue) } : catalogue),
  };
}

/** Files of a type that are filtered before (instrument configuration, age) are chosen as ever: the built-in types have none. */
function choosing(choose: Choose): NonNullable<Faults['catalogue']> {
  return (catalogue) => ({ ...catalogue, choose });
}

function sensed(misread: (sensing: Sensing) => Sensing): Faults {
  return { catalogue: choosing((files, rule, sensing) => chooseFiles(files, rule, misread(sensing))) };
}

/** One rule done otherwise, by band as ever. */
function ruled(
  name: SelectionRuleName,
  choose: (files: readonly AdfRecord[], sensing: Sensing) => readonly AdfRecord[],
): Faults {
  return {
    catalogue: choosing((files, rule, sensing) =>
      rule === name ? choose(files, sensing) : chooseFiles(files, rule, sensing),
    ),
  };
}

function replacedRule(name: SelectionRuleName, another: SelectionRuleName): Faults {
  return ruled(name, (files, sensing) => chooseFiles(files, another, sensing));
}

function offering(change: (files: readonly AdfRecord[]) => readonly AdfRecord[]): Faults {
  return onlyRdb((catalogue) => ({
    choose: undefined,
    adfsOfType: (type, platform, unit) => change(catalogue.adfsOfType(type, platform, unit)),
  }));
}

function oldest(files: readonly AdfRecord[]): readonly AdfRecord[] {
  return files.toSorted((a, b) => a.creation - b.creation).slice(0, 1);
}

function widenedBy(sensing: Sensing, seconds: number): Sensing {
  return { ...sensing, delta0: sensing.delta0 + seconds, delta1: sensing.delta1 + seconds };
}

function movedBy(sensing: Sensing, milliseconds: number): Sensing {
  return { ...sensing, t0: sensing.t0 + milliseconds, t1: sensing.t1 + milliseconds };
}

const isYearsEnd = (time: number): boolean => new Date(time).toISOString().slice(5, 10) >= '12-29';

function midnight(time: number): number {
  return Math.floor(time / DAY) * DAY;
}
