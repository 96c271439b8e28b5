import { isWanted, typesOfMission, type AdfType } from '../../../sentinel/adf-types';
import type { AdfRecord, Catalogue } from '../../catalogue/catalogue';
import type { BaselineCall } from '../../rdb/baseline-call';
import { jsonReply, textReply } from '../../http/reply';
import { ODataError } from '../../odata/odata-error';
import { firstTimes } from './counting';
import type { Faults, SiteCall } from './faults';
import type { Scenario } from './scenario';

/** The hazards of rdb.svc (rdb.md#hazards) and what else a baseline can be. */
export const BASELINE_SCENARIOS: readonly Scenario[] = [
  {
    name: 'first-platform-wins',
    effect: 'only the platform of the first request gets files; all others get empty lists until restart',
    create: () => {
      let first: string | undefined;
      return filesOnly(({ mission }) => (first ??= mission.slice(0, 2)) === mission.slice(0, 2));
    },
  },
  {
    name: 'first-unit-wins',
    effect:
      'the instrument configurations of Sentinel-1 are looked up for the first unit only; other units are not filtered',
    create: () => {
      let first: string | undefined;
      return {
        source: (catalogue, call) => {
          first ??= call.unit;
          return first === call.unit ? catalogue : withoutIcid(catalogue);
        },
      };
    },
  },
  {
    name: 'poisoned-cache',
    effect: 'one failed look-up stays cached: every Nth (3rd) wanted type has no files until restart',
    create: ({ magnitude = 3 }) => typesOnly((index) => (index + 1) % magnitude !== 0),
  },
  {
    name: 'missing-deltas',
    effect: 'the row of deltas is missing for the Nth (3rd) wanted type: it and all later types are left out, with 200',
    create: ({ magnitude = 3 }) => ({
      source: (catalogue, call) => ({
        ...bound(catalogue),
        deltasOf: (mission, type) =>
          wantedTypes(catalogue, call).indexOf(type) === magnitude - 1
            ? undefined
            : (catalogue.deltasOf?.(mission, type) ?? NO_DELTAS),
      }),
    }),
  },
  {
    name: 'no-attribute-rows',
    effect: 'the table of Level-0 attributes is empty: AMV_ERRMAT_MPC and AMH_ERRMAT_MPC come for every product',
    create: () => ({ source: (catalogue) => ({ ...bound(catalogue), attributeRows: [] }) }),
  },
  {
    name: 'auxip-miss',
    effect: 'the catalogue does not know the files of every Nth (3rd) wanted type: the type is left out, with 200',
    create: ({ magnitude = 3 }) => typesOnly((index) => (index + 1) % magnitude !== 0),
  },
  {
    name: 'newline-names',
    effect: 'file names end in a newline, and the bands of a type compete as one set',
    create: () => renamed((name) => `${name}\n`),
  },
  {
    name: 'crlf-names',
    effect: 'file names end in carriage return and newline',
    create: () => renamed((name) => `${name}\r\n`),
  },
  { name: 'blank-names', effect: 'file names end in a space', create: () => renamed((name) => `${name} `) },
  {
    name: 'cold-start',
    effect: 'the first baseline of each mission takes N milliseconds (8000)',
    create: ({ magnitude = 8000, times }) => {
      const isCold = firstTimes(times);
      return {
        siteReply: (call, reply) => {
          const mission = call.service === 'rdb' ? missionOf(call) : undefined;
          return mission !== undefined && isCold(mission) ? { ...reply, delivery: { delayMs: magnitude } } : reply;
        },
      };
    },
  },
  {
    name: 'baseline-504',
    effect: "nginx's HTML 504 for the first baseline request of each URL: the work goes on, the next one succeeds",
    create: ({ times }) => {
      const strikes = firstTimes(times);
      const timeout = () =>
        textReply(504, 'text/html', '<html><head><title>504 Gateway Time-out</title></head></html>');
      return { site: (call) => (call.service === 'rdb' && strikes(call.request.path) ? timeout() : undefined) };
    },
  },
  {
    name: 'null-link',
    effect: 'a link is missing: 400 for the whole request',
    create: () => ({
      entry: () => {
        throw new ODataError(400, "The non-nullable property 'AuxipLink' is missing.");
      },
    }),
  },
  {
    name: 'duplicate-files',
    effect: 'every file is listed twice',
    create: () => ({ entry: (entry) => ({ ...entry, adfs: entry.adfs.flatMap((adf) => [adf, adf]) }) }),
  },
  {
    name: 'foreign-links',
    effect: 'links point to another host, as when production is addressed by another name',
    create: () => ({ linkRoot: 'https://auxiliary.copernicus.eu/auxip.svc' }),
  },
  {
    name: 'unknown-ids',
    effect: 'the entries behind the links were replaced: $value and entry answer 500 `No entity found for query`',
    create: () => ({ entry: (entry) => ({ ...entry, adfs: entry.adfs.map(withForgottenId) }) }),
  },
  {
    name: 'unsafe-names',
    effect: 'the first file of every list is called `../../escaped`',
    create: () => ({
      entry: (entry) => ({
        ...entry,
        adfs: entry.adfs.map((adf, index) => (index === 0 ? { ...adf, name: '../../escaped' } : adf)),
      }),
    }),
  },
  {
    name: 'empty-baseline',
    effect: 'lists of files are empty, with 200 and no hint',
    create: () => filesOnly(() => false),
  },
  {
    name: 'broken-schema',
    effect: 'baseline answers are JSON of another shape, with 200',
    create: () => ({
      siteReply: ({ service, request }, reply) =>
        service === 'rdb' && request.path.includes('(') && reply.status === 200
          ? jsonReply(200, { '@odata.context': '$metadata#Collection(OData.CSC.DataBaseline)', value: [{ Level0: 1 }] })
          : reply,
    }),
  },
];

