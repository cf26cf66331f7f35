import { describe, expect, it } from 'vitest';
import { findInExample } from '../../../src/commands/examples.ts';
import { rules } from '../../../src/rules/index.ts';
import type { Rule } from '../../../src/rules/rule.ts';

const security = rules.filter(({ id }) => id.startsWith('security/'));

async function found(name: string, text: string): Promise<string[]> {
  return (await findInExample(rule(name), 'openapi', text, rules)).map(({ element }) => element);
}

function rule(name: string): Rule {
  const found = security.find(({ id }) => id === `security/${name}`);
  if (!found) throw new Error(`There is no rule security/${name}.`);
  return found;
}

describe('documents that are nothing like an API', () => {
  const odd = ['null', 'text', '3', '[]', '[null]', '{ type: oauth2, flows: [], in: 3, constructor: {}, $ref: 3 }'];
  const documents = ["openapi: '3.1.0'", "openapi: '3.2.0'", "swagger: '2.0'"].flatMap((version) =>
    odd.map(
      (value) => `${version}
host: ${value}
schemes: [${value}]
security: ${value}
servers: [${value}, { url: ${value}, description: ${value}, variables: ${value} }]
securityDefinitions: { a: ${value}, b: { type: oauth2, flow: ${value}, scopes: ${value} } }
paths:
  /admin: ${value}
  /a:
    get: ${value}
    post:
      security: [${value}, { a: ${value} }, { b: [${value}] }]
      parameters: [${value}, { name: token, in: query, description: ${value}, schema: ${value} }]
      responses: { '200': { headers: ${value} }, '201': { headers: { Set-Cookie: ${value} } } }
definitions: { A: { type: string, properties: { password: ${value} }, default: ${value} } }
components:
  securitySchemes:
    a: ${value}
    b: { type: oauth2, flows: { implicit: ${value}, password: { tokenUrl: ${value}, scopes: ${value} } } }
    c: { type: ${value}, scheme: ${value}, name: ${value}, in: ${value}, description: ${value} }
  schemas:
    A: { type: integer, allOf: ${value}, oneOf: [${value}], not: ${value}, pattern: ${value} }
    B: { properties: { password: { default: ${value} } }, additionalProperties: ${value} }
`,
    ),
  );

  it.each(security.map((each) => [each.id, each] as const))('%s survives them', async (_, each) => {
    for (const text of documents) await expect(findInExample(each, 'openapi', text, rules)).resolves.toBeDefined();
  });
});

const components = (schemas: string, version = '3.1.0') => `openapi: ${version}\ncomponents:\n  schemas:\n${schemas}`;

describe('bounds', () => {
  it.each([
    [
      'by a referred schema',
      'A: { type: integer, allOf: [{ $ref: "#/components/schemas/B" }] }\n    B: { minimum: 0, maximum: 9 }',
    ],
    ['one from each part', 'A: { type: integer, allOf: [{ minimum: 0 }, { allOf: [{ maximum: 9 }] }] }'],
    ['by the schema that combines it', 'A: { minimum: 0, maximum: 9, allOf: [{ type: integer }] }'],
    [
      'by every alternative',
      'A: { type: integer, minimum: 0, anyOf: [{ maximum: 9 }, { maximum: 99 }, { type: "null" }] }',
    ],
    [
      'by a circle that holds none beside one',
      'A: { type: integer, minimum: 0, maximum: 9, allOf: [{ $ref: "#/components/schemas/A" }] }',
    ],
    ['in what is excluded', 'A: { not: { anyOf: [{ type: integer }] } }'],
  ])('are given %s', async (_, schema) => {
    expect(await found('number-bounded', components(`    ${schema}`))).toEqual([]);
  });

  it('are missing where only some alternatives have them', async () => {
    const text = components('    A: { type: integer, minimum: 0, oneOf: [{ maximum: 9 }, { multipleOf: 2 }] }');
    expect(await found('number-bounded', text)).toEqual(['#/components/schemas/A']);
  });

  it('are missing where schemas go round in a circle', async () => {
    const text = components('    A: { type: string, allOf: [{ $ref: "#/components/schemas/A" }] }');
    expect(await found('string-bounded', text)).toEqual(['#/components/schemas/A']);
  });

  it('are no bounds by themselves where exclusive ones are booleans', async () => {
    const text = components('    A: { type: integer, exclusiveMinimum: true, maximum: 9 }', '3.0.3');
    expect(await found('number-bounded', text)).toEqual(['#/components/schemas/A']);
  });

  it('are asked of what has a type in 2.0', async () => {
    const text = `swagger: '2.0'
paths:
  /a:
    get:
      parameters:
        - { name: q, in: query, type: string }
        - { name: ids, in: query, type: array, maxItems: 9, items: { type: string } }
      responses: { '200': { description: '', headers: { X-A: { type: string } } } }`;
    expect(await found('string-bounded', text)).toEqual([
      '#/paths/~1a/get/parameters/0',
      '#/paths/~1a/get/parameters/1/items',
      '#/paths/~1a/get/responses/200/headers/X-A',
    ]);
  });
});

