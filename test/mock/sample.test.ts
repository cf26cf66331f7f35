import { describe, expect, test } from 'vitest';
import { judging } from '../../src/languages/openapi/examples.ts';
import { mismatches, type SchemaAt } from '../../src/languages/openapi/values.ts';
import { Random } from '../../src/mock/random.ts';
import { prepareSampling } from '../../src/mock/sample/faker-hints.ts';
import { plausible } from '../../src/mock/sample/plausible.ts';
import { completeValue, type Sampling, sampleSchema } from '../../src/mock/sample/sample.ts';
import { apiOf } from '../languages/openapi/api.ts';

const seeds = Array.from({ length: 40 }, (_, i) => i + 1);

function at(schema: unknown, components: Record<string, unknown> = {}, version = '3.1.0') {
  const api = apiOf(JSON.stringify({ openapi: version, components: { schemas: { It: schema, ...components } } }));
  const place = api.root.at.child('components').child('schemas').child('It');
  const root = api.root.value as { components: { schemas: { It: unknown } } };
  return { api, schema: { value: root.components.schemas.It, at: place } satisfies SchemaAt };
}

/** Values for many seeds; each is checked to fit. */
function samples(
  schema: unknown,
  more: Partial<Sampling> = {},
  components?: Record<string, unknown>,
  version?: string,
) {
  const here = at(schema, components, version);
  return seeds.map((seed) => {
    const sampling = { api: here.api, direction: 'response' as const, examples: false, called: [], ...more };
    const value = sampleSchema(here.schema, { ...sampling, random: new Random(seed) });
    expect(mismatches(value, here.schema, judging(here.api, sampling.direction))).toEqual([]);
    return value;
  });
}

const object = (properties: Record<string, unknown>, more: object = {}) => ({ type: 'object', properties, ...more });

describe('values fit', () => {
  test.each<[string, unknown]>([
    ['bounds', { type: 'integer', minimum: 7, maximum: 9, multipleOf: 2 }],
    ['open bounds', { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.001 }],
    ['steps in decimals', { type: 'number', multipleOf: 0.01, minimum: 0.05, maximum: 9 }],
    ['patterns with lookaheads', { type: 'string', pattern: '^(?=.*[A-Z])(?=.*\\d).{8,12}$' }],
    ['patterns of a set length', { type: 'string', pattern: '^[a-z-]+$', minLength: 30, maxLength: 30 }],
    ['patterns beyond ASCII', { type: 'string', pattern: '^\\p{Lu}\\p{Ll}{3}$' }],
    ['lengths', { type: 'string', minLength: 70, maxLength: 71 }],
    ['alternatives of which one fits', { oneOf: [{ type: 'integer' }, { type: 'number', minimum: 10 }] }],
    [
      'conditions',
      object(
        { a: { enum: [1, 2] }, b: {} },
        {
          required: ['a'],
          if: { properties: { a: { const: 1 } } },
          // biome-ignore lint/suspicious/noThenProperty: the keyword's name
          then: { required: ['b'] },
          else: { not: { required: ['b'] } },
        },
      ),
    ],
    [
      'names by pattern',
      {
        type: 'object',
        minProperties: 3,
        patternProperties: { '^x-': { type: 'integer' } },
        additionalProperties: false,
      },
    ],
    ['names of a kind', { type: 'object', minProperties: 2, propertyNames: { pattern: '^[A-Z]{3}$' } }],
    [
      'dependents',
      object(
        { a: {}, b: {}, c: {} },
        { required: ['a'], dependentRequired: { a: ['d'] }, dependentSchemas: { d: { required: ['c'] } } },
      ),
    ],
    ['contains', { type: 'array', items: { type: 'integer' }, contains: { const: 5 }, minContains: 2, minItems: 4 }],
    ['different items', { type: 'array', items: { enum: [1, 2, 3] }, uniqueItems: true, minItems: 3 }],
    ['tuples', { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false }],
    [
      'allOf that closes',
      { allOf: [object({ a: { type: 'string' } }), { required: ['a'] }], unevaluatedProperties: false },
    ],
  ])('%s', (_, schema) => {
    expect(samples(schema)).toHaveLength(seeds.length);
  });

  test('what leads back to itself ends', () => {
    const tree = object({
      name: { type: 'string' },
      children: { type: 'array', items: { $ref: '#/components/schemas/It' } },
    });
    for (const value of samples({ ...tree, required: ['name', 'children'] })) {
      expect(JSON.stringify(value).length).toBeLessThan(2_000);
    }
  });

  test('what never ends gives something all the same', () => {
    const here = at(object({ it: { $ref: '#/components/schemas/It' } }, { required: ['it'] }));
    const value = sampleSchema(here.schema, {
      api: here.api,
      direction: 'response',
      random: new Random(1),
      examples: true,
      called: [],
    });
    expect(JSON.stringify(value).length).toBeLessThan(2_000);
  });

  test('a discriminator names the alternative', () => {
    const alternative = (name: string) =>
      object({ type: { type: 'string' }, [name]: { type: 'integer' } }, { required: ['type', name] });
    const schema = {
      oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
      discriminator: { propertyName: 'type', mapping: { kitten: '#/components/schemas/Cat' } },
    };
    for (const value of samples(schema, {}, { Cat: alternative('lives'), Dog: alternative('bones') }, '3.0.3')) {
      const { type, ...rest } = value as { type: string };
      expect(type).toBe('lives' in rest ? 'kitten' : 'Dog');
    }
  });
});

