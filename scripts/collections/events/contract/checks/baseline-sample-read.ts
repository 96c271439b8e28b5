import type { Answer } from '../answer';
import type { Finding } from '../finding';
import type { Scope } from '../scope';

export function readBaselineSample(_answer: Answer, _scope: Scope): Finding[] {
  return [];
}
