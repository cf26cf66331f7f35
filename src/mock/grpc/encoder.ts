import { isObject, type Json, type JsonObject } from '../json.ts';
import { deepest } from './decoder.ts';
import { own, rangeOf, wireTypeOf, zeroOf } from './field-values.ts';
import type { FieldType, MessageType, Schema } from './schema.ts';
import { isWellKnown, wellKnownToRaw } from './well-known.ts';
import { END, LENGTH, START, Writer } from './wire.ts';

/** Writes messages one behind the other. */
export class Encoder {
  readonly #schema: Schema;
  readonly #writer = new Writer();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  finish(): Buffer {
    return this.#writer.finish();
  }

  message(type: MessageType, value: Json, depth = deepest): void {
    if (depth <= 0) return;
    const raw = this.#raw(type, value, depth);
    if (!isObject(raw)) return;
    const chosen = new Set<string>();
    for (const field of type.fields) {
      const inner = own(raw, Object.hasOwn(raw, field.name) ? field.name : field.jsonName);
      if (inner === undefined || (inner === null && !holdsNull(field))) {
        if (field.required) this.#field(field, zeroOf(field), depth);
        continue;
      }
      if (field.oneof !== null) {
        if (chosen.has(field.oneof)) continue;
        chosen.add(field.oneof);
      }
      this.#field(field, inner, depth);
    }
  }

  #raw(type: MessageType, value: Json, depth: number): Json | undefined {
    if (!isWellKnown(type.fullName)) return value;
    return type.fullName === 'google.protobuf.Any' ? this.#any(value, depth) : wellKnownToRaw(type.fullName, value);
  }

  #any(value: Json, depth: number): JsonObject {
    if (!isObject(value) || typeof value['@type'] !== 'string') return {};
    const { '@type': url, ...rest } = value;
    const type = this.#schema.message(url.slice(url.lastIndexOf('/') + 1));
    if (!type) return { type_url: url, value: typeof rest.value === 'string' ? rest.value : '' };
    const bytes = new Encoder(this.#schema);
    bytes.message(type, isWellKnown(type.fullName) ? (rest.value ?? null) : rest, depth - 1);
    return { type_url: url, value: bytes.finish().toString('base64') };
  }

  #field(field: FieldType, value: Json, depth: number): void {
    if (field.map) {
      for (const [key, inner] of entriesOf(value)) this.#entry(field, field.map, key, inner, depth);
    } else if (!field.repeated) {
      const fitting = fitted(field, value);
      if (fitting !== undefined && (field.presence || !isZero(field, fitting))) this.#tagged(field, fitting, depth);
    } else {
      const items = (Array.isArray(value) ? (value as readonly Json[]) : [value])
        .map((item) => fitted(field, item))
        .filter((item) => item !== undefined);
      if (field.packed && items.length > 0) {
        this.#writer.tag(field.number, LENGTH);
        this.#writer.nested(() => {
          for (const item of items) this.#scalar(field, item);
        });
      } else for (const item of items) this.#tagged(field, item, depth);
    }
  }

  #entry(field: FieldType, map: NonNullable<FieldType['map']>, key: string, value: Json, depth: number): void {
    const [fittingKey, fittingValue] = [fitted(map.key, key), fitted(map.value, value)];
    if (fittingKey === undefined || fittingValue === undefined) return;
    this.#writer.tag(field.number, LENGTH);
    this.#writer.nested(() => {
      this.#tagged(map.key, fittingKey, depth);
      this.#tagged(map.value, fittingValue, depth);
    });
  }

  #tagged(field: FieldType, value: Json, depth: number): void {
    const writer = this.#writer;
    const { message } = field;
    if (field.kind !== 'message') {
      writer.tag(field.number, wireTypeOf(field));
      this.#scalar(field, value);
    } else if (message && field.delimited) {
      writer.tag(field.number, START);
      this.message(message, value, depth - 1);
      writer.tag(field.number, END);
    } else if (message) {
      writer.tag(field.number, LENGTH);
      writer.nested(() => this.message(message, value, depth - 1));
    }
  }

  #scalar(field: FieldType, value: Json): void {
    (scalarWriters[field.kind] ?? scalarWriters.int32!)(this.#writer, value);
  }
}

