import { downloadLimit, waitingFiles } from './shared/auxiliary-files';

const [file] = waitingFiles();

if (file) {
  pm.collectionVariables.set('file_id', file.id);
  pm.collectionVariables.set('file_name', file.name);
  pm.collectionVariables.set('file_link', file.link);
} else {
  if (downloadLimit() > 0) expectAFile();
  pm.execution.skipRequest();
  pm.execution.setNextRequest(null);
}

/** A run of this folder that looked at nothing must not be green. */
function expectAFile(): void {
  pm.test('A link of the data baseline is at hand', () => {
    pm.expect(file, 'send folder 1 first: no auxiliary file is waiting').to.not.equal(undefined);
  });
}
