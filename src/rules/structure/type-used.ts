import type { DefinitionNode } from 'graphql';
import { Coordinate } from '../../languages/graphql/coordinate.ts';
import { removeDefinition } from '../../languages/graphql/edit.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { memoised, rootTypes, type Type, typeUses } from '../../languages/graphql/select.ts';
import { unusedDirectives, unusedTypes } from '../../languages/graphql/usage.ts';
import { removeComponents } from '../../languages/openapi/component-removal.ts';
import { componentUses, useKey } from '../../languages/openapi/component-uses.ts';
import { keysOf } from '../../languages/openapi/json.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { componentsOf } from '../../languages/openapi/select.ts';
import { removeStatement } from '../../languages/protobuf/edit.ts';
import * as protobuf from '../../languages/protobuf/usage.ts';
import type { Edit, Fix } from '../../text/fix.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/type-used',
  summary: 'every component and every type is used by something',
  why: `What nothing refers to is read, reviewed and generated for nothing, or was meant to be used and was forgotten.`,
  sources: ['OpenAPI 3.1.1, Components Object', 'Zalando RESTful API Guidelines S005', 'GraphQL, 3.3 Schema'],
  equivalents: [
    'spectral:oas3-unused-component',
    'spectral:oas2-unused-definition',
    'redocly:no-unused-components',
    'zally:S005',
    'graphql-eslint:no-unreachable-types',
    'graphql-schema-linter:defined-types-are-used',
    'redocly:no-unused-types',
  ],
  options: {
    withoutRoot: {
      description: 'GraphQL: whether a schema without a root is judged, too; there, what nothing refers to is unused.',
      default: true,
      schema: { type: 'boolean' },
    },
  },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
security: [{ Key: [] }]
paths:
  /pets:
    get:
      responses:
        '200':
          description: The pets.
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
x-more: { $ref: '#/components/schemas/Later' }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Pet: { discriminator: { propertyName: kind, mapping: { cat: Cat } } }
    Cat: { type: object }
    Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }] }
    Later: { type: object }
`,
      bad: `
openapi: 3.1.0
paths:
  /pets:
    get: { responses: { '200': { description: The pets. } } }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Node: { properties: { next: { $ref: '#/components/schemas/Node' } } }
