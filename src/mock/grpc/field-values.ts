import type { Json, JsonObject } from '../json.ts';
import type { FieldType } from './schema.ts';
import { isWellKnown, wellKnownFromRaw } from './well-known.ts';
import { FIXED32, FIXED64, LENGTH, START, VARINT } from './wire.ts';

/** An object in the making. */
export type Mutable = { [name: string]: Json };

/** How values of a field are written, packed lists apart. */
export function wireTypeOf(field: FieldType): number {
  switch (field.kind) {
    case 'string':
    case 'bytes':
      return LENGTH;
    case 'message':
      return field.delimited ? START : LENGTH;
    case 'double':
    case 'fixed64':
    case 'sfixed64':
      return FIXED64;
    case 'float':
    case 'fixed32':
    case 'sfixed32':
      return FIXED32;
    default:
      return VARINT;
  }
}

/** Whether values may stand together in a list. */
export function isPackable({ kind }: FieldType): boolean {
  return kind !== 'string' && kind !== 'bytes' && kind !== 'message';
}

/** What a field holds that is not set. */
export function zeroOf(field: FieldType): Json {
  switch (field.kind) {
    case 'message':
      return isWellKnown(field.message?.fullName ?? '') ? wellKnownFromRaw(field.message!.fullName, {}) : {};
    case 'string':
    case 'bytes':
      return '';
    case 'bool':
      return false;
    case 'enum':
      return field.enum?.byName.keys().next().value ?? 0;
    default:
      return field.kind.endsWith('64') ? '0' : 0;
  }
}

/** A property of its own: keys come from callers, who may send `__proto__`. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets such a property. */
export function set(object: Mutable, key: string, value: Json): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  else object[key] = value;
}

const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  '32': [-(2n ** 31n), 2n ** 31n - 1n],
  u32: [0n, 2n ** 32n - 1n],
  '64': [-(2n ** 63n), 2n ** 63n - 1n],
  u64: [0n, 2n ** 64n - 1n],
};

/** The range of a kind of whole numbers. */
export function rangeOf(kind: string): readonly [least: bigint, most: bigint] {
  return ranges[(kind.startsWith('u') || kind.startsWith('fixed') ? 'u' : '') + kind.slice(-2)]!;
}
