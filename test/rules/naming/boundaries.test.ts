import { describe, expect, it } from 'vitest';
import { findInExample } from '../../../src/commands/examples.ts';
import { enabledRules } from '../../../src/config/rulesets.ts';
import { languages } from '../../../src/languages/registry.ts';
import { lint } from '../../../src/lint/lint.ts';
import { rules } from '../../../src/rules/index.ts';
import type { Rule } from '../../../src/rules/rule.ts';
import { Source } from '../../../src/text/source.ts';

const naming = rules.filter(({ id }) => id.startsWith('naming/'));

function rule(name: string): Rule {
  const found = naming.find(({ id }) => id === `naming/${name}`);
  if (!found) throw new Error(`There is no rule naming/${name}.`);
  return found;
}

async function messages(name: string, text: string): Promise<string[]> {
  return (await findInExample(rule(name), 'openapi', text, rules)).map(({ message }) => message);
}

/** What a rule says with options of a ruleset. */
async function withOptions(name: string, options: Record<string, unknown>, text: string): Promise<string[]> {
  const source = new Source('openapi.yaml', text);
  const apis = (await languages.openapi.load()).read([source], { read: () => ({ refused: 'there is no such file' }) });
  const enabled = enabledRules([], [{ id: `naming/${name}`, level: 'warn' }], [rule(name)]);
  const rulesWithOptions = enabled.map((one) => ({ ...one, options: { ...one.options, ...options } }));
  return lint(apis, { rules: rulesWithOptions, known: rules }).problems.map(({ message }) => message);
}

const pathsOf = (...paths: string[]) =>
  `openapi: 3.1.0\npaths:\n${paths.map((path) => `  '${path}': { get: {}, post: {} }\n`).join('')}`;
const schemasOf = (...lines: string[]) =>
  `openapi: 3.1.0\ncomponents:\n  schemas:\n${lines.map((line) => `    ${line}\n`).join('')}`;
const idsOf = (...ids: string[]) =>
  `openapi: 3.1.0\npaths:\n${ids.map((id, i) => `  /p${i}: { get: { operationId: '${id}' } }\n`).join('')}`;

describe('documents that are nothing like an API', () => {
  const odd = [
    'null',
    'text',
    '3',
    '[]',
    '[null]',
    '{ name: [], in: header, enum: 3, type: {}, $ref: 3, constructor: 1 }',
  ];
  const documents = ["openapi: '3.1.0'", "openapi: '3.2.0'", "swagger: '2.0'"].flatMap((version) =>
    odd.map(
      (value) => `${version}
host: ${value}
tags: [${value}, { name: ${value} }]
servers: [${value}, { url: ${value} }]
definitions: { A: ${value}, b_c: { properties: { constructor: ${value}, __proto__: ${value} }, enum: [${value}] } }
paths:
  '': ${value}
  '//': ${value}
  '/{': ${value}
  '/{}/{a}{b}': ${value}
  /getA/b_c:
    parameters: ${value}
    get: ${value}
    post:
      operationId: ${value}
      tags: [${value}]
      parameters: [${value}, { name: ${value}, in: query, schema: ${value} }, { name: '[', in: query }]
      responses: { '200': { content: { application/json: { schema: ${value} } } } }
components:
  schemas: { A: ${value}, b_c: { properties: { item: { type: array, items: ${value} }, '': ${value} }, enum: ${value} } }
`,
    ),
  );

  it.each(naming)('do not make $id throw', async ({ id }) => {
    for (const text of documents) {
      await expect(messages(id.slice('naming/'.length), text), text).resolves.toBeInstanceOf(Array);
    }
  });
});

describe('path-case', () => {
  it('reports a segment once, however many paths have it', async () => {
    expect(
      await messages('path-case', pathsOf('/line_items', '/line_items/{id}', '/orders/{id}/line_items')),
    ).toHaveLength(1);
  });

  it('takes another case for right when asked to', async () => {
    const text = pathsOf('/line_items', '/gift-cards');
    expect(await withOptions('path-case', { style: 'snake' }, text)).toEqual([
      'The path segment `gift-cards` is not in snake_case.',
    ]);
  });

  it.each(['/files/report.csv', '/a%20B', '/*', '/{userId}', '/@me'])(
    'has nothing to say of what is no name: %s',
    async (path) => {
      expect(await messages('path-case', pathsOf(path))).toEqual([]);
    },
  );
});

describe('path-collection-plural', () => {
  it.each([
    '/users/{id}',
    '/people/{personId}',
    '/data/{id}',
    '/users/username/{username}',
    '/external-ids/external_id/{external_id}',
    '/reports/{id}/current-version/{versionId}',
    '/image/{width}',
    '/calendar/{id}',
    '/me',
  ])('is content with %s', async (path) => {
    expect(await messages('path-collection-plural', pathsOf(path))).toEqual([]);
  });

  it.each([
    ['/user/{id}', 'user'],
    ['/user/{username}', 'user'],
    ['/shops/{id}/order/{orderId}', 'order'],
    ['/giftCard/{gift_card_id}', 'giftCard'],
    ['/Category/{slug}', 'Category'],
  ])('reports %s', async (path, name) => {
    expect(await messages('path-collection-plural', pathsOf(path))).toEqual([
      `The collection \`${name}\` has a singular name.`,
    ]);
  });
});

