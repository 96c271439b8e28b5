/**
 * What every request to the control of a sandbox carries. A page in a browser cannot send it across origins: the preflight that it would
 * need is not answered (Fetch Standard, CORS protocol).
 */
export const CONTROL_HEADER = { name: 'X-Auxflow-Sandbox', value: 'control' } as const;
