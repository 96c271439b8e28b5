import { EventEmitter } from 'node:events';
import { Request, Response } from 'postman-collection';
import { expect, test } from 'vitest';
import { recordValues, type AskedValue } from '../../scripts/newman/value-recorder';

const URL_OF_VALUE = 'https://services.example/auxip.svc/Products(7fc282fc-4a00-417f-b77c-4e851440105a)/$value';

function locationFrom(value: string): string | undefined {
  const emitter = new EventEmitter();
  const asked: AskedValue[] = [];
  recordValues(emitter, (one) => asked.push(one));
  const response = new Response({ code: 302, responseTime: 1, header: [{ key: 'Location', value }] });
  emitter.emit('request', null, {
    request: new Request({ url: URL_OF_VALUE }),
    response,
  });
  expect(asked).toHaveLength(1);
  return asked[0]?.location;
}

test.each(['https://store.example/a?sig=1', 'http://0x7f.1/a', 'http://2130706433/', 'HTTPS://%31/'])(
  'the location %s is handed on as it was sent, for whoever judges it',
  (location) => expect(locationFrom(location)).toBe(location),
);

test.each(['https://services.example/maintenance', '/maintenance', '', 'https://'])(
  'the location %j is no store: none is handed on',
  (location) => expect(locationFrom(location)).toBeUndefined(),
);
