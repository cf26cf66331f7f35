import { buildSchema, introspectionFromSchema } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { detect } from '../../../src/languages/graphql/detect.ts';
import { isKnownType } from '../../../src/languages/graphql/federation.ts';
import { read } from '../../../src/languages/graphql/read.ts';
import * as select from '../../../src/languages/graphql/select.ts';
import { Source } from '../../../src/text/source.ts';
import { names, schema, textOf } from './api.ts';

describe('detection', () => {
  test.each([
    ['a type', 'type A { a: Int }', true],
    ['a described type', '# c\n"""d"""\ntype A { a: Int }', true],
    ['an extension', '\uFEFFextend schema @link(url: "")', true],
    ['a type behind an operation', 'query Q { type }\ntype A { a: Int }', true],
    ['a type behind something broken', 'tpye A { a: Int }\ntype B { a: Int }', true],
    ['operations only', 'query Q($type: T) { type { input } }\nfragment F on type { enum }\n{ scalar }', false],
    ['nothing', '# type A { a: Int }', false],
    ['an introspection result', '{ "data": { "__schema": {} } }', true],
    ['a bare introspection result', '{"__schema": {"types": []}}', true],
    ['other JSON', '{ "openapi": "3.1.0", "type": "object" }', false],
  ])('of %s', (_, text, expected) => {
    expect(detect(new Source('a.graphql', text))).toBe(expected);
  });
});

const sdl = `
schema { query: Query }
directive @cost(weight: Int = 1) repeatable on FIELD_DEFINITION | OBJECT
"Who asks." type Query { user("Which." id: ID! = "a", deep: [[In!]!]): User @deprecated(reason: "Old.") }
interface Node { id: ID! }
type User implements Node { id: ID! state: State friends: [User!] }
enum State { ON OFF @deprecated }
union Any = User | Query
input In @oneOf { a: Int b: [State] }
scalar Url @specifiedBy(url: "https://example.com/url")
`;

describe('introspection results', () => {
  const result = introspectionFromSchema(buildSchema(sdl), {
    oneOf: true,
    inputValueDeprecation: true,
    directiveIsRepeatable: true,
    specifiedByUrl: true,
  });
  const fromJson = schema(JSON.stringify({ data: result }));
  const fromSdl = schema(sdl);

  test.each([
    ['types', (api: typeof fromSdl) => select.types(api).map(({ kind, at }) => `${kind} ${at.element}`)],
    ['fields', (api: typeof fromSdl) => select.fields(api).map(({ at }) => at.element)],
    ['arguments', (api: typeof fromSdl) => select.everyArgument(api).map(({ at }) => at.element)],
    [
      'uses of types',
      (api: typeof fromSdl) => select.typeUses(api).map(({ at, name, as }) => `${at.element} ${as} ${name}`),
    ],
    [
      'uses of directives',
      (api: typeof fromSdl) =>
        select.directiveUses(api).map(({ at, name, location }) => `${at.element} ${location} ${name}`),
    ],
    ['reachable types', (api: typeof fromSdl) => [...select.reachable(api)]],
    [
      'root fields',
      (api: typeof fromSdl) => select.rootFields(api).map(({ operation, field }) => `${operation} ${field.name}`),
    ],
  ])('have the same %s as SDL', (_, list) => {
    expect(list(fromJson).sort()).toEqual(list(fromSdl).sort());
    expect(list(fromJson)).not.toEqual([]);
  });

  it('keep descriptions, default values and reasons', () => {
    const user = select.fieldNamed(select.typeNamed(fromJson, 'Query')!, 'user')!;
    expect(select.typeNamed(fromJson, 'Query')!.base?.description?.value).toBe('Who asks.');
    expect(user.arguments[0]!.node.description?.value).toBe('Which.');
    expect(user.arguments[0]!.node.defaultValue).toMatchObject({ kind: 'StringValue', value: 'a' });
    expect(select.deprecationOf(user.node)?.reason).toBe('Old.');
    expect(textOf(user.at.range())).toBe('user');
  });

  test.each([
    ['no JSON', '{ "__schema": ', 1],
    ['a schema that is a list', '{ "__schema": [] }', 1],
    [
      'types of wrong types',
      '{ "__schema": { "types": [1, null, { "kind": "OBJECT", "name": "A", "fields": [{ "name": "a", "type": 3 }, 7] }] } }',
      0,
    ],
    [
      'a default value that is none',
      '{"__schema":{"types":[{"kind":"INPUT_OBJECT","name":"A","inputFields":[{"name":"a","type":{"name":"B"},"defaultValue":"[["}]}]}}',
      0,
    ],
    [
      'a type without an end',
      `{"__schema":{"types":[{"kind":"OBJECT","name":"A","fields":[{"name":"a","type":${'{"kind":"LIST","ofType":'.repeat(1000)}{"name":"B"}${'}'.repeat(1000)}}]}]}}`,
      0,
    ],
  ])('with %s do no harm', (_, text, faults) => {
    const document = read(new Source('a.json', text));
    expect(document.faults.length).toBe(faults);
    expect(document.definitions.flatMap((node) => ('name' in node && node.name ? [node.name.value] : []))).toEqual(
      faults > 0 ? [] : ['A'],
    );
  });
});

