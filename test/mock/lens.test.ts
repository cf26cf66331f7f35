import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GraphQl } from '../../src/languages/graphql/graphql.ts';
import type { Protobuf } from '../../src/languages/protobuf/protobuf.ts';
import { messages } from '../../src/languages/protobuf/select.ts';
import type { JsonObject } from '../../src/mock/json.ts';
import { inventShape } from '../../src/mock/lens/invent.ts';
import { absorb, homePath, reveal, revealField } from '../../src/mock/lens/lens.ts';
import { Random } from '../../src/mock/random.ts';
import { shapeOfType } from '../../src/mock/resources/graphql-shape.ts';
import { inferRoles } from '../../src/mock/resources/infer.ts';
import { shapeOfMessage } from '../../src/mock/resources/protobuf-shape.ts';
import type { Resource } from '../../src/mock/resources/resource.ts';
import { defaultSettings } from '../../src/mock/settings.ts';
import type { Shape } from '../../src/mock/shape.ts';
import { memoryStore } from '../../src/mock/store/memory-store.ts';
import type { Item } from '../../src/mock/store/store.ts';
import { apisOf, orders } from './serving.ts';
import { clock, integer, moment, objectOf, resource, text } from './store-resources.ts';

const readerOf = (item: Item) => new Random(1, item.id);

/** A record as the store would have it. */
function itemOf(value: JsonObject, more: Partial<Item> = {}): Item {
  const item = { id: String(value['id'] ?? '1'), value, extra: {}, scope: [], version: 1, sequence: 1 };
  return { ...item, created: Date.UTC(2026, 0, 1), modified: Date.UTC(2026, 0, 2), ...more };
}

