import fc from 'fast-check';
import { IS_LONG, seedOr } from './budget';

/** Fast-check draws a seed of its own for each run: at night only, so that `npm test` says the same of the same code. */
if (!IS_LONG) fc.configureGlobal({ seed: seedOr(20_261_130) });
