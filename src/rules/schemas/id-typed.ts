import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { effectiveTypes, keyword, parameters, properties } from '../../languages/openapi/select.ts';
import { capitalised } from '../../languages/openapi/titles.ts';
import { article } from '../../languages/openapi/values/words.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import type { Place } from '../../text/place.ts';
import type { Finding } from '../../text/problem.ts';
import { isIdName } from '../../words/ids.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/id-typed',
  summary: 'an identifier has one type wherever it appears, and is never a fraction',
  why: `A client that reads \`user_id\` as a number here and as a string there converts it by hand, and compares \`"7"\` with \`7\`. Numbers with a fraction
lose digits of large ids in JavaScript. Strings are the safest: they never overflow, and their form can change.`,
  sources: ['guide S4, GraphQL Schema Design', 'guide S1, Schema Design', 'Zalando #174', 'AIP-148'],
  equivalents: ['zally:174', 'aip:0133::request-parent-field'],
  options: {
    type: {
      description:
        'The type that ids have: `string`, `integer`, or `consistent` for one type per name. In GraphQL ids are `ID`; with `integer` they may be `Int`.',
      default: 'consistent',
      schema: { enum: ['consistent', 'string', 'integer'] },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users/{user_id}:
    parameters:
      - { name: user_id, in: path, required: true, schema: { type: string } }
components:
  schemas:
    Order:
      type: object
      properties:
        id: { type: integer }
        user_id: { type: [string, 'null'] }
        userId: { oneOf: [{ type: string }, { type: integer }] }
        grid: { type: number }
`,
      bad: `
openapi: 3.1.0
paths:
  /users/{userId}:
    parameters:
      - { name: userId, in: path, required: true, schema: { type: string } }
components:
  schemas:
    Order:
      type: object
      properties:
        user_id: { type: string }
        shop_id: { type: number }
    Invoice:
      type: object
      properties:
        user_id: { type: integer }
`,
      *find(api, { type: wanted }) {
        for (const [name, uses] of usesByName(api)) {
          const usual = wanted === 'consistent' ? usualType(name, uses) : null;
          for (const { type, at, shown } of uses) {
            if (type === 'number') {
              yield {
                at,
                message: `\`${shown}\` is an identifier, but ${article(type)}.`,
                help: 'Make it a string, or an integer where it has to be a number.',
              };
            } else if (usual && type !== usual.type) {
              yield {
                at,
                message: `\`${shown}\` is ${article(type)} here and ${article(usual.type)} elsewhere.`,
                help: 'Give one identifier one type, best a string.',
                related: [{ message: capitalised(`${article(usual.type)} here`), at: usual.at }],
              };
            } else if (wanted !== 'consistent' && type !== wanted) {
              yield {
                at,
                message: `\`${shown}\` is ${article(type)}, not ${article(wanted)}.`,
                help: `Make ids ${wanted}s.`,
              };
            }
          }
        }
      },
    },

    graphql: {
      good: `
type Query {
  user(id: ID!): User
  orders(userId: ID!): [Order!]!
}

type User {
  id: ID!
  databaseId: Int
}

type Order {
  id: UUID!
  userId: ID!
  stripeId: String
}

type DeleteOrderPayload {
  id: ID
}

scalar UUID
`,
      bad: `
type Query {
  user(id: Int!): User
  orders(userId: ID!): [Order!]!
}

type User {
  id: ID
  name: String
}

type Order {
  id: String!
  userId: ID!
}

input OrderFilter {
  userId: Int
}
`,
      *find(api, { type: wanted }) {
        const known = new Map<string, GraphqlUse>();
        const uses = graphqlIds(api);
        for (const use of uses) if (use.type === 'ID' && !known.has(use.words)) known.set(use.words, use);
        for (const { name, words, type, at, isLoose } of uses) {
          if (type === 'ID') {
            if (isLoose) yield { at, message: `\`${name}\` may be null.`, help: 'Make it `ID!`.' };
            continue;
          }
          if ((wanted as string) === 'integer' && type === 'Int') continue;
          const other = words === 'id' ? undefined : known.get(words);
          if (words !== 'id' && !other) continue;
          const kind = `${type === 'Int' ? 'an' : 'a'} \`${type}\``;
          yield {
            at,
            message: other
              ? `\`${name}\` is ${kind} here and an \`ID\` elsewhere.`
              : `\`${name}\` is ${kind}, not an \`ID\`.`,
            help: 'Make it an `ID`, which is text for clients, whatever the server counts with.',
            related: other ? [{ message: 'An `ID` here', at: other.at }] : [],
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message User {
  int64 id = 1;
  string shop_id = 2;
  bytes trace_id = 3;
}

message Order {
  string shop_id = 1;
}

message GetUserRequest {
  string name = 1;
}

message CreateUserRequest {
  FullName name = 1;
}

message FullName {}
`,
      bad: `
syntax = "proto3";

message User {
  string shop_id = 1;
  double team_id = 2;
}

message Order {
  string shop_id = 1;
}

message Invoice {
  int64 shop_id = 1;
}

message GetUserRequest {
  bytes name = 1;
}
`,
      *find(api, { type: wanted }) {
        for (const [name, uses] of protobufIds(api)) {
          const usual = wanted === 'consistent' ? usualType(name, uses) : null;
          for (const { type, at, shown } of uses) {
            if (type === 'number') {
              yield { at, message: `\`${shown}\` is an identifier, but a fraction.`, help: 'Make it a string.' };
            } else if (usual && type !== usual.type) {
              yield {
                at,
                message: `\`${shown}\` is ${article(type)} here and ${article(usual.type)} elsewhere.`,
                help: 'Give one identifier one type, best a string.',
                related: [{ message: capitalised(`${article(usual.type)} here`), at: usual.at }],
              };
            } else if (wanted !== 'consistent' && type !== wanted) {
              yield {
                at,
                message: `\`${shown}\` is ${article(type)}, not ${article(wanted)}.`,
                help: `Make ids ${wanted}s.`,
              };
            }
          }
        }
        yield* namesOfRequests(api);
      },
    },
  },
});

