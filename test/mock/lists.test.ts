// Lists over REST: pages, filters, order.
import { describe, expect, it } from 'vitest';
import { crudOf, ordersText } from './crud-server.ts';

const document = (parameters: string, schema: string, extra = '') => `
openapi: 3.0.3
info: { title: t, version: '1' }
paths:
  /things:
    get:
      parameters: [${parameters}]
      responses:
        '200':
          description: d
          ${extra}
          content: { application/json: { schema: ${schema} } }
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
      responses: { '201': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      responses: { '200': { description: d, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
    delete:
      responses: { '204': { description: d } }
components:
  schemas:
    Thing:
      type: object
      required: [id, name, price, status, created_at]
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string }
        price: { type: number, minimum: 0, maximum: 100 }
        active: { type: boolean }
        tags: { type: array, items: { type: string } }
        status: { type: string, enum: [new, used, broken] }
        owner_id: { type: string }
        created_at: { type: string, format: date-time }
`;

const things = `{ type: array, items: { $ref: '#/components/schemas/Thing' } }`;
const integer = (name: string, more = '') => `{ name: ${name}, in: query, schema: { type: integer${more} } }`;
const text = (name: string) => `{ name: '${name}', in: query, schema: { type: string } }`;
const page = (fields: string) => `{ type: object, required: [data], properties: { data: ${things}, ${fields} } }`;

