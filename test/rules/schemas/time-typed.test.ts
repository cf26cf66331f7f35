import { expect, it } from 'vitest';
import { findInExample } from '../../../src/commands/examples.ts';
import rule from '../../../src/rules/schemas/time-typed.ts';

async function found(text: string): Promise<string[]> {
  return (await findInExample(rule, 'openapi', text, [rule])).map(({ element }) => element);
}

const body = (example: string, schema: string) => `
openapi: 3.1.0
paths:
  /a:
    get:
      responses:
        '200':
          content:
            application/json:
              schema: ${schema}
              example: ${example}
`;
const place = '#/paths/~1a/get/responses/200/content/application~1json/schema';

it('follows an example down to the string that it shows', async () => {
  const schema = '{ type: array, items: { type: object, properties: { begin: { type: string } } } }';
  expect(await found(body(`[{ begin: '2024-05-01T12:00:00Z' }]`, schema))).toEqual([`${place}/items/properties/begin`]);
});

it('finds the values of maps', async () => {
  const schema = '{ type: object, additionalProperties: { type: string } }';
  expect(await found(body(`{ a: '2024-05-01' }`, schema))).toEqual([`${place}/additionalProperties`]);
});

it('points to the place of alternatives rather than to one of them', async () => {
  const schema = '{ type: object, properties: { end: { oneOf: [{ type: string }, { type: string, maxLength: 9 }] } } }';
  expect(await found(body(`{ end: 'Mon, 03 Jul 23 16:15:00 +0000' }`, schema))).toEqual([`${place}/properties/end`]);
});

it.each([
  ['one example of several is no time', `[{ s: '2024-05-01' }, { s: soon }]`, '{ s: { type: string } }'],
  ['the string has a format', `[{ s: '2024-05-01' }]`, '{ s: { type: string, format: date } }'],
  ['the string has a pattern', `[{ s: '2024-05-01' }]`, `{ s: { type: string, pattern: '^2' } }`],
  ['it names a version', `[{ api_version: '2024-05-01' }]`, '{ api_version: { type: string } }'],
  ['the string may be a number too', `[{ s: '2024-05-01' }]`, '{ s: { type: [string, integer] } }'],
])('says nothing where %s', async (_, example, properties) => {
  expect(await found(body(example, `{ type: array, items: { type: object, properties: ${properties} } }`))).toEqual([]);
});

it('ends on schemas that contain themselves', async () => {
  const text = `
openapi: 3.1.0
components:
  schemas:
    Tree:
      type: object
      example: { child: { child: { grown: '2024-05-01T12:00:00Z' } } }
      properties:
        grown: { type: string }
        child: { $ref: '#/components/schemas/Tree' }
`;
  expect(await found(text)).toEqual(['#/components/schemas/Tree/properties/grown']);
});
