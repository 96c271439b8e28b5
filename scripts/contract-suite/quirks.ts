/** Known defects of the service in words: what it is, and what a caller can do (rdb.md#hazards). */
export const QUIRKS = {
  untrimmedName:
    'Names as they were ingested, with trailing characters (rdb.md#files-and-links): trim each name before you compare, look up or write it. With a newline the bands of a type compete as one set and a single band survives.',
  truncated:
    'The longer interval is truncated without notice (rdb.md#silent-incompleteness): ask for shorter intervals that overlap, and count the products.',
  staleLink:
    'A stale link, if the catalogue no longer has that id: links are cached forever, while entries are replaced (rdb.md#caches). Look the file up by its name, and ask the service desk to restart rdb.svc.',
  nullLink:
    'A link is null: auxip.svc answered rdb.svc without a list (rdb.md#files-and-links). Ask for fewer products at once to find the file, and report it.',
  droppedType:
    'A dropped type: auxip.svc has none, or more than one entry of that name, and rdb.svc then leaves the whole type out with status 200 (rdb.md#files-and-links). Take the file by its name and report it.',
  poisonedCache:
    'A poisoned cache: one failed look-up stays as an empty list until rdb.svc is restarted (rdb.md#caches). Ask the service desk for a restart; until then take the files named here from auxip.svc.',
  firstPlatform:
    'First platform wins (rdb.md#first-platform-and-unit-win): only the platform asked for first since the last restart gets files. Ask the service desk for a restart; nothing a caller sends helps.',
  firstUnit:
    'First unit wins (rdb.md#first-platform-and-unit-win): instrument configurations are looked up for the unit asked for first since the last restart; other units are not filtered by them. Check InstrumentConfigurationID in auxip.svc.',
  sharedToken:
    "Tokens mixed up between callers (rdb.md#shared-token): rdb.svc continues with another caller's token, and types without links are lost. Ask again when nobody else does.",
  missingDeltas:
    'This type and all after it are gone: an exception ended the walk, as for a missing row of deltas (rdb.md#selection, rdb.md#selection-rules). Report the first type that is missing.',
} as const;

export type QuirkName = keyof typeof QUIRKS;
