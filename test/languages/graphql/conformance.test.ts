// The specification's rules against graphql-js: whatever one change makes of a schema, both say alike whether it is valid.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { buildASTSchema, parse, validateSchema } from 'graphql';
import { validateSDL } from 'graphql/validation/validate.js';
import { describe, expect, it } from 'vitest';
import * as conformance from '../../../src/languages/graphql/conformance/conformance.ts';
import type { GraphQl } from '../../../src/languages/graphql/graphql.ts';
import { schema, textOf } from './api.ts';
import { mutantAtRandom, mutants, schemas } from './mutations.ts';

/** What we say and graphql-js does not. */
const onlyOurs: readonly (readonly [because: string, RegExp])[] = [
  ['the specification checks values of directives; graphql-js checks values in operations', /, and `@\w+` takes `/],
  ['the specification wants different roots; graphql-js does not look', /^`\w+` is the root of \w+ and of /],
  ['the specification forbids directives that use themselves; graphql-js 16 does not look', /^The definition of `@/],
];

/** What graphql-js says and we do not. */
const onlyTheirs: readonly (readonly [because: string, RegExp])[] = [
  ['a file without queries may be a part of a schema', /^Query root type must be provided/],
  ['a root without fields waits for files that extend it', /^Type (?:Query|Mutation) must define one or more fields/],
  [
    'what is extended may be defined in another file: roots always, others where there is no root',
    /^Cannot extend type "\w+" because it is not defined/,
  ],
  ['schemas/composition-sound says it', /^OneOf input field /],
  ['it is discussed for results, too', /^Directive "@oneOf" may not be used on /],
  ['many servers know more arguments', /^Unknown argument "\w+" on directive "@deprecated"/],
  ['endless recursion over a default value that contains itself', /^Maximum call stack size exceeded/],
];

function findings(api: GraphQl) {
  const { departures, unknownTypes, unknownDirectives, repetitions, cycles } = conformance;
  return [departures, unknownTypes, unknownDirectives, repetitions, cycles].flatMap((find) => [...find(api)]);
}

const ours = (text: string): string[] => findings(schema(text)).map(({ message }) => message);

function theirs(text: string): string[] {
  const document = parse(text);
  const said = validateSDL(document).map(({ message }) => message);
  // What is extended and not defined is unknown, too, wherever it is named: one cause.
  const extended = said.flatMap((message) => /^Cannot extend type ("\w+") because/.exec(message)?.[1] ?? []);
  const errors = said.filter((message) => !extended.includes(/^Unknown type ("\w+")/.exec(message)?.[1] ?? ''));
  try {
    const built = buildASTSchema(document, { assumeValidSDL: true });
    return [...errors, ...validateSchema(built).map(({ message }) => message)];
  } catch (error) {
    // An unknown type keeps the schema from being built, which says nothing new.
    return errors.length > 0 ? errors : [(error as Error).message];
  }
}

type Exceptions = typeof onlyOurs;

