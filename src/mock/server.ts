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

/** How long callers may take, in milliseconds. */
export interface Patience {
  /** Until the headers of a request must have come; slower callers are shut out. */
  readonly headersTimeout: number;
  /** Until a whole request must have come. */
  readonly requestTimeout: number;
  /** Until the next request on a connection. */
  readonly keepAliveTimeout: number;
  /** How often it is looked who is too slow. */
  readonly connectionsCheckingInterval: number;
}

const usualPatience: Patience = {
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 1000,
};
/** Bytes of headers in a request. */
const maxHeaderSize = 32_768;
const maxConnections = 10_000;
const usualGrace = 5_000;

/**
 * Listens for HTTP.
 * @param answering asked at each request, so that it may be another one later
 * @throws Failure when the port is taken or may not be used
 */
export async function listen(
  host: string,
  port: number,
  answering: () => Answering,
  patience: Partial<Patience> = {},
): Promise<Listener> {
  const server = createServer({ ...usualPatience, ...patience, maxHeaderSize }, (request, response) =>
    answering().handle(request, response),
  );
  server.maxConnections = maxConnections;
  // A connection on which nothing was asked yet counts as busy for Node, and would hold the end up.
  const open: Open = { all: new Set(), silent: new Set() };
  server.on('upgrade', (request, socket, head) => {
    open.silent.delete(request.socket);
    if (request.headers.upgrade?.toLowerCase() === 'websocket') answering().upgrade(request, socket, head);
    else readAsUsual(server, request, socket, head);
  });
  server.on('checkContinue', (request, response) => {
    open.silent.delete(request.socket);
    continueOnceRead(request, response);
    answering().handle(request, response);
  });
  server.on('clientError', refuse);
  server.on('connection', (socket) => {
    open.silent.add(socket);
    // Those whose request is read once more come twice.
    if (open.all.has(socket)) return;
    open.all.add(socket);
    // Whoever asks for an upgrade is handed over without those who listen, and an error that nobody hears ends the process.
    socket.on('error', () => {});
    socket.once('close', () => {
      open.all.delete(socket);
      open.silent.delete(socket);
    });
  });
  server.on('request', ({ socket }) => open.silent.delete(socket));
  const taken = await bind(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    port: taken,
    close: (grace = usualGrace) => close(server, open, grace),
  };
}

/**
 * Who offers a protocol that we have not, as clients of HTTP/2 do without being asked, is answered in the one that they speak
 * (RFC 9110, section 7.8): the request is read once more without the offer.
 */
function readAsUsual(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  let text = `${method} ${url} HTTP/${httpVersion}\r\n`;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    if (!/^(?:upgrade|http2-settings|connection)$/i.test(rawHeaders[i]!))
      text += `${rawHeaders[i]}: ${rawHeaders[i + 1]}\r\n`;
  }
  if (/\bclose\b/i.test(request.headers.connection ?? '')) text += 'Connection: close\r\n';
  socket.unshift(Buffer.concat([Buffer.from(`${text}\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}

/**
 * Tells the caller to go on with the body (RFC 9110, section 10.1.1) when somebody begins to read it. Who is refused before that
 * need not send it, and whether they do cannot be known: the connection ends.
 */
function continueOnceRead(request: IncomingMessage, response: ServerResponse): void {
  const { connection = '' } = request.headers;
  const read = request._read.bind(request);
  let isAsked = false;
  response.setHeader('connection', 'close');
  request._read = (size) => {
    if (!isAsked && !response.headersSent) {
      isAsked = true;
      response.writeContinue();
      if (!/\bclose\b/i.test(connection)) response.setHeader('connection', 'keep-alive');
    }
    read(size);
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

/** The connections of a server. */
interface Open {
  readonly all: Set<Socket>;
  readonly silent: Set<Socket>;
}

function close(server: Server, { all, silent }: Open, grace: number): Promise<void> {
  return new Promise((resolve) => {
    // Of those that became something else, Node does not know any more.
    const timer = setTimeout(() => all.forEach((socket) => void socket.destroy()), grace);
    // Connections are kept for further requests even now: they go as soon as they have their answer.
    const round = setInterval(() => server.closeIdleConnections(), 25);
    server.close(() => {
      clearTimeout(timer);
      clearInterval(round);
      resolve();
    });
    server.closeIdleConnections();
    for (const socket of silent) socket.destroy();
  });
}