describe('suppressions', () => {
  const text = `# apiarch-ignore-file docs/a: all of it
# apiarch-ignore naming/b: the type
type A {
  # apiarch-ignore naming/c, docs/d: the field
  # and a word
  """
  # apiarch-ignore no/note: within a description
  """
  a: Int
  b: Int # apiarch-ignore naming/e
  "described"
  # apiarch-ignore naming/f: behind the description
  c(
    # apiarch-ignore naming/g: the argument
    x: Int
  ): Int
} # apiarch-ignore naming/h: nothing begins here

# apiarch-ignore naming/i: broken
tpye B
# apiarch-ignore naming/j: nothing follows
`;

  it('cover what begins on their line or the next', () => {
    const { source } = read(new Source('a.graphql', text));
    const found = schema(text).suppressions();
    const covered = found.map(({ rules, covers }) => [
      rules.join(),
      covers && source.text.slice(covers.start, covers.end).replace(/\s+/g, ' ').slice(0, 24),
    ]);
    expect(covered).toEqual([
      ['docs/a', '# apiarch-ignore-file do'],
      ['naming/b', 'type A { # apiarch-ignor'],
      ['naming/c,docs/d', '""" # apiarch-ignore no/'],
      ['naming/e', 'b: Int'],
      ['naming/f', '"described" # apiarch-ig'],
      ['naming/g', 'x: Int'],
      ['naming/h', '} # apiarch-ignore namin'],
      ['naming/i', 'tpye B '],
      ['naming/j', null],
    ]);
    expect(found[2]).toMatchObject({ reason: 'the field', at: { element: 'schema' } });
    expect(textOf(found[3]!.at.range())).toBe('# apiarch-ignore naming/e');
  });

  it('are none in introspection results', () => {
    expect(schema('{ "__schema": { "description": "# apiarch-ignore a/b: c" } }').suppressions()).toEqual([]);
  });
});

describe('schemas as guides print them, which do not build', () => {
  test.each([
    [
      'a weather service with types left out',
      `# Weather
type Query {
  station(id: ID!): Station
  stations(near: NearFilter, limit: Int = 20): [Station!]!
}
type Mutation { renameStation(input: RenameStationInput!): Station! dropStation(id: ID!): Boolean! }
type Subscription { readings(station: ID!): Reading! }
type Station { id: ID! openedAt: DateTime! readings: [Reading!]! state: StationState! }
enum StationState { UP DOWN }
input NearFilter { openedAfter: DateTime }`,
      ['RenameStationInput', 'Reading', 'DateTime'],
    ],
    [
      'a library with offsets for pages',
      `type Loan { id: ID! books: [LoanBook!]! fee: Float! status: LoanStatus! }
enum LoanStatus { OPEN RETURNED }
type Query { loan(id: ID!): Loan loans(limit: Int = 10, offset: Int = 0): [Loan!]! }
type Mutation { createLoan(input: CreateLoanInput!): Loan! }
input CreateLoanInput { bookIds: [ID!]! quantity: Int! }`,
      ['LoanBook'],
    ],
    [
      'a club with connections that nobody wrote',
      `type Member { id: ID! profile: MemberProfile notes(first: Int, after: String): NoteConnection }
type Note { id: ID! kind: NoteKind! author: Member! sentAt: DateTime! }
type Query { me: Member notes(first: Int): NoteConnection }
type Subscription { noteAdded(clubId: ID!): Note! }`,
      ['MemberProfile', 'NoteConnection', 'NoteKind', 'DateTime'],
    ],
    [
      'payloads with errors, and no query',
      `# People
type Person { id: ID! trips(first: Int, after: String): TripConnection! }
# Trips
type Trip { id: ID! price: Money! }
type Mutation { bookTrip(input: BookTripInput!): BookTripPayload! }
input BookTripInput { stops: [StopInput!]! }
type BookTripPayload { trip: Trip errors: [UserError!]! }`,
      ['TripConnection', 'Money', 'StopInput', 'UserError'],
    ],
  ])('%s', (_, text, unknown) => {
    const api = schema(text);
    expect(api.documents[0]!.faults).toEqual([]);
    const missing = select.typeUses(api).filter(({ name }) => !isKnownType(api, name));
    expect([...new Set(names(missing))].sort()).toEqual([...unknown].sort());
    expect(missing.every(({ at, name }) => textOf(at.range()) === name)).toBe(true);
    expect(select.rootFields(api).length).toBeGreaterThan(0);
  });
});
