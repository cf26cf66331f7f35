// What a mock tells of the requests that it was asked.
import { expect, it } from 'vitest';
import { Traffic } from '../../src/mock/admin/traffic.ts';
import { grpcClient } from './grpc-client.ts';
import { mockOf, orders } from './serving.ts';

it('calls the outcome of an rpc by the name of its status', async () => {
  const mock = await mockOf(orders());
  const client = grpcClient(mock, 'shop.orders.v1.OrderService');
  await client.call('ListOrders', {});
  await expect(client.call('GetOrder', { name: 'orders/none' })).rejects.toThrow();
  client.close();
  const outcomes = mock.context.traffic.entries.map(({ target, status, outcome }) => [target, status, outcome]);
  expect(outcomes).toEqual([
    ['shop.orders.v1.OrderService.ListOrders', 0, 'OK'],
    ['shop.orders.v1.OrderService.GetOrder', 5, 'NOT_FOUND'],
  ]);
  expect(mock.logged).toEqual([
    expect.stringMatching(/^rpc shop\.orders\.v1\.OrderService\.ListOrders OK /),
    expect.stringMatching(/^rpc shop\.orders\.v1\.OrderService\.GetOrder NOT_FOUND /),
  ]);
});

it('calls a request over HTTP aborted whose caller went before its answer', async () => {
  const mock = await mockOf(orders(), { auth: 'off' });
  const going = new AbortController();
  const answer = fetch(`${mock.url}/v1/orders`, { headers: { prefer: 'fault=timeout' }, signal: going.signal });
  setTimeout(() => going.abort(), 100);
  await expect(answer).rejects.toThrow();
  while (mock.context.traffic.entries.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(mock.context.traffic.entries[0]).toMatchObject({ protocol: 'http', status: 0, outcome: 'aborted' });
});

it('counts every status of gRPC but OK as an error', () => {
  const traffic = new Traffic(Date.now, () => {});
  const one = { method: 'rpc', target: 'a.S/M', endpoint: 'a.S/M', id: null, at: 0, took: 1 } as const;
  for (const status of [0, 3, 5, 14]) traffic.record({ ...one, protocol: 'grpc', status });
  traffic.record({ ...one, protocol: 'http', method: 'GET', status: 503 });
  traffic.record({ ...one, protocol: 'http', method: 'GET', status: 304 });
  const errors = traffic.metrics().match(/^api_errors_total\{.*$/gm);
  expect(errors?.map((line) => /status="(\d+)"/.exec(line)?.[1])).toEqual(['3', '5', '14', '503']);
});

it('tells the names of its endpoints to who asks for another', async () => {
  const mock = await mockOf(orders());
  const answer = (await (await fetch(`${mock.url}/__apiarch/nope`)).json()) as { error: { message: string } };
  expect(answer.error.message).toMatch(/^There is no `\/__apiarch\/nope`; there are health, /);
});

it('tells the secret of webhooks when it starts, where somebody is to get them, and else not at all', async () => {
  const quiet = await mockOf(orders());
  await quiet.close();
  expect(quiet.logged.filter((line) => line.startsWith('Webhooks are signed'))).toEqual([]);
  const told = await mockOf(orders(), { webhookUrl: 'http://127.0.0.1:9/hooks' });
  expect(told.logged).toEqual([expect.stringMatching(/^Webhooks are signed with whsec_[\w-]{32}\.$/)]);
});
