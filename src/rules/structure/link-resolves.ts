import { asString, get, isObject, keysOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { everyOperation, type Node, type Operation, parametersOf } from '../../languages/openapi/select.ts';
import { closest } from '../../text/closest.ts';
import type { Finding } from '../../text/problem.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  id: 'structure/link-resolves',
  summary: 'a link leads to an operation and fills parameters that it has',
  why: `Links are there to be followed by programs. One that leads nowhere, or hands over a parameter that nobody takes, fails only when
it is followed.`,
  sources: ['OpenAPI 3.1.1, Link Object', 'guide S4, HATEOAS'],
  equivalents: [],
  checks: {
    openapi: {
      good: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      operationId: readOrder
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
components:
  links:
    Order: { operationId: readOrder, parameters: { path.id: $response.body#/id } }
    Same: { operationRef: '#/paths/~1orders~1{id}/get', parameters: { id: $response.body#/id } }
    Elsewhere: { operationRef: 'https://example.com/openapi.yaml#/paths/~1items/get' }
`,
      bad: `
openapi: 3.1.0
paths:
  /orders/{id}:
    get:
      operationId: readOrder
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
components:
  links:
    Order: { operationId: getOrder, parameters: { id: $response.body#/id } }
    Same: { operationRef: '#/paths/~1orders/get' }
    Item: { operationRef: '#/components/links/Same' }
    Next: { operationId: readOrder, parameters: { orderId: $response.body#/id } }
`,
      *find(api) {
        const byId = new Map<string, Operation>();
        for (const operation of everyOperation(api)) {
          const id = asString(operation.value['operationId']);
          if (id !== undefined && !byId.has(id)) byId.set(id, operation);
        }
        for (const link of api.index.nodes.Link) {
          const id = asString(link.value['operationId']);
          const ref = asString(link.value['operationRef']);
          if (id !== undefined) {
            const operation = byId.get(id);
            if (operation) yield* parameterNames(api, link, operation);
            else {
              const meant = closest(id, byId.keys());
              yield {
                at: link.at.child('operationId'),
                message: `No operation has the operationId \`${id}\`.`,
                ...(meant !== null && { help: `Did you mean \`${meant}\`?` }),
              };
            }
          } else if (ref !== undefined) yield* referred(api, link, ref);
        }
      },
    },
  },
});

function* referred(api: OpenApi, link: Node, ref: string): Generator<Finding> {
  const at = link.at.child('operationRef');
  const resolution = api.references.resolve(ref, link.at);
  if ('broken' in resolution) {
    if (!resolution.remote) yield { at, message: `\`${ref}\` leads nowhere: ${resolution.broken}.` };
    return;
  }
  const operation = everyOperation(api).find(({ value }) => value === resolution.target.value);
  if (operation) yield* parameterNames(api, link, operation);
  else if (!isObject(resolution.target.value) || !api.index.nodeOf('Operation', resolution.target.value)) {
    yield { at, message: `\`${ref}\` leads to something that is no operation.` };
  }
}

function* parameterNames(api: OpenApi, { value, at }: Node, operation: Operation): Generator<Finding> {
  const taken = parametersOf(api, operation);
  const listed = [operation.value, operation.pathItem.value].some((holder) => Array.isArray(get(holder, 'parameters')));
  for (const key of keysOf(value['parameters'])) {
    if (key.startsWith('x-')) continue;
    if (taken.some(({ name, in: place }) => key === name || key === `${place}.${name}`)) continue;
    const meant = listed
      ? closest(
          key,
          taken.map(({ name }) => name),
        )
      : null;
    yield {
      at: at.child('parameters').child(key).onKey,
      message: `\`${operation.name}\` has no parameter \`${key}\`.`,
      ...(meant !== null && { help: `Did you mean \`${meant}\`?` }),
    };
  }
}
