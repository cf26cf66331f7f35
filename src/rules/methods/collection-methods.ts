import { type Resource, resources } from '../../conventions/openapi/resources.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import { bodyOf, effectiveTypes, type Operation, propertiesOf } from '../../languages/openapi/select.ts';
import { number } from '../../words/plurals.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'methods/collection-methods',
  summary: 'PUT, PATCH and DELETE act on items, POST on collections and actions',
  why: `A forgotten id turns \`DELETE /orders/{id}\` into \`DELETE /orders\`; where that is an operation too, everything is gone. Clients that
know one resource expect the same methods in the same places of all others.`,
  sources: ['guide S4, HTTP Method Usage', 'guide S1, REST API Design', 'Zalando 148', 'AIP-131 to AIP-135'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders:
    get: {}
    post: {}
  /orders/{id}:
    get: {}
    put: {}
    patch: {}
    delete: {}
  /orders/{id}/cancel:
    post: {}
  /settings:
    get: {}
    put: { description: Settings are one thing; they have no items here. }
  /labels/{name}:
    get: {}
  /labels:
    get: {}
    put:
      description: Replaces the collection as such.
      requestBody:
        content:
          application/json:
            schema: { type: array, items: { type: string } }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders:
    get: {}
    post: {}
    put: {}
    delete: {}
  /orders/{id}:
    get: {}
    post: {}
`,
      *find(api) {
        for (const resource of resources(api)) {
          if (!hasItems(resource)) continue;
          for (const method of ['put', 'patch', 'delete']) {
            const operation = resource.collection.get(method);
            if (!operation || takesAll(api, operation)) continue;
            yield {
              at: operation.at,
              message: `\`${operation.name}\` acts on the collection rather than on an item.`,
              help: `Act on one item, as \`${method.toUpperCase()} ${resource.path}\`, or make it a POST to an action or a batch.`,
            };
          }
          const post = resource.item.get('post');
          if (!post || !resource.item.has('get')) continue;
          yield {
            at: post.at,
            message: `\`${post.name}\` is a POST on an item.`,
            help: 'Update with PATCH or PUT; give an action a path of its own below the item.',
          };
        }
      },
    },
  },
});

/** Whether the path before the placeholder is that of a collection which is listed or created in. */
function hasItems({ path, collection }: Resource): boolean {
  const name = segmentsOf(path).at(-2)?.text ?? '';
  return number(name) === 'plural' && (collection.has('get') || collection.has('post'));
}

/** Whether a PUT or PATCH takes the items themselves: the collection is then what it replaces or changes. */
function takesAll(api: OpenApi, operation: Operation): boolean {
  return (bodyOf(api, operation)?.media ?? []).some(({ schema }) => {
    if (effectiveTypes(api, schema).includes('array')) return true;
    const all = [...propertiesOf(api, schema).values()];
    return all.length > 0 && all.length < 3 && all.some((property) => effectiveTypes(api, property).includes('array'));
  });
}
