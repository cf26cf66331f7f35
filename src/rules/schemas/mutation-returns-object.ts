import { mutations } from '../../conventions/graphql/mutations.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/mutation-returns-object',
  summary: 'a mutation returns an object, not a scalar',
  why: `After \`deleteUser: Boolean!\` clients know nothing but that: not what went wrong, nor what changed, so that they load it all anew to bring
their cache up to date. Nothing can ever be added to a scalar either.`,
  sources: ['guide S4, GraphQL Schema Design', 'GraphQL, 3.6 Objects'],
  equivalents: ['graphql-eslint:no-scalar-result-type-on-mutation'],
  checks: {
    graphql: {
      good: `
type Mutation {
  createUser(input: CreateUserInput!): CreateUserPayload!
  sendMessage(input: SendMessageInput!): Message
}
`,
      bad: `
type Mutation {
  deleteUser(id: ID!): Boolean!
  addTags(input: AddTagsInput!): [String!]!
  touch: DateTime
}

scalar DateTime
`,
      *find(api) {
        for (const { field, name, result } of mutations(api)) {
          if (!isScalar(api, result.name)) continue;
          yield {
            at: field.at.on(graphql.namedType(field.node.type)),
            message: `\`${name}\` returns ${result.isList ? 'a list of' : 'nothing but a'} \`${result.name}\`.`,
            help: `Return a payload, \`${name.charAt(0).toUpperCase()}${name.slice(1)}Payload\`, with what has changed and with errors.`,
          };
        }
      },
    },
  },
});

function isScalar(api: GraphQl, name: string): boolean {
  return ['Int', 'Float', 'String', 'Boolean', 'ID'].includes(name) || graphql.typeNamed(api, name)?.kind === 'scalar';
}