describe('path-no-verb', () => {
  it.each([
    '/orders/{id}/cancel',
    '/me/subscribe',
    '/account/close',
    '/orders/search',
    '/auth/verify',
    '/posts',
    '/settings',
    '/updates',
    '/getting-started',
    '/updates/{id}/resolve',
  ])('is content with %s', async (path) => {
    expect(await messages('path-no-verb', pathsOf(path))).toEqual([]);
  });

  it.each(['/getUser', '/users/create', '/users/{id}/delete', '/deleteOrder/{id}', '/list', '/orders/validate'])(
    'reports %s',
    async (path) => {
      expect(await messages('path-no-verb', pathsOf(path))).toHaveLength(1);
    },
  );
});

describe('path-depth', () => {
  it('counts what is asked for', async () => {
    const text = pathsOf('/a-things/{id}/b-things/{id2}');
    expect(await withOptions('path-depth', { levels: 1 }, text)).toHaveLength(1);
    expect(await withOptions('path-depth', { levels: 2 }, text)).toEqual([]);
  });
});

describe('path-clean', () => {
  it('reports an extension once for the whole API', async () => {
    expect(await messages('path-clean', pathsOf('/a.json', '/b.json', '/c.json'))).toEqual([
      'The path `/a.json` ends in the file extension `.json`, as 2 others do.',
    ]);
  });

  it('leaves placeholders alone', async () => {
    expect(await messages('path-clean', pathsOf('/a/{b?}', '/a/{c#d}'))).toEqual([]);
  });
});

describe('operation-id-case', () => {
  it('takes words that are joined by _ for a habit of its own', async () => {
    expect(
      await messages('operation-id-case', idsOf('users_list', 'users_get', 'sshKeys_list', 'sshKeys_get')),
    ).toEqual([]);
  });

  it('judges what stands behind a namespace', async () => {
    expect(await messages('operation-id-case', idsOf('a/list-users', 'B.get-user', 'c/create_user'))).toEqual([
      "The operationId `c/create_user` is not in kebab-case, as most of this API's are.",
    ]);
  });
});

describe('type-case', () => {
  it('says once what a whole API has decided', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `thing_${'abcdefghijkl'[i]}x: {}`);
    expect(await messages('type-case', schemasOf(...names, 'Order: {}', 'gift-card: {}'))).toEqual([
      '12 of the 14 schemas have names in snake_case rather than PascalCase.',
      'The schema `gift-card` is not in PascalCase.',
    ]);
  });
});

describe('field-case', () => {
  const form = `openapi: 3.1.0
paths:
  /users:
    post:
      requestBody:
        content:
          application/x-www-form-urlencoded: { schema: { properties: { FirstName: {}, LastName: {} } } }
          application/json: { schema: { properties: { first_name: {}, last_name: {} } } }
`;

  it('judges forms by themselves', async () => {
    expect(await messages('field-case', form)).toEqual([]);
  });

  it('judges both alike when told the case', async () => {
    expect(await withOptions('field-case', { style: 'snake' }, form)).toHaveLength(2);
  });
});

describe('field-consistent', () => {
  it.each([
    ['{ _links: {}, links: {} }', 0],
    ['{ userid: {}, userId: {} }', 1],
    ['{ user_name: {}, username: {} }', 0],
    ['{ fileName: {}, filename: {} }', 1],
    ['{ fileName: {}, file_name: {} }', 1],
  ])('finds in %s: %i', async (properties, count) => {
    expect(await messages('field-consistent', schemasOf(`A: { properties: ${properties} }`))).toHaveLength(count);
  });
});

describe('enum-value-case', () => {
  it('says nothing of an API that is torn between two cases', async () => {
    const text = schemasOf('A: { enum: [not_found, on_hold] }', 'B: { enum: [NOT_READY, ON_TIME] }');
    expect(await messages('enum-value-case', text)).toEqual([]);
  });

  it('lets values be names of properties', async () => {
    const text = schemasOf(
      'A: { enum: [NOT_FOUND, ON_HOLD] }',
      'Sort: { enum: [createdAt, -createdAt] }',
      'B: { properties: { createdAt: {} } }',
    );
    expect(await messages('enum-value-case', text)).toEqual([]);
  });
});

describe('parameter-case', () => {
  it.each(['ETag', 'X-Request-ID', 'WWW-Authenticate', 'TE', 'X-RateLimit-Limit', 'Content-MD5'])(
    'is content with the header %s',
    async (name) => {
      const text = `openapi: 3.1.0\ncomponents:\n  parameters:\n    A: { name: ${name}, in: header }\n`;
      expect(await messages('parameter-case', text)).toEqual([]);
    },
  );

  it.each(['x-request-id', 'X-Movie-rating', 'movierating', 'Api_Key'])('reports the header %s', async (name) => {
    const text = `openapi: 3.1.0\ncomponents:\n  parameters:\n    A: { name: ${name}, in: header }\n`;
    expect(await messages('parameter-case', text)).toHaveLength(1);
  });
});
