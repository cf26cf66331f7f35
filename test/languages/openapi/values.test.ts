import { describe, expect, test } from 'vitest';
import { type Judging, mismatches } from '../../../src/languages/openapi/values.ts';
import { judging, schemaOf } from './values-places.ts';

type Components = Record<string, unknown>;

/** What is wrong with a value, in words. */
function told(value: unknown, schema: unknown, how: Partial<Judging> & { components?: Components } = {}): string[] {
  const root = { schema, components: how.components };
  return mismatches(value, schemaOf(root, 'schema'), judging({ root, ...how })).map(({ message }) => message);
}

const old = { dialect: 'openapi-3.0' } as const;
const swagger = { dialect: 'swagger-2.0' } as const;
const cat = {
  type: 'object',
  required: ['kind', 'lives'],
  properties: { kind: { const: 'cat' }, lives: { type: 'integer' } },
};
const dog = {
  type: 'object',
  required: ['kind', 'bark'],
  properties: { kind: { const: 'dog' }, bark: { type: 'string' } },
};

describe('the words', () => {
  test.each([
    [{ age: 'x' }, { properties: { age: { type: 'integer' } } }, '`age` must be an integer, not a string'],
    [1.5, { type: 'integer' }, 'the value must be an integer, not 1.5'],
    [5, { type: ['string', 'null'] }, 'the value must be a string or null, not a number'],
    ['c', { enum: ['a', 'b', null] }, 'the value must be one of `a`, `b` or `null`, not `c`'],
    [
      'Activ',
      { enum: ['active', 'closed'] },
      'the value must be one of `active` or `closed`, not `Activ`; did you mean `active`?',
    ],
    ['b', { const: 'a' }, 'the value must be `a`, not `b`'],
    [{ email: 'me' }, { properties: { email: { format: 'email' } } }, '`email` must be an email address, not `me`'],
    [{}, { required: ['a'] }, 'the value must have the property `a`'],
    [{ x: {} }, { properties: { x: { required: ['a', 'b'] } } }, '`x` must have the properties `a` and `b`'],
    [
      { emial: 1 },
      { properties: { email: {} }, additionalProperties: false },
      '`emial` must not be there; did you mean `email`?',
    ],
    [{ other: 1 }, { properties: { email: {} }, additionalProperties: false }, '`other` must not be there'],
    [
      [{ 'x y': 1 }],
      { items: { additionalProperties: { type: 'string' } } },
      '`[0]["x y"]` must be a string, not a number',
    ],
    ['abc', { maxLength: 1 }, 'the value must be at most 1 character long, not 3'],
    ['abc', { pattern: '^b' }, 'the value must match the pattern `^b`, unlike `abc`'],
    [1, { minimum: 2 }, 'the value must be at least 2, not 1'],
    [2, { exclusiveMaximum: 2 }, 'the value must be less than 2, not 2'],
    [0.015, { multipleOf: 0.01 }, 'the value must be a multiple of 0.01, not 0.015'],
    [[1, 2, 1], { uniqueItems: true }, 'the value must not have the same item twice, at 0 and 2'],
    [[1], { contains: { type: 'string' } }, 'the value must have at least 1 item that fits `contains`, not 0'],
    [{}, { minProperties: 2 }, 'the value must have at least 2 properties, not 0'],
    [
      { A: 1 },
      { propertyNames: { pattern: '^[a-z]+$' } },
      '`A` has a name that must match the pattern `^[a-z]+$`, unlike `A`',
    ],
    [{ a: 1 }, { dependentRequired: { a: ['b'] } }, 'the value must have the property `b`, since it has `a`'],
    [1, { not: { type: 'integer' } }, 'the value must not fit what is under `not`'],
    [{ a: 1 }, { properties: { a: false } }, '`a` must not be there'],
    [{ a: 1, b: 2 }, { allOf: [{ properties: { a: {} } }], unevaluatedProperties: false }, '`b` must not be there'],
  ])('of %j under %j', (value, schema, message) => {
    expect(told(value, schema)).toEqual([message]);
  });

  test('say where in the value and which keyword', () => {
    const schema = { items: { properties: { name: { type: 'string' } } } };
    const [mismatch] = mismatches([{ name: 'a' }, { name: 1 }], schemaOf({ schema }, 'schema'), judging());
    expect(mismatch?.path).toEqual([1, 'name']);
    expect(mismatch?.schema.element).toBe('#/schema/items/properties/name/type');
  });

  test('lead to the property that must not be there', () => {
    const [mismatch] = mismatches({ a: 1 }, schemaOf({ additionalProperties: false }), judging());
    expect(mismatch?.path).toEqual(['a']);
    expect(mismatch?.schema.element).toBe('#/additionalProperties');
  });

  test('tell each cause once for each place', () => {
    expect(
      told({ a: 1 }, { allOf: [{ properties: { a: { type: 'string' } } }, { properties: { a: { type: 'string' } } }] }),
    ).toHaveLength(1);
  });
});

