import { describe, expect, it } from 'vitest';
import { endlessSchemas } from '../../../src/languages/openapi/finite.ts';
import { OpenApi } from '../../../src/languages/openapi/openapi.ts';
import { read } from '../../../src/languages/openapi/read/read.ts';
import { Source } from '../../../src/text/source.ts';

const to = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const needing = (name: string) => ({ type: 'object', required: ['x'], properties: { x: to(name) } });

describe('schemas that no finite value satisfies', () => {
  it.each<[string, Record<string, unknown>, string[][]]>([
    ['a property of its own kind', { A: needing('A') }, [['A']]],
    ['over two others', { A: needing('B'), B: needing('C'), C: needing('A') }, [['A', 'B', 'C']]],
    ['what leads into a circle is not told of again', { A: needing('B'), B: needing('B') }, [['B']]],
    ['over an alias', { A: needing('B'), B: to('A') }, [['A']]],
    ['in every branch', { A: { oneOf: [needing('A'), needing('B')] }, B: needing('A') }, [['A']]],
    [
      'required apart from the property',
      { A: { allOf: [to('B')], required: ['x'] }, B: { type: 'object', properties: { x: to('A') } } },
      [['A']],
    ],
    ['items of a list that must not be empty', { A: { type: 'array', minItems: 1, items: to('A') } }, [['A']]],
    [
      'a variant that needs its base, which has no other',
      { P: { oneOf: [to('A')] }, A: { allOf: [needing('P'), to('P')] } },
      [['A', 'P']],
    ],
  ])('%s', (_, schemas, expected) => {
    expect(endless('3.0.0', schemas).map((names) => [...names].sort())).toEqual(expected);
  });
});

describe('schemas that some finite value satisfies', () => {
  it.each<[string, Record<string, unknown>]>([
    ['an optional property', { A: { type: 'object', properties: { x: to('A') } } }],
    [
      'a list that may be empty',
      { A: { type: 'object', required: ['x'], properties: { x: { type: 'array', items: to('A') } } } },
    ],
    ['a map', { A: { type: 'object', additionalProperties: to('A') } }],
    ['nullable', { A: { ...needing('A'), nullable: true } }],
    ['one branch that ends', { A: { oneOf: [needing('A'), { type: 'string' }] } }],
    [
      'a base and its variants include each other',
      { P: { oneOf: [to('A'), to('B')] }, A: { allOf: [needing('P'), to('P')] }, B: { allOf: [to('P')] } },
    ],
    ['references in a circle, which another rule tells of', { A: to('B'), B: to('A') }],
    ['a dangling reference', { A: needing('Gone') }],
    ['a type among others', { A: { required: ['x'], properties: { x: to('A') }, type: ['object', 'string'] } }],
  ])('%s', (_, schemas) => {
    expect(endless('3.1.0', schemas)).toEqual([]);
    expect(endless('3.0.0', schemas)).toEqual([]);
  });
});

it('a long chain costs no more than its length', () => {
  const schemas = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, i) => [`S${i}`, needing(`S${(i + 1) % 20_000}`)]),
  );
  expect(endless('3.0.0', schemas)).toHaveLength(1);
});

function endless(openapi: string, schemas: Record<string, unknown>): (readonly string[])[] {
  const text = JSON.stringify({ openapi, components: { schemas: nullableAs(openapi, schemas) } });
  const api = new OpenApi(read(new Source('openapi.json', text)), {
    read: () => ({ refused: 'there is no such file' }),
  });
  return endlessSchemas(api).map(({ names }) => names);
}

/** 3.1 says `nullable` by a type. */
function nullableAs(openapi: string, schemas: Record<string, unknown>): unknown {
  if (openapi === '3.0.0') return schemas;
  return JSON.parse(
    JSON.stringify(schemas).replace(/"type":"object",(.*?),"nullable":true/g, '"type":["object","null"],$1'),
  );
}
