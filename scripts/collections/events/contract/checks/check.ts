import type { Check } from '../../../contract-suite/checks';
import { tagsOf } from '../../../contract-suite/xml-tags';
import { at, type Answer } from '../answer';
import { difference, finding, setDifference, shown, type Finding } from '../finding';
import type { Scope } from '../scope';
import { baselineEmpty, baselineOf, baselineOtherFiles, baselineSatellite, baselineWithin } from './baseline-entries';
import { baselineInCatalogue } from './baseline-in-catalogue';
import { readBaselineSample } from './baseline-sample-read';
import { catalogueEntry } from './catalogue-entry';
import { catalogueRows } from './catalogue-rows';
import { readSample } from './catalogue-sample-read';
import {
  selectionAgain,
  selectionBaselines,
  selectionCandidates,
  selectionCatalogue,
  selectionTypes,
} from './selection';
import { keepAnswer, sameAnswer } from './quirk-answers';
import { configurations, configuredFiles } from './quirk-configurations';
import { quirkPlatform } from './quirk-platform';

/** The findings of one check; a body that cannot be read as the check reads it is a finding as well. */
export function guardedCheck(check: Check, answer: Answer, scope: Scope): Finding[] {
  try {
    return look(check, answer, scope);
  } catch (error) {
    return [
      {
        promise: `The answer can be read (${check.is})`,
        problem: error instanceof Error ? error.message : String(error),
      },
    ];
  }
}

function look(check: Check, answer: Answer, scope: Scope): Finding[] {
  switch (check.is) {
    case 'body':
      return [
        finding('The body is as recorded', () =>
          difference(check.equal, typeof check.equal === 'string' ? answer.text : answer.json()),
        ),
      ];
    case 'body-matching':
      return [
        finding(`The body is like ${check.pattern}`, () =>
          new RegExp(scope.text(check.pattern)).test(answer.text) ? undefined : `got ${shown(answer.text)}`,
        ),
      ];
    case 'metadata':
      return [
        finding('The model is that of schemas/csdl', () =>
          setDifference(numbered(check.tags), numbered(tagsOf(answer.text)), 'tags'),
        ),
      ];
    case 'keep':
      return [keep(check, answer, scope)];
    case 'catalogue-sample':
      return readSample(answer, scope);
    case 'catalogue-rows':
      return catalogueRows(check, answer, scope);
    case 'catalogue-entry':
      return catalogueEntry(check, answer, scope);
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

function keep({ pointer, as }: Check & { is: 'keep' }, answer: Answer, scope: Scope): Finding {
  return finding(`The answer has ${pointer}`, () => {
    const value = at(answer.json(), pointer);
    if (typeof value !== 'string' && typeof value !== 'number') return `got ${shown(value)}`;
    scope.remember(as, String(value));
    return undefined;
  });
}

/** Equal tags may stand several times: the how-manieth is part of each. */
function numbered(tags: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return tags.map((tag) => {
    const count = (counts.get(tag) ?? 0) + 1;
    counts.set(tag, count);
    return count === 1 ? tag : `${tag} (${count})`;
  });
}
