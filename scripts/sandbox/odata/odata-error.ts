/**
 * A refusal in OData's form. `code` is null for what the OData library refuses and the status as text for what the services
 * refuse themselves (auxip.md#errors, rdb.md#error-bodies).
 */
export class ODataError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code: string | null = null,
  ) {
    super(message);
    this.name = 'ODataError';
  }
}

export function badRequest(message: string): ODataError {
  return new ODataError(400, message);
}

export function malformedUri(): ODataError {
  return badRequest('The URI is malformed.');
}

export function methodNotAllowed(method: string): ODataError {
  return new ODataError(405, `HTTP method '${method}' not allowed for this resource.`);
}

export function noProcessor(name: string): ODataError {
  return new ODataError(501, `No processor for interface '${name}' registered.`);
}

/** An error of the service's own, e.g. 401 `Unauthorized Request !`. */
export function applicationError(status: number, message: string): ODataError {
  return new ODataError(status, message, String(status));
}

/** What becomes of an exception that nobody caught: 500 with its raw text, or this sentence (rdb.md#error-bodies). */
export function uncaught(message = 'OData Library: An exception without message text was thrown.'): ODataError {
  return new ODataError(500, message);
}
