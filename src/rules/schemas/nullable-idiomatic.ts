import type { GraphQl } from '../../languages/graphql/graphql.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { typeText } from '../../languages/graphql/types.ts';
import { removeEntry, replaceProperty, together } from '../../languages/openapi/edit.ts';
import { get, itemsOf, type JsonObject, stringsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { At } from '../../languages/openapi/references.ts';
import { everySchema, type Node } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import type { Fix } from '../../text/fix.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/nullable-idiomatic',
  summary: 'what may be null says so as its language does, and nothing may be null by oversight',
  why: `\`nullable\` belongs to OpenAPI 3.0 alone, and only beside \`type\`; the type \`null\` belongs to 3.1 and later. Written the other way it is ignored:
validators refuse nulls that were meant to be allowed, and generated clients crash on them. In GraphQL all is nullable unless it has a \`!\`, and items of lists are easily forgotten: every client then checks
for nulls that never come.`,
  sources: [
    'OpenAPI 3.0.4, Schema Object, nullable',
    'OpenAPI proposal 2019-10-31, Clarify nullable',
    'OpenAPI 3.1.1, Schema Object',
    'guide S4, Graceful Degradation',
  ],
  equivalents: ['redocly:nullable-type-sibling', 'vacuum:nullable-enum-contains-null'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    User:
      type: object
      properties:
        nickname: { type: [string, 'null'] }
        manager:
          anyOf:
            - { $ref: '#/components/schemas/User' }
            - { type: 'null' }
        role: { type: [string, 'null'], enum: [admin, guest, null] }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    User:
      type: object
      properties:
        nickname: { type: string, nullable: true }
        role: { type: [string, 'null'], enum: [admin, guest] }
`,
      fixable: 'safe',
      *find(api) {
        for (const schema of everySchema(api)) {
          const keywords = schema.value;
          if (keywords['nullable'] === true) yield* misplaced(api, schema);
          if (namesNull(keywords) && isEarly(api) && schema.kind === 'Schema') yield nullType(api, schema);
          if (isNullable(api, keywords) && leavesOutNull(keywords)) {
            yield {
              at: schema.at.child('enum'),
              message: `${capitalised(titleOf(schema.at))} may be null by its type, but not by its \`enum\`, so null is refused.`,
              help: 'Add `null` to the list, or make the type one that is not nullable.',
            };
          }
        }
      },
    },

    graphql: {
      good: `
type Query {
  tags(names: [String!]): [String!]!
  users: [User]!
  friends: [User]
  "In the order of the ids, null for those that lead nowhere."
  nodes(ids: [ID!]!): [User]!
  matrix: [[Int!]!]
}

type UserConnection {
  edges: [UserEdge]
  nodes: [User]
  pageInfo: PageInfo!
}
`,
      bad: `
type Query {
  tags(names: [String]): [String]!
  users: [User!]!
  friends: [User!]!
  foes: [User!]!
  fans: [User!]!
  strangers: [User]
}

type User {
  id: ID!
}
`,
      *find(api) {
        const usual = usuallyNonNull(api);
        for (const { name, node, at } of listed(api)) {
          const item = nullableItem(node.type);
          if (item === null || isLookup(node)) continue;
          const type = graphql.namedType(item).name.value;
          const isInput = node.kind === 'InputValueDefinition';
          if (!isInput && !isLeaf(api, type) && !usual) continue;
          yield {
            at: at.on(item),
            message: isInput
              ? `The items of \`${name}\` may be null: one can pass \`[null]\`.`
              : isLeaf(api, type)
                ? `The items of \`${name}\` may be null.`
                : `The items of \`${name}\` may be null, those of most other lists may not.`,
            help: `Make them \`${typeText(item)}!\`, unless a null has a meaning here.`,
          };
        }
      },
    },
  },
});

/** Whether null is no type of JSON Schema as this version knows it. */
const isEarly = (api: OpenApi): boolean => api.version === '2.0' || api.version === '3.0';

function* misplaced(api: OpenApi, { value, at }: Node): Generator<Finding> {
  const place = at.child('nullable').onKey;
  const name = titleOf(at);
  if (api.version === '2.0') {
    const message = `OpenAPI 2.0 does not know \`nullable\`, so ${name} may not be null.`;
    yield {
      at: place,
      message,
      help: 'Write `x-nullable: true`, which many tools understand, or let it be left out instead.',
    };
  } else if (!isEarly(api)) {
    const message = `OpenAPI ${api.version} does not know \`nullable\`, so ${name} may not be null.`;
    yield {
      at: place,
      message,
      help: 'Add `null` to the types, as in `type: [string, "null"]`.',
      ...typingFix(value, at),
    };
  } else if (value['type'] === undefined && refusesNull(api, { value, at })) {
    const message = `\`nullable\` does not let ${name} be null, because no \`type\` stands beside it.`;
    yield {
      at: place,
      message,
      help: 'Put the `type` beside it; with `allOf` and `$ref`, make the schemas that they lead to nullable.',
    };
  }
}