/** Enums are written as `int32`. */
const scalarWriters: Readonly<Record<string, (writer: Writer, value: Json) => void>> = {
  string: (writer, value) => writer.string(String(value)),
  bytes: (writer, value) => writer.bytes(Buffer.from(String(value), 'base64')),
  double: (writer, value) => writer.double(Number(value)),
  float: (writer, value) => writer.float(Number(value)),
  bool: (writer, value) => writer.varint(value === true ? 1 : 0),
  fixed32: (writer, value) => writer.fixed32(Number(value)),
  sfixed32: (writer, value) => writer.fixed32(Number(value)),
  fixed64: (writer, value) => writer.fixed64(bigint(value)),
  sfixed64: (writer, value) => writer.fixed64(bigint(value)),
  int32: (writer, value) => (Number(value) < 0 ? writer.varint64(bigint(value)) : writer.varint(Number(value))),
  uint32: (writer, value) => writer.varint(Number(value)),
  sint32: (writer, value) => writer.varint(((Number(value) << 1) ^ (Number(value) >> 31)) >>> 0),
  int64: (writer, value) => writer.varint64(bigint(value)),
  uint64: (writer, value) => writer.varint64(bigint(value)),
  sint64: (writer, value) => writer.varint64((bigint(value) << 1n) ^ (bigint(value) >> 63n)),
};

function bigint(value: Json): bigint {
  return BigInt(value as string | number);
}

/** A value that the field can hold, made of one that it perhaps cannot; undefined where there is none. */
function fitted(field: FieldType, value: Json): Json | undefined {
  switch (field.kind) {
    case 'message':
      return value === null && !holdsNull(field) ? undefined : value;
    case 'string':
      return typeof value === 'string'
        ? value
        : value === null || typeof value === 'object'
          ? undefined
          : String(value);
    case 'bytes':
      return typeof value === 'string' ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;
    case 'enum':
      return enumNumber(field, value);
    case 'double':
    case 'float': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      return typeof number === 'number' && (!Number.isNaN(number) || value === 'NaN') ? number : undefined;
    }
    default:
      return integer(field.kind, value);
  }
}

function enumNumber(field: FieldType, value: Json): number | undefined {
  if (typeof value === 'string')
    return field.enum?.byName.get(value) ?? (/^-?\d+$/.test(value) ? Number(value) | 0 : undefined);
  if (value === null && field.enum?.fullName === 'google.protobuf.NullValue') return 0;
  return typeof value === 'number' && Number.isInteger(value) ? value | 0 : undefined;
}

function integer(kind: string, value: Json): number | string | undefined {
  const whole =
    typeof value === 'number' && Number.isFinite(value)
      ? BigInt(Math.trunc(value))
      : typeof value === 'string' && /^[-+]?\d{1,20}$/.test(value)
        ? BigInt(value.replace('+', ''))
        : undefined;
  if (whole === undefined) return undefined;
  const [least, most] = rangeOf(kind);
  const within = whole < least ? least : whole > most ? most : whole;
  return kind.endsWith('64') ? String(within) : Number(within);
}

function isZero({ kind }: FieldType, value: Json): boolean {
  if (kind === 'string' || kind === 'bytes') return value === '';
  return value === 0 ? !Object.is(value, -0) : value === false || value === '0';
}

function holdsNull({ message, enum: values }: FieldType): boolean {
  return message?.fullName === 'google.protobuf.Value' || values?.fullName === 'google.protobuf.NullValue';
}

/** The entries of a map, also as a list of keys with values, as options may write them. */
function entriesOf(value: Json): [string, Json][] {
  if (isObject(value)) return Object.entries(value);
  if (!Array.isArray(value)) return [];
  return (value as readonly Json[]).flatMap((entry) =>
    isObject(entry) ? [[String(entry.key ?? ''), entry.value ?? null] as [string, Json]] : [],
  );
}
