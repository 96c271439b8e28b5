import type { Scope } from './scope';

/** The sandbox listens on this machine only. */
const ON_THIS_MACHINE = /^http:\/\/(?:127[.]0[.]0[.]1|localhost)(?::\d+)?\//;

/**
 * Whether requests may be sent that cost the service something. The variable `intrusive` decides (`true` or `false`); where it is empty,
 * a sandbox may be asked everything and a real service nothing of the kind.
 */
export function mayBeIntrusive(scope: Scope): boolean {
  const intrusive = scope.value('intrusive');
  return intrusive === '' ? ON_THIS_MACHINE.test(scope.value('sandbox_control')) : intrusive === 'true';
}
