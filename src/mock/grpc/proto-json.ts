import { isObject, type Json, type JsonObject } from '../json.ts';
import { type Mutable, rangeOf, set } from './field-values.ts';
import type { FieldType, MessageType, Schema } from './schema.ts';
import { badRequest, type FieldViolation } from './status.ts';
import { isWellKnown, wellKnownToRaw } from './well-known.ts';

/** Messages may hold each other this deep. */
const deepest = 100;
const mostViolations = 50;

/**
 * Reads ProtoJSON (https://protobuf.dev/programming-guides/json) into the JSON of the codec: fields by their JSON names or those
 * of the `.proto`, numbers also as text.
 * @throws StatusError INVALID_ARGUMENT with all that does not fit
 */
export function fromProtoJson(schema: Schema, type: MessageType, value: unknown, path = ''): Json {
  const reader = new JsonReader(schema);
  const read = reader.message(type, value as Json, path, deepest);
  if (reader.violations.length > 0) throw badRequest(...reader.violations);
  return read ?? {};
}

/** Writes the JSON of the codec as ProtoJSON: fields by their JSON names, masks in camel case. */
export function toProtoJson(schema: Schema, type: MessageType, value: Json, depth = deepest): Json {
  if (depth <= 0) return null;
  if (type.fullName === 'google.protobuf.FieldMask') return typeof value === 'string' ? camelMask(value) : value;
  if (type.fullName === 'google.protobuf.Any') return anyToProtoJson(schema, value, depth);
  if (isWellKnown(type.fullName) || !isObject(value)) return value;
  const written: Mutable = {};
  for (const field of type.fields) {
    const inner = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
    if (inner !== undefined) set(written, field.jsonName, fieldToProtoJson(schema, field, inner, depth));
  }
  return written;
}

function fieldToProtoJson(schema: Schema, field: FieldType, value: Json, depth: number): Json {
  const { map, message } = field;
  if (map && isObject(value)) {
    const inner = map.value.message;
    if (!inner) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, toProtoJson(schema, inner, one, depth - 1)]),
    );
  }
  if (!message) return value;
  if (!field.repeated || !Array.isArray(value)) return toProtoJson(schema, message, value, depth - 1);
  return (value as readonly Json[]).map((one) => toProtoJson(schema, message, one, depth - 1));
}

function anyToProtoJson(schema: Schema, value: Json, depth: number): Json {
  if (!isObject(value) || typeof value['@type'] !== 'string') return value;
  const { '@type': url, ...rest } = value;
  const type = schema.message(url.slice(url.lastIndexOf('/') + 1));
  if (!type || isWellKnown(type.fullName)) return value;
  return { '@type': url, ...(toProtoJson(schema, type, rest, depth - 1) as JsonObject) };
}

