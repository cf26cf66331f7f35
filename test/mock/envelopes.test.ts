// Lists and records in envelopes within envelopes, from documents alone.
import { expect, it } from 'vitest';
import { mockOf } from './serving.ts';

const hal = `
openapi: 3.0.3
info: { title: Shop, version: '1' }
paths:
  /orders:
    get:
      parameters: [{ name: page, in: query, schema: { type: integer } }, { name: size, in: query, schema: { type: integer } }]
      responses: { '200': { description: ok, content: { application/hal+json: { schema: { $ref: '#/components/schemas/Orders' } } } } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
      responses: { '201': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Held' } } } } }
  /orders/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Held' } } } } }
components:
  schemas:
    Order: { type: object, required: [name], properties: { id: { type: string, readOnly: true }, name: { type: string } } }
    Held:
      type: object
      required: [data]
      properties: { data: { type: object, required: [order], properties: { order: { $ref: '#/components/schemas/Order' } } } }
    Orders:
      type: object
      required: [_embedded, _links]
      properties:
        _embedded: { type: object, required: [orders], properties: { orders: { type: array, items: { $ref: '#/components/schemas/Order' } } } }
        _links: { type: object, properties: { next: { type: object, properties: { href: { type: string } } } } }
        page: { type: object, properties: { totalElements: { type: integer }, size: { type: integer } } }
`;

interface Page {
  readonly _embedded: { readonly orders: readonly { readonly id: string; readonly name: string }[] };
  readonly _links: { readonly next?: { readonly href: string } };
  readonly page: { readonly totalElements: number };
}

it('walks the pages of HAL, and reads in one envelope what was written through another', async () => {
  const { url } = await mockOf({ 'shop.yaml': hal });
  const json = { 'content-type': 'application/json' };
  const made = await fetch(`${url}/orders`, { method: 'POST', headers: json, body: '{"name":"lamp"}' });
  expect(made.status).toBe(201);
  const { data } = (await made.json()) as { data: { order: { id: string; name: string } } };
  expect(data.order).toMatchObject({ name: 'lamp' });
  expect(await (await fetch(`${url}/orders/${data.order.id}`)).json()).toEqual({ data });

  const seen: string[] = [];
  let next: string | undefined = `${url}/orders?size=10`;
  while (next !== undefined) {
    const page: Page = (await (await fetch(next)).json()) as Page;
    expect(page.page.totalElements).toBe(26);
    seen.push(...page._embedded.orders.map(({ id }) => id));
    next = page._links.next?.href;
  }
  expect(new Set(seen).size).toBe(26);
  expect(seen).toContain(data.order.id);
});
