import { describe, expect, it, test } from 'vitest';
import { isKnownDirective, isKnownType, isSubgraph, links } from '../../../src/languages/graphql/federation.ts';
import * as select from '../../../src/languages/graphql/select.ts';
import { names, schema, shown, textOf } from './api.ts';

const shop = `
schema { query: Root }

"What one can ask."
type Root {
  "One order."
  order(id: ID!, "Not yet." draft: Boolean = false @deprecated(reason: "Gone.")): Order
  orders(first: Int): OrderList!
}
type Order implements Node & Priced @key(fields: "id") { id: ID! total: Money! state: State @deprecated }
interface Node { id: ID! }
interface Priced { total: Money! }
type OrderList { edges: [OrderItem] pageInfo: Paging! }
type OrderItem { node: Order cursor: String! }
type Paging { hasNextPage: Boolean! endCursor: String }
enum State { OPEN @deprecated(reason: "Never used.") CLOSED }
union Found = Order | Ghost
input Draft { note: String = "-" @deprecated(reason: "Unread.") parts: [[Part!]!]! }
scalar Money @specifiedBy(url: "https://example.com/money")
directive @cost(weight: Weight!) repeatable on FIELD_DEFINITION
`;

describe('selectors', () => {
  const api = schema(shop);

  it('list types with their members', () => {
    expect(names(select.types(api)).join(' ')).toBe(
      'Root Order Node Priced OrderList OrderItem Paging State Found Draft Money',
    );
    expect(names(select.typesOf(api, 'interface'))).toEqual(['Node', 'Priced']);
    expect(names(select.typeNamed(api, 'Order')!.interfaces)).toEqual(['Node', 'Priced']);
    expect(names(select.typeNamed(api, 'Found')!.members)).toEqual(['Order', 'Ghost']);
  });

  test.each([
    ['types', () => select.types(api).slice(0, 2), ['Root Root', 'Order Order']],
    ['fields', () => select.fields(api).slice(0, 3), ['Root.order order', 'Root.orders orders', 'Order.id id']],
    [
      'arguments',
      () => select.everyArgument(api),
      ['Root.order(id:) id', 'Root.order(draft:) draft', 'Root.orders(first:) first', '@cost(weight:) weight'],
    ],
    ['input fields', () => select.inputFields(api), ['Draft.note note', 'Draft.parts parts']],
    ['enum values', () => select.enumValues(api), ['State.OPEN OPEN', 'State.CLOSED CLOSED']],
    ['directive definitions', () => select.directiveDefinitions(api), ['@cost cost']],
    [
      'directive uses',
      () => select.directiveUses(api),
      [
        'Root.order(draft:) @deprecated(reason: "Gone.")',
        'Order @key(fields: "id")',
        'Order.state @deprecated',
        'State.OPEN @deprecated(reason: "Never used.")',
        'Draft.note @deprecated(reason: "Unread.")',
        'Money @specifiedBy(url: "https://example.com/money")',
      ],
    ],
    [
      'uses of inputs',
      () =>
        select
          .typeUses(api)
          .filter((use) => use.as === 'input')
          .slice(-3),
      ['Draft.note String', 'Draft.parts Part', '@cost(weight:) Weight'],
    ],
    ['uses in unions', () => select.typeUses(api).filter((use) => use.as === 'member'), ['Found Order', 'Found Ghost']],
    ['parts of the schema', () => select.schemaParts(api), ['schema schema']],
    ['root fields', () => select.rootFields(api).map(({ field }) => field), ['Root.order order', 'Root.orders orders']],
    ['edges', () => select.edges(api), ['OrderItem OrderItem']],
    ['page infos', () => select.pageInfos(api), ['Paging Paging']],
  ])('place %s', (_, things, places) => {
    expect(things().map(({ at }) => shown(at))).toEqual(places);
  });

  it('move places to other nodes of the element', () => {
    const field = select.fieldNamed(select.typeNamed(api, 'Root')!, 'orders')!;
    expect(shown(field.at.on(field.node.type))).toBe('Root.orders OrderList!');
    expect([select.isList(field.node.type), select.namedType(field.node.type).name.value]).toEqual([
      false,
      'OrderList',
    ]);
    const root = select.typeNamed(api, 'Root')!;
    expect(shown(root.at.on(root.base!.description!))).toBe('Root "What one can ask."');
  });

  it('know connections by their shape', () => {
    const [connection, ...others] = select.connections(api);
    expect(others).toEqual([]);
    expect([connection!.type.name, connection!.edge?.name, connection!.node?.at.element]).toEqual([
      'OrderList',
      'OrderItem',
      'OrderItem.node',
    ]);
  });

  it('tell what is deprecated, and why', () => {
    const nodes = [
      ...select.fields(api),
      ...select.everyArgument(api),
      ...select.inputFields(api),
      ...select.enumValues(api),
    ];
    const reasons = nodes.flatMap(({ at, node }) => {
      const deprecation = select.deprecationOf(node);
      return deprecation ? [[at.element, deprecation.reason]] : [];
    });
    expect(reasons).toEqual([
      ['Order.state', undefined],
      ['Root.order(draft:)', 'Gone.'],
      ['Draft.note', 'Unread.'],
      ['State.OPEN', 'Never used.'],
    ]);
    const money = select.typeNamed(api, 'Money')!;
    const url = select.argumentOf(select.directiveOn(money.base!, 'specifiedBy')!, 'url')!;
    expect(shown(money.at.on(url))).toBe('Money "https://example.com/money"');
  });

  it('reach what clients can come across', () => {
    const unreached = select.types(api).filter(({ name }) => !select.reachable(api).has(name));
    expect(names(unreached)).toEqual(['Found', 'Draft']);
    expect(select.reachable(api).has('Weight')).toBe(true);
  });

  it('answer once per schema', () => {
    expect(select.types(api)).toBe(select.types(api));
    expect(select.types(api)).not.toBe(select.types(schema(shop)));
  });
});

