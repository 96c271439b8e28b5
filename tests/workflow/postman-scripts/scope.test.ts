import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Postman } from '../../../scripts/contract-suite/engine/postman';
import { scopeOf, type Scope } from '../../../scripts/contract-suite/engine/scope';

const LONG = 'x'.repeat(5000);

let variables: Map<string, string>;

/** As much of Postman's variables as a scope touches; their API itself is tried by running the suite. */
function newScope(): Scope {
  const store = {
    get: (name: string) => variables.get(name),
    set: (name: string, value: string) => void variables.set(name, value),
  };
  const replaceIn = (text: string): string =>
    text.replace(/{{(\w+)}}/g, (all, name: string) => variables.get(name) ?? all);
  return scopeOf({
    collectionVariables: store,
    environment: store,
    variables: { ...store, replaceIn },
  } as unknown as Postman);
}

beforeEach(() => {
  variables = new Map();
});

afterEach(() => {
  delete (globalThis as { contractTexts?: unknown }).contractTexts;
});

describe('where every request may be sent on its own', () => {
  test('long texts are variables as all others', () => {
    newScope().remember('files', [LONG]);
    expect(JSON.parse(variables.get('files') ?? '')).toEqual([LONG]);
    expect(newScope().recall('files')).toEqual([LONG]);
  });
});

describe('where all scripts run in one world', () => {
  beforeEach(() => {
    globalThis.contractTexts = {};
  });

  test('a long text is no variable, and recalled by the next script', () => {
    newScope().remember('files', [LONG]);
    expect(variables.get('files')).toBe('');
    expect(newScope().recall('files')).toEqual([LONG]);
    expect(newScope().value('files')).toBe(JSON.stringify([LONG]));
  });

  test('what is kept last counts, long or short', () => {
    newScope().remember('files', LONG);
    newScope().remember('files', ['short']);
    expect(variables.get('files')).toBe('["short"]');
    expect(newScope().recall('files')).toEqual(['short']);
    newScope().remember('files', [LONG]);
    expect(newScope().recall('files')).toEqual([LONG]);
    newScope().remember('files', '');
    expect(newScope().recall('files')).toBeUndefined();
    expect(newScope().value('files')).toBe('');
  });
});

test('a value that names other variables is filled in', () => {
  variables = new Map([
    ['site', 'https://example.org'],
    ['root', '{{site}}/svc'],
  ]);
  expect(newScope().value('root')).toBe('https://example.org/svc');
  expect(newScope().value('unknown')).toBe('');
});