describe('what fits', () => {
  test.each([
    ['equal objects in another order', { a: 1, b: 2 }, { enum: [{ b: 2, a: 1 }] }],
    ['a property that a pattern names', { xa: 1 }, { patternProperties: { '^x': {} }, additionalProperties: false }],
    [
      'a property that an inner `unevaluatedProperties` has looked at',
      { a: 1 },
      { allOf: [{ unevaluatedProperties: { type: 'integer' } }], unevaluatedProperties: false },
    ],
    [
      'a property that the alternative that fits names',
      { a: 1 },
      { anyOf: [{ properties: { a: {} } }, false], unevaluatedProperties: false },
    ],
    ['an item that `contains` has found', [1], { contains: { type: 'integer' }, unevaluatedItems: false }],
  ])('%s', (_, value, schema) => {
    expect(told(value, schema)).toEqual([]);
  });

  test.each([
    [
      'equal objects in another order, twice',
      [
        { a: 1, b: 2 },
        { b: 2, a: 1 },
      ],
      { uniqueItems: true },
    ],
    ['a property that no pattern names', { a: 1 }, { patternProperties: { '^x': {} }, additionalProperties: false }],
    [
      'a property that only a neighbour names',
      { a: 1 },
      { allOf: [{ properties: { a: {} } }, { unevaluatedProperties: false }] },
    ],
    [
      'a property that only a failed alternative names',
      { a: 1 },
      { anyOf: [{ properties: { a: false } }, true], unevaluatedProperties: false },
    ],
  ])('not %s', (_, value, schema) => {
    expect(told(value, schema)).toHaveLength(1);
  });
});

