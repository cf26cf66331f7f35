import { resources, returned, taken } from '../../conventions/openapi/resources.ts';
import { asString } from '../../languages/openapi/json.ts';
import { keyword, type Operation } from '../../languages/openapi/select.ts';
import { operationVerb } from '../../words/verbs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/put-replaces',
  summary: 'PUT takes the whole representation',
  why: `PUT replaces. Where it takes what a PATCH would, half of the clients believe that what they leave out stays, the other half that it
is cleared, and one of them loses data.`,
  sources: [
    'guide S4, HTTP Method Usage',
    'guide S2, RESTful API Design Principles',
    'RFC 9110, section 9.3.4',
    'Zalando 148',
  ],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                required: [id, customer]
                properties:
                  id: { type: string, readOnly: true }
                  customer: { type: string }
                  note: { type: string }
    put:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [customer]
              properties:
                customer: { type: string }
                note: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema:
                type: object
                required: [id, customer, items]
                properties:
                  id: { type: string }
                  customer: { type: string }
                  items: { type: array, items: { type: string } }
    put:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                customer: { type: string }
                items: { type: array, items: { type: string } }
`,
      *find(api) {
        for (const { item } of resources(api)) {
          const put = item.get('put');
          const get = item.get('get');
          const written = put && taken(api, put);
          const read = get && returned(api, get);
          if (!put || !get || !written || !read || written.object.value === read.object.value) continue;
          if (adds(put)) continue;
          const optional = [...written.properties.values()].filter(
            (property) =>
              !property.required &&
              read.properties.get(property.name)?.required &&
              keyword(api, property, 'readOnly') !== true &&
              keyword(api, property, 'default') === undefined &&
              keyword(api, read.properties.get(property.name), 'readOnly') !== true,
          );
          if (optional.length === 0) continue;
          const names = optional.slice(0, 3).map(({ name }) => `\`${name}\``);
          const more = optional.length > 3 ? ` and ${optional.length - 3} more` : '';
          yield {
            at: written.object.at,
            message: `\`${put.name}\` may leave out ${names.join(', ')}${more}, which a GET always returns.`,
            help: 'Require what the read model requires, or make it a PATCH.',
          };
        }
      },
    },
  },
});

/** Whether a PUT is there to create under an id of the client's choice, where the server fills in the rest. */
function adds({ value }: Operation): boolean {
  const verb = operationVerb(asString(value['operationId']) ?? '');
  return verb === 'add' || verb === 'create';
}
