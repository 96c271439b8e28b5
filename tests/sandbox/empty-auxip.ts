import { afterAll, beforeAll } from 'vitest';
import { startSandbox, type Sandbox } from '../../scripts/sandbox/sandbox';
import { rawRequest, type RawAnswer } from './raw-request';
import { tinyCatalogue } from './tiny-catalogue';
import { unsignedToken } from '../../scripts/fidelity/unsigned-token';

interface EmptyAuxip {
  /** `target` is what follows `/auxip.svc/`. */
  ask(target: string, headers?: Record<string, string>, method?: string): Promise<RawAnswer>;
  defects(): Sandbox['defects'];
}

/** auxip.svc with no product and no gateway, for the tests of one `describe`. */
export function emptyAuxip(): EmptyAuxip {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ gatewayMode: 'off', catalogue: tinyCatalogue({}) });
  });
  afterAll(() => sandbox.close());
  const Authorization = `Bearer ${unsignedToken('bob', ['download'])}`;
  return {
    ask: (target, headers, method) =>
      rawRequest(sandbox.siteUrl, `/auxip.svc/${target}`, { method, headers: { Authorization, ...headers } }),
    defects: () => sandbox.defects,
  };
}
