const MAX_CHARACTERS = 300;

/** First line of a message, with the lines that it announces where it ends with a colon, short enough for a terminal. */
export function shortened(message: string): string {
  const [first = '', ...others] = message.split('\n').map((line) => line.trim());
  const line = first.endsWith(':') ? `${first} ${others.filter(Boolean).join('; ')}` : first;
  return line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS)}…` : line;
}
