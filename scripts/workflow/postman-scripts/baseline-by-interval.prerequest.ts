import { skipRequest } from './shared/execution';
import { variable } from './shared/variables';

const hasInterval = variable('start') !== '' && variable('stop') !== '';

if (!hasInterval) {
  // A run that asks for nothing must not be green.
  pm.test('Level-0 names or a sensing interval are given', () => {
    pm.expect(variable('l0_names'), 'set l0_names, or start and stop').to.not.equal('');
  });
  skipRequest();
}