/** The fix that says by the type what `nullable` was to say; only where it stands beside a type and no list of values. */
function typingFix(value: JsonObject, at: Pointer): { fix?: Fix } {
  const { type } = value;
  if (typeof type !== 'string' || type === 'null' || value['enum'] !== undefined || value['const'] !== undefined)
    return {};
  const edits = () =>
    together(replaceProperty(at.child('type'), 'type', [type, 'null']), removeEntry(at.child('nullable')));
  return { fix: { title: `Write \`[${type}, 'null']\``, safe: true, edits } };
}

/** Whether the schemas that one without a type is made of let no null through. */
function refusesNull(api: OpenApi, schema: At<JsonObject>): boolean {
  const lists = ['allOf', 'anyOf', 'oneOf'].map((name) => ({ name, parts: itemsOf(schema.value[name]) }));
  return lists.some(({ name, parts }) => {
    const refusing = parts.filter((value, i) => refuses(api, { value, at: schema.at.child(name).child(i) }));
    return refusing.length > 0 && (name === 'allOf' || refusing.length === parts.length);
  });
}

function refuses(api: OpenApi, part: At): boolean {
  const target = api.resolve(part);
  return get(target?.value, 'type') !== undefined && get(target?.value, 'nullable') !== true;
}

function nullType(api: OpenApi, { at }: Node): Finding {
  return {
    at: at.child('type'),
    message: `The type of ${titleOf(at)} is \`null\`, which this version of OpenAPI does not have.`,
    help: `Write \`${api.version === '2.0' ? 'x-nullable' : 'nullable'}: true\` beside the type that it has otherwise.`,
  };
}

function namesNull({ type }: JsonObject): boolean {
  return type === 'null' || stringsOf(type).includes('null');
}

function isNullable(api: OpenApi, schema: JsonObject): boolean {
  if (api.version === '3.0') return schema['nullable'] === true && schema['type'] !== undefined;
  return api.version !== '2.0' && Array.isArray(schema['type']) && namesNull(schema);
}

function leavesOutNull(schema: JsonObject): boolean {
  return Array.isArray(schema['enum']) && schema['enum'].length > 0 && !schema['enum'].includes(null);
}

type GraphqlTyped = graphql.Field | graphql.InputField | graphql.Argument;

/** What may be a list: not the edges and nodes of connections, which a server may fail to load one by one. */
function listed(api: GraphQl): readonly GraphqlTyped[] {
  const wrappers = new Set(graphql.connections(api).map(({ type }) => type));
  const fields = graphql
    .fields(api)
    .filter(({ owner, name }) => !wrappers.has(owner) && !owner.name.endsWith('Connection') && !name.startsWith('_'));
  const taken = graphql.everyArgument(api).filter(({ owner }) => 'owner' in owner && !owner.name.startsWith('_'));
  return [...fields, ...graphql.inputFields(api), ...taken];
}

/** The type of a list's items, if they may be null; of a list of lists, that of the outer one's. */
function nullableItem(type: GraphqlTyped['node']['type']): GraphqlTyped['node']['type'] | null {
  const list = type.kind === 'NonNullType' ? type.type : type;
  return list.kind === 'ListType' && list.type.kind === 'NamedType' ? list.type : null;
}

function isLeaf(api: GraphQl, name: string): boolean {
  if (['Int', 'Float', 'String', 'Boolean', 'ID'].includes(name)) return true;
  const kind = graphql.typeNamed(api, name)?.kind;
  return kind === 'scalar' || kind === 'enum';
}

/** Whether the lists of objects in this schema have non-null items, but for a few: then those few are slips. */
function usuallyNonNull(api: GraphQl): boolean {
  const lists = listed(api).filter(({ node }) => {
    const isList = node.kind === 'FieldDefinition' && graphql.isList(node.type);
    return isList && !isLeaf(api, graphql.namedType(node.type).name.value);
  });
  const loose = lists.filter(({ node }) => nullableItem(node.type) !== null).length;
  return loose * 5 <= lists.length;
}

/** Whether a field looks up what it is given the keys of: a null says that there is none of that key. */
function isLookup(node: GraphqlTyped['node']): boolean {
  return (
    node.kind === 'FieldDefinition' &&
    (node.arguments ?? []).some(
      (argument) => graphql.isList(argument.type) && /(?:ids|keys|slugs|representations)$/i.test(argument.name.value),
    )
  );
}
