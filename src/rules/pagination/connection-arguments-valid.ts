import { fieldsOfConnections } from '../../conventions/graphql/connections.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { isNamed, typeText } from '../../languages/graphql/types.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/connection-arguments-valid',
  summary: 'a connection takes `first` and `after`, or `last` and `before`, or both pairs',
  why: `With the connection alone a client gets the first page and no way to the second. And without \`first\` or \`last\` it cannot say
how much it wants, so that the server sends either everything or too little.`,
  sources: ['Relay Cursor Connections Specification, Arguments', 'guide S4, GraphQL Schema Design'],
  equivalents: ['graphql-eslint:relay-arguments', 'graphql-schema-linter:relay-connection-arguments-spec'],
  options: {
    named: {
      description: 'Whether everything called `…Connection` counts as one, and not only what has parts of one.',
      default: true,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    graphql: {
      good: `
type Query {
  users(first: Int, after: String, last: Int, before: String): UserConnection!
  orders(first: Int!, after: Cursor): OrderConnection!
}

scalar Cursor

type UserConnection {
  edges: [UserEdge!]!
  pageInfo: PageInfo!
}

type OrderConnection {
  edges: [OrderEdge!]!
  pageInfo: PageInfo!
}
`,
      bad: `
type Query {
  users(query: String!): UserConnection!
  friends(first: Int): UserConnection!
  followers(first: String, after: [String!]): UserConnection!
}

type UserConnection {
  edges: [UserEdge!]!
  pageInfo: PageInfo!
}
`,
      *find(api, { named }) {
        for (const field of fieldsOfConnections(api, named ? 'name' : 'shape')) {
          const given = new Map(field.arguments.map((argument) => [argument.name, argument]));
          yield* missingIn(field, given);
          for (const argument of given.values()) yield* faultsOf(api, argument);
        }
      },
    },
  },
});

type Given = ReadonlyMap<string, graphql.Argument>;

function* missingIn(field: graphql.Field, given: Given): Generator<Finding> {
  if ((given.has('first') && given.has('after')) || (given.has('last') && given.has('before'))) return;
  const has = ['first', 'after', 'last', 'before'].filter((name) => given.has(name));
  const lack = has.length === 0 ? null : partners[has[0] as keyof typeof partners];
  yield {
    at: field.at,
    message:
      lack === null
        ? `\`${field.name}\` returns a connection, but cannot be asked for a page.`
        : `\`${field.name}\` takes \`${has[0]}\`, but no \`${lack}\`.`,
    help:
      lack === null
        ? 'Add `first: Int` and `after: String`.'
        : `Add \`${lack}: ${lack === 'first' || lack === 'last' ? 'Int' : 'String'}\`.`,
  };
}

/** The arguments that belong together. */
const partners = { first: 'after', after: 'first', last: 'before', before: 'last' } as const;

function* faultsOf(api: GraphQl, { name, node, at }: graphql.Argument): Generator<Finding> {
  const type = typeText(node.type);
  if (name === 'first' || name === 'last') {
    if (isNamed(node.type, 'Int') || isNumber(api, node.type)) return;
    yield { at, message: `\`${name}\` is \`${type}\`, not \`Int\`.`, help: 'Make it `Int`.' };
  }
  if ((name === 'after' || name === 'before') && !isScalar(api, node.type)) {
    yield {
      at,
      message: `\`${name}\` is \`${type}\`, not a string.`,
      help: 'Make it `String`, or a scalar of its own.',
    };
  }
}

type TypeNode = graphql.Argument['node']['type'];

function isScalar(api: GraphQl, type: TypeNode): boolean {
  if (graphql.isList(type)) return false;
  const { value: name } = graphql.namedType(type).name;
  return (graphql.typeNamed(api, name)?.kind ?? 'scalar') === 'scalar';
}

/** A scalar of the schema's own, such as `NonNegativeInt`. */
function isNumber(api: GraphQl, type: TypeNode): boolean {
  return isScalar(api, type) && !['String', 'Float', 'Boolean', 'ID'].includes(graphql.namedType(type).name.value);
}
