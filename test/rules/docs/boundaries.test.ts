import { describe, expect, it } from 'vitest';
import { findInExample } from '../../../src/commands/examples.ts';
import { rules } from '../../../src/rules/index.ts';
import type { Rule } from '../../../src/rules/rule.ts';

const docs = rules.filter(({ id }) => id.startsWith('docs/'));

async function found(rule: Rule, text: string): Promise<string[]> {
  return (await findInExample(rule, 'openapi', text, rules)).map(({ element }) => element);
}

function rule(name: string): Rule {
  const found = docs.find(({ id }) => id === `docs/${name}`);
  if (!found) throw new Error(`There is no rule docs/${name}.`);
  return found;
}

describe('documents that are nothing like an API', () => {
  const odd = ['null', 'text', '3', '[]', '[null]', '{ description: {}, name: [], enum: text, $ref: 3 }'];
  const fields = ['info', 'paths', 'servers', 'tags', 'components', 'definitions', 'host', 'webhooks'];
  const versions = ["openapi: '3.1.0'", "openapi: '3.2.0'", "swagger: '2.0'"];
  const documents = versions.flatMap((version) =>
    odd.flatMap((value) => [
      [version, ...fields.map((field) => `${field}: ${value}`)].join('\n'),
      `${version}
info: { title: ${value}, description: ${value}, contact: ${value}, license: ${value} }
tags: [{ name: ${value} }]
servers: [{ url: ${value}, variables: { a: ${value} } }]
paths:
  /a:
    get: ${value}
    put: { tags: ${value}, summary: ${value}, description: ${value}, operationId: ${value}, responses: ${value} }
    post:
      tags: [${value}]
      parameters: [${value}, { name: ${value}, in: query, schema: ${value}, examples: ${value} }]
      requestBody: { content: { application/json: { schema: ${value}, examples: ${value} } } }
      responses: { '200': { description: ${value}, content: { application/json: { schema: { items: ${value} } } } } }
components:
  schemas:
    A: ${value}
    B: { type: object, properties: { constructor: ${value}, __proto__: ${value} }, allOf: ${value}, enum: ${value} }
    C: { enum: [0, 1, 2], x-enum-descriptions: ${value}, allOf: [${value}] }
`,
    ]),
  );

  it.each(docs)('do not make $id throw', async (rule) => {
    for (const text of documents) await expect(found(rule, text), text).resolves.toBeInstanceOf(Array);
  });

  it.each(docs)('$id ends where references go in circles', async (rule) => {
    const text = `
openapi: 3.1.0
paths:
  /a:
    get:
      responses:
        '200': { description: A node., content: { application/json: { schema: { $ref: '#/components/schemas/Node' } } } }
components:
  schemas:
    Loop: { $ref: '#/components/schemas/Loop' }
    Node:
      type: object
      allOf: [{ $ref: '#/components/schemas/Node' }]
      properties:
        next: { $ref: '#/components/schemas/Node' }
        all: { type: array, items: { $ref: '#/components/schemas/Node' } }
        loop: { $ref: '#/components/schemas/Loop' }
`;
    await expect(found(rule, text)).resolves.toBeInstanceOf(Array);
  });
});

describe('servers-declared', () => {
  it.each([
    ['no host', "swagger: '2.0'\npaths: {}", ['#']],
    ['a host with a slash', "swagger: '2.0'\nhost: acme.io/\npaths: {}", ['#/host']],
    ['a base path of / only', "swagger: '2.0'\nhost: acme.io\nbasePath: /\npaths: {}", []],
    ['a base path that ends with a slash', "swagger: '2.0'\nhost: acme.io\nbasePath: /v1/\npaths: {}", ['#/basePath']],
    ['an example of a host', "swagger: '2.0'\nhost: api.example.org:8080\npaths: {}", ['#/host']],
    ['an empty list', 'openapi: 3.0.3\nservers: []', ['#/servers']],
    ['no list, with paths', 'openapi: 3.0.3\npaths: {}', ['#']],
    ['components only', 'openapi: 3.1.0\ncomponents: {}', []],
    ['servers at each path', 'openapi: 3.1.0\npaths: { /a: { servers: [{ url: /a }], get: {} } }', []],
    ['a user in the address', 'openapi: 3.1.0\nservers: [{ url: "https://me@example.com/a" }]', ['#/servers/0/url']],
  ])('%s', async (_, text, elements) => {
    expect(await found(rule('servers-declared'), text)).toEqual(elements);
  });
});

describe('operation-tagged', () => {
  const operations = (count: number, tags: string) =>
    `openapi: 3.1.0\npaths:\n${Array.from({ length: count }, (_, i) => `  /p${i}: { get: {} }\n`).join('')}${tags}`;

  it('names every operation of a small API', async () => {
    expect(await found(rule('operation-tagged'), operations(3, ''))).toHaveLength(3);
  });

  it('says once that a large API has no tags at all', async () => {
    expect(await found(rule('operation-tagged'), operations(11, ''))).toEqual(['#/paths']);
  });

  it('names the operations that a large API with tags forgot', async () => {
    expect(await found(rule('operation-tagged'), operations(11, '  /q: { get: { tags: [Q] } }'))).toHaveLength(11);
  });
});

describe('tag-used', () => {
  it('follows parents in circles', async () => {
    const text = `
openapi: 3.2.0
tags: [{ name: a, parent: b }, { name: b, parent: a }, { name: c, parent: a }]
paths: { /a: { get: { tags: [a] } } }
`;
    expect(await found(rule('tag-used'), text)).toEqual(['#/tags/2']);
  });
});

describe('examples-present', () => {
  it('looks for the examples of 2.0 where they stand', async () => {
    const text = (example: string) => `
swagger: '2.0'
paths:
  /a:
    post:
      parameters:
        - { name: body, in: body, schema: { $ref: '#/definitions/A' } }
      responses:
        '200': { description: Done., schema: { type: array, items: { $ref: '#/definitions/A' } } }
definitions:
  A: { type: object, properties: { b: { $ref: '#/definitions/B' } } }
  B: { type: object, properties: { c: { type: string ${example} } } }
`;
    expect(await found(rule('examples-present'), text(''))).toEqual(['#/definitions/A']);
    expect(await found(rule('examples-present'), text(', example: deep'))).toEqual([]);
  });

  it('asks for one of objects without fields only where nothing else tells what to send', async () => {
    const text = `
openapi: 3.1.0
components:
  responses:
    ok: { content: { application/json: { schema: { type: object } } } }
  requestBodies:
    free: { content: { application/json: { schema: { type: object } } } }
    map: { content: { application/json: { schema: { type: object, additionalProperties: { type: string } } } } }
    a: { content: { application/json: { schema: { type: object, description: Whatever you like. } } } }
    b: { content: { application/json: { schema: { type: array, items: { type: string } } } } }
    c: { content: { application/octet-stream: { schema: { properties: { a: { type: string } } } } } }
`;
    expect(await found(rule('examples-present'), text)).toEqual([
      '#/components/requestBodies/free/content/application~1json',
    ]);
  });
});

describe('response-described', () => {
  it('asks for a description only where the specification leaves it open', async () => {
    const text = (version: string) => `
openapi: ${version}
paths: { /a: { get: { responses: { '200': {}, '201': { summary: The order as placed. }, default: { description: Response } } } } }
`;
    const code = (key: string) => `#/paths/~1a/get/responses/${key}`;
    expect(await found(rule('response-described'), text('3.1.0'))).toEqual([code('default/description')]);
    expect(await found(rule('response-described'), text('3.2.0'))).toEqual([code('200'), code('default/description')]);
  });
});
