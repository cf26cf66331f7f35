import type { DefinitionNode } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { rangeOf } from '../../../src/languages/graphql/document.ts';
import { parse } from '../../../src/languages/graphql/parse.ts';
import { Source } from '../../../src/text/source.ts';
import { textOf } from './api.ts';

/** What each definition of a text is called, with the names of its members; and the faults with the text that they underline. */
function outcome(text: string): { definitions: string[]; faults: string[] } {
  const { definitions, faults } = parse(new Source('a.graphql', text));
  return {
    definitions: definitions.map(outline),
    faults: faults.map(({ message, range }) => `${message} | ${textOf(range)}`),
  };
}

function outline(node: DefinitionNode): string {
  const name = 'name' in node ? node.name?.value : node.kind;
  const members = 'fields' in node ? node.fields : 'values' in node ? node.values : undefined;
  return `${name}(${(members ?? []).map((member) => member.name.value).join()})`;
}

const B = 'type B { c: Int }';

describe('what is broken is a fault, and the rest is read', () => {
  test.each([
    [
      'a field without a colon',
      `type A {\n  a Int\n  b: Int\n}\n${B}`,
      ['A(b)', 'B(c)'],
      ['Expected ":", found Name "Int" | Int'],
    ],
    [
      'two bad fields',
      `type A {\n  a Int\n  b: !\n  c: Int\n}`,
      ['A(c)'],
      ['Expected ":", found Name "Int" | Int', 'Expected Name, found "!" | !'],
    ],
    [
      'a bad field on the line of others',
      `type A { a Int b: Int }\n${B}`,
      ['B(c)'],
      ['Expected ":", found Name "Int" | Int'],
    ],
    ['an open brace', `type A {\n  a: Int\n\n${B}`, ['A(a)', 'B(c)'], ['Expected "}" before this definition | type']],
    [
      'an open brace before a description',
      `type A {\n  a: Int\n\n"B"\n${B}`,
      ['A(a)', 'B(c)'],
      ['Expected ":", found Name "B" | B'],
    ],
    ['an open brace at the end', `${B}\ntype A {\n  a: Int`, ['B(c)', 'A(a)'], ['Expected Name, found <EOF> | ']],
    [
      'an open parenthesis',
      `type A {\n  a(x: Int: Int\n  b: Int\n}\n${B}`,
      ['A(b)', 'B(c)'],
      ['Expected Name, found ":" | :'],
    ],
    ['a misspelt keyword', `tpye A {\n  a: Int\n}\n"B"\n${B}`, ['B(c)'], ['Unexpected Name "tpye" | tpye']],
    [
      'a misspelt keyword of an extension',
      `extend tpye A { a: Int }\nextend ${B}`,
      ['B(c)'],
      ['Unexpected Name "tpye" | tpye'],
    ],
    [
      'a character that means nothing',
      `type A { a: Int }\n?\n${B}`,
      ['A(a)', 'B(c)'],
      ['Unexpected character: "?" | ?'],
    ],
    ['a body without members', `type A {}\n${B}`, ['A()', 'B(c)'], ['Expected at least one member in "{}" | {']],
    [
      'a string that is not closed',
      `type A { a(x: Int = "abc): Int }\n${B}`,
      ['B(c)'],
      ['Unterminated string | "abc): Int }', 'Expected ":", found Name "B" | B'],
    ],
    [
      'an unknown escape',
      `type A { a(x: Int = "\\q"): Int }`,
      ['A(a)'],
      ['Invalid character escape sequence: "\\q" | \\'],
    ],
    [
      'a description that is not closed',
      `type A {\n  """a\n  a: Int\n}\n\n"""\nof B\n"""\ntype B {\n  c: Int\n}\n`,
      ['A()', 'B(c)'],
      ['Expected ":", found Name "B" | B', 'Expected ":", found Name "B" | B', 'Unterminated string | """'],
    ],
    [
      'an enum whose values look like definitions',
      `enum A {\n  type\n  input\n  !\n}\n${B}`,
      ['A(type,input)', 'B(c)'],
      ['Expected Name, found "!" | !'],
    ],
    ['nothing but words', 'Dear all,\nhello.', [], ['Unexpected Name "Dear" | Dear']],
  ])('%s', (_, text, definitions, faults) => {
    const found = outcome(text);
    expect(found.definitions).toEqual(definitions);
    expect(found.faults.sort()).toEqual([...faults].sort());
  });

  it('says which texts were left out', () => {
    const { broken } = parse(new Source('a.graphql', `${B}\nunoin A = B\n\n${B}`));
    expect(broken.map(textOf)).toEqual(['unoin A = B\n\n']);
  });

  it('gives places in the file to all nodes, whatever came before them', () => {
    const { definitions } = parse(new Source('a.graphql', `\uFEFF# å\r\ntpye A\r\n\r\n${B}\r\nscalar ?? Date\r\n`));
    expect(definitions.map((node) => textOf(rangeOf(node)))).toEqual([B, 'scalar ?? Date']);
  });
});

