import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Compared } from '../../scripts/diagnostics/drift/change';
import { ROOT } from '../../scripts/lib/package-root';
import type { RunEvent } from '../../scripts/session/run-events';
import { sampleOf } from '../helpers/budget';
import { createForwarder, type ChangeAnswer } from '../helpers/create-forwarder';
import { createTestServer, sendJson, sendPage } from '../helpers/create-test-server';
import { drawTests } from '../helpers/draw-tests';
import { runCli, type CliResult } from '../helpers/run-cli';
import { withSandbox } from '../helpers/with-sandbox';

drawTests(6);

interface Drift extends CliResult {
  changed: readonly Compared[];
  /** Codes of the findings. */
  findings: string[];
}

async function drift(words: readonly string[], environment: Record<string, string> = {}): Promise<Drift> {
  const result = await runCli(['drift', '--json', ...words], { environment });
  const events = result.stdout.split('\n').flatMap((line) => (line ? [JSON.parse(line) as RunEvent] : []));
  const changed = events.flatMap((event) => (event.type === 'drift' ? event.changed : []));
  const findings = events.flatMap((event) => (event.type === 'finding' ? event.error.code : []));
  return { ...result, changed, findings };
}

/** What drift says of the sandbox with answers changed on the way. */
async function driftOf(change: ChangeAnswer): Promise<Drift> {
  const sandbox = await withSandbox();
  const site = await createForwarder(sandbox.siteUrl, change);
  return drift(['--site-url', site.origin]);
}

/** `change`d text of the answers whose address ends or is as said. */
const where =
  (url: RegExp, change: (body: string) => string): ChangeAnswer =>
  (request, { body }) =>
    url.test(request.url) ? change(body) : undefined;

const AUXIP_METADATA = /auxip\.svc\/\$metadata$/;

