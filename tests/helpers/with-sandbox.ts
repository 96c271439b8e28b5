import { onTestFinished } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../scripts/sandbox/sandbox';

/**
 * A sandbox in this process, closed when the test is over: its recorded requests can be looked at. Tests that run side by side give
 * the `onTestFinished` of their context.
 */
export async function withSandbox(options?: SandboxOptions, atEnd = onTestFinished): Promise<Sandbox> {
  const sandbox = await startSandbox(options);
  atEnd(() => sandbox.close());
  return sandbox;
}

/** The sandbox's account, for sites that the command line does not know as its own sandbox. */
export const ACCOUNT = { ADG_USER: 'user', ADG_PASSWORD: 'password' };
