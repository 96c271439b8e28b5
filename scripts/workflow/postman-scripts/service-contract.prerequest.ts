import { begin, check, open } from '../../contract-suite/engine/engine';

// Without a declaration, so that Postman keeps it for the scripts of all requests: they stay short enough to be read.
contract = { begin, check, open };
open(pm);
