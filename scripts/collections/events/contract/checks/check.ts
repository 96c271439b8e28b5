import type { Check } from '../../../contract-suite/checks';
import { at, type Answer } from '../answer';
import { difference, finding, shown, type Finding } from '../finding';
import type { Scope } from '../scope';
import { adfBaseline } from './adf-baseline';
import { adfInCatalogue } from './adf-in-catalogue';
import { adfCount, adfEntry, adfMember, adfRows } from './adf-rows';
import { readAdfSample } from './adf-sample-read';
import { baselineOf, baselineWithin } from './baseline-entries';
import { readBaselineSample } from './baseline-sample-read';
import { catalogueEntry } from './catalogue-entry';
import { catalogueRows } from './catalogue-rows';
import { readSample } from './catalogue-sample-read';
import { presigned } from './presigned';
import { fileRange, storeError, wholeFile } from './stored-file';
import { keepForgeries, newToken, tokenClaims } from './token-claims';

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
          new RegExp(check.pattern).test(answer.text) ? undefined : `got ${shown(answer.text)}`,
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
    case 'member':
      return [member(check, answer, scope)];
    case 'adf-sample':
      return readAdfSample(check, answer, scope);
    case 'adf-rows':
      return adfRows(check, answer, scope);
    case 'adf-count':
      return adfCount(check, answer, scope);
    case 'adf-entry':
      return adfEntry(check, answer, scope);
    case 'adf-member':
      return adfMember(check, answer, scope);
    case 'adf-baseline':
      return adfBaseline(check, answer, scope);
    case 'adf-in-catalogue':
      return adfInCatalogue(answer, scope);
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
    case 'baseline-of':
      return baselineOf(check, answer, scope);
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
