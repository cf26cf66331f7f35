import { fieldsOfConnections } from '../../conventions/graphql/connections.ts';
import { isNamed } from '../../languages/graphql/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/connection-arguments-optional',
  summary: 'a connection that pages both ways requires neither `first` nor `last`',
  why: `Who wants the last ten has to hand over a \`first\` as well where that is required, and the two together mean something else: the last ten of
the first so many.`,
  sources: ['Relay Cursor Connections Specification, Arguments'],
  equivalents: ['graphql-schema-linter:relay-connection-arguments-spec'],
  checks: {
    graphql: {
      good: `
type Query {
  users(first: Int!, after: String): UserConnection!
  fans(first: Int, after: String, last: Int, before: String): UserConnection!
  friends(first: Int! = 10, after: String, last: Int, before: String): UserConnection!
}
`,
      bad: `
type Query {
  users(first: Int!, after: String, last: Int!, before: String): UserConnection!
}
`,
      *find(api) {
        for (const field of fieldsOfConnections(api, 'name')) {
          const given = new Set(field.arguments.map(({ name }) => name));
          if (!['first', 'after', 'last', 'before'].every((name) => given.has(name))) continue;
          for (const { name, node, at } of field.arguments) {
            if ((name !== 'first' && name !== 'last') || node.type.kind !== 'NonNullType' || node.defaultValue)
              continue;
            if (!isNamed(node.type, 'Int')) continue;
            yield {
              at,
              message: `\`${name}\` is required, although one may page in the other direction.`,
              help: 'Make it `Int`, without the `!`.',
            };
          }
        }
      },
    },
  },
});
