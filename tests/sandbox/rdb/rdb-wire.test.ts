import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../scripts/sandbox/sandbox';
import { rawRequest } from '../raw-request';
import { tinyCatalogue } from '../tiny-catalogue';

interface Vector {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly request_headers: Record<string, string>;
  readonly status: number;
  readonly content_type: string;
  readonly odata_version: string | null;
  readonly body: string;
}

const file = join(__dirname, '../../fixtures/recorded/rdb-wire-vectors.json');
const { vectors } = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Vector[] };

/** The recordings' data set: one Level-0 and no types that its product type could want. */
const KNOWN = 'S1A_IW_RAW__0SDV_20201102T203348_20201102T203421_035074_0417B3_02B4.SAFE.zip';
const catalogue = tinyCatalogue({
  level0: [{ name: KNOWN, start: Date.parse('2020-11-02T20:33:48Z'), stop: Date.parse('2020-11-02T20:34:21Z') }],
});

describe('rdb.svc answers as recorded', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ gatewayMode: 'off', catalogue });
  });
  afterAll(() => sandbox.close());

  it('has all 70 recordings', () => expect(vectors).toHaveLength(70));

  it.each(vectors.map((vector) => [vector.id, vector] as const))('%s', async (_id, vector) => {
    const { status, headers, body } = await rawRequest(sandbox.siteUrl, vector.path, {
      method: vector.method,
      headers: vector.request_headers,
    });
    expect(status).toBe(vector.status);
    expect(headers['content-type']).toBe(vector.content_type);
    expect(headers['odata-version'] ?? null).toBe(vector.odata_version);
    if (vector.body === '(Tomcat HTML error page)') expect(body).toMatch(/^<!doctype html>/);
    else expect(body).toBe(vector.body);
    expect(sandbox.defects).toEqual([]);
  });
});
