/** The sandbox listens on this machine only. */
const ON_THIS_MACHINE = /^http:\/\/(?:127[.]0[.]0[.]1|localhost)(?::\d+)?\//;

/**
 * Whether an environment's `sandbox_control` is that of a sandbox, which may be asked anything. By its form: nothing is sent to find out,
 * because a real service could be there.
 */
export function isSandboxControl(url: string): boolean {
  return ON_THIS_MACHINE.test(url);
}
