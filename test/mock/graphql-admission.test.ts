// What stands before GraphQL operations: preferences, trouble, credentials, limits; over HTTP, event streams and sockets.
import { gzipSync } from 'node:zlib';
import { createClient } from 'graphql-ws';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { MockSettings } from '../../src/mock/settings.ts';
import { type Answer, type GraphqlServer, serveFile, serveText } from './graphql-server.ts';

async function orders(settings: Partial<MockSettings> = {}): Promise<GraphqlServer> {
  return ended(await serveFile('examples/orders.graphql', settings));
}

function ended(server: GraphqlServer): GraphqlServer {
  onTestFinished(() => server.close());
  return server;
}

interface Got extends Answer {
  readonly status: number;
  readonly headers: Headers;
}

async function post(
  { url }: GraphqlServer,
  headers: Readonly<Record<string, string>> = {},
  query = '{ orders(first: 1) { edges { node { id } } } }',
  variables = {},
): Promise<Got> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return { ...((await response.json()) as Answer), status: response.status, headers: response.headers };
}

/** An unsigned JWT whose time is over. */
const expired = `${['{"alg":"none"}', '{"exp":1}'].map((part) => Buffer.from(part).toString('base64url')).join('.')}.`;

const codesOf = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions?.code);

describe('what callers prefer', () => {
  it.each([
    [{ prefer: 'code=NOT_FOUND' }, 200, 'NOT_FOUND'],
    [{ prefer: 'code=unauthenticated' }, 200, 'UNAUTHENTICATED'],
    [{ 'apiarch-code': 'RATE_LIMITED' }, 200, 'RATE_LIMITED'],
    [{ prefer: 'code=503' }, 503, 'SERVICE_UNAVAILABLE'],
    [{ 'apiarch-code': '401' }, 401, 'UNAUTHENTICATED'],
    [{ prefer: 'status=418' }, 418, 'HTTP_418'],
    [{ prefer: 'fault=503' }, 503, 'SERVICE_UNAVAILABLE'],
    [{ prefer: 'code=99' }, 400, 'BAD_REQUEST'],
    [{ prefer: 'delay=forever' }, 400, 'BAD_REQUEST'],
  ])('is heeded: %j', async (headers: Record<string, string>, status, code) => {
    const got = await post(await orders(), headers);
    expect(got.status).toBe(status);
    expect(codesOf(got)).toEqual([code]);
    expect(got.errors![0]!.message).toMatch(/\.$/);
  });

  it('is answered without data where the operation is said to have failed, and told of', async () => {
    const got = await post(await orders(), { prefer: 'code=FORBIDDEN', accept: 'application/graphql-response+json' });
    expect(got.status).toBe(200);
    expect(got.data).toBeNull();
    expect(got.headers.get('preference-applied')).toBe('code=FORBIDDEN');
  });

  it('is heeded in the query, too', async () => {
    const { url } = await orders();
    const response = await fetch(`${url}?query={__typename}&__code=502`);
    expect(response.status).toBe(502);
  });

  it('changes nothing when success is asked for', async () => {
    const got = await post(await orders(), { prefer: 'code=200' });
    expect(got.data.orders.edges).toHaveLength(1);
  });

  it('waits, and breaks off', async () => {
    const server = await orders();
    const began = performance.now();
    expect((await post(server, { prefer: 'delay=60' })).data.orders.edges).toHaveLength(1);
    expect(performance.now() - began).toBeGreaterThan(55);
    await expect(post(server, { prefer: 'fault=reset' })).rejects.toThrow();
  });
});

describe('trouble in the settings', () => {
  it('meets operations over HTTP and over sockets', async () => {
    const server = await orders({ chaos: { '503': 1 } });
    const got = await post(server);
    expect(got.status).toBe(503);
    expect(got.headers.get('retry-after')).toBe('1');
    expect(await overSocket(server)).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
  });

  it('slows operations over sockets and event streams down', async () => {
    const server = await orders({ latency: { least: 60, most: 60 } });
    const began = performance.now();
    expect(await overSocket(server)).toMatchObject({ data: { __typename: 'Query' } });
    const first = performance.now();
    expect(first - began).toBeGreaterThan(55);
    const response = await fetch(`${server.url}?query={__typename}`, { headers: { accept: 'text/event-stream' } });
    expect(await response.text()).toContain('Query');
    expect(performance.now() - first).toBeGreaterThan(55);
  });
});