describe('what is no fault', () => {
  test.each([
    ['an empty text', '', []],
    ['comments only', '# nothing yet', []],
    ['an operation', `query Q { b { c } }\n${B}`, ['Q()', 'B(c)']],
    ['directives that nobody defined', 'type A @key(fields: "id") @mine { id: ID @external }', ['A(id)']],
    [
      'an extension of nothing',
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3")\nextend type Q { a: Int }',
      ['SchemaExtension()', 'Q(a)'],
    ],
    [
      'a type that is called like a keyword',
      'type type { type: input }\ninput input { extend: type }',
      ['type(type)', 'input(extend)'],
    ],
  ])('%s', (_, text, definitions) => {
    expect(outcome(text)).toEqual({ definitions, faults: [] });
  });
});

describe('hostile texts end in few words', () => {
  test.each([
    ['a deep type', `type A { a: ${'['.repeat(100_000)}`, /Nested deeper than 200/],
    ['a deep value', `type A { a(x: X = ${'['.repeat(100_000)}): Int }`, /Nested deeper than 200/],
    ['a deep object', `type A { a(x: X = ${'{a:'.repeat(100_000)}): Int }`, /Nested deeper than 200/],
    ['a deep query', '{a'.repeat(100_000), /Nested deeper than 200/],
    ['braces', '{'.repeat(500_000), /Expected Name/],
    ['backslashes', '\\'.repeat(500_000), /Unexpected character/],
    ['quotes', '"\n'.repeat(200_000), /Unterminated string/],
    ['escaped block quotes', '\\"""'.repeat(100_000), /Unexpected character/],
    ['beginnings on one line', 'type A @d(a: ['.repeat(50_000), /Unexpected "@"/],
    ['beginnings within a description', `type A{"""${'type A {\n'.repeat(20_000)}"""`, /Expected/],
  ])('%s', (_, text, message) => {
    const { faults } = parse(new Source('a.graphql', text));
    expect(faults[0]?.message).toMatch(message);
    for (const { range } of faults) expect(range.end).toBeLessThanOrEqual(text.length);
  });

  it('finds thousands of faults and reads what is between them', () => {
    const text = 'type A {\n  a: !\n  b: Int\n}\nunoin U = A\n'.repeat(5_000);
    const { definitions, faults, broken } = parse(new Source('a.graphql', text));
    expect([definitions.length, faults.length, broken.length]).toEqual([5_000, 10_000, 5_000]);
  });

  it('gives up when faults on one long line would take for ever, and says so', () => {
    const { faults, broken } = parse(new Source('a.graphql', 'type A ! '.repeat(100_000)));
    expect(faults.at(-1)?.message).toBe('Too many syntax errors: the rest is not read');
    expect(broken.at(-1)?.end).toBe(900_000);
  });
});
