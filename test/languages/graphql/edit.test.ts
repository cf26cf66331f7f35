import { describe, expect, it } from 'vitest';
import {
  capitalise,
  describe as describeBy,
  removeDefinition,
  removeRepetition,
  renameArgument,
  renameEnumValue,
  renameField,
  renameInputField,
  renameType,
  requote,
  sortMembers,
} from '../../../src/languages/graphql/edit.ts';
import type { GraphQl } from '../../../src/languages/graphql/graphql.ts';
import {
  commentsAbove,
  duplicates,
  enumValues,
  everyArgument,
  fieldNamed,
  inputFields,
  typeNamed,
} from '../../../src/languages/graphql/select.ts';
import { edited } from '../../edited.ts';
import { schema } from './api.ts';

const field = (api: GraphQl, type: string, name: string) => fieldNamed(typeNamed(api, type)!, name)!;
const argument = (api: GraphQl, name: string) => everyArgument(api).find((one) => one.name === name)!;
const value = (api: GraphQl, name: string) => enumValues(api).find((one) => one.name === name)!;
const input = (api: GraphQl, name: string) => inputFields(api).find((one) => one.name === name)!;

describe('a type', () => {
  it('is renamed where it is defined, extended and used, in all files', () => {
    const api = schema(
      'type Query { a(by: order_filter): [order!]! }\n\nextend type order { next: order } # order',
      '"An order."\ntype order { id: ID! }\nunion Any = order | Query\ninput order_filter { id: ID! }',
    );
    expect(edited(renameType(api, typeNamed(api, 'order')!, 'Order'))).toEqual([
      'type Query { a(by: order_filter): [Order!]! }\n\nextend type Order { next: Order } # order',
      '"An order."\ntype Order { id: ID! }\nunion Any = Order | Query\ninput order_filter { id: ID! }',
    ]);
  });

  it.each([
    ['the name is taken', 'type a { id: ID }\ntype A { id: ID }'],
    ['a part of the schema cannot be read', 'type a { id: ID }\ntype B { id ID }'],
    ['a text names it', 'type a { id: ID @deprecated(reason: "See `a`.") }'],
    ['operations stand beside it', 'type a { id: ID }\nquery { x { ... on a { id } } }'],
    [
      'other subgraphs may know it',
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key"])\ntype a @key(fields: "id") { id: ID }',
    ],
    [
      'it stands in an introspection result',
      JSON.stringify({ __schema: { types: [{ kind: 'OBJECT', name: 'a', fields: [], interfaces: [] }] } }),
    ],
  ])('keeps its name where %s', (_, text) => {
    const api = schema(text);
    expect(renameType(api, typeNamed(api, 'a')!, 'A')).toEqual([]);
  });

  it('does not become a root by its name', () => {
    const api = schema('type query { id: ID }');
    expect(renameType(api, typeNamed(api, 'query')!, 'Query')).toEqual([]);
  });

  it('goes with its description and the comments above it, and leaves one blank line', () => {
    const text = 'type A { id: ID }\n\n# About B.\n"B."\ntype B {\n  id: ID\n}\n\ntype C { id: ID }\n';
    const api = schema(text);
    expect(edited(removeDefinition(typeNamed(api, 'B')!.base!))).toEqual(['type A { id: ID }\n\ntype C { id: ID }\n']);
  });
});

describe('a member', () => {
  it('of an interface takes along those of all that implement it', () => {
    const api = schema(
      'interface N { full_name: ID }\ntype A implements N { full_name: ID }\ntype B implements N & M { full_name: ID }\n' +
        'interface M { full_name: ID }\ntype C implements M { full_name: ID }\ntype D { full_name: ID }',
    );
    const [text] = edited(renameField(api, field(api, 'N', 'full_name'), 'fullName'));
    expect(text!.match(/full_?name/gi)).toEqual([
      'fullName',
      'fullName',
      'fullName',
      'fullName',
      'fullName',
      'full_name',
    ]);
  });

  it('keeps its name where the other one is taken, or about to be', () => {
    const api = schema(
      'type A { a_b: ID, aB: ID }\ntype B { c_d: ID, C_d: ID }\ntype E { e_f: ID @key(fields: "e_f") }',
    );
    expect(renameField(api, field(api, 'A', 'a_b'), 'aB')).toEqual([]);
    expect(renameField(api, field(api, 'B', 'c_d'), 'cD')).toEqual([]);
    expect(renameField(api, field(api, 'E', 'e_f'), 'eF')).toEqual([]);
  });

  it('of an enum or an input is renamed in defaults and in directives, and nowhere else', () => {
    const api = schema(
      'enum State { open }\nenum Door { open }\ninput By { the_state: State = open, door: Door = open, more: [By!] }\n' +
        'directive @d(by: By, any: Any) on FIELD_DEFINITION\nscalar Any\n' +
        'type Query { a(by: By = { the_state: open, more: [{ the_state: open }] }): ID @d(by: { the_state: open }, any: open) }',
    );
    expect(edited(renameEnumValue(api, value(api, 'open'), 'OPEN'))).toEqual([
      'enum State { OPEN }\nenum Door { open }\ninput By { the_state: State = OPEN, door: Door = open, more: [By!] }\n' +
        'directive @d(by: By, any: Any) on FIELD_DEFINITION\nscalar Any\n' +
        'type Query { a(by: By = { the_state: OPEN, more: [{ the_state: OPEN }] }): ID @d(by: { the_state: OPEN }, any: open) }',
    ]);
    const [text] = edited(renameInputField(api, input(api, 'the_state'), 'theState'));
    expect(text!.match(/the_?state/gi)).toEqual(['theState', 'theState', 'theState', 'theState']);
  });

  it('of a directive is renamed wherever the directive stands', () => {
    const api = schema('directive @d(the_cost: Int) on OBJECT\ntype A @d(the_cost: 1) { a(the_cost: Int): ID }');
    expect(edited(renameArgument(api, argument(api, 'the_cost'), 'cost'))).toEqual([
      'directive @d(cost: Int) on OBJECT\ntype A @d(cost: 1) { a(the_cost: Int): ID }',
    ]);
  });

  it('that stands twice goes once, where it says the same', () => {
    const again = (text: string) => {
      const api = schema(text);
      return edited(duplicates(api).flatMap(({ at }) => removeRepetition(api, at.node)))[0];
    };
    expect(again('enum E { A, B, A }')).toBe('enum E { A, B }');
    expect(again('type T {\n  a: ID!\n  b: ID\n  a: ID!\n}\n')).toBe('type T {\n  a: ID!\n  b: ID\n}\n');
    expect(again('type T {\n  "A."\n  a: ID!\n  a: ID!,\n  b: ID\n}\n')).toBe(
      'type T {\n  "A."\n  a: ID!\n  b: ID\n}\n',
    );
    expect(again('type T { a: ID!, a: ID }')).toBeUndefined();
    expect(again('type T { a: ID!, "Another." a: ID! }')).toBeUndefined();
    expect(again('type T {\n  a: ID!\n  # Why?\n  a: ID!\n}')).toBeUndefined();
  });
});

