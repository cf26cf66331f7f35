import { describe, expect, it } from 'vitest';
import { findInExample } from '../../../src/commands/examples.ts';
import rule from '../../../src/rules/docs/example-valid.ts';

async function found(text: string): Promise<string[]> {
  return (await findInExample(rule, 'openapi', text, [rule])).map(({ element }) => element);
}

const parameter = (schema: string, example: string) => `
openapi: 3.1.0
components:
  parameters:
    p: { name: p, in: query, schema: ${schema}, example: ${example} }
`;

describe('texts that stand for values', () => {
  it('lets a list be written as it travels', async () => {
    expect(await found(parameter('{ type: array, items: { type: integer } }', `'1,2'`))).toHaveLength(0);
  });

  it('refuses a text for a number', async () => {
    expect(await found(parameter('{ type: integer }', `'12'`))).toEqual(['#/components/parameters/p/example']);
  });

  it('reads JSON in a text', async () => {
    const schema = (text: string) => `
openapi: 3.1.0
components:
  schemas:
    A: { type: object, required: [a], properties: { a: { type: integer } }, example: '${text}' }
`;
    expect(await found(schema('{ "a": 1 }'))).toEqual([]);
    expect(await found(schema('{ "b": 1 }'))).toEqual(['#/components/schemas/A/example']);
  });
});

it('judges values that are false, null, zero or empty', async () => {
  for (const example of ['false', 'null', '0', `''`]) {
    expect(await found(parameter('{ enum: [a, b] }', example))).toEqual(['#/components/parameters/p/example']);
  }
});

it('tells references from data that happens to be called $ref', async () => {
  const schema = '{ type: object }';
  const place = '#/components/parameters/p/example/manager/$ref';
  expect(await found(parameter(schema, `{ manager: { $ref: '#/components/examples/m' } }`))).toEqual([place]);
  expect(await found(parameter(schema, `{ manager: { $ref: 'https://example.org/Users/1' } }`))).toEqual([]);
});

it('judges the examples of 2.0 responses by media type', async () => {
  const text = `
swagger: '2.0'
paths:
  /a:
    get:
      responses:
        '200':
          schema: { type: object, properties: { n: { type: integer } } }
          examples:
            application/json: { n: one }
            text/plain: n is one
`;
  expect(await found(text)).toEqual(['#/paths/~1a/get/responses/200/examples/application~1json/n']);
});
