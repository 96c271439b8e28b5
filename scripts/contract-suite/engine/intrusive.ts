import { isNamedProduction, isSandboxControl } from '../../services/sandbox-control';
import { OF_SANDBOX } from '../sandbox-variables';
import type { Postman } from './postman';
import type { Scope } from './scope';

/**
 * Whether requests may be sent that cost the service something. The variable `intrusive` decides (`true` or `false`); where it is empty,
 * a sandbox may be asked everything and a real service nothing of the kind.
 */
export function mayBeIntrusive(postman: Postman, scope: Scope): boolean {
  const intrusive = scope.value('intrusive');
  return intrusive === '' ? isSandbox(postman, scope) : intrusive === 'true';
}

/** Whether a variable that a case needs has a value here: the collection's own of a sandbox are of no use elsewhere. */
export function isKnown(name: string, postman: Postman, scope: Scope): boolean {
  if (scope.value(name) === '') return false;
  return !OF_SANDBOX.includes(name) || isOfEnvironment(name, postman) || isSandbox(postman, scope);
}

function isSandbox(postman: Postman, scope: Scope): boolean {
  if (!isSandboxControl(scope.value('sandbox_control'))) return false;
  return isOfEnvironment('sandbox_control', postman) || !isNamedProduction(postman.environment.name);
}

const isOfEnvironment = (name: string, { environment }: Postman): boolean => environment.get(name) !== undefined;
