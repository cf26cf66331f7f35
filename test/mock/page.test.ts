// The page to look and try, in Chromium.
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Mock } from '../../src/mock/mock.ts';
import { mockOf, orders } from './serving.ts';

const executablePath = '/usr/bin/chromium';
const args = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
let browser: Browser;

describe.skipIf(!existsSync(executablePath))('the page in Chromium', () => {
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser?.close());

  it('lists every operation, and finds them by their words', async () => {
    const { page } = await opened();
    const names = () => page.locator('#side a').allTextContents();
    expect(await names()).toEqual(
      [
        ...['queryorder', 'queryorders', 'mutationcreateOrder', 'mutationupdateOrder', 'mutationcancelOrder'],
        ...['mutationdeleteOrder', 'subscriptionorderUpdated'],
        ...[
          'GET/orders',
          'POST/orders',
          'GET/orders/{order_id}',
          'PATCH/orders/{order_id}',
          'DELETE/orders/{order_id}',
        ],
        ...['POST/orders/{order_id}/cancel', 'rpcGetOrder', 'rpcListOrders', 'rpcCreateOrder', 'rpcUpdateOrder'],
        ...['rpcDeleteOrder', 'rpcCancelOrder', 'rpcWatchOrder'],
      ].sort(byProtocol),
    );
    await page.getByRole('searchbox').fill('cancelOrder');
    expect(await names()).toEqual(['mutationcancelOrder', 'rpcCancelOrder']);
    await page.getByRole('searchbox').fill('nothing of the kind');
    expect(await page.locator('#side p').textContent()).toBe('Nothing is called so.');
  });

  it('reads a record by REST with credentials that suffice, and shows the request as a command', async () => {
    const { page, mock } = await opened('#try');
    await choose(page, 'GET /orders/{order_id}');
    const id = await page.locator('.fields input').first().inputValue();
    expect(id).toBe('ord_8f14e45fceea');
    expect(await page.locator('.curl').textContent()).toBe(
      `curl '${mock.url}/v1/orders/${id}' -H 'Authorization: Bearer dev:orders:read'`,
    );
    expect(await sent(page)).toMatchObject({ status: '200 OK', body: { id, status: 'placed' } });
    await page.getByLabel('Authorization').fill('Bearer dev:nothing');
    expect(await sent(page)).toMatchObject({ status: '403 Forbidden', body: { error: { code: 'forbidden' } } });
  });

  it('places an order by REST, reads it by GraphQL and gRPC, and shows it in the store', async () => {
    const { page } = await opened();
    await choose(page, 'POST /orders');
    const placed = await sent(page);
    expect(placed.status).toBe('201 Created');
    const { id } = placed.body as { id: string };
    // Once more is another one, since it has a key of its own.
    expect(((await sent(page)).body as { id: string }).id).not.toBe(id);
    await choose(page, 'query order');
    await page.getByLabel('Variables').fill(JSON.stringify({ id }));
    expect(await sent(page)).toMatchObject({ status: '200 OK', body: { data: { order: { id } } } });
    await choose(page, 'rpc GetOrder');
    await page.getByLabel('Body').fill(JSON.stringify({ name: `orders/${id}` }));
    expect(await sent(page)).toMatchObject({ status: '200 OK', body: { name: `orders/${id}` } });
    await page.getByLabel('Body').fill('{"name": "orders/none"}');
    expect(await sent(page)).toMatchObject({ status: '404 Not Found', body: { error: { code: 5 } } });
    await page.getByRole('link', { name: 'Store' }).click();
    await page.locator('td.id', { hasText: id }).waitFor();
    await page.getByRole('button', { name: 'As it was at the beginning' }).click();
    await page.locator('td.id', { hasText: id }).waitFor({ state: 'detached' });
  });

  it('shows events of a subscription as they come, until it is stopped', async () => {
    const { page, mock } = await opened();
    const url = `${mock.url}/v1/orders/ord_8f14e45fceea`;
    await choose(page, 'subscription orderUpdated');
    await page.getByLabel('Variables').fill('{"id": "ord_8f14e45fceea"}');
    await page.getByRole('button', { name: 'Send' }).click();
    const body = page.locator('[aria-live] > pre');
    await body.waitFor({ state: 'attached' });
    for (let tries = 0; tries < 100 && !(await body.textContent())?.includes('event: next'); tries++) {
      const headers = { 'content-type': 'application/merge-patch+json', authorization: 'Bearer dev:orders:write' };
      await fetch(url, { method: 'PATCH', headers, body: '{"lines": [{"product_id": "prd_1", "quantity": 3}]}' });
      await page.waitForTimeout(50);
    }
    expect(await body.textContent()).toContain('"id":"ord_8f14e45fceea"');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped.').waitFor();
  });

  it('shows requests as they are answered', async () => {
    const { page, mock } = await opened('#requests');
    await page.locator('h1', { hasText: 'Requests' }).waitFor();
    await fetch(`${mock.url}/v1/orders?limit=3`);
    const row = page.locator('tr', { hasText: '/v1/orders?limit=3' });
    await row.waitFor();
    expect(await row.locator('td').allTextContents()).toEqual(
      expect.arrayContaining(['GET', '/v1/orders?limit=3', '401']),
    );
    await page.getByRole('button', { name: 'Forget them' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('shows the documents', async () => {
    const { page } = await opened('#documents');
    await page.getByRole('link', { name: 'orders.yaml' }).click();
    await page.locator('pre', { hasText: 'operationId: listOrders' }).waitFor();
  });

  it('asks nobody but the mock, and makes no markup of what documents say', async () => {
    const bad = '<img src=x onerror="document.title=1">';
    const document = {
      openapi: '3.1.0',
      info: { title: bad, version: '1' },
      paths: { '/a': { get: { summary: bad, responses: { 200: { description: bad } } } } },
    };
    const { page, asked } = await opened('#try', { 'bad.json': JSON.stringify(document) });
    expect(await page.locator('#side h2').textContent()).toBe(bad);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.title()).toBe('apiarch mock');
    expect(asked.filter((url) => !url.startsWith('http://127.0.0.1:') && !url.startsWith('data:'))).toEqual([]);
  });
});

/** As the page lists them: GraphQL, REST and gRPC, as languages are read. */
function byProtocol(a: string, b: string): number {
  return order(a) - order(b);
}

function order(name: string): number {
  if (name.startsWith('rpc')) return 2;
  return /^(?:query|mutation|subscription)/.test(name) ? 1 : 0;
}

async function opened(hash = '', documents = orders()): Promise<{ page: Page; mock: Mock; asked: readonly string[] }> {
  const mock = await mockOf(documents);
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  const asked: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', ({ message }) => problems.push(message));
  onTestFinished(() => expect(problems).toEqual([]));
  await page.goto(`${mock.url}/__apiarch/${hash}`);
  await page.locator('#side > *, main h1').first().waitFor();
  return { page, mock, asked };
}

/** Opens the form of an operation. */
async function choose(page: Page, title: string): Promise<void> {
  await page.getByRole('link', { name: 'Try' }).click();
  const [method, name] = title.split(' ') as [string, string];
  await page
    .locator('#side a')
    .filter({ has: page.locator('.method', { hasText: new RegExp(`^${method}$`) }) })
    .filter({ has: page.locator('span:not(.method)', { hasText: new RegExp(`^${name.replace(/[{}]/g, '\\$&')}$`) }) })
    .first()
    .click();
  await page.locator('h1', { hasText: name }).waitFor();
}

async function sent(page: Page): Promise<{ status: string; body: unknown }> {
  await page.evaluate(() => document.querySelector('[aria-live]')?.replaceChildren());
  await page.getByRole('button', { name: 'Send' }).click();
  const status = page.locator('[aria-live] h2 span');
  await status.waitFor();
  const text = page.locator('[aria-live] > pre');
  await page.locator('button:text("Stop")').waitFor({ state: 'hidden' });
  return { status: (await status.textContent())!, body: JSON.parse((await text.textContent())!) };
}
