import type { Change, Compared } from './change';
import type { Model } from './csdl-model';

/**
 * What differs between two models, by resource.
 * @param where put before the name of each resource, e.g. `auxip.svc $metadata`
 */
export function compareModels(where: string, expected: Model, live: Model): Compared[] {
  const resources = new Set([...expected.keys(), ...live.keys()]);
  return [...resources]
    .map((resource) => ({
      resource: `${where}, ${resource}`,
      changes: changesOf(expected.get(resource), live.get(resource)),
    }))
    .filter(({ changes }) => changes.length > 0);
}

type Members = ReadonlyMap<string, string>;

function changesOf(expected: Members | undefined, live: Members | undefined): Change[] {
  if (!expected || !live) return wholeChange(expected, live);
  const members = new Set([...expected.keys(), ...live.keys()]);
  return [...members].flatMap((what): Change[] => {
    const [before, now] = [expected.get(what), live.get(what)];
    if (before === now) return [];
    if (now === undefined) return [{ sign: '-', what, expected: before }];
    if (before === undefined) return [{ sign: '+', what, got: now }];
    return [{ sign: '~', what, expected: before, got: now }];
  });
}

/** A resource that is only there, or only here. */
function wholeChange(expected: Members | undefined, live: Members | undefined): Change[] {
  const membersOf = (members: Members): string => [...members.keys()].join(', ') || 'nothing more';
  if (expected) return [{ sign: '-', what: 'all of it', expected: membersOf(expected) }];
  return live ? [{ sign: '+', what: 'all of it', got: membersOf(live) }] : [];
}
