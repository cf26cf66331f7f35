import { removeEntry } from '../../languages/openapi/edit.ts';
import { asString, asText, get } from '../../languages/openapi/json.ts';
import { parameterEntries } from '../../languages/openapi/parameter-lists.ts';
import { type Pointer, valueAt } from '../../languages/openapi/pointer.ts';
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
      fixable: 'safe',
      *find(api) {
        const { Operation, PathItem } = api.index.nodes;
        for (const holder of [...PathItem, ...Operation]) {
          const firsts = new Map<string, { used: Pointer; value: unknown }>();
          for (const { value, used } of parameterEntries(api, holder)) {
            const [name, place] = [asString(get(value, 'name')), asString(get(value, 'in'))];
            if (name === undefined || place === undefined || place === 'body') continue;
            const key = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
            const first = firsts.get(key);
            if (!first) firsts.set(key, { used, value });
            else {
              yield {
                at: used,
                message: `The ${place} parameter \`${name}\` is already in this list.`,
                help: 'Remove one of the two.',
                related: [{ message: 'it stands here first', at: first.used }],
                ...(asText(value) === asText(first.value) && {
                  fix: {
                    title: 'Remove one of the two',
                    safe: true,
                    edits: () => removeEntry(spareOf(first.used, used)),
                  },
                }),
              };
            }
          }
        }
      },
    },
  },
});

/** The one that is written out, since the other may be the only use of a shared parameter; else the second. */
function spareOf(first: Pointer, second: Pointer): Pointer {
  const isReference = (at: Pointer) => get(valueAt(at.document.value, at.path), '$ref') !== undefined;
  return isReference(second) && !isReference(first) ? first : second;
}
