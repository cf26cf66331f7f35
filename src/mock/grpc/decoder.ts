import { isObject, type Json } from '../json.ts';
import { isPackable, type Mutable, own, set, wireTypeOf, zeroOf } from './field-values.ts';
import type { FieldType, MessageType, Schema } from './schema.ts';
import { isWellKnown, wellKnownFromRaw } from './well-known.ts';
import { DecodeError, END, LENGTH, Reader } from './wire.ts';

/** Messages may hold each other this deep. */
export const deepest = 100;
/** So many values may be in one message: a few bytes can make many objects. */
const mostValues = 1_000_000;

/** Reads one message. */
export class Decoder {
  readonly #schema: Schema;
  readonly #reader: Reader;
  #left = mostValues;

  readonly #depth: number;

  /** @param depth so deep it may be nested */
  constructor(schema: Schema, bytes: Buffer, depth = deepest) {
    this.#depth = depth;
    this.#schema = schema;
    this.#reader = new Reader(bytes);
  }

  message(type: MessageType): Json {
    return this.#finished(type, this.#fields(type, this.#depth, null, {}), this.#depth);
  }

  /** @param group the number of the group whose end it ends with */
  #fields(type: MessageType, depth: number, group: number | null, into: Mutable): Mutable {
    if (depth <= 0) throw new DecodeError('The message is nested too deeply.');
    const reader = this.#reader;
    while (reader.at < reader.end) {
      const tag = reader.tag();
      if (tag.type === END && tag.number === group) return into;
      const field = type.byNumber.get(tag.number);
      if (!field || !this.#field(field, tag.type, depth, into)) reader.skip(tag.number, tag.type, depth);
      else if (field.oneof !== null) this.#choose(type, field, into);
    }
    if (group !== null) throw new DecodeError('The message ends too early.');
    return into;
  }

  /** Of a oneof's fields the last one counts. */
  #choose(type: MessageType, chosen: FieldType, into: Mutable): void {
    for (const field of type.fields) if (field.oneof === chosen.oneof && field !== chosen) delete into[field.name];
  }

  /** @returns whether it is written as its type is */
  #field(field: FieldType, type: number, depth: number, into: Mutable): boolean {
    if (--this.#left < 0) throw new DecodeError(`The message holds more than ${mostValues} values.`);
    if (field.map) return this.#entry(field, field.map, type, depth, into);
    if (!field.repeated) {
      if (type !== wireTypeOf(field)) return false;
      set(into, field.name, this.#value(field, depth, own(into, field.name)));
      return true;
    }
    const list = (own(into, field.name) as Json[] | undefined) ?? [];
    if (type === wireTypeOf(field)) list.push(this.#value(field, depth));
    else if (type === LENGTH && isPackable(field)) this.#packed(field, depth, list);
    else return false;
    set(into, field.name, list);
    return true;
  }

  #packed(field: FieldType, depth: number, list: Json[]): void {
    const reader = this.#reader;
    const { end } = reader;
    reader.end = reader.length() + reader.at;
    while (reader.at < reader.end) {
      if (--this.#left < 0) throw new DecodeError(`The message holds more than ${mostValues} values.`);
      list.push(this.#value(field, depth));
    }
    reader.end = end;
  }

  #entry(field: FieldType, map: NonNullable<FieldType['map']>, type: number, depth: number, into: Mutable): boolean {
    if (type !== LENGTH || !field.message) return false;
    const entry = this.#nested(field.message, depth, {});
    const known = own(into, field.name);
    const values = (known as Mutable | undefined) ?? {};
    set(values, String(own(entry, 'key') ?? zeroOf(map.key)), own(entry, 'value') ?? zeroOf(map.value));
    set(into, field.name, values);
    return true;
  }

  #nested(type: MessageType, depth: number, into: Mutable): Mutable {
    const reader = this.#reader;
    const { end } = reader;
    reader.end = reader.length() + reader.at;
    const found = this.#fields(type, depth - 1, null, into);
    reader.end = end;
    return found;
  }

  #value(field: FieldType, depth: number, before?: Json): Json {
    const { message } = field;
    if (message) {
      // A message that comes twice is merged.
      const into = isObject(before) && !isWellKnown(message.fullName) ? { ...before } : {};
      const raw = field.delimited
        ? this.#fields(message, depth - 1, field.number, into)
        : this.#nested(message, depth, into);
      return this.#finished(message, raw, depth - 1);
    }
    return this.#scalar(field);
  }

  #finished(type: MessageType, raw: Mutable, depth: number): Json {
    if (!isWellKnown(type.fullName)) return raw;
    if (type.fullName === 'google.protobuf.Any') return this.#any(raw, depth);
    return wellKnownFromRaw(type.fullName, raw);
  }

  #any(raw: Mutable, depth: number): Json {
    const url = raw.type_url;
    if (typeof url !== 'string' || url === '') return {};
    const value = typeof raw.value === 'string' ? raw.value : '';
    const type = this.#schema.message(url.slice(url.lastIndexOf('/') + 1));
    if (!type) return { '@type': url, value };
    const inner = new Decoder(this.#schema, Buffer.from(value, 'base64'), depth - 1).message(type);
    return isObject(inner) && !isWellKnown(type.fullName) ? { '@type': url, ...inner } : { '@type': url, value: inner };
  }

  #scalar(field: FieldType): Json {
    const reader = this.#reader;
    switch (field.kind) {
      case 'string':
        return reader.string();
      case 'bytes':
        return reader.bytes().toString('base64');
      case 'double':
        return numberJson(reader.double());
      case 'float':
        return numberJson(reader.float());
      case 'fixed32':
        return reader.fixed32();
      case 'sfixed32':
        return reader.fixed32() | 0;
      case 'fixed64':
      case 'sfixed64':
        reader.fixed64();
        return digits(reader.low, reader.high, field.kind === 'sfixed64');
    }
    reader.varint();
    const { low, high } = reader;
    switch (field.kind) {
      case 'bool':
        return low !== 0 || high !== 0;
      case 'int32':
        return low | 0;
      case 'uint32':
        return low;
      case 'sint32':
        return (low >>> 1) ^ -(low & 1);
      case 'int64':
        return digits(low, high, true);
      case 'uint64':
        return digits(low, high, false);
      case 'sint64': {
        const whole = (BigInt(high) << 32n) | BigInt(low);
        return String((whole >> 1n) ^ -(whole & 1n));
      }
      default:
        return field.enum?.byNumber.get(low | 0) ?? low | 0;
    }
  }
}

function digits(low: number, high: number, signed: boolean): string {
  if (high === 0) return String(low);
  const whole = (BigInt(high) << 32n) | BigInt(low);
  return String(signed ? BigInt.asIntN(64, whole) : whole);
}

/** JSON has no other names for these. */
function numberJson(value: number): Json {
  return Number.isFinite(value) ? value : String(value);
}
