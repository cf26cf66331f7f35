import { isExplained } from '../../languages/openapi/descriptions.ts';
import { asString, isObject } from '../../languages/openapi/json.ts';
import { properties } from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/field-described',
  summary: 'every field says what it means',
  why: `\`amount\`: with or without tax? \`status\`: of the order or of its payment? What a name leaves open becomes a support
question, or a bug in somebody's books.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Schema Object', 'AIP-192'],
  equivalents: ['ibm:ibm-property-description'],
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
  },
});