describe('credentials', () => {
  it('are asked for where the settings have tokens', async () => {
    const server = await orders({ tokens: { secret: ['orders:read'] } });
    const none = await post(server);
    expect(none.status).toBe(401);
    expect(codesOf(none)).toEqual(['UNAUTHENTICATED']);
    expect(none.headers.get('www-authenticate')).toBe('Bearer realm="graphql"');
    const wrong = await post(server, { authorization: 'Bearer other' });
    expect(wrong.status).toBe(401);
    expect(wrong.headers.get('www-authenticate')).toMatch(/error="invalid_token"/);
    expect((await post(server, { authorization: 'Bearer secret' })).data.orders.edges).toHaveLength(1);
  });

  it('are not asked for where there are none, nor with auth off', async () => {
    expect((await post(await orders())).status).toBe(200);
    expect((await post(await orders(), { authorization: `Bearer ${expired}` })).status).toBe(200);
    expect((await post(await orders({ tokens: {}, auth: 'off' }))).status).toBe(200);
  });

  it('are given in the parameters of a socket, or in its headers', async () => {
    const server = await orders({ tokens: { secret: [] } });
    await expect(overSocket(server)).rejects.toMatchObject({ code: 4401, reason: expect.stringContaining('missing') });
    await expect(overSocket(server, { authorization: 'Bearer no' })).rejects.toMatchObject({ code: 4401 });
    const welcome = { data: { __typename: 'Query' } };
    expect(await overSocket(server, { Authorization: 'Bearer secret' })).toMatchObject(welcome);
    expect(await overSocket(server, {}, { authorization: 'Bearer secret' })).toMatchObject(welcome);
  });

  const guarded = `
    directive @auth(requires: Role = ADMIN) on OBJECT | FIELD_DEFINITION
    directive @authenticated on OBJECT | FIELD_DEFINITION
    directive @requiresScopes(scopes: [[Scope!]!]!) on OBJECT | FIELD_DEFINITION
    scalar Scope
    enum Role { ADMIN EDITOR USER PUBLIC }
    type Query {
      open: Int me: Int @authenticated drafts: Int @requiresScopes(scopes: [["read", "write"], ["all"]])
      admin: Int @auth editor: Int @auth(requires: EDITOR) user: Int @auth(requires: USER) lobby: Int @auth(requires: PUBLIC)
      vault: Vault
    }
    type Vault @authenticated { gold: Int @auth }
    type Subscription { ticks: Int @auth }
  `;

  it.each([
    [null, 'me', 'UNAUTHENTICATED'],
    [null, 'open', undefined],
    [null, 'lobby', undefined],
    [null, 'vault { gold }', 'UNAUTHENTICATED'],
    ['opaque', 'me drafts admin', undefined],
    ['dev:other', 'me', undefined],
    ['dev:other', 'user', undefined],
    ['dev:read', 'drafts', 'FORBIDDEN'],
    ['dev:read,write', 'drafts', undefined],
    ['dev:all', 'drafts', undefined],
    ['dev:editor', 'admin', 'FORBIDDEN'],
    ['dev:admin', 'admin', undefined],
    ['dev:admin', 'editor', 'FORBIDDEN'],
    ['dev:x', 'vault { gold }', 'FORBIDDEN'],
    ['dev:ADMIN', 'vault { gold }', undefined],
  ])('of `%s` are good for `%s`, or not: %s', async (token, fields, code) => {
    const server = ended(await serveText(guarded));
    const got = await post(server, token === null ? {} : { authorization: `Bearer ${token}` }, `{ open ${fields} }`);
    expect(got.status).toBe(200);
    expect(got.data.open).toEqual(expect.any(Number));
    expect(codesOf(got)?.[0]).toBe(code);
  });

  it('that are bad are refused by schemas that ask for some, and by subscriptions, too', async () => {
    const server = ended(await serveText(guarded));
    expect((await post(server, { authorization: `Bearer ${expired}` }, '{ open }')).status).toBe(401);
    const got = await overSocket(server, { authorization: 'Bearer dev:editor' }, {}, 'subscription { ticks }');
    expect(JSON.stringify(got)).toContain('FORBIDDEN');
    const off = ended(await serveText(guarded, { auth: 'off' }));
    expect((await post(off, {}, '{ admin }')).data.admin).toEqual(expect.any(Number));
  });
});

