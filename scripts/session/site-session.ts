import { readSite, type Site } from '../services/site';
import type { Sandbox, SandboxOptions } from '../sandbox/sandbox';
import { readNetwork, type NetworkOptions } from '../services/network';

export interface SiteOptions extends NetworkOptions {
  /** `sandbox`, `production`, or an environment file. */
  readonly env: string;
  readonly siteUrl?: string;
  readonly allowInsecure?: boolean;
  /** Of the sandbox that is started for the call. */
  readonly sandbox?: Pick<SandboxOptions, 'profile' | 'scenario' | 'archives'>;
}

/**
 * Calls `use` with the services that the options name. The sandbox, unless `siteUrl` says where one runs already, is started
 * for the call and stopped after it.
 * @throws Failure FILE_UNREADABLE, FILE_MALFORMED, URL_REFUSED
 */
export async function withSite<Result>(options: SiteOptions, use: (site: Site) => Promise<Result>): Promise<Result> {
  const { siteUrl, allowInsecure } = options;
  if (!startsSandbox(options)) {
    const network = readNetwork(options, process.env.NODE_EXTRA_CA_CERTS);
    return use(readSite(options.env, { siteUrl, allowInsecure, network }));
  }
  const sandbox = await startSandbox(options.sandbox);
  try {
    return await use(readSite('sandbox', { siteUrl: sandbox.siteUrl }));
  } finally {
    await sandbox.close();
  }
}

/** Nobody else's: its clock may be moved, its quota used up. */
export function startsSandbox({ env, siteUrl }: SiteOptions): boolean {
  return env === 'sandbox' && siteUrl === undefined;
}

async function startSandbox(options?: SandboxOptions): Promise<Sandbox> {
  const { startSandbox: start } = await import('../sandbox/sandbox');
  return start(options);
}
