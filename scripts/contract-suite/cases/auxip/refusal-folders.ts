import type { CaseFolder } from '../../contract-case';
import { signIn } from '../sign-in';
import { wrongFilters } from './filter-refusals';
import { wrongOptions } from './option-refusals';

/** What auxip.svc refuses, with which status and in which words: filters in one folder, everything else in another. */
export function catalogueRefusals(): CaseFolder[] {
  return [
    {
      key: 'filter-refusals',
      name: 'auxip.svc refused filters',
      about:
        'Filters with wrong literals, names and forms: refused with their own texts, and never answered as if they were right.',
      cases: [signIn('filter-refusals'), ...wrongFilters()],
    },
    {
      key: 'catalogue-refusals',
      name: 'auxip.svc refusals',
      about: 'Wrong options, headers and addresses: each is refused with its own status and text.',
      cases: [signIn('catalogue-refusals'), ...wrongOptions()],
    },
  ];
}