describe('pages', () => {
  it('walks by cursor to the end', async () => {
    const mock = await crudOf(ordersText());
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let i = 0; i < 10; i++) {
      const { body } = await mock.ask('GET', `/v1/orders?limit=10${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      expect(body.has_more).toBe(body.next_cursor !== null);
      cursor = body.next_cursor;
      if (cursor === null) break;
    }
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
  });

  it('refuses a cursor that is none, and names the parameter', async () => {
    const mock = await crudOf(ordersText());
    const { status, body } = await mock.ask('GET', '/v1/orders?cursor=nonsense');
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain('cursor');
  });

  it('keeps to the default and the maximum of the document', async () => {
    const mock = await crudOf(ordersText(), { count: 150 });
    expect((await mock.ask('GET', '/v1/orders')).body.data).toHaveLength(20);
    expect((await mock.ask('GET', '/v1/orders?limit=100')).body.data).toHaveLength(100);
    expect((await mock.ask('GET', '/v1/orders?limit=101')).status).toBe(400);
  });

  it('counts pages', async () => {
    const fields =
      'page: { type: integer }, total_pages: { type: integer }, per_page: { type: integer }, total: { type: integer }, has_next: { type: boolean }';
    const mock = await crudOf(document(`${integer('page')}, ${integer('per_page', ', default: 10')}`, page(fields)));
    const last = await mock.ask('GET', '/things?page=3');
    expect(last.body).toMatchObject({ page: 3, total_pages: 3, per_page: 10, total: 25, has_next: false });
    expect(last.body.data).toHaveLength(5);
    const first = await mock.ask('GET', '/things');
    expect(first.body).toMatchObject({ page: 1, has_next: true });
    expect((await mock.ask('GET', '/things?page=4')).body.data).toEqual([]);
  });

  it('takes offsets, and leads on by links', async () => {
    const fields = `links: { type: object, properties: { next: { type: string, format: uri, nullable: true }, prev: { type: string, nullable: true } } }, meta: { type: object, properties: { total_count: { type: integer }, offset: { type: integer } } }`;
    const mock = await crudOf(document(`${integer('offset')}, ${integer('limit')}`, page(fields)));
    const first = await mock.ask('GET', '/things?limit=20&status=');
    expect(first.body.meta).toEqual({ total_count: 25, offset: 0 });
    expect(first.body.links.prev).toBeNull();
    const second = await mock.ask('GET', first.body.links.next);
    expect(second.body.data).toHaveLength(5);
    expect(second.body.meta).toEqual({ total_count: 25, offset: 20 });
    expect(second.body.links.next).toBeNull();
    expect((await mock.ask('GET', second.body.links.prev)).body.data).toEqual(first.body.data);
  });

  it('leads on by a Link header where nothing else does', async () => {
    const mock = await crudOf(document(`${integer('page')}, ${integer('per_page')}`, things));
    const seen: number[] = [];
    let url: string | undefined = '/things?per_page=10';
    while (url) {
      const answer = await mock.ask('GET', url);
      seen.push(...answer.body.map(({ id }: { id: number }) => id));
      url = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1];
    }
    expect(new Set(seen).size).toBe(25);
    expect(seen).toHaveLength(25);
  });

  it('fills the declared headers that count', async () => {
    const headers =
      'headers: { X-Total-Count: { schema: { type: integer } }, X-Total-Pages: { schema: { type: integer } } }';
    const mock = await crudOf(document(`${integer('page')}, ${integer('per_page')}`, things, headers));
    const answer = await mock.ask('GET', '/things?per_page=10');
    expect(answer.headers.get('x-total-count')).toBe('25');
    expect(answer.headers.get('x-total-pages')).toBe('3');
  });

  it('pages behind and before an id', async () => {
    const fields = 'has_more: { type: boolean }';
    const mock = await crudOf(
      document(`${text('starting_after')}, ${text('ending_before')}, ${integer('limit')}`, page(fields)),
    );
    const all = (await mock.ask('GET', '/things?limit=100')).body.data.map(({ id }: { id: number }) => id);
    const ids = async (query: string) => {
      const { body } = await mock.ask('GET', `/things?${query}`);
      return body.data.map(({ id }: { id: number }) => id);
    };
    expect(await ids(`limit=3&starting_after=${all[4]}`)).toEqual(all.slice(5, 8));
    expect(await ids(`limit=3&ending_before=${all[4]}`)).toEqual(all.slice(1, 4));
    const unknown = await mock.ask('GET', '/things?starting_after=no');
    expect(unknown.status).toBe(400);
    expect(JSON.stringify(unknown.body)).toContain('starting_after');
  });

  it('never repeats or skips what is there throughout', async () => {
    const mock = await crudOf(
      document(`${text('cursor')}, ${integer('limit')}`, page('next_cursor: { type: string, nullable: true }')),
      { count: 1000 },
    );
    const ids = (body: { data: { id: number }[] }) => body.data.map(({ id }) => id);
    const before = ids((await mock.ask('GET', '/things?limit=1000')).body);
    expect(before).toHaveLength(1000);
    const deleted = new Set<number>();
    const seen: number[] = [];
    let cursor: string | null = '';
    for (let round = 0; cursor !== null; round++) {
      const { body } = await mock.ask('GET', `/things?limit=37${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...ids(body));
      cursor = body.next_cursor;
      // The last one that was shown goes, one that is to come goes, and there is a new one.
      for (const victim of [seen.at(-1)!, before[(round * 97) % 1000]!]) {
        if (deleted.has(victim)) continue;
        expect((await mock.ask('DELETE', `/things/${victim}`)).status).toBe(204);
        deleted.add(victim);
      }
      const made = await mock.ask('POST', '/things', {
        name: 'x',
        price: 1,
        status: 'new',
        created_at: '2026-01-01T00:00:00Z',
      });
      expect(made.status).toBe(201);
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(before.filter((id) => !deleted.has(id) && !seen.includes(id))).toEqual([]);
  });
});

describe('filters and order', () => {
  const parameters = [
    text('status'),
    text('owner'),
    text('q'),
    text('sort'),
    text('created_after'),
    text('created_before'),
    text('tags'),
    text('unknown'),
    `{ name: active, in: query, schema: { type: boolean } }`,
    `{ name: min_price, in: query, schema: { type: number } }`,
    `{ name: max_price, in: query, schema: { type: number } }`,
    `{ name: price, in: query, style: deepObject, explode: true, schema: { type: object, properties: { gte: { type: number }, lt: { type: number } } } }`,
    `{ name: filter, in: query, style: deepObject, explode: true, schema: { type: object, additionalProperties: { type: string } } }`,
  ].join(', ');
  const seeds = [
    {
      name: 'Red chair',
      price: 10,
      active: true,
      tags: ['wood', 'seat'],
      status: 'new',
      owner_id: 'ann',
      created_at: '2026-01-01T00:00:00Z',
    },
    {
      name: 'Blue chair',
      price: 30,
      active: false,
      tags: ['steel'],
      status: 'used',
      owner_id: 'bob',
      created_at: '2026-01-02T10:00:00Z',
    },
    {
      name: 'Green table',
      price: 20,
      active: true,
      tags: ['wood'],
      status: 'broken',
      owner_id: 'ann',
      created_at: '2026-01-03T00:00:00Z',
    },
  ];

  it.each([
    ['status=used', ['Blue chair']],
    ['status=new,broken', ['Red chair', 'Green table']],
    ['owner=ann', ['Red chair', 'Green table']],
    ['active=false', ['Blue chair']],
    ['tags=wood', ['Red chair', 'Green table']],
    ['q=chair', ['Red chair', 'Blue chair']],
    ['q=chair%20blue', ['Blue chair']],
    ['min_price=20', ['Blue chair', 'Green table']],
    ['min_price=20&max_price=20', ['Green table']],
    ['price[gte]=10&price[lt]=30', ['Red chair', 'Green table']],
    ['filter[status]=used', ['Blue chair']],
    ['created_after=2026-01-02T00:00:00Z', ['Blue chair', 'Green table']],
    ['created_before=2026-01-02', ['Red chair']],
    ['unknown=1', ['Red chair', 'Blue chair', 'Green table']],
    ['sort=price', ['Red chair', 'Green table', 'Blue chair']],
    ['sort=-created_at', ['Green table', 'Blue chair', 'Red chair']],
    ['sort=active,-price', ['Blue chair', 'Green table', 'Red chair']],
    ['sort=name:desc', ['Red chair', 'Green table', 'Blue chair']],
    ['sort=price_desc', ['Blue chair', 'Green table', 'Red chair']],
    ['sort=nothing', ['Red chair', 'Blue chair', 'Green table']],
    ['status=&q=', ['Red chair', 'Blue chair', 'Green table']],
  ])('%s', async (query, names) => {
    const mock = await crudOf(document(parameters, things), { count: 0 });
    for (const seed of seeds) expect((await mock.ask('POST', '/things', seed)).status).toBe(201);
    const { status, body } = await mock.ask('GET', `/things?${query}`);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.map(({ name }: { name: string }) => name)).toEqual(names);
  });
});
