import { type GraphQLEnumType, type GraphQLLeafType, isEnumType } from 'graphql/index.js';
import { split } from '../../words/split.ts';
import type { Random } from '../random.ts';
import { scalarKind } from '../resources/graphql-scalars.ts';
import { plausible } from '../sample/plausible.ts';

/** A value of a scalar or an enum, made up. @param called what it is called, the type that holds it first */
export function madeUpLeaf(type: GraphQLLeafType, called: readonly string[], random: Random): unknown {
  if (isEnumType(type)) return random.pick(type.getValues())?.value;
  switch (type.name) {
    case 'Int':
      return int32(plausible(called, { kind: 'integer', format: 'int32' }, random) ?? random.integer(1, 100));
    case 'Float':
      return number(plausible(called, { kind: 'number' }, random) ?? random.integer(100, 10_000) / 100);
    case 'Boolean':
      return random.chance(0.5);
    case 'ID':
      return madeUpId(called[0] ?? '', random);
    case 'String':
      return text(called, undefined, random);
  }
  return madeUpScalar(type.name, called, random);
}

/** An id that tells what it is the id of: `product_8f14e45fceea`. */
export function madeUpId(typeName: string, random: Random): string {
  const digits = Array.from({ length: 12 }, () => random.integer(0, 15).toString(16)).join('');
  const words = split(typeName);
  return `${words.at(-1) ?? 'id'}_${digits}`;
}

function madeUpScalar(name: string, called: readonly string[], random: Random): unknown {
  const kind = scalarKind(name);
  switch (kind) {
    case 'date-time':
    case 'date':
    case 'time':
    case 'duration':
    case 'uuid':
    case 'email':
    case 'uri':
      return text(called, kind, random);
    case 'timestamp':
      return random.integer(1_735_689_600, 1_767_225_600);
    case 'integer':
    case 'big-integer':
      return int32(plausible(called, { kind: 'integer', format: 'int64' }, random) ?? random.integer(1, 1000));
    case 'decimal':
    case 'number':
      return number(plausible(called, { kind: 'number' }, random) ?? random.integer(100, 10_000) / 100);
    case 'boolean':
      return random.chance(0.5);
    case 'json':
      return { [split(called.at(-1) ?? 'value')[0] ?? 'value']: text(called, undefined, random) };
    case 'void':
      return null;
    default:
      return text([...called, name], undefined, random);
  }
}

function text(called: readonly string[], format: string | undefined, random: Random): string {
  const made = plausible(called, { kind: 'string', ...(format === undefined ? {} : { format }) }, random);
  return String(made ?? `${split(called.at(-1) ?? 'text').join(' ')} ${random.integer(1, 1000)}`);
}

function number(value: string | number): number {
  const read = Number(value);
  return Number.isFinite(read) ? read : 0;
}

function int32(value: string | number): number {
  return Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, Math.round(number(value))));
}

/**
 * A value as it has to be for a scalar or an enum, so that it can be given out; undefined where it cannot be made fit.
 * @param value what the store or a mutation's input holds
 */
export function fitLeaf(type: GraphQLLeafType, value: unknown): unknown {
  if (isEnumType(type)) return fitEnum(type, value);
  switch (type.name) {
    case 'Int': {
      const read = Number(value);
      const isFit = typeof value !== 'object' && value !== '' && Number.isInteger(read) && Math.abs(read) < 2 ** 31;
      return isFit ? read : undefined;
    }
    case 'Float': {
      const read = Number(value);
      return typeof value !== 'object' && value !== '' && Number.isFinite(read) ? read : undefined;
    }
    case 'Boolean':
      return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;
    case 'ID':
    case 'String':
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : undefined;
  }
  return scalarKind(type.name) === 'json' || typeof value !== 'object' ? value : undefined;
}

/** The value of an enum that a word means, whatever its case and prefix: `placed` is `PLACED`. */
export function fitEnum(type: GraphQLEnumType, value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (type.getValue(value)) return value;
  const wanted = split(value).join(' ');
  return type.getValues().find(({ name }) => split(name).join(' ') === wanted)?.name;
}
