/** The missions, as the ingestion configuration of reprocessing.svc has them (reprocessing.md#missions-and-product-types). */
export interface Mission {
  /** Platform and instrument; names of Level-0 products and auxiliary files begin with the platform. */
  readonly name: string;
  readonly platform: 'S1' | 'S2' | 'S3';
  /** What can be made: the values of `product_type` that select at least one ADF type of the mission. */
  readonly productTypes: readonly string[];
  /** Sentinel-3: the two letters that its ADF types begin with. Platforms with one mission have none. */
  readonly instrument?: string;
  /** Sentinel-3: instruments of the Level-0 products that its products are made from (rdb.md#look-up-by-interval). */
  readonly level0Instruments?: readonly string[];
  /** Sentinel-3: the kind of those that an interval finds; without one it depends on the product type. */
  readonly level0Kind?: string;
  /** ADF types that are named after another instrument (reprocessing.md#adf-types). */
  readonly foreignTypes?: readonly string[];
  /** Missions whose files reprocessing.svc adds to this one's. */
  readonly adds?: readonly string[];
}

/** A mission more is an entry more here; its ADF types are rows of published-types.ts. */
export const MISSION_TABLE: readonly Mission[] = [
  { name: 'S1SAR', platform: 'S1', productTypes: ['L1SLC', 'L1GRD', 'L2OCN'] },
  { name: 'S2MSI', platform: 'S2', productTypes: ['L1A', 'L1B', 'L1C', 'L2A'] },
  {
    ...{ name: 'S3OLCI', platform: 'S3', productTypes: ['L1EFR', 'L1ERR', 'L2LFR', 'L2LRR'] },
    ...{ instrument: 'OL', level0Instruments: ['OL'], level0Kind: 'EFR' },
  },
  {
    ...{ name: 'S3SLSTR', platform: 'S3', productTypes: ['L1RBT', 'L2LST', 'L2FRP'] },
    ...{ instrument: 'SL', level0Instruments: ['SL'], level0Kind: 'SLT' },
  },
  {
    ...{ name: 'S3SRAL', platform: 'S3', productTypes: ['L1CAL', 'L1SRA', 'L2LAN'] },
    ...{ instrument: 'SR', level0Instruments: ['SR'], adds: ['S3MWR'] },
  },
  {
    ...{ name: 'S3MWR', platform: 'S3', productTypes: ['L1CAL', 'L1MWR'] },
    ...{ instrument: 'MW', level0Instruments: ['MW'], level0Kind: 'MWR' },
  },
  {
    // Takes OLCI and SLSTR granules.
    ...{ name: 'S3SYN', platform: 'S3', productTypes: ['L1MISR', 'L2'] },
    ...{ instrument: 'SY', level0Instruments: ['OL', 'SL', 'SY'], level0Kind: 'EFR' },
    foreignTypes: ['OL_1_MCHDAX', 'SL_1_MCHDAX'],
  },
];
