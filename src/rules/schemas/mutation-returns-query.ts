import type { OperationTypeNode } from 'graphql';
import { mutations } from '../../conventions/graphql/mutations.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/mutation-returns-query',
  summary: 'the result of a mutation leads to the query root',
  why: `A client that has changed something wants to load again what depends on it: the cart's total, the list it shows. With a field of the query
type in the result it does so in the same request, and sees the state right after its own change.`,
  sources: ['Relay, Mutations', 'GraphQL, 6.2.2 Mutation'],
  equivalents: ['graphql-eslint:require-field-of-type-query-in-mutation-result'],
  checks: {
    graphql: {
      good: `
type Query {
  user(id: ID!): User
}

type Mutation {
  createUser(input: CreateUserInput!): CreateUserPayload!
  importUsers(input: ImportUsersInput!): ImportUsersPayload!
}

type CreateUserPayload {
  user: User
  query: Query!
}

type User {
  id: ID!
}
`,
      bad: `
type Query {
  user(id: ID!): User
}

type Mutation {
  createUser(input: CreateUserInput!): CreateUserPayload!
}

type CreateUserPayload {
  user: User
}

type User {
  id: ID!
}
`,
      *find(api) {
        const query = graphql.rootTypes(api).get('query' as OperationTypeNode);
        if (!query) return;
        for (const { field, name, result } of mutations(api)) {
          const { type } = result;
          if (type?.kind !== 'type' || !type.base || type === query) continue;
          if (type.fields.some(({ node }) => graphql.namedType(node.type).name.value === query.name)) continue;
          yield {
            at: field.at.on(graphql.namedType(field.node.type)),
            message: `The result of \`${name}\` does not lead to \`${query.name}\`.`,
            help: `Add \`query: ${query.name}!\` to \`${type.name}\`.`,
          };
        }
      },
    },
  },
});
