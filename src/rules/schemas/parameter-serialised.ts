import { asText, get } from '../../languages/openapi/json.ts';
import { effectiveTypes, parameters, simpleSchemas } from '../../languages/openapi/select.ts';
import { article } from '../../languages/openapi/values/words.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'schemas/parameter-serialised',
  summary: 'parameters that are arrays or objects say how they are written in the URL',
  why: `\`?id=1&id=2\`, \`?id=1,2\` and \`?id[]=1\` are three ways to send one list, and each framework has its own favourite. The default of OpenAPI (\`form\`,
exploded) is rarely known by heart, so clients and servers that rely on it silently differ.`,
  sources: [
    'OpenAPI 3.1.1, Style Values',
    'Swagger 2.0, Parameter Object, collectionFormat',
    'Zalando #154',
    'guide S4, Search and Filtering',
  ],
  equivalents: ['redocly:array-parameter-serialization', 'zally:154'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, style: form, explode: false, schema: { type: array, items: { type: string } } }
        - { name: filter, in: query, style: deepObject, schema: { type: object } }
        - { name: limit, in: query, schema: { type: integer } }
        - name: where
          in: query
          content:
            application/json:
              schema: { type: object }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: status, in: query, schema: { type: array, items: { type: string } } }
        - { name: filter, in: query, schema: { type: object } }
`,
      *find(api) {
        if (api.version === '2.0') {
          for (const { value, at, kind } of simpleSchemas(api)) {
            if (kind !== 'Parameter' || value['type'] !== 'array' || value['collectionFormat'] !== undefined) continue;
            yield unsaid(at, asText(value['name']), 'array', 'Give it a `collectionFormat`, best `csv` or `multi`.');
          }
          return;
        }
        for (const { value, at, name, in: place, schema } of parameters(api)) {
          if (get(value, 'style') !== undefined || get(value, 'explode') !== undefined) continue;
          if (place === 'querystring' || value['schema'] === undefined) continue;
          const structure = effectiveTypes(api, schema).find((type) => type === 'array' || type === 'object');
          if (structure === undefined) continue;
          yield unsaid(at, name, structure, 'Give it `style` and `explode`, even where they are the default.');
        }
      },
    },
  },
});

function unsaid(at: Finding['at'], name: string, structure: string, help: string): Finding {
  return {
    at,
    message: `\`${name}\` is ${article(structure)}, but does not say how it is written in the request.`,
    help,
  };
}
