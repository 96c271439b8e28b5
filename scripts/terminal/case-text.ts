import pc from 'picocolors';
import type { CaseStep } from '../newman/case-step';
import { shortened } from './shortened';

/** Of a contract run, only what is not as expected is told: hundreds of kept promises would hide it. */
export function caseLines({ folder, name, assertions, fault }: CaseStep): string[] {
  const failed = assertions.filter(({ outcome }) => outcome === 'failed');
  if (failed.length === 0 && fault === undefined) return [];
  return [
    `  ${pc.red('✗')} ${pc.dim(folder)} ${name}`,
    ...(fault === undefined ? [] : [`      ${pc.red(fault)}`]),
    ...failed.map(({ name: promise, message = '' }) => `      ${pc.red(promise)}: ${shortened(message)}`),
  ];
}