describe('one order in three languages', () => {
  let order: Resource;
  let shapes: Record<'openapi' | 'graphql' | 'protobuf', Shape>;
  let input: (typeName: string) => Shape;

  beforeAll(async () => {
    const apis = await apisOf(orders());
    const roles = inferRoles(apis, defaultSettings);
    order = roles.resources.find(({ name }) => name === 'order')!;
    const graphql = apis.find(({ language }) => language === 'graphql') as GraphQl;
    const protobuf = apis.find(({ language }) => language === 'protobuf') as Protobuf;
    input = (typeName) => shapeOfType(graphql, typeName, (name) => roles.graphqlTypes.has(name));
    const message = messages(protobuf).find(({ fullName }) => fullName === 'shop.orders.v1.Order')!;
    shapes = { openapi: order.home.shape, graphql: input('Order'), protobuf: shapeOfMessage(protobuf, message.node) };
  });

  const value = {
    id: 'ord_8f14e45fceea',
    status: 'placed',
    currency: 'EUR',
    total_cents: 4985,
    lines: [{ product_id: 'prd_c9f0f895fb98', quantity: 2, unit_price_cents: 2490 }],
    created_at: '2026-03-01T09:30:00Z',
    updated_at: '2026-03-02T09:30:00+02:00',
  };

  it('is read by REST as it is', () => {
    const item = itemOf(value);
    expect(reveal(item, order, shapes.openapi, readerOf(item))).toBe(item.value);
  });

  it('is read by GraphQL', () => {
    const item = itemOf(value);
    expect(reveal(item, order, shapes.graphql, readerOf(item))).toEqual({
      id: 'ord_8f14e45fceea',
      status: 'PLACED',
      total: { cents: 4985, currency: 'EUR' },
      lines: [
        {
          product: { id: 'prd_c9f0f895fb98', name: expect.stringMatching(/./) },
          quantity: 2,
          unitPrice: { cents: 2490, currency: 'EUR' },
        },
      ],
      createdAt: '2026-03-01T09:30:00Z',
      updatedAt: '2026-03-02T09:30:00+02:00',
    });
  });

  it('is read by gRPC', () => {
    const item = itemOf(value, { sequence: 3, version: 2 });
    expect(reveal(item, order, shapes.protobuf, readerOf(item))).toEqual({
      name: 'orders/ord_8f14e45fceea',
      status: 'ORDER_STATUS_PLACED',
      total: { currency_code: 'EUR', units: '49', nanos: 850_000_000 },
      lines: [
        {
          product: 'products/prd_c9f0f895fb98',
          quantity: 2,
          unit_price: { currency_code: 'EUR', units: '24', nanos: 900_000_000 },
        },
      ],
      create_time: '2026-03-01T09:30:00Z',
      update_time: '2026-03-02T09:30:00+02:00',
      etag: '"3-2"',
    });
  });

  it('is written by GraphQL', () => {
    const written = { clientMutationId: 'once', currency: 'USD', lines: [{ productId: 'prd_1', quantity: 3 }] };
    expect(absorb(written, input('CreateOrderInput'), order)).toEqual({
      value: { currency: 'USD', lines: [{ product_id: 'prd_1', quantity: 3 }] },
      extra: { clientMutationId: 'once' },
    });
    expect(absorb({ id: 'ord_1', lines: [] }, input('UpdateOrderInput'), order).value).toEqual({
      id: 'ord_1',
      lines: [],
    });
  });

  it('is written by gRPC', () => {
    const written = {
      name: 'orders/ord_1',
      status: 'ORDER_STATUS_UNSPECIFIED',
      total: { currency_code: 'CHF', units: '12', nanos: 340_000_000 },
      lines: [{ product: 'products/prd_1', quantity: 3 }],
      etag: 'abc',
    };
    expect(absorb(written, shapes.protobuf, order)).toEqual({
      value: { id: 'ord_1', total_cents: 1234, currency: 'CHF', lines: [{ product_id: 'prd_1', quantity: 3 }] },
      extra: { etag: 'abc' },
    });
  });

  it('comes back as it was, through each reader', () => {
    const line = fc.record({
      product_id: fc.stringMatching(/^prd_[0-9a-f]{12}$/),
      quantity: fc.integer({ min: 1, max: 1000 }),
      unit_price_cents: fc.integer({ min: 0, max: 2 ** 50 }),
    });
    const made = fc.record({
      id: fc.stringMatching(/^ord_[0-9a-f]{12}$/),
      status: fc.constantFrom('placed', 'packed', 'shipped', 'cancelled'),
      currency: fc.stringMatching(/^[A-Z]{3}$/),
      total_cents: fc.integer({ min: 0, max: 2 ** 50 }),
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
      created_at: fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
        .map((date) => date.toISOString()),
      updated_at: fc
        .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
        .map((date) => date.toISOString()),
    });
    fc.assert(
      fc.property(made, fc.constantFrom('graphql', 'protobuf'), (value, language) => {
        const item = itemOf(value);
        const read = reveal(item, order, shapes[language], readerOf(item));
        expect(absorb(read, shapes[language], order).value).toEqual(value);
      }),
    );
  });

  it('is the same at every reading, field by field', () => {
    const store = memoryStore([order], { seed: 1, count: 3 }, clock());
    for (const item of store.page(order, {}, { limit: 3 }).items) {
      for (const shape of [shapes.graphql, shapes.protobuf]) {
        const whole = reveal(item, order, shape, readerOf(item));
        expect(reveal(item, order, shape, readerOf(item))).toEqual(whole);
        if (shape !== shapes.graphql || shape.kind !== 'object') continue;
        for (const field of shape.fields().values()) {
          expect(revealField(item, order, field, readerOf(item))).toEqual(whole[field.name]);
        }
      }
    }
  });

  it.each([
    ['protobuf', 'create_time', 'created_at'],
    ['protobuf', 'name', 'id'],
    ['protobuf', 'total', 'total_cents'],
    ['protobuf', 'total.units', 'total_cents'],
    ['protobuf', 'total.currency_code', 'currency'],
    ['protobuf', 'lines.product', 'lines.product_id'],
    ['protobuf', 'etag', undefined],
    ['protobuf', 'lines.etag', undefined],
    ['graphql', 'createdAt', 'created_at'],
    ['graphql', 'lines.0.unitPrice', 'lines.0.unit_price_cents'],
    ['graphql', 'lines.product.id', 'lines.product_id'],
    ['openapi', 'total_cents', 'total_cents'],
    ['openapi', 'total', undefined],
  ] as const)('has the paths of %s at home: %s is %s', (language, path, home) => {
    expect(homePath(order, shapes[language], path.split('.'))?.join('.')).toBe(home);
  });
});

