/** First line of a message, short enough for a terminal. */
export function shortened(message: string): string {
  const [first = ''] = message.split('\n');
  return first.length > 300 ? `${first.slice(0, 300)}…` : first;
}
