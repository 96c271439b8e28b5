import type { Check } from '../../checks';
import type { Answer } from '../answer';
import type { Finding } from '../finding';
import type { Scope } from '../scope';
import { adfBaseline } from './reprocessing/adf-baseline';
import { adfDrawn, adfEntry, adfMember, skipDrawn } from './reprocessing/adf-entry';
import { adfInCatalogue } from './reprocessing/adf-in-catalogue';
import { adfPeriods } from './reprocessing/adf-periods';
import { adfCount, adfRows } from './reprocessing/adf-rows';
import { publishedConfiguration } from './reprocessing/published-configuration';
import { readAdfSample, readTypeLevels } from './reprocessing/adf-sample-read';
import { baselineEmpty, baselineOf, baselineOtherFiles, baselineSatellite, baselineWithin } from './baseline-entries';
import { baselineAtom } from './baseline-atom';
import { baselineInCatalogue, skipLinked } from './baseline-in-catalogue';
import { readBaselineSample } from './baseline-sample-read';
import { readDraw, skipDraw } from './catalogue/catalogue-draw';
import { catalogueAtom } from './catalogue/catalogue-atom';
import { catalogueAttributes, catalogueEntry, catalogueProperty } from './catalogue/catalogue-entry';
import { catalogueNames } from './catalogue/catalogue-names';
import { cataloguePage } from './catalogue/catalogue-page';
import { catalogueRows } from './catalogue/catalogue-rows';
import { readAnotherSample, readSample } from './catalogue/catalogue-sample-read';
import { readEntryById, readSweep, skipWindow } from './catalogue/catalogue-sweep';
import { catalogueShown } from './catalogue/catalogue-shown';
import { fileDrawn } from './catalogue/file-drawn';
import { body, bodyMatching, keep, keepHeader, keepRefusal, member, sameRefusal } from './general';
import { mediaType, value } from './value';
import { intervalSamples } from './interval-samples';
import { keepLevel0, unionOfLevel0 } from './level0-sets';
import { presigned } from './presigned';
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
import { selectionEdgeCandidates, selectionEdges } from './selection-edges';
import { serviceModel } from './service-model';
import { fileRange, lastByte, storeError, wholeFile } from './stored-file';
import { keepForgeries, keepOtherCase, newToken, tokenClaims } from './token-claims';

type Look<One> = (check: One, answer: Answer, scope: Scope) => Finding[];

/** What each check looks at, by its name in the cases. */
const CHECKS: { readonly [Is in Check['is']]: Look<Extract<Check, { readonly is: Is }>> } = {
  body,
  'body-matching': bodyMatching,
  member,
  'keep-header': keepHeader,
  'keep-refusal': keepRefusal,
  'same-refusal': sameRefusal,
  keep,
  'media-type': mediaType,
  value,
  'service-model': serviceModel,
  'catalogue-sample': (_check, answer, scope) => readSample(answer, scope),
  'catalogue-sample-again': (_check, _answer, scope) => readAnotherSample(scope),
  'catalogue-names': (_check, answer, scope) => catalogueNames(answer, scope),
  'catalogue-draw': (_check, answer, scope) => readDraw(answer, scope),
  'catalogue-draw-next': (_check, _answer, scope) => skipDraw(scope),
  'catalogue-sweep': (_check, answer, scope) => readSweep(answer, scope),
  'catalogue-sweep-next': (_check, _answer, scope) => skipWindow(scope),
  'catalogue-entry-by-id': (_check, answer, scope) => readEntryById(answer, scope),
  'catalogue-rows': catalogueRows,
  'catalogue-shown': (_check, answer, scope) => catalogueShown(answer, scope),
  'catalogue-atom': (_check, answer, scope) => catalogueAtom(answer, scope),
  'catalogue-page': cataloguePage,
  'catalogue-entry': catalogueEntry,
  'catalogue-property': catalogueProperty,
  'catalogue-attributes': catalogueAttributes,
  'adf-sample': readAdfSample,
  'adf-type-levels': readTypeLevels,
  'adf-rows': adfRows,
  'adf-count': adfCount,
  'adf-entry': adfEntry,
  'adf-drawn': adfDrawn,
  'adf-drawn-next': skipDrawn,
  'adf-member': adfMember,
  'adf-baseline': adfBaseline,
  'adf-periods': (_check, answer, scope) => adfPeriods(answer, scope),
  'adf-in-catalogue': (_check, answer, scope) => adfInCatalogue(answer, scope),
  'level0-keep': keepLevel0,
  'level0-union': unionOfLevel0,
  'baseline-sample': (_check, answer, scope) => readBaselineSample(answer, scope),
  'baseline-within': baselineWithin,
  'baseline-atom': (_check, answer, scope) => baselineAtom(answer, scope),
  'baseline-of': baselineOf,
  'baseline-empty': baselineEmpty,
  'baseline-satellite': baselineSatellite,
  'baseline-other-files': baselineOtherFiles,
  'interval-samples': (_check, answer, scope) => intervalSamples(answer, scope),
  'baseline-in-catalogue': (_check, answer, scope) => baselineInCatalogue(answer, scope),
  'baseline-in-catalogue-next': (_check, _answer, scope) => skipLinked(scope),
  'adf-published': publishedConfiguration,
  'selection-types': (_check, answer, scope) => selectionTypes(answer, scope),
  'selection-baselines': (_check, answer, scope) => selectionBaselines(answer, scope),
  'selection-candidates': (_check, answer, scope) => selectionCandidates(answer, scope),
  'selection-catalogue': (_check, answer, scope) => selectionCatalogue(answer, scope),
  'selection-edge-candidates': (_check, answer, scope) => selectionEdgeCandidates(answer, scope),
  'selection-edges': (_check, answer, scope) => selectionEdges(answer, scope),
  'selection-again': (_check, answer, scope) => selectionAgain(answer, scope),
  'quirk-platform': quirkPlatform,
  'quirk-keep': keepAnswer,
  'quirk-same': sameAnswer,
  'quirk-configured-files': configuredFiles,
  'quirk-configurations': configurations,
  'token-claims': tokenClaims,
  'token-forgeries': (_check, answer, scope) => keepForgeries(answer, scope),
  'token-new': newToken,
  'other-case': keepOtherCase,
  presigned,
  'file-drawn': fileDrawn,
  file: wholeFile,
  'file-range': fileRange,
  'last-byte': lastByte,
  'store-error': (check, answer) => [storeError(check, answer)],
};

/** The findings of one check; a body that cannot be read as the check reads it is a finding as well. */
export function guardedCheck(check: Check, answer: Answer, scope: Scope): Finding[] {
  const look = CHECKS[check.is] as Look<Check>;
  try {
    return look(check, answer, scope);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    return [{ promise: `The answer can be read (${check.is})`, problem }];
  }
}
