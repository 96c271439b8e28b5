/** What a run of the suite cost the services, as data and in words. */
import { plural } from '../../lib/format';
import { COSTS, type Cost } from '../../services/request-costs';
import type { CaseResult } from './contract-report';

/** How often each cost arose. */
export type CostSum = Readonly<Record<Cost, number>>;

export function costSum(cases: readonly Pick<CaseResult, 'costs'>[]): CostSum {
  const all = cases.flatMap(({ costs = [] }) => costs);
  const count = (wanted: Cost): number => all.filter((cost) => cost === wanted).length;
  return {
    'leaks a connection': count('leaks a connection'),
    'logs an exception': count('logs an exception'),
    'failed login': count('failed login'),
    '$value grant': count('$value grant'),
  };
}

const WORDS: Readonly<Record<Cost, string>> = {
  'leaks a connection': 'leaked connection',
  'logs an exception': 'logged exception',
  'failed login': 'failed login',
  '$value grant': '$value grant',
};

/** `0 leaked connections, 8 logged exceptions, 1 failed login, 3 $value grants`. */
export function costWords(sum: CostSum): string {
  return COSTS.map((cost) => plural(sum[cost], WORDS[cost])).join(', ');
}
