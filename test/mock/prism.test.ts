// The conventions of Prism that its users rely on, in the mode that keeps them.
import { describe, expect, it } from 'vitest';
import { serve } from './http-server.ts';

const pets = `
openapi: 3.0.3
info: { title: Pets, version: '1' }
servers: [{ url: https://pets.dev/api }]
paths:
  /pets/{id}:
    get:
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      responses:
        '200':
          description: ok
          content:
            application/json:
              schema: { type: object, required: [id], properties: { id: { type: integer }, name: { type: string, example: Rex } } }
              examples: { dog: { value: { id: 1, name: dog } }, cat: { value: { id: 2, name: cat } } }
            application/xml: { schema: { type: object }, example: { id: 3 } }
        '404': { description: none, content: { application/json: { schema: { type: object }, example: { none: true } } } }
        default: { description: other, content: { application/json: { schema: { type: object }, example: { other: true } } } }
  /pets/mine:
    get: { responses: { '200': { description: ok, content: { application/json: { example: mine } } } } }
  /plain:
    post:
      requestBody: { required: true, content: { application/json: { schema: { type: object, required: [n], properties: { n: { type: integer } } } } } }
      responses: { '2XX': { description: ok } }
  /documented:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [n] } } } }
      responses:
        '201': { description: ok, content: { application/json: { example: { id: seven } } } }
        '400': { description: bad, content: { application/json: { example: { bad: true } } } }
  /both:
    post:
      requestBody: { content: { application/json: { schema: { type: object, required: [n] } } } }
      responses:
        '201': { description: ok }
        '400': { description: bad, content: { application/json: { example: { is: 400 } } } }
        '422': { description: bad, content: { application/json: { example: { is: 422 } } } }
  /wrong:
    get: { responses: { '200': { description: ok, content: { application/json: { schema: { type: integer }, example: text } } } } }
  /secret:
    get: { security: [{ key: [] }], responses: { '200': { description: ok } } }
components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }
`;

const start = () => serve(pets, { compat: 'prism' });
const json = { 'content-type': 'application/json' };

describe('as Prism does it', () => {
  it.each([
    ['GET', '/pets/7', {}, undefined, 200, { id: 1, name: 'dog' }],
    ['GET', '/api/pets/7', {}, undefined, 200, { id: 1, name: 'dog' }],
    ['GET', '/pets/mine', {}, undefined, 200, 'mine'],
    ['GET', '/pets/7', { Prefer: 'example=cat' }, undefined, 200, { id: 2, name: 'cat' }],
    ['GET', '/pets/7?__example=cat', {}, undefined, 200, { id: 2, name: 'cat' }],
    ['GET', '/pets/7', { Prefer: 'code=404' }, undefined, 404, { none: true }],
    ['GET', '/pets/7?__code=404', {}, undefined, 404, { none: true }],
    // A header makes the query of no account.
    ['GET', '/pets/7?__code=404', { Prefer: 'example=cat' }, undefined, 200, { id: 2, name: 'cat' }],
    // What is not declared is answered as `default` is.
    ['GET', '/pets/7', { Prefer: 'code=418' }, undefined, 418, { other: true }],
    // Of what is wrong with a request: 422, 400, `default`, in this order.
    ['GET', '/pets/x', {}, undefined, 422, { other: true }],
    ['POST', '/documented', json, '{}', 400, { bad: true }],
    ['POST', '/both', json, '{}', 422, { is: 422 }],
    // Examples are given as they are.
    ['GET', '/wrong', {}, undefined, 200, 'text'],
  ] as const)('%s %s %j is answered', async (method, path, headers, body, status, expected) => {
    const { url } = await start();
    const response = await fetch(url + path, { method, headers, ...(body && { body }) });
    expect([response.status, await response.json()]).toEqual([status, expected]);
  });

  it.each([
    ['GET', '/nowhere', {}, undefined, 404, 'NO_PATH_MATCHED_ERROR'],
    ['DELETE', '/plain', {}, undefined, 405, 'NO_METHOD_MATCHED_ERROR'],
    ['GET', '/pets/7', { Accept: 'text/html' }, undefined, 406, 'NOT_ACCEPTABLE'],
    ['GET', '/pets/7', { Prefer: 'code=x' }, undefined, 422, 'UNPROCESSABLE_ENTITY'],
    ['GET', '/pets/7', { Prefer: 'example=cow' }, undefined, 404, 'NOT_FOUND'],
    ['POST', '/plain', { ...json, Prefer: 'code=404' }, '{"n":1}', 404, 'NOT_FOUND'],
    ['POST', '/plain', { 'content-type': 'text/plain' }, 'x', 415, 'INVALID_CONTENT_TYPE'],
    ['POST', '/plain', json, '{}', 422, 'UNPROCESSABLE_ENTITY'],
    ['GET', '/secret', {}, undefined, 401, 'UNAUTHORIZED'],
  ] as const)('%s %s %j is a problem', async (method, path, headers, body, status, type) => {
    const { url } = await start();
    const response = await fetch(url + path, { method, headers, ...(body && { body }) });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ type: `https://stoplight.io/prism/errors#${type}`, status });
  });

  it('tells of violations in the problem and in a header, whatever the document has for them', async () => {
    const { url } = await start();
    const violation = { location: ['body', 'n'], severity: 'Error', code: 'required', message: expect.any(String) };
    const plain = await fetch(`${url}/plain`, { method: 'POST', headers: json, body: '{}' });
    expect(((await plain.json()) as { validation: unknown }).validation).toEqual([violation]);
    const documented = await fetch(`${url}/documented`, { method: 'POST', headers: json, body: '{}' });
    expect(JSON.parse(documented.headers.get('sl-violations')!)).toEqual([violation]);
  });

  it('negotiates by weight, reads 2XX as 200, and lets browsers in', async () => {
    const { url } = await start();
    const xml = await fetch(`${url}/pets/7`, { headers: { Accept: 'application/json;q=0.1, application/xml' } });
    expect(xml.headers.get('content-type')).toContain('application/xml');
    expect((await fetch(`${url}/plain`, { method: 'POST', headers: json, body: '{"n":1}' })).status).toBe(200);
    expect((await fetch(`${url}/pets/7`)).headers.get('access-control-allow-origin')).toBe('*');
    const head = await fetch(`${url}/pets/7`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('makes up new values with dynamic, whatever examples there are', async () => {
    const { url } = await start();
    const value = (await (await fetch(`${url}/pets/7`, { headers: { Prefer: 'dynamic=true' } })).json()) as object;
    expect(value).not.toEqual({ id: 1, name: 'dog' });
    expect(value).toHaveProperty('id');
  });
});