describe('what travels one way', () => {
  const schema = object(
    { id: { type: 'string', readOnly: true }, secret: { type: 'string', writeOnly: true } },
    { required: ['id', 'secret'] },
  );

  test('is left out the other way', () => {
    for (const value of samples(schema, { direction: 'request' }))
      expect(Object.keys(value as object)).toEqual(['secret']);
    for (const value of samples(schema, { direction: 'response' }))
      expect(Object.keys(value as object)).toEqual(['id']);
  });
});

describe('content', () => {
  test('examples that fit go first, others are not used', () => {
    const schema = object(
      { a: { type: 'string', example: 'shown' }, b: { type: 'integer', example: 'wrong' } },
      { required: ['a', 'b'] },
    );
    for (const value of samples(schema, { examples: true })) {
      expect(value).toMatchObject({ a: 'shown', b: expect.any(Number) });
    }
  });

  test('names say what is meant', () => {
    const schema = object({
      id: { type: 'string' },
      email: { type: 'string' },
      total_cents: { type: 'integer' },
      lat: { type: 'number' },
      created_at: { type: 'string', format: 'date-time' },
      updated_at: { type: 'string', format: 'date-time' },
    });
    for (const value of samples(schema, { called: ['order'] }) as Record<string, never>[]) {
      expect(value['id']).toMatch(/^ord_[0-9a-f]{12}$/);
      expect(value['email']).toMatch(/@example\./);
      expect(value['total_cents']).toBeGreaterThan(0);
      expect(Math.abs(value['lat']!)).toBeLessThanOrEqual(90);
      expect(String(value['created_at']) <= String(value['updated_at'])).toBe(true);
    }
  });

  test('ids look like the one that is shown', () => {
    for (const value of samples(object({ id: { type: 'string', example: 'prd_c9f0f895fb98' } }))) {
      expect((value as { id: string }).id).toMatch(/^prd_[0-9a-f]{12}$/);
    }
  });

  test('x-faker says what is wanted', async () => {
    await prepareSampling();
    for (const value of samples({ type: 'integer', 'x-faker': { 'number.int': { min: 5, max: 6 } } })) {
      expect([5, 6]).toContain(value);
    }
  });

  test('names that say nothing are left to others', () => {
    expect(plausible(['order', 'zzz'], { kind: 'string' }, new Random(1))).toBeUndefined();
  });
});

describe('what is completed', () => {
  const schema = object(
    {
      id: { type: 'string', readOnly: true },
      name: { type: 'string' },
      size: { type: 'integer', default: 3 },
      note: { type: 'string' },
    },
    { required: ['id', 'name'], additionalProperties: false },
  );
  const complete = (partial: unknown) => {
    const here = at(schema);
    const sampling: Sampling = {
      api: here.api,
      direction: 'response',
      random: new Random(1),
      examples: true,
      called: ['thing'],
    };
    return completeValue(here.schema, partial, sampling);
  };

  test('keeps what fits, replaces what does not, and adds what servers set', () => {
    expect(complete({ name: 'Lamp', size: 'large', wrong: 1 })).toEqual({
      id: expect.any(String),
      name: 'Lamp',
      size: 3,
    });
    expect(complete({ name: 'Lamp', note: 'n', size: 9 })).toEqual({
      id: expect.any(String),
      name: 'Lamp',
      note: 'n',
      size: 9,
    });
  });
});
