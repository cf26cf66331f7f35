import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { execute, GraphQLError, subscribe } from 'graphql/index.js';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Context } from '../context.ts';
import { type Admission, extensionCode, type Knock } from './admission.ts';
import { explained, type Operations } from './operations.ts';
import { badInput } from './paging.ts';

/** Milliseconds between pings; who has not answered by the next is gone. */
const pingInterval = 15_000;
/** The most bytes that may wait for a client that does not read; a slower one is cut off. */
const mostUnsent = 16_000_000;
/** The most operations that one connection may have under way. */
const mostOperations = 1_000;

/** GraphQL over WebSockets, as the protocol `graphql-transport-ws` has it. */
export class Sockets {
  readonly #context: Context;
  readonly #sockets: WebSocketServer;
  readonly #server: ReturnType<typeof makeServer<Record<string, unknown>, Connection>>;

  constructor(context: Context, operations: Operations, admission: Admission) {
    this.#context = context;
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload: context.settings.maxBody, handleProtocols });
    this.#server = makeServer<Record<string, unknown>, Connection>({
      onConnect: ({ extra, connectionParams }) => {
        const problem = admission.problemOf(knockOf(extra, connectionParams));
        if (problem === null) return true;
        extra.client.close(CloseCode.Unauthorized, problem.slice(0, longestReason));
        return false;
      },
      onSubscribe: async ({ subscriptions, extra, connectionParams }, _, payload) => {
        if (Object.keys(subscriptions).length > mostOperations)
          return [badInput(`No more than ${mostOperations} operations may be under way on a connection.`)];
        const entry = await admission.enter(knockOf(extra, connectionParams));
        if (entry === 'gone') return [badInput('The connection is broken off.')];
        if ('refusal' in entry)
          return [new GraphQLError(entry.refusal.message, { extensions: { code: extensionCode(entry.refusal) } })];
        const prepared = operations.prepare(payload, entry.entrant);
        return 'errors' in prepared ? prepared.errors : prepared.args;
      },
      execute,
      subscribe,
      onNext: (_, __, ___, ____, { data, extensions, errors }) =>
        errors && {
          ...(data === undefined ? {} : { data }),
          ...(extensions === undefined ? {} : { extensions }),
          errors: errors.map((error) => explained(error).toJSON()),
        },
      onError: (_, __, ___, errors) => errors.map((error) => explained(error).toJSON()),
    });
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (client) => this.#open({ client, request, socket }));
  }

  close(): void {
    for (const client of this.#sockets.clients) client.close(1001, 'The server ends.');
    // Who does not say goodbye is not waited for.
    setTimeout(() => {
      for (const client of this.#sockets.clients) client.terminate();
    }, 1_000).unref();
    this.#sockets.close();
  }

  #open(connection: Connection): void {
    const { client } = connection;
    const closed = this.#server.opened(
      {
        protocol: client.protocol,
        send: (data) => send(client, data),
        close: (code, reason) => client.close(code, reason),
        onMessage: (take) => {
          client.on('message', (data) => {
            take(String(data)).catch((error: unknown) => this.#fail(client, error));
          });
        },
      },
      connection,
    );
    const pings = keepAlive(client);
    client.on('error', () => client.terminate());
    client.once('close', (code, reason) => {
      clearInterval(pings);
      closed(code, String(reason)).catch(() => {});
    });
  }

  /** What callers sent wrong is told by the library; all else is our mistake. */
  #fail(client: WebSocket, error: unknown): void {
    this.#context.log(`This is a bug, please report it: ${error instanceof Error ? error.stack : String(error)}`);
    client.close(CloseCode.InternalServerError, 'The mock server has a bug.');
  }
}

/** A connection, and the request that opened it. */
interface Connection {
  readonly client: WebSocket;
  readonly request: IncomingMessage;
  readonly socket: Duplex;
}

/** The most characters that the reason of a close may have (RFC 6455, section 5.5: 123 bytes). */
const longestReason = 120;

/** What the parameters of a connection say goes before the headers, which browsers cannot set. */
function knockOf({ request, socket }: Connection, parameters: Readonly<Record<string, unknown>> | undefined): Knock {
  const said = new Map(Object.entries(parameters ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    header: (name) => {
      const value = said.get(name) ?? request.headers[name];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
    },
    query: request.url?.split('?')[1] ?? '',
    socket,
    waiting: socket,
  };
}

function send(client: WebSocket, data: string): Promise<void> {
  if (client.readyState !== client.OPEN) return Promise.resolve();
  if (client.bufferedAmount > mostUnsent) {
    client.terminate();
    return Promise.resolve();
  }
  return new Promise((resolve) => client.send(data, () => resolve()));
}

function keepAlive(client: WebSocket): NodeJS.Timeout {
  let isThere = true;
  client.on('pong', () => {
    isThere = true;
  });
  const timer = setInterval(() => {
    if (!isThere) {
      client.terminate();
      return;
    }
    isThere = false;
    client.ping();
  }, pingInterval);
  timer.unref();
  return timer;
}