describe('a description', () => {
  const typeIn = (api: GraphQl) => typeNamed(api, 'A')!.base!;
  const of = (text: string) => typeIn(schema(text));

  it.each([
    ['"It is."\ntype A', 'block', '"""It is."""\ntype A'],
    ['"Says \\"so\\""\ntype A', 'block', '"""\nSays "so"\n"""\ntype A'],
    ['  "One\\n\\n  two \\"\\"\\"."\r\n  type A', 'block', '  """\r\n  One\r\n\r\n    two \\""".\r\n  """\r\n  type A'],
    ['"""\n  It is "so" \\ .\n"""\ntype A', 'inline', '"It is \\"so\\" \\\\ ."\ntype A'],
    ['"\\n  a"\ntype A', 'block', undefined],
    ['"a\\tb\\u0007"\ntype A', 'block', undefined],
    ['"""a\nb"""\ntype A', 'inline', undefined],
  ] as const)('%j is quoted as %s', (text, quotes, wanted) => {
    const { description } = of(text);
    const [result] = edited(requote(description!, quotes));
    expect(result).toBe(wanted);
    if (result !== undefined) expect(of(result).description!.value).toBe(description!.value);
  });

  it('begins with a capital', () => {
    expect(edited(capitalise(of('"""\n  an order\n"""\ntype A').description!))).toEqual([
      '"""\n  An order\n"""\ntype A',
    ]);
  });

  it.each([
    ['# An order.\ntype A', '"""An order."""\ntype A'],
    [
      '  #   Lists:\r\n  #   * one\r\n  #\r\n  #     * two\r\n  type A',
      '  """\r\n  Lists:\r\n  * one\r\n\r\n    * two\r\n  """\r\n  type A',
    ],
    ['# Holds """.\ntype A', '"""Holds \\"""."""\ntype A'],
    [
      '"Q."\ntype Query {\n  "I."\n  a: A\n}\n# An "A".\ntype A',
      '"Q."\ntype Query {\n  "I."\n  a: A\n}\n"An \\"A\\"."\ntype A',
    ],
  ])('is made of the comments in %j', (text, wanted) => {
    const api = schema(text);
    const node = typeIn(api);
    expect(edited(describeBy(api, node, commentsAbove(node)))).toEqual([wanted]);
  });

  it('is made of no comments that others stand between', () => {
    const api = schema('# One.\n# @tool\n# Two.\ntype A');
    const node = typeIn(api);
    const comments = commentsAbove(node);
    expect(describeBy(api, node, [comments[0]!, comments[2]!])).toEqual([]);
    expect(edited(describeBy(api, node, comments.slice(0, 1)))).toEqual(['"""One."""\n# @tool\n# Two.\ntype A']);
  });
});

describe('members', () => {
  it.each([
    ['enum E { C, a B }', 'enum E { a, B C }'],
    ['enum E {\n  B # b,\n  # Of A.\n  A, # a\n}', 'enum E {\n  # Of A.\n  A, # a\n  B # b,\n}'],
    ['enum E {\n  """\n  # B\n  """\n  B\n\n  "#A"\n  A\n}', 'enum E {\n  "#A"\n  A\n\n  """\n  # B\n  """\n  B\n}'],
    ['enum E { # of all\n  B\n  A\n}', 'enum E { # of all\n  A\n  B\n}'],
    ['enum E {\n  B\n  A\n  # the end\n}', 'enum E {\n  A\n  B\n  # the end\n}'],
    ['enum E {\n  # Letters:\n  B\n  A\n}', undefined],
    ['enum E {\n  B\n\n  # Vowels:\n\n  A\n}', undefined],
    ['enum E { B A # a\n}', undefined],
  ])('of %j are sorted', (text, wanted) => {
    const api = schema(text);
    const { base } = typeNamed(api, 'E')!;
    const members = base?.kind === 'EnumTypeDefinition' ? base.values! : [];
    expect(edited(sortMembers(api, members))[0]).toBe(wanted);
  });
});
