import * as conformance from '../../languages/graphql/conformance/conformance.ts';
import { asString, entriesOf, get, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import type { Reference } from '../../languages/openapi/select.ts';
import * as protobuf from '../../languages/protobuf/conformance/conformance.ts';
import { closest } from '../../text/closest.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/reference-resolves',
  summary: 'every reference leads to something',
  why: `What a dangling reference should have described is missing for everybody: generators stop or write \`any\`, and validators let
everything pass.`,
  sources: [
    'OpenAPI 3.1.1, Reference Object',
    'OpenAPI 3.1.1, Discriminator Object',
    'RFC 6901',
    'RFC 3986',
    'GraphQL, 3.4 Types',
    'Protocol Buffers Language Guide, Importing Definitions',
    'Protocol Buffers Language Guide, Packages and Name Resolution',
  ],
  equivalents: [
    'redocly:no-unresolved-refs',
    'redocly:spec-discriminator-defaultMapping',
    'graphql-eslint:known-type-names',
    'graphql-schema-linter:invalid-graphql-schema',
  ],
  checks: {
    openapi: {
      good: {
        'openapi.yaml': `
openapi: 3.1.0
paths:
  /pets:
    get:
      responses:
        '200':
          description: The pets.
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
          headers: { Next: { $ref: 'common.yaml#/Next%20page' } }
x-old: { $ref: '#/gone' }
components:
  schemas:
    Pet:
      example: { $ref: this is data }
      discriminator: { propertyName: kind, mapping: { cat: Cat, self: '#/components/schemas/Pet' } }
    Cat: { properties: { mother: { $ref: '#/components/schemas/Cat' } } }
`,
        'common.yaml': `
Next page: { schema: { type: string } }
`,
      },
      bad: `
openapi: 3.1.0
paths:
  /pets:
    get:
      parameters:
        - $ref: common.yaml#/limit
        - $ref: https://example.com/common.yaml#/limit
      responses:
        '200':
          description: The pets.
          content: { application/json: { schema: { $ref: '#/components/schemas/Pett' } } }
components:
  schemas:
    Pet:
      discriminator: { propertyName: kind, mapping: { cat: Catt } }
    Cat: { $ref: '#/components/schemas/Tomcat' }
    Tomcat: { $ref: '#/components/schemas/Cat' }
`,
      *find(api) {
        const known: Known = { told: new Set(), circular: new Set(), harmless: new Set() };
        for (const reference of api.index.references) {
          const { resolution, ref, at } = reference;
          if ('broken' in resolution) yield dangling(api, ref, at, resolution);
          else yield* circle(api, reference, known);
        }
        yield* mappings(api);
      },
    },
    graphql: {
      good: `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "FieldSet"])

directive @owner(fields: FieldSet) on OBJECT

type Query {
  orders: [Order!]
  order(id: ID!): Order
}

type Order @key(fields: "id") { id: ID!, buyer: User }

extend type User @key(fields: "id") { id: ID! @external }
`,
      bad: `
type Query {
  orders(since: DateTime): [Ordr!]
  order(id: Integer!): Order
}

type Order implements Node {
  id: ID!
  createdAt: DateTime!
}
`,
      find: (api) => conformance.unknownTypes(api),
    },
    protobuf: {
      good: {
        'orders/v1/orders.proto': `
syntax = "proto3";

package orders.v1;

import "google/protobuf/timestamp.proto";
import "orders/v1/line.proto";

message Order {
  google.protobuf.Timestamp create_time = 1;
  repeated Line lines = 2;
  Line.Kind kind = 3;
}
`,
        'orders/v1/line.proto': `
syntax = "proto3";

package orders.v1;

message Line {
  enum Kind { KIND_UNSPECIFIED = 0; }
}
`,
      },
      bad: {
        'orders/v1/orders.proto': `
syntax = "proto3";

package orders.v1;

import "orders/v1/customers.proto";

message Order {
  Perhaps in_that_file = 1;
}
`,
        'orders/v1/customer.proto': `
syntax = "proto3";

package orders.v1;

message Customer {
  Adress address = 1;
  integer orders = 2;
  Money balance = 3;
  google.protobuf.Timestamp create_time = 4;
  google.protobuf.Timestamp update_time = 5;
}

message Address {}
`,
        'orders/v1/money.proto': `
syntax = "proto3";

package orders.v1;

message Money {}
`,
      },
      fixable: 'safe',
      find: (api) => protobuf.departuresOf(api, 'reference'),
    },
  },
});

