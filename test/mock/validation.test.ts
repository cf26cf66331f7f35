import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../src/mock/rest/exchange.ts';
import { readParameters } from '../../src/mock/rest/parameters.ts';
import { Router } from '../../src/mock/rest/router.ts';
import { documentOf, serve } from './http-server.ts';

/** What one parameter is read as, and the codes of its violations. @param parameter in YAML's flow style, without braces */
function readOne(parameter: string, target: string, headers: Record<string, string> = {}, version = 'openapi: 3.1.0') {
  const template = /in: path/.test(parameter) ? '/x/{p}' : '/x';
  const api = documentOf(
    `${version}\ninfo: { title: T, version: '1' }\npaths:\n  '${template}':\n    get:\n      parameters: [{ name: p, ${parameter} }]\n      responses: { '200': { description: ok } }\n`,
  );
  const [path, query = ''] = target.split('?') as [string, string?];
  const finding = new Router([api]).find('GET', path, query);
  if (finding.kind !== 'found') throw new Error(`${target} leads nowhere.`);
  const { route, parameters, encoded } = finding.found;
  const exchange = {
    route,
    pathParameters: parameters,
    ...(encoded && { encodedPathParameters: encoded }),
    query,
    request: { headers },
  } as unknown as Exchange;
  const read = readParameters(exchange);
  const values = Object.values(read.parameters).flatMap((place) => Object.values(place));
  const codes = read.violations.map(({ location, code }) => `${location.join('.')} ${code}`);
  return codes.length > 0 ? codes : values[0];
}

const list = 'schema: { type: array, items: { type: integer } }';
const texts = 'schema: { type: array, items: { type: string } }';
const object = 'schema: { type: object, properties: { a: { type: integer }, b: { type: string } } }';

describe('parameters are read by style and type', () => {
  it.each([
    ['in: query, schema: { type: integer }', '/x?p=5', 5],
    ['in: query, schema: { type: integer }', '/x?p=5.5', ['query.p type']],
    ['in: query, schema: { type: integer }', '/x?p=0x10', ['query.p type']],
    ['in: query, schema: { type: integer }', '/x?p=', ['query.p type']],
    ['in: query, schema: { type: number }', '/x?p=-1.5e3', -1500],
    ['in: query, schema: { type: boolean }', '/x?p=true', true],
    ['in: query, schema: { type: boolean }', '/x?p=yes', ['query.p type']],
    ['in: query, schema: { type: string }', '/x?p=5', '5'],
    ['in: query, schema: { type: [integer, "null"] }', '/x?p=null', null],
    [
      'in: query, schema: { anyOf: [{ type: integer }, { type: string, format: date }] }',
      '/x?p=2026-01-02',
      '2026-01-02',
    ],
    ['in: query, schema: { type: string, minLength: 3 }', '/x?p=ab', ['query.p minLength']],
    ['in: query, schema: { type: string }', '/x?p=a+b%20c', 'a b c'],
    ['in: query, schema: { type: string }', '/x?p=%zz', '%zz'],
    ['in: query, required: true, schema: { type: string }', '/x', ['query.p required']],
    ['in: query, allowEmptyValue: true, schema: { type: integer }', '/x?p', ''],
    [`in: query, ${list}`, '/x?p=1&p=2', [1, 2]],
    [`in: query, ${list}`, '/x?p=1,2', [1, 2]],
    [`in: query, explode: false, ${list}`, '/x?p=1,2', [1, 2]],
    [`in: query, explode: false, ${list}`, '/x?p=1%2C2', [1, 2]],
    [`in: query, ${list}`, '/x?p[]=1&p[]=2', [1, 2]],
    [`in: query, ${list}`, '/x?p=1&p=b', ['query.p.1 type']],
    [`in: query, style: spaceDelimited, explode: false, ${list}`, '/x?p=1%202+3', [1, 2, 3]],
    [`in: query, style: pipeDelimited, explode: false, ${list}`, '/x?p=1|2%7C3', [1, 2, 3]],
    ['in: query, explode: false, schema: { type: array, items: { type: string } }', '/x?p=a%2Cb,c', ['a,b', 'c']],
    [`in: query, style: deepObject, ${object}`, '/x?p[a]=1&p[b]=2', { a: 1, b: '2' }],
    [`in: query, style: deepObject, ${object}`, '/x?p[a]=z', ['query.p.a type']],
    [`in: query, ${object}`, '/x?a=1&b=2', { a: 1, b: '2' }],
    [`in: query, explode: false, ${object}`, '/x?p=a,1,b,2', { a: 1, b: '2' }],
    [
      'in: query, style: deepObject, schema: { type: object, properties: { r: { type: object, properties: { gte: { type: integer } } } } }',
      '/x?p[r][gte]=7',
      { r: { gte: 7 } },
    ],
    [
      'in: query, content: { application/json: { schema: { type: object, required: [n], properties: { n: { type: integer } } } } }',
      '/x?p={"n":1}',
      { n: 1 },
    ],
    ['in: query, content: { application/json: { schema: { type: object } } }', '/x?p={n', ['query.p malformed']],
    ['in: path, required: true, schema: { type: integer }', '/x/7', 7],
    ['in: path, required: true, schema: { type: integer }', '/x/seven', ['path.p type']],
    [`in: path, required: true, ${list}`, '/x/1,2', [1, 2]],
    [`in: path, required: true, style: label, ${list}`, '/x/.1,2', [1, 2]],
    [`in: path, required: true, style: label, explode: true, ${list}`, '/x/.1.2', [1, 2]],
    [`in: path, required: true, style: matrix, ${list}`, '/x/;p=1,2', [1, 2]],
    [`in: path, required: true, style: matrix, explode: true, ${list}`, '/x/;p=1;p=2', [1, 2]],
    ['in: path, required: true, style: matrix, schema: { type: integer }', '/x/;p=5', 5],
    [`in: path, required: true, ${object}`, '/x/a,1,b,2', { a: 1, b: '2' }],
    [`in: path, required: true, explode: true, ${object}`, '/x/a=1,b=2', { a: 1, b: '2' }],
    [`in: path, required: true, style: matrix, explode: true, ${object}`, '/x/;a=1;b=2', { a: 1, b: '2' }],
    [`in: path, required: true, ${texts}`, '/x/a%2Cb,c', ['a,b', 'c']],
    [`in: path, required: true, ${texts}`, '/x/a%2Cb', ['a', 'b']],
    [`in: path, required: true, ${object}`, '/x/a,1,b,2%2C3', { a: 1, b: '2,3' }],
  ] as const)('%s of %s', (parameter, target, expected) => {
    expect(readOne(parameter, target)).toEqual(expected);
  });

  it.each([
    ['in: header, schema: { type: integer }', { p: '5' }, 5],
    [`in: header, ${list}`, { p: '1, 2' }, [1, 2]],
    ['in: header, required: true, schema: { type: integer }', {}, ['header.p required']],
    [`in: cookie, ${list}`, { cookie: 'p=1; q=3; p=2' }, [1, 2]],
    [`in: cookie, ${list}`, { cookie: 'p=1&p=2; q=3' }, [1, 2]],
    [`in: cookie, ${object}`, { cookie: 'a=1; q=3; b=2' }, { a: 1, b: '2' }],
    [`in: cookie, ${object}`, { cookie: 'a=1&b=2' }, { a: 1, b: '2' }],
    ['in: cookie, schema: { type: integer }', { cookie: 'a=b; p=5' }, 5],
    [`in: cookie, explode: false, ${list}`, { cookie: 'p=1,2' }, [1, 2]],
  ] as const)('%s of %j', (parameter, headers, expected) => {
    expect(readOne(parameter, '/x', headers as Record<string, string>)).toEqual(expected);
  });

  it.each([
    ['type: integer', '/x?p=5', 5],
    ['type: array, items: { type: integer }', '/x?p=1,2', [1, 2]],
    ['type: array, collectionFormat: multi, items: { type: integer }', '/x?p=1&p=2', [1, 2]],
    ['type: array, collectionFormat: ssv, items: { type: integer }', '/x?p=1%202', [1, 2]],
    ['type: array, collectionFormat: tsv, items: { type: integer }', '/x?p=1%092', [1, 2]],
    ['type: array, collectionFormat: pipes, items: { type: integer }', '/x?p=1|2', [1, 2]],
    ['type: integer, maximum: 4', '/x?p=5', ['query.p maximum']],
  ] as const)('in Swagger 2.0: %s of %s', (parameter, target, expected) => {
    expect(readOne(`in: query, ${parameter}`, target, {}, "swagger: '2.0'")).toEqual(expected);
  });
});

