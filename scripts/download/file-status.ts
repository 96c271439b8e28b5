/**
 * What one run did with a file: of its outcome, its event and its row in reports. What a lock remembers, whatever run found it out, is
 * the file's state.
 */
export type FileStatus = 'verified' | 'already-here' | 'failed' | 'not-fetched';
