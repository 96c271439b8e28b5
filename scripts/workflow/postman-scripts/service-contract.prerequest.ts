import { SHARED_PARTS } from 'contract:shared';
import type { Postman } from '../../contract-suite/engine/postman';
import { begin, check, open, type Spec } from '../../contract-suite/engine/engine';

// Without a declaration, so that Postman keeps it for the scripts of all requests: they stay short enough to be read.
contract = {
  begin,
  check: (postman: Postman, spec: Spec) => check(postman, spec, SHARED_PARTS),
  open: (postman: Postman) => open(postman, SHARED_PARTS),
};
open(pm, SHARED_PARTS);
