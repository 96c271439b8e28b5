import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { MIN_ANSWER_RATE, type LeastRate } from '../lib/streams/least-rate';
import { proxyOf, type Network } from '../services/network';
import { openTunnel } from '../services/connection/proxy-tunnel';
import { tooLong } from './answer-limit';

export interface Bounds {
  /** Of one answer, headers included. */
  readonly bytes: number;
  /** From connecting to the last byte. */
  readonly seconds: number;
  /** From the first byte of the body on. Default: that of the data plane. */
  readonly rate?: LeastRate;
}

const LOOK_MILLISECONDS = 20;

/**
 * Agents for Newman's `requestAgents` that end an answer which is too long or takes too long: Newman itself holds every body in
 * memory and dies of one of 112 MB (docs/newman.md#large-bodies), and its timeout is one of silence only. A connection per request, through the proxy
 * of its URL: Newman's own way through proxies would pass these agents by.
 */
export function boundedAgents(bounds: Bounds, network: Network): { http: http.Agent; https: https.Agent } {
  const { ca, cert, key } = network;
  const tls = { ...(ca ? { ca: [...ca] } : {}), cert, key };
  return {
    http: connectingBy(new http.Agent(), bounds, (_target, tunnel) => tunnel),
    https: connectingBy(new https.Agent(tls), bounds, ({ servername }, socket) =>
      connectTls({ ...tls, socket, servername }),
    ),
  };
}

interface Target {
  readonly host?: string;
  readonly port?: number | string;
  readonly servername?: string;
}

type Connected = (error: Error | null, socket?: Socket) => void;

interface Connecting {
  createConnection(...args: unknown[]): Socket | undefined;
  /** Called by Node for each request that is to have a connection. */
  addRequest(request: http.ClientRequest, ...args: unknown[]): void;
}

/** @param through what speaks to the host through a tunnel */
function connectingBy<Agent extends http.Agent>(
  agent: Agent,
  bounds: Bounds,
  through: (target: Target, tunnel: Socket) => Socket,
): Agent {
  const connecting: Connecting = agent as Agent & Connecting;
  const connect = connecting.createConnection.bind(agent);
  const add = connecting.addRequest.bind(agent);
  connecting.addRequest = (request, ...args) => {
    refuseSwitch(request);
    request.once('response', (response) => endWhenSlow(response, bounds.rate ?? MIN_ANSWER_RATE));
    add(request, ...args);
  };
  const scheme = agent instanceof https.Agent ? 'https' : 'http';
  connecting.createConnection = (...args) => {
    const [target, connected] = args as [Target, Connected];
    const { host = '', port = scheme === 'https' ? 443 : 80 } = target;
    const proxy = proxyOf(`${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}/`);
    if (!proxy) {
      const socket = connect(...args);
      return socket && watch(socket, bounds);
    }
    openTunnel(proxy, host, Number(port)).then(
      (tunnel) => connected(null, watch(through(target, tunnel), bounds)),
      (error: unknown) => connected(error instanceof Error ? error : new Error(String(error))),
    );
    return undefined;
  };
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

/** Node closes a connection whose answer is 101 and tells nobody: the request would wait for its timeout. */
function refuseSwitch(request: http.ClientRequest): void {
  request.once('upgrade', ({ statusCode }, socket) => {
    socket.destroy();
    request.emit('error', new Error(`the answer is ${statusCode}, a switch to a protocol that was not asked for`));
  });
}

/** Looks at the connection: a reader of the body here would take it from Newman. */
function endWhenSlow({ socket }: http.IncomingMessage, { bytesPerSecond, seconds }: LeastRate): void {
  let before = socket.bytesRead;
  const look = setInterval(() => {
    if (socket.bytesRead - before < bytesPerSecond * seconds)
      socket.destroy(new Error(`the answer came slower than ${bytesPerSecond} B/s`));
    before = socket.bytesRead;
  }, seconds * 1000);
  socket.once('close', () => clearInterval(look));
}
