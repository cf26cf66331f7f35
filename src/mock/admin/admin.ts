import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '../context.ts';
import { incomingBytes } from '../incoming.ts';
import type { Json } from '../json.ts';
import type { Resource } from '../resources/resource.ts';
import { deliveriesOf } from '../rest/events/deliveries.ts';
import type { Handler } from '../server.ts';
import type { Offered } from './operations.ts';
import type { Entry } from './traffic.ts';

/** Where everything about the mock itself stands. */
const root = '/__apiarch/';

/** An endpoint of the mock itself. */
type Endpoint = (call: Call) => void | Promise<void>;

interface Call {
  readonly context: Context;
  /** Where gRPC listens; null where it does not. */
  readonly grpcAddress: string | null;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What the path says behind the endpoint's name, decoded. */
  readonly rest: string;
  readonly query: URLSearchParams;
}

/** By method and the first segment of the path. */
const endpoints: Readonly<Record<string, Readonly<Record<string, Endpoint>>>> = {
  '': { GET: showPage },
  health: { GET: health },
  resources: { GET: resources },
  operations: { GET: operations },
  documents: { GET: documents },
  requests: { GET: requests, DELETE: forgetRequests },
  snapshot: { GET: snapshot, PUT: restore },
  reset: { POST: reset },
  deliveries: { GET: deliveries },
  metrics: { GET: metrics },
  grpc: { POST: callGrpc },
};

const names = Object.keys(endpoints).filter((name) => name !== '');

/** Answers what is asked below `/__apiarch/`: how the mock is, what it holds, what it was asked; and the page to look and try. */
export function adminHandler(context: Context, grpcAddress: () => string | null): Handler {
  return (request, response) => {
    const url = request.url ?? '/';
    if (!url.startsWith(root)) return url === root.slice(0, -1) && redirect(response);
    return answer(context, grpcAddress(), request, response);
  };
}

function redirect(response: ServerResponse): true {
  response.writeHead(308, { location: root, 'content-length': 0 }).end();
  return true;
}

async function answer(
  context: Context,
  grpcAddress: string | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<true> {
  const [path = '', query = ''] = request.url!.slice(root.length).split(/\?(.*)/s);
  const [name = '', ...rest] = path.split('/');
  context.traffic.name(response, root + name);
  const methods = Object.hasOwn(endpoints, name) ? endpoints[name]! : undefined;
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
  if (!methods) tell(response, 404, `There is no \`${root}${name}\`; there are ${names.join(', ')}.`);
  else if (!Object.hasOwn(methods, method)) refuseMethod(response, Object.keys(methods));
  else if (method !== 'GET' && isForeign(request))
    tell(response, 403, 'Pages of other origins may not change the mock.');
  else
    await methods[method]!({
      context,
      grpcAddress,
      request,
      response,
      rest: decoded(rest.join('/')),
      query: new URLSearchParams(query),
    });
  return true;
}

function refuseMethod(response: ServerResponse, allowed: readonly string[]): void {
  response.setHeader('allow', allowed.join(', '));
  tell(response, 405, `Only ${allowed.join(' and ')} can be asked here.`);
}

/** Whether a browser sends it for a page of another origin (Fetch Metadata, or an `Origin` that is not ours). */
function isForeign({ headers }: IncomingMessage): boolean {
  if (headers['sec-fetch-site'] !== undefined)
    return !/^(?:same-origin|none)$/.test(headers['sec-fetch-site'] as string);
  return headers.origin !== undefined && headers.origin !== `http://${headers.host}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function showPage({ response }: Call): Promise<void> {
  const { page } = await import('./page.ts');
  const { html, policy } = page();
  response.setHeader('content-security-policy', policy);
  send(response, 200, 'text/html; charset=utf-8', html);
}

function health({ context, response }: Call): void {
  const languages = [...new Set(context.apis.map(({ language }) => language))];
  json(response, 200, {
    status: 'ok',
    languages,
    documents: context.apis.length,
    time: new Date(context.now()).toISOString(),
  });
}

/** The resources, or the records of one. */
function resources({ context, response, rest, query }: Call): void {
  const { store, roles } = context;
  if (rest === '') {
    json(response, 200, { data: roles.resources.map((resource) => describe(resource, context)) });
    return;
  }
  const resource = roles.resources.find(({ name }) => name === rest);
  if (!resource) {
    const known = roles.resources.map(({ name }) => `\`${name}\``);
    tell(response, 404, `There is no resource \`${rest}\`${known.length ? `; there are ${known.join(', ')}` : ''}.`);
    return;
  }
  const limit = Math.min(Math.max(Math.trunc(Number(query.get('limit') ?? 100)) || 100, 1), 1000);
  const after = query.get('after');
  const { items, cursors, hasNext, total } = store.page(resource, {}, { limit, ...(after !== null && { after }) });
  json(response, 200, { data: items, has_more: hasNext, next_cursor: hasNext ? cursors.at(-1) : null, total });
}