`,
      fixable: 'unsafe',
      *find(api, _options, { apis }) {
        if (keysOf(api.root.value['paths']).length === 0 && keysOf(api.root.value['webhooks']).length === 0) return;
        const { document } = api.root.at;
        const unused: Pointer[] = [];
        const fix = removalOf(() => removeComponents(apis, unused));
        for (const [section, noun] of sections) {
          for (const { name, at } of componentsOf(api, section)) {
            if (at.document !== document || section === 'extensions') continue;
            const key = useKey(document, at);
            if (apis.some((other) => componentUses(other).has(key))) continue;
            // A security scheme may be what is missing at the operations.
            const isSpare = section !== 'securitySchemes';
            if (isSpare) unused.push(at);
            yield {
              at: at.onKey,
              message: `Nothing uses the ${noun} \`${name}\`.`,
              help: 'Remove it, or refer to it where it belongs.',
              ...(isSpare && { fix }),
            };
          }
        }
      },
    },
    graphql: {
      good: `
directive @auth(role: Role) on FIELD_DEFINITION
directive @client(cache: Cache) on FIELD

enum Role { ADMIN }
enum Cache { ALWAYS }

type Query {
  node(id: ID!): Node @auth(role: ADMIN)
}

interface Node { id: ID! }

type User implements Node & Named { id: ID!, name: String }

interface Named { name: String }

type Mutation
`,
      bad: `
directive @auth on FIELD_DEFINITION

type Query {
  id: ID!
}

interface Node { id: ID! }

type User implements Node { id: ID! }

extend type User { friends: [User!] }
`,
      fixable: 'unsafe',
      *find(api, { withoutRoot }) {
        const hasRoot = rootTypes(api).size > 0;
        const unused = unusedTypes(api, withoutRoot);
        for (const type of unused) {
          const { name, kind, base, extensions } = type;
          const fix = removal(`Remove the ${kind} \`${name}\``, () => removableWith(api, type, unused));
          for (const node of [...(base ? [base] : []), ...extensions]) {
            yield {
              at: new Coordinate(name, node.name),
              message: hasRoot
                ? `Nothing leads from a root to the ${kind} \`${name}\`.`
                : `Nothing refers to the ${kind} \`${name}\`.`,
              help: 'Remove it, or return or take it where it belongs.',
              fix,
            };
          }
        }
        for (const { name, node, at } of unusedDirectives(api, withoutRoot)) {
          yield {
            at,
            message: `Nothing in the schema bears the directive \`@${name}\`.`,
            help: 'Remove it, or apply it where it belongs.',
            fix: removal(`Remove the directive \`@${name}\``, () => [node]),
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

package orders.v1;

service Orders {
  rpc GetOrder(GetOrderRequest) returns (Order);
}

message GetOrderRequest {
  string id = 1;
}

message Order {
  State state = 1;
  repeated Line lines = 2;
  enum State { STATE_UNSPECIFIED = 0; }
}

message Line {
  Line parent = 1;
}
`,
      bad: `
syntax = "proto3";

package orders.v1;

service Orders {
  rpc GetOrder(GetOrderRequest) returns (Order);
}

message GetOrderRequest {
  string id = 1;
}

message Order {
  enum State { STATE_UNSPECIFIED = 0; }
}

message Line {
  Line parent = 1;
}
`,
      fixable: 'unsafe',
      *find(api) {
        for (const { node, name, at } of protobuf.unusedTypes(api)) {
          yield {
            at,
            message: `Nothing uses the ${node.kind} \`${name}\`.`,
            help: 'Remove it, or refer to it where it belongs.',
            fix: {
              title: `Remove the ${node.kind} \`${name}\``,
              safe: false,
              edits: () => removeStatement(node),
            },
          };
        }
      },
    },
  },
});

/** The definitions and extensions of an unused type and of those that name it; none where one of them is used. */
function removableWith(api: GraphQl, type: Type, unused: readonly Type[]): readonly DefinitionNode[] {
  const byName = new Map(unused.map((one) => [one.name, one]));
  const removable = new Set([type]);
  // A set that grows while it is looped over gives what was added, too.
  for (const { name } of removable) {
    for (const user of users(api).get(name) ?? []) {
      const unusedUser = byName.get(user);
      if (!unusedUser) return [];
      removable.add(unusedUser);
    }
  }
  return [...removable].flatMap(({ base, extensions }) => [...(base ? [base] : []), ...extensions]);
}

/** By the name of a type the names of those that name it. */
const users = memoised((api): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const { name, at } of typeUses(api)) {
    const user = at.element.split(/[.(]/, 1)[0]!;
    const known = found.get(name);
    if (known) known.add(user);
    else found.set(name, new Set([user]));
  }
  return found;
});

function removal(title: string, nodes: () => readonly DefinitionNode[]): Fix {
  return { title, safe: false, edits: () => nodes().flatMap((node) => removeDefinition(node)) };
}

/** One fix for all components that nothing uses: with some of them, others would become unused. */
function removalOf(remove: () => readonly Edit[]): Fix {
  let edits: readonly Edit[] | undefined;
  return { title: 'Remove what nothing uses', safe: false, edits: () => (edits ??= remove()) };
}

const sections: readonly (readonly [string, string])[] = [
  ['schemas', 'schema'],
  ['parameters', 'parameter'],
  ['responses', 'response'],
  ['requestBodies', 'request body'],
  ['headers', 'header'],
  ['examples', 'example'],
  ['links', 'link'],
  ['callbacks', 'callback'],
  ['pathItems', 'path item'],
  ['mediaTypes', 'media type'],
  ['securitySchemes', 'security scheme'],
];