const document = (codes: string) => `
openapi: 3.1.0
info: { title: T, version: '1' }
paths:
  /x:
    post:
      parameters: [{ name: n, in: query, schema: { type: integer } }, { name: X-Key, in: header, required: true, schema: { type: string } }]
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [id, name, lines]
              properties:
                id: { type: integer, readOnly: true }
                name: { type: string }
                lines: { type: array, items: { type: object, required: [sku], properties: { sku: { type: string }, count: { type: integer, minimum: 1 } } } }
      responses: { '201': { description: ok }${codes} }
`;

describe('validation', () => {
  const post = async (text: string, body: unknown) => {
    const { url } = await serve(text);
    return fetch(`${url}/x?n=a&unknown=1`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  };

  it('tells of everything at once, each with its place', async () => {
    const response = await post(document(''), { name: 1, lines: [{ count: 0 }, { sku: 'a', count: 1 }] });
    expect(response.status).toBe(422);
    const { error } = (await response.json()) as { error: { details: { field: string; in: string; code: string }[] } };
    expect(error.details.map((detail) => `${detail.in} ${detail.field} ${detail.code}`)).toEqual([
      'query n type',
      'header X-Key required',
      'body name type',
      'body lines[0].sku required',
      'body lines[0].count minimum',
    ]);
  });

  it.each([
    ['', 422],
    [", '400': { description: bad }", 400],
    [", '400': { description: bad }, '422': { description: bad }", 422],
    [", '4XX': { description: bad }", 422],
    [', default: { description: bad }', 422],
  ])('answers with the status that the document has for it: %s', async (codes, status) => {
    expect((await post(document(codes), {})).status).toBe(status);
  });

  it('lets readOnly properties through that clients send back, and does not ask for them', async () => {
    const { url } = await serve(document(''));
    const send = (body: object) =>
      fetch(`${url}/x`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'X-Key': 'k' },
        body: JSON.stringify(body),
      }).then(({ status }) => status);
    expect(await send({ name: 'a', lines: [] })).toBe(201);
    expect(await send({ id: 7, name: 'a', lines: [] })).toBe(201);
  });
});
