import type { Redactor } from '../lib/redact/redact';
import type { Listener } from './run-events';

/** Stands before a listener: no secret and no control character of a service reaches it, in whatever event. */
export function redactingListener(listener: Listener, redactor: Redactor): Listener {
  // Progress is numbers alone, and comes by the thousand.
  return (event) => listener(event.type === 'progress' ? event : redactor.shown(event));
}
