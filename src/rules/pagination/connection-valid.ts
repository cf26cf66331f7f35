import { isCalledConnection, meantConnections } from '../../conventions/graphql/connections.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { isNamed, nullable, typeText } from '../../languages/graphql/types.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/connection-valid',
  summary: 'a connection has a list of edges and a `pageInfo`',
  why: `Clients such as Relay and Apollo page through every connection with the same code: it reads \`edges\` and
\`pageInfo { hasNextPage endCursor }\`. A connection of another shape needs code of its own, or stops at the first page.`,
  sources: ['Relay Cursor Connections Specification, Connection Types', 'guide S4, GraphQL Schema Design'],
  equivalents: ['graphql-eslint:relay-connection-types', 'graphql-schema-linter:relay-connection-types-spec'],
  options: {
    named: {
      description:
        'Whether everything called `…Connection` has to be one, and the reverse, and not only what has parts of one.',
      default: true,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    graphql: {
      good: `
type UserConnection {
  edges: [UserEdge!]!
  nodes: [User!]!
  pageInfo: PageInfo!
  totalCount: Int!
}
`,
      bad: `
type UserConnection {
  nodes: [User!]!
  pageInfo: PageInfo!
}

type OrderConnection {
  edges: OrderEdge!
  pageInfo: PageInfo
}

type ShopConnection {
  edges: [ShopEdge!]!
}

type ItemConnection {
  edges: [ItemEdge!]!
  pageInfo: [PageInfo!]!
}

type Customers {
  edges: [CustomerEdge!]!
  pageInfo: PageInfo!
}

enum InternetConnection {
  CABLE
  WIFI
}
`,
      *find(api, { named }) {
        for (const type of meantConnections(api, named ? 'name' : 'shape')) {
          if (!named || isCalledConnection(type.name)) yield* faultsOf(type);
          else {
            yield {
              at: type.at,
              message: `\`${type.name}\` has \`edges\` and \`pageInfo\`, but is not called a connection.`,
              help: `Call it \`${type.name}Connection\`.`,
            };
          }
        }
        if (!named) return;
        for (const type of graphql.types(api)) {
          const { kind, name, at, base, extensions } = type;
          if (kind === 'type' || !isCalledConnection(name) || graphql.fieldNamed(type, 'edges')) continue;
          // Without its base, `at` is the first extension.
          for (const node of base ? [base, ...extensions] : extensions) {
            yield {
              at: at.on(node.name),
              message: `\`${name}\` is called a connection, but is ${article(kind)} ${kind}.`,
              help: 'Keep the name for object types with `edges` and `pageInfo`.',
            };
          }
        }
      },
    },
  },
});

function article(noun: string): string {
  return /^[aeiou]/.test(noun) && noun !== 'union' ? 'an' : 'a';
}

const parts = [
  { name: 'edges', type: '[SomeEdge!]!' },
  { name: 'pageInfo', type: 'PageInfo!' },
];

function* faultsOf(type: graphql.Type): Generator<Finding> {
  const { name, at } = type;
  const edges = graphql.fieldNamed(type, 'edges');
  const pageInfo = graphql.fieldNamed(type, 'pageInfo');
  // What other files or subgraphs add to a type is not known here.
  const isWhole = type.base !== null;
  const missing = isWhole && type.kind === 'type' ? parts.filter((part) => !graphql.fieldNamed(type, part.name)) : [];
  for (const part of missing) {
    yield {
      at,
      message: `The connection \`${name}\` has no \`${part.name}\`.`,
      help: `Add \`${part.name}: ${part.type}\`.`,
    };
  }
  if (edges && !graphql.isList(edges.node.type)) {
    yield {
      at: edges.at.on(edges.node.type),
      message: `The \`edges\` of \`${name}\` are no list, but \`${typeText(edges.node.type)}\`.`,
      help: `Make it a list, as \`[${typeText(nullable(edges.node.type))}!]!\`.`,
    };
  }
  if (pageInfo && !isPageInfo(pageInfo)) {
    const { type: given } = pageInfo.node;
    yield {
      at: pageInfo.at.on(given),
      message: isNamed(given, 'PageInfo')
        ? `The \`pageInfo\` of \`${name}\` may be null.`
        : `The \`pageInfo\` of \`${name}\` is \`${typeText(given)}\`, not \`PageInfo!\`.`,
      help: 'Make it `PageInfo!`.',
    };
  }
}

/** A schema may have page infos of its own, as `UserPageInfo`. */
function isPageInfo({ node: { type } }: graphql.Field): boolean {
  return type.kind === 'NonNullType' && type.type.kind === 'NamedType' && type.type.name.value.endsWith('PageInfo');
}
