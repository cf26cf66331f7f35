/** Messages as shapes: what they look like in ProtoJSON, with the names of the `.proto`. */
import { formatOf, hasBehavior, referenceOf, resourceOfType } from '../../languages/protobuf/annotations.ts';
import { leadingCommentOf } from '../../languages/protobuf/comments.ts';
import type { Definition } from '../../languages/protobuf/link.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import type { EnumNode, FieldNode, MessageNode, Name } from '../../languages/protobuf/tree.ts';
import { isPlural } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { collectionOf } from '../lens/meanings.ts';
import type { Field, Shape } from '../shape.ts';

/** What a message looks like. Worked out once per message, its fields when they are first asked for. */
export function shapeOfMessage(api: Protobuf, message: MessageNode): Shape {
  const known = (api.memo.get(shapeOfMessage) as Map<MessageNode, Shape> | undefined) ?? new Map<MessageNode, Shape>();
  api.memo.set(shapeOfMessage, known);
  let shape = known.get(message);
  if (!shape) {
    let fields: ReadonlyMap<string, Field> | undefined;
    shape = {
      kind: 'object',
      name: message.name.text,
      fields: () => {
        fields ??= new Map(fieldsIn(message).map((field) => [nameOf(field), fieldOf(api, field)]));
        return fields;
      },
    };
    known.set(message, shape);
  }
  return shape;
}

/** The fields of a message in their order, those of its oneofs included. */
export function fieldsIn(message: MessageNode): readonly FieldNode[] {
  return message.body.flatMap((node) => {
    if (node.kind === 'field') return [node];
    return node.kind === 'oneof' ? node.body.filter((inner) => inner.kind === 'field') : [];
  });
}

/** The message that a field or its items are of; undefined for scalars, enums, maps, and what is known by name only. */
export function messageIn(api: Protobuf, field: FieldNode): MessageNode | undefined {
  if (field.group) return field.group;
  if (field.map) return undefined;
  const node = api.links.typeOf(field.type, field)?.node;
  return node?.kind === 'message' ? node : undefined;
}

/** A group's field is called like its message, in lower case. */
export function nameOf(field: FieldNode): string {
  return field.group ? field.name.text.toLowerCase() : field.name.text;
}

function fieldOf(api: Protobuf, field: FieldNode): Field {
  const inner = field.group
    ? shapeOfMessage(api, field.group)
    : typeShape(api, field, field.map ? field.map.value : field.type);
  const shape: Shape = field.map
    ? { kind: 'map', values: inner }
    : field.label?.text === 'repeated'
      ? { kind: 'list', items: inner }
      : inner;
  const isPlain = field.label === null && !field.map && field.parent.kind === 'message' && inner.kind !== 'object';
  return {
    name: nameOf(field),
    shape,
    required: field.label?.text === 'required' || hasBehavior(field, 'REQUIRED') || isPlain,
    writable: !hasBehavior(field, 'OUTPUT_ONLY'),
  };
}

function typeShape(api: Protobuf, field: FieldNode, type: Name): Shape {
  const definition = api.links.typeOf(type, field);
  if (!definition) return scalarShape(api, type.text, field);
  return knownShape(definition.fullName) ?? definedShape(api, definition);
}

function definedShape(api: Protobuf, { node }: Definition): Shape {
  if (node?.kind === 'message') return shapeOfMessage(api, node);
  return node?.kind === 'enum' ? enumShape(node) : { kind: 'any' };
}

/** What says that nothing is said is left out, as long as there is anything else. */
function enumShape(node: EnumNode): Shape {
  const values = node.body.filter((member) => member.kind === 'value');
  const names = values.map(({ name }) => name.text);
  const telling = values
    .filter(
      ({ name, number }) =>
        number?.value !== 0 || !/(?:^|_)(?:UNSPECIFIED|UNKNOWN|UNSET|INVALID|NONE)$/i.test(name.text),
    )
    .map(({ name }) => name.text);
  return { kind: 'enum', name: node.name.text, values: telling.length > 0 ? telling : names };
}

const fieldFormats: Readonly<Record<string, string>> = { UUID4: 'uuid', IPV4: 'ipv4', IPV6: 'ipv6' };

