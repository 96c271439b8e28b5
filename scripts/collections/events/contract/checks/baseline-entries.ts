import type { BaselineCheck } from '../../../contract-suite/checks';
import type { Answer } from '../answer';
import type { Finding } from '../finding';
import type { Scope } from '../scope';

export function baselineWithin(
  _check: BaselineCheck & { is: 'baseline-within' },
  _answer: Answer,
  _scope: Scope,
): Finding[] {
  return [];
}
export function baselineOf(_check: BaselineCheck & { is: 'baseline-of' }, _answer: Answer, _scope: Scope): Finding[] {
  return [];
}
