import { textOf } from '../../languages/openapi/descriptions.ts';
import { asString, get, isObject, itemsOf, type JsonObject } from '../../languages/openapi/json.ts';
import { namedSchemas } from '../../languages/openapi/select.ts';
import { saysOnly } from '../../words/filler.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'docs/type-described',
  summary: 'every named type says what it stands for',
  why: `The types of an API are the words of its domain. Is an \`Account\` a person, a company, or a ledger? Each reader who has to
infer that from the fields may infer something else.`,
  sources: ['guide S4, Documentation and Testing', 'OpenAPI 3.1.1, Schema Object', 'AIP-192'],
  equivalents: ['ibm:ibm-schema-description', 'vacuum:component-description'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
components:
  schemas:
    Order:
      description: What a customer buys at once.
      type: object
    ExpressOrder:
      allOf:
        - $ref: '#/components/schemas/Order'
        - description: An order that leaves the house within the hour.
    # Another name for a type that is described.
    Purchase: { $ref: '#/components/schemas/Order' }
    Bill:
      allOf: [{ $ref: '#/components/schemas/Order' }]
    Orders:
      type: array
      items: { $ref: '#/components/schemas/Order' }
`,
      bad: `
openapi: 3.1.0
components:
  schemas:
    Order:
      type: object
      properties: { id: { type: string, description: Given when the order is placed. } }
    Status:
      description: ' '
      enum: [placed, paid]
`,
      *find(api) {
        for (const { name, value, at } of namedSchemas(api)) {
          if (!isObject(value) || asString(value['$ref']) !== undefined || saysWhatItIs(name, value)) continue;
          const blank = asString(value['description']) !== undefined;
          yield {
            at,
            message: blank ? `The description of type \`${name}\` is empty.` : `Type \`${name}\` has no description.`,
            help: 'Say in one sentence what a value of this type stands for.',
          };
        }
      },
    },
  },
});

/**
 * Besides a description: one in a member of `allOf`, a title that says more than the name, and what is only another
 * name, or a list, of some other type.
 */
function saysWhatItIs(name: string, schema: JsonObject): boolean {
  if (textOf(schema) !== undefined || isTelling(textOf(schema, 'title'), name)) return true;
  const members = itemsOf(schema['allOf']);
  if (members.length === 1 && asString(get(members[0], '$ref')) !== undefined) return true;
  if (asString(get(schema['items'], '$ref')) !== undefined) return true;
  return members.some((member) => textOf(member) !== undefined);
}

function isTelling(title: string | undefined, name: string): boolean {
  return title !== undefined && split(title).length > 2 && !saysOnly(title, name);
}
