import { describe, expect, it } from 'vitest';
import { maturityOf } from '../../../src/conventions/openapi/maturity.ts';
import { apiOf } from '../../languages/openapi/api.ts';

/** The maturity of an API with these operations, `GET /orders`, which all answer alike. */
function maturity(operations: readonly string[], responses: unknown = { 200: {}, 404: {} }) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const [method, path, operationId] = operation.split(' ') as [string, string, string?];
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = { ...(operationId && { operationId }), responses };
  }
  return maturityOf(apiOf(JSON.stringify({ openapi: '3.1.0', paths })));
}

function item(properties: unknown, more: Record<string, unknown> = {}, mediaType = 'application/json') {
  const schema = { type: 'object', properties: { id: { type: 'string' }, ...(properties as object) } };
  return { 200: { content: { [mediaType]: { schema } }, ...more }, 404: {} };
}

const crud = ['GET /orders', 'POST /orders', 'GET /orders/{id}', 'DELETE /orders/{id}'];

describe('the Richardson level', () => {
  it('is 0 for one address, and for addresses of procedures', () => {
    expect(maturity(['POST /api'])).toMatchObject({
      level: 0,
      steps: [{ reached: false, reason: 'All operations share one path, `/api`.' }, {}, {}],
    });
    for (const paths of [
      ['POST /getUser', 'POST /createUser'],
      ['GET /users.list', 'POST /chat.postMessage'],
      ['GET /users/create', 'POST /users/{id}/delete'],
    ]) {
      expect(maturity(paths)?.level, paths.join()).toBe(0);
    }
  });

  it('is 1 for things that are spoken to by one method, by wrong methods, or without codes for refusals', () => {
    expect(maturity(['POST /orders', 'POST /users'])?.level).toBe(1);
    expect(maturity(['GET /orders deleteOrders', 'GET /users createUser', 'POST /carts listCarts'])?.level).toBe(1);
    expect(maturity(crud, { 200: {} })).toMatchObject({
      level: 1,
      steps: [
        { reached: true, reason: '2 of 2 paths name things.' },
        {
          reached: false,
          reason:
            '4 of 4 operations use the method that their name asks for; the codes of 0 of 4 tell success from refusal.',
        },
        {},
      ],
    });
  });

  it('is 2 for things, methods and codes', () => {
    expect(maturity(crud)?.level).toBe(2);
    expect(maturity(['GET /orders', 'GET /users'])?.level, 'what can only be read').toBe(2);
    expect(maturity(['POST /orders', 'POST /orders/{id}/cancel', 'GET /orders'])?.level, 'actions on items').toBe(2);
    expect(maturity(['GET /v1.1/orders', 'POST /orders.json'])?.level, 'versions and file endings').toBe(2);
    expect(maturity(['GET /orders', 'POST /orders/search searchOrders'])?.level, 'searches with a body').toBe(2);
  });

  it.each([
    ['a property', item({ _links: { type: 'object' } })],
    ['a media type', item({}, {}, 'application/hal+json')],
    ['a header', item({}, { headers: { Link: { schema: { type: 'string' } } } })],
    ['OpenAPI links', item({}, { links: { next: { operationId: 'next' } } })],
  ])('is 3 for items that carry links, as %s', (_, responses) => {
    expect(maturity(crud, responses)).toMatchObject({
      level: 3,
      steps: [{}, {}, { reason: 'Links to what can be done next are in 1 of 1 kinds of items.' }],
    });
  });

  it('counts a level only with all below it', () => {
    const links = item({ links: { type: 'object' } });
    const found = maturity(['GET /getOrder', 'GET /fetchUser/{id}', 'GET /loadCart'], links);
    expect(found).toMatchObject({ level: 0, steps: [{ reached: false }, { reached: true }, { reached: true }] });
  });

  it('is not given without operations', () => {
    expect(maturity([])).toBeUndefined();
    expect(maturityOf(apiOf('openapi: 3.1.0\npaths: nonsense\n'))).toBeUndefined();
  });
});
