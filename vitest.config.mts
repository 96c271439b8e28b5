import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Whole command lines take longest: they begin first, so that no core is idle at the end. Vitest itself goes by the length of files. */
class CommandLinesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification): boolean =>
      /\/tests\/(e2e|newman|package|sandbox\/faults\/mutants)\//.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** Data in, data out: no socket, no process, nothing shared between files. */
const UNIT = [
  'tests/architecture.test.ts',
  'tests/{campaign,cli,contract-suite,lib,sentinel,workflow}/**/*.test.ts',
  'tests/sandbox/{catalogue,odata}/**/*.test.ts',
];
/** With modules in the place of others: each file in a process of its own. */
const ISOLATED = ['tests/isolated/**/*.test.ts'];
/** The command line as users run it, from outside. */
const E2E = ['tests/e2e/**/*.test.ts'];

interface Files {
  readonly include: string[];
  readonly exclude?: string[];
}
const ALL: Files = { include: ['tests/**/*.test.ts'] };
/** Parts that can be run apart (AUXFLOW_TEST_PART). */
const PARTS: ReadonlyMap<string, Files> = new Map([
  ['all', ALL],
  ['unit', { include: UNIT }],
  ['integration', { ...ALL, exclude: [...UNIT, ...E2E] }],
  ['e2e', { include: E2E }],
]);
const part = process.env.AUXFLOW_TEST_PART ?? 'all';
const files = PARTS.get(part);
if (!files) throw new Error(`AUXFLOW_TEST_PART is none of ${[...PARTS.keys()].join(', ')}`);
const { include, exclude = [] } = files;

const isMeasured = process.env.AUXFLOW_TEST_COST !== undefined;

export default defineConfig({
  test: {
    globalSetup: ['tests/helpers/build-first.ts', ...(isMeasured ? ['tests/helpers/print-processor-time.ts'] : [])],
    setupFiles: ['tests/helpers/same-rounds.ts', ...(isMeasured ? ['tests/helpers/processor-time.ts'] : [])],
    sequence: { sequencer: CommandLinesFirst },
    // Also where CI asks for colors: what is printed is compared.
    env: { NO_COLOR: '1' },
    // Real sockets and real child processes on shared two-core machines: generous, because no test asserts a time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: 'forks',
    // One more than cores: many tests wait for a service that is slow.
    maxWorkers: 3,
    projects: [
      // Of the others all share their processes, whatever part they are: modules are read once in each.
      { extends: true, test: { name: 'shared', isolate: false, include, exclude: [...exclude, ...ISOLATED] } },
      ...(['all', 'integration'].includes(part)
        ? [{ extends: true as const, test: { name: 'isolated', include: ISOLATED } }]
        : []),
    ],
  },
});