describe('a rate limit', () => {
  it('is told of, and holds for each caller by itself, over sockets, too', async () => {
    const server = await orders({ rateLimit: { requests: 2, window: 60_000 } });
    const as = (token: string) => ({ authorization: `Bearer ${token}` });
    expect((await post(server, as('a'))).headers.get('x-ratelimit-remaining')).toBe('1');
    expect((await post(server, as('a'))).headers.get('x-ratelimit-remaining')).toBe('0');
    const refused = await post(server, as('a'));
    expect(refused.status).toBe(429);
    expect(codesOf(refused)).toEqual(['RATE_LIMITED']);
    expect(refused.headers.get('retry-after')).toBe('30');
    expect(refused.headers.get('x-ratelimit-limit')).toBe('2');
    expect((await post(server, as('b'))).status).toBe(200);
    expect(await overSocket(server, as('a'))).toMatchObject([{ extensions: { code: 'RATE_LIMITED' } }]);
  });
});

describe('bodies', () => {
  it('may be packed', async () => {
    const { url } = await orders();
    const send = (coding: string, body: Uint8Array<ArrayBuffer>) =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-encoding': coding },
        body,
      });
    const packed = new Uint8Array(gzipSync('{"query":"{__typename}"}'));
    expect(await (await send('gzip', packed)).json()).toEqual({ data: { __typename: 'Query' } });
    expect((await send('br', packed)).status).toBe(400);
    const unknown = await send('zip', packed);
    expect(unknown.status).toBe(415);
    expect(unknown.headers.get('accept-encoding')).toBe('gzip, deflate, br');
  });

  it('that are bombs are stopped', async () => {
    const { url } = await orders({ maxBody: 10_000 });
    const body = new Uint8Array(gzipSync(`{"query":"${' '.repeat(1_000_000)}"}`));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(413);
  });
});

describe('a clientMutationId', () => {
  const mutation = `mutation ($input: CreateOrderInput!) {
    createOrder(input: $input) { order { id status lines { quantity } } errors { message } }
  }`;
  const inputOf = (clientMutationId: string, quantity = 1) => ({
    input: { clientMutationId, currency: 'EUR', lines: [{ productId: 'p', quantity }] },
  });

  it('makes a mutation that comes again answer as before, and change nothing', async () => {
    const server = await orders();
    const first = await server.ask(mutation, inputOf('51ab'));
    const id = first.data.createOrder.order.id;
    await server.ask('mutation ($id: ID!) { cancelOrder(input: { id: $id, reason: "r" }) { order { id } } }', { id });
    expect(await server.ask(mutation, inputOf('51ab'))).toEqual(first);
    const next = await server.ask(mutation, inputOf('other'));
    expect(next.data.createOrder.order.id).not.toBe(id);
  });

  it('is refused with another input', async () => {
    const server = await orders();
    await server.ask(mutation, inputOf('51ab'));
    const got = await server.ask(mutation, inputOf('51ab', 2));
    expect(codesOf(got)).toEqual(['BAD_USER_INPUT']);
  });

  it('is each caller’s own, and means nothing where it only counts', async () => {
    const server = await orders();
    const idOf = async (clientMutationId: string, token: string): Promise<string> =>
      (await post(server, { authorization: `Bearer ${token}` }, mutation, inputOf(clientMutationId))).data.createOrder
        .order.id;
    expect(await idOf('same', 'a')).not.toBe(await idOf('same', 'b'));
    expect(await idOf('1', 'a')).not.toBe(await idOf('1', 'a'));
  });
});

/** The first answer to an operation over a socket; the errors of its message `error`; rejects with what closed the socket. */
function overSocket(
  { url }: GraphqlServer,
  connectionParams: Record<string, unknown> = {},
  headers: Record<string, string> = {},
  query = '{ __typename }',
): Promise<unknown> {
  class Socket extends WebSocket {
    constructor(address: string, protocol: string) {
      super(address, protocol, { headers });
    }
  }
  const client = createClient({
    url: url.replace('http', 'ws'),
    webSocketImpl: Socket,
    connectionParams,
    retryAttempts: 0,
  });
  return new Promise((resolve, reject) => {
    client.subscribe(
      { query },
      {
        next: resolve,
        complete: () => void client.dispose(),
        error: (error) => (Array.isArray(error) ? resolve(error) : reject(error)),
      },
    );
  });
}
