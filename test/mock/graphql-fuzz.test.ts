// Whatever comes: an answer in the form that GraphQL over HTTP has, and no mistake of ours.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type GraphqlServer, serveFile, serveText } from './graphql-server.ts';

let server: GraphqlServer;
let odd: GraphqlServer;
beforeAll(async () => {
  server = await serveFile('examples/orders.graphql');
});
afterAll(async () => {
  await server.close();
  await odd?.close();
});

const words = [
  ...[
    '{',
    '}',
    '(',
    ')',
    '[',
    ']',
    ':',
    '!',
    '=',
    '|',
    '&',
    '@',
    '...',
    '$',
    ',',
    '"',
    '"""',
    '#',
    '\n',
    '\\',
    '\u0000',
    '\ud800',
  ],
  ...[
    'query',
    'mutation',
    'subscription',
    'fragment',
    'on',
    'orders',
    'order',
    'first',
    'after',
    'id',
    'edges',
    'node',
    'A',
  ],
  ...[
    '$a',
    '1',
    '-1',
    '1e400',
    '"x"',
    'null',
    'true',
    'PLACED',
    '__typename',
    '__schema',
    'types',
    'Order',
    '@skip',
    '@include(if: $a)',
  ],
];

const posted = async (body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: body as BodyInit,
  });

async function sound(response: Response): Promise<void> {
  expect(response.status).toBeLessThan(500);
  const text = await response.text();
  if (text === '') return;
  const { data, errors } = JSON.parse(text) as {
    data?: unknown;
    errors?: { message: string; extensions?: { code?: string } }[];
  };
  expect(data !== undefined || (errors?.length ?? 0) > 0).toBe(true);
  for (const { extensions } of errors ?? []) expect(extensions?.code).not.toBe('INTERNAL');
}

it('answers documents of any tokens', async () => {
  const document = fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((list) => list.join(' '));
  await fc.assert(
    fc.asyncProperty(document, async (query) => sound(await posted(JSON.stringify({ query })))),
    { numRuns: 400 },
  );
  expect(server.lines).toEqual([]);
});

it('answers variables of any values', async () => {
  const query =
    'mutation ($input: CreateOrderInput!, $id: ID!, $change: UpdateOrderInput!) { createOrder(input: $input) { order { id lines { product { id } quantity } } errors { code path } } cancelOrder(input: {id: $id, reason: "x"}) { order { id } errors { message } } updateOrder(input: $change) { order { id total { cents } } errors { code } } }';
  const line = fc.record({
    productId: fc.oneof(fc.string(), fc.integer()),
    quantity: fc.oneof(fc.integer(), fc.double(), fc.string()),
  });
  const lines = fc.oneof(fc.array(line, { maxLength: 3 }), fc.jsonValue());
  const input = fc.oneof(
    fc.record({
      clientMutationId: fc.string(),
      currency: fc.string(),
      lines: fc.array(fc.record({ productId: fc.string(), quantity: fc.integer({ min: -5, max: 2 ** 31 - 1 }) })),
    }),
    fc.record({ clientMutationId: fc.string(), currency: fc.jsonValue(), lines }),
    fc.jsonValue(),
  );
  const change = fc.oneof(fc.record({ id: fc.string(), lines }), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(input, fc.oneof(fc.string(), fc.jsonValue()), change, async (input, id, change) =>
      sound(await posted(JSON.stringify({ query, variables: { input, id, change } }))),
    ),
    { numRuns: 300 },
  );
  expect(server.lines).toEqual([]);
});

it('answers pages of any arguments', async () => {
  const query =
    'query ($first: Int, $after: String, $last: Int, $before: String, $filter: OrderFilter) { orders(first: $first, after: $after, last: $last, before: $before, filter: $filter) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }';
  const count = fc.option(fc.oneof(fc.integer(), fc.integer({ min: 0, max: 3 })));
  const cursor = fc.option(fc.oneof(fc.string(), fc.base64String()));
  const filter = fc.option(fc.record({ status: fc.constantFrom('PLACED', 'PACKED', 'x', null) }));
  await fc.assert(
    fc.asyncProperty(count, cursor, count, cursor, filter, async (first, after, last, before, filter) =>
      sound(await posted(JSON.stringify({ query, variables: { first, after, last, before, filter } }))),
    ),
    { numRuns: 200 },
  );
  expect(server.lines).toEqual([]);
});

it('answers bodies of any bytes and headers', async () => {
  const type = fc.constantFrom(
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'multipart/form-data',
    '',
    'a/b; c="',
  );
  const accept = fc.constantFrom(
    '*/*',
    'application/json',
    'text/event-stream',
    'image/png',
    'application/graphql-response+json;q=0',
    ',,;',
  );
  const body = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.jsonValue().map((value) => new TextEncoder().encode(JSON.stringify(value))),
  );
  await fc.assert(
    fc.asyncProperty(body, type, accept, async (body, type, accept) => {
      const response = await posted(body, { 'content-type': type, accept });
      expect(response.status).toBeLessThan(500);
      await response.text();
    }),
    { numRuns: 200 },
  );
  expect(server.lines).toEqual([]);
});

it('makes something of schemas that are none', async () => {
  odd = await serveText(`
    type Mutation { do(a: Missing, b: Thing, c: In): Out }
    extend type Elsewhere @key(fields: "id") { id: ID! @external owner: Person! }
    type Thing implements Gone & Lonely & In { a: In b: [Lost!]! __x: Int ok: Boolean @deprecated(reason: 5) }
    interface Lonely { l: Int! m: Lonely! }
    type Out { thing: Thing! lonely: Lonely! none: Nothing! choice: Choice! empty: Empty! self: Out! }
    enum Nothing
    union Choice = In | Gone | Thing
    union NoChoice = Gone
    input In { a: Thing b: In! = {b: 3} c: Int = "x" }
    type Empty
    type Person { id: ID! name(x: In = {q: 1}): String pick: NoChoice }
    directive @deprecated(when: Int) on OBJECT
    scalar String
    type Thing { again: Int }
    schema { mutation: Mutation subscription: In }
    type { broken
  `);
  const { data, errors } = await odd.ask(
    'mutation { do { thing { ok b again } lonely { l m { l } } none choice { __typename } empty { __typename _empty } self { self { none } } } }',
  );
  expect(errors).toBeUndefined();
  expect(data.do.thing.b.length).toBeGreaterThan(0);
  expect(data.do.lonely.l).toEqual(expect.any(Number));
  const { data: federated } = await odd.ask(
    '{ _service { sdl } _entities(representations: [{__typename: "Elsewhere", id: "7"}]) { ... on Elsewhere { id owner { name } } } }',
  );
  expect(federated._service.sdl).toContain('extend type Elsewhere');
  expect(federated._entities).toMatchObject([{ id: '7', owner: { name: expect.any(String) } }]);
  expect(odd.lines.length).toBeGreaterThan(0);
  expect(odd.lines.filter((line) => line.includes('bug'))).toEqual([]);
});
