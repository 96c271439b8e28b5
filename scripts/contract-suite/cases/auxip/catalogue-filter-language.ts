import type { CaseFolder } from '../../contract-case';
import { sample } from './catalogue-case';
import { attributeFilters } from './catalogue-filter-attributes';
import {
  filterDeviations,
  filterEncodings,
  filtersAlone,
  nearNames,
  officialFilters,
  shownValues,
} from './catalogue-filter-forms';
import { filterLogic } from './catalogue-filter-logic';
import { signIn } from '../sign-in';

const KEY = 'catalogue-filter-language';

/** How terms of `$filter` are joined and written, each answer compared with what the sample says it must be. */
export function catalogueFilterLanguage(): CaseFolder {
  return {
    key: KEY,
    name: 'auxip.svc filter language',
    about: 'Attributes, logic and encodings of `$filter`: each answer is computed here as well, from the sample.',
    cases: [
      signIn(KEY),
      sample(KEY),
      ...filterLogic(),
      ...attributeFilters(),
      ...filtersAlone(),
      ...nearNames(),
      shownValues(),
      ...filterEncodings(),
      ...officialFilters(),
      ...filterDeviations(),
    ],
  };
}