interface Use {
  readonly shown: string;
  readonly type: string;
  readonly at: Pointer;
}

/** Where ids with one type stand, by their words: `userId` and `user_id` are one. */
function usesByName(api: OpenApi): ReadonlyMap<string, readonly Use[]> {
  const found = new Map<string, Use[]>();
  const taken = parameters(api).flatMap(({ name, schema, in: place }) =>
    schema && place !== 'header' ? [{ ...schema, name }] : [],
  );
  const seen = new Set<unknown>();
  for (const { name, value, at } of [...properties(api), ...taken]) {
    if (!isIdName(name) || isGeneric(name)) continue;
    const here = api.resolve({ value, at });
    if (!here || seen.has(here.value)) continue;
    seen.add(here.value);
    if (['anyOf', 'oneOf'].some((choice) => keyword(api, here, choice) !== undefined)) continue;
    const types = effectiveTypes(api, here);
    const [type] = types;
    if (types.length !== 1 || type === undefined || !scalar.has(type)) continue;
    const words = split(name).join(' ');
    const uses = found.get(words);
    const use = { shown: name, type, at: here.at };
    if (uses) uses.push(use);
    else found.set(words, [use]);
  }
  return found;
}

/** `resource_id` names whatever is meant, and so do ids of other systems: the same word stands for different things. */
function isGeneric(name: string): boolean {
  return split(name).some((word) => generic.has(word));
}

const generic = new Set(
  'resource object entity item group key target source external sub foreign ref reference'.split(' '),
);

const scalar = new Set(['string', 'integer', 'number']);

/** The type that most uses of a name have, and more than one. A plain `id` names something else in every resource. */
function usualType<U extends { readonly type: string }>(name: string, uses: readonly U[]): U | null {
  if (!name.includes(' ')) return null;
  const strings = uses.filter(({ type }) => type === 'string');
  const integers = uses.filter(({ type }) => type === 'integer');
  const [first, second] = integers.length > strings.length ? integers : strings;
  return first && second ? first : null;
}

interface GraphqlUse {
  readonly name: string;
  readonly words: string;
  readonly type: string;
  /** The type where it stands. */
  readonly at: Place;
  /** Whether a thing may be without its own id. */
  readonly isLoose: boolean;
}

/** The fields, input fields and arguments that are ids of a type that the specification defines. */
function graphqlIds(api: GraphQl): readonly GraphqlUse[] {
  const taken = graphql.everyArgument(api).filter(({ owner }) => 'owner' in owner);
  return [...graphql.fields(api), ...graphql.inputFields(api), ...taken].flatMap((use) => {
    const { name, node, at } = use;
    const words = split(name).join(' ');
    const isOwn = words === 'id';
    const { value: type } = graphql.namedType(node.type).name;
    if (!(isOwn || (isIdName(name) && words.endsWith(' id'))) || isGeneric(name) || graphql.isList(node.type))
      return [];
    if (!['ID', 'String', 'Int', 'Float'].includes(type)) return [];
    const isLoose =
      isOwn &&
      node.kind === 'FieldDefinition' &&
      node.type.kind !== 'NonNullType' &&
      isThing(use.owner as graphql.Type);
    return [{ name, words, type, at: at.on(graphql.namedType(node.type)), isLoose }];
  });
}

/** Whether a type is more than the answer to something. */
function isThing({ name, fields, base }: graphql.Type): boolean {
  return base !== null && fields.length > 1 && !/(?:Payload|Result|Response|Error|Event)$/.test(name);
}

interface ProtobufUse {
  readonly shown: string;
  readonly type: string;
  readonly at: Place;
}

function protobufIds(api: Protobuf): ReadonlyMap<string, readonly ProtobufUse[]> {
  const found = new Map<string, ProtobufUse[]>();
  for (const { name, type: written, typeAt, label, kind } of protobuf.fields(api)) {
    if (kind !== 'scalar' || label === 'repeated' || !isIdName(name) || isGeneric(name)) continue;
    const type = written === 'string' ? 'string' : /^(?:double|float)$/.test(written) ? 'number' : 'integer';
    if (written === 'bytes' || written === 'bool') continue;
    const words = split(name).join(' ');
    const use = { shown: name, type, at: typeAt };
    const uses = found.get(words);
    if (uses) uses.push(use);
    else found.set(words, [use]);
  }
  return found;
}

/** Resource names in requests that are no text. */
function* namesOfRequests(api: Protobuf): Generator<Finding> {
  for (const { name: message, fields } of protobuf.messages(api)) {
    if (!message.endsWith('Request')) continue;
    for (const { name, kind, type, typeAt } of fields) {
      if (!/^(?:parent|names?)$/.test(name) || kind !== 'scalar' || type === 'string') continue;
      yield {
        at: typeAt,
        message: `\`${name}\` of \`${message}\` is \`${type}\`, not a string.`,
        help: 'Make it a `string`: names of resources are text.',
      };
    }
  }
}
