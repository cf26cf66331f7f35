import { mutations } from '../../conventions/graphql/mutations.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { asString } from '../../languages/openapi/json.ts';
import { operations } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { isCalledLike } from '../../words/filler.ts';
import { countable, uncountable } from '../../words/nouns.ts';
import { isPlural, singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { canBeVerb, leadingVerb, operationVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'naming/operation-verb',
  summary: 'an operation is called by a verb with its noun, and a query by the noun alone',
  why: `Generated clients call \`client.updateUser()\` and \`client.user()\`: only one of them says what happens. A name that says \`get\` on
a DELETE is believed until data is gone.`,
  sources: ['guide S4, Mutation Design', 'guide S4, Service Design', 'AIP-131', 'AIP-133', 'AIP-135', 'AIP-136'],
  equivalents: ['aip:0136::prepositions', 'aip:0136::verb-noun'],
  options: {
    alone: {
      description: 'Whether an rpc may be a verb alone, as `Encrypt` of a service for keys.',
      default: false,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /users:
    get: { operationId: listUsers }
    post: { operationId: users_create }
  /users/search:
    post: { operationId: searchUsers }
  /search/users:
    get: { operationId: search/users }
  /users/{id}:
    put: { operationId: get-or-create-user }
    delete: { operationId: deactivateUser }
`,
      bad: `
openapi: 3.1.0
paths:
  /users:
    get: { operationId: users }
    post: { operationId: getUsers }
  /users/{id}:
    delete: { operationId: updateUser }
`,
      *find(api) {
        for (const { value, at, method } of operations(api)) {
          const id = asString(value['operationId']);
          if (id === undefined) continue;
          const verb = operationVerb(id);
          if (verb !== null && misfits.get(method)?.has(verb) && !split(id).includes('or')) {
            yield {
              at: at.child('operationId'),
              message: `The operationId \`${id}\` says \`${verb}\` on a ${method.toUpperCase()}.`,
              help: 'Name it for what the method does.',
            };
          } else if (verb === null && method !== 'options' && method !== 'head' && isNoun(id)) {
            yield {
              at: at.child('operationId'),
              message: `The operationId \`${id}\` has no verb.`,
              help: 'Begin with what the operation does: `list`, `get`, `create`, `update`, `delete`.',
            };
          }
        }
      },
    },
    graphql: {
      good: `
type Query {
  user(id: ID!): User
  listing(id: ID!): Listing
  listPrice: Float
  savedQuery(id: ID!): SavedQuery
}

type Mutation {
  createUser(input: CreateUserInput!): CreateUserPayload
  orderCancel(id: ID!): OrderCancelPayload
  login(input: LoginInput!): LoginPayload
}
`,
      bad: `
type Query {
  getUser(id: ID!): User
  listUsers: [User!]
  userQuery(id: ID!): User
}

type Mutation {
  user(input: UserInput!): UserPayload
}
`,
      *find(api) {
        for (const { operation, field } of graphql.rootFields(api)) {
          if (graphql.deprecationOf(field.node)) continue;
          const ending = operationEnding(field, operation);
          if (ending !== null) {
            yield {
              at: field.at,
              message: `The ${operation} \`${field.name}\` says \`${ending}\`, which its place says already.`,
              help: `Call it \`${field.name.slice(0, -ending.length).replace(/_+$/, '')}\`.`,
            };
          }
          const prefix = operation === 'query' ? fetchingPrefix(field.name) : null;
          if (prefix === null || ending !== null) continue;
          yield {
            at: field.at,
            message: `The query \`${field.name}\` begins with \`${prefix}\`, which all queries do.`,
            help: `Call it \`${lowerFirst(field.name.slice(prefix.length).replace(/^_+/, ''))}\`.`,
          };
        }
        for (const { name, verb, field } of mutations(api)) {
          if (verb !== null || !isNoun(name) || graphql.deprecationOf(field.node)) continue;
          yield {
            at: field.at,
            message: `The mutation \`${name}\` has no verb.`,
            help: 'Say what it does: `create`, `update`, `delete`, or what else happens.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

service LibraryService {
  rpc ListBooks(ListBooksRequest) returns (ListBooksResponse);
  rpc CheckOutBook(CheckOutBookRequest) returns (Book);
  rpc Login(LoginRequest) returns (LoginResponse);
  rpc SignInUser(SignInUserRequest) returns (SignInUserResponse);
}
`,
      bad: `
syntax = "proto3";

service LibraryService {
  rpc Checkout(CheckoutRequest) returns (CheckoutResponse);
  rpc GetBookWithAuthor(GetBookWithAuthorRequest) returns (Book);
  rpc UserAddress(UserAddressRequest) returns (UserAddressResponse);
}
`,
      *find(api, { alone }) {
        for (const { name, at } of protobuf.rpcs(api)) {
          const words = split(name);
          const preposition = words.find((word, i) => i > 0 && prepositions.has(word) && !phrasal.has(words[i - 1]!));
          if (words.length === 1 && !nounless.has(words[0]!) && !(alone && canBeVerb(words[0]!))) {
            yield {
              at,
              message: `The rpc \`${name}\` is one word, where a verb and its noun are expected.`,
              help: 'Say what it is done with, as `CheckoutBook` does.',
            };
          } else if (preposition !== undefined) {
            yield {
              at,
              message: `The name of the rpc \`${name}\` has the preposition \`${preposition}\`.`,
              help: 'Let the fields of the request say what goes along.',
            };
          } else if (isNoun(name)) {
            yield {
              at,
              message: `The rpc \`${name}\` has no verb.`,
              help: 'Begin with what it does: `Get`, `List`, `Create`, `Update`, `Delete`, or another verb.',
            };
          }
        }
      },
    },
  },
});

