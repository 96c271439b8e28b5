import type { Dispatcher } from 'undici';

/** Asked at the moment at which the first byte of a request would be written; where it says false, none is. */
export type MayLeave = () => boolean;

/**
 * A request may wait for its turn at a connection, or in a process that is stopped, for any time after it was decided on.
 * @returns the dispatcher with that last look; a request that may not leave ends with an error
 */
export function askingFirst(dispatcher: Dispatcher, mayLeave: MayLeave): Dispatcher {
  return dispatcher.compose((dispatch) => (options, handler) => dispatch(options, lookingFirst(handler, mayLeave)));
}

/** Handlers have methods of classes, so each is passed on by name. */
function lookingFirst(handler: Dispatcher.DispatchHandler, mayLeave: MayLeave): Dispatcher.DispatchHandler {
  return {
    // Called right before the first byte, each time that a request is begun.
    onRequestStart(controller, context: unknown) {
      if (mayLeave()) handler.onRequestStart?.(controller, context);
      else controller.abort(new Error('not sent: its time has passed'));
    },
    onRequestUpgrade: (...told) => handler.onRequestUpgrade?.(...told),
    onResponseStart: (...told) => handler.onResponseStart?.(...told),
    onResponseData: (...told) => handler.onResponseData?.(...told),
    onResponseEnd: (...told) => handler.onResponseEnd?.(...told),
    onResponseError: (...told) => handler.onResponseError?.(...told),
  };
}
