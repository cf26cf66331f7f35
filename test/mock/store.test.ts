import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/mock/json.ts';
import { Random } from '../../src/mock/random.ts';
import type { Resource } from '../../src/mock/resources/resource.ts';
import { loadData, saveData } from '../../src/mock/store/data-file.ts';
import { memoryStore } from '../../src/mock/store/memory-store.ts';
import { newRecord } from '../../src/mock/store/new-record.ts';
import type { Change, Item, Store } from '../../src/mock/store/store.ts';
import { clock, integer, moment, objectOf, resource, text } from './store-resources.ts';

const all = { limit: Number.POSITIVE_INFINITY };
const storeOf = (resources: readonly Resource[], count = 5, seed = 1): Store =>
  memoryStore(resources, { seed, count }, clock());
const idsOf = (store: Store, of: Resource, scope: readonly string[] = []) =>
  store.page(of, { scope }, all).items.map(({ id }) => id);

describe('what a store begins with', () => {
  it('is the same for the same seed, whatever is looked at first', () => {
    const make = () => {
      const customer = resource('customer');
      const order = resource('order', { make: (random) => ({ customer_id: 99, title: `T${random.integer(1, 1e6)}` }) });
      order.links.set('customer_id', customer);
      return { customer, order };
    };
    const [a, b] = [make(), make()];
    const [first, second] = [storeOf([a.customer, a.order]), storeOf([b.customer, b.order])];
    first.page(a.customer, {}, all);
    const orders = first.page(a.order, {}, all).items;
    expect(second.page(b.order, {}, all).items).toEqual(orders);
    second.page(b.customer, {}, all);
    expect(second.snapshot()).toEqual(first.snapshot());
    expect(storeOf([a.customer, a.order], 5, 2).page(a.order, {}, all).items).not.toEqual(orders);
  });

  it('is made of the example first, and counts integers from 1', () => {
    const order = resource('order', { example: { id: 10, title: 'Shown' } });
    const store = storeOf([order]);
    expect(idsOf(store, order)).toEqual(['10', '2', '3', '4', '5']);
    expect(store.get(order, '10')?.value).toEqual({ id: 10, title: 'Shown' });
  });

  it('has ids after the pattern of samples', () => {
    const order = resource('order', {
      idKind: 'string',
      make: (random) => ({ id: `ord_${random.integer(16 ** 11, 16 ** 12 - 1).toString(16)}` }),
    });
    const store = storeOf([order], 30);
    const ids = idsOf(store, order);
    expect(new Set(ids).size).toBe(30);
    expect(ids.filter((id) => !/^ord_[0-9a-f]{12}$/.test(id))).toEqual([]);
    expect(store.create(order, { title: 'New' }).id).toMatch(/^ord_[0-9a-f]{12}$/);
    expect(store.create(order, { title: 'New' }).value['id']).toMatch(/^ord_[0-9a-f]{12}$/);
  });

  it('has UUIDs where ids are UUIDs, and ids outside of the records where these have none', () => {
    const order = resource('order', { idKind: 'uuid' });
    const report = resource('daily report', { idField: null, idKind: 'string' });
    const store = storeOf([order, report], 2);
    expect(idsOf(store, order)[1]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(idsOf(store, report)).toEqual(['daily-report-1', 'daily-report-2']);
    expect(Object.keys(store.get(report, 'daily-report-1')!.value)).toEqual(['title']);
  });

  it('has links to records that exist, also in circles', () => {
    const shop = resource('shop', { make: () => ({ best_id: 99, owner: { id: 'x' } }) });
    const person = resource('person', { make: () => ({ shop_id: '77', shop_ids: [1e6, 1e6 + 1] }) });
    shop.links.set('best_id', person).set('owner', person);
    person.links.set('shop_id', shop).set('shop_ids', shop);
    const store = storeOf([shop, person]);
    for (const { value } of store.page(shop, {}, all).items) {
      expect(store.get(person, String(value['best_id']))).toBeDefined();
      expect(store.get(person, String((value['owner'] as JsonObject)['id']))).toBeDefined();
      expect(typeof value['best_id']).toBe('number');
    }
    for (const { value } of store.page(person, {}, all).items) {
      expect(store.get(shop, value['shop_id'] as string)).toBeDefined();
      for (const id of value['shop_ids'] as number[]) expect(store.get(shop, String(id))).toBeDefined();
    }
  });

  it('lies in the past, in order', () => {
    const order = resource('order');
    const store = storeOf([order]);
    const times = store.page(order, {}, all).items.map(({ created, modified }) => [created, modified]);
    expect(times.flat().every((time) => time < Date.UTC(2026, 5, 1))).toBe(true);
    expect(times.map(([created]) => created)).toEqual(times.map(([created]) => created).toSorted());
  });

  it('holds nothing where the count is 0', () => {
    const order = resource('order');
    const issue = resource('issue', { parent: order });
    const store = storeOf([order, issue], 0);
    expect([idsOf(store, order), idsOf(store, issue), idsOf(store, issue, ['a', 'b'])]).toEqual([[], [], []]);
  });
});

describe('scopes', () => {
  it('have records of their own', () => {
    const issue = resource('issue');
    const store = storeOf([issue], 3);
    const [shop, other] = [idsOf(store, issue, ['acme', 'shop']), idsOf(store, issue, ['acme', 'other'])];
    expect([shop.length, other.length]).toEqual([3, 3]);
    const made = store.create(issue, { title: 'New' }, { scope: ['acme', 'shop'] });
    expect(store.get(issue, made.id, ['acme', 'other'])).not.toBe(made);
    expect(store.get(issue, made.id, ['acme', 'shop'])).toBe(made);
    expect(store.page(issue, { scope: ['acme'] }, all).items).toContain(made);
    expect(idsOf(store, issue, ['acme', 'shop'])).toHaveLength(4);
  });

  it('are bounded, however many names callers make up', () => {
    const issue = resource('issue');
    const store = storeOf([issue], 3);
    for (let i = 0; i < 5000; i++) store.page(issue, { scope: [`owner${i}`] }, all);
    expect(store.page(issue, {}, all).total).toBeLessThan(2000);
  });

  it('are those of parents, whose deletion ends them', () => {
    const customer = resource('customer');
    const order = resource('order', { parent: customer, make: () => ({ customer_id: 0 }) });
    order.links.set('customer_id', customer);
    const store = storeOf([customer, order]);
    const [first] = store.page(customer, {}, all).items;
    const below = store.page(order, { scope: [first!.id] }, all).items;
    expect(below.length).toBeGreaterThan(0);
    expect(below.map(({ value }) => String(value['customer_id']))).toEqual(below.map(() => first!.id));
    expect(store.page(order, { scope: ['no such'] }, all).items).toEqual([]);
    const changes: Change[] = [];
    store.subscribe((change) => changes.push(change));
    store.delete(first!, customer);
    expect(store.page(order, { scope: [first!.id] }, all).items).toEqual([]);
    expect(changes.map(({ kind, resource }) => `${kind} ${resource.name}`)).toEqual([
      'deleted customer',
      ...below.map(() => 'deleted order'),
    ]);
  });

  it('tell where a record lies that was made without one', () => {
    const customer = resource('customer');
    const order = resource('order', { parent: customer });
    order.links.set('customer_id', customer);
    const store = storeOf([customer, order]);
    const [first, second] = idsOf(store, customer);
    const made = store.create(order, { customer_id: Number(first) });
    expect(made.scope).toEqual([first]);
    const moved = store.replace(made, order, { ...made.value, customer_id: Number(second) });
    expect(store.get(order, made.id, [first!])).toBeUndefined();
    expect(store.get(order, made.id, [second!])).toBe(moved);
    const placed = store.create(order, { title: 'Without a link' }, { scope: [second!] });
    expect(placed.value['customer_id']).toBe(Number(second));
  });

  it('of a new parent are empty', () => {
    const customer = resource('customer');
    const order = resource('order', { parent: customer });
    const store = storeOf([customer, order]);
    const made = store.create(customer, {});
    expect(store.page(order, { scope: [made.id] }, all).items).toEqual([]);
  });
});

describe('writing', () => {
  const order = resource('order', {
    shape: objectOf('order', { id: integer, title: text, created_at: moment, updated_at: moment }),
  });

  it('keeps given ids, refuses taken ones and makes others', () => {
    const store = storeOf([order]);
    expect(store.create(order, { id: 41 }).id).toBe('41');
    expect(store.create(order, {}).value['id']).toBe(42);
    expect(() => store.create(order, { id: 41 })).toThrow('There is already an order 41.');
  });

  it('never gives out an id again', () => {
    const store = storeOf([order]);
    const made = store.create(order, {});
    store.delete(made, order);
    expect(store.get(order, made.id)).toBeUndefined();
    expect(store.create(order, {}).id).not.toBe(made.id);
    expect(() => store.replace(made, order, {})).toThrow(`There is no order ${made.id} any more.`);
    expect(() => store.delete(made, order)).toThrow(`There is no order ${made.id} any more.`);
  });

  it('counts versions, keeps the id and moves the time of the last change', () => {
    const store = storeOf([order]);
    const at = '2020-01-01T00:00:00Z';
    const made = store.create(order, { title: 'Old', created_at: at, updated_at: at });
    const changed = store.replace(made, order, { ...made.value, id: 99, title: 'New' });
    expect(changed).toMatchObject({
      id: made.id,
      version: 2,
      value: { id: made.value['id'], title: 'New', created_at: at },
    });
    expect(Date.parse(changed.value['updated_at'] as string)).toBe(changed.modified);
    expect(store.replace(changed, order, { ...changed.value, updated_at: at }).value['updated_at']).toBe(at);
  });

  it('tells listeners afterwards, whatever other listeners do', () => {
    const store = storeOf([order]);
    const heard: (readonly [Change['kind'], string | null, boolean])[] = [];
    store.subscribe(() => {
      throw new Error('Not my day.');
    });
    const end = store.subscribe(({ kind, action, item }) =>
      heard.push([kind, action, store.get(order, item.id) === item]),
    );
    const made = store.create(order, {});
    const changed = store.replace(made, order, {}, { action: 'cancel' });
    store.delete(changed, order);
    end();
    store.create(order, {});
    expect(heard).toEqual([
      ['created', null, true],
      ['updated', 'cancel', true],
      ['deleted', null, false],
    ]);
  });

  it('starts records with the times of now, unless the caller said others', () => {
    const at = Date.UTC(2026, 6, 1);
    const made = newRecord(order, { title: 'New', created_at: '2020-01-01T00:00:00Z' }, at, new Random(1));
    expect(made).toEqual({ title: 'New', created_at: '2020-01-01T00:00:00Z', updated_at: '2026-07-01T00:00:00.000Z' });
  });

  it('does what a plain map does', () => {
    const command = fc.record({
      kind: fc.constantFrom('create', 'create', 'put', 'replace', 'delete'),
      id: fc.integer({ min: 1, max: 12 }),
      title: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (commands) => {
        const store = storeOf([order], 0);
        const model = new Map<string, string>();
        for (const { kind, id, title } of commands) {
          const known = store.get(order, String(id));
          expect(known?.value['title']).toBe(model.get(String(id)));
          if (kind === 'create') model.set(store.create(order, { title }).id, title);
          else if (kind === 'put' && !known) model.set(store.create(order, { id, title }).id, title);
          else if (kind === 'replace' && known) model.set(store.replace(known, order, { title }).id, title);
          else if (kind === 'delete' && known) {
            store.delete(known, order);
            model.delete(String(id));
          }
        }
        const found = store.page(order, { sort: [{ field: 'title', descending: false }] }, all);
        expect(found.total).toBe(model.size);
        expect(found.items.map(({ value }) => value['title'])).toEqual([...model.values()].sort());
      }),
    );
  });
});

describe('sorting', () => {
  const thing = resource('thing', {
    shape: objectOf('thing', {
      id: integer,
      at: moment,
      size: { kind: 'integer', asText: true },
      n: integer,
      word: text,
    }),
  });
  const sorted = (values: readonly JsonObject[], field: string, descending = false) => {
    const store = storeOf([thing], 0);
    for (const value of values) store.create(thing, value);
    return store.page(thing, { sort: [{ field, descending }] }, all).items.map(({ value }) => value['id']);
  };

  it('knows moments whatever their offset, and digits', () => {
    expect(
      sorted(
        [{ at: '2026-01-01T12:00:00+02:00' }, { at: '2026-01-01T11:00:00Z' }, { at: '2026-01-01T09:00:00Z' }],
        'at',
      ),
    ).toEqual([3, 1, 2]);
    expect(sorted([{ size: '10' }, { size: '9' }, { size: 100 }], 'size')).toEqual([2, 1, 3]);
  });

  it('takes words for words', () => {
    expect(sorted([{ word: '9' }, { word: '10' }, { word: '' }], 'word')).toEqual([3, 2, 1]);
  });

  it('puts records without a value last, or first from the other end', () => {
    expect(sorted([{}, { n: 2 }, { n: null }, { n: 1 }], 'n')).toEqual([4, 2, 1, 3]);
    expect(sorted([{}, { n: 2 }, { n: null }, { n: 1 }], 'n', true)).toEqual([3, 1, 2, 4]);
  });

  it('follows dots and turns the order of creation round', () => {
    expect(sorted([{ a: { b: 2 } }, { a: { b: 1 } }], 'a.b')).toEqual([2, 1]);
    expect(sorted([{}, {}, {}], '', true)).toEqual([3, 2, 1]);
  });
});

describe('snapshots', () => {
  const order = resource('order');
  const customer = resource('customer');

  it('bring back what was there', () => {
    const store = storeOf([order, customer]);
    store.create(order, { title: 'Kept' }, { scope: ['acme'] });
    store.delete(store.get(order, '2')!, order);
    const other = storeOf([order, customer]);
    other.create(customer, {});
    other.restore(JSON.parse(JSON.stringify(store.snapshot())));
    expect(other.page(order, {}, all).items).toEqual(store.page(order, {}, all).items);
    expect(other.create(order, {}).id).toBe(store.create(order, {}).id);
    expect(other.page(customer, {}, all).items).toEqual(store.page(customer, {}, all).items);
  });

  it('keep records of resources that are gone for a while', () => {
    const both = storeOf([order, customer]);
    both.create(order, {});
    both.create(customer, { title: 'Kept' });
    const one = storeOf([order]);
    one.restore(both.snapshot());
    const again = storeOf([order, customer]);
    again.restore(one.snapshot());
    expect(again.snapshot()).toEqual(both.snapshot());
  });

  it.each([
    [null, 'This is no snapshot'],
    [{ version: 1, resources: { order: { items: [{ id: 1 }] } } }, 'Record 1 of order lacks'],
    [{ version: 1, resources: { order: {} } }, 'The records of order are no object with "items".'],
    [{ version: 2, resources: {} }, 'This is no snapshot'],
  ])('must be snapshots: %j', (data, message) => {
    const store = storeOf([order]);
    const before = store.create(order, {});
    expect(() => store.restore(data)).toThrow(message);
    expect(store.get(order, before.id)).toBe(before);
  });

  it('give revisions that were never there before', () => {
    const store = storeOf([order]);
    const seen = [store.revision(order)];
    store.create(order, {});
    seen.push(store.revision(order));
    store.reset();
    seen.push(store.revision(order));
    store.restore(store.snapshot());
    seen.push(store.revision(order));
    expect(new Set(seen).size).toBe(4);
  });

  it('are left behind by a reset', () => {
    const store = storeOf([order]);
    const before = store.page(order, {}, all).items;
    store.create(order, {});
    store.delete(before[0]!, order);
    store.reset();
    expect(store.page(order, {}, all).items).toEqual(before);
  });
});

describe('data files', () => {
  const order = resource('order');
  const line = resource('order line', { idKind: 'string' });

  it('hold records by name, completed', () => {
    const store = storeOf([order, line]);
    loadData(
      '{ "Orders": [{ "id": 7, "title": "Seven" }, { "title": "Eight" }], "orderLines": [{ "id": "a" }] }',
      store,
    );
    expect(store.page(order, {}, all).items.map(({ value }) => value)).toEqual([
      { id: 7, title: 'Seven' },
      { id: 8, title: 'Eight' },
    ]);
    expect(store.get(line, 'a')?.value['title']).toMatch(/^T/);
    expect(store.create(order, {}).id).toBe('9');
  });

  it.each([
    [{ created_at: '2026-05-01T00:00:00.000Z' }, '2026-01-01T00:00:00.000Z'],
    [{ updated_at: '2020-05-01T00:00:00.000Z' }, '2026-01-01T00:00:00.000Z'],
    [{}, '2019-01-01T00:00:00.000Z'],
    [{ created_at: '2026-05-01T00:00:00.000Z', updated_at: '2020-05-01T00:00:00.000Z' }, ''],
  ])('make up times that follow each other beside %j', (written, changed) => {
    const event = resource('event', {
      shape: objectOf('event', { id: integer, created_at: moment, updated_at: moment }),
      make: () => ({ created_at: '2024-01-01T00:00:00.000Z', updated_at: changed }),
    });
    const store = storeOf([event]);
    loadData(JSON.stringify({ events: [{ id: 1, ...written }] }), store);
    const { value } = store.get(event, '1')!;
    expect(value).toMatchObject(written);
    if (Object.keys(written).length < 2) {
      const { created_at, updated_at } = value as { created_at: string; updated_at: string };
      expect(Date.parse(created_at)).toBeLessThanOrEqual(Date.parse(updated_at));
    }
  });

  it('seed what they do not name', () => {
    const store = storeOf([order, line]);
    loadData('{ "orders": [] }', store);
    expect([store.page(order, {}, all).total, store.page(line, {}, all).total]).toEqual([0, 5]);
  });

  it('are read as they were written', () => {
    const [store, other] = [storeOf([order, line]), storeOf([order, line])];
    store.create(order, { title: 'Kept' });
    loadData(saveData(store), other);
    expect(other.snapshot()).toEqual(store.snapshot());
  });

  it.each([
    ['{', 'The data is no JSON: '],
    ['[]', 'The data is no JSON object: write { "orders": [{ … }] }.'],
    ['{ "carts": [] }', 'The data has "carts", but the documents describe orders, order lines.'],
    ['{ "orders": [1] }', '"orders" of the data is no list of objects.'],
    ['{ "orders": [{ "id": 1 }, { "id": 1 }] }', 'Two records of "orders" have the id 1.'],
    ['{ "orders": [], "order": [] }', 'The data has "order", but these records are already there by another name.'],
  ])('say what is wrong with %s', (text, message) => {
    expect(() => loadData(text, storeOf([order, line]))).toThrow(message);
  });
});

describe('resource names', () => {
  it('are understood and written where the home has them', () => {
    const publisher = resource('publisher', { language: 'protobuf', idField: 'name', idKind: 'string' });
    const book = resource('book', { language: 'protobuf', idField: 'name', idKind: 'string', parent: publisher });
    const store = storeOf([publisher, book], 2);
    const [first] = store.page(publisher, {}, all).items;
    expect(first!.value['name']).toBe(`publishers/${first!.id}`);
    expect(store.get(publisher, `publishers/${first!.id}`)).toBe(first);
    const made = store.create(book, { name: `publishers/${first!.id}/books/moby` });
    expect(made).toMatchObject({ id: 'moby', scope: [first!.id] });
    expect(store.get(book, `publishers/${first!.id}/books/moby`)).toBe(made);
    const other: Item = store.create(book, {}, { scope: [first!.id] });
    expect(other.value['name']).toBe(`publishers/${first!.id}/books/${other.id}`);
  });
});
