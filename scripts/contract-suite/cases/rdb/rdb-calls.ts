import type { CaseFolder } from '../../contract-case';
import { argumentCases } from './rdb-calls/arguments';
import { exceptionCases } from './rdb-calls/exceptions';
import { intervalCases } from './rdb-calls/intervals';
import { metadataCases } from './rdb-calls/metadata';
import { methodCases } from './rdb-calls/methods';
import { negotiationCases } from './rdb-calls/negotiation';
import { optionCases } from './rdb-calls/options';
import { otherResourceCases } from './rdb-calls/other-resources';
import { resourceCases } from './rdb-calls/resources';
import { signIn } from '../sign-in';

/** How rdb.svc is called and what it refuses: resources, arguments, options, negotiation, methods, errors. */
export function rdbCalls(): CaseFolder {
  return {
    key: 'rdb-calls',
    name: 'rdb.svc calls and refusals',
    about:
      'Resources, both call forms, how arguments are parsed, query options, negotiation, methods and the exact errors of rdb.svc (rdb.md). The product type asked for selects no file, so that answers are small and the same everywhere.',
    cases: [
      signIn('rdb-calls'),
      ...resourceCases(),
      ...metadataCases(),
      ...otherResourceCases(),
      ...argumentCases(),
      ...intervalCases(),
      ...optionCases(),
      ...negotiationCases(),
      ...methodCases(),
      ...exceptionCases(),
    ],
  };
}
