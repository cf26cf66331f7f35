import { mutations } from '../../conventions/graphql/mutations.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { isIdName } from '../../words/ids.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/input-single-object',
  summary: 'a mutation takes one argument, called `input`',
  why: `Clients hand over one variable of one generated type, however much the mutation learns to take. With an argument for each value
every client lists them in its query and again where it passes them, and a form cannot be sent as it is.`,
  sources: ['guide S4, GraphQL Schema Design', 'Relay, Input Object Mutations Specification'],
  equivalents: ['graphql-eslint:input-name'],
  checks: {
    graphql: {
      good: `
type Mutation {
  createUser(input: CreateUserInput!): CreateUserPayload!
  deleteUser(id: ID!): DeleteUserPayload!
  signOut: SignOutPayload!
}
`,
      bad: `
type Mutation {
  updateUser(id: ID!, input: UpdateUserInput!): User!
  addReaction(messageId: ID!, emoji: String!): Reaction!
  createUser(user: CreateUserInput!): User!
  setLocale(locale: String!): User!
}
`,
      *find(api) {
        for (const { field, name } of mutations(api)) {
          const taken = field.arguments.filter(({ node }) => !graphql.deprecationOf(node));
          const odd = taken.filter((argument) => argument.name !== 'input');
          const [first] = odd;
          if (!first || (taken.length === 1 && isKey(first))) continue;
          const isObject = /Input$/.test(graphql.namedType(first.node.type).name.value);
          yield {
            at: first.at,
            message:
              taken.length > 1
                ? `\`${name}\` takes ${taken.length} arguments rather than one \`input\`.`
                : `\`${name}\` takes \`${first.name}\` rather than an \`input\`.`,
            help:
              taken.length === 1 && isObject
                ? 'Call the argument `input`.'
                : `Take one \`input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!\` that holds ${taken.length > 1 ? 'them all' : 'it'}.`,
          };
        }
      },
    },
  },
});

/** Whether an argument alone names what is meant, as in `deleteUser(id:)`. */
function isKey({ name, node }: graphql.Argument): boolean {
  return (
    graphql.namedType(node.type).name.value === 'ID' ||
    isIdName(name) ||
    /^(?:ids|slug|key|token|name|code|file)$|(?:Ids|Slug|Key|Code|Token)$/.test(name)
  );
}
