import { Command } from 'commander';
import { expect, test, vi } from 'vitest';
import { baselineRequest } from '../../scripts/campaign/request/baseline-request';
import { withRequest } from '../../scripts/cli/options/request-options';
import { missionOfAdf } from '../../scripts/sentinel/adf-name';
import { level0Prefix, missionsOfLevel0 } from '../../scripts/sentinel/level0-name';
import type { Mission } from '../../scripts/sentinel/mission-table';
import { MISSION_NAMES, missionsListedFor, missionsMaking } from '../../scripts/sentinel/missions';

/** Apart from tests/sentinel, whose files share their modules: nobody else is to see this mission. */
vi.mock('../../scripts/sentinel/mission-table', async (original) => {
  const { MISSION_TABLE } = await original<{ MISSION_TABLE: readonly Mission[] }>();
  const added: Mission = {
    ...{ name: 'S3XYZ', platform: 'S3', productTypes: ['L1XYZ'], instrument: 'XY', level0Kind: 'XYK' },
    ...{ level0Instruments: ['XY', 'MW'], foreignTypes: ['OL_9_XYZ_AX'], adds: ['S3MWR'] },
  };
  return { MISSION_TABLE: [...MISSION_TABLE, added] };
});

test('a mission more is one entry of the table: requests, help, names and lists of files follow', () => {
  const request = { mission: 's3xyz', unit: 'A', productType: 'L1XYZ', start: '2024-03-01', stop: '2024-03-02' };
  expect(baselineRequest(request)).toMatchObject({ mission: 'S3XYZ', productType: 'L1XYZ' });
  expect(MISSION_NAMES.at(-1)).toBe('S3XYZ');
  expect(withRequest(new Command()).helpInformation()).toContain('S3XYZ');
  expect(missionsMaking('L1XYZ')).toEqual(['S3XYZ']);
  expect(missionsOfLevel0({ platform: 'S3', kind: 'XY_0_XYK' })).toEqual(['S3XYZ']);
  expect(missionsOfLevel0({ platform: 'S3', kind: 'MW_0_MWR' })).toEqual(['S3MWR', 'S3XYZ']);
  expect(level0Prefix('S3XYZ', 'A', 'L1XYZ')).toBe('S3A_XY_0_XYK');
  expect(missionOfAdf({ platform: 'S3', type: 'XY_1_CAL_AX' })).toBe('S3XYZ');
  expect(missionOfAdf({ platform: 'S3', type: 'OL_9_XYZ_AX' })).toBe('S3XYZ');
  expect(missionsListedFor('S3XYZ')).toEqual(['S3XYZ', 'S3MWR', 'S3ALL']);
});

test('and those before it are as they were', () => {
  expect(missionsOfLevel0({ platform: 'S3', kind: 'OL_0_EFR' })).toEqual(['S3OLCI', 'S3SYN']);
  expect(missionsOfLevel0({ platform: 'S3', kind: 'ZZ_0_EFR' })).toEqual([]);
  expect(['OL_1_MCHDAX', 'OL_1_CAL_AX', 'AX___CST_AX'].map((type) => missionOfAdf({ platform: 'S3', type }))).toEqual([
    ...['S3SYN', 'S3OLCI', 'S3ALL'],
  ]);
  expect(missionsListedFor('S3SRAL')).toEqual(['S3SRAL', 'S3MWR', 'S3ALL']);
  expect(['S3ALL', 'S1SAR', 'S9'].map(missionsListedFor)).toEqual([['S3ALL'], ['S1SAR'], ['S9']]);
  expect(level0Prefix('S3SRAL', 'B', 'L1CAL')).toBe('S3B_SR_0_CAL');
});
