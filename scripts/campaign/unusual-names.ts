import type { BaselineRequest } from '../services/rdb';
import { parseAdfName } from '../sentinel/adf-name';
import type { Listener } from '../session/run-events';
import { plural } from '../lib/format';
import type { Manifest } from './manifest';
import { noteOnLevel0Names } from './request/level0-list';

export function tellUnusualNames(request: BaselineRequest, listener: Listener): void {
  const text = 'level0Names' in request ? noteOnLevel0Names(request.level0Names) : undefined;
  if (text !== undefined) listener({ type: 'note', text });
}

/** Files of an unknown form are fetched like all others; nothing can be told of their type and validity. */
export function tellUnusualFiles(manifest: Manifest, listener: Listener): void {
  for (const text of [noteOnFileNames(manifest), noteOnRepeatedFiles(manifest)])
    if (text !== undefined) listener({ type: 'note', text });
}

/** A file that one baseline lists twice does no harm here, and may to others. Undefined where there is none. */
export function noteOnRepeatedFiles({ level0 }: Pick<Manifest, 'level0'>): string | undefined {
  const [first, ...more] = level0.filter(({ twice }) => twice !== undefined);
  if (!first) return undefined;
  const which = `${first.twice?.[0] ?? ''} for ${first.name}`;
  return `the baselines of ${plural(more.length + 1, 'Level-0 product')} list a file more than once, such as ${which}: it is fetched once`;
}

/** In one line; undefined where every form is known. */
export function noteOnFileNames({ files }: Pick<Manifest, 'files'>): string | undefined {
  const unusual = files.filter(({ name }) => !parseAdfName(name));
  if (unusual.length === 0) return undefined;
  const which = `${plural(unusual.length, 'auxiliary data file')} with a name of an unknown form, such as ${unusual[0]?.name ?? ''}`;
  return `${which}: fetched all the same, but its type and validity cannot be read from it`;
}
