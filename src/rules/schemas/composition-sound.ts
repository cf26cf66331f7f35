import { isSubgraph } from '../../languages/graphql/federation.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import {
  asString,
  entriesOf,
  get,
  isObject,
  itemsOf,
  type JsonObject,
  keysOf,
  stringsOf,
} from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { type Node, namedSchemas, partsOf, propertiesOf, schemas, typesOf } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { fingerprint } from '../../languages/openapi/values/equality.ts';
import { article, listed, quote } from '../../languages/openapi/values/words.ts';
import { scalars } from '../../languages/protobuf/link.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { placeOf } from '../../languages/protobuf/tree.ts';
import type { Finding } from '../../text/problem.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/composition-sound',
  summary: 'alternatives can be told apart, their discriminators are declared, and conjunctions can be met',
  why: `With a value that fits two members \`oneOf\` refuses it, and with an \`allOf\` whose members contradict each other every value is refused. A
discriminator that a member does not have leaves generated clients unable to tell which type they got.`,
  sources: [
    'GraphQL, 3.10.1 OneOf Input Objects',
    'OpenAPI 3.1.1, Discriminator Object',
    'JSON Schema 2020-12, section 10.2.1',
    'Swagger 2.0, Schema Object, discriminator',
  ],
  equivalents: [
    'redocly:spec-discriminator-defaultMapping',
    'spectral:oas2-discriminator',
    'ibm:ibm-discriminator-property',
    'vacuum:allof-conflicts',
    'graphql-eslint:require-nullable-fields-with-oneof',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Cat: { type: object, required: [kind], properties: { kind: { const: cat }, lives: { type: integer } } }
    Dog: { type: object, required: [kind], properties: { kind: { const: dog }, tricks: { type: integer } } }
    Pet:
      oneOf:
        - { $ref: '#/components/schemas/Cat' }
        - { $ref: '#/components/schemas/Dog' }
      discriminator:
        propertyName: kind
        mapping: { cat: '#/components/schemas/Cat', dog: Dog }
    Size: { oneOf: [{ type: string, pattern: '^\\d+px$' }, { type: integer }] }
    Name: { anyOf: [{ type: string }, { type: string, enum: [auto] }] }
    Puppy:
      allOf:
        - { $ref: '#/components/schemas/Dog' }
        - { properties: { age: { type: integer } } }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Cat: { type: object, properties: { lives: { type: integer } } }
    Dog: { type: object, properties: { kind: { type: string }, tricks: { type: integer } } }
    Pet:
      oneOf:
        - { $ref: '#/components/schemas/Cat' }
        - { $ref: '#/components/schemas/Dog' }
      discriminator:
        propertyName: kind
        mapping: { cat: '#/components/schemas/Cat', fish: Fish }
    Name: { oneOf: [{ type: string }, { type: string, enum: [auto] }] }
    Number: { oneOf: [{ type: number }, { type: integer, minimum: 0 }] }
    Twice: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Cat' }] }
    Both: { allOf: [{ type: string }, { type: object }] }
    Puppy:
      allOf:
        - { $ref: '#/components/schemas/Dog' }
        - { properties: { kind: { type: integer } } }
    Closed:
      allOf:
        - { type: object, additionalProperties: false, properties: { id: { type: string } } }
        - { type: object, properties: { name: { type: string } } }
`,
      *find(api) {
        for (const schema of schemas(api)) {
          if (schema.value['discriminator'] !== undefined) yield* discriminatorFaults(api, schema);
          if (Array.isArray(schema.value['oneOf'])) yield* overlaps(api, schema);
          if (Array.isArray(schema.value['allOf'])) yield* contradictions(api, schema);
        }
      },
    },

    graphql: {
      good: `
input UserBy @oneOf {
  id: ID
  emails: [String!]
}

type Query {
  node(id: ID!): Node
}

interface Node {
  id: ID!
}

type User implements Node {
  id: ID!
}
`,
      bad: `
input UserBy @oneOf {
  id: ID!
  email: String = "a@example.com"
}

type Query {
  node(id: ID!): Node
}

interface Node {
  id: ID!
}
`,
      *find(api) {
        for (const type of graphql.types(api)) {
          if (!type.directives.some(({ name }) => name === 'oneOf')) continue;
          for (const field of [...type.inputFields, ...type.fields]) {
            const hasDefault = 'defaultValue' in field.node && field.node.defaultValue;
            if (field.node.type.kind !== 'NonNullType' && !hasDefault) continue;
            yield {
              at: field.at,
              message:
                field.node.type.kind === 'NonNullType'
                  ? `\`${field.name}\` is required, although exactly one field of \`${type.name}\` is to be given.`
                  : `\`${field.name}\` has a default, although exactly one field of \`${type.name}\` is to be given.`,
              help: field.node.type.kind === 'NonNullType' ? 'Make it nullable.' : 'Leave the default out.',
            };
          }
        }
        if (!isSubgraph(api)) yield* emptyInterfaces(api);
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message User {
  oneof contact {
    string email = 1;
    string phone = 2;
  }
  optional string nickname = 3;
  // Other ways to pay will come.
  oneof payment {
    Card card = 4;
  }
}