function dangling(
  api: OpenApi,
  ref: string,
  at: Pointer,
  { broken, remote }: { broken: string; remote?: true },
): Finding {
  if (remote) {
    return {
      at,
      message: `\`${ref}\` is not followed: it is on the network, which is not read.`,
      help: 'Keep a copy of the file beside the document and refer to it by its path.',
    };
  }
  const meant = suggestion(api, ref, at);
  return {
    at,
    message: `\`${ref}\` leads nowhere: ${broken}.`,
    ...(meant !== null && { help: `Did you mean \`${meant}\`?` }),
  };
}

/** The reference with the name in it that is nearest to the one that is missing. */
function suggestion(api: OpenApi, ref: string, at: Pointer): string | null {
  const hash = ref.indexOf('#');
  if (hash < 0) return null;
  const parts = ref.slice(hash + 1).split('/');
  for (let known = parts.length - 1; known >= 1; known--) {
    const parent = api.references.resolve(`${ref.slice(0, hash)}#${parts.slice(0, known).join('/')}`, at);
    if (!('target' in parent)) continue;
    const meant = closest(parts[known]!, keysOf(parent.target.value));
    if (meant === null) return null;
    const escaped = meant.replaceAll('~', '~0').replaceAll('/', '~1');
    return `${ref.slice(0, hash)}#${[...parts.slice(0, known), escaped, ...parts.slice(known + 1)].join('/')}`;
  }
  return null;
}

/** What is known of the values with a `$ref`, so that chains that many references enter are walked once. */
interface Known {
  /** Those of circles that were told. */
  readonly told: Set<unknown>;
  /** Those of circles. */
  readonly circular: Set<unknown>;
  /** Those that do not lead back to themselves. */
  readonly harmless: Set<unknown>;
}

/** References to references that come back to where they began. Each circle is told once. */
function* circle(api: OpenApi, reference: Reference, known: Known): Generator<Finding> {
  const { holder, resolution, at } = reference;
  const start = holder.value;
  if (known.told.has(start) || known.harmless.has(start)) return;
  const seen = new Set<unknown>([start]);
  for (let next = resolution; 'target' in next; ) {
    const { value, at: place } = next.target;
    if (value === start) {
      for (const member of seen) known.told.add(member);
      yield {
        at,
        message: `\`${reference.ref}\` leads back to this reference${seen.size > 1 ? ` over ${seen.size - 1} other${seen.size > 2 ? 's' : ''}` : ''}, never to a definition.`,
        help: 'Let one of the references be replaced by the definition.',
      };
      return;
    }
    if (seen.has(value)) {
      const way = [...seen];
      for (const member of way.splice(way.indexOf(value))) known.circular.add(member);
      for (const member of way) known.harmless.add(member);
      return;
    }
    const ref = asString(get(value, '$ref'));
    if (ref === undefined || known.harmless.has(value)) break;
    if (known.circular.has(value) && !known.circular.has(start)) break;
    seen.add(value);
    next = api.references.resolve(ref, place);
  }
  for (const member of seen) known.harmless.add(member);
}

/** Discriminators name schemas, or refer to them (OpenAPI 3.1.1, Discriminator Object, Mapping). */
function* mappings(api: OpenApi): Generator<Finding> {
  for (const { value, at } of api.index.nodes.Discriminator) {
    const entries = entriesOf(value['mapping']).map(([name, target]) => ({
      target,
      at: at.child('mapping').child(name),
    }));
    if (api.version === '3.2') entries.push({ target: value['defaultMapping'], at: at.child('defaultMapping') });
    for (const entry of entries) {
      const target = asString(entry.target);
      if (target === undefined) continue;
      const names = schemaNames(api, at);
      if (names.includes(target)) continue;
      const resolution = api.references.resolve(target, at);
      if ('target' in resolution) continue;
      if (/[#/:]/.test(target)) {
        yield dangling(api, target, entry.at, resolution);
        continue;
      }
      const meant = closest(target, names);
      const help = meant === null ? {} : { help: `Did you mean \`${meant}\`?` };
      yield {
        at: entry.at,
        message: `The discriminator leads to \`${target}\`, and there is no such schema.`,
        ...help,
      };
    }
  }
}

function schemaNames(api: OpenApi, at: Pointer): string[] {
  return [api.root.value, at.document.value].flatMap((document) => keysOf(get(get(document, 'components'), 'schemas')));
}