describe('alternatives', () => {
  test.each([
    [
      'of other types are told together',
      5,
      { anyOf: [{ type: 'string' }, { type: 'array' }] },
      'the value must be a string or an array, not a number',
    ],
    [
      'of other values are told together',
      'c',
      { oneOf: [{ const: 'a' }, { const: 'b' }] },
      'the value must be one of `a` or `b`, not `c`',
    ],
    [
      'of other properties are told together',
      {},
      { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
      'the value must have the property `a` or `b`',
    ],
    [
      'of another type are passed over',
      'c',
      { anyOf: [{ type: 'null' }, { type: 'string', maxLength: 0 }] },
      'the value must be at most 0 characters long, not 1',
    ],
    [
      'with another fixed value are passed over',
      { kind: 'dog' },
      { oneOf: [cat, dog] },
      'the value must have the property `bark`',
    ],
    [
      'without a match by their fixed value name those that there are',
      { kind: 'cow' },
      { oneOf: [cat, dog] },
      '`kind` must be one of `cat` or `dog`, not `cow`',
    ],
    [
      'are told by the nearest',
      { a: 1 },
      { anyOf: [{ required: ['x', 'y'] }, { properties: { a: { minimum: 2 } } }] },
      '`a` must be at least 2, not 1 (to fit the nearest of 2 alternatives)',
    ],
    [
      'that both fit break `oneOf`',
      1,
      { oneOf: [{ type: 'integer', title: 'Count' }, { type: 'number' }] },
      'the value must fit only one of the alternatives in `oneOf`, but fits `Count` and number 2',
    ],
  ])('%s', (_, value, schema, message) => {
    expect(told(value, schema)).toEqual([message]);
  });

  test('that may fit by an unknown format do not break `oneOf`', () => {
    expect(told('a', { oneOf: [{ type: 'string', format: 'colour' }, { type: 'string' }] })).toEqual([]);
    expect(told('a', { not: { type: 'string', format: 'colour' } })).toEqual([]);
  });

  describe('with a discriminator', () => {
    const components = {
      Cat: { type: 'object', properties: { kind: { type: 'string' }, lives: { type: 'integer' } } },
      Dog: { type: 'object', properties: { kind: { type: 'string' }, bark: { type: 'string' } } },
    };
    const oneOf = [{ $ref: '#/components/Cat' }, { $ref: '#/components/Dog' }];
    const named = { oneOf, discriminator: { propertyName: 'kind' } };
    const mapped = { oneOf, discriminator: { propertyName: 'kind', mapping: { d: '#/components/Dog', c: 'Cat' } } };

    test('are judged by the one it names', () => {
      expect(told({ kind: 'Dog', bark: 1, lives: 'x' }, named, { ...old, components })).toEqual([
        '`bark` must be a string, not a number',
      ]);
      expect(told({ kind: 'd', bark: 1, lives: 'x' }, mapped, { ...old, components })).toEqual([
        '`bark` must be a string, not a number',
      ]);
      expect(told({ kind: 'c', bark: 1, lives: 'x' }, mapped, { ...old, components })).toEqual([
        '`lives` must be an integer, not a string',
      ]);
    });

    test('may fit several', () => {
      expect(told({ kind: 'Dog' }, named, { ...old, components })).toEqual([]);
      expect(told({ kind: 'Dog' }, { oneOf }, { ...old, components })).toHaveLength(1);
    });
  });
});

describe('what OpenAPI asks for', () => {
  test('`nullable` lets null pass beside `enum`, `allOf` and `$ref`', () => {
    const components = { Pet: { type: 'object' } };
    expect(told(null, { type: 'string', nullable: true, enum: ['a'] }, old)).toEqual([]);
    expect(told(null, { allOf: [{ $ref: '#/components/Pet' }], nullable: true }, { ...old, components })).toEqual([]);
    expect(told(null, { $ref: '#/components/Pet', nullable: true }, { ...old, components })).toEqual([]);
    expect(told(null, { type: 'string', 'x-nullable': true }, swagger)).toEqual([]);
    expect(told(null, { type: 'string' }, old)).toEqual(['the value must be a string, not null']);
  });

  test('exclusive bounds are booleans before 3.1 and numbers since', () => {
    expect(told(2, { minimum: 2, exclusiveMinimum: true }, old)).toEqual(['the value must be greater than 2, not 2']);
    expect(told(2, { minimum: 2, exclusiveMinimum: true })).toEqual([]);
    expect(told(2, { exclusiveMinimum: 2 })).toEqual(['the value must be greater than 2, not 2']);
    expect(told(2, { exclusiveMinimum: 2 }, old)).toEqual([]);
  });

  test('keywords beside `$ref` count since 3.1', () => {
    const components = { Name: { type: 'string' } };
    const schema = { $ref: '#/components/Name', maxLength: 1 };
    expect(told('ab', schema, { ...old, components })).toEqual([]);
    expect(told('ab', schema, { components })).toHaveLength(1);
    expect(told(1, { $dynamicRef: '#/components/Name' }, { components })).toHaveLength(1);
  });

  test('keywords of later versions are not known to earlier ones', () => {
    // biome-ignore lint/suspicious/noThenProperty: the keyword's name
    expect(told(1, { const: 2, if: {}, then: false, prefixItems: [] }, old)).toEqual([]);
    expect(told(1, { oneOf: [{ type: 'string' }], anyOf: [{ type: 'string' }], not: {} }, swagger)).toEqual([]);
    expect(told('x', { type: 'file' }, swagger)).toEqual([]);
  });

  test('`readOnly` properties may be missing from requests and `writeOnly` ones from responses', () => {
    const schema = {
      required: ['id', 'secret'],
      allOf: [{ properties: { id: { readOnly: true } } }, { properties: { secret: { allOf: [{ writeOnly: true }] } } }],
    };
    const tell = (value: unknown, direction: Judging['direction']) => told(value, schema, { ...old, direction });
    expect(tell({ secret: 1 }, 'request')).toEqual([]);
    expect(tell({ id: 1 }, 'request')).toEqual(['the value must have the property `secret`']);
    expect(tell({ id: 1 }, 'response')).toEqual([]);
    expect(tell({ secret: 1 }, 'response')).toEqual(['the value must have the property `id`']);
    expect(tell({ secret: 1 }, 'either')).toEqual([]);
    expect(tell({ id: 1 }, 'either')).toEqual([]);
    expect(tell({}, 'either')).toHaveLength(1);
    expect(tell({}, 'both')).toEqual(['the value must have the properties `id` and `secret`']);
  });

  test('lengths count code points, and decimals are exact', () => {
    expect(told('😀', { maxLength: 1 })).toEqual([]);
    expect(told(0.07, { multipleOf: 0.01 })).toEqual([]);
    expect(told(1.1, { multipleOf: 0.1 })).toEqual([]);
    expect(told(1e300, { multipleOf: 1e-10 })).toEqual([]);
    expect(told(19.999, { multipleOf: 0.01 })).toHaveLength(1);
  });
});

describe('what cannot be decided or makes no sense asks for nothing', () => {
  test.each([
    { type: 5 },
    { type: ['string', 5] },
    { type: 'text' },
    { required: 'x', properties: [], additionalProperties: 5, patternProperties: 5, propertyNames: [] },
    { enum: {}, minLength: 'x', maximum: '1', multipleOf: 0, minItems: [], uniqueItems: 'yes' },
    { enum: [] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword's name
    { allOf: {}, anyOf: 5, oneOf: [], not: 5, if: 5, then: false },
    { items: [{ type: 'string' }], prefixItems: {}, contains: 5, dependentRequired: [], dependentSchemas: { a: 5 } },
    { pattern: '(' },
    { format: 5 },
    { $ref: 5 },
    { $ref: '#/nowhere' },
    null,
    'schema',
    [],
  ])('%j', (schema) => {
    for (const value of [null, 1, 'x', ['x'], { a: 1 }]) {
      for (const dialect of ['swagger-2.0', 'openapi-3.0', 'json-schema'] as const) {
        expect(told(value, schema, { dialect })).toEqual([]);
      }
    }
  });

  test('schemas that lead back to themselves', () => {
    const components: Components = {
      Loop: { $ref: '#/components/Loop' },
      A: { allOf: [{ $ref: '#/components/B' }], type: 'string' },
      B: { oneOf: [{ $ref: '#/components/A' }, { not: { $ref: '#/components/B' } }] },
      Tree: { type: 'object', properties: { next: { $ref: '#/components/Tree' } } },
    };
    expect(told('x', { $ref: '#/components/Loop' }, { components })).toEqual([]);
    expect(told('x', { $ref: '#/components/Loop' }, { ...old, components })).toEqual([]);
    expect(told(1, { $ref: '#/components/A' }, { components })).toEqual(['the value must be a string, not a number']);
    expect(told({ next: { next: 1 } }, { $ref: '#/components/Tree' }, { components })).toEqual([
      '`next.next` must be an object, not a number',
    ]);
  });

  test('values that hold themselves, and nest without end', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    const components = {
      Tree: { additionalProperties: { $ref: '#/components/Tree' }, uniqueItems: true, enum: [circle] },
    };
    expect(told(circle, { $ref: '#/components/Tree' }, { components })).toEqual([]);
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    const list = { items: { $ref: '#/components/List' }, uniqueItems: true };
    expect(told(deep, list, { components: { List: list } })).toEqual([]);
    let nested: unknown = { type: 'string' };
    for (let level = 0; level < 100_000; level++) nested = { allOf: [nested] };
    expect(told(1, nested)).toEqual([]);
  });

  test('schemas and values that fan out without end', () => {
    const components: Components = {};
    for (let level = 0; level < 60; level++) {
      const next = { $ref: `#/components/L${level + 1}` };
      components[`L${level}`] = { oneOf: [{ allOf: [next] }, { allOf: [next], maxLength: 9 }] };
    }
    components['L60'] = { type: 'integer' };
    expect(told('x', { $ref: '#/components/L0' }, { components })).toEqual([]);
    let laughs: unknown = 'ha';
    for (let level = 0; level < 60; level++) laughs = [laughs, laughs];
    const list = { items: { $ref: '#/components/List' }, uniqueItems: true };
    expect(told(laughs, { $ref: '#/components/List' }, { components: { List: list } })).toEqual([]);
    const listOnly = { type: 'array', items: { $ref: '#/components/List' } };
    expect(told(laughs, { $ref: '#/components/List' }, { components: { List: listOnly } })).toHaveLength(100);
    expect(told(laughs, { enum: [laughs] })).toEqual([]);
  });

  test('patterns that could backtrack for longer than anyone waits', () => {
    const text = `${'a'.repeat(5_000)}!`;
    expect(told(text, { pattern: '^(a+)+$' })).toEqual([]);
    expect(told(text, { pattern: '^(a|aa)*$' })).toEqual([]);
    expect(told(text, { pattern: '^a*a*a*a*a*a*$' })).toEqual([]);
    expect(told(text, { pattern: '^(a?){30}b$' })).toEqual([]);
    expect(told(text, { pattern: '^a+$' })).toHaveLength(1);
    expect(told('aaa!', { pattern: '^(a+)+$' })).toHaveLength(1);
  });

  test('`__proto__` is a property like any other', () => {
    const value = JSON.parse('{ "__proto__": 1 }');
    expect(told(value, JSON.parse('{ "properties": { "__proto__": { "type": "string" } } }'))).toHaveLength(1);
    expect(told(value, { additionalProperties: false })).toEqual(['`__proto__` must not be there']);
    expect(told({}, { required: ['__proto__', 'toString'] })).toHaveLength(1);
    expect(told({ toString: 1 }, { properties: {}, additionalProperties: false })).toHaveLength(1);
  });
});
