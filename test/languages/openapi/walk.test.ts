import { describe, expect, it } from 'vitest';
import { everyOperation, operations, outgoing, paths, schemas } from '../../../src/languages/openapi/select.ts';
import { apiOf } from './api.ts';

const namesOf = (files: Parameters<typeof apiOf>[0]) => operations(apiOf(files)).map(({ name }) => name);
const schemaPlaces = (files: Parameters<typeof apiOf>[0]) =>
  schemas(apiOf(files)).map(({ at }) => `${at.document.source.path}${at.element}`);

describe('operations', () => {
  it('are found under paths, in path items elsewhere, and in operations elsewhere', () => {
    const files = {
      'openapi.yaml': `openapi: 3.1.0
paths:
  /a:
    $ref: items.yaml#/A
    post: {}
  /b: { $ref: '#/components/pathItems/B' }
  /c:
    get: { $ref: operations.yaml }
components:
  pathItems:
    B:
      get: {}
    Unused:
      get: {}
`,
      'items.yaml': 'A:\n  get: {}\n',
      'operations.yaml': 'summary: From elsewhere\n',
    };
    expect(namesOf(files)).toEqual(['GET /a', 'POST /a', 'GET /b', 'GET /c']);
    expect(everyOperation(apiOf(files)).filter(({ context }) => context === 'component')).toHaveLength(1);
  });

  it('of one path item under two paths are two', () => {
    expect(
      namesOf(`openapi: 3.1.0
paths:
  /a: { $ref: '#/components/pathItems/Both' }
  /b: { $ref: '#/components/pathItems/Both' }
components:
  pathItems:
    Both: { get: {} }
`),
    ).toEqual(['GET /a', 'GET /b']);
  });

  it('use the methods of 3.2', () => {
    expect(
      namesOf('openapi: 3.2.0\npaths:\n  /a:\n    query: {}\n    additionalOperations:\n      COPY: {}\n'),
    ).toEqual(['QUERY /a', 'COPY /a']);
  });

  it('of webhooks and callbacks are outgoing', () => {
    const api = apiOf(`openapi: 3.1.0
paths:
  /a:
    post:
      callbacks:
        done:
          '{$request.body#/url}':
            post: {}
webhooks:
  created:
    post: {}
`);
    expect(outgoing(api).map(({ context, path }) => `${context} ${path}`)).toEqual([
      'callback {$request.body#/url}',
      'webhook created',
    ]);
    expect(operations(api)).toHaveLength(1);
  });
});

describe('the walk', () => {
  it('visits what many refer to once, where it is defined', () => {
    expect(
      schemaPlaces(`openapi: 3.0.0
paths:
  /a:
    get:
      responses:
        '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }
    put:
      responses:
        '200': { description: '', content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }
components:
  schemas:
    A: { type: object, properties: { b: { type: string } } }
`),
    ).toEqual(['openapi.yaml#/components/schemas/A', 'openapi.yaml#/components/schemas/A/properties/b']);
  });

  it('follows circles across files once around', () => {
    expect(
      schemaPlaces({
        'openapi.yaml': `openapi: 3.0.0\ncomponents:\n  schemas:\n    A: { properties: { b: { $ref: 'b.yaml#/B' } } }\n`,
        'b.yaml': `B: { properties: { a: { $ref: 'openapi.yaml#/components/schemas/A' }, b: { $ref: '#/B' } } }\n`,
      }),
    ).toEqual(['openapi.yaml#/components/schemas/A', 'b.yaml#/B']);
  });

  it('counts what stands beside a `$ref` in schemas since 3.1 only', () => {
    const document = (version: string) => `openapi: ${version}
components:
  schemas:
    A:
      $ref: '#/components/schemas/B'
      properties: { c: { type: string } }
    B: {}
`;
    expect(schemaPlaces(document('3.0.0'))).toEqual(['openapi.yaml#/components/schemas/B']);
    expect(schemaPlaces(document('3.1.0'))).toEqual([
      'openapi.yaml#/components/schemas/A',
      'openapi.yaml#/components/schemas/A/properties/c',
      'openapi.yaml#/components/schemas/B',
    ]);
  });

  it('visits an aliased object once', () => {
    expect(schemaPlaces('openapi: 3.1.0\ncomponents:\n  schemas:\n    A: &a { type: string }\n    B: *a\n')).toEqual([
      'openapi.yaml#/components/schemas/A',
    ]);
  });

  it('does not take a property named `$ref` for a reference', () => {
    const document = 'openapi: 3.1.0\ncomponents:\n  schemas:\n    A: { properties: { $ref: { type: string } } }\n';
    expect(apiOf(document).index.references).toEqual([]);
    expect(schemaPlaces(document)).toHaveLength(2);
  });

  it('finds schemas in places that the specification does not know', () => {
    expect(
      schemaPlaces(
        'openapi: 3.0.0\ncomponents:\n  bodies: { schema: { type: string } }\nheaders: { schemas: { A: {} } }\n',
      ),
    ).toEqual(['openapi.yaml#/components/bodies/schema', 'openapi.yaml#/headers/schemas/A']);
  });

  it('survives anything in place of anything', () => {
    const oddities = [
      'null',
      '5',
      '"text"',
      '[]',
      '[null, 5, [], {}]',
      '{}',
      '{ a: null, b: 5, c: [] }',
      '{ $ref: 5 }',
      "{ $ref: '#' }",
    ];
    const places = ['paths', 'components', 'webhooks', 'tags', 'security', 'servers', 'info'];
    for (const version of ['swagger: "2.0"', 'openapi: 3.0.0', 'openapi: 3.1.0', 'openapi: 3.2.0', 'openapi: {}']) {
      for (const place of places) {
        for (const oddity of oddities) {
          const inside = `${version}\n${place}:\n  x: ${oddity}\n  /a: ${oddity}\n  schemas: ${oddity}\n  /b: { get: ${oddity}, parameters: ${oddity} }\n`;
          for (const text of [`${version}\n${place}: ${oddity}\n`, inside]) {
            expect(paths(apiOf(text)).length).toBeLessThan(9);
          }
        }
      }
    }
  });
});
