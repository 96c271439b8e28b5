import { execFile } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from '../../scripts/lib/package-root';
import { SERVICES, type ServiceName } from '../../scripts/services/services';
import { temporaryFolder } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';
import { logIn } from '../sandbox/log-in';

/** docs/tools.md says how to install it, and what of its findings is the services'. */
const { AUXFLOW_SCHEMATHESIS: program, AUXFLOW_TEST_LONG } = process.env;
const isRun = program !== undefined && AUXFLOW_TEST_LONG === '1';
if (!isRun) console.info('schemathesis is run with AUXFLOW_SCHEMATHESIS and AUXFLOW_TEST_LONG=1 only: skipped.');

/** Whether answers are as the documents say. That the services refuse what is valid, and the other way round, is their own. */
const CHECKS = 'response_schema_conformance,status_code_conformance,content_type_conformance';

test.skipIf(!isRun).each(Object.keys(SERVICES) as ServiceName[])(
  'no answer of %s contradicts our OpenAPI document',
  async (name) => {
    const { siteUrl } = await withSandbox();
    const { access_token: token } = await logIn(siteUrl);
    const words = [
      ...['run', path.join(ROOT, 'schemas', 'openapi', `${name}.openapi.json`)],
      ...['--url', `${siteUrl}${SERVICES[name].path}`, '-H', `Authorization: Bearer ${token}`, '--checks', CHECKS],
      ...[
        '--phases',
        'examples,coverage,fuzzing',
        '--max-examples',
        '20',
        '--seed',
        '1',
        '--mode',
        'positive',
        '--no-color',
      ],
    ];
    const output = await new Promise<string>((resolve) => {
      execFile(program ?? '', words, { cwd: temporaryFolder() }, (error, stdout) =>
        resolve(error === null ? '' : `${error.message}\n${stdout}`),
      );
    });
    expect(output).toBe('');
  },
);
