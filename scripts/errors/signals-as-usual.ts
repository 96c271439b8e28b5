const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * The result of work that may hold this thread for long, such as reading a pipe or making a page: whoever listens for signals would hear
 * nothing until its end, so meanwhile a signal ends the process, as it does where nobody listens. A signal that came just before is
 * forgotten with its listeners: not for work that is soon over.
 */
export function withSignalsAsUsual<Result>(work: () => Result): Result {
  const restore = forgetListeners();
  try {
    return work();
  } finally {
    restore();
  }
}

/** The same for work with waits in it. What it leaves behind, the next one removes. */
export async function withSignalsAsUsualThroughout<Result>(work: () => Promise<Result>): Promise<Result> {
  const restore = forgetListeners();
  try {
    return await work();
  } finally {
    restore();
  }
}

function forgetListeners(): () => void {
  const listeners = SIGNALS.map(
    (signal) => [signal, process.rawListeners(signal) as NodeJS.SignalsListener[]] as const,
  );
  for (const [signal] of listeners) process.removeAllListeners(signal);
  return () => {
    for (const [signal, heard] of listeners) for (const listener of heard) process.on(signal, listener);
  };
}