message Card {}
`,
      bad: `
syntax = "proto3";

message User {
  oneof optional_email {
    string email = 1;
  }
}
`,
      *find(api) {
        for (const { oneofs } of protobuf.messages(api)) {
          for (const oneof of oneofs) {
            const [member, ...others] = oneof.body.filter((node) => node.kind === 'field');
            if (!member || others.length > 0 || !standsForOptional(oneof.name.text, member)) continue;
            yield {
              at: placeOf(oneof, oneof.name),
              message: `The oneof \`${oneof.name.text}\` has no member but \`${member.name.text}\`.`,
              help: `Make \`${member.name.text}\` \`optional\`, or name what else may be given.`,
            };
          }
        }
      },
    },
  },
});

// Discriminators.

function* discriminatorFaults(api: OpenApi, schema: Node): Generator<Finding> {
  const { value, at } = schema;
  const place = at.child('discriminator');
  const discriminator = value['discriminator'];
  const name = asString(api.version === '2.0' ? discriminator : get(discriminator, 'propertyName'));
  if (name === undefined) return;
  const nameAt = api.version === '2.0' ? place : place.child('propertyName');
  const alternatives = membersOf(schema, 'oneOf').concat(membersOf(schema, 'anyOf'));
  // The declaration beside the alternatives holds for all of them.
  if (alternatives.length === 0 || propertiesOf(api, schema).has(name)) {
    yield* onBase(api, schema, name, nameAt);
  } else {
    for (const member of alternatives) yield* onMember(api, member, name, nameAt);
  }
  yield* brokenMappings(api, discriminator, place);
}

/** A discriminator of a schema that others extend, or that declares the property for its alternatives. */
function* onBase(api: OpenApi, schema: Node, name: string, at: Finding['at']): Generator<Finding> {
  const property = propertiesOf(api, schema).get(name);
  if (!property) {
    if (get(schema.value, 'additionalProperties') && !schema.value['properties']) return;
    yield {
      at,
      message: `The discriminator \`${name}\` is no property of ${titleOf(schema.at)}.`,
      help: 'Declare it in `properties`, and require it.',
    };
  } else if (!property.required && membersOf(schema, 'oneOf').length === 0) {
    yield {
      at,
      message: `The discriminator \`${name}\` of ${titleOf(schema.at)} may be left out, because it is not in \`required\`.`,
      help: 'Add it to `required`.',
    };
  }
}

/** A member may be a list of alternatives itself; then each of these is asked. */
function* onMember(api: OpenApi, member: At, name: string, at: Finding['at'], depth = 0): Generator<Finding> {
  const target = api.resolve(member);
  if (!target || !isObject(target.value) || depth > 8) return;
  // References that depend on who refers are not followed.
  if (target.value['$recursiveRef'] !== undefined || target.value['$dynamicRef'] !== undefined) return;
  const below = [...membersOf(target, 'oneOf'), ...membersOf(target, 'anyOf')];
  if (propertiesOf(api, target).has(name) || target.value['type'] === 'null') return;
  if (below.length > 0) {
    for (const part of below) yield* onMember(api, part, name, at, depth + 1);
    return;
  }
  yield {
    at,
    message: `${capitalised(memberTitle(member))} has no property \`${name}\`, by which the discriminator tells the alternatives apart.`,
    help: 'Declare the property in every alternative, and require it.',
    related: [{ message: 'The alternative', at: target.at }],
  };
}

