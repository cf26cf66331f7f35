import { isExplainedByInterface, isExplainedByType, isPlumbing } from '../../conventions/graphql/documentation.ts';
import { isExplainedByType as explainedByType } from '../../conventions/protobuf/documentation.ts';
import * as graphql from '../../languages/graphql/select.ts';
import { isExplained } from '../../languages/openapi/descriptions.ts';
import { asString, isObject } from '../../languages/openapi/json.ts';
import { properties } from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import * as protobuf from '../../languages/protobuf/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/field-described',
  summary: 'every field says what it means',
  why: `\`amount\`: with or without tax? \`status\`: of the order or of its payment? What a name leaves open becomes a support
question, or a bug in somebody's books.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Schema Object', 'AIP-192'],
  equivalents: [
    'ibm:ibm-property-description',
    'graphql-eslint:require-description',
    'graphql-schema-linter:fields-have-descriptions',
    'buf:COMMENT_FIELD',
    'protolint:FIELDS_HAVE_COMMENT',
    'aip:0192::has-comments',
    'aip:0142::duration-offset-comment',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties:
        amount: { type: integer, description: 'What the customer pays, in cents, with tax.' }
        status: { $ref: '#/components/schemas/Status' }
        previous_status:
          anyOf: [{ $ref: '#/components/schemas/Status' }, { type: 'null' }]
        history: { type: array, items: { $ref: '#/components/schemas/Status' } }
    Status: { type: string, description: How far an order has come. }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties:
        amount: { type: integer }
        status: { type: string, description: '' }
`,
      *find(api) {
        for (const property of properties(api)) {
          const { name, value, at, owner } = property;
          if (!isObject(value) || isExplained(api, property)) continue;
          const blank = asString(value['description']) !== undefined;
          const field = `\`${name}\` of ${titleOf(owner.at)}`;
          yield {
            at,
            message: blank ? `The description of ${field} is empty.` : `Field ${field} has no description.`,
            help: 'Say what it means, in which unit, and when it is absent.',
          };
        }
      },
    },
    graphql: {
      good: `
type Query {
  order: Order
}

interface Node {
  "The same for as long as the thing exists."
  id: ID!
}

type Order implements Node {
  id: ID!
  "What the customer pays, with tax."
  amount: Money
  status: OrderStatus
}

"How far an order has come."
enum OrderStatus {
  PLACED
  PAID
}
`,
      bad: `
type Order {
  amount: Int
  "" note: String
}
`,
      *find(api) {
        const roots = new Set(graphql.rootTypes(api).values());
        for (const field of graphql.fields(api)) {
          // docs/operation-described speaks of the fields of root types.
          if (roots.has(field.owner) || isPlumbing(api, field) || isExplainedByInterface(api, field)) continue;
          if (graphql.descriptionOf(field.node) !== '' || isExplainedByType(api, field)) continue;
          const { description } = field.node;
          yield {
            at: description ? field.at.on(description) : field.at,
            message: description
              ? `The description of \`${field.at.element}\` is empty.`
              : `Field \`${field.at.element}\` has no description.`,
            help: 'Say what it means, in which unit, and when it is absent.',
          };
        }
      },
    },
    protobuf: {
      good: `
syntax = "proto3";

message Order {
  // What the customer pays, with tax.
  Money amount = 1;
  string note = 2; // Printed on the invoice.
  OrderStatus status = 3;
}

// How far an order has come.
enum OrderStatus {
  ORDER_STATUS_UNSPECIFIED = 0;
}
`,
      bad: `
syntax = "proto3";

message Order {
  int64 amount = 1;
}
`,
      *find(api) {
        for (const { node, name, at, definition } of protobuf.fields(api)) {
          if (protobuf.descriptionOf(node) !== '') continue;
          if (explainedByType(name, definition)) continue;
          yield {
            at,
            message: `Field \`${name}\` has no comment.`,
            help: 'Say what it means, in which unit, and when it is absent.',
          };
        }
      },
    },
  },
});
