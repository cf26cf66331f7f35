import { describe, expect, it } from 'vitest';
import { collections } from '../../../src/conventions/openapi/collections.ts';
import { directionOf } from '../../../src/languages/openapi/direction.ts';
import {
  bodyOf,
  declares,
  isJson,
  operations,
  parametersOf,
  propertiesOf,
  responsesOf,
  schemas,
  securityOf,
  servers,
} from '../../../src/languages/openapi/select.ts';
import { apiOf } from './api.ts';

describe('the parameters of an operation', () => {
  it('are its own, then those of the path that it does not replace, resolved', () => {
    const api = apiOf(`openapi: 3.1.0
paths:
  /a/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: q, in: query, description: of the path }
    get:
      parameters:
        - { name: q, in: query, description: of the operation }
        - $ref: '#/components/parameters/Limit'
        - $ref: '#/components/parameters/Missing'
components:
  parameters:
    Limit: { name: limit, in: query, content: { application/json: { schema: { type: integer } } } }
`);
    const found = parametersOf(api, operations(api)[0]!);
    expect(found.map(({ name, value }) => [name, value['description']])).toEqual([
      ['q', 'of the operation'],
      ['limit', undefined],
      ['id', undefined],
    ]);
    expect(found[1]).toMatchObject({ schema: { value: { type: 'integer' } } });
    expect(found[1]!.at.element).toBe('#/components/parameters/Limit');
    expect(found[1]!.used.element).toBe('#/paths/~1a~1{id}/get/parameters/1');
  });
});

describe('a body', () => {
  it('of 2.0 is its body parameter with the media types that are consumed', () => {
    const api = apiOf(`swagger: '2.0'
consumes: [application/json, application/xml]
paths:
  /a:
    post:
      parameters:
        - { name: body, in: body, required: true, schema: { type: object } }
`);
    const body = bodyOf(api, operations(api)[0]!)!;
    expect(body.required).toBe(true);
    expect(body.media.map(({ name, schema }) => [name, schema?.at.element])).toEqual([
      ['application/json', '#/paths/~1a/post/parameters/0/schema'],
      ['application/xml', '#/paths/~1a/post/parameters/0/schema'],
    ]);
  });

  it('of 2.0 forms is an object of its fields', () => {
    const api = apiOf(`swagger: '2.0'
paths:
  /a:
    post:
      parameters:
        - { name: file, in: formData, type: file, required: true }
        - { name: note, in: formData, type: string }
`);
    const body = bodyOf(api, operations(api)[0]!)!;
    expect(body.media[0]!.name).toBe('application/x-www-form-urlencoded');
    expect(
      [...propertiesOf(api, body.media[0]!.schema).values()].map(({ name, required }) => [name, required]),
    ).toEqual([
      ['file', true],
      ['note', false],
    ]);
  });
});

describe('responses', () => {
  const api = apiOf(`openapi: 3.0.0
paths:
  /a:
    get:
      responses:
        200: { description: '', content: { 'application/json; charset=utf-8': { schema: { type: string } } } }
        4XX: { $ref: '#/components/responses/Refused' }
        x-note: nothing
    put:
      responses:
        default: { description: '' }
components:
  responses:
    Refused: { description: '', headers: { Retry-After: { schema: { type: integer } } } }
`);
  const [get, put] = operations(api);

  it('have codes, representations and headers', () => {
    const found = responsesOf(api, get!).map(({ code, media, headers }) => [
      code,
      media.length,
      headers.map(({ name }) => name),
    ]);
    expect(found).toEqual([
      ['200', 1, []],
      ['4XX', 0, ['Retry-After']],
    ]);
  });

  it('declare a code by itself, by its range and by default', () => {
    expect(declares(api, get!, '404')).toBe(true);
    expect(declares(api, get!, '500')).toBe(false);
    expect(declares(api, put!, '500')).toBe(true);
  });
});

