/** Path of a sandbox's control below its site. */
export const CONTROL_PATH = '/sandbox';

/** The sandbox listens on this machine only. */
const ON_THIS_MACHINE = /^http:\/\/(?:127[.]0[.]0[.]1|localhost)(?::\d+)?\//;

/**
 * Whether an address of a control (`sandbox_control`) is that of a sandbox, which may be asked anything. By its form: nothing is sent to
 * find out, because a real service could be there.
 */
export function isSandboxControl(url: string): boolean {
  return ON_THIS_MACHINE.test(url);
}

/** Whether the name of an environment says that it is not that of a sandbox, whatever its addresses are: they may be of a tunnel. */
export function isNamedProduction(name: string | undefined): boolean {
  return /production/i.test(name ?? '');
}
