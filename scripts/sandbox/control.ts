import { toError } from '../errors/errors';
import { emptyReply, jsonReply, type Reply } from './http/reply';
import type { WireRequest } from './http/request';
import type { MovableClock } from './movable-clock';
import { MUTANTS } from './faults/mutants/mutants';
import type { Recorder } from './recorder';
import { CONTROL_HEADER } from '../lib/control-header';
import type { ActiveScenario } from './faults/scenarios/active-scenario';
import { SCENARIOS } from './faults/scenarios/scenarios';

/** Nothing under it belongs to the services, and nothing of the services lies under it. */
export const CONTROL_PATH = '/sandbox/';

const HEADER_MISSING = `The control of the sandbox answers requests with the header '${CONTROL_HEADER.name}: ${CONTROL_HEADER.value}' only.`;

/**
 * For tests and other processes: `GET|PUT /sandbox/scenario` (text), `GET /sandbox/scenarios`, the same for `mutant` and
 * `mutants`, `GET|DELETE /sandbox/requests`, `PUT /sandbox/clock` (seconds to move on by,
 * `freeze`, `resume`, `reset`).
 * Asked for without a token but with the header CONTROL_HEADER; requests to it are not recorded.
 */
export function answerControl(
  { method, path, headers, body }: WireRequest,
  scenario: ActiveScenario,
  recorder: Recorder,
  clock: MovableClock,
): Reply {
  if (headers[CONTROL_HEADER.name.toLowerCase()] !== CONTROL_HEADER.value)
    return jsonReply(403, { message: HEADER_MISSING });
  const what = `${method} ${path.slice(CONTROL_PATH.length)}`;
  switch (what) {
    case 'GET scenario':
      return jsonReply(200, { scenario: scenario.name });
    case 'PUT scenario':
      return change(() => scenario.set(body.toString('utf8').trim()));
    case 'PUT clock':
      return setClock(clock, body.toString('utf8').trim());
    case 'GET scenarios':
      return jsonReply(
        200,
        SCENARIOS.map(({ name, effect }) => ({ name, effect })),
      );
    case 'GET mutant':
      return jsonReply(200, { mutant: scenario.mutant });
    case 'PUT mutant':
      return change(() => scenario.setMutant(body.toString('utf8').trim()));
    case 'GET mutants':
      return jsonReply(
        200,
        MUTANTS.map(({ name, group, defect, needs }) => ({ name, group, defect, needs })),
      );
    case 'GET requests':
      return jsonReply(200, recorder.requests);
    case 'DELETE requests':
      recorder.clear();
      return emptyReply(204);
    default:
      return jsonReply(404, { message: `The sandbox has no control '${what}'` });
  }
}

function setClock(clock: MovableClock, order: string): Reply {
  if (order === 'freeze' || order === 'resume' || order === 'reset') clock[order]();
  else if (/^\d{1,9}$/.test(order)) clock.advance(Number(order));
  else {
    const message = `Neither a whole number of seconds nor freeze, resume or reset: ${order}`;
    return jsonReply(400, { message });
  }
  return emptyReply(204);
}

function change(set: () => void): Reply {
  try {
    set();
    return emptyReply(204);
  } catch (error) {
    return jsonReply(400, { error: toError(error) });
  }
}
