// GraphQL over HTTP, by the draft specification's own audit and by what clients try besides.
import { auditServer } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apisOf, type GraphqlServer, serveApis, serveFile, serveText } from './graphql-server.ts';

let server: GraphqlServer;
beforeAll(async () => {
  server = await serveFile('examples/orders.graphql', { maxBody: 50_000 });
});
afterAll(() => server.close());

const json = { 'content-type': 'application/json' };

describe('GraphQL over HTTP', () => {
  it('passes the audit of graphql-http whole', async () => {
    const results = await auditServer({ url: server.url });
    expect(results.length).toBe(61);
    expect(results.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual([]);
  });

  it('is answered by GET, with variables in the query', async () => {
    const query = 'query ($n: Int) { orders(first: $n) { edges { node { id } } } }';
    const search = new URLSearchParams({ query, variables: '{"n":3}' });
    const response = await fetch(`${server.url}?${search}`, {
      headers: { accept: 'application/graphql-response+json' },
    });
    expect(response.headers.get('content-type')).toMatch(/^application\/graphql-response\+json/);
    const { data } = (await response.json()) as { data: { orders: { edges: unknown[] } } };
    expect(data.orders.edges).toHaveLength(3);
  });

  it('does not change anything by GET', async () => {
    const query = 'mutation { deleteOrder(input: { id: "a" }) { order { id } } }';
    const response = await fetch(`${server.url}?${new URLSearchParams({ query })}`);
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  it.each([
    ['several operations at once', '[{"query":"{__typename}"}]', 400, /Several operations in one request/],
    ['an empty body', '', 400, /empty/],
    [
      'a stored query by its hash',
      '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"a"}}}',
      200,
      /^PersistedQueryNotFound$/,
    ],
    ['more than may be sent', `{"query":"${' '.repeat(60_000)}"}`, 413, /larger than 50000 bytes/],
    ['no GraphQL', '{"query":"{"}', 200, /Syntax Error/],
    ['no JSON', '{', 400, /JSON/],
  ])('refuses %s in one sentence', async (_, body, status, message) => {
    const response = await fetch(server.url, { method: 'POST', headers: json, body });
    expect(response.status).toBe(status);
    const { errors } = (await response.json()) as { errors: { message: string; extensions: { code: string } }[] };
    expect(errors).toHaveLength(1);
    expect(errors[0]!.message).toMatch(message);
    expect(errors[0]!.extensions.code).toMatch(/^[A-Z_]+$/);
  });

  it('counts the bytes of bodies that do not say how long they are', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 20; i++) controller.enqueue(new TextEncoder().encode(' '.repeat(10_000)));
        controller.close();
      },
    });
    const response = await fetch(server.url, { method: 'POST', headers: json, body, duplex: 'half' } as RequestInit);
    expect(response.status).toBe(413);
  });

  it('lets pages of other origins call', async () => {
    const origin = 'https://app.example';
    const preflight = await fetch(server.url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(origin);
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { ...json, origin },
      body: '{"query":"{__typename}"}',
    });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
  });

  it('calls a request what its caller calls it', async () => {
    const of = async (headers: Record<string, string>): Promise<string | null> =>
      (await fetch(`${server.url}?query={__typename}`, { headers })).headers.get('x-request-id');
    expect(await of({ 'x-request-id': 'abc-1' })).toBe('abc-1');
    expect(await of({})).toMatch(/^[\da-f-]{36}$/);
    expect(await of({ 'x-request-id': 'with space' })).not.toBe('with space');
  });

  it('leads browsers to the explorer', async () => {
    const response = await fetch(server.url, { headers: { accept: 'text/html,*/*;q=0.8' }, redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/__apiarch/#graphql');
  });

  it('serves each of several schemas under its name, and the first at /graphql', async () => {
    const several = await serveApis(
      apisOf([
        ['api/shop.graphql', 'type Query { shopName: String! }'],
        ['api2/blog.graphql', 'type Query { blogName: String! }'],
      ]),
    );
    const fields = async (path: string): Promise<string> =>
      (await fetch(`${several.url}${path}?query={__schema{queryType{fields{name}}}}`)).text();
    expect(await fields('')).toContain('shopName');
    expect(await fields('/shop')).toContain('shopName');
    expect(await fields('/blog')).toContain('blogName');
    expect((await fetch(`${several.url}/none?query={__typename}`)).status).toBe(404);
    await several.close();
  });
});