/** Of 3.x: every mapping leads to a schema, by name or by reference. */
function* brokenMappings(api: OpenApi, discriminator: unknown, place: Node['at']): Generator<Finding> {
  const mapping = place.child('mapping');
  const fallback = get(discriminator, 'defaultMapping');
  const entries = entriesOf(get(discriminator, 'mapping')).map(([key, value]) => ({
    value,
    at: mapping.child(key),
    what: `mapping of \`${key}\``,
  }));
  if (fallback !== undefined)
    entries.push({ value: fallback, at: place.child('defaultMapping'), what: 'default mapping' });
  for (const { value, at, what } of entries) {
    const target = asString(value);
    if (target === undefined || target === '') continue;
    const resolution = api.references.resolve(target, mapping);
    if ('target' in resolution || ('remote' in resolution && resolution.remote)) continue;
    if (namedSchemas(api).some(({ name }) => name === target)) continue;
    yield {
      at,
      message: `The ${what} leads to ${quote(target)}, which is no schema.`,
      help: 'Give the name of a component, or a reference as in `$ref`.',
    };
  }
}

// oneOf.

/** Pairs of alternatives of which one allows all that the other allows: a value of the second fits both, and is refused. */
function* overlaps(api: OpenApi, schema: Node): Generator<Finding> {
  const members = membersOf(schema, 'oneOf').flatMap((member) => {
    const target = api.resolve(member);
    return target && isObject(target.value) ? [{ member, value: target.value, at: target.at }] : [];
  });
  const seen = new Map<unknown, At>();
  for (const { member, value, at } of members) {
    const print = printOf(member, value);
    const twin = seen.get(print);
    if (twin) {
      const message = `Two alternatives in \`oneOf\` of ${titleOf(schema.at)} are the same, so whatever fits them is refused.`;
      yield {
        at: member.at,
        message,
        help: 'Leave one of them out.',
        related: [{ message: 'The other one', at: twin.at }],
      };
      return;
    }
    seen.set(print, member);
    const wide = members.find((other) => other.member !== member && allowsAll(other.value, value));
    if (!wide) continue;
    yield {
      at: member.at,
      message: `Whatever fits ${memberTitle(member)} also fits ${shortTitle(wide.member)}, so \`oneOf\` refuses it.`,
      help: 'Use `anyOf`, or narrow the wider alternative.',
      related: [{ message: 'The wider alternative', at: wide.at === at ? wide.member.at : wide.at }],
    };
  }
}

/** What equal alternatives have in common: of references the target, of others a text. */
function printOf(member: At, target: JsonObject): unknown {
  if (get(member.value, '$ref') !== undefined) return target;
  return fingerprint(withoutAnnotations(target), { left: 200 }) ?? target;
}

/** Whether every value of a type fits a schema that says nothing but that type. Only what is certain. */
function allowsAll(wide: JsonObject, narrow: JsonObject): boolean {
  const types = typesOf(wide);
  if (types.length === 0 || Object.keys(withoutAnnotations(wide)).some((keyword) => keyword !== 'type')) return false;
  const own = [...typesOf(narrow)];
  if (own.length === 0 || isNullable(narrow) !== isNullable(wide)) return false;
  return own.every((type) => types.includes(type) || (type === 'integer' && types.includes('number')));
}

function isNullable(schema: JsonObject): boolean {
  return schema['nullable'] === true || stringsOf(schema['type']).includes('null');
}

const annotations = new Set([
  'title',
  'description',
  'example',
  'examples',
  'default',
  'deprecated',
  'externalDocs',
  'xml',
  '$comment',
  'readOnly',
  'writeOnly',
]);

function withoutAnnotations(schema: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !annotations.has(key) && !key.startsWith('x-')));
}

// allOf.

function* contradictions(api: OpenApi, schema: Node): Generator<Finding> {
  const parts = partsOf(api, schema);
  const place = schema.at.child('allOf');
  const title = titleOf(schema.at);
  const disjoint = disjointTypes(parts);
  if (disjoint) {
    yield {
      at: place,
      message: `No value fits ${title}: its \`allOf\` asks for ${disjoint.map((types) => listed(types.map(article), 'or')).join(' and for ')} at once.`,
      help: 'Correct the types, or use `oneOf` if alternatives are meant.',
    };
    return;
  }
  yield* clashes(api, parts, schema);
  yield* closedParts(parts, schema);
}

/** Types of two schemas that no value can have at once, or null. */
function disjointTypes(parts: readonly At<JsonObject>[]): readonly [string[], string[]] | null {
  const typed = parts.map(({ value }) => allTypes(value)).filter((types) => types.length > 0);
  const [first] = typed;
  const other = first && typed.find((types) => !meet(first, types));
  return first && other ? [first, other] : null;
}

