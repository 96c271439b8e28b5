import type { ContractCase } from '../../contract-case';
import { answered, FUNCTION, getCase, observed } from './rdb-cases';

/** The script of the second case goes back to the first, by its name. */
export const EDGE_CANDIDATES = 'Files that begin or end near a product';

/** The selection rules where they decide: at the first and last second of files, and half-way between two. */
export function selectionEdges(): ContractCase[] {
  return [
    getCase(
      'selection-edge-candidates',
      EDGE_CANDIDATES,
      '{{reprocessing_root_uri}}/AuxFiles?{{edge_query}}',
      { status: 200, schema: 'reprocessing.aux-files', checks: [{ is: 'selection-edge-candidates' }] },
      observed('rdb.md#selection-rules', 'The fourteen rules, their ties, and bands.'),
      { headers: { Accept: 'application/json' }, severity: 'data', needs: ['edge_query'] },
    ),
    getCase(
      'selection-edges',
      'Made-up names get the files that the rules choose for their times',
      `${FUNCTION}({{edge_call}})`,
      answered({ is: 'selection-edges' }),
      observed('rdb.md#entries', 'For a name that is not in the data base the sensing start in the name counts.'),
      { severity: 'data', needs: ['edge_call'] },
    ),
  ];
}
