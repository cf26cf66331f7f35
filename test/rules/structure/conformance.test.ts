import { describe, expect, it } from 'vitest';
import { departures } from '../../../src/languages/openapi/conformance.ts';
import { OpenApi } from '../../../src/languages/openapi/openapi.ts';
import { read } from '../../../src/languages/openapi/read/read.ts';
import { Source } from '../../../src/text/source.ts';

describe('words for what departs from the specification', () => {
  it.each([
    ['swagger: 2.0', '`swagger` must be `2.0`, not the number 2.'],
    [
      "swagger: '2.0'\nhost: https://example.com/v1",
      '`host` must be the name of a host, with a port at most, not `https://example.com/v1`.',
    ],
    [
      "swagger: '2.0'\ndefinitions: { A: { oneOf: [] } }",
      '`oneOf` is no keyword of a schema in Swagger 2.0; it belongs to OpenAPI 3.0.',
    ],
    ['openapi: 3.1', '`openapi` must be a string, not a number.'],
    ["openapi: '3.1'", '`openapi` must be a version of OpenAPI such as `3.1.1`, not `3.1`.'],
    ['openapi: 4.0.0', '`openapi` must be a version of OpenAPI such as `3.1.1`, not `4.0.0`.'],
    ['openapi: 3.0.0\npaths: { /a: { get: { responses: null } } }', '`responses` must be an object, not null.'],
    ['openapi: 3.0.0\ntags: [orders]', 'An item of `tags` must be an object, not a string.'],
    ['openapi: 3.0.0\ncomponents: { schemas: { A: { required: [] } } }', '`required` must not be empty.'],
    ['openapi: 3.0.0\ncomponents: { schemas: { A: { required: [a, a] } } }', '`required` lists the same item twice.'],
    ['openapi: 3.0.0\ncomponents: { schemas: { A: { $ref: 5 } } }', '`$ref` must be a string, not a number.'],
    [
      'openapi: 3.1.0\ncomponents: { schemas: { A: { propertis: {} } } }',
      '`propertis` is no keyword of a schema, so it has no effect.',
    ],
    ['openapi: 3.1.0', 'The document has none of `paths`, `components` and `webhooks`.'],
    [
      'openapi: 3.2.0\npaths: { /a: { get: { parameters: [{ name: a, in: querystring, content: { a/b: {} } }, { name: b, in: query, schema: {} }] } } }',
      'A `querystring` parameter cannot stand beside a `query` parameter.',
    ],
  ])('%j', (text, message) => {
    expect(messages(text)).toContain(message);
  });
});

describe('what is not reported', () => {
  it.each([
    [
      'keywords that nobody knows, in 3.1',
      'openapi: 3.1.0\ncomponents: { schemas: { A: { widget: 1, nullable: true, dependencies: {} } } }',
    ],
    [
      'near misses in another dialect',
      'openapi: 3.1.0\njsonSchemaDialect: https://example.com/dialect\ncomponents: { schemas: { A: { propertis: {} } } }',
    ],
    ['boolean schemas in 3.1', 'openapi: 3.1.0\ncomponents: { schemas: { A: true, B: { items: false } } }'],
    [
      'properties with the names of keywords',
      'openapi: 3.0.0\npaths: {}\ncomponents: { schemas: { A: { properties: { requierd: {}, type: {}, $ref: {} } } } }',
    ],
    ['extensions', 'openapi: 3.0.0\nx-a: 1\npaths: { x-b: 2 }\ncomponents: { x-c: [], schemas: { A: { x-d: null } } }'],
  ])('%s', (_, text) => {
    expect(messages(text.replace('\n', '\ninfo: { title: T, version: v }\n'))).toEqual([]);
  });
});

it('keys that objects inherit elsewhere are keys like others', () => {
  const text =
    '{"openapi": "3.0.0", "info": {"title": "T", "version": "1", "constructor": 1, "__proto__": {}}, "paths": {}}';
  expect(messages(text)).toEqual(['`constructor` is no field of `info`.', '`__proto__` is no field of `info`.']);
});

function messages(text: string): string[] {
  const api = new OpenApi(read(new Source('openapi.yaml', text)), {
    read: () => ({ refused: 'there is no such file' }),
  });
  return departures(api).map(({ message }) => message);
}
