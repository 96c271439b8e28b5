import { expect, test } from 'vitest';
import { MISSION_NAMES, missionsMaking, productTypesOf } from '../../scripts/sentinel/missions';

test('product types of a mission, and missions of a product type', () => {
  expect(MISSION_NAMES).toEqual(['S1SAR', 'S2MSI', 'S3OLCI', 'S3SLSTR', 'S3SRAL', 'S3MWR', 'S3SYN']);
  expect(productTypesOf('S3SLSTR')).toEqual(['L1RBT', 'L2LST', 'L2FRP']);
  expect(missionsMaking('L1CAL')).toEqual(['S3SRAL', 'S3MWR']);
  expect(missionsMaking('L3')).toEqual([]);
});

test.each(['S3ALL', 's1sar', '', 'constructor', '__proto__'])('%j is no mission to ask for', (name) => {
  expect(productTypesOf(name)).toBeUndefined();
});
