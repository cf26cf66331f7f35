import { departures } from '../../languages/openapi/conformance.ts';
import { entriesOf, get, isObject, type JsonObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/reference-allowed',
  summary: 'references stand only where the specification allows them',
  why: `Only some tools follow a \`$ref\` in the place of an operation, of \`info\` or of a map. Others take it for a property named
\`$ref\`, or for a part of an example, and say nothing.`,
  sources: ['OpenAPI 3.1.1, Reference Object'],
  equivalents: ['redocly:spec-strict-refs', 'ibm:ibm-no-ref-in-example'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders: { $ref: '#/components/pathItems/Orders' }
components:
  pathItems:
    Orders: {}
  schemas:
    Order:
      type: object
      properties: { $ref: { type: string } }
      examples: [{ ref: '#/components/schemas/Order' }]
`,
      bad: `
openapi: 3.1.0
info: { $ref: '#/x-info' }
paths:
  /orders:
    get: { $ref: '#/x-list' }
components:
  schemas:
    Order:
      type: object
      properties: { $ref: '#/x-properties' }
      example: { line: { $ref: '#/x-line' } }
x-info: { title: Orders, version: '1' }
x-list: {}
x-properties: {}
x-line: {}
`,
      *find(api) {
        for (const { aspect, ...finding } of departures(api)) if (aspect === 'reference') yield finding;
        for (const example of exampleValues(api)) yield* referencesIn(example);
      },
    },
  },
});

/** The values that documents show as examples or state as such. */
function* exampleValues(api: OpenApi): Generator<At> {
  const { Schema, MediaType, Parameter, Header, Example } = api.index.nodes;
  for (const { value, at } of [...Schema, ...MediaType, ...Parameter, ...Header]) {
    if (value['example'] !== undefined) yield { value: value['example'], at: at.child('example') };
    if (Array.isArray(value['examples'])) yield { value: value['examples'], at: at.child('examples') };
  }
  for (const { value, at } of Example)
    if (value['value'] !== undefined) yield { value: value['value'], at: at.child('value') };
}

function* referencesIn(example: At): Generator<Finding> {
  const pending = [example];
  const seen = new Set<unknown>();
  for (let here = pending.pop(); here; here = pending.pop()) {
    const { value, at } = here;
    if (value === null || typeof value !== 'object' || seen.has(value)) continue;
    seen.add(value);
    if (isObject(value) && get(value, '$ref') !== undefined) {
      yield {
        at: at.child('$ref').onKey,
        message: 'A `$ref` in an example is part of the example: it is not followed.',
        help: 'Write out what it should show.',
      };
    }
    const children = Array.isArray(value) ? [...value.entries()] : entriesOf(value as JsonObject);
    for (const [key, child] of children)
      if (child !== null && typeof child === 'object') pending.push({ value: child, at: at.child(key) });
  }
}
