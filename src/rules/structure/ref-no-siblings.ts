import { strayReferences } from '../../languages/openapi/strays.ts';
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
      *find(api) {
        if (api.version !== '2.0' && api.version !== '3.0') return;
        const holders = [...api.index.references.map(({ holder }) => holder), ...strayReferences(api)];
        for (const holder of holders) {
          for (const key in holder.value) {
            if (key === '$ref' || key.startsWith('x-')) continue;
            yield {
              at: holder.at.child(key),
              message: `\`${key}\` is ignored, because it stands beside a \`$ref\`.`,
              help: 'Remove it, or put the reference into an `allOf` beside it.',
            };
          }
        }
      },
    },
  },
});