function scalarShape(api: Protobuf, type: string, field: FieldNode): Shape {
  switch (type) {
    case 'string': {
      const format = fieldFormats[formatOf(field)?.value ?? ''];
      if (format !== undefined) return { kind: 'string', format };
      const names = field.map ? null : namesIn(api, field);
      return names === null ? text : { kind: 'string', names };
    }
    case 'bytes':
      return { kind: 'string', format: 'byte' };
    case 'bool':
      return { kind: 'boolean' };
    case 'double':
    case 'float':
      return { kind: 'number' };
    default:
      if (!/^[a-z]+\d\d$/.test(type)) return { kind: 'any' };
      return type.endsWith('64')
        ? { kind: 'integer', format: 'int64', asText: true }
        : { kind: 'integer', format: 'int32' };
  }
}

/**
 * How the resource names that a field holds are made, by its google.api.resource_reference, else by its comment:
 * `products/{product}`, or `products/` alone; null where nothing tells.
 */
function namesIn(api: Protobuf, field: FieldNode): string | null {
  const reference = referenceOf(field);
  if (reference?.type && reference.type.value !== '*') {
    const { value } = reference.type;
    const pattern = resourceOfType(api, value)?.patterns[0]?.value;
    if (pattern?.includes('/')) return pattern.replaceAll(/\{[^}]*\}/g, '*');
    return `${collectionOf(split(value.slice(value.lastIndexOf('/') + 1)))}/*`;
  }
  const [, collections] = namesInComment.exec(leadingCommentOf(field)?.text ?? '') ?? [];
  if (collections === undefined) return null;
  const last = collections.split('/').at(-2) ?? '';
  return isPlural(split(last)) ? `${collections.replaceAll(/\{[^}]*\}/g, '*')}*` : null;
}

/** All but the last id of a resource name in a comment. */
const namesInComment = /`((?:[a-z][A-Za-z]*\/(?:\{\w+\}|\*)\/){0,5}[a-z][A-Za-z]*\/)(?:\{\w+\}|\*|\.\.\.)?`/;

const int32: Shape = { kind: 'integer', format: 'int32' };
const int64: Shape = { kind: 'integer', format: 'int64', asText: true };
const text: Shape = { kind: 'string' };
const number: Shape = { kind: 'number' };

/** What has a form of its own in ProtoJSON, and the common types of google.type, whose files few projects keep. */
const known: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['google.protobuf.Timestamp', { kind: 'string', format: 'date-time' }],
  ['google.protobuf.Duration', { kind: 'string', format: 'duration' }],
  ['google.protobuf.FieldMask', { kind: 'string', format: 'field-mask' }],
  ['google.protobuf.Struct', { kind: 'map', values: { kind: 'any' } }],
  ['google.protobuf.Value', { kind: 'any' }],
  ['google.protobuf.Any', { kind: 'any' }],
  ['google.protobuf.ListValue', { kind: 'list', items: { kind: 'any' } }],
  ['google.protobuf.Empty', object('Empty', {})],
  ['google.protobuf.DoubleValue', number],
  ['google.protobuf.FloatValue', number],
  ['google.protobuf.Int64Value', int64],
  ['google.protobuf.UInt64Value', int64],
  ['google.protobuf.Int32Value', int32],
  ['google.protobuf.UInt32Value', int32],
  ['google.protobuf.BoolValue', { kind: 'boolean' }],
  ['google.protobuf.StringValue', text],
  ['google.protobuf.BytesValue', { kind: 'string', format: 'byte' }],
  ['google.type.Money', object('Money', { currency_code: text, units: int64, nanos: int32 })],
  ['google.type.Date', object('Date', { year: int32, month: int32, day: int32 })],
  ['google.type.LatLng', object('LatLng', { latitude: number, longitude: number })],
  ['google.type.Decimal', object('Decimal', { value: text })],
  ['google.type.TimeOfDay', object('TimeOfDay', { hours: int32, minutes: int32, seconds: int32, nanos: int32 })],
]);

function knownShape(fullName: string): Shape | undefined {
  return known.get(fullName);
}

function object(name: string, shapes: Readonly<Record<string, Shape>>): Shape {
  const fields = new Map(
    Object.entries(shapes).map(([field, shape]) => [field, { name: field, shape, required: true, writable: true }]),
  );
  return { kind: 'object', name, fields: () => fields };
}
