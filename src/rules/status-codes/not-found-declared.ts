import { get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { isItemPath, segmentsOf } from '../../languages/openapi/paths.ts';
import {
  codesOf,
  declares,
  effectiveTypes,
  isJson,
  type Operation,
  operations,
  successesOf,
} from '../../languages/openapi/select.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'status-codes/not-found-declared',
  summary: 'an operation on an item declares 404',
  why: `Items are deleted and ids mistyped. Callers handle that only if the document says how it looks.`,
  sources: ['guide S4, Status Code Strategy', 'RFC 9110, section 15.5.5'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200': { description: The order. }
        '404': { description: There is no such order. }
    put:
      responses:
        '200': { description: Replaced. }
        '201': { description: Created at this URL. }
  /orders:
    get:
      responses:
        '200': { description: The orders. }
  /tags/matching/{prefix}:
    get:
      responses:
        '200': { description: 'The tags, or none.' }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      responses:
        '200': { description: The order. }
`,
      *find(api) {
        for (const operation of operations(api)) {
          if (codesOf(api, operation).length === 0) continue;
          if (!addressesItem(operation) || codesOf(api, operation).includes('410') || finds(api, operation)) continue;
          if (declares(api, operation, '404')) continue;
          yield {
            at: operation.at.child('responses'),
            message: `\`${operation.name}\` addresses an item and declares no 404.`,
            help: 'Declare how it answers when there is no such item.',
          };
        }
      },
    },
  },
});

/** A PUT that can answer 201 makes what it does not find. */
function addressesItem({ method, path, value }: Operation): boolean {
  if (!isItemPath(path)) return false;
  if (method === 'put') return get(value['responses'], '201') === undefined;
  return ['get', 'head', 'patch', 'delete'].includes(method);
}

/** A search that puts its terms into the path finds nothing rather than fail. */
function finds(api: OpenApi, operation: Operation): boolean {
  if (operation.method !== 'get') return false;
  if (segmentsOf(operation.path).some(({ text, literal }) => literal && /search|find|match/i.test(text))) return true;
  return successesOf(api, operation).some(({ media }) =>
    media.some(({ name, schema }) => isJson(name) && effectiveTypes(api, schema).includes('array')),
  );
}
