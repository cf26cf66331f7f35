import type { AnySchema } from 'ajv/dist/2020.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Judging } from '../../../src/languages/openapi/values.ts';
import { mismatches } from '../../../src/languages/openapi/values.ts';
import { judging, schemaOf } from './values-places.ts';

type Schema = Record<string, unknown> | boolean;

/** Few names, so that schemas and values meet; not `__proto__`, which Ajv leaves out. */
const name = fc.constantFrom('a', 'b', 'c', 'constructor');
const text = fc.constantFrom('', 'a', 'ab', 'ba', 'abc', '😀', '2024-02-29', '2023-02-29', '127.0.0.1', '::1');
const number = fc.constantFrom(-1, 0, 1, 2, 3, 0.5, 1.5, 6, 1e10);
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));

const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 3 }),
    objectOf(tie('value')),
  ),
}));

function objectOf<T>(value: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> {
  return fc.array(fc.tuple(name, value), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
}

/** A schema of the dialect. Depth is bounded; `$ref` leads to two named schemas, one of them recursive. */
function schemas(dialect: Judging['dialect']): fc.Arbitrary<Schema> {
  const isModern = dialect === 'json-schema';
  const small = fc.integer({ min: 0, max: 3 });
  const { schema } = fc.letrec<{ schema: Schema }>((tie) => {
    const sub = tie('schema');
    const list = fc.array(sub, { minLength: 1, maxLength: 3 });
    const type = fc.constantFrom('string', 'number', 'integer', 'boolean', 'object', 'array', 'null');
    const shared: Record<string, fc.Arbitrary<unknown>> = {
      type: isModern ? fc.oneof(type, fc.uniqueArray(type, { minLength: 1, maxLength: 3 })) : type,
      enum: fc.array(fc.oneof(scalar, anyValue), { minLength: 1, maxLength: 4 }),
      minLength: small,
      maxLength: small,
      pattern: fc.constantFrom('^a', 'b$', '^.$', '[ab]{2}'),
      format: fc.constantFrom('date', 'ipv4', 'ipv6', 'int32'),
      minimum: number,
      maximum: number,
      multipleOf: fc.constantFrom(0.5, 1, 2, 3),
      minItems: small,
      maxItems: small,
      uniqueItems: fc.boolean(),
      items: sub,
      properties: objectOf(sub),
      required: fc.uniqueArray(name, { maxLength: 2 }),
      additionalProperties: fc.oneof(fc.boolean(), sub),
      minProperties: small,
      maxProperties: small,
      allOf: list,
      anyOf: list,
      oneOf: list,
      not: sub,
    };
    const old = { nullable: fc.boolean(), exclusiveMinimum: fc.boolean(), exclusiveMaximum: fc.boolean() };
    const modern = {
      $ref: fc.constantFrom('#/$defs/leaf', '#/$defs/tree'),
      const: fc.oneof(scalar, anyValue),
      exclusiveMinimum: number,
      exclusiveMaximum: number,
      prefixItems: list,
      contains: sub,
      minContains: small,
      maxContains: small,
      patternProperties: fc.dictionary(fc.constantFrom('^a', '^[bc]', 'o$'), sub, { maxKeys: 2 }),
      propertyNames: sub,
      dependentRequired: objectOf(fc.uniqueArray(name, { maxLength: 2 })),
      dependentSchemas: objectOf(sub),
      if: sub,
      // biome-ignore lint/suspicious/noThenProperty: the keyword's name
      then: sub,
      else: sub,
      unevaluatedProperties: sub,
      unevaluatedItems: sub,
    };
    const keywords = Object.entries({ ...shared, ...(isModern ? modern : old) });
    const pair = fc.constantFrom(...keywords).chain(([key, value]) => fc.tuple(fc.constant(key), value));
    const object = fc.array(pair, { maxLength: 4 }).map((pairs): Schema => complete(Object.fromEntries(pairs)));
    const leaf = type.map((each): Schema => ({ type: each }));
    return {
      schema: isModern
        ? fc.oneof({ maxDepth: 3, depthSize: 'small' }, leaf, fc.boolean(), object, object, object)
        : fc.oneof({ maxDepth: 3, depthSize: 'small' }, leaf, object, object, object),
    };
  });
  return schema;
}

/** Ajv asks for a `type` beside `nullable`, and OpenAPI 3.0 says nothing of one without it. */
function complete(schema: Record<string, unknown>): Record<string, unknown> {
  if (!('nullable' in schema) || 'type' in schema) return schema;
  const { nullable: _, ...rest } = schema;
  return rest;
}

const definitions = {
  leaf: { type: ['string', 'integer'], maxLength: 2 },
  tree: { type: 'object', properties: { a: { $ref: '#/$defs/tree' }, b: { $ref: '#/$defs/leaf' } } },
};

function ajvAccepts(schema: Schema, value: unknown, dialect: Judging['dialect']): boolean {
  const ajv = new Ajv2020({ strict: false, validateSchema: false, ownProperties: true, logger: false });
  formats.default(ajv);
  const translated = dialect === 'json-schema' ? schema : (translate(schema) as Schema);
  const root: AnySchema = { $defs: definitions, allOf: [translated] };
  return ajv.compile(root)(value);
}

/** OpenAPI 3.0 in the words of 2020-12: null as an alternative, exclusive bounds as numbers. */
function translate(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, minimum, maximum, exclusiveMinimum, exclusiveMaximum, ...rest } = schema as Record<string, unknown>;
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(rest)) {
    if (key === 'properties')
      out[key] = Object.fromEntries(Object.entries(value as object).map(([k, v]) => [k, translate(v)]));
    else if (['allOf', 'anyOf', 'oneOf'].includes(key)) out[key] = (value as unknown[]).map(translate);
    else if (['items', 'not', 'additionalProperties'].includes(key)) out[key] = translate(value);
    else out[key] = value;
  }
  if (minimum !== undefined) out[exclusiveMinimum === true ? 'exclusiveMinimum' : 'minimum'] = minimum;
  if (maximum !== undefined) out[exclusiveMaximum === true ? 'exclusiveMaximum' : 'maximum'] = maximum;
  return nullable === true ? { anyOf: [{ type: 'null' }, out] } : out;
}

