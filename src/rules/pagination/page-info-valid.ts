import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { isNamed, typeText } from '../../languages/graphql/types.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'pagination/page-info-valid',
  summary: '`PageInfo` has its four fields, of their types',
  why: `Every client library for connections reads \`hasNextPage\` and \`endCursor\`, and those that page backwards \`hasPreviousPage\` and
\`startCursor\`. Where one is missing the query that the library writes does not validate, and no page is loaded at all.`,
  sources: ['Relay Cursor Connections Specification, PageInfo', 'guide S4, GraphQL Schema Design'],
  equivalents: ['graphql-eslint:relay-page-info', 'graphql-schema-linter:relay-page-info-spec'],
  checks: {
    graphql: {
      good: `
type PageInfo {
  hasPreviousPage: Boolean!
  hasNextPage: Boolean!
  startCursor: String
  endCursor: Cursor!
  total: Int
}

scalar Cursor
`,
      bad: `
type PageInfo {
  hasNextPage: Boolean
  endCursor: Int
  startCursor: String
}
`,
      *find(api) {
        for (const type of pageInfos(api)) {
          if (type.kind !== 'type' && type.kind !== 'interface') {
            yield {
              at: type.at,
              message: `\`${type.name}\` is ${type.kind === 'enum' || type.kind === 'input' ? 'an' : 'a'} ${type.kind}, not an object type.`,
              help: 'Make it a type with `hasPreviousPage`, `hasNextPage`, `startCursor` and `endCursor`.',
            };
            continue;
          }
          const missing = type.base ? [...flags, ...cursors].filter((name) => !graphql.fieldNamed(type, name)) : [];
          for (const name of missing) {
            yield {
              at: type.at,
              message: `\`${type.name}\` has no \`${name}\`.`,
              help: `Add \`${name}: ${flags.includes(name) ? 'Boolean!' : 'String'}\`.`,
            };
          }
          for (const field of type.fields) {
            const given = field.node.type;
            const wanted = wantedOf(api, field);
            if (wanted === null) continue;
            yield {
              at: field.at,
              message: `\`${field.name}\` of \`${type.name}\` is \`${typeText(given)}\`, not \`${wanted}\`.`,
              help: `Make it \`${wanted}\`.`,
            };
          }
        }
      },
    },
  },
});

const flags: readonly string[] = ['hasPreviousPage', 'hasNextPage'];
const cursors: readonly string[] = ['startCursor', 'endCursor'];

/** What is called `PageInfo`, and what connections have as their `pageInfo`. */
function pageInfos(api: GraphQl): readonly graphql.Type[] {
  const used = new Set(
    graphql
      .connections(api)
      .flatMap(({ pageInfo: { node } }) =>
        graphql.isList(node.type) ? [] : [graphql.namedType(node.type).name.value],
      ),
  );
  return graphql.types(api).filter(({ name }) => name === 'PageInfo' || used.has(name));
}

/** What the type of a field should be, or null where it is right, or the field is none of the four. */
function wantedOf(api: GraphQl, { name, node: { type } }: graphql.Field): string | null {
  if (flags.includes(name)) return type.kind === 'NonNullType' && isNamed(type, 'Boolean') ? null : 'Boolean!';
  if (!cursors.includes(name)) return null;
  const { value: given } = graphql.namedType(type).name;
  const kind = graphql.typeNamed(api, given)?.kind ?? 'scalar';
  const isText = kind === 'scalar' && !['Int', 'Float', 'Boolean'].includes(given) && !graphql.isList(type);
  return isText ? null : 'String';
}
