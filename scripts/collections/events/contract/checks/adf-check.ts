import type { AdfCheck } from '../../../contract-suite/checks';
import type { Answer } from '../answer';
import type { Finding } from '../finding';
import type { Scope } from '../scope';
import { adfBaseline } from './adf-baseline';
import { adfEntry, adfMember } from './adf-entry';
import { adfInCatalogue } from './adf-in-catalogue';
import { adfCount, adfRows } from './adf-rows';
import { readAdfSample } from './adf-sample-read';

export function lookAtAdfs(check: AdfCheck, answer: Answer, scope: Scope): Finding[] {
  switch (check.is) {
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
  }
}
