import { sampleOf } from '../../../helpers/budget';
import { CONTROL_HEADERS } from '../../../helpers/order-sandbox';
import { describe, expect, it } from 'vitest';
import { Failure } from '../../../../scripts/errors/errors';
import { builtinCatalogue } from '../../../../scripts/sandbox/catalogue/builtin';
import { MUTANT_GROUPS, type Mutant, type MutantNeeds } from '../../../../scripts/sandbox/faults/mutants/mutant';
import { DOCUMENTED_QUOTA, MUTANTS, startSandbox, type Sandbox } from '../../../../scripts/sandbox/sandbox';
import { rawRequest } from '../../raw-request';
import { PROBES, type Probe } from './probes';
import { Visitor } from './visitor';

const CATALOGUE = builtinCatalogue({ sizes: 'tiny' });

describe('mutants', () => {
  it('have distinct names, known groups and a sentence each', () => {
    expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
    expect(new Set(MUTANTS.map(({ defect }) => defect)).size).toBe(MUTANTS.length);
    expect(new Set(MUTANTS.map(({ group }) => group))).toEqual(new Set(MUTANT_GROUPS));
    for (const { name, defect } of MUTANTS) {
      expect(name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(defect).toMatch(/^.{15,140}[^.]$/);
    }
  });

  it('leave a sandbox without them the same every time', async () => {
    const needs: readonly MutantNeeds[] = [{}, { profile: 'icd' }];
    for (const probe of sampleOf(PROBES, 40)) {
      for (const need of needs) expect(await lookAlone(probe, need, 'none')).toBe(await healthyLook(probe, need));
    }
  });

  it.each(sampleOf(MUTANTS, 26, ({ group }) => group).map((mutant) => [mutant.name, mutant] as const))(
    '%s shows in an answer',
    async (_name, mutant) => {
      expect(await showing(mutant)).toBeDefined();
    },
  );

  it('come and go through the control endpoint', async () => {
    const sandbox = await startSandbox({ catalogue: CATALOGUE });
    const control = async (method: string, what: string, body?: string) => {
      const answer = await rawRequest(sandbox.siteUrl, `/sandbox/${what}`, {
        method,
        body,
        headers: CONTROL_HEADERS,
      });
      return [answer.status, answer.body === '' ? undefined : (JSON.parse(answer.body) as unknown)];
    };
    const contentType = async () => {
      const { text } = await new Visitor(sandbox, () => undefined).site('/auxip.svc/Products?$top=1', { as: 'user' });
      return text.includes('text/plain');
    };
    expect(await control('GET', 'mutant')).toEqual([200, { mutant: 'none' }]);
    expect(await contentType()).toBe(false);
    expect(await control('PUT', 'mutant', 'content-type-plain')).toEqual([204, undefined]);
    expect(await control('GET', 'mutant')).toEqual([200, { mutant: 'content-type-plain' }]);
    expect(await contentType()).toBe(true);
    expect((await control('PUT', 'mutant', 'nonsense'))[0]).toBe(400);
    expect(await contentType()).toBe(true);
    expect(await control('PUT', 'mutant', 'none')).toEqual([204, undefined]);
    expect(await contentType()).toBe(false);
    const listed = (await control('GET', 'mutants'))[1] as Mutant[];
    expect(listed.map(({ name }) => name)).toEqual(MUTANTS.map(({ name }) => name));
    await sandbox.close();
  });

  it('that are unknown are refused at the start', async () => {
    await expect(startSandbox({ mutant: 'nonsense' })).rejects.toThrow(Failure);
  });
});

/** Those that have shown a mutant last come first: mutants that stand together mostly show in the same place. */
const probes = [...PROBES];

/** The first probe that sees something else than in a healthy sandbox that was started in the same way. */
async function showing({ name, needs = {} }: Pick<Mutant, 'name' | 'needs'>): Promise<string | undefined> {
  const shared = new Lookout(needs, name);
  try {
    for (const [index, probe] of probes.entries()) {
      const seen = probe.isAlone ? await lookAlone(probe, needs, name) : await shared.look(probe);
      if (seen === (await healthyLook(probe, needs))) continue;
      probes.splice(index, 1);
      probes.unshift(probe);
      return probe.name;
    }
    return undefined;
  } finally {
    await shared.close();
  }
}

const healthy = new Map<string, Promise<string>>();

function healthyLook(probe: Probe, needs: MutantNeeds): Promise<string> {
  const key = `${probe.name} ${JSON.stringify(needs)}`;
  const known = healthy.get(key) ?? lookAlone(probe, needs, 'none');
  healthy.set(key, known);
  return known;
}

async function lookAlone(probe: Probe, needs: MutantNeeds, mutant: string): Promise<string> {
  const lookout = new Lookout(needs, mutant);
  try {
    return await lookout.look(probe);
  } finally {
    await lookout.close();
  }
}

/** A sandbox of its own, with a visitor; the time stands still unless the visitor waits. */
class Lookout {
  private now = Date.UTC(2026, 0, 1);
  private readonly started: Promise<{ sandbox: Sandbox; visitor: Visitor }>;

  constructor({ quota, ...needs }: MutantNeeds, mutant: string) {
    this.started = startSandbox({
      ...needs,
      quota: quota === 'documented' ? DOCUMENTED_QUOTA : undefined,
      catalogue: CATALOGUE,
      clock: () => this.now,
      mutant,
    }).then((sandbox) => ({ sandbox, visitor: new Visitor(sandbox, (seconds) => (this.now += 1000 * seconds)) }));
  }

  async look(probe: Probe): Promise<string> {
    const { visitor } = await this.started;
    return probe.look(visitor).then(JSON.stringify, (error: unknown) => `failed: ${String(error)}`);
  }

  /** Also checks that the mutant did not break the sandbox itself. */
  async close(): Promise<void> {
    const { sandbox } = await this.started;
    await sandbox.close();
    expect(sandbox.defects).toEqual([]);
  }
}
