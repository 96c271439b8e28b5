import { expect, test } from 'vitest';
import { recordedAnswer } from '../../scripts/diagnostics/record/recorded-answer';
import { createRedactor } from '../../scripts/lib/redact/redact';

const bodyOf = (text: string): string =>
  recordedAnswer({ status: 200, header: () => undefined, text, truncated: false }, createRedactor()).body ?? '';

test('persons and addresses of stores are masked, names of OData stay', () => {
  const odata = '{"@odata.context":"$metadata#Products","Attributes@odata.context":"$metadata#Attributes","Name":"A"}';
  expect(bodyOf(odata)).toBe(odata);
  const said = 'max.muster@agency.example {"given_name": "Erika"} https://s.example/b?X-Goog-Signature=deadbeef&x=1';
  expect(bodyOf(said)).toBe('*** {"given_name": "***"} https://s.example/b?X-Goog-Signature=***&x=1');
});

test('a long text takes no longer than it should', () => {
  const begin = performance.now();
  expect(bodyOf('x'.repeat(1_000_000)).length).toBe(200_000);
  expect(performance.now() - begin).toBeLessThan(5000);
});
