import * as conformance from '../../languages/graphql/conformance/conformance.ts';
import { endlessSchemas } from '../../languages/openapi/finite.ts';
import * as protobuf from '../../languages/protobuf/conformance/cycles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/reference-cycles-finite',
  summary: 'every schema and every input type can be satisfied by a value that ends',
  why: `A schema that requires itself asks for a value without end. No request can be written that fits it, examples cannot be made, and
generators and validators run until they are stopped.`,
  sources: [
    'JSON Schema 2020-12 Core, section 9.4.1',
    'guide S4, Schema Design',
    'GraphQL, 3.10 Input Objects',
    'GraphQL, 3.13 Directives',
    'Protocol Buffers Language Guide (proto2), Required Fields',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Folder:
      type: object
      required: [name, parent, children]
      properties:
        name: { type: string }
        owner: { $ref: '#/components/schemas/Folder' }
        parent: { oneOf: [{ $ref: '#/components/schemas/Folder' }, { type: 'null' }] }
        children: { type: array, items: { $ref: '#/components/schemas/Folder' } }
    Expression:
      oneOf: [{ $ref: '#/components/schemas/Sum' }, { type: number }]
    Sum:
      type: object
      required: [left]
      properties: { left: { $ref: '#/components/schemas/Expression' } }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Folder:
      type: object
      required: [parent]
      properties:
        parent: { $ref: '#/components/schemas/Folder' }
    Order:
      type: object
      required: [lines]
      properties:
        lines: { type: array, minItems: 1, items: { $ref: '#/components/schemas/Line' } }
    Line:
      allOf:
        - type: object
          required: [order]
          properties: { order: { $ref: '#/components/schemas/Order' } }
`,
      *find(api) {
        for (const { schema, names } of endlessSchemas(api)) {
          yield {
            at: schema.at,
            message: `No value satisfies \`${names[0]}\`: it requires itself${over(names.slice(1))}, without end.`,
            help: 'Make one of the properties on the way optional or nullable, or let the list be empty.',
          };
        }
      },
    },
    graphql: {
      good: `
directive @range(min: Bound) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION

enum Bound { ZERO, ONE }

type Folder { parent: Folder!, children: [Folder!]! }

input FolderInput {
  parent: FolderInput
  children: [FolderInput!]!
}

input Filter @oneOf { not: Filter, name: String }
`,
      bad: `
directive @range(min: Int @range(min: 0)) on ARGUMENT_DEFINITION
directive @note(text: Note) on INPUT_FIELD_DEFINITION

input Note { text: String @note }

input FolderInput { parent: FolderInput! }

input OrderInput { lines: [LineInput!]!, first: LineInput! }
input LineInput { order: OrderInput! }

input Filter @oneOf { not: Filter, all: Filters }
input Filters { first: Filter!, others: [Filter!] }
`,
      find: (api) => conformance.cycles(api),
    },
    protobuf: {
      good: {
        'orders/v1/order.proto': `
syntax = "proto2";

package orders.v1;

import "orders/v1/line.proto";

message Order {
  required Line line = 1;
  optional Order parent = 2;
  repeated Order parts = 3;
}
`,
        'orders/v1/line.proto': `
syntax = "proto2";

package orders.v1;

message Line {}
`,
      },
      bad: {
        'orders/v1/order.proto': `
syntax = "proto2";

package orders.v1;

import "orders/v1/line.proto";

message Order {
  required Line line = 1;
}
`,
        'orders/v1/line.proto': `
syntax = "proto2";

package orders.v1;

import "orders/v1/order.proto";

message Line {
  required Order order = 1;
}
`,
      },
      *find(api) {
        yield* protobuf.importCircles(api);
        yield* protobuf.requiredCircles(api);
      },
    },
  },
});

/** The schemas on the way back, the first few by name. */
function over(names: readonly string[]): string {
  if (names.length === 0) return '';
  const shown = names.slice(0, 4).map((name) => `\`${name}\``);
  const more = names.length - shown.length;
  return ` over ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