/** A value that tends to fit: what `enum`, `properties`, `items` and the like name, with a bit of anything. */
function fitting(schema: Schema, seed: unknown): unknown {
  if (typeof schema === 'boolean') return seed;
  if (Object.hasOwn(schema, 'const')) return schema['const'];
  if (Array.isArray(schema['enum'])) return schema['enum'][0];
  for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
    if (Array.isArray(schema[keyword])) return fitting(schema[keyword][0] as Schema, seed);
  }
  const type = Array.isArray(schema['type']) ? schema['type'][0] : schema['type'];
  if (type === 'object' || schema['properties']) {
    const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
    const required = ((schema['required'] ?? []) as string[]).map((key) => [key, seed] as const);
    return Object.fromEntries([...required, ...properties.map(([key, part]) => [key, fitting(part, seed)] as const)]);
  }
  if (type === 'array' || schema['prefixItems'] || schema['items']) {
    const parts = [...((schema['prefixItems'] ?? []) as Schema[]), (schema['items'] ?? true) as Schema];
    return parts.map((part) => fitting(part, seed));
  }
  if (type === 'string') return typeof seed === 'string' ? seed : 'ab';
  if (type === 'integer' || type === 'number') return schema['minimum'] ?? (typeof seed === 'number' ? seed : 2);
  if (type === 'boolean') return true;
  if (type === 'null') return null;
  return seed;
}

describe.each(['openapi-3.0', 'json-schema'] as const)('in %s', (dialect) => {
  test('a value fits exactly when Ajv says so', () => {
    const meeting = schemas(dialect).chain((schema) =>
      fc.tuple(
        fc.constant(schema),
        fc.oneof(
          anyValue,
          anyValue.map((seed) => fitting(schema, seed)),
        ),
      ),
    );
    let fit = 0;
    fc.assert(
      fc.property(meeting, ([schema, value]) => {
        const root = { root: schema, $defs: definitions };
        const found = mismatches(value, schemaOf(root, 'root'), judging({ dialect, root, direction: 'both' }));
        const accepted = ajvAccepts(schema, value, dialect);
        if (accepted) fit++;
        expect(found.length === 0).toBe(accepted);
      }),
      { numRuns: 3000, seed: 20_241_231 },
    );
    expect(fit).toBeGreaterThan(300);
    expect(fit).toBeLessThan(2700);
  });
});
