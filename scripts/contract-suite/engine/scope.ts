import { FACTS } from '../../newman/case-step';
import type { Postman } from './postman';

/** The collection's variables, and what earlier cases found out. */
export interface Scope {
  /** The template with every `{{variable}}` filled in. */
  text(template: string): string;
  /** A variable's value; empty text when it is not set. */
  value(name: string): string;
  /** What an earlier case kept, not to be changed. Collection variables, so that in the app each request can be sent on its own. */
  recall(name: string): unknown;
  remember(name: string, value: unknown): void;
  /** Sends this request once more after this script: for cases that ask in several parts. */
  repeat(): void;
  /** Sends the request of that name next. */
  goTo(name: string): void;
  /** For the report of auxflow's runner; nothing where others run the scripts. */
  tell(facts: object): void;
}

/** Environments declare them, and an environment's variable comes before the collection's. */
const IN_ENVIRONMENT: readonly string[] = ['access_token'];

/** Characters. Every script is given all variables and gives them back; no text that a request needs is as long (URLs: 2000). */
const LONG = 4000;

export function scopeOf(postman: Postman): Scope {
  const text = (template: string): string => postman.variables.replaceIn(template);
  const long = longTexts();
  return {
    text,
    value: (name) => {
      const value = long[name] ?? postman.variables.get(name) ?? '';
      return (value.includes('{{') ? text(value) : value).trim();
    },
    recall: (name) => {
      const kept = long[name] ?? postman.collectionVariables.get(name);
      return kept === undefined || kept === '' ? undefined : parsedOnce(name, kept);
    },
    tell: (facts) => {
      if (typeof contractTexts !== 'undefined') console.info(FACTS, JSON.stringify(facts));
    },
    goTo: (name) => postman.execution.setNextRequest(name),
    repeat: () => postman.execution.setNextRequest(postman.info.requestId),
    remember: (name, value) => {
      const variables = IN_ENVIRONMENT.includes(name) ? postman.environment : postman.collectionVariables;
      const kept = typeof value === 'string' ? value : JSON.stringify(value);
      const isLong = typeof contractTexts !== 'undefined' && kept.length > LONG;
      long[name] = isLong ? kept : undefined;
      variables.set(name, isLong ? '' : kept);
    },
  };
}

/** Whether auxflow's runner runs the scripts, all of them in one world; elsewhere each request may be sent on its own, much later. */
export const isOneWorld = (): boolean => typeof contractTexts !== 'undefined';

/** Where all scripts share one world, long texts stay there, and are not copied from script to script. */
function longTexts(): Record<string, string | undefined> {
  return typeof contractTexts === 'undefined' ? {} : contractTexts;
}

/** By name, with the text that each came from. Where all scripts share one world, hundreds of them recall the same long text. */
const parsed = new Map<string, { readonly text: string; readonly value: unknown }>();

function parsedOnce(name: string, text: string): unknown {
  const known = parsed.get(name);
  if (known?.text === text) return known.value;
  const value: unknown = JSON.parse(text);
  parsed.set(name, { text, value });
  return value;
}
