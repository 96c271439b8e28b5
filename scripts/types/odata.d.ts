// The two OASIS converters ship no types; only what auxflow calls is declared.
declare module 'odata-csdl' {
  export function xml2json(xml: string, options?: { strict?: boolean; messages?: unknown[] }): unknown;
}

declare module 'odata-openapi' {
  export function csdl2openapi(
    csdl: unknown,
    options?: { scheme?: string; host?: string; basePath?: string; diagram?: boolean; messages?: unknown[] },
  ): unknown;
}