describe('properties', () => {
  it('are collected through references, allOf and circles', () => {
    const api = apiOf(`openapi: 3.1.0
components:
  schemas:
    A:
      required: [b]
      allOf:
        - $ref: '#/components/schemas/B'
        - properties: { c: { type: string } }
        - $ref: '#/components/schemas/A'
    B: { required: [c], properties: { b: { type: string } } }
`);
    const [a] = schemas(api);
    expect([...propertiesOf(api, a).values()].map(({ name, required }) => [name, required])).toEqual([
      ['b', true],
      ['c', true],
    ]);
  });
});

describe('the direction of a schema', () => {
  it('is that of what uses it, turned around for webhooks', () => {
    const content = (name: string) => `{ application/json: { schema: { $ref: '#/components/schemas/${name}' } } }`;
    const api = apiOf(`openapi: 3.1.0
paths:
  /a:
    post:
      requestBody: { content: ${content('In')} }
      responses: { '200': { description: '', content: ${content('Out')} } }
webhooks:
  b:
    post:
      requestBody: { content: ${content('Event')} }
components:
  schemas:
    In: { properties: { shared: { $ref: '#/components/schemas/Shared' } } }
    Out: { properties: { shared: { $ref: '#/components/schemas/Shared' } } }
    Event: {}
    Shared: {}
    Unused: {}
`);
    const ways = Object.fromEntries(schemas(api).map((node) => [node.at.key, directionOf(api, node)]));
    expect(ways).toMatchObject({
      In: { request: true, response: false },
      Out: { request: false, response: true },
      Event: { request: false, response: true },
      Shared: { request: true, response: true },
      Unused: { request: false, response: false },
    });
  });
});

describe('security', () => {
  it('is the operation’s own, else the document’s', () => {
    const api = apiOf(`openapi: 3.1.0
security: [{ token: [read] }]
paths:
  /a:
    get: {}
    put: { security: [] }
    post: { security: [{ key: [] }, {}] }
`);
    expect(
      operations(api).map((operation) => {
        const { own, anonymous, requirements } = securityOf(api, operation);
        return [operation.method, own, anonymous, requirements.length];
      }),
    ).toEqual([
      ['get', false, false, 1],
      ['put', true, true, 0],
      ['post', true, true, 2],
    ]);
  });
});

describe('servers', () => {
  it('of 2.0 are put together', () => {
    const api = apiOf(`swagger: '2.0'\nhost: api.test\nbasePath: /v1\nschemes: [https, http]\n`);
    expect(servers(api).map(({ url }) => url)).toEqual(['https://api.test/v1', 'http://api.test/v1']);
  });
});

describe('collections', () => {
  const listing = (path: string, schema: string) => {
    const text = `openapi: 3.1.0
paths:
  ${path}:
    get:
      responses:
        '200': { description: '', content: { application/json: { schema: ${schema} } } }
`;
    return collections(apiOf(text)).map(({ property }) => property?.name ?? null);
  };
  const items = 'type: array, items: { type: object }';

  it.each([
    ['/orders', `{ ${items} }`, [null]],
    ['/orders', `{ properties: { data: { ${items} }, has_more: { type: boolean } } }`, ['data']],
    ['/orders', `{ properties: { orders: { ${items} }, total: { type: integer } } }`, ['orders']],
    [
      '/orders',
      `{ allOf: [{ properties: { next_cursor: {} } }, { properties: { entries: { ${items} } } }] }`,
      ['entries'],
    ],
    ['/orders/{id}', `{ ${items} }`, []],
    ['/profile', `{ properties: { name: {}, email: {}, phone: {}, addresses: { ${items} } } }`, []],
    ['/status', '{ properties: { status: { type: string } } }', []],
  ])('%s answering %s lists %j', (path, schema, expected) => {
    expect(listing(path, schema)).toEqual(expected);
  });
});

describe('isJson', () => {
  it.each([
    ['application/json', true],
    ['application/json; charset=utf-8', true],
    ['application/problem+json', true],
    ['application/vnd.shop.v1+json;x=1', true],
    ['text/json', true],
    ['application/xml', false],
    ['application/jsonl', false],
    ['*/*', false],
  ])('%s: %s', (name, expected) => {
    expect(isJson(name)).toBe(expected);
  });
});
