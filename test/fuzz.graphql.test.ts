// Every rule on GraphQL schemas with slips and on hostile ones: none breaks down, all places lie in the text, the run ends.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { graphql } from '../src/languages/graphql/graphql.ts';
import { tokens } from '../src/languages/graphql/scan.ts';
import { lint } from '../src/lint/lint.ts';
import { rules } from '../src/rules/index.ts';
import { Source } from '../src/text/source.ts';
import { schemas } from './languages/graphql/mutations.ts';

/** `FUZZ=20` tries twenty times as many schemas, others each time. */
const times = Number(process.env['FUZZ'] ?? 1);
const seed = times === 1 ? 20261120 : Date.now();

const enabled = rules
  .filter(({ checks }) => checks.graphql)
  .map((rule) => ({
    rule,
    severity: 'warn' as const,
    options: Object.fromEntries(Object.entries(rule.options ?? {}).map(([name, option]) => [name, option.default])),
  }));

/** The rules that can be told to look at more than they do by default. */
const eager = enabled.map(({ rule, severity, options }) =>
  rule.id === 'structure/sorted'
    ? { rule, severity, options: { lists: ['definitions', 'fields', 'inputFields', 'arguments', 'values'] } }
    : { rule, severity, options },
);

function judge(...texts: string[]): void {
  const sources = texts.map((text, i) => new Source(text.startsWith('{') ? `${i}.json` : `${i}.graphql`, text));
  const apis = graphql.read(sources, { read: () => ({ refused: 'there is no such file' }) });
  const { problems, failed } = lint(apis, { rules: eager, known: rules });
  const broken = problems.filter(({ rule }) => failed.includes(rule) || rule === 'structure/rule-completed');
  expect(broken.map(({ message }) => message)).toEqual([]);
  for (const { range, related, message } of problems) {
    for (const { source, start, end } of [range, ...related.map((one) => one.range)]) {
      if (0 <= start && start <= end && end <= source.text.length) continue;
      expect.fail(`${message} stands at ${start} to ${end} of ${source.text.length}`);
    }
  }
}

/** Texts as the tokens that they consist of, each with the space behind it. */
function split(text: string): string[] {
  const starts = [...tokens(text, 0)].map(({ start }) => start);
  return starts.map((start, i) => text.slice(start, starts[i + 1] ?? text.length));
}

