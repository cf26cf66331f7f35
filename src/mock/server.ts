import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Failure } from '../failure.ts';

/** Answers a request, or leaves it to the next: false. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>;

/** Whoever answers what comes over HTTP. May be exchanged while the server runs. */
export interface Answering {
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
  /** A connection that wants another protocol; the socket is ended where nobody takes it. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
}

/** A server that listens. */
export interface Listener {
  /** `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** Answers what is under way, then ends; what takes longer than `grace` milliseconds is cut off. */
  close(grace?: number): Promise<void>;
}

/** Milliseconds within which the headers of a request must have come; slower callers are shut out. */
const headersTimeout = 10_000;
/** Milliseconds within which a whole request must have come. */
const requestTimeout = 60_000;
const keepAliveTimeout = 15_000;
/** Bytes of headers in a request. */
const maxHeaderSize = 32_768;
const maxConnections = 10_000;
const usualGrace = 5_000;

/**
 * Listens for HTTP.
 * @param answering asked at each request, so that it may be another one later
 * @throws Failure when the port is taken or may not be used
 */
export async function listen(host: string, port: number, answering: () => Answering): Promise<Listener> {
  const server = createServer(
    { headersTimeout, requestTimeout, keepAliveTimeout, maxHeaderSize, connectionsCheckingInterval: 1000 },
    (request, response) => answering().handle(request, response),
  );
  server.maxConnections = maxConnections;
  server.on('upgrade', (request, socket, head) => answering().upgrade(request, socket, head));
  server.on('clientError', refuse);
  // A connection on which nothing was asked yet counts as busy for Node, and would hold the end up.
  const silent = new Set<Socket>();
  server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }) => silent.delete(socket));
  const taken = await bind(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    close: (grace = usualGrace) => close(server, silent, grace),
  };
}

/** What is no HTTP is told so, as far as anybody still listens. */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function bind(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new Failure(reasonOf(error, host, port))));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Why nobody can listen there. */
export function reasonOf({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  if (code === 'EADDRINUSE') return `port ${port} is in use; another one, or 0 for any that is free, can be given.`;
  if (code === 'EACCES') return `port ${port} may not be used without further rights; those above 1023 may.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `\`${host}\` is no address of this machine.`;
  return `nothing can listen on ${host}, port ${port}: ${message}.`;
}

function close(server: Server, silent: ReadonlySet<Socket>, grace: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
    for (const socket of silent) socket.destroy();
  });
}