const NO_DELTAS = { delta0: 0, delta1: 0 };

function filesOnly(isAnswered: (call: BaselineCall) => boolean): Faults {
  return {
    source: (catalogue, call) =>
      isAnswered(call) ? catalogue : { ...bound(catalogue), adfsOfType: (): readonly AdfRecord[] => [] },
  };
}

/** Files only of those wanted types, counted from 0, that pass. */
function typesOnly(passes: (index: number) => boolean): Faults {
  return {
    source: (catalogue, call) => ({
      ...bound(catalogue),
      adfsOfType: (type, platform, unit) =>
        passes(wantedTypes(catalogue, call).indexOf(type)) ? catalogue.adfsOfType(type, platform, unit) : [],
    }),
  };
}

function renamed(rename: (name: string) => string): Faults {
  return {
    source: (catalogue) => ({
      ...bound(catalogue),
      adfsOfType: (type, platform, unit) =>
        catalogue.adfsOfType(type, platform, unit).map((adf) => ({ ...adf, name: rename(adf.name) })),
    }),
  };
}

/** What the selection needs of a catalogue; `choose` is left out, because it knows only the catalogue's own lists. */
function bound(catalogue: Catalogue) {
  return {
    types: catalogue.types,
    adfsOfType: catalogue.adfsOfType.bind(catalogue),
    deltasOf: catalogue.deltasOf?.bind(catalogue),
    attributeRows: catalogue.attributeRows,
    maxAges: catalogue.maxAges,
    icid: catalogue.icid,
  };
}

function withoutIcid(catalogue: Catalogue) {
  return { ...bound(catalogue), icid: undefined };
}

/** In the order in which the service walks them. */
function wantedTypes({ types }: Catalogue, { mission, productType }: BaselineCall): readonly AdfType[] {
  return typesOfMission(types, mission).filter((type) => isWanted(type, productType));
}

function withForgottenId(adf: AdfRecord): AdfRecord {
  return { ...adf, id: `00000000${adf.id.slice(8)}` };
}

/** Undefined for what is no baseline. */
function missionOf({ request }: SiteCall): string | undefined {
  return /mission(?:=|%3D)(?:'|%27)([^'%]*)/i.exec(request.path)?.[1];
}
