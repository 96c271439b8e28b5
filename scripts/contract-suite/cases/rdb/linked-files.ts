import type { ContractCase } from '../../contract-case';
import { getCase, observed } from './rdb-cases';

/** Asks for the files that baselines named, as often as it takes. */
export function linkedFiles(key: string, name: string): ContractCase {
  return getCase(
    key,
    name,
    '{{auxip_root_uri}}/Products?$filter={{linked_names}}&$expand=Attributes&$top=100',
    {
      status: 200,
      schema: 'auxip.products',
      checks: [{ is: 'baseline-in-catalogue' }],
      otherwise: [{ is: 'baseline-in-catalogue-next' }],
    },
    observed('rdb.md#files-and-links', "The link's id is that of the one entry whose name contains the file's name."),
    { severity: 'data', needs: ['linked_names'] },
  );
}
