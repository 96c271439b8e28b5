/** Our suite: folder after folder, the likely ones first, until a check is red. */
import { CASE_FOLDERS } from '../../scripts/collections/contract-suite/folders';
import { createRedactor } from '../../scripts/newman/redact';
import { runSuite } from '../../scripts/newman/run-suite';
import type { MutantGroup } from '../../scripts/sandbox/mutants/mutant';
import { dialectOf, inSandbox, variablesAt, type Meeting } from './mutant-sandbox';
import type { Collection } from './suite';

/** Of groups that may show anywhere, when only a quick look is wanted. */
const ANYWHERE = [
  'auxip.svc filters',
  'auxip.svc pages and rows',
  'rdb.svc calls and refusals',
  'Downloads',
  'Token endpoint',
];

/** Where a group's defects are likely to show; the other folders follow. */
const LIKELY: Readonly<Partial<Record<MutantGroup, readonly string[]>>> = {
  rules: ['Selection rules'],
  baselines: ['rdb.svc baselines', 'Selection rules', 'rdb.svc known quirks'],
  intervals: ['rdb.svc baselines'],
  caching: ['rdb.svc baselines', 'rdb.svc known quirks'],
  tokens: ['Token endpoint', 'Gateway and roles', 'Expiry'],
  roles: ['Gateway and roles'],
  quota: ['Quota', 'Gateway and roles'],
  redirects: ['Downloads', 'Gateway and roles'],
  store: ['Downloads'],
  checksums: ['Downloads', 'auxip.svc filters'],
  identity: ['rdb.svc baselines'],
  reprocessing: ['reprocessing.svc', 'reprocessing.svc functions and refusals'],
  ordering: ['auxip.svc pages and rows'],
  paging: ['auxip.svc pages and rows'],
  counting: ['auxip.svc pages and rows'],
  selecting: ['auxip.svc pages and rows'],
  filtering: ['auxip.svc filters', 'auxip.svc filter language'],
  errors: ['auxip.svc refused filters', 'auxip.svc refusals', 'rdb.svc calls and refusals'],
  metadata: ['auxip.svc resources', 'rdb.svc calls and refusals'],
};

export function byFolder(collection: Collection, { quick }: { quick: boolean }): Meeting {
  return (mutant) => {
    const { group, name } = mutant;
    const dialect = dialectOf(mutant);
    return inSandbox({ dialect, mutant: name }, async (sandbox) => {
      const variables = { ...variablesAt(sandbox), profile: dialect, quota_run: '5' };
      for (const folder of quick ? (LIKELY[group] ?? ANYWHERE) : likelyFirst(group)) {
        const noticedBy = await firstRed(collection, folder, variables);
        if (noticedBy !== undefined) return noticedBy;
      }
      return undefined;
    });
  };
}

function likelyFirst(group: MutantGroup): string[] {
  const likely = LIKELY[group] ?? [];
  const others = CASE_FOLDERS.filter(({ name }) => !likely.includes(name)).map(({ name }) => name);
  // The clock is moved in the last ones.
  return [...likely, ...others].sort((one, other) => Number(isAlone(one)) - Number(isAlone(other)));
}

const isAlone = (folder: string): boolean => CASE_FOLDERS.some(({ name, alone }) => name === folder && alone === true);

async function firstRed(
  collection: Collection,
  folder: string,
  variables: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  let red: string | undefined;
  await runSuite({
    collection,
    folders: [folder],
    variables,
    bail: true,
    seconds: 60,
    redactor: createRedactor(['password']),
    onStep: ({ name, assertions, fault }) => {
      const failed = assertions.find(({ outcome }) => outcome === 'failed');
      if (failed ?? fault) red ??= `${folder} › ${name} › ${failed?.name ?? fault ?? ''}`;
    },
  });
  return red;
}
