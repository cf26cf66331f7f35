// One order, seen by REST, GraphQL and gRPC.
import { status } from '@grpc/grpc-js';
import { createClient as sseClient } from 'graphql-sse';
import { createClient as wsClient } from 'graphql-ws';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { grpcClient } from './grpc-client.ts';
import { mockOf, orders } from './serving.ts';

const query = `query ($id: ID!) {
  order(id: $id) { id status createdAt total { cents currency } lines { product { id } quantity unitPrice { cents } } }
}`;

it('keeps one order for REST, GraphQL and gRPC', async () => {
  const mock = await mockOf(orders(), { auth: 'off' });
  const rest = `${mock.url}/v1/orders`;

  // Placed by REST.
  const placed = await fetch(rest, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': '3f0b6a52-1d64-4a2f-9a3c-0d8f2f6f5b11' },
    body: JSON.stringify({ currency: 'EUR', lines: [{ product_id: 'prd_c9f0f895fb98', quantity: 2 }] }),
  });
  expect(placed.status).toBe(201);
  const order = (await placed.json()) as { id: string; status: string; created_at: string; total_cents: number };
  expect(placed.headers.get('location')).toContain(`/orders/${order.id}`);
  const etag = placed.headers.get('etag');
  expect(etag).toBeTruthy();

  // The same by GraphQL and gRPC.
  const graphql = async (query: string, variables: object) => {
    const answer = await fetch(`${mock.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({ query, variables }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: whatever was asked for
    return (await answer.json()) as { data: any; errors?: unknown };
  };
  const asked = await graphql(query, { id: order.id });
  expect(asked.errors).toBeUndefined();
  expect(asked.data.order).toMatchObject({
    id: order.id,
    status: order.status.toUpperCase(),
    total: { cents: order.total_cents, currency: 'EUR' },
    lines: [{ product: { id: 'prd_c9f0f895fb98' }, quantity: 2 }],
  });
  expect(Date.parse(asked.data.order.createdAt)).toBe(Date.parse(order.created_at));
  const client = grpcClient(mock, 'shop.orders.v1.OrderService');
  const name = `orders/${order.id}`;
  const got = await client.call('GetOrder', { name });
  expect(got).toMatchObject({
    name,
    status: `ORDER_STATUS_${order.status.toUpperCase()}`,
    total: { currency_code: 'EUR', units: String(Math.trunc(order.total_cents / 100)) },
    lines: [{ quantity: 2 }],
  });

  // Followed by GraphQL over both transports, changed by gRPC, seen by REST.
  const follow = {
    query: 'subscription ($id: ID!) { orderUpdated(id: $id) { id status } }',
    variables: { id: order.id },
  };
  const ws = wsClient({ url: `${mock.url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, lazy: false });
  const sse = sseClient({ url: `${mock.url}/graphql`, retryAttempts: 0 });
  const streams = [ws.iterate(follow), sse.iterate(follow)];
  let isTold = false;
  const told = Promise.all(streams.map((stream) => stream.next())).finally(() => {
    isTold = true;
  });
  // Again until both have heard of it: nothing tells when a subscription has begun.
  for (let tries = 0; tries < 100 && !isTold; tries++) {
    await client.call('UpdateOrder', {
      order: { name, status: 'ORDER_STATUS_SHIPPED', lines: [{ product: 'products/other', quantity: 9 }] },
      update_mask: { paths: ['status'] },
    });
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, 100))]);
  }
  for (const { value } of await told) {
    expect(value).toMatchObject({ data: { orderUpdated: { id: order.id, status: 'SHIPPED' } } });
  }
  const seen = await fetch(`${rest}/${order.id}`);
  expect(await seen.json()).toMatchObject({ status: 'shipped', lines: [{ quantity: 2 }] });
  expect(seen.headers.get('etag')).toBeTruthy();
  expect(seen.headers.get('etag')).not.toBe(etag);

  // Deleted by GraphQL, gone everywhere.
  const deleted = await graphql(
    'mutation ($id: ID!) { deleteOrder(input: { id: $id }) { order { id } errors { code message } } }',
    { id: order.id },
  );
  expect(deleted).toEqual({ data: { deleteOrder: { order: { id: order.id }, errors: [] } } });
  expect((await fetch(`${rest}/${order.id}`)).status).toBe(404);
  await expect(client.call('GetOrder', { name })).rejects.toMatchObject({ code: status.NOT_FOUND });
  expect((await graphql(query, { id: order.id })).data.order).toBeNull();
  client.close();
  await ws.dispose();
  sse.dispose();
});

it('refuses in every protocol what a record cannot hold, and says where', async () => {
  const mock = await mockOf(orders(), { auth: 'off' });
  const input = { clientMutationId: 'a', currency: 'Euro', lines: [{ productId: 'prd_1', quantity: 0 }] };
  const query = `mutation ($input: CreateOrderInput!) {
    createOrder(input: $input) { order { id } errors { code message path } }
  }`;
  const refused = await fetch(`${mock.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input } }),
  });
  expect(await refused.json()).toEqual({
    data: {
      createOrder: {
        order: null,
        errors: [
          {
            code: 'INVALID',
            message: '`currency` must match the pattern `^[A-Z]{3}$`, unlike `Euro`.',
            path: ['currency'],
          },
          {
            code: 'INVALID',
            message: '`lines[0].quantity` must be at least 1, not 0.',
            path: ['lines', '0', 'quantity'],
          },
        ],
      },
    },
  });
  const client = grpcClient(mock, 'shop.orders.v1.OrderService');
  const order = { lines: [{ product: 'products/a', quantity: 5000 }] };
  await expect(client.call('CreateOrder', { order })).rejects.toMatchObject({
    code: status.INVALID_ARGUMENT,
    details: expect.stringContaining('lines[0].quantity'),
  });
  client.close();
});

it('says in the words of the OpenAPI document that there is nothing', async () => {
  const mock = await mockOf(orders());
  const answer = await fetch(`${mock.url}/v1/ordres`, { headers: { 'x-request-id': 'mine' } });
  expect(answer.status).toBe(404);
  expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  expect(await answer.json()).toEqual({
    error: { code: 'not_found', message: 'There is nothing at `/v1/ordres`.', request_id: 'mine' },
  });
});

it('limits a caller by all protocols together', async () => {
  const mock = await mockOf(orders(), { auth: 'off', rateLimit: { requests: 2, window: 3_600_000 } });
  const client = grpcClient(mock, 'shop.orders.v1.OrderService');
  expect((await fetch(`${mock.url}/v1/orders`)).status).toBe(200);
  await client.call('ListOrders', {});
  await expect(client.call('ListOrders', {})).rejects.toMatchObject({ code: status.RESOURCE_EXHAUSTED });
  expect((await fetch(`${mock.url}/v1/orders`)).status).toBe(429);
  client.close();
});
