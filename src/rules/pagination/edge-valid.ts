import { edgeTypes } from '../../conventions/graphql/connections.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { typeText } from '../../languages/graphql/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/edge-valid',
  summary: 'an edge has a `node`, which is no list, and a `cursor`, which is a string',
  why: `The cursor of an edge is what a client hands in as \`after\` to go on from there, and the node is what it shows. Without either of
them generic clients can neither page through a connection nor keep it in their cache.`,
  sources: ['Relay Cursor Connections Specification, Edge Types', 'guide S4, GraphQL Schema Design'],
  equivalents: ['graphql-eslint:relay-edge-types'],
  options: {
    named: {
      description: 'Whether edges have to be called `…Edge`.',
      default: true,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    graphql: {
      good: `
type UserConnection {
  edges: [UserEdge!]!
  pageInfo: PageInfo!
}

type UserEdge {
  node: User
  cursor: Cursor!
  addedAt: DateTime
}

scalar Cursor

"No edge of a connection."
type RoadEdge {
  from: ID!
  to: ID!
}
`,
      bad: `
type UserConnection {
  edges: [UserEdge!]!
  pageInfo: PageInfo!
}

type UserEdge {
  user: User
}

type OrderConnection {
  edges: [OrderEdge!]!
  pageInfo: PageInfo!
}

type OrderEdge {
  node: [Order!]!
  cursor: Int!
}

type ShopConnection {
  edges: [Shop!]!
  pageInfo: PageInfo!
}

union Shop = Bakery | Bookshop

type FriendConnection {
  edges: [Friendship!]!
  pageInfo: PageInfo!
}

type Friendship {
  node: User
  cursor: String!
}
`,
      *find(api, { named }) {
        for (const type of edgeTypes(api)) {
          const { name, at, kind, base } = type;
          if (kind !== 'type' && kind !== 'interface') {
            yield {
              at,
              message: `\`${name}\` is listed as the edges of a connection, but is no object type.`,
              help: 'List objects with a `node` and a `cursor`.',
            };
            continue;
          }
          const node = graphql.fieldNamed(type, 'node');
          const cursor = graphql.fieldNamed(type, 'cursor');
          const missing = base ? parts.filter((part) => !graphql.fieldNamed(type, part.name)) : [];
          for (const part of missing) {
            yield {
              at,
              message: `The edge \`${name}\` has no \`${part.name}\`.`,
              help: `Add \`${part.name}\`, ${part.what}.`,
            };
          }
          if (named && !name.endsWith('Edge') && missing.length === 0) {
            yield { at, message: `\`${name}\` is an edge, but is not called one.`, help: `Call it \`${name}Edge\`.` };
          }
          if (node && graphql.isList(node.node.type)) {
            yield {
              at: node.at.on(node.node.type),
              message: `The \`node\` of \`${name}\` is a list.`,
              help: 'An edge leads to one item.',
            };
          }
          if (cursor && !isText(api, cursor)) {
            yield {
              at: cursor.at.on(cursor.node.type),
              message: `The \`cursor\` of \`${name}\` is \`${typeText(cursor.node.type)}\`, not a string.`,
              help: 'Make it `String!`, or a scalar of its own that is written as a string.',
            };
          }
        }
      },
    },
  },
});

const parts = [
  { name: 'node', what: 'the item itself' },
  { name: 'cursor', what: 'of type `String!`' },
];

/** Whether a cursor can be a string: scalars that the schema defines, and types that it does not, may be. */
function isText(api: Parameters<typeof graphql.typeNamed>[0], { node: { type } }: graphql.Field): boolean {
  if (graphql.isList(type)) return false;
  const { value: name } = graphql.namedType(type).name;
  const kind = graphql.typeNamed(api, name)?.kind ?? 'scalar';
  return kind === 'scalar' && !['Int', 'Float', 'Boolean'].includes(name);
}
