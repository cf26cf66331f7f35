import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  keyword,
  type MediaType,
  type Operation,
  operations,
  propertiesOf,
  successesOf,
} from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'resources/batch-shape',
  summary: 'a batch takes a list and answers with a result for each of its items',
  why: `Of a hundred items, three fail. A client that gets one status for all of them cannot know which to send again, and sends all or
none.`,
  sources: ['guide S4, Batch Operations', 'guide S2, Bulk Operations', 'AIP-231 to AIP-235', 'Zalando 152'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/batch:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                operations: { type: array, items: { type: object } }
      responses:
        '200':
          description: One result for each operation.
          content:
            application/json:
              schema:
                type: object
                properties:
                  results: { type: array, items: { type: object } }
                  summary: { type: object }
  /orders/bulk:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: array, items: { type: object } }
      responses:
        '202': { description: Done in the background. }
  /batches:
    post: { description: Makes a batch; is none. }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/batch:
    post:
      requestBody:
        content:
          application/json:
            schema:
              type: object
              properties:
                ids: { type: string }
      responses:
        '200':
          description: Done.
          content:
            application/json:
              schema:
                type: object
                properties:
                  ok: { type: boolean }
  /customers:batchUpdate:
    post:
      requestBody:
        content:
          application/json:
            schema: { type: array, items: { type: object } }
      responses:
        '204': { description: Done. }
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (!isBatch(operation)) continue;
          const body = jsonOf(bodyOf(api, operation)?.media ?? []);
          if (body && !holdsList(api, body)) {
            yield {
              at: body.at,
              message: `The batch \`${operation.name}\` takes no list.`,
              help: 'Take an array of what is to be done.',
            };
          }
          const answers = successesOf(api, operation);
          if (answers.some(({ code }) => code === '202')) continue;
          const told = answers.flatMap(({ media }) => jsonOf(media) ?? []);
          const [answer] = answers;
          if (!answer || told.some((schema) => holdsList(api, schema))) continue;
          if (answer.media.length > 0 && told.length === 0) continue;
          yield {
            at: told[0]?.at ?? answer.used.onKey,
            message: `The batch \`${operation.name}\` does not answer with a result for each item.`,
            help: 'Return `results`, each with its index and status, and a summary of how many succeeded.',
          };
        }
      },
    },
  },
});

/** Whether a path's end is a batch as an action: `/batch`, `/bulk-delete`, `:batchCreate`; not the thing `/batches`. */
function isBatch({ method, path }: Operation): boolean {
  if (method !== 'post' && method !== 'patch' && method !== 'put') return false;
  const last = segmentsOf(path).at(-1)?.text ?? '';
  const words = split(last.replace(/^[^:]*:/, ''));
  if (words[0] !== 'batch' && words[0] !== 'bulk') return false;
  return words.length === 1 || actions.has(words[1]!);
}

const actions: ReadonlySet<string> = new Set(
  'add archive cancel create delete destroy edit get insert patch remove save send set update upsert write'.split(' '),
);

const jsonOf = (media: readonly MediaType[]): At | undefined => media.find(({ name }) => isJson(name))?.schema;

/** Whether a schema is an array, or an object with one in it. Says yes where the schema leaves that open. */
function holdsList(api: OpenApi, schema: At): boolean {
  if (effectiveTypes(api, schema).includes('array')) return true;
  const properties = [...propertiesOf(api, schema).values()];
  if (properties.length === 0) return true;
  if (['oneOf', 'anyOf'].some((name) => keyword(api, schema, name) !== undefined)) return true;
  return properties.some((property) => {
    const types = effectiveTypes(api, property);
    if (types.length === 0 || types.includes('array')) return true;
    if (!types.includes('object')) return false;
    if (keyword(api, property, 'additionalProperties') !== undefined) return true;
    return [...propertiesOf(api, property).values()].some((inner) => effectiveTypes(api, inner).includes('array'));
  });
}
