import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Api } from '../languages/language.ts';
import { adminHandler } from './admin/admin.ts';
import { Traffic } from './admin/traffic.ts';
import type { Context } from './context.ts';
import { inferRoles } from './resources/infer.ts';
import { Recorder } from './rest/proxy/recorder.ts';
import { prepareSampling } from './sample/faker-hints.ts';
import { type Answering, type Handler, listen } from './server.ts';
import type { MockSettings } from './settings.ts';
import { memoryStore } from './store/memory-store.ts';
import type { Store } from './store/store.ts';

/** A server that mocks documents, at work. */
export interface Mock {
  /** `http://127.0.0.1:4010`. */
  readonly url: string;
  /** `127.0.0.1:50051`; null where no document declares a gRPC service. */
  readonly grpcAddress: string | null;
  readonly context: Context;
  /** Goes on with other documents, and the same records as far as there is still a place for them. */
  reload(apis: readonly Api[]): Promise<void>;
  /** Answers what is under way, then ends. */
  close(): Promise<void>;
}

/**
 * Serves documents of any language from one store.
 * @param log takes one line for whoever watches
 * @param prepare is given the store before anything is served, to load what was saved
 * @param record takes what went through the proxy as a HAR archive, every few seconds and at the end, in the place of the last one
 * @throws Failure when a port cannot be had, and what `record` throws at first
 */
export async function startMock(
  apis: readonly Api[],
  settings: MockSettings,
  log: (line: string) => void,
  prepare: (store: Store) => void = () => {},
  record: ((har: string) => void) | null = null,
): Promise<Mock> {
  await prepareSampling(apis);
  const now = clock(settings.now);
  const traffic = new Traffic(now, settings.quiet ? null : log);
  const recorder = record && new Recorder(record, (reason) => log(`record: ${reason}`));
  recorder?.open();
  const around = { settings, now, log, traffic, recorder };
  let serving = await serve(contextOf(apis, around, prepare));
  const listener = await listen(settings.host, settings.port, () => serving.answering);
  let grpcPort: number | null = null;
  try {
    grpcPort = await serving.listenGrpc(settings.grpcPort);
  } catch (error) {
    await Promise.all([listener.close(0), serving.close()]);
    throw error;
  }
  return {
    url: listener.url,
    get grpcAddress() {
      return grpcPort === null ? null : `${settings.host}:${grpcPort}`;
    },
    get context() {
      return serving.context;
    },
    async reload(changed) {
      await prepareSampling(changed);
      const snapshot = serving.context.store.snapshot();
      const next = await serve(contextOf(changed, around, (store) => store.restore(snapshot)));
      const before = serving;
      serving = next;
      await before.close();
      grpcPort = await next.listenGrpc(grpcPort ?? settings.grpcPort);
    },
    async close() {
      await Promise.all([listener.close(), serving.close()]);
      await recorder?.close();
    },
  };
}

/** Time as the mock tells it: from a given moment on, or the real one. */
function clock(start: number | null): () => number {
  if (start === null) return Date.now;
  const begun = Date.now();
  return () => start + (Date.now() - begun);
}

/** What outlives a change of the documents. */
type Surroundings = Pick<Context, 'settings' | 'now' | 'log' | 'traffic' | 'recorder'>;

function contextOf(apis: readonly Api[], around: Surroundings, prepare: (store: Store) => void): Context {
  const roles = inferRoles(apis, around.settings);
  const store = memoryStore(roles.resources, around.settings, around.now);
  prepare(store);
  return { ...around, apis, roles, store };
}

/** All protocols of one set of documents. */
interface Serving {
  readonly context: Context;
  readonly answering: Answering;
  /** @returns the port, null without gRPC */
  listenGrpc(port: number): Promise<number | null>;
  close(): Promise<void>;
}

/** Loads the protocols that the documents call for, and no others. */
async function serve(context: Context): Promise<Serving> {
  if (context.settings.proxy !== null) return await serveProxy(context);
  const has = (language: Api['language']) => context.apis.some((api) => api.language === language);
  const graphql = has('graphql') ? await (await import('./graphql/graphql.ts')).graphqlHandler(context) : null;
  const idp = context.settings.idp ? (await import('./rest/idp.ts')).idpHandler(context) : null;
  const rest = has('openapi') ? (await import('./rest/rest.ts')).restHandler(context) : null;
  const grpc = has('protobuf') ? await (await import('./grpc/grpc.ts')).grpcServer(context) : null;
  const transcoding = grpc && (await import('./grpc/transcoding.ts')).transcodingHandler(context);
  let address: string | null = null;
  const handlers = [
    adminHandler(context, () => address),
    graphql?.handle,
    idp,
    rest?.handle,
    transcoding,
    rest?.refuse,
  ].filter((one) => one != null);
  return {
    context,
    answering: {
      handle: inTurn(handlers, context),
      upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => {
        if (!graphql?.upgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      },
    },
    async listenGrpc(port) {
      const bound = grpc ? await grpc.listen(context.settings.host, port) : null;
      if (bound !== null) address = `${context.settings.host}:${bound}`;
      return bound;
    },
    async close() {
      await Promise.all([graphql?.close(), rest?.close(), grpc?.close()]);
    },
  };
}

/** Passes all of HTTP on to another server; there is nothing else then but the mock's own pages. */
async function serveProxy(context: Context): Promise<Serving> {
  const { proxyHandler, refuseUpgrade } = await import('./rest/proxy/proxy.ts');
  const proxy = proxyHandler(context);
  return {
    context,
    answering: { handle: inTurn([adminHandler(context, () => null), proxy.handle], context), upgrade: refuseUpgrade },
    listenGrpc: async () => null,
    close: () => proxy.close(),
  };
}

/** Asks one after the other; without promises as long as none gives one. */
function inTurn(handlers: readonly Handler[], context: Context): Answering['handle'] {
  const from = (index: number, request: IncomingMessage, response: ServerResponse): void => {
    for (let i = index; i < handlers.length; i++) {
      const taken = handlers[i]!(request, response);
      if (taken === true) return;
      if (taken === false) continue;
      taken.then(
        (taken) => (taken ? undefined : from(i + 1, request, response)),
        (error: unknown) => giveUp(error, request, response, context),
      );
      return;
    }
    notFound(request, response);
  };
  return (request, response) => {
    context.traffic.observe(request, response);
    try {
      from(0, request, response);
    } catch (error) {
      giveUp(error, request, response, context);
    }
  };
}

function notFound(request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0];
  tell(response, 404, 'not_found', `There is nothing at ${path}.`);
}

/** A bug of ours is logged with its stack; the caller learns no more than that there is one. */
function giveUp(error: unknown, request: IncomingMessage, response: ServerResponse, context: Context): void {
  const stack = error instanceof Error ? error.stack : String(error);
  context.log(`This is a bug, please report it: ${request.method} ${request.url}: ${stack}`);
  if (response.headersSent) response.destroy();
  else tell(response, 500, 'internal', 'The mock server has a bug; its log tells more.');
}

function tell(response: ServerResponse, status: number, code: string, message: string): void {
  const text = JSON.stringify({ error: { code, message } });
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