describe('servers', () => {
  it.each([
    ["swagger: '2.0'\nhost: api.example.com\nschemes: [https, http]", ['#/schemes/1']],
    ["swagger: '2.0'\nhost: localhost:8080\nschemes: [http]", []],
    ["swagger: '2.0'\npaths: { /a: { get: { schemes: [ws] } } }", ['#/paths/~1a/get/schemes/0']],
    ['openapi: 3.1.0\nservers: [{ url: "http://user@[::1]:80/a" }]', []],
    ['openapi: 3.1.0\nservers: [{ url: "HTTP://api.example.com" }]', ['#/servers/0/url']],
    ['openapi: 3.1.0\nservers: [{ url: "http://localhost.example.com" }]', ['#/servers/0/url']],
    ['openapi: 3.1.0\nservers: [{ url: "unix:///var/run/a.sock" }, { url: "//api.example.com" }, { url: "" }]', []],
  ])('%j', async (text, expected) => {
    expect(await found('https-only', text)).toEqual(expected);
  });
});

describe('who may call', () => {
  it.each([
    ['the document says that anybody may', 'security: []\npaths: { /a: { post: {} } }', []],
    ['an operation was begun', 'paths: { /a: { get: } }', ['#/paths/~1a/get']],
    ['the API calls its clients', 'webhooks: { a: { post: {} } }', []],
    ['security is null', 'paths: { /a: { get: { security: } } }', ['#/paths/~1a/get']],
  ])('where %s', async (_, text, expected) => {
    expect(await found('operation-secured', `openapi: 3.1.0\n${text}`)).toEqual(expected);
  });

  it('may be a scheme that 3.2 refers to', async () => {
    const text = (version: string) => `openapi: ${version}
security: [{ '#/components/securitySchemes/a': [] }]
components: { securitySchemes: { a: { type: http, scheme: bearer } } }`;
    expect(await found('scheme-resolves', text('3.2.0'))).toEqual([]);
    expect(await found('scheme-resolves', text('3.1.0'))).toHaveLength(1);
  });
});

describe('secrets that are read', () => {
  const api = (method: string, user: string) => `openapi: 3.1.0
paths:
  /users/{id}:
    ${method}:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Login' } } } }
      responses:
        '200': { $ref: '#/components/responses/User' }
components:
  responses:
    User: { content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/User' } } } } }
  schemas:
    Login: { properties: { password: { type: string } } }
    User: { properties: { settings: ${user} } }`;

  it.each([
    [
      'get',
      '{ properties: { password: { type: string } } }',
      ['#/components/schemas/User/properties/settings/properties/password'],
    ],
    ['post', '{ properties: { password: { type: string } } }', []],
    ['get', '{ writeOnly: true, properties: { password: { type: string } } }', []],
    ['get', '{ properties: { password: { type: boolean } } }', []],
    ['get', '{ properties: { password: { type: string, example: "********" } } }', []],
    ['get', '{ properties: { secret: { type: string, description: Only returned at creation. } } }', []],
  ])('by %s: %s', async (method, user, expected) => {
    expect(await found('secret-write-only', api(method, user))).toEqual(expected);
  });
});

describe('descriptions', () => {
  it.each([
    ['some text with <script', 1],
    ['`<script>` and ``a ` <script>``', 0],
    ['~~~html\n<script>\n~~~\nafter', 0],
    ['```\ncode\n```\n<script src=a>', 1],
    ['a ` here\n\nand <script> there `', 1],
    ['\\`<script>\\`', 1],
    ['\\\\`<script>`', 0],
    ['medieval(times) and retrieval(x)', 0],
    ['<a href="javascript:go()">go</a>', 1],
    ['JavaScript: the language', 0],
  ])('%j', async (description, count) => {
    const text = `openapi: 3.1.0\ninfo: { title: A, description: ${JSON.stringify(description)} }`;
    expect(await found('markdown-safe', text)).toHaveLength(count);
  });

  it('are read after their escapes', async () => {
    const text = '{ "openapi": "3.1.0", "info": { "title": "A", "description": "\\u003cscript\\u003e" } }';
    expect(await found('markdown-safe', text)).toHaveLength(1);
  });
});
