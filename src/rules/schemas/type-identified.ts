import { isPageType } from '../../conventions/graphql/collections.ts';
import { mutations } from '../../conventions/graphql/mutations.ts';
import { fieldNamed, rootTypes, typesOf } from '../../languages/graphql/select.ts';
import { typeText } from '../../languages/graphql/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/type-identified',
  summary: 'every object type has an `id: ID!`',
  why: `Clients keep what they have loaded by type and id. What has no id is kept inside the thing that it was loaded with: when the same thing comes
by another way there are two copies, and a change reaches one of them.`,
  sources: ['GraphQL, Global Object Identification Specification', 'guide S4, GraphQL Schema Design'],
  equivalents: ['graphql-eslint:strict-id-in-types'],
  options: {
    except: {
      description: 'Endings of names of types that need no id.',
      default: ['Connection', 'Edge', 'PageInfo', 'Payload', 'Error', 'Result'] as readonly string[],
      schema: { type: 'array', items: { type: 'string' } },
    },
  },
  checks: {
    graphql: {
      good: `
type Query {
  user(id: ID!): User
}

type User {
  id: ID!
}

type CreateUserPayload {
  user: User
}
`,
      bad: `
type Query {
  user(id: ID!): User
}

type User {
  id: ID
  address: Address
}

type Address {
  city: String
}
`,
      *find(api, { except }) {
        const roots = new Set(rootTypes(api).values());
        const results = new Set(mutations(api).map(({ result }) => result.type));
        for (const type of typesOf(api, 'type')) {
          const { name, at, base } = type;
          if (
            !base ||
            roots.has(type) ||
            (results.has(type) && !fieldNamed(type, 'id')) ||
            isPageType(api, type) ||
            except.some((ending) => name.endsWith(ending))
          )
            continue;
          const id = fieldNamed(type, 'id');
          const given = id && typeText(id.node.type);
          if (given === 'ID!') continue;
          yield {
            at,
            message:
              given === undefined
                ? `\`${name}\` has no \`id\`.`
                : `The \`id\` of \`${name}\` is \`${given}\`, not \`ID!\`.`,
            help: given === undefined ? 'Add `id: ID!`.' : 'Make it `ID!`.',
          };
        }
      },
    },
  },
});
