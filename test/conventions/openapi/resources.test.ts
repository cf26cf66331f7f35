import { describe, expect, it } from 'vitest';
import { resources, returned, shapeOf, taken } from '../../../src/conventions/openapi/resources.ts';
import { operations } from '../../../src/languages/openapi/select.ts';
import { apiOf } from '../../languages/openapi/api.ts';

describe('resources', () => {
  it('are the paths that end in a placeholder behind a literal, with their collections', () => {
    const api = apiOf(`openapi: 3.1.0
paths:
  /orders: { get: {}, post: {} }
  /orders/{id}: { get: {}, delete: {} }
  /orders/{order}/items/{id}: { get: {} }
  /{tenant}: { get: {} }
  /{owner}/{repo}: { get: {} }
`);
    const found = resources(api).map(({ path, item, collection }) => [path, [...item.keys()], [...collection.keys()]]);
    expect(found).toEqual([
      ['/orders/{id}', ['get', 'delete'], ['get', 'post']],
      ['/orders/{order}/items/{id}', ['get'], []],
    ]);
  });

  it('have paths that are alike but for the names of placeholders', () => {
    expect(shapeOf('/orders/{id}/')).toBe(shapeOf('/orders/{orderId}'));
    expect(shapeOf('/orders/{id}.json')).not.toBe(shapeOf('/orders/{id}'));
  });
});

describe('the object that is returned', () => {
  const namesOf = (schema: string, path = '/orders/{id}'): string[] | undefined => {
    const api = apiOf(`openapi: 3.1.0
paths:
  ${path}:
    get:
      responses:
        '200': { content: { application/json: { schema: ${schema} } } }
`);
    const found = returned(api, operations(api)[0]!);
    return found && [...found.properties.keys()];
  };
  const order = '{ type: object, properties: { id: { type: string }, total: { type: string } } }';

  it('is the body, or what its envelope holds', () => {
    expect(namesOf(order)).toEqual(['id', 'total']);
    expect(namesOf(`{ type: object, properties: { data: ${order}, meta: { type: object } } }`)).toEqual([
      'id',
      'total',
    ]);
    expect(namesOf(`{ type: object, properties: { order: ${order} } }`)).toEqual(['id', 'total']);
    expect(namesOf(`{ type: object, properties: { buyer: ${order}, id: { type: string } } }`)).toEqual(['buyer', 'id']);
  });

  it('is nothing for lists, alternatives and other types', () => {
    expect(namesOf(`{ type: object, properties: { orders: { type: array, items: ${order} } } }`)).toBeUndefined();
    expect(
      namesOf(`{ type: object, properties: { items: { type: array }, limit: { type: integer } } }`),
    ).toBeUndefined();
    expect(namesOf(`{ type: object, properties: { items: { type: array }, buyer: { type: string } } }`)).toEqual([
      'items',
      'buyer',
    ]);
    expect(namesOf(`{ oneOf: [${order}, ${order}] }`)).toBeUndefined();
    expect(namesOf('{ type: string }')).toBeUndefined();
    expect(namesOf('null')).toBeUndefined();
  });

  it('is told apart from what is taken', () => {
    const api = apiOf(`swagger: '2.0'
paths:
  /orders/{id}:
    put:
      parameters:
        - { name: total, in: formData, type: string }
      responses: { '204': { description: Done. } }
`);
    const [put] = operations(api);
    expect([...taken(api, put!)!.properties.keys()]).toEqual(['total']);
    expect(returned(api, put!)).toBeUndefined();
  });
});