describe('limits', () => {
  const nested = (depth: number): string => `${'{ all '.repeat(depth)}{ id }${' }'.repeat(depth)}`;
  let deep: GraphqlServer;
  beforeAll(async () => {
    deep = await serveText(
      'type Query { all: [Node!]! many(first: Int): [Node!]! } type Node { id: ID! all: [Node!]! many(first: Int): [Node!]! }',
    );
  });
  afterAll(() => deep.close());

  it.each([
    ['depth', nested(16), /nested deeper than 15/],
    [
      'depth over fragments',
      `{ all { ...A } } fragment A on Node { all { ...B } } fragment B on Node ${nested(14)}`,
      /nested deeper than 15/,
    ],
    ['fields', `{ ${'__typename '.repeat(5_001)} }`, /more than 5000 fields/],
    [
      'fragments',
      `{ __typename } ${Array.from({ length: 201 }, (_, i) => `fragment F${i} on Node { id }`).join(' ')}`,
      /more than 200 fragments/,
    ],
    [
      'aliases',
      `{ ${Array.from({ length: 1001 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      /more than 1000 aliases/,
    ],
    ['directives', `{ ${'__typename @skip(if: true) '.repeat(501)} }`, /more than 500 directives/],
    ['tokens', `{ ${'__typename '.repeat(10_001)} }`, /10000 tokens/],
    [
      'values',
      '{ many(first: 1000) { many(first: 1000) { many(first: 30) { many(first: 30) { id } } } } }',
      /about \d{3},\d{3} values/,
    ],
    [
      'values over fragments',
      `{ ...F0 } ${Array.from({ length: 12 }, (_, i) => `fragment F${i} on Query { a${i}: many(first: 9) { id } ...F${i + 1} b${i}: many(first: 8) { id } ...F${i + 1} ...F${i + 1} ...F${i + 1} }`).join(' ')} fragment F12 on Query { many { id } }`,
      /values/,
    ],
  ])('bounds %s', async (_, query, message) => {
    const { errors, data } = await deep.ask(query);
    expect(data).toBeUndefined();
    expect(errors).toHaveLength(1);
    expect(errors![0]!.message).toMatch(message);
  });

  it('counts pages that variables ask for', async () => {
    const query =
      'query ($n: Int = 20) { many(first: $n) { many(first: $n) { many(first: $n) { many(first: $n) { id } } } } }';
    expect((await deep.ask(query)).errors?.[0]?.message).toMatch(/values/);
    expect((await deep.ask(query, { n: 2 })).errors).toBeUndefined();
  });

  it('lets introspection through', async () => {
    const { getIntrospectionQuery, buildClientSchema } = await import('graphql/index.js');
    const { data, errors } = await deep.ask(getIntrospectionQuery());
    expect(errors).toBeUndefined();
    expect(buildClientSchema(data).getQueryType()?.name).toBe('Query');
  });

  it('survives values and lists nested without end', async () => {
    const list = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`;
    const ask = async (query: string, variables = '{}'): Promise<unknown> => {
      const body = `{"query":${JSON.stringify(query)},"variables":${variables}}`;
      const response = await fetch(deep.url, { method: 'POST', headers: json, body });
      const { errors } = (await response.json()) as { errors: { message: string }[] };
      return errors.map(({ message }) => message);
    };
    expect(await ask(`{ many(first: ${list(4_900)}) { id } }`)).toEqual(['The document is nested too deep.']);
    expect(await ask('query ($n: Int) { many(first: $n) { id } }', `{"n":${list(100_000)}}`)).toEqual([
      'The variables are nested too deep.',
    ]);
    expect(await ask(`{ many(first: 1) { id(text: "${'{'.repeat(200)}") } } #${'['.repeat(200)}`)).toEqual([
      'Unknown argument "text" on field "Node.id".',
    ]);
  });
});
