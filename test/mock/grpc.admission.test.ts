// Who is let in to rpcs.
import { status } from '@grpc/grpc-js';
import { expect, it } from 'vitest';
import { grpcClient } from './grpc-client.ts';
import { mockOf, orders } from './serving.ts';

it('asks for tokens where a provider gives some out, and takes those', async () => {
  const mock = await mockOf(orders(), { idp: true });
  const client = grpcClient(mock, 'shop.orders.v1.OrderService');
  await expect(client.call('ListOrders', {})).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
  client.close();
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'robot', client_secret: 'any' });
  const given = (await (await fetch(`${mock.url}/oauth/token`, { method: 'POST', body: form })).json()) as {
    access_token: string;
  };
  const answer = await fetch(`${mock.url}/__apiarch/grpc/shop.orders.v1.OrderService/ListOrders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${given.access_token}` },
    body: '{"page_size": 1}',
  });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ orders: [{ name: 'orders/ord_8f14e45fceea' }] });
});
