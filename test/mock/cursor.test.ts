import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/mock/store/memory-store.ts';
import { BadCursor, type Page, type Query, type Store } from '../../src/mock/store/store.ts';
import { clock, integer, objectOf, resource, text } from './store-resources.ts';

const thing = resource('thing', { shape: objectOf('thing', { id: integer, rank: integer, title: text }) });
const sorts: readonly NonNullable<Query['sort']>[] = [
  [],
  [{ field: '', descending: true }],
  [{ field: 'rank', descending: false }],
  [{ field: 'rank', descending: true }],
  [
    { field: 'title', descending: false },
    { field: 'rank', descending: true },
  ],
];

function storeOf(count: number): Store {
  const store = memoryStore([thing], { seed: 1, count: 0 }, clock());
  for (let i = 0; i < count; i++) store.create(thing, { rank: (i * 7919) % 50, title: `T${(i * 31) % 17}` });
  return store;
}

describe('a walk with cursors', () => {
  // What a caller sees who pages through a list while others write.
  const step = fc.record({
    kind: fc.constantFrom('page', 'page', 'insert', 'delete', 'touch'),
    pick: fc.nat(),
    limit: fc.integer({ min: 1, max: 90 }),
  });

  it.each(sorts.map((sort, i) => [i, sort] as const))(
    'never repeats or skips what was there throughout, sorted in way %i',
    (_, sort) => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 80 }), fc.boolean(), (steps, backwards) => {
          const store = storeOf(1000);
          const there = new Set(store.page(thing, {}, { limit: 2000 }).items.map(({ id }) => id));
          const seen: string[] = [];
          let cursor: string | undefined;
          let isDone = false;
          const turn = (limit: number) => {
            const at = cursor === undefined ? {} : backwards ? { before: cursor } : { after: cursor };
            const page = store.page(thing, { sort }, { limit, fromEnd: backwards, ...at });
            seen.push(...(backwards ? [...page.items].reverse() : page.items).map(({ id }) => id));
            cursor = (backwards ? page.cursors[0] : page.cursors.at(-1)) ?? cursor;
            isDone = backwards ? !page.hasPrevious : !page.hasNext;
          };
          for (const { kind, pick, limit } of steps) {
            if (isDone) break;
            const all = store.page(thing, {}, { limit: 1, skip: pick % 1000 }).items;
            if (kind === 'page') turn(limit);
            if (kind === 'insert') store.create(thing, { rank: pick % 60, title: `T${pick % 20}` });
            if (kind === 'touch' && all[0]) store.replace(all[0], thing, { ...all[0].value, note: pick });
            if (kind === 'delete' && all[0]) {
              store.delete(all[0], thing);
              there.delete(all[0].id);
            }
          }
          while (!isDone) turn(333);
          expect(new Set(seen).size).toBe(seen.length);
          const visited = new Set(seen);
          expect([...there].filter((id) => !visited.has(id))).toEqual([]);
        }),
        { numRuns: 25 },
      );
    },
  );

  it('gives the same records in both directions, whatever the size of pages', () => {
    fc.assert(
      fc.property(fc.constantFrom(...sorts), fc.integer({ min: 1, max: 40 }), (sort, limit) => {
        const store = storeOf(100);
        const whole = store.page(thing, { sort }, { limit: 100 }).items;
        expect(walk((after) => store.page(thing, { sort }, { limit, ...(after && { after }) }))).toEqual(whole);
        const back: (typeof whole)[number][] = [];
        let page = store.page(thing, { sort }, { limit, fromEnd: true });
        for (;;) {
          back.unshift(...page.items);
          if (!page.hasPrevious) break;
          page = store.page(thing, { sort }, { limit, fromEnd: true, before: page.cursors[0]! });
        }
        expect(back).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('goes on where a filter or a scope is', () => {
    const store = storeOf(100);
    const query: Query = { where: ({ value }) => Number(value['rank']) < 10, filter: 'rank<10' };
    const found = walk((after) => store.page(thing, query, { limit: 3, ...(after && { after }) }));
    expect(found).toEqual(store.page(thing, {}, { limit: 100 }).items.filter(query.where!));
    expect(found.length).toBeGreaterThan(3);
  });
});

function walk(turn: (after: string | undefined) => Page): Page['items'][number][] {
  const items: Page['items'][number][] = [];
  let after: string | undefined;
  for (;;) {
    const page = turn(after);
    items.push(...page.items);
    if (!page.hasNext) return items;
    after = page.cursors.at(-1);
  }
}

describe('a page', () => {
  const store = storeOf(10);
  const ids = (page: Page) => page.items.map(({ id }) => Number(id));
  const cursor = (id: number) => store.cursorOf(thing, {}, store.get(thing, String(id))!);

  it('tells truly whether there is more', () => {
    const first = store.page(thing, {}, { limit: 4 });
    expect([ids(first), first.hasPrevious, first.hasNext, first.total]).toEqual([[1, 2, 3, 4], false, true, 10]);
    const last = store.page(thing, {}, { limit: 4, after: cursor(6) });
    expect([ids(last), last.hasPrevious, last.hasNext]).toEqual([[7, 8, 9, 10], true, false]);
    const none = store.page(thing, {}, { limit: 0 });
    expect([ids(none), none.hasPrevious, none.hasNext, none.cursors]).toEqual([[], false, true, []]);
    const beyond = store.page(thing, {}, { limit: 4, skip: 20 });
    expect([ids(beyond), beyond.hasPrevious, beyond.hasNext]).toEqual([[], true, false]);
  });

  it('lies between two cursors', () => {
    expect(ids(store.page(thing, {}, { limit: 9, after: cursor(2), before: cursor(6) }))).toEqual([3, 4, 5]);
    expect(ids(store.page(thing, {}, { limit: 2, after: cursor(2), before: cursor(6), fromEnd: true }))).toEqual([
      4, 5,
    ]);
    expect(ids(store.page(thing, {}, { limit: 2, after: cursor(6), before: cursor(2) }))).toEqual([]);
    expect(ids(store.page(thing, {}, { limit: 2, skip: 1, after: cursor(2) }))).toEqual([4, 5]);
  });
});

describe('a cursor', () => {
  const store = storeOf(10);
  const good = store.page(thing, { sort: sorts[4]! }, { limit: 1 }).cursors[0]!;
  const use =
    (after: string, query: Query = { sort: sorts[4]! }) =>
    () =>
      store.page(thing, query, { limit: 1, after });

  it('is good for its list only', () => {
    expect(use(good)().items).toHaveLength(1);
    for (const query of [
      {},
      { sort: sorts[3]! },
      { sort: sorts[4]!, filter: 'x' },
      { sort: sorts[4]!, scope: ['a'] },
    ]) {
      expect(use(good, query)).toThrow(BadCursor);
    }
  });

  it('is refused when it is none', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.base64String(), fc.string({ minLength: 200 }), fc.constant('9'.repeat(100_000))),
        (text) => {
          expect(use(text)).toThrow(BadCursor);
        },
      ),
    );
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.constantFrom('A', 'b', '0', '-'), (i, letter) => {
        const changed = good.slice(0, i) + letter + good.slice(i + 1);
        // The last letter of base64 has bits that say nothing.
        if (Buffer.from(changed, 'base64url').equals(Buffer.from(good, 'base64url'))) return;
        expect(use(changed)).toThrow(BadCursor);
      }),
    );
  });
});