interface Verdicts {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

const verdicts = (text: string): Verdicts => ({ ours: ours(text), theirs: theirs(text) });

/** Whether both find something, or both nothing, but for what is written down. */
function agree({ ours: a, theirs: b }: Verdicts): boolean {
  const [left, right] = [without(a, onlyOurs), without(b, onlyTheirs)];
  return left.length > 0 === right.length > 0 || (left.length > 0 ? b.length > 0 : a.length > 0);
}

function without(messages: readonly string[], exceptions: Exceptions): string[] {
  return messages.filter((message) => !exceptions.some(([, pattern]) => pattern.test(message)));
}

const judged: (Verdicts & { readonly change: string })[] = [];

describe.each(Object.entries(schemas))('schema %s', (_, text) => {
  it('is valid', () => {
    expect([ours(text), theirs(text)]).toEqual([[], []]);
  });

  it('is judged as graphql-js does after any one change', { timeout: 120_000 }, () => {
    const all = mutants(text).map((mutant) => ({ change: mutant.change, ...verdicts(mutant.text) }));
    expect(all.filter((one) => !agree(one)).slice(0, 20)).toEqual([]);
    expect(all.length).toBeGreaterThan(500);
    judged.push(...all);
  });

  it('is judged as graphql-js does after several changes', { timeout: 120_000 }, () => {
    const picks = fc.infiniteStream(fc.nat(1_000_000));
    const property = fc.property(fc.integer({ min: 2, max: 4 }), picks, (count, stream) => {
      const { change, text: changed } = mutantAtRandom(text, count, (from) => Number(stream.next().value) % from);
      const found = verdicts(changed);
      expect(agree(found) ? [] : [change, found]).toEqual([]);
    });
    fc.assert(property, { seed: 20261120, numRuns: 200 });
  });
});

it('every exception is needed', () => {
  const isNeeded = ([, pattern]: Exceptions[number], said: readonly string[], other: readonly string[]): boolean =>
    other.length === 0 && said.some((message) => pattern.test(message));
  const needless = [
    ...onlyOurs.filter((exception) => !judged.some((one) => isNeeded(exception, one.ours, one.theirs))),
    ...onlyTheirs.filter((exception) => !judged.some((one) => isNeeded(exception, one.theirs, one.ours))),
  ];
  expect(needless.map(([because]) => because)).toEqual([]);
});

describe('one cause', () => {
  it.each([
    [
      'a slip in a required argument',
      'directive @a(team: Int!) on OBJECT\ntype Query @a(taem: 1) { a: Int }',
      ['taem'],
    ],
    ['a definition that is missing', 'type Query { a: Date b: Date c(d: Date): Date }', ['Date']],
    ['a slip in one place', 'type Query { a: Date b: Daet }\nscalar Date', ['Daet']],
    ['a type that is defined twice', 'type Query { a: A }\ntype A { b: Int c: Int }\ntype A { b: Int }', ['A']],
    [
      'a type that is defined twice, once with a directive',
      'type Query { a: A }\ntype A @deprecated { b: Int }\ntype A @deprecated { b: Int }',
      ['@deprecated', '@deprecated', 'A'],
    ],
    [
      'a field that two interfaces ask for',
      'interface A { a: Int b: Int }\ninterface B implements A { a: Int b: Int }\ntype C implements A & B { a: Int }',
      ['C'],
    ],
    ['a circle of interfaces', 'interface A implements B { a: Int }\ninterface B implements A { a: Int }', ['B']],
    ['a member that cannot be read', 'interface A { a: Int }\ntype B implements A { a Int }', []],
    [
      'a definition that cannot be read',
      'type A { b: B c: C @d }\ntpye B { a: Int }\ndirective @d(x Int) on OBJECT\nenum C { ! }',
      [],
    ],
    ['a type extended as another kind', 'type A { a: A }\nextend input A { b: A }\ninput B { a: A }', ['A']],
    ['a circle of inputs', 'input A { b: B! c: C! }\ninput B { c: C! }\ninput C { a: A! }\ninput D { a: A! }', ['b']],
  ])('%s is told once', (_, text, expected) => {
    expect(findings(schema(text)).map(({ at }) => textOf(at.range()))).toEqual(expected);
  });
});

describe('what may stand elsewhere', () => {
  it.each([
    ['the definition of an entity', 'extend type User @key(fields: "id") { id: ID! @external }'],
    [
      'what a subgraph extends',
      'type A @key(fields: "id") { id: ID! }\nextend type B implements I { a: A }\ninterface I { b: Int }',
    ],
    ['the roots', 'extend type Query { a: Int }\nextend type Mutation { a: Int }'],
    ['what a fragment extends', 'extend type User { a: Int }\nextend input Filter { a: Int }'],
    [
      'what is imported',
      'extend schema @link(url: "https://a.b/c/v1.0", import: ["@d", "T"])\ntype A @d @c__e { t: T u: c__U }',
    ],
    ['what AppSync knows', 'type Query { a: AWSDateTime @aws_api_key }'],
    [
      'operations among definitions',
      'query Q($a: Nothing) @nothing { b ...F }\ntype A { a: Int }\nfragment F on Gone { c }',
    ],
  ])('%s is not asked for', (_, text) => {
    expect(ours(text)).toEqual([]);
  });
});

const corpus = new URL('../../../../shared/corpus/graphql/', import.meta.url);
const files = existsSync(corpus) ? readdirSync(corpus).filter((file) => file.endsWith('.graphql')) : [];

describe.skipIf(!existsSync(corpus))('the corpus', () => {
  it.each(files)('%s is judged as graphql-js does', { timeout: 120_000 }, (file) => {
    const text = readFileSync(new URL(file, corpus), 'utf8');
    expect([ours(text), theirs(text)]).toEqual([[], []]);
  });
});
