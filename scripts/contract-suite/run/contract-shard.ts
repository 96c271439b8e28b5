import type { CaseFolder } from '../contract-case';
import { Failure, toError } from '../../errors/errors';
import type { CaseStep } from '../../newman/case-step';
import { runSuiteInChild, type SuiteInChild } from '../../newman/run-in-child';
import { caseId } from '../report/contract-report';

/**
 * Runs folders of the suite in a process of Newman. Where that ends before they do (a script that never returns, memory), the case
 * under way is a finding, and the folders after it are run in another process.
 * @throws Failure INTERRUPTED
 */
export async function runShard(folders: readonly CaseFolder[], run: Omit<SuiteInChild, 'folders'>): Promise<void> {
  const looked = new Set<string>();
  const onStep = (step: CaseStep): void => {
    looked.add(caseId(step.folder, step.name));
    run.onStep(step);
  };
  try {
    await runSuiteInChild({ ...run, folders: folders.map(({ name }) => name), onStep });
  } catch (error) {
    const place = folders.findIndex(({ name, cases }) => cases.some((item) => !looked.has(caseId(name, item.name))));
    const folder = folders[place];
    const underWay = folder?.cases.find((item) => !looked.has(caseId(folder.name, item.name)));
    if (isInterruption(error) || !folder || !underWay) throw error;
    const { name } = underWay;
    const fault = `Newman ended here: ${reasonOf(error)}`;
    run.onStep({ folder: folder.name, name, curl: '', milliseconds: 0, assertions: [], sent: true, fault });
    await runShard(folders.slice(place + 1), run);
  }
}

const isInterruption = (error: unknown): boolean => error instanceof Failure && error.detail.code === 'INTERRUPTED';

function reasonOf(error: unknown): string {
  const detail = toError(error);
  return detail.code === 'NEWMAN_ENDED' || detail.code === 'INTERNAL' ? detail.reason : detail.code;
}
