import { asString } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  keyword,
  type Operation,
  operations,
  partsOf,
  propertiesOf,
} from '../../languages/openapi/select.ts';
import { split } from '../../words/split.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'limits/batch-bounded',
  summary: 'a batch has a highest number of items',
  why: `One request with a million items is as expensive as a million requests, and slips past a limit that counts requests. Callers
who know the bound can cut their work into pieces that are accepted.`,
  sources: ['guide S4, Batch Operations', 'OWASP API4:2023', 'AIP-231'],
  equivalents: [],
  options: {
    max: {
      description: 'The most items that a batch may have.',
      default: 100,
      schema: { type: 'integer', minimum: 1 },
    },
  },
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
              properties:
                operations: { type: array, maxItems: 50, items: { type: object } }
                notify: { type: array, items: { type: string, format: email } }
  /orders/{id}:
    patch:
      requestBody:
        content:
          application/json-patch+json: { schema: { type: array, items: { type: object } } }
  /orders:
    post:
      requestBody:
        content:
          application/json:
            schema:
              properties:
                lines: { type: array, items: { type: object } }
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
              properties:
                operations: { type: array, items: { type: object } }
  /orders:bulkDelete:
    post:
      requestBody:
        content:
          application/json:
            schema:
              properties:
                ids: { type: array, maxItems: 5000, items: { type: string } }
  /products:
    patch:
      requestBody:
        content:
          application/json:
            schema: { type: array, items: { type: object } }
`,
      *find(api, { max }) {
        const seen = new Set<unknown>();
        for (const operation of operations(api)) {
          for (const array of batchesOf(api, operation)) {
            if (seen.has(array.value)) continue;
            seen.add(array.value);
            const most = keyword(api, array, 'maxItems');
            if (typeof most === 'number' && most <= max) continue;
            const what = array.name === undefined ? 'The body' : `\`${array.name}\``;
            const message =
              typeof most === 'number'
                ? `${what} of \`${operation.name}\` takes batches of ${most} items, more than ${max}.`
                : `${what} of \`${operation.name}\` takes batches of any size.`;
            const place = partsOf(api, array).find(({ value }) => typeof value['maxItems'] === 'number');
            yield {
              at: place ? place.at.child('maxItems') : array.at,
              message,
              help: `Set \`maxItems\` to at most ${max}.`,
            };
          }
        }
      },
    },
  },
});

interface Batch extends At {
  readonly name: string | undefined;
}

/** The arrays of a body that make the request a batch. */
function batchesOf(api: OpenApi, operation: Operation): Batch[] {
  if (operation.method === 'get' || operation.method === 'head') return [];
  const body = bodyOf(api, operation)?.media.find(({ name }) => isJson(name) && !/json-patch/i.test(name))?.schema;
  const schema = body && api.resolve(body);
  if (!schema) return [];
  const named = isBatch(operation);
  if (effectiveTypes(api, schema).includes('array')) {
    return named || (holdsObjects(api, schema) && !isPatch(api, schema)) ? [{ ...schema, name: undefined }] : [];
  }
  if (!named) return [];
  const arrays = [...propertiesOf(api, schema).values()].filter((property) =>
    effectiveTypes(api, property).includes('array'),
  );
  if (arrays.length === 1) return arrays;
  return arrays.filter((property) => holdsObjects(api, property) || /(?:^|_)ids?$|Ids?$/.test(property.name));
}

const batchWords = new Set(['batch', 'bulk']);

/** Whether path or name say that many things are done at once. What has an id below a batch is about one. */
function isBatch({ path, value }: Operation): boolean {
  const segments = segmentsOf(path);
  const ends = segments.slice(-2).filter(({ literal }) => literal);
  const name = asString(value['operationId']) ?? '';
  return [
    ...ends.map(({ text }) => text),
    ...segments.slice(-1).map(({ text }) => text.replace(/^.*:/s, '')),
    name,
  ].some((text) => split(text).some((word) => batchWords.has(word)));
}

function holdsObjects(api: OpenApi, array: At): boolean {
  const items = itemsOf(api, array);
  return items !== undefined && effectiveTypes(api, items).includes('object');
}

/** JSON Patch (RFC 6902): steps to change one thing. */
function isPatch(api: OpenApi, array: At): boolean {
  return propertiesOf(api, itemsOf(api, array)).has('op');
}

function itemsOf(api: OpenApi, array: At): At | undefined {
  const holder = partsOf(api, array).find(({ value }) => value['items'] !== undefined);
  return holder && { value: holder.value['items'], at: holder.at.child('items') };
}