function describe(resource: Resource, { store, roles }: Context): object {
  const named = (all: Iterable<readonly [string, { readonly resource: Resource }]>) =>
    [...all].filter(([, role]) => role.resource === resource).map(([name]) => name);
  return {
    name: resource.name,
    language: resource.home.language,
    id: resource.home.idField,
    count: store.page(resource, {}, { limit: 1 }).total,
    links: Object.fromEntries([...resource.links].map(([field, { name }]) => [field, name])),
    parent: resource.parent?.name ?? null,
    operations: [
      ...named([...roles.rest].map(([operation, role]) => [operation.name, role] as const)),
      ...named(roles.graphql),
      ...named(roles.grpc),
    ],
  };
}

/** Everything that can be asked, or what it takes to ask one of them, by its number in the list. */
async function operations({ context, response, rest }: Call): Promise<void> {
  const { operationsOf } = await import('./operations.ts');
  offered.set(context, offered.get(context) ?? (await operationsOf(context)));
  const all = offered.get(context)!;
  if (rest === '') {
    json(response, 200, { data: all.map(({ form: _, ...listed }) => listed) });
    return;
  }
  const one = /^\d{1,9}$/.test(rest) ? all[Number(rest)] : undefined;
  if (one) json(response, 200, one.form());
  else tell(response, 404, `There is no operation ${rest}; there are ${all.length}, from 0 on.`);
}

const offered = new WeakMap<Context, readonly Offered[]>();

/** The documents, or the text of one file. */
function documents({ context, response, rest }: Call): void {
  const sources = context.apis.flatMap((api) => api.sources.map((source) => ({ source, language: api.language })));
  if (rest === '') {
    json(response, 200, { data: sources.map(({ source, language }) => ({ path: source.path, language })) });
    return;
  }
  const found = sources.find(({ source }) => source.path === rest);
  if (found) send(response, 200, 'text/plain; charset=utf-8', found.source.text);
  else tell(response, 404, `There is no document \`${rest}\`.`);
}

/** The last requests as JSON or, for who accepts `text/event-stream`, each as it is answered. */
function requests({ context, request, response, query }: Call): void {
  if (request.headers.accept?.includes('text/event-stream')) {
    streamRequests(context, response);
    return;
  }
  const limit = Math.trunc(Number(query.get('limit') ?? 100)) || 100;
  json(response, 200, { data: context.traffic.entries.slice(-Math.max(limit, 1)).reverse() });
}

function streamRequests({ traffic }: Context, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': requests as they are answered\n\n');
  const release = traffic.subscribe((entry: Entry) => {
    // Who does not read is not waited for.
    if (response.writableLength < 1_000_000) response.write(`data: ${JSON.stringify(entry)}\n\n`);
  });
  response.once('close', release);
}

function forgetRequests({ context, response }: Call): void {
  context.traffic.forget();
  response.writeHead(204).end();
}

function snapshot({ context, response }: Call): void {
  json(response, 200, context.store.snapshot());
}

async function restore(call: Call): Promise<void> {
  const { context, response } = call;
  const value = await bodyOf(call);
  if (value === undefined) return;
  try {
    context.store.restore(value);
  } catch (error) {
    tell(response, 422, `This is no snapshot: ${(error as Error).message}`);
    return;
  }
  response.writeHead(204).end();
}

/** Calls an rpc for the page, since browsers speak no gRPC. */
async function callGrpc(call: Call): Promise<void> {
  const { context, grpcAddress, request, response, rest } = call;
  const value = await bodyOf(call);
  if (value === undefined) return;
  const { callRpc } = await import('./grpc-bridge.ts');
  const names = Object.entries(request.headers).filter(([name]) => /^(?:authorization|apiarch-|x-)/.test(name));
  const headers = Object.fromEntries(names.map(([name, header]) => [name, String(header)]));
  const isKnown = grpcAddress && (await callRpc(`/${rest}`, value as Json, headers, grpcAddress, context, response));
  if (!isKnown) tell(response, 404, `There is no rpc \`${rest}\`.`);
}

/** The most bytes of a body. */
const mostBytes = 100_000_000;

/** What a request says in JSON; undefined once it is refused. */
async function bodyOf({ request, response }: Call): Promise<unknown> {
  const bytes = await incomingBytes(request, mostBytes);
  if (bytes === 'too large') {
    tell(response, 413, `A body has at most ${mostBytes / 1e6} MB here.`);
    return undefined;
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (error) {
    tell(response, 400, `The body is no JSON: ${(error as Error).message}`);
    return undefined;
  }
}

function reset({ context, response }: Call): void {
  context.store.reset();
  response.writeHead(204).end();
}

/** The webhooks and callbacks that were sent, and those that nobody took. */
function deliveries({ context, response }: Call): void {
  const { recent, dead } = deliveriesOf(context);
  json(response, 200, { data: recent, dead });
}

function metrics({ context, response }: Call): void {
  send(response, 200, 'text/plain; version=0.0.4; charset=utf-8', context.traffic.metrics());
}

function tell(response: ServerResponse, status: number, message: string): void {
  json(response, status, { error: { code: codes[status] ?? 'invalid', message } });
}

const codes: Readonly<Record<number, string>> = {
  400: 'malformed',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'too_large',
};

function json(response: ServerResponse, status: number, value: unknown): void {
  send(response, status, 'application/json; charset=utf-8', `${JSON.stringify(value, null, 2)}\n`);
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(response.req.method === 'HEAD' ? undefined : text);
}