describe('what names and shapes tell', () => {
  const carried = (from: Shape, to: Shape, value: JsonObject) => {
    const thing = resource('thing', { shape: from, idKind: 'string' });
    const item = itemOf(value);
    return reveal(item, thing, to, readerOf(item));
  };
  const one = (from: readonly [string, Shape], to: readonly [string, Shape], value: JsonObject[string]) =>
    carried(objectOf('', { [from[0]]: from[1] }), objectOf('', { [to[0]]: to[1] }), { [from[0]]: value })[to[0]];
  const status: Shape = { kind: 'enum', name: 'ThingStatus', values: ['THING_STATUS_OPEN', 'THING_STATUS_CANCELED'] };
  const int64: Shape = { kind: 'integer', format: 'int64', asText: true };
  const cents = objectOf('Money', { amount: integer, currency: text });
  const price = objectOf('Price', { value: text, currency: text });

  it.each<[readonly [string, Shape], readonly [string, Shape], JsonObject[string], JsonObject[string]]>([
    [['display_name', text], ['displayName', text], 'A', 'A'],
    [['thing_size', integer], ['size', integer], 3, 3],
    [['active', { kind: 'boolean' }], ['isActive', { kind: 'boolean' }], false, false],
    [['zip', text], ['postalCode', text], '8000', '8000'],
    [['title', text], ['display_name', text], 'A', 'A'],
    [['created', integer], ['createTime', moment], 1_772_357_400, '2026-03-01T09:30:00.000Z'],
    [['creation_date', moment], ['created', integer], '2026-03-01T09:30:00Z', 1_772_357_400],
    [['birthday', { kind: 'string', format: 'date' }], ['birthday', moment], '2026-03-01', '2026-03-01T00:00:00.000Z'],
    [['count', int64], ['count', integer], '12', 12],
    [['count', integer], ['count', int64], 12, '12'],
    [['status', status], ['status', text], 'THING_STATUS_OPEN', 'open'],
    [['status', text], ['status', status], 'cancelled', 'THING_STATUS_CANCELED'],
    [['state', { kind: 'enum', name: '', values: ['open'] }], ['status', status], 'open', 'THING_STATUS_OPEN'],
    [['owner_id', text], ['owner', objectOf('Owner', { id: text })], 'o1', { id: 'o1' }],
    [['owner', objectOf('Owner', { id: text })], ['ownerId', text], { id: 'o1' }, 'o1'],
    [['owner_id', integer], ['ownerId', text], 7, '7'],
    [['fee', price], ['fee_cents', integer], { value: '1.50', currency: 'EUR' }, 150],
    [['fee', cents], ['fee', price], { amount: 199, currency: 'EUR' }, { value: '1.99', currency: 'EUR' }],
    [['fee_cents', int64], ['fee', text], '199', '1.99'],
    [['fee', { kind: 'number' }], ['fee_cents', integer], 19.99, 1999],
    [['tags', { kind: 'list', items: text }], ['tags', { kind: 'list', items: text }], ['a'], ['a']],
    [['labels', { kind: 'map', values: integer }], ['labels', { kind: 'map', values: int64 }], { a: 1 }, { a: '1' }],
  ])('carries %j over to %j', (from, to, value, wanted) => {
    expect(one(from, to, value)).toEqual(wanted);
  });

  it('keeps apart what only sounds alike', () => {
    const from = objectOf('Thing', { total: integer, total_count: integer, update: text });
    const to = objectOf('Thing', { total_price: integer, updated_at: moment });
    const read = carried(from, to, { total: 1, total_count: 2, update: 'x' });
    expect(read['updated_at']).toBe('2026-01-02T00:00:00.000Z');
    expect(absorb({ total_price: 3 }, to, resource('thing', { shape: from })).extra).toEqual({ total_price: 3 });
  });

  it('lets one language read what another wrote and the home has no field for', () => {
    const thing = resource('thing', { shape: objectOf('Thing', { id: text }), idKind: 'string' });
    const graphql = objectOf('Thing', { id: text, giftNote: text, box: objectOf('Box', { size: integer }) });
    const protobuf = objectOf('Thing', { name: text, gift_note: text, box: objectOf('Box', { size: int64 }) });
    const written = { id: 'a', giftNote: 'For you', box: { size: 3 } };
    const { value, extra } = absorb(written, graphql, thing);
    expect(value).toEqual({ id: 'a' });
    const item = itemOf(value, { extra });
    expect(reveal(item, thing, graphql, readerOf(item))).toEqual(written);
    expect(reveal(item, thing, protobuf, readerOf(item))).toMatchObject({ name: 'things/a', gift_note: 'For you' });
  });

  it('makes up what readers need, and nothing that callers may have left out', () => {
    const home = objectOf('Thing', { id: text });
    const fields = new Map([
      ['id', { name: 'id', shape: text, required: true, writable: true }],
      ['email', { name: 'email', shape: { kind: 'string', format: 'email' } as Shape, required: true, writable: true }],
      ['color', { name: 'color', shape: text, required: false, writable: true }],
    ]);
    const reader: Shape = { kind: 'object', name: 'Thing', fields: () => fields };
    const thing = resource('thing', { shape: home, idKind: 'string' });
    const [created, seeded] = [itemOf({ id: 'a' }), itemOf({ id: 'a' }, { seeded: true })];
    expect(Object.keys(reveal(created, thing, reader, readerOf(created)))).toEqual(['id', 'email']);
    expect(Object.keys(reveal(seeded, thing, reader, readerOf(seeded)))).toEqual(['id', 'email', 'color']);
    expect(reveal(seeded, thing, reader, readerOf(seeded))['email']).toMatch(/^[^@]+@[^@]+$/);
  });

  it('takes a plain name for a title, and a resource name for the id', () => {
    const pet = resource('pet', { shape: objectOf('Pet', { id: text, title: text }), idKind: 'string' });
    const written = objectOf('PetInput', { name: text });
    expect(absorb({ name: 'Rex' }, written, pet).value).toEqual({ title: 'Rex' });
    expect(absorb({ name: 'pets/rex' }, written, pet).value).toEqual({ id: 'rex' });
  });

  it('writes links as resource names where records have them', () => {
    const customer = resource('customer', { idKind: 'string' });
    const bill = resource('bill', {
      shape: objectOf('Bill', { id: text, payer: text, items: integer }),
      idKind: 'string',
    });
    bill.links.set('payer', customer);
    const reader = objectOf('Bill', { name: text, payer: text });
    const item = itemOf({ id: 'b1', payer: 'c1' });
    expect(reveal(item, bill, reader, readerOf(item))).toEqual({ name: 'bills/b1', payer: 'customers/c1' });
    expect(absorb({ payer: 'customers/c2' }, reader, bill).value).toEqual({ payer: 'c2' });
  });

  it('survives names that objects have by nature', () => {
    const shape = objectOf('Thing', { ['__proto__']: text, constructor: text });
    const thing = resource('thing', { shape: objectOf('Thing', { id: text }), idKind: 'string' });
    const { extra } = absorb(JSON.parse('{ "__proto__": "a", "constructor": "b" }'), shape, thing);
    expect(Object.entries(extra)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ]);
    const item = itemOf({ id: '1' }, { extra });
    expect(Object.entries(reveal(item, thing, shape, readerOf(item)))).toEqual(Object.entries(extra));
  });
});

describe('made-up values', () => {
  it('fit their shape, end where shapes hold themselves, and are the same for the same seed', () => {
    const node: Shape = {
      kind: 'object',
      name: 'Node',
      fields: () =>
        new Map([
          ['id', { name: 'id', shape: integer, required: true, writable: true }],
          ['next', { name: 'next', shape: node, required: true, writable: true }],
          ['all', { name: 'all', shape: { kind: 'list', items: node } as Shape, required: true, writable: true }],
        ]),
    };
    const made = inventShape(node, new Random(1), ['node']) as JsonObject;
    expect(JSON.stringify(made).length).toBeLessThan(10_000);
    expect(Number.isInteger(made['id'])).toBe(true);
    expect(inventShape(node, new Random(1), ['node'])).toEqual(made);
  });

  it('have times in order', () => {
    const shape = objectOf('Thing', { updated_at: moment, created_at: moment });
    for (let seed = 0; seed < 50; seed++) {
      const made = inventShape(shape, new Random(seed), ['thing']) as { created_at: string; updated_at: string };
      expect(Date.parse(made.created_at)).toBeLessThanOrEqual(Date.parse(made.updated_at));
    }
  });
});
