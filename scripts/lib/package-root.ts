import path from 'node:path';

/** The repository, or the installed package: schemas/, collections/ and environments/ are here, and scripts/ or dist/ below. */
export const ROOT = path.resolve(__dirname, '..', '..');
