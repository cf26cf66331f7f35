// The project's own examples in one mock: three documents of one API beside three that have little to do with each other.
import { readFileSync } from 'node:fs';
import { status } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { inferRoles } from '../../src/mock/resources/infer.ts';
import { defaultSettings } from '../../src/mock/settings.ts';
import { grpcClient } from './grpc-client.ts';
import { infer, list, object, proto, ref, rest, sdl, text } from './resources-documents.ts';
import { apisOf, mockOf, orders } from './serving.ts';

const flawed = ['flawed.yaml', 'flawed.graphql', 'flawed.proto'];
const examples: Record<string, string> = {
  ...Object.fromEntries(
    flawed.map((path) => [path, readFileSync(new URL(`../../examples/${path}`, import.meta.url), 'utf8')]),
  ),
  ...orders(),
};

describe('documents of different things in one mock', () => {
  it('keeps the orders of three languages one resource, whatever the order of the documents', async () => {
    for (const documents of [examples, Object.fromEntries(Object.entries(examples).reverse())]) {
      const roles = inferRoles(await apisOf(documents), defaultSettings);
      const order = roles.messages.get('shop.orders.v1.Order')!;
      expect(order.name).toBe('order');
      expect(order.home.idField).toBe('id');
      const placing = [...roles.rest].find(([{ name }]) => name === 'POST /orders')![1];
      expect(placing.resource).toBe(order);
      expect(roles.graphql.get('Query.order')!.resource).toBe(order);
      expect(roles.grpc.get('shop.orders.v1.OrderService.GetOrder')!.resource).toBe(order);
      const items = [...roles.rest].find(([{ name }]) => name.startsWith('GET /order_items'))![1];
      expect(items.resource).not.toBe(order);
      // Two kinds of orders in `.proto` files are two.
      expect(roles.grpc.get('orders.Orders.getOrder')!.resource).not.toBe(order);
      expect(roles.grpc.get('orders.Orders.getOrder')!.resource).not.toBe(items.resource);
    }
  });

  it('writes by one protocol what the others read', async () => {
    const mock = await mockOf(examples, { auth: 'off' });
    const placed = await fetch(`${mock.url}/v1/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': '3f0b6a52-1d64-4a2f-9a3c-0d8f2f6f5b11' },
      body: JSON.stringify({ currency: 'EUR', lines: [{ product_id: 'prd_c9f0f895fb98', quantity: 2 }] }),
    });
    expect(placed.status).toBe(201);
    const { id } = (await placed.json()) as { id: string };
    const asked = await fetch(`${mock.url}/graphql/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
      body: JSON.stringify({
        query: 'query ($id: ID!) { order(id: $id) { id lines { quantity } } }',
        variables: { id },
      }),
    });
    expect(await asked.json()).toEqual({ data: { order: { id, lines: [{ quantity: 2 }] } } });
    const client = grpcClient(mock, 'shop.orders.v1.OrderService');
    const name = `orders/${id}`;
    expect(await client.call('GetOrder', { name })).toMatchObject({ name, lines: [{ quantity: 2 }] });
    await client.call('UpdateOrder', {
      order: { name, status: 'ORDER_STATUS_SHIPPED' },
      update_mask: { paths: ['status'] },
    });
    const seen = await fetch(`${mock.url}/v1/orders/${id}`);
    expect(await seen.json()).toMatchObject({ id, status: 'shipped' });
    await client.call('DeleteOrder', { name });
    expect((await fetch(`${mock.url}/v1/orders/${id}`)).status).toBe(404);
    await expect(client.call('GetOrder', { name })).rejects.toMatchObject({ code: status.NOT_FOUND });
    client.close();
  });

  it('keeps things of one name apart that share no field', () => {
    const roles = infer(
      rest(
        { 'GET /accounts': { gives: list(ref('Account')) }, 'GET /accounts/{id}': { gives: ref('Account') } },
        { Account: object({ id: text, iban: text, balance: text, currency: text }) },
      ),
      sdl(
        'type Query { account(id: ID!): Account } type Account { id: ID! login: String email: String avatar: String }',
      ),
    );
    expect(roles.resources).toHaveLength(2);
  });

  it('gives a name to what fits it best, not to what comes first', () => {
    const roles = infer(
      rest(
        { 'GET /order-items': { gives: list(ref('Order')) }, 'GET /order-items/{id}': { gives: ref('Order') } },
        { Order: object({ id: text, article: text, count: text }) },
      ),
      proto(`service S { rpc GetOrder(R) returns (Order); } message R { string id = 1; }
        message Order { string id = 1; string status = 2; string customer = 3; }`),
    );
    expect(roles.resources.map(({ name }) => name)).toEqual(['order item', 'order']);
  });
});
