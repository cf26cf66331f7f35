import { expect, it } from 'vitest';
import { findInExample } from '../../../src/commands/examples.ts';
import rule from '../../../src/rules/schemas/required-exists.ts';

async function found(schemas: string): Promise<string[]> {
  const text = `openapi: 3.1.0\ncomponents:\n  schemas:\n${schemas.replace(/^/gm, '    ')}`;
  return (await findInExample(rule, 'openapi', text, [rule])).map(({ message }) => message);
}

it('knows the properties of what includes a schema through a reference', async () => {
  const schemas = `
Base: { type: object, required: [id, kind], properties: { id: { type: string } } }
Cat: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { kind: { type: string } } }] }`;
  expect(await found(schemas)).toEqual([]);
});

it('knows the properties of alternatives and of the schema around them', async () => {
  const schemas = `
A: { required: [x], oneOf: [{ properties: { x: {} } }, { properties: { y: {} } }] }
B: { properties: { x: {}, y: {} }, anyOf: [{ required: [x] }, { required: [y] }] }
C: { properties: { x: {} }, if: { required: [x] }, then: { properties: { z: {} }, required: [z] } }`;
  expect(await found(schemas)).toEqual([]);
});

it('says nothing where names come from a map, a pattern or a reference that leads nowhere', async () => {
  const schemas = `
A: { required: [x], additionalProperties: { type: string } }
B: { required: [x], patternProperties: { '^x': { type: string } } }
C: { required: [x], allOf: [{ $ref: 'https://example.org/c.json' }] }`;
  expect(await found(schemas)).toEqual([]);
});

it('ends on schemas that include each other', async () => {
  const schemas = `
A: { required: [x], allOf: [{ $ref: '#/components/schemas/B' }] }
B: { allOf: [{ $ref: '#/components/schemas/A' }] }`;
  expect(await found(schemas)).toEqual(['`x` is required but is no property of `A`.']);
});

it('takes names such as constructor for what they are', async () => {
  expect(await found(`A: { required: [constructor], properties: { id: {} } }`)).toEqual([
    '`constructor` is required but is no property of `A`.',
  ]);
});
