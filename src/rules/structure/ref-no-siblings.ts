import { removeEntry, replaceProperty } from '../../languages/openapi/edit.ts';
import { get, type JsonObject } from '../../languages/openapi/json.ts';
import type { At } from '../../languages/openapi/references.ts';
import { strayReferences } from '../../languages/openapi/strays.ts';
import type { Fix } from '../../text/fix.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/ref-no-siblings',
  summary: 'nothing stands beside a `$ref` before OpenAPI 3.1',
  why: `Until OpenAPI 3.0 everything beside a \`$ref\` is ignored. A description, a \`nullable\` or a \`readOnly\` written there is never
seen by readers and generators, although its author believes it is.`,
  sources: ['OpenAPI 3.0.4, Reference Object', 'JSON Reference (draft-pbryan-zyp-json-ref-03), section 3'],
  equivalents: ['spectral:no-$ref-siblings', 'redocly:spec-ref-siblings', 'vacuum:oas3-no-$ref-siblings'],
  checks: {
    openapi: {
      good: `
openapi: 3.0.3
components:
  schemas:
    Order:
      properties:
        buyer: { $ref: '#/components/schemas/Person' }
        seller:
          description: Who sells.
          allOf: [{ $ref: '#/components/schemas/Person' }]
        note: { $ref: '#/components/schemas/Person', x-order: 3 }
    Person: { type: object, properties: { $ref: { type: string }, name: { type: string } } }
`,
      bad: `
openapi: 3.0.3
components:
  schemas:
    Order:
      properties:
        buyer:
          $ref: '#/components/schemas/Person'
          description: Who buys.
          nullable: true
    Person: { type: object }
`,
      fixable: 'safe',
      *find(api) {
        if (api.version !== '2.0' && api.version !== '3.0') return;
        for (const { kind, holder, resolution } of api.index.references) {
          yield* siblings(holder, kind === 'Schema' && 'target' in resolution ? resolution.target : null);
        }
        for (const holder of strayReferences(api)) yield* siblings(holder, null);
      },
    },
  },
});

/** @param schema what the reference leads to, where that is a schema */
function* siblings(holder: At<JsonObject>, schema: At | null): Generator<Finding> {
  for (const key in holder.value) {
    if (key === '$ref' || key.startsWith('x-')) continue;
    yield {
      at: holder.at.child(key),
      message: `\`${key}\` is ignored, because it stands beside a \`$ref\`.`,
      help: 'Remove it, or put the reference into an `allOf` beside it.',
      ...(schema && annotations.has(key) ? wrapping(holder, schema) : removing(holder, key)),
    };
  }
}

/** What only tells about a value, and cannot refuse what is accepted now. */
const annotations: ReadonlySet<string> = new Set(
  'title description deprecated example externalDocs readOnly writeOnly'.split(' '),
);

/** Beside a schema without a type, an `allOf` would look as if it had forgotten its own. */
function wrapping({ value, at }: At<JsonObject>, schema: At): { fix?: Fix } {
  if (get(schema.value, 'type') === undefined || value['allOf'] !== undefined) return {};
  const edits = () => replaceProperty(at.child('$ref'), 'allOf', [{ $ref: String(value['$ref']) }]);
  return { fix: { title: 'Put the reference into an `allOf`', safe: true, edits } };
}

function removing({ at }: At<JsonObject>, key: string): { fix: Fix } {
  return { fix: { title: `Remove \`${key}\``, safe: true, edits: () => removeEntry(at.child(key)) } };
}
