// The conventions of Prism that its users rely on, in the mode that keeps them.
import { describe, expect, it } from 'vitest';
import { preferred } from '../../src/mock/rest/media-types.ts';
import { serve } from './http-server.ts';
import { pets } from './prism-document.ts';

const start = () => serve(pets, { compat: 'prism' });
const json = { 'content-type': 'application/json' };

interface Told {
  readonly location: readonly string[];
  readonly code: unknown;
}

const violationsIn = ({ headers }: Response) => JSON.parse(headers.get('sl-violations') ?? '[]') as Told[];

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
    ['POST', '/both', json, '{"n', 400, { is: 400 }],
    ['POST', '/both', { ...json, Accept: 'text/html' }, '{}', 422, { is: 422 }],
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

  it('tells of violations in the problem, and in a header where the document has an answer', async () => {
    const { url } = await start();
    const violation = { severity: 'Error', code: 'required', message: expect.any(String) };
    const plain = await fetch(`${url}/plain`, { method: 'POST', headers: json, body: '{}' });
    expect(await plain.json()).toMatchObject({ validation: [{ ...violation, location: ['body'] }] });
    expect(plain.headers.has('sl-violations')).toBe(false);
    const documented = await fetch(`${url}/documented`, { method: 'POST', headers: json, body: '{}' });
    expect(violationsIn(documented)).toEqual([{ ...violation, location: ['request', 'body'] }]);
  });

  it('tells callers without credentials what else is wrong', async () => {
    const { url } = await start();
    const ask = async (headers: Record<string, string>, body: string) => {
      const response = await fetch(`${url}/all?n=x`, { method: 'POST', headers, body });
      const told = violationsIn(response).map(({ location, code }) => `${location.join('.')} ${code}`);
      return [response.status, response.headers.get('www-authenticate'), told];
    };
    expect(await ask(json, '{}')).toEqual([
      401,
      'Basic realm="*"',
      ['request 401', 'request.query.n type', 'request.header required', 'request.body required'],
    ]);
    const text = { 'content-type': 'text/plain', 'x-need': '1' };
    expect((await ask(text, 'x'))[2]).toEqual(['request 401', 'request 415', 'request.query.n type']);
  });

  it('lets nobody in with wrong credentials where none are needed', async () => {
    const { url } = await start();
    const status = async (headers: Record<string, string>) => (await fetch(`${url}/optional`, { headers })).status;
    expect(await status({})).toBe(200);
    expect(await status({ Authorization: 'Bearer abc' })).toBe(200);
    expect(await status({ Authorization: 'Basic dTpw' })).toBe(401);
  });

  it('takes the servers of the document at their word', async () => {
    const { url } = await start();
    const ask = (server: string) => fetch(`${url}/elsewhere?__server=${encodeURIComponent(server)}`);
    expect([(await ask('https://a.dev')).status, (await ask('https://b.dev/')).status]).toEqual([200, 200]);
    const other = await ask('https://pets.dev/api');
    expect(other.status).toBe(404);
    expect(await other.json()).toMatchObject({ type: 'https://stoplight.io/prism/errors#NO_SERVER_MATCHED_ERROR' });
    expect((await fetch(`${url}/pets/7?__server=https://pets.dev/api`)).status).toBe(200);
  });

  it('says in few words what is deprecated, and what does not fit in its own answer', async () => {
    const { url } = await start();
    expect((await fetch(`${url}/old`)).headers.get('deprecation')).toBe('true');
    expect(violationsIn(await fetch(`${url}/wrong`))).toMatchObject([{ location: ['response', 'body'], code: 'type' }]);
  });

  it('takes all kinds of JSON where JSON is taken, and no body where none is declared', async () => {
    const { url } = await start();
    const ask = (path: string, type: string) =>
      fetch(url + path, { method: 'POST', headers: { 'content-type': type }, body: '{"n":1}' });
    expect((await ask('/plain', 'application/vnd.api+json')).status).toBe(200);
    expect((await ask('/bodiless', 'application/json')).status).toBe(415);
    expect((await fetch(`${url}/bodiless`, { method: 'POST' })).status).toBe(200);
  });

  it('negotiates by weight, reads 2XX as 200, and lets browsers in', async () => {
    const { url } = await start();
    const xml = await fetch(`${url}/pets/7`, { headers: { Accept: 'application/json;q=0.1, application/xml' } });
    expect(xml.headers.get('content-type')).toContain('application/xml');
    expect(await (await fetch(`${url}/media`)).json()).toBe('a');
    expect(preferred(undefined, ['application/vnd.a+json', 'application/json; v=2'])).toBe('application/json; v=2');
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
