/**
 * `pm.execution` of today's runners. Newman 5 has none; it has `postman.setNextRequest`, and nothing that leaves a request out. Bruno
 * rewrites calls of `pm.execution` and has no `pm`: it must be called by its whole name, and asked for only where there is a `pm`.
 */
const isCurrent = typeof pm === 'undefined' || 'execution' in pm;

/** After this request: the one of that name, or none. */
export function goTo(name: string | null): void {
  if (isCurrent) pm.execution.setNextRequest(name);
  else postman.setNextRequest(name);
}

/** From a pre-request script: leaves its request out. Newman 5 sends it all the same. */
export function skipRequest(): void {
  if (isCurrent) pm.execution.skipRequest();
}
