import { isSandboxControl } from '../../services/sandbox-control';
import type { Scope } from './scope';

/**
 * Whether requests may be sent that cost the service something. The variable `intrusive` decides (`true` or `false`); where it is empty,
 * a sandbox may be asked everything and a real service nothing of the kind.
 */
export function mayBeIntrusive(scope: Scope): boolean {
  const intrusive = scope.value('intrusive');
  return intrusive === '' ? isSandboxControl(scope.value('sandbox_control')) : intrusive === 'true';
}