const example = readFileSync('examples/flawed.graphql', 'utf8');
const federated = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", { name: "@external", as: "@foreign" }])
extend type Query { orders(first: Int = 10, after: String, filter: OrderFilter = { state: [OPEN] }): OrderConnection! }
type OrderConnection { edges: [OrderEdge!]! pageInfo: PageInfo! totalCount: Int }
type OrderEdge { node: Order! cursor: String! }
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
"An order." type Order @key(fields: "id buyer { id }") { id: ID! buyer: User! price: Float created_at: String @deprecated(reason: "Use createdAt. 2020-01-01") }
extend type User @key(fields: "id") { id: ID! @foreign }
input OrderFilter @oneOf { state: [State!] password: String }
enum State { OPEN CLOSED Closed }
type Mutation { createOrder(input: CreateOrderInput!): CreateOrderPayload getThings: Boolean }
input CreateOrderInput { price: Float! }
type CreateOrderPayload { order: Order errors: [UserError!]! }
type UserError { message: String! code: String }
type Subscription { orderCreated: Order }
`;
const texts = Object.entries({ ...schemas, example, federated });
const result = JSON.stringify({ data: introspectionFromSchema(buildSchema(schemas['shop']!)) });

describe.each(texts)('schema %s', (_, text) => {
  const parts = split(text);
  const place = fc.nat(parts.length - 1);
  const edit = fc.tuple(fc.constantFrom('drop', 'repeat', 'swap', 'copy' as const), place, place);
  type Edit = [kind: string, at: number, other: number];

  const apply = (list: readonly string[], [kind, at, other]: Edit): string[] => {
    const changed = [...list];
    if (kind === 'drop') changed.splice(at, 1);
    if (kind === 'repeat') changed.splice(at, 0, changed[at] ?? '');
    if (kind === 'swap') [changed[at], changed[other]] = [changed[other] ?? '', changed[at] ?? ''];
    if (kind === 'copy') changed[at] = changed[other] ?? '';
    return changed;
  };

  it('survives slips of the pen', { timeout: 120_000 }, () => {
    const edits = fc.array(edit, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(edits, (list) => judge((list as Edit[]).reduce(apply, parts).join(' '))),
      { seed, numRuns: 100 * times },
    );
  });

  it('survives being cut off, and being torn in two', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(fc.nat(text.length), (at) => {
        judge(text.slice(0, at));
        judge(text.slice(0, at), text.slice(at));
      }),
      { seed, numRuns: 30 * times },
    );
  });
});

it('an introspection result survives odd values', { timeout: 120_000 }, () => {
  const parts = result.split(/(?<=[,:{}[\]])/);
  const odd = fc.constantFrom(
    'null',
    '[]',
    '{}',
    '""',
    '5',
    '"__x"',
    '"LIST"',
    '"NON_NULL"',
    '"OBJECT"',
    '"Query"',
    'true',
  );
  const edits = fc.array(fc.tuple(fc.nat(parts.length - 1), odd), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(edits, (list) => {
      const changed = [...parts];
      for (const [at, by] of list) changed[at] = changed[at]!.replace(/^[^,:{}[\]]*/, (old) => (old === '' ? old : by));
      judge(changed.join(''));
    }),
    { seed, numRuns: 100 * times },
  );
});

describe('hostile schemas', () => {
  const many = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n');
  it.each<[string, string]>([
    ['a chain of 5,000 inputs', many(5000, (i) => `input A${i} { a: A${i + 1}! }`)],
    ['a circle of 5,000 inputs', many(5000, (i) => `input A${i} { a: A${(i + 1) % 5000}! }`)],
    [
      'a circle of 5,000 directives',
      many(5000, (i) => `directive @a${i}(x: Int @a${(i + 1) % 5000}) on ARGUMENT_DEFINITION`),
    ],
    ['interfaces in a circle', many(300, (i) => `interface A${i} implements A${(i + 1) % 300} { a: Int }`)],
    ['a type of 10,000 fields', `type Query { ${many(10_000, (i) => `a${i}: String`)} }`],
    [
      'an interface of 2,000 fields that 50 types lack',
      `interface A { ${many(2000, (i) => `a${i}: Int`)} }\n${many(50, (i) => `type T${i} implements A { b: Int }`)}`,
    ],
    ['a type 150 lists deep', `type Query { a: ${'['.repeat(150)}Int${']'.repeat(150)} }`],
    ['a default 150 objects deep', `input A { a: A = ${'{a: '.repeat(150)}{}${'}'.repeat(150)} }`],
    ['3,000 types of one name', many(3000, () => 'type A { a: A }')],
    [
      '3,000 unknown types, much alike',
      `type Query { ${many(3000, (i) => `a${i}: Abcdefgh${i}`)} }\n${many(3000, (i) => `type Abcdefghi${i} { a: Int }`)}`,
    ],
    [
      'names that objects inherit',
      'type constructor { toString: valueOf __proto__(hasOwnProperty: Int): Int }\nenum valueOf { constructor }\ntype Query @toString { a: constructor }\ndirective @toString(constructor: Int) on OBJECT',
    ],
    ['a key of 5,000 braces', `type A @key(fields: "${'a { '.repeat(5000)}") { a: A }`],
    ['a name of 100,000 letters', `type ${'aB'.repeat(50_000)} { ${'xY'.repeat(50_000)}: Int }`],
    ['a description of 500,000 characters', `"""${'<script <a onclick= '.repeat(25_000)}"""\ntype A { a: Int }`],
  ])('%s', { timeout: 60_000 }, (_, text) => judge(text));

  it('2,000 files that need each other', { timeout: 60_000 }, () => {
    judge(
      'type Query { a0: A0 }',
      ...Array.from({ length: 2000 }, (_, i) => `extend type Query { b${i}: A${i} }\ntype A${i} { a: A${i + 1} }`),
    );
  });
});

const corpus = new URL('../../shared/corpus/graphql/', import.meta.url);
const files = existsSync(corpus) ? readdirSync(corpus).filter((file) => file.endsWith('.graphql')) : [];

describe.skipIf(files.length === 0)('pieces of the corpus', () => {
  it.each(files)('%s', { timeout: 300_000 }, (file) => {
    const definitions = readFileSync(new URL(file, corpus), 'utf8').split(
      /\n(?=(?:type|input|enum|interface|union|scalar|directive)\b|""")/,
    );
    const picked = fc.array(fc.nat(definitions.length - 1), { minLength: 5, maxLength: 30 });
    const change = fc.tuple(picked, fc.nat(), fc.constantFrom('drop', 'repeat', 'cut'));
    fc.assert(
      fc.property(change, ([list, at, how]) => {
        const parts = split(list.map((i) => definitions[i]!).join('\n'));
        const here = at % parts.length;
        if (how === 'cut') parts.splice(here);
        else parts.splice(here, how === 'drop' ? 1 : 0, ...(how === 'drop' ? [] : [parts[here]!]));
        judge(parts.join(''));
      }),
      { seed, numRuns: 40 * times },
    );
  });
});