class JsonReader {
  readonly violations: FieldViolation[] = [];
  readonly #schema: Schema;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  message(type: MessageType, value: Json, path: string, depth: number): Json | undefined {
    if (depth <= 0) return this.#problem(path, 'It is nested too deeply.');
    if (type.fullName === 'google.protobuf.FieldMask') return this.#mask(value, path);
    if (type.fullName === 'google.protobuf.Any') return this.#any(value, path, depth);
    if (isWellKnown(type.fullName)) return this.#wellKnown(type, value, path);
    if (!isObject(value)) return this.#problem(path, 'An object is expected.');
    const read: Mutable = {};
    const oneofs = new Map<string, string>();
    for (const [name, inner] of Object.entries(value)) {
      const field = type.byName.get(name);
      const at = path === '' ? name : `${path}.${name}`;
      if (!field) this.#problem(at, 'There is no such field.');
      else if (Object.hasOwn(read, field.name)) this.#problem(at, 'The field is there twice.');
      else if (inner !== null || isNullable(field)) {
        const other = field.oneof === null ? undefined : oneofs.get(field.oneof);
        if (other !== undefined) this.#problem(at, `Only one of \`${other}\` and \`${name}\` may be set.`);
        if (field.oneof !== null) oneofs.set(field.oneof, name);
        const one = this.#field(field, inner, at, depth);
        if (one !== undefined && (field.presence || field.repeated || !isDefault(field, one)))
          set(read, field.name, one);
      }
      if (this.violations.length >= mostViolations) return undefined;
    }
    return read;
  }

  #problem(field: string, description: string): undefined {
    if (this.violations.length < mostViolations) this.violations.push({ field, description });
    return undefined;
  }

  #field(field: FieldType, value: Json, path: string, depth: number): Json | undefined {
    if (field.map) {
      if (!isObject(value)) return this.#problem(path, 'An object is expected.');
      const read: Mutable = {};
      for (const [key, inner] of Object.entries(value)) {
        const keyRead = this.#key(field.map.key, key, path);
        const one = this.#single(field.map.value, inner, `${path}[${JSON.stringify(key)}]`, depth);
        if (keyRead !== undefined && one !== undefined) set(read, keyRead, one);
      }
      return read;
    }
    if (!field.repeated) return this.#single(field, value, path, depth);
    if (!Array.isArray(value)) return this.#problem(path, 'A list is expected.');
    return (value as readonly Json[]).flatMap((inner, i) => {
      const one = this.#single(field, inner, `${path}[${i}]`, depth);
      return one === undefined ? [] : [one];
    });
  }

  #key(field: FieldType, key: string, path: string): string | undefined {
    if (field.kind === 'string') return key;
    if (field.kind === 'bool')
      return key === 'true' || key === 'false' ? key : this.#problem(path, `\`${key}\` is no key of it.`);
    return this.#single(field, key, path, 1) === undefined ? undefined : key;
  }

  #single(field: FieldType, value: Json, path: string, depth: number): Json | undefined {
    const { kind, message } = field;
    if (message) return this.message(message, value, path, depth - 1);
    switch (kind) {
      case 'string':
        return typeof value === 'string' ? value : this.#problem(path, 'A string is expected.');
      case 'bool':
        return typeof value === 'boolean' ? value : this.#problem(path, 'true or false is expected.');
      case 'bytes':
        return typeof value === 'string' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(value)
          ? Buffer.from(value, 'base64').toString('base64')
          : this.#problem(path, 'Bytes in base64 are expected.');
      case 'enum':
        return this.#enum(field, value, path);
      case 'double':
      case 'float': {
        const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
        if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return value;
        return typeof number === 'number' && Number.isFinite(number)
          ? number
          : this.#problem(path, 'A number is expected.');
      }
      default:
        return this.#integer(kind, value, path);
    }
  }

  #enum(field: FieldType, value: Json, path: string): Json | undefined {
    const type = field.enum;
    if (typeof value === 'string' && type?.byName.has(value)) return value;
    if (typeof value === 'number' && Number.isInteger(value)) return type?.byNumber.get(value) ?? value;
    if (value === null && type?.fullName === 'google.protobuf.NullValue') return 'NULL_VALUE';
    const names = [...(type?.byName.keys() ?? [])].slice(0, 10).join(', ');
    return this.#problem(path, `One of ${names} is expected.`);
  }

  #integer(kind: string, value: Json, path: string): Json | undefined {
    const text = typeof value === 'number' ? (Number.isInteger(value) ? BigInt(value).toString() : '') : value;
    const plain = typeof text === 'string' && /^-?\d+(?:\.0+)?$/.test(text) ? text.replace(/\..*/, '') : null;
    if (plain === null || plain.length > 21) return this.#problem(path, 'A whole number is expected.');
    const whole = BigInt(plain);
    const [least, most] = rangeOf(kind);
    if (whole < least || whole > most)
      return this.#problem(path, `A whole number from ${least} to ${most} is expected.`);
    return kind.endsWith('64') ? String(whole) : Number(whole);
  }

  #mask(value: Json, path: string): Json | undefined {
    if (typeof value !== 'string') return this.#problem(path, 'Paths, joined with commas, are expected.');
    return value.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  }

  #any(value: Json, path: string, depth: number): Json | undefined {
    if (!isObject(value)) return this.#problem(path, 'An object is expected.');
    const { '@type': url, ...rest } = value;
    if (url === undefined && Object.keys(rest).length === 0) return {};
    if (typeof url !== 'string') return this.#problem(path, 'An `@type` is expected.');
    const type = this.#schema.message(url.slice(url.lastIndexOf('/') + 1));
    if (!type) return this.#problem(path, `There is no type \`${url}\` here.`);
    const inner = this.message(type, isWellKnown(type.fullName) ? (rest.value ?? null) : rest, path, depth - 1);
    if (inner === undefined) return undefined;
    return isWellKnown(type.fullName) ? { '@type': url, value: inner } : { '@type': url, ...(inner as JsonObject) };
  }

  #wellKnown(type: MessageType, value: Json, path: string): Json | undefined {
    const name = type.fullName.slice('google.protobuf.'.length);
    if (name.endsWith('Value') && name !== 'Value' && name !== 'ListValue') {
      return this.#single(type.fields.find((field) => field.name === 'value')!, value, path, 1);
    }
    const raw = wellKnownToRaw(type.fullName, value);
    const isText = name === 'Timestamp' || name === 'Duration';
    if (!raw || (isText && typeof value !== 'string'))
      return this.#problem(path, expectations[name] ?? 'It is none of its type.');
    return value;
  }
}

const expectations: Readonly<Record<string, string>> = {
  Timestamp: 'A time as `2030-01-31T12:00:00Z` is expected.',
  Duration: 'A duration in seconds as `1.5s` is expected.',
  Struct: 'An object is expected.',
  ListValue: 'A list is expected.',
};

function isNullable({ message, enum: type, repeated }: FieldType): boolean {
  return !repeated && (message?.fullName === 'google.protobuf.Value' || type?.fullName === 'google.protobuf.NullValue');
}

function isDefault({ kind, enum: type }: FieldType, value: Json): boolean {
  if (kind === 'string' || kind === 'bytes') return value === '';
  return value === 0 || value === false || value === '0' || (kind === 'enum' && type?.byName.get(String(value)) === 0);
}

function camelMask(paths: string): string {
  return paths.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