describe('reachability', () => {
  test.each([
    [
      'implementors of an interface',
      'type Query { n: N }\ninterface N { id: ID }\ntype A implements N { id: ID b: B }\ntype B { c: Int }',
      'Query N A B',
    ],
    ['members of a union', 'type Query { u: U }\nunion U = A\ntype A { c: Int }\ntype B { c: Int }', 'Query U A'],
    ['inputs of arguments', 'type Query { a(i: I): Int }\ninput I { j: J }\ninput J { i: I }', 'Query I J'],
    [
      'entities of a subgraph',
      'type Query { a: Int }\ntype A @key(fields: "c") { c: B }\ntype B { c: Int }',
      'Query A B',
    ],
    ['roots that extensions make', 'extend type Mutation { a: A }\ntype A { c: Int }', 'Mutation A'],
  ])('goes through %s', (_, text, reached) => {
    const api = schema(text);
    expect(names(select.types(api).filter(({ name }) => select.reachable(api).has(name))).sort()).toEqual(
      reached.split(' ').sort(),
    );
  });
});

describe('files of one schema', () => {
  it('are merged by name, extensions after their base whatever the order', () => {
    const api = schema('extend type Query { b: Int }', 'type Query { a: Int }', 'extend type Query @d { c: Int }');
    const query = select.typeNamed(api, 'Query')!;
    expect(names(query.fields)).toEqual(['a', 'b', 'c']);
    expect(query.fields.map(({ at }) => at.range().source.path)).toEqual(['2.graphql', '1.graphql', '3.graphql']);
    expect([query.extensions.length, names(query.directives)]).toEqual([2, ['d']]);
    expect(names(select.rootFields(api).map(({ field }) => field))).toEqual(['a', 'b', 'c']);
    expect(api.sources.map(({ path }) => path)).toEqual(['1.graphql', '2.graphql', '3.graphql']);
  });

  it('keep extensions without a base, and those of another kind', () => {
    const api = schema('extend type User { a: Int }\nscalar Date\nextend enum Date { NOW }');
    expect(select.typeNamed(api, 'User')!.base).toBeNull();
    expect(names(select.typeNamed(api, 'User')!.fields)).toEqual(['a']);
    expect([select.typeNamed(api, 'Date')!.kind, select.enumValues(api).length]).toEqual(['scalar', 0]);
    expect(select.typeNamed(api, 'Date')!.extensions.length).toBe(1);
  });

  it('let the first of two definitions win, and list the other, but not its members', () => {
    const api = schema(
      'type A { a(x: Int, x: Int): Int a: String b: Int }\nenum E { V V }\nscalar S\ndirective @d on FIELD\nschema { query: A }',
      'type A { b: Int c: Int }\nenum S { V }\ndirective @d on OBJECT\nschema { query: A }',
    );
    expect(names(select.typeNamed(api, 'A')!.fields)).toEqual(['a', 'b', 'c']);
    expect(select.typeNamed(api, 'S')!.kind).toBe('scalar');
    const found = select.duplicates(api).map(({ at, first }) => {
      const { source, start } = at.range();
      return `${source.path} ${at.element} ${start > first.range().start || source !== first.range().source}`;
    });
    expect(found.sort()).toEqual([
      '1.graphql A.a true',
      '1.graphql A.a(x:) true',
      '1.graphql E.V true',
      '2.graphql @d true',
      '2.graphql A true',
      '2.graphql S true',
      '2.graphql schema true',
    ]);
  });
});

