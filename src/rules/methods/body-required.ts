import { itemsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { bodyOf, effectiveTypes, operations, partsOf, propertiesOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/body-required',
  summary: 'a body with required properties is itself required',
  why: `A request body may be left out unless it says \`required: true\`. A validator then lets an empty request through to code that reads
properties of nothing, and generated clients make the body an optional argument.`,
  sources: ['OpenAPI 3.1.1, Request Body Object', 'guide S4, Documentation Review'],
  equivalents: ['ibm:ibm-no-required-properties-in-optional-body'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    post:
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [customer]
              properties:
                customer: { type: string }
  /orders/{id}/cancel:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                reason: { type: string }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [customer]
              properties:
                customer: { type: string }
`,
      *find(api) {
        const judged = new Set<unknown>();
        for (const operation of operations(api)) {
          const body = bodyOf(api, operation);
          if (!body || body.required || judged.has(body.value)) continue;
          judged.add(body.value);
          const media = body.media.filter(({ name }) => !/patch/i.test(name));
          const name = media.length ? media.map(({ schema }) => requiredName(api, schema)) : [];
          if (!name.length || name.some((found) => found === undefined)) continue;
          yield {
            at: body.at.onKey,
            message: `The body of \`${operation.name}\` may be left out, though \`${name[0]}\` in it is required.`,
            help: 'Add `required: true` to the body.',
          };
        }
      },
    },
  },
});

/** The first property that the schema of an object requires. */
function requiredName(api: OpenApi, schema: At | undefined): string | undefined {
  if (!schema || !effectiveTypes(api, schema).includes('object')) return undefined;
  for (const property of propertiesOf(api, schema).values()) if (property.required) return property.name;
  for (const { value } of partsOf(api, schema)) {
    const name = itemsOf(value['required'])[0];
    if (typeof name === 'string') return name;
  }
  return undefined;
}