function allTypes(schema: JsonObject): string[] {
  const { type } = schema;
  const types = typeof type === 'string' ? [type] : stringsOf(type);
  return schema['nullable'] === true && types.length > 0 ? [...types, 'null'] : types;
}

function meet(some: readonly string[], others: readonly string[]): boolean {
  const number = (types: readonly string[]) => types.includes('number') || types.includes('integer');
  return some.some((type) => others.includes(type)) || (number(some) && number(others));
}

/** Properties that two parts declare with types that exclude each other. */
function* clashes(api: OpenApi, parts: readonly At<JsonObject>[], schema: Node): Generator<Finding> {
  const known = new Map<string, { types: string[]; at: Node['at'] }>();
  for (const part of parts) {
    const list = part.at.child('properties');
    for (const [name, value] of entriesOf(part.value['properties'])) {
      const here = api.resolve({ value, at: list.child(name) });
      const types = here && isObject(here.value) ? allTypes(here.value) : [];
      if (types.length === 0) continue;
      const first = known.get(name);
      if (!first) known.set(name, { types, at: list.child(name) });
      else if (!meet(first.types, types)) {
        yield {
          at: schema.at.child('allOf'),
          message: `\`${name}\` of ${titleOf(schema.at)} would have to be ${listed(first.types.map(article), 'or')} and ${listed(types.map(article), 'or')} at once.`,
          help: 'Give it one type in all members of `allOf`.',
          related: [
            { message: 'One type', at: first.at },
            { message: 'The other type', at: list.child(name) },
          ],
        };
      }
    }
  }
}

/** Parts that allow no other properties, and so refuse what the others declare. */
function* closedParts(parts: readonly At<JsonObject>[], schema: Node): Generator<Finding> {
  for (const part of parts) {
    if (part.value['additionalProperties'] !== false || part.value['patternProperties'] !== undefined) continue;
    const own = new Set(keysOf(part.value['properties']));
    const refused = parts.flatMap(({ value }) => keysOf(value['properties'])).filter((name) => !own.has(name));
    if (refused.length === 0) continue;
    const names = listed([...new Set(refused)].slice(0, 3).map(quote), 'and');
    yield {
      at: part.at.child('additionalProperties'),
      message: `With \`additionalProperties: false\` here ${titleOf(schema.at)} can never have ${names}${refused.length > 3 ? ' and others' : ''}, which its \`allOf\` declares elsewhere.`,
      help: 'Use `unevaluatedProperties: false` beside `allOf` (OpenAPI 3.1), or leave the object open.',
      related: [{ message: 'The `allOf`', at: schema.at.child('allOf') }],
    };
  }
}

// What they share.

function membersOf({ value, at }: At, keyword: 'oneOf' | 'anyOf'): At[] {
  return itemsOf(get(value, keyword)).map((member, i) => ({ value: member, at: at.child(keyword).child(i) }));
}

/** A member by the name of what it refers to, or by its place. */
function memberTitle({ value, at }: At): string {
  const name = asString(get(value, '$ref'))?.split('/').at(-1);
  return name === undefined || name === '' ? titleOf(at) : `\`${name}\``;
}

/** The same, where the schema that holds it has just been named. */
function shortTitle(member: At): string {
  return get(member.value, '$ref') === undefined ? `part ${Number(member.at.key) + 1}` : memberTitle(member);
}

/** Interfaces that fields return and nothing implements: no value can ever be returned there. */
function* emptyInterfaces(api: GraphQl): Generator<Finding> {
  const implemented = new Set(graphql.types(api).flatMap(({ interfaces }) => interfaces.map(({ name }) => name)));
  const returned = new Set(graphql.fields(api).map(({ node }) => graphql.namedType(node.type).name.value));
  // Without a root there may be more elsewhere.
  if (graphql.rootFields(api).length === 0) return;
  for (const { name, at, base } of graphql.typesOf(api, 'interface')) {
    if (!base || implemented.has(name) || !returned.has(name)) continue;
    yield {
      at,
      message: `Nothing implements the interface \`${name}\`, so fields of that type can only be null.`,
      help: 'Let a type implement it, or make it a type.',
    };
  }
}

/** Whether a oneof was made to tell whether its only member is set, as one did before proto3 had `optional`. */
function standsForOptional(oneof: string, { type, name }: { type: { text: string }; name: { text: string } }): boolean {
  const words = split(oneof);
  return scalars.has(type.text) && split(name.text).every((word) => words.includes(word));
}