/** Verbs that a method certainly does not do. What a GET must not do is up to `methods/safe-has-no-effect`. */
const misfits: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['post', new Set(['get', 'fetch', 'retrieve'])],
  ['put', new Set(['get', 'fetch', 'retrieve', 'list', 'delete'])],
  ['patch', new Set(['get', 'fetch', 'retrieve', 'list', 'delete'])],
  ['delete', new Set(['get', 'fetch', 'retrieve', 'list', 'create', 'update', 'add', 'insert'])],
]);

/** Whether a name certainly names a thing: all of its words are known, and none can be a verb. */
function isNoun(id: string): boolean {
  const words = split(id);
  return words.length > 0 && words.every((word) => !canBeVerb(word) && isKnownNoun(word));
}

function isKnownNoun(word: string): boolean {
  return uncountable.has(word) || countable.has(singular(word));
}

/** `Mutation` of `createUserMutation`, `Query` of a `userQuery` that returns a `User`; null where the word may be a thing, as in `savedQuery`. */
function operationEnding({ name, node }: graphql.Field, operation: string): string | null {
  const words = split(name);
  if (words.length < 2 || words.at(-1) !== operation || operation === 'subscription') return null;
  const rest = name.slice(0, -operation.length);
  if (operation === 'query' && !isCalledLike(rest, graphql.namedType(node.type).name.value)) return null;
  return name.slice(-operation.length);
}

/** What a query's name begins with although every query fetches; null for nouns such as `listPrice`. */
function fetchingPrefix(name: string): string | null {
  const [first, ...rest] = split(name);
  if (rest.length === 0) return null;
  if (first === 'get' || first === 'fetch') return leadingVerb([first, ...rest]) === null ? null : first;
  return first === 'list' && isPlural(rest) ? first : null;
}

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** Prepositions in names of methods hint at something that belongs into the request (AIP-136). */
const prepositions: ReadonlySet<string> = new Set(
  'about above across after against among around at before behind below between by for from in into of on onto over since through to toward towards under until up upon via with within without'.split(
    ' ',
  ),
);

/** Verbs that such a word may follow as a part of them. */
const phrasal: ReadonlySet<string> = new Set(
  'back check clean fall log look opt scale sign start speed set shut turn warm'.split(' '),
);

/** What one does without saying with what. */
const nounless: ReadonlySet<string> = new Set('login logout ping healthcheck'.split(' '));