test('nothing changed: one sentence, exit code 0, and nothing but GET and the token’s POST', async () => {
  const { siteUrl, requests } = await withSandbox();
  const { exitCode, stdout, stderr } = await runCli(['drift', '--site-url', siteUrl]);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout.trim().split('\n').slice(1)).toEqual(['', 'Nothing changed: 11 answers as schemas/ say.']);
  const posted = requests.filter(({ method }) => method !== 'GET').map(({ url }) => url.replace(/^.*\//, ''));
  expect(posted).toEqual(['token', 'token']);
});

test('the models that the real services were recorded to send are no change', async () => {
  const recorded = (service: string) =>
    readFileSync(path.join(ROOT, 'tests/fixtures/recorded/real', `${service}-metadata.xml`), 'utf8');
  const served: string[] = [];
  const { exitCode, changed } = await driftOf(({ url }) => {
    const service = /\/(\w+)\.svc\/\$metadata$/.exec(url)?.[1];
    if (service === undefined) return undefined;
    served.push(service);
    return recorded(service);
  });
  expect(served.sort()).toEqual(['auxip', 'rdb', 'reprocessing']);
  expect([exitCode, changed]).toEqual([0, []]);
});

test('the official profile: the property that it has besides, in $metadata and in the answer', async () => {
  const { siteUrl } = await withSandbox({ profile: 'icd' });
  const { exitCode, changed, findings } = await drift(['--site-url', siteUrl]);
  expect([exitCode, findings]).toEqual([1, ['CONTRACT_CHANGED']]);
  expect(changed).toEqual([
    {
      resource: 'auxip.svc $metadata, entity type Product',
      changes: [{ sign: '+', what: 'property EvictionDate', got: 'Edm.DateTimeOffset or null, Precision 3' }],
    },
    {
      resource: 'auxip.svc Products?$top=5&$expand=Attributes',
      changes: [{ sign: '+', what: '/value/*/EvictionDate', got: expect.stringMatching(/^"2/) as string }],
    },
  ]);
});

describe('$metadata', () => {
  const CHANGES: readonly [what: string, change: (xml: string) => string, resource: string, expected: object][] = [
    [
      'a property that is gone',
      (xml: string) => xml.replace(/<Property Name="OriginDate"[^>]*><\/Property>/, ''),
      'entity type Product',
      { sign: '-', what: 'property OriginDate', expected: 'Edm.DateTimeOffset or null, Precision 3' },
    ],
    [
      'another type',
      (xml: string) => xml.replace('Name="ContentLength" Type="Edm.Int64"', 'Name="ContentLength" Type="Edm.String"'),
      'entity type Product',
      { sign: '~', what: 'property ContentLength', expected: 'Edm.Int64 or null', got: 'Edm.String or null' },
    ],
    [
      'a type that is gone',
      (xml: string) => xml.replace(/<ComplexType Name="TimeRange">[^]*?<\/ComplexType>/, ''),
      'complex type TimeRange',
      { sign: '-', what: 'all of it', expected: 'property Start, property End' },
    ],
    [
      'a member of an enumeration',
      (xml: string) => xml.replace('<Member Name="paused" Value="1">', '<Member Name="paused" Value="7">'),
      'enumeration SubscriptionStatus',
      { sign: '~', what: 'member paused', expected: '1', got: '7' },
    ],
    [
      'an entity set',
      (xml: string) => xml.replace(/<EntitySet Name="Metrics"[^>]*><\/EntitySet>/, ''),
      'entity container',
      { sign: '-', what: 'entity set Metrics', expected: 'Metric, in the service document' },
    ],
  ];

  test.each(sampleOf(CHANGES, 2))('%s', async (_what, change, resource, expected) => {
    const { exitCode, changed } = await driftOf(where(AUXIP_METADATA, change));
    expect([exitCode, changed]).toEqual([1, [{ resource: `auxip.svc $metadata, ${resource}`, changes: [expected] }]]);
  });

  test('order, layout, annotations and aliases are no change', async () => {
    const { exitCode, changed } = await driftOf(
      where(/\$metadata$/, (xml) =>
        xml
          .replace(
            /(<Property Name="Name"[^>]*><\/Property>)(\s*)(<Property Name="ContentType"[^>]*><\/Property>)/,
            '$3$2<!-- moved -->$1',
          )
          .replace(/(<EntityType Name="Attribute"[^]*?<\/EntityType>)([^]*)(<\/Schema>)/, '$2$1$3')
          .replace(/(<Schema [^>]*Namespace="(OData\.\w+)")/, '$1 Alias="Self"')
          .replace(/Collection\(OData\.CSC\./g, 'Collection(Self.')
          .replace(
            '</Schema>',
            '<Annotations Target="Self.Container"><Annotation Term="x.y" String="z"/></Annotations></Schema>',
          ),
      ),
    );
    expect([exitCode, changed]).toEqual([0, []]);
  });

  const UNREADABLE = [
    ['HTML', '<html><p>Welcome</html>'],
    ['an empty text', ''],
    ['JSON', '{"$Version":"4.0"}'],
    ['a document without services', '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"/>'],
  ] as const;

  test.each(sampleOf(UNREADABLE, 2))('%s in its place is an error, not a pass', async (_what, body) => {
    const { exitCode, findings, stdout } = await driftOf(where(AUXIP_METADATA, () => body));
    expect([exitCode, findings]).toEqual([1, ['METADATA_UNREADABLE']]);
    expect(stdout).toMatch(/Compared 10 answers of 11/);
  });
});

describe('sample answers', () => {
  const AUX_TYPES = /AuxTypes\?/;

  test('another type, a missing property and a new one: pointer, expected, got', async () => {
    const { exitCode, changed } = await driftOf(
      where(AUX_TYPES, (body) => {
        const answer = JSON.parse(body) as { value: Record<string, unknown>[] };
        for (const row of answer.value) {
          row.InProduction = 'yes';
          delete row.Rule;
          row.Colour = 'red';
        }
        return JSON.stringify(answer);
      }),
    );
    expect(exitCode).toBe(1);
    expect(changed).toEqual([
      {
        resource: 'reprocessing.svc AuxTypes?$top=20',
        changes: [
          {
            sign: '~',
            what: '/value/*',
            expected: "must have required property 'Rule'",
            got: expect.any(String) as string,
          },
          { sign: '~', what: '/value/*/InProduction', expected: 'must be boolean', got: '"yes"' },
          { sign: '+', what: '/value/*/Colour', got: '"red"' },
        ],
      },
    ]);
  });

  test('the answer of the token endpoint: its shape, and none of its secrets', async () => {
    const { exitCode, changed, stdout } = await driftOf(
      where(/\/token$/, (body) => {
        const answer = JSON.parse(body) as Record<string, unknown>;
        return JSON.stringify({ ...answer, session_state: 'SECRET-SESSION', token_hint: 'SECRET-HINT' });
      }),
    );
    expect(exitCode).toBe(1);
    expect(changed).toMatchObject([
      {
        resource: 'token answer',
        changes: [
          { sign: '~', what: '/session_state', got: 'a text of 14 letters' },
          { sign: '+', what: '/token_hint', got: 'a text of 11 letters' },
        ],
      },
    ]);
    expect(stdout).not.toMatch(/SECRET/);
  });

  test('a diff that people can read', async () => {
    const { siteUrl } = await withSandbox({ profile: 'icd' });
    const { stdout } = await runCli(['drift', '--site-url', siteUrl]);
    expect(stdout).toContain(
      '\nauxip.svc $metadata, entity type Product\n  + property EvictionDate: Edm.DateTimeOffset',
    );
    expect(stdout).toMatch(/2 changes in 2 resources compared with schemas\/\./);
  });
});

describe('nothing can be read', () => {
  test.each([
    ['no host', 'http://127.0.0.1:1', 5, 'NETWORK'],
    ['no name', 'https://auxflow.invalid', 5, 'NETWORK'],
  ])('%s: an error with its code', async (_what, siteUrl, expected, code) => {
    const { exitCode, stdout } = await drift(['--site-url', siteUrl]);
    expect([exitCode, stdout]).toEqual([expected, expect.stringContaining(code)]);
  });

  test('a wrong password', async () => {
    const { siteUrl } = await withSandbox();
    const { exitCode, findings } = await drift(['--site-url', siteUrl], { ADG_PASSWORD: 'wrong-password' });
    expect([exitCode, findings]).toEqual([3, ['TOKEN_REFUSED']]);
  });

  test('HTML from all services: a finding for each', async () => {
    const { origin } = await createTestServer((request, response) => {
      const token = { access_token: 'opaque-access-token-1', expires_in: 900, token_type: 'Bearer' };
      if (request.method === 'POST') sendJson(response, token);
      else sendPage(response, '<html><p>Welcome</html>');
    });
    const { exitCode, findings } = await drift(['--site-url', origin]);
    expect(exitCode).toBe(1);
    expect(findings.sort()).toEqual([
      ...Array<string>(7).fill('ANSWER_NOT_JSON'),
      ...Array<string>(3).fill('METADATA_UNREADABLE'),
    ]);
  });

  test('a service that never answers ends with its time', async () => {
    const sandbox = await withSandbox({ scenario: 'slow-first-byte:always' });
    const { exitCode, stdout } = await drift(['--site-url', sandbox.siteUrl, '--timeout', '2']);
    expect([exitCode, stdout]).toEqual([5, expect.stringContaining('TIME_LIMIT')]);
  });
});
