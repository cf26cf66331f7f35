import { isForeign, isSelfEvident } from '../../conventions/graphql/documentation.ts';
import { isExplainedByType } from '../../conventions/protobuf/documentation.ts';
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
  options: {
    selfEvident: {
      description:
        'Whether what speaks for itself needs a description, too. In GraphQL: fields of connections, edges and page infos, those that an interface has, and those called like their described type. In .proto files: fields called like their described type, and those with a comment behind them. In OpenAPI it changes nothing.',
      default: true,
      schema: { type: 'boolean' },
    },
  },
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
  "Given when the order is placed."
  id: ID!
  "What the customer pays, with tax."
  amount: Money
}

extend type Order {
  "When it comes to the door."
  delivery(locale: String): String
}
`,
      bad: `
type Order {
  amount: Int
  "" note: String
}
`,
      *find(api, { selfEvident }) {
        const roots = new Set(graphql.rootTypes(api).values());
        for (const field of graphql.fields(api)) {
          // docs/operation-described speaks of the fields of root types.
          if (roots.has(field.owner) || graphql.descriptionOf(field.node) !== '' || isForeign(field.owner)) continue;
          if (!selfEvident && isSelfEvident(api, field)) continue;
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
  /* Printed on the invoice. */
  string note = 2;
}
`,
      bad: `
syntax = "proto3";

message Order {
  int64 amount = 1;
  string note = 2; // Printed on the invoice.
}
`,
      *find(api, { selfEvident }) {
        for (const { node, name, at, definition } of protobuf.fields(api)) {
          if ((selfEvident ? protobuf.leadingDescriptionOf : protobuf.descriptionOf)(node) !== '') continue;
          if (!selfEvident && isExplainedByType(name, definition)) continue;
          yield {
            at,
            message: `Field \`${name}\` has no comment.`,
            help: 'Say above it what it means, in which unit, and when it is absent.',
          };
        }
      },
    },
  },
});
