// Subscriptions, by the clients that the protocols' authors publish.
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { type GraphqlServer, serveFile, serveText } from './graphql-server.ts';

let server: GraphqlServer;
beforeEach(async () => {
  server = await serveFile('examples/orders.graphql');
});
afterEach(() => server.close());

interface Client {
  iterate(payload: { query: string; variables?: Record<string, unknown> }): AsyncIterableIterator<unknown>;
  dispose(): void | Promise<void>;
}

const clients: Record<string, (url: string) => Client> = {
  'graphql-transport-ws': (url) =>
    createWsClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 }) as Client,
  'event streams, one for each operation': (url) => createSseClient({ url, retryAttempts: 0 }) as Client,
  'event streams, one for all': (url) =>
    createSseClient({ url: `${url}/stream`, singleConnection: true, retryAttempts: 0 }) as Client,
};

const follow = 'subscription ($id: ID!) { orderUpdated(id: $id) { id status } }';
const cancel =
  'mutation ($id: ID!) { cancelOrder(input: { id: $id, reason: "x" }) { order { status } errors { code } } }';

describe.each(Object.entries(clients))('over %s', (_, clientTo) => {
  it('tells of the order that is followed, and of no other, as it changes', async () => {
    const [first, second] = await ids(server);
    const client = clientTo(server.url);
    const events = client.iterate({ query: follow, variables: { id: first } });
    const next = events.next();
    await subscribed(server, 1);
    await server.ask(cancel, { id: second });
    const { data } = await server.ask(cancel, { id: first });
    expect(data.cancelOrder).toEqual({ order: { status: 'CANCELLED' }, errors: [] });
    expect((await next).value).toEqual({ data: { orderUpdated: { id: first, status: 'CANCELLED' } } });
    await events.return?.();
    await subscribed(server, 0);
    await client.dispose();
  });

  it('answers queries and mutations, too', async () => {
    const client = clientTo(server.url);
    const { value } = await client.iterate({ query: '{ orders(first: 1) { edges { node { id } } } }' }).next();
    expect(value).toEqual({ data: { orders: { edges: [{ node: { id: (await ids(server))[0] } }] } } });
    await client.dispose();
  });

  it('tells what is wrong with an operation', async () => {
    const client = clientTo(server.url);
    const told = await client
      .iterate({ query: 'subscription { nothing }' })
      .next()
      .catch((error: unknown) => error);
    expect(JSON.stringify(told)).toContain('nothing');
    await client.dispose();
  });

  it('leaves nothing behind when the client goes without a word', async () => {
    const [first] = await ids(server);
    const client = clientTo(server.url);
    const events = client.iterate({ query: follow, variables: { id: first } });
    events.next().catch(() => {});
    await subscribed(server, 1);
    await client.dispose();
    await subscribed(server, 0);
  });
});

describe('a subscription', () => {
  it('fires by the clock where a tick is set', async () => {
    const ticking = await serveFile('examples/orders.graphql', { tick: 5 });
    const [first] = await ids(ticking);
    const client = clients['graphql-transport-ws']!(ticking.url);
    const events = client.iterate({ query: follow, variables: { id: first } });
    for (let i = 0; i < 3; i++)
      expect((await events.next()).value).toMatchObject({ data: { orderUpdated: { id: first } } });
    await client.dispose();
    await ticking.close();
  });

  it('tells what happened, in the words of its name and of its payload', async () => {
    const pets = await serveText(`
      type Query { pets: [Pet!]! pet(id: ID!): Pet }
      type Pet { id: ID! name: String! }
      input PetInput { name: String! }
      enum ChangeKind { CREATED UPDATED DELETED }
      type PetEvent { kind: ChangeKind! pet: Pet! }
      type Mutation { createPet(input: PetInput!): Pet! updatePet(id: ID!, input: PetInput!): Pet deletePet(id: ID!): Boolean! }
      type Subscription { petCreated: Pet! petDeleted: ID! petChanged: PetEvent! }
    `);
    const client = clients['graphql-transport-ws']!(pets.url);
    const created = client.iterate({ query: 'subscription { petCreated { name } }' }).next();
    const deleted = client.iterate({ query: 'subscription { petDeleted }' }).next();
    const events = client.iterate({ query: 'subscription { petChanged { kind pet { name } } }' });
    const changes = [events.next(), events.next(), events.next()];
    await subscribed(pets, 3);
    const { data } = await pets.ask('mutation { createPet(input: { name: "Rex" }) { id } }');
    const { id } = data.createPet;
    await pets.ask('mutation ($id: ID!) { updatePet(id: $id, input: { name: "Tyran" }) { id } }', { id });
    await pets.ask('mutation ($id: ID!) { deletePet(id: $id) }', { id });
    expect((await created).value).toEqual({ data: { petCreated: { name: 'Rex' } } });
    expect((await deleted).value).toEqual({ data: { petDeleted: id } });
    expect((await Promise.all(changes)).map(({ value }) => (value as { data: unknown }).data)).toEqual([
      { petChanged: { kind: 'CREATED', pet: { name: 'Rex' } } },
      { petChanged: { kind: 'UPDATED', pet: { name: 'Tyran' } } },
      { petChanged: { kind: 'DELETED', pet: { name: 'Tyran' } } },
    ]);
    await client.dispose();
    await pets.close();
  });

  it('survives what is no message, and what comes before its time', async () => {
    for (const message of [
      '{',
      '[]',
      '{"type":"subscribe"}',
      '{"type":"subscribe","id":"1","payload":{"query":1}}',
      '\u0000',
    ]) {
      const socket = new WebSocket(server.url.replace('http', 'ws'), 'graphql-transport-ws');
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send(message);
      const code = await new Promise((resolve) => socket.once('close', resolve));
      expect(code).toBeGreaterThanOrEqual(4400);
    }
    expect(server.lines).toEqual([]);
    expect((await server.ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
  });

  it('needs no more room for streams that are reserved and never opened', async () => {
    for (let i = 0; i < 300; i++) expect((await fetch(`${server.url}/stream`, { method: 'PUT' })).status).toBe(201);
    const [first] = await ids(server);
    const client = clients['event streams, one for all']!(server.url);
    const events = client.iterate({ query: follow, variables: { id: first } });
    const next = events.next();
    await subscribed(server, 1);
    await server.ask(cancel, { id: first });
    expect((await next).value).toMatchObject({ data: { orderUpdated: { id: first } } });
    await client.dispose();
  });
});

async function ids({ ask }: GraphqlServer): Promise<string[]> {
  const { data } = await ask('{ orders(first: 2) { edges { node { id } } } }');
  return data.orders.edges.map(({ node }: { node: { id: string } }) => node.id);
}

/** Waits until as many listen to the store. */
async function subscribed({ listeners }: GraphqlServer, count: number): Promise<void> {
  while (listeners() !== count) await new Promise((resolve) => setTimeout(resolve, 5));
}
