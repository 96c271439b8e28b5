import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { tooLong } from './answer-limit';

export interface Bounds {
  /** Of one answer, headers included. */
  readonly bytes: number;
  /** From connecting to the last byte. */
  readonly seconds: number;
}

const LOOK_MILLISECONDS = 20;

/**
 * Agents for Newman's `requestAgents` that end an answer which is too long or takes too long: Newman itself holds every body in
 * memory and dies of one of 112 MB (newman-facts §1), and its timeout is one of silence only. A connection per request.
 */
export function boundedAgents(bounds: Bounds): { http: http.Agent; https: https.Agent } {
  return { http: watched(new http.Agent(), bounds), https: watched(new https.Agent(), bounds) };
}

interface Connecting {
  createConnection(...args: unknown[]): Socket;
}

function watched<Agent extends http.Agent>(agent: Agent, bounds: Bounds): Agent {
  const connecting = agent as Agent & Connecting;
  const connect = connecting.createConnection.bind(agent);
  connecting.createConnection = (...args) => watch(connect(...args), bounds);
  return agent;
}

function watch(socket: Socket, { bytes, seconds }: Bounds): Socket {
  const began = performance.now();
  const look = setInterval(() => {
    if (socket.bytesRead > bytes) socket.destroy(tooLong(bytes));
    else if (performance.now() - began > seconds * 1000)
      socket.destroy(new Error(`the answer took longer than ${seconds} s`));
  }, LOOK_MILLISECONDS);
  socket.once('close', () => clearInterval(look));
  return socket;
}
