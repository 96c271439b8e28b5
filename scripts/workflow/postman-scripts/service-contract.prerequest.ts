import { SHARED_PARTS } from 'contract:shared';
import type { Postman } from '../../contract-suite/engine/postman';
import { begin, beginOwn, check, open, type Spec } from '../../contract-suite/engine/engine';

// Without a declaration, so that Postman keeps it for the scripts of all requests: they stay short enough to be read.
contract = {
  begin,
  beginOwn,
  check: (postman: Postman, spec: Spec) => {
    if (isCurrent) check(postman, spec, SHARED_PARTS);
  },
  open: (postman: Postman) => open(postman, SHARED_PARTS),
};

/** Newman 5 cannot leave a request out, so that it would send what burdens a real service. */
const isCurrent = Reflect.has(pm, 'execution');

if (isCurrent) open(pm, SHARED_PARTS);
else {
  pm.test('The runner is Newman 6 or newer', () => pm.expect.fail('this collection needs Newman 6'));
  postman.setNextRequest(null);
}
