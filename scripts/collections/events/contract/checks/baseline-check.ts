import type { BaselineCheck } from '../../../contract-suite/checks';
import type { Answer } from '../answer';
import type { Finding } from '../finding';
import type { Scope } from '../scope';
import { baselineEmpty, baselineOf, baselineOtherFiles, baselineSatellite, baselineWithin } from './baseline-entries';
import { baselineInCatalogue } from './baseline-in-catalogue';
import { readBaselineSample } from './baseline-sample-read';

export function lookAtBaseline(check: BaselineCheck, answer: Answer, scope: Scope): Finding[] {
  switch (check.is) {
    case 'baseline-sample':
      return readBaselineSample(answer, scope);
    case 'baseline-within':
      return baselineWithin(check, answer, scope);
    case 'baseline-of':
      return baselineOf(check, answer, scope);
    case 'baseline-empty':
      return baselineEmpty(check, answer, scope);
    case 'baseline-satellite':
      return baselineSatellite(check, answer, scope);
    case 'baseline-other-files':
      return baselineOtherFiles(check, answer, scope);
    case 'baseline-in-catalogue':
      return baselineInCatalogue(answer, scope);
  }
}
