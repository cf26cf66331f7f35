import { isList, namedType, rootFields } from '../../languages/graphql/select.ts';
import { typeText } from '../../languages/graphql/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/root-field-nullable',
  summary: 'the fields of the query and mutation roots may be null',
  why: `A field that fails becomes null. Where it may not, its parent does; above the fields of a root there is nothing left, so one field that fails
takes the whole answer with it, and all the other fields that the client asked for in the same request.`,
  sources: ['GraphQL, 6.4.4 Handling Execution Errors'],
  equivalents: ['graphql-eslint:require-nullable-result-in-root'],
  checks: {
    graphql: {
      good: `
type Query {
  user(id: ID!): User
  users: [User!]!
}

type Subscription {
  userAdded: User!
}
`,
      bad: `
type Query {
  user(id: ID!): User!
}

type Mutation {
  createUser(input: CreateUserInput!): CreateUserPayload!
}
`,
      *find(api) {
        for (const { operation, field } of rootFields(api)) {
          const { type } = field.node;
          if (operation === ('subscription' as typeof operation) || type.kind !== 'NonNullType' || isList(type))
            continue;
          if (field.name.startsWith('_')) continue;
          yield {
            at: field.at.on(namedType(type)),
            message: `The ${operation} \`${field.name}\` may not be null: when it fails, all that was asked for beside it is lost.`,
            help: `Make it \`${typeText(type.type)}\`.`,
          };
        }
      },
    },
  },
});
