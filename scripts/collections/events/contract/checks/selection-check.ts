import type { QuirkCheck, SelectionCheck } from '../../../contract-suite/checks';
import type { Answer } from '../answer';
import type { Finding } from '../finding';
import type { Scope } from '../scope';
import { keepAnswer, sameAnswer } from './quirk-answers';
import { configurations, configuredFiles } from './quirk-configurations';
import { quirkPlatform } from './quirk-platform';
import {
  selectionAgain,
  selectionBaselines,
  selectionCandidates,
  selectionCatalogue,
  selectionTypes,
} from './selection';

export function lookAtSelection(check: SelectionCheck | QuirkCheck, answer: Answer, scope: Scope): Finding[] {
  switch (check.is) {
    case 'selection-types':
      return selectionTypes(answer, scope);
    case 'selection-baselines':
      return selectionBaselines(answer, scope);
    case 'selection-candidates':
      return selectionCandidates(answer, scope);
    case 'selection-catalogue':
      return selectionCatalogue(answer, scope);
    case 'selection-again':
      return selectionAgain(answer, scope);
    case 'quirk-platform':
      return quirkPlatform(check, answer, scope);
    case 'quirk-keep':
      return keepAnswer(check, answer, scope);
    case 'quirk-same':
      return sameAnswer(check, answer, scope);
    case 'quirk-configured-files':
      return configuredFiles(check, answer, scope);
    case 'quirk-configurations':
      return configurations(check, answer, scope);
  }
}
