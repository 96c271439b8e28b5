import type { Check } from '../../../contract-suite/checks';
import { tagsOf } from '../../../contract-suite/xml-tags';
import { at, type Answer } from '../answer';
import { difference, finding, setDifference, shown, type Finding } from '../finding';
import type { Scope } from '../scope';
import { lookAtAdfs } from './adf-check';
import { lookAtBaseline } from './baseline-check';
import { catalogueAttributes, catalogueEntry, catalogueProperty } from './catalogue-entry';
import { cataloguePage } from './catalogue-page';
import { catalogueRows } from './catalogue-rows';
import { catalogueShown } from './catalogue-shown';
import { readSample } from './catalogue-sample-read';
import { fileRange, storeError, wholeFile } from './stored-file';
import { keepForgeries, newToken, tokenClaims } from './token-claims';
import { presigned } from './presigned';
import { serviceModel } from './service-model';
import { lookAtSelection } from './selection-check';

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
    case 'catalogue-shown':
      return catalogueShown(answer, scope);
    case 'catalogue-page':
      return cataloguePage(check, answer, scope);
    case 'catalogue-property':
      return catalogueProperty(check, answer, scope);
    case 'catalogue-attributes':
      return catalogueAttributes(check, answer, scope);
    case 'service-model':
      return serviceModel(check, answer);
    case 'catalogue-entry':
      return catalogueEntry(check, answer, scope);
    case 'member':
      return [member(check, answer, scope)];
    case 'token-claims':
      return tokenClaims(check, answer, scope);
    case 'token-forgeries':
      return keepForgeries(answer, scope);
    case 'token-new':
      return newToken(check, answer, scope);
    case 'presigned':
      return presigned(check, answer, scope);
    case 'file':
      return wholeFile(check, answer, scope);
    case 'file-range':
      return fileRange(check, answer, scope);
    case 'store-error':
      return [storeError(check, answer)];
    case 'baseline-sample':
    case 'baseline-within':
    case 'baseline-of':
    case 'baseline-empty':
    case 'baseline-satellite':
    case 'baseline-other-files':
    case 'baseline-in-catalogue':
      return lookAtBaseline(check, answer, scope);
    case 'adf-sample':
    case 'adf-rows':
    case 'adf-count':
    case 'adf-entry':
    case 'adf-member':
    case 'adf-baseline':
    case 'adf-in-catalogue':
      return lookAtAdfs(check, answer, scope);
    case 'selection-types':
    case 'selection-baselines':
    case 'selection-candidates':
    case 'selection-catalogue':
    case 'selection-again':
    case 'quirk-platform':
    case 'quirk-keep':
    case 'quirk-same':
    case 'quirk-configured-files':
    case 'quirk-configurations':
      return lookAtSelection(check, answer, scope);
  }
}

function member({ pointer, equal }: Check & { is: 'member' }, answer: Answer, scope: Scope): Finding {
  const expected = typeof equal === 'string' ? scope.text(equal) : (equal ?? undefined);
  return finding(`${pointer} is ${equal === null ? 'not there' : String(equal)}`, () =>
    difference(expected, at(answer.json(), pointer)),
  );
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
