import { publishedTypes } from '../../scripts/sentinel/published-types';

export const TYPES = publishedTypes();

/** Whether the services have a type for a mission, under the name by which they, or their files, know it. */
export function isTypeOfServices(name: string, mission: string): boolean {
  return TYPES.some(
    (type) =>
      (type.mission === mission || (type.mission === 'S3ALL' && mission.startsWith('S3'))) &&
      [type.longName, type.shortName].includes(name),
  );
}
