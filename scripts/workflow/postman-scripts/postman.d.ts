/** The part of Postman's script API that the events use, as Newman 6.2 and the app both offer it. */

interface PostmanVariables {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
  unset(name: string): void;
}

interface PostmanResponse {
  readonly code: number;
  readonly headers: {
    /** Of a repeated header the last one. */
    get(name: string): string | undefined;
    has(name: string): boolean;
    all(): readonly { readonly key: string; readonly value: string }[];
  };
  readonly responseSize: number;
  text(): string;
  json(): unknown;
  readonly stream?: ArrayLike<number>;
}

/** Chai, as far as it is used. */
interface PostmanExpectation {
  readonly to: PostmanExpectation;
  readonly be: PostmanExpectation;
  readonly not: PostmanExpectation;
  readonly have: PostmanExpectation & { jsonSchema(schema: object, options?: object): void };
  equal(value: unknown): void;
  eql(value: unknown): void;
  match(pattern: RegExp): void;
  include(part: unknown): void;
  above(least: number): void;
  oneOf(values: readonly unknown[]): void;
}

declare const pm: {
  readonly environment: PostmanVariables & { readonly name?: string };
  readonly collectionVariables: PostmanVariables;
  readonly variables: PostmanVariables & { replaceIn(template: string): string };
  readonly request: {
    readonly headers: { has(name: string): boolean; upsert(header: { key: string; value: string }): void };
    readonly url: { toString(): string };
  };
  readonly response: PostmanResponse;
  readonly info: { readonly iteration: number; readonly requestId: string; readonly requestName: string };
  readonly execution: {
    setNextRequest(name: string | null): void;
    skipRequest(): void;
    /** Names of collection, folders and request. */
    readonly location: readonly string[];
  };
  readonly visualizer: { set(template: string, data: object): void };
  readonly test: ((name: string, check: () => void) => void) & { skip(name: string, check: () => void): void };
  readonly expect: ((value: unknown, message?: string) => PostmanExpectation) & { fail(message: string): never };
};

/** Newman 5, which has no `pm.execution`. */
declare const postman: { setNextRequest(name: string | null): void };

/** `auxflow/<version>`, laid into the scripts by the generator. */
declare const USER_AGENT: string;

/** Of Postman's sandbox. */
declare const CryptoJS: {
  readonly MD5: (words: object) => { toString(): string };
  readonly lib: { readonly WordArray: { create(bytes: Uint8Array): object } };
};
declare function atob(base64: string): string;
declare function btoa(text: string): string;

/** Set by the collection's first script, read by those of the requests. */
// oxlint-disable-next-line no-var -- a global of all scripts
declare var contract: object;

/** Set by auxflow's runner only (scripts/newman/suite.ts), where the scripts of all requests run in one world. By variable. */
// oxlint-disable-next-line no-var -- a global of all scripts
declare var contractTexts: Record<string, string | undefined> | undefined;

/** What Postman's sandbox offers of it. */
interface Console {
  info(...data: unknown[]): void;
}
// oxlint-disable-next-line no-var -- a global of all scripts
declare var console: Console;

/** A schema of schemas/json, laid into the script by the generator: `import schema from 'schema:rdb.baseline'`. */
/** All of them by name. */
declare module 'schemas:all' {
  export const SCHEMAS: Readonly<Record<string, object>>;
}

/** What the generator collects of all cases. */
declare module 'contract:shared' {
  export const SHARED_PARTS: import('../../contract-suite/engine/shared-parts').SharedParts;
}

declare module 'schema:*' {
  const schema: object;
  export default schema;
}
