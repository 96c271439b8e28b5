import { goOnWithNextFile } from './shared/auxiliary-files';

// Without an address there is nothing to ask the store for; the request before has already said why.
if ((pm.collectionVariables.get('store_url') ?? '') === '') {
  goOnWithNextFile();
  pm.execution.skipRequest();
}
