import fc from 'fast-check';
import { parse as oracle } from 'graphql';
import { expect, it } from 'vitest';
import { rangeOf } from '../../../src/languages/graphql/document.ts';
import { GraphQl } from '../../../src/languages/graphql/graphql.ts';
import { read } from '../../../src/languages/graphql/read.ts';
import * as select from '../../../src/languages/graphql/select.ts';
import { Source } from '../../../src/text/source.ts';

const seeded = { seed: 20260101, numRuns: 1500 };
const seed = `"""
A "quoted" one. # apiarch-ignore a/b: c
"""
type Query @key(fields: "id", on: [{ a: $x }]) implements A & B {
  "d" users(first: Int = 1, in: [In!]! = [{ a: 1.5e3 }]): [User!]! @deprecated(reason: """why""")
  # apiarch-ignore naming/x: y
  type: input
}
extend schema @link(url: "u", import: ["@a", { name: "b", as: "c" }]) { query: Query }
interface A { id: ID }
union U = | Query | User
enum Color { RED @deprecated GREEN }
input In { a: Int = 1, b: [String] }
scalar Date @specifiedBy(url: "x")
directive @a(b: Int) repeatable on FIELD | ENUM_VALUE
query Q($x: Int) { a(b: $x) { ...F } }
fragment F on Query { type }
{ "__schema": { "types": [] } }
`;
const pieces = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '"',
  '"""',
  '\\"""',
  '\\',
  '#',
  '@',
  ':',
  '!',
  '=',
  '&',
  '|',
  '$',
  '...',
  '\n',
  '\r\n',
  '\0',
  '\uD800',
  '\uFEFF',
  ' ',
  'type ',
  'extend ',
  'enum E',
  'input',
  '# apiarch-ignore a/b: c\n',
  '1.',
  '-',
  '__proto__',
  'constructor',
  'é',
];

/** That a text is read without a throw, to a document and a schema whose ranges lie within it. */
function expectSound(text: string): void {
  const source = new Source('a.graphql', text);
  const document = read(source);
  const api = new GraphQl([document]);
  const places = [...select.types(api), ...select.fields(api), ...select.typeUses(api), ...select.directiveUses(api)];
  const ranges = [
    ...document.definitions.map(rangeOf),
    ...document.faults.map(({ range }) => range),
    ...document.broken,
    ...places.map(({ at }) => at.range()),
    ...api.suppressions().flatMap(({ at, covers }) => (covers ? [at.range(), { source, ...covers }] : [at.range()])),
    ...select.fields(api).flatMap(({ node }) => select.commentsAbove(node).map(({ range }) => range)),
  ];
  for (const { start, end } of ranges) expect(0 <= start && start <= end && end <= text.length).toBe(true);
  expect(select.reachable(api).size).toBeGreaterThanOrEqual(select.rootTypes(api).size && 1);
  if (document.source.text.trimStart().startsWith('{')) return;
  const isEmpty = text.replace(/#.*/g, '').replace(/[\s,\uFEFF]/g, '') === '';
  expect(document.faults.length === 0).toBe(isAccepted(isEmpty ? `scalar A\n${text}` : text));
}

function isAccepted(text: string): boolean {
  try {
    oracle(text);
    return true;
  } catch {
    return false;
  }
}

it('reads every truncation', () => {
  for (let end = 0; end <= seed.length; end++) expectSound(seed.slice(0, end));
});

it('reads mutations', () => {
  const edit = fc.record({ at: fc.nat(seed.length), cut: fc.nat(8), piece: fc.constantFrom('', ...pieces) });
  const mutated = fc
    .array(edit, { minLength: 1, maxLength: 6 })
    .map((edits) => edits.reduce((text, { at, cut, piece }) => text.slice(0, at) + piece + text.slice(at + cut), seed));
  fc.assert(fc.property(mutated, expectSound), seeded);
});

it('reads soups of tokens', () => {
  const soup = fc.array(fc.constantFrom(...pieces, 'a', 'A', 'type A {', '\n  a: Int'), { maxLength: 60 });
  fc.assert(
    fc.property(
      soup.map((parts) => parts.join('')),
      expectSound,
    ),
    seeded,
  );
});