describe('types whose definitions are broken', () => {
  it('are known by name', () => {
    const api = schema('tpye A { type: B }\n"d" extend enum C { ! }\ntype D @d(type E { a: A c: C f: F }');
    expect([...select.brokenTypes(api)]).toEqual(['A', 'C', 'D']);
    expect(isKnownType(api, 'C')).toBe(true);
    expect(isKnownType(api, 'B')).toBe(false);
  });
});

describe('federation', () => {
  it('knows what @link imports, under which name', () => {
    const api = schema(`extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@shareable", { name: "@key", as: "@primary" }, "FieldSet"])
      @link(url: "https://example.com/rules/v1.0", as: "house", import: ["@audited", "Level"])`);
    expect(select.rootTypes(api).size).toBe(0);
    expect(links(api)).toEqual([
      {
        url: 'https://specs.apollo.dev/federation/v2.3',
        prefix: 'federation',
        imports: ['@shareable', '@primary', 'FieldSet'],
      },
      { url: 'https://example.com/rules/v1.0', prefix: 'house', imports: ['@audited', 'Level'] },
    ]);
    const known = ['primary', 'federation__requires', 'house', 'house__x', 'audited', 'key', 'deprecated', 'oneOf'];
    expect(known.filter((name) => !isKnownDirective(api, name))).toEqual([]);
    expect(isKnownDirective(api, 'auditted')).toBe(false);
    expect(['Level', 'FieldSet', '_Any', 'ID', '__Type', 'house__T'].filter((name) => !isKnownType(api, name))).toEqual(
      [],
    );
    expect(isKnownType(api, 'Levels')).toBe(false);
    expect(isSubgraph(api)).toBe(true);
  });

  it('keeps its types to subgraphs', () => {
    const api = schema('type Query { a: _Any }\ndirective @mine on OBJECT');
    expect([isSubgraph(api), isKnownType(api, '_Any'), isKnownType(api, 'Query')]).toEqual([false, false, true]);
    expect(isKnownDirective(api, 'mine')).toBe(true);
  });
});

describe('comments', () => {
  it('above a definition or member are those on the lines directly before it', () => {
    const api = schema(
      'tpye A\n\n# far\n\n# one\n# two\ntype B { # beside\n  # of c\n  c: Int # behind\n  d: Int\n}\n',
    );
    const type = select.typeNamed(api, 'B')!;
    const above = (node: Parameters<typeof select.commentsAbove>[0]) =>
      select.commentsAbove(node).map(({ text, range }) => [text, textOf(range)]);
    expect(above(type.base!)).toEqual([
      ['one', '# one'],
      ['two', '# two'],
    ]);
    expect(type.fields.map(({ node }) => above(node))).toEqual([[['of c', '# of c']], []]);
  });
});
