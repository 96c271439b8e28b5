import type { Answer } from '../../scripts/contract-suite/engine/answer';
import type { Scope } from '../../scripts/contract-suite/engine/scope';

/** Variables in memory, as Postman holds them for the checks. */
export interface MemoryScope extends Scope {
  /** Whether the request is to be sent once more; asked for, it is forgotten. */
  takeRepeat(): boolean;
}

/** With variables of the environment, which come before those that checks keep. */
export function memoryScope(environment: Readonly<Record<string, string>> = {}): MemoryScope {
  const kept = new Map<string, string>();
  let isRepeated = false;
  const value = (name: string): string => environment[name] ?? kept.get(name) ?? '';
  return {
    value,
    text: (template) => template.replace(/\{\{(\w+)\}\}/g, (_all, name: string) => value(name)),
    recall: (name) => (value(name) === '' ? undefined : (JSON.parse(value(name)) as unknown)),
    remember: (name, given) => void kept.set(name, typeof given === 'string' ? given : JSON.stringify(given)),
    repeat: () => void (isRepeated = true),
    goTo: () => undefined,
    tell: () => undefined,
    takeRepeat: () => {
      const was = isRepeated;
      isRepeated = false;
      return was;
    },
  };
}

export function answerWith(body: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: Object.entries(headers).map(([key, value]) => ({ key, value })),
    header: (name) => headers[name],
    text,
    bytes: new TextEncoder().encode(text),
    json: () => JSON.parse(text) as unknown,
  };
}
