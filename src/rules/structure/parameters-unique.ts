import { asString, get } from '../../languages/openapi/json.ts';
import { parameterEntries } from '../../languages/openapi/parameter-lists.ts';
import type { Pointer } from '../../languages/openapi/pointer.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/parameters-unique',
  summary: 'no list of parameters holds the same name and location twice',
  why: `Which of the two a client has to send, and by which of the two a server validates, is left to the tool.`,
  sources: ['OpenAPI 3.1.1, Operation Object', 'RFC 9110, section 5.1'],
  equivalents: ['spectral:operation-parameters', 'redocly:operation-parameters-unique', 'spectral:path-params'],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: integer } }
        - { name: id, in: query, schema: { type: string } }
        - { name: ID, in: query, schema: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { $ref: '#/components/parameters/Limit' }
        - { name: X-Trace, in: header, schema: { type: string } }
        - { name: x-trace, in: header, schema: { type: string } }
components:
  parameters:
    Limit: { name: limit, in: query, schema: { type: integer } }
`,
      *find(api) {
        const { Operation, PathItem } = api.index.nodes;
        for (const holder of [...PathItem, ...Operation]) {
          const firsts = new Map<string, Pointer>();
          for (const { value, used } of parameterEntries(api, holder)) {
            const [name, place] = [asString(get(value, 'name')), asString(get(value, 'in'))];
            if (name === undefined || place === undefined || place === 'body') continue;
            const key = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
            const first = firsts.get(key);
            if (!first) firsts.set(key, used);
            else {
              yield {
                at: used,
                message: `The ${place} parameter \`${name}\` is already in this list.`,
                help: 'Remove one of the two.',
                related: [{ message: 'it stands here first', at: first }],
              };
            }
          }
        }
      },
    },
  },
});
