import { downloadLimit, forgetFile, takeFile, waitingFiles } from './shared/auxiliary-files';
import { skipRequest } from './shared/execution';

const [file] = waitingFiles();

if (file) {
  takeFile(file);
} else {
  // Nothing to look at: the other requests of the folder find no file at hand and are skipped as well.
  forgetFile();
  if (downloadLimit() > 0) expectAFile();
  skipRequest();
}

/** A run of this folder that looked at nothing must not be green. */
function expectAFile(): void {
  pm.test('A link of the data baseline is at hand', () => {
    pm.expect(file, 'send folder 1 first: no auxiliary file is waiting').to.not.equal(undefined);
  });
}
