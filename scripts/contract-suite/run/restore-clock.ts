import type { CaseStep } from '../../newman/case-step';
import { CONTROL_HEADER } from '../../lib/control-header';
import { isSandboxControl } from '../../services/sandbox-control';
import { FREEZE, RESUME } from '../cases/sandbox-clock';

/** Lets the sandbox's clock go on where a run ended (`--bail`, Ctrl-C) between the case that stops it and the one that resumes it. */
export async function clockRestoredAfter(
  run: Promise<void>,
  siteUrl: string,
  steps: readonly CaseStep[],
): Promise<void> {
  try {
    await run;
  } finally {
    await restoreClock(siteUrl, steps);
  }
}

async function restoreClock(siteUrl: string, steps: readonly CaseStep[]): Promise<void> {
  const sent = (name: string): number => steps.filter((step) => step.sent && step.name === name).length;
  const control = `${siteUrl}/sandbox/clock`;
  if (sent(FREEZE) <= sent(RESUME) || !isSandboxControl(control)) return;
  // A sandbox that is gone has no clock to restore.
  const headers = { [CONTROL_HEADER.name]: CONTROL_HEADER.value };
  await fetch(control, { method: 'PUT', headers, body: 'resume' }).catch(() => undefined);
}
