import { directionOf } from '../../languages/openapi/direction.ts';
import { asString, get, itemsOf, type JsonObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { ownProperties, type Property, partsOf, schemas } from '../../languages/openapi/select.ts';
import { capitalised, titleOf } from '../../languages/openapi/titles.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'evolution/optional-is-nullable',
  summary: 'optional properties of answers say whether they can be null or are left out',
  why: `"Not required" leaves open what comes when there is no value: nothing, or \`null\`. Clients in typed languages find out when
the case that nobody tried arrives.`,
  sources: ['guide S4, Graceful Degradation', 'Zalando 123'],
  equivalents: [],
  absent: { graphql: 'Every type says whether it can be null; `schemas/root-field-nullable` is about root fields.' },
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200':
          content:
            application/json:
              schema:
                type: object
                required: [id]
                properties:
                  id: { type: string }
                  note: { type: [string, 'null'] }
                  shipped_at: { type: string, format: date-time, description: Absent before the order is shipped. }
    patch:
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { note: { type: string } } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200':
          content:
            application/json: { schema: { $ref: '#/components/schemas/Order' } }
components:
  schemas:
    Order:
      type: object
      required: [id]
      properties:
        id: { type: string }
        note: { type: string }
        shipped_at: { type: string, format: date-time }
        paid_at: { type: [string, 'null'], format: date-time }
`,
      *find(api) {
        // Where nothing is ever null, optional means left out. 2.0 has no word for null.
        if (api.version === '2.0' || !schemas(api).some(({ value }) => allowsNull(value))) return;
        for (const schema of schemas(api)) {
          const { request, response } = directionOf(api, schema);
          if (!response || request) continue;
          const open = ownProperties(schema).filter((property) => !property.required && !saysAbsence(api, property));
          if (open.length === 0) continue;
          const names = open.slice(0, 3).map(({ name }) => `\`${name}\``);
          const rest = open.length > 3 ? ` and ${open.length - 3} more` : '';
          yield {
            at: schema.at,
            message: `${capitalised(titleOf(schema.at))} does not say whether ${names.join(', ')}${rest} can be null or are left out.`,
            help: 'Require them, allow null, or say when they are absent.',
          };
        }
      },
    },
  },
});

const absence =
  /\b(?:absent|omitted|left out|missing|not (?:present|set|returned|included)|(?:only|if|when)\b[^.]{0,60}\b(?:present|set|returned|included|available)|null|empty|optional(?:ly)?)\b/i;

function saysAbsence(api: OpenApi, property: Property): boolean {
  const parts = partsOf(api, property);
  if (parts.length === 0) return true;
  return parts.some(
    ({ value }) =>
      allowsNull(value) ||
      value['default'] !== undefined ||
      value['writeOnly'] === true ||
      absence.test(asString(value['description']) ?? ''),
  );
}

function allowsNull(schema: JsonObject): boolean {
  return (
    schema['nullable'] === true ||
    schema['const'] === null ||
    schema['type'] === 'null' ||
    itemsOf(schema['type']).includes('null') ||
    itemsOf(schema['enum']).includes(null) ||
    ['oneOf', 'anyOf'].some((name) => itemsOf(schema[name]).some((member) => get(member, 'type') === 'null'))
  );
}
