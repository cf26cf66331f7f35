import { componentUses, useKey } from '../../languages/openapi/component-uses.ts';
import { keysOf } from '../../languages/openapi/json.ts';
import { componentsOf } from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/type-used',
  summary: 'every component is used by something',
  why: `What nothing refers to is read, reviewed and generated for nothing, or was meant to be used and was forgotten.`,
  sources: ['OpenAPI 3.1.1, Components Object', 'Zalando RESTful API Guidelines S005'],
  equivalents: [
    'spectral:oas3-unused-component',
    'spectral:oas2-unused-definition',
    'redocly:no-unused-components',
    'zally:S005',
  ],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
security: [{ Key: [] }]
paths:
  /pets:
    get:
      responses:
        '200':
          description: The pets.
          content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
x-more: { $ref: '#/components/schemas/Later' }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Pet: { discriminator: { propertyName: kind, mapping: { cat: Cat } } }
    Cat: { type: object }
    Dog: { allOf: [{ $ref: '#/components/schemas/Pet' }] }
    Later: { type: object }
`,
      bad: `
openapi: 3.1.0
paths:
  /pets:
    get: { responses: { '200': { description: The pets. } } }
components:
  securitySchemes:
    Key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Node: { properties: { next: { $ref: '#/components/schemas/Node' } } }
`,
      *find(api, _options, { apis }) {
        if (keysOf(api.root.value['paths']).length === 0 && keysOf(api.root.value['webhooks']).length === 0) return;
        const { document } = api.root.at;
        for (const [section, noun] of sections) {
          for (const { name, at } of componentsOf(api, section)) {
            if (at.document !== document || section === 'extensions') continue;
            const key = useKey(document, at);
            if (apis.some((other) => componentUses(other).has(key))) continue;
            yield {
              at: at.onKey,
              message: `Nothing uses the ${noun} \`${name}\`.`,
              help: 'Remove it, or refer to it where it belongs.',
            };
          }
        }
      },
    },
  },
});

const sections: readonly (readonly [string, string])[] = [
  ['schemas', 'schema'],
  ['parameters', 'parameter'],
  ['responses', 'response'],
  ['requestBodies', 'request body'],
  ['headers', 'header'],
  ['examples', 'example'],
  ['links', 'link'],
  ['callbacks', 'callback'],
  ['pathItems', 'path item'],
  ['mediaTypes', 'media type'],
  ['securitySchemes', 'security scheme'],
];
