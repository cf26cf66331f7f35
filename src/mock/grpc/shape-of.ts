import type { Field, Shape } from '../shape.ts';
import type { FieldType, MessageType } from './schema.ts';
import { isWellKnown } from './well-known.ts';

/** What a message looks like in JSON, as the codec has it. The same message gives the same shape. */
export function shapeOf(type: MessageType): Shape {
  return remembered(shapes, type, () => {
    const known = wellKnownShape(type);
    if (known) return known;
    const fields = lazily(() => new Map(type.fields.map((field) => [field.name, fieldOf(field)])));
    return { kind: 'object', name: simpleName(type), fields };
  });
}

/** The same with one field of each oneof, the first: what is made up must not set several. */
export function shapeToInvent(type: MessageType): Shape {
  return remembered(inventions, type, () => {
    const known = wellKnownShape(type);
    if (known) return known;
    const fields = lazily(() => {
      const seen = new Set<string>();
      const chosen = type.fields.filter(({ name, oneof }) => {
        const isFirst = oneof === null || !seen.has(oneof);
        if (oneof !== null) seen.add(oneof);
        return isFirst && !name.startsWith('[');
      });
      return new Map(chosen.map((field) => [field.name, fieldOf(field, shapeToInvent)]));
    });
    return { kind: 'object', name: simpleName(type), fields };
  });
}

/** Whether an annotation of google.api.field_behavior says so. */
export function hasBehavior({ options }: FieldType, behavior: string): boolean {
  const said = options['[google.api.field_behavior]'];
  return Array.isArray(said) ? said.includes(behavior) : said === behavior;
}

const shapes = new WeakMap<MessageType, Shape>();
const inventions = new WeakMap<MessageType, Shape>();

function remembered(known: WeakMap<MessageType, Shape>, type: MessageType, make: () => Shape): Shape {
  const found = known.get(type) ?? make();
  known.set(type, found);
  return found;
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function fieldOf(field: FieldType, inner: (type: MessageType) => Shape = shapeOf): Field {
  const writable = !hasBehavior(field, 'OUTPUT_ONLY');
  const required = field.required || hasBehavior(field, 'REQUIRED') || (!field.presence && !field.repeated);
  return { name: field.name, shape: fieldShape(field, inner), required, writable };
}

function fieldShape(field: FieldType, inner: (type: MessageType) => Shape): Shape {
  if (field.map) return { kind: 'map', values: single(field.map.value, inner) };
  return field.repeated ? { kind: 'list', items: single(field, inner) } : single(field, inner);
}

function single(field: FieldType, inner: (type: MessageType) => Shape): Shape {
  if (field.message) return inner(field.message);
  if (field.enum)
    return { kind: 'enum', name: field.enum.fullName.split('.').at(-1)!, values: enumValues(field.enum.byName) };
  return scalarShape(field.kind, field.options);
}

/** Nobody's value is left out where there are others: `ORDER_STATUS_UNSPECIFIED` says nothing. */
function enumValues(byName: ReadonlyMap<string, number>): readonly string[] {
  const names = [...byName.keys()];
  const telling = names.filter(
    (name) => !(byName.get(name) === 0 && /(?:^|_)(?:UNSPECIFIED|UNKNOWN|UNSET|INVALID|NONE)$/i.test(name)),
  );
  return telling.length > 0 ? telling : names;
}

const infoFormats: Readonly<Record<string, string>> = { UUID4: 'uuid', IPV4: 'ipv4', IPV6: 'ipv6' };

function scalarShape(kind: string, options: FieldType['options']): Shape {
  switch (kind) {
    case 'string': {
      const info = options['[google.api.field_info]'];
      const format =
        info !== null && typeof info === 'object' && 'format' in info ? infoFormats[String(info.format)] : undefined;
      return format ? { kind: 'string', format } : { kind: 'string' };
    }
    case 'bytes':
      return { kind: 'string', format: 'byte' };
    case 'bool':
      return { kind: 'boolean' };
    case 'double':
    case 'float':
      return { kind: 'number' };
    case 'enum':
    case 'message':
      return { kind: 'any' };
    default:
      return kind.endsWith('64')
        ? { kind: 'integer', format: 'int64', asText: true }
        : { kind: 'integer', format: 'int32' };
  }
}

/** What has a form of its own in JSON. */
function wellKnownShape({ fullName, fields }: MessageType): Shape | undefined {
  if (!isWellKnown(fullName)) return undefined;
  const name = fullName.slice('google.protobuf.'.length);
  if (name === 'Timestamp') return { kind: 'string', format: 'date-time' };
  if (name === 'Duration') return { kind: 'string', format: 'duration' };
  if (name === 'FieldMask') return { kind: 'string', format: 'field-mask' };
  if (name === 'Struct') return { kind: 'map', values: { kind: 'any' } };
  if (name === 'ListValue') return { kind: 'list', items: { kind: 'any' } };
  if (name === 'Value' || name === 'Any') return { kind: 'any' };
  const value = fields.find((field) => field.name === 'value');
  return value && scalarShape(value.kind, value.options);
}

function simpleName({ fullName }: MessageType): string {
  return fullName.slice(fullName.lastIndexOf('.') + 1);
}
