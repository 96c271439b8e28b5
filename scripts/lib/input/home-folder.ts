import { homedir } from 'node:os';

/** The user's; undefined where there is none: an account that the system does not know, or an empty HOME. */
export function homeFolder(): string | undefined {
  try {
    return homedir() || undefined;
  } catch {
    return undefined;
  }
}
