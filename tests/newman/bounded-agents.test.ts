import http from 'node:http';
import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { boundedAgents, type Bounds } from '../../scripts/newman/bounded-agents';
import { createTcpServer } from '../helpers/create-test-server';

const BOUNDS: Bounds = { bytes: 100_000, seconds: 60 };

/** Answers each request with what `answer` writes to the connection, whatever HTTP says of it. */
async function listening(answer: (connection: Socket) => void): Promise<number> {
  const origin = await createTcpServer((connection) => void connection.once('data', () => answer(connection)));
  return Number(new URL(origin).port);
}

/** What a client hears that reads the body, as Newman's does. */
function heardFrom(port: number, bounds: Bounds): Promise<string> {
  return new Promise((resolve) => {
    const fails = ({ message }: Error): void => resolve(message);
    http
      .get({ port, host: '127.0.0.1', agent: boundedAgents(bounds, {}).http }, (response) => {
        response.on('error', fails).on('end', () => resolve(`status ${response.statusCode}`));
        response.resume();
      })
      .on('error', fails);
  });
}

const SWITCH = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n';

test.each([
  ['and stays', (connection: Socket) => connection.write(SWITCH)],
  ['and closes', (connection: Socket) => connection.end(SWITCH)],
])('a service that switches to another protocol %s is an answer that fails, at once', async (_name, answer) => {
  const port = await listening(answer);
  expect(await heardFrom(port, BOUNDS)).toContain('the answer is 101, a switch to a protocol');
});

test('an answer that trickles is ended, and one that is only late is not', async () => {
  const rate = { bytesPerSecond: 1000, seconds: 0.1 };
  const trickling = await listening((connection) => {
    connection.write('HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n');
    const drop = setInterval(() => connection.write(' '), 10);
    connection.on('close', () => clearInterval(drop));
  });
  expect(await heardFrom(trickling, { ...BOUNDS, rate })).toMatch(/slower than 1000 B\/s|aborted/);
  const late = await listening((connection) => {
    setTimeout(() => connection.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}'), 300);
  });
  expect(await heardFrom(late, { ...BOUNDS, rate })).toBe('status 200');
});
