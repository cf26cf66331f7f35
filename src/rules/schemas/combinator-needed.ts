import { isObject, itemsOf } from '../../languages/openapi/json.ts';
import { schemas } from '../../languages/openapi/select.ts';
import { titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/combinator-needed',
  summary: '`allOf`, `anyOf` and `oneOf` have more than one member, or a reason to be there',
  why: `A combination of one is that one. It costs readers a second look, and some generators make a type of its own of it.`,
  sources: ['JSON Schema 2020-12, section 10.2.1', 'OpenAPI 3.0.4, Reference Object'],
  equivalents: ['vacuum:no-unnecessary-combinator', 'ibm:ibm-no-superfluous-allof'],
  checks: {
    openapi: {
      good: `
openapi: 3.0.4
components:
  schemas:
    User: { type: object, properties: { name: { type: string } } }
    Order:
      type: object
      properties:
        # In 3.0 nothing may stand beside a reference: this is how it gets a description.
        buyer:
          description: Who pays.
          allOf: [{ $ref: '#/components/schemas/User' }]
        contact: { oneOf: [{ type: string }, { $ref: '#/components/schemas/User' }] }
`,
      bad: `
openapi: 3.0.4
components:
  schemas:
    User: { type: object, properties: { name: { type: string } } }
    Owner: { allOf: [{ $ref: '#/components/schemas/User' }] }
    Name: { description: A name., oneOf: [{ type: string }] }
`,
      *find(api) {
        for (const { value, at } of schemas(api)) {
          for (const combinator of ['allOf', 'anyOf', 'oneOf']) {
            const members = itemsOf(value[combinator]);
            const [member] = members;
            if (members.length !== 1 || !isObject(member)) continue;
            // What stands beside the only member is why it is wrapped.
            if (Object.keys(value).length > 1 && (member['$ref'] !== undefined || value['discriminator'] !== undefined))
              continue;
            yield {
              at: at.child(combinator),
              message: `\`${combinator}\` of ${titleOf(at)} has one member alone.`,
              help: 'Write the member itself.',
            };
          }
        }
      },
    },
  },
});
