import { editionOf, featuresOf, hasEdition } from '../features.ts';
import type { Span } from '../lex.ts';
import { scalars } from '../link.ts';
import type { Protobuf } from '../protobuf.ts';
import { type EnumNode, type FieldNode, fileOf, type Name, type OptionNode, type ProtoFile } from '../tree.ts';
import { type Departure, departure } from './departure.ts';
import { misfitOf } from './scalars.ts';

/** What one field says that compilers refuse, whatever the others are. */
export function* fieldDepartures(api: Protobuf, field: FieldNode): Generator<Departure> {
  yield* labels(field);
  yield* types(api, field);
  yield* settings(api, field);
}

function* labels(field: FieldNode): Generator<Departure> {
  const { label, parent, map, name, group } = field;
  const file = fileOf(field);
  const edition = editionOf(file);
  if (group) {
    if (edition === 'proto3')
      yield departure(
        'shape',
        field,
        firstWord(field, 'group'),
        'proto3 has no groups.',
        'Define a message, and a field of its type.',
      );
    else if (hasEdition(file)) {
      yield departure(
        'shape',
        field,
        firstWord(field, 'group'),
        'Editions have no groups.',
        'Define a message, and a field of its type with `features.message_encoding = DELIMITED`.',
      );
    } else if (!/^[A-Z]/.test(name.text))
      yield departure(
        'shape',
        field,
        name,
        `The name of the group \`${name.text}\` does not start with a capital letter.`,
      );
  }
  if (parent.kind === 'oneof') {
    if (label) yield departure('shape', field, label, `A field of a oneof has no label, not even \`${label.text}\`.`);
    else if (map)
      yield departure('shape', field, field.type, 'A map cannot stand in a oneof.', 'Put the map into a message.');
    return;
  }
  if (map) {
    if (label) yield departure('shape', field, label, `A map has no label, not even \`${label.text}\`.`);
    else if (parent.kind === 'extend') yield departure('shape', field, field.type, 'An extension cannot be a map.');
    return;
  }
  if (!label) {
    if (edition === 'proto2' && saysItsSyntax(file)) {
      yield departure(
        'shape',
        field,
        group ? name : field.type,
        `In proto2 a field says whether it is optional, required or repeated, and \`${name.text}\` does not.`,
      );
    }
  } else if (label.text === 'required') {
    if (edition === 'proto3')
      yield departure(
        'shape',
        field,
        label,
        'proto3 has no required fields.',
        'Leave the label out, and check the value where it is used.',
      );
    else if (hasEdition(file))
      yield departure(
        'shape',
        field,
        label,
        'Editions have no label `required`.',
        'Set `features.field_presence = LEGACY_REQUIRED`, or leave it out.',
      );
    else if (parent.kind === 'extend') yield departure('shape', field, label, 'An extension cannot be required.');
  } else if (label.text === 'optional' && hasEdition(file)) {
    yield departure(
      'shape',
      field,
      label,
      'Editions have no label `optional`: fields have presence unless `features.field_presence` says otherwise.',
      'Leave it out.',
    );
  }
}

function saysItsSyntax(file: ProtoFile): boolean {
  return file.body[0]?.kind === 'syntax' || file.body.some(({ kind }) => kind === 'syntax');
}

function firstWord(field: FieldNode, word: string): Span {
  const { tokens } = fileOf(field);
  for (let token = field.first; token <= field.first + 1; token++) {
    const span = { start: tokens.starts[token]!, end: tokens.ends[token]! };
    if (tokens.text.slice(span.start, span.end) === word) return span;
  }
  return field.name;
}

const noKeys = new Set(['float', 'double', 'bytes']);

function* types(api: Protobuf, field: FieldNode): Generator<Departure> {
  const { map } = field;
  if (map) {
    const key = api.links.typeOf(map.key, field);
    if (key || noKeys.has(map.key.text)) {
      yield departure(
        'shape',
        field,
        map.key,
        `The keys of a map are whole numbers, booleans or strings, not \`${map.key.text}\`.`,
      );
    }
    const value = api.links.typeOf(map.value, field);
    const firstValue =
      value?.node?.kind === 'enum' ? value.node.body.find((member) => member.kind === 'value') : undefined;
    if (firstValue?.number && firstValue.number.value !== 0) {
      yield departure(
        'shape',
        field,
        map.value,
        `The values of a map are of an enum that begins with zero, and \`${map.value.text}\` does not.`,
      );
    }
  }
  const written = map?.value ?? field.type;
  const definition = field.group ? undefined : api.links.typeOf(written, field);
  if (definition?.kind === 'service')
    yield departure('shape', field, written, `\`${written.text}\` is a service, not a type.`);
  if (definition?.node?.kind === 'enum') yield* closedEnum(field, written, definition.node);
}

/** Where zero is the same as nothing, an enum has to hold whatever comes. */
function* closedEnum(field: FieldNode, type: Name, node: EnumNode): Generator<Departure> {
  if (featuresOf(node).enum_type !== 'CLOSED') return;
  const isProto3 = editionOf(fileOf(field)) === 'proto3' && field.parent.kind !== 'extend';
  const isImplicit =
    featuresOf(field).field_presence === 'IMPLICIT' &&
    field.label?.text !== 'repeated' &&
    field.parent.kind === 'message' &&
    !field.map;
  if (isProto3)
    yield departure('shape', field, type, `\`${type.text}\` is a closed enum, which proto3 messages cannot hold.`);
  else if (isImplicit)
    yield departure(
      'shape',
      field,
      type,
      `\`${type.text}\` is a closed enum, which a field without presence cannot hold.`,
    );
}

const packable = /^(?:double|float|s?int(?:32|64)|uint(?:32|64)|s?fixed(?:32|64)|bool)$/;
const bigIntegers = /^(?:u?int64|sint64|s?fixed64)$/;

/** Options that fit only some fields. */
function* settings(api: Protobuf, field: FieldNode): Generator<Departure> {
  for (const option of field.options) {
    const { name, value } = option;
    if (!value) continue;
    const isOn = value.kind === 'word' && value.text === 'true';
    if (name.text === 'default') yield* defaults(api, field, option);
    else if (name.text === 'json_name') yield* jsonNameOption(field, option);
    else if (name.text === 'packed') yield* packedOption(api, field, option);
    else if ((name.text === 'lazy' || name.text === 'unverified_lazy') && isOn) yield* lazyOption(api, field, option);
    else if (
      name.text === 'jstype' &&
      value.kind === 'word' &&
      value.text !== 'JS_NORMAL' &&
      !bigIntegers.test(field.type.text)
    ) {
      yield departure('shape', field, name, '`jstype` is for whole numbers of 64 bits.');
    } else if (name.parts[0]!.text === 'features') yield* featureOption(api, field, option);
  }
}

function* packedOption(api: Protobuf, field: FieldNode, { name, value }: OptionNode): Generator<Departure> {
  if (hasEdition(fileOf(field))) {
    yield departure(
      'shape',
      field,
      name,
      'Editions have no option `packed`.',
      'Set `features.repeated_field_encoding`.',
    );
  } else if (value?.kind === 'word' && value.text === 'true' && !isPackable(api, field)) {
    yield departure('shape', field, name, '`packed` is for repeated numbers, booleans and enums.');
  }
}

function isPackable(api: Protobuf, field: FieldNode): boolean {
  if (field.label?.text !== 'repeated' || field.group) return false;
  if (packable.test(field.type.text)) return true;
  if (field.type.text === 'string' || field.type.text === 'bytes') return false;
  const definition = api.links.typeOf(field.type, field);
  return definition === undefined || definition.kind === 'enum';
}

function* lazyOption(api: Protobuf, field: FieldNode, { name }: OptionNode): Generator<Departure> {
  const definition = field.map || field.group ? undefined : api.links.typeOf(field.type, field);
  if (definition?.kind === 'enum' || isScalar(field)) {
    yield departure('shape', field, name, `\`${name.text}\` is for fields that hold a message.`);
  }
}

function* defaults(api: Protobuf, field: FieldNode, { name, value }: OptionNode): Generator<Departure> {
  if (!value) return;
  const definition = field.map || field.group ? undefined : api.links.typeOf(field.type, field);
  if (editionOf(fileOf(field)) === 'proto3') {
    yield departure('shape', field, name, 'proto3 has no default values: that of each type is fixed.');
  } else if (field.label?.text === 'repeated' || field.map) {
    yield departure('shape', field, name, 'A list has no default value.');
  } else if (field.group || definition?.kind === 'message') {
    yield departure('shape', field, name, 'A message has no default value.');
  } else if (featuresOf(field).field_presence === 'IMPLICIT' && field.parent.kind === 'message') {
    yield departure('shape', field, name, 'A field without presence has no default value.');
  } else if (definition?.kind === 'enum') {
    const values = definition.node?.kind === 'enum' ? definition.node.body : [];
    const names = values.flatMap((member) => (member.kind === 'value' ? [member.name.text] : []));
    if (value.kind !== 'word') yield departure('shape', field, value, 'The default of an enum is the name of a value.');
    else if (names.length > 0 && !names.includes(value.text)) {
      yield departure('shape', field, value, `\`${value.text}\` is no value of \`${definition.fullName}\`.`);
    }
  } else if (isScalar(field)) {
    const problem = misfitOf(field.type.text, value, false);
    if (problem) yield departure('shape', field, value, problem);
  }
}

function* jsonNameOption(field: FieldNode, { name, value }: OptionNode): Generator<Departure> {
  if (!value) return;
  if (field.parent.kind === 'extend') yield departure('shape', field, name, 'An extension has no `json_name`.');
  else if (value.kind !== 'string') yield departure('shape', field, value, 'A `json_name` is a string in quotes.');
  else if (/^\[.*\]$/s.test(value.value))
    yield departure('shape', field, value, 'A `json_name` in brackets stands for an extension.');
  else if (value.value.includes('\0')) yield departure('shape', field, value, 'A `json_name` holds no NUL.');
}

/** Features of single fields (editions). */
function* featureOption(api: Protobuf, field: FieldNode, option: OptionNode): Generator<Departure> {
  if (!hasEdition(fileOf(field))) return;
  const own = option.name.parts[1]?.text;
  const isRepeated = field.label?.text === 'repeated' || field.map !== null;
  const definition = field.map ? undefined : api.links.typeOf(field.type, field);
  const isString = field.type.text === 'string';
  if (own === 'field_presence') {
    const { value } = option;
    const isImplicit = value?.kind === 'word' && value.text === 'IMPLICIT';
    if (field.parent.kind === 'oneof')
      yield departure('shape', field, option.name, 'A field of a oneof always has presence.');
    else if (field.parent.kind === 'extend')
      yield departure('shape', field, option.name, 'An extension always has presence.');
    else if (isRepeated) yield departure('shape', field, option.name, 'A list has no presence.');
    else if (isImplicit && definition?.kind === 'message')
      yield departure('shape', field, option.name, 'A message always has presence.');
  } else if (own === 'repeated_field_encoding') {
    const isPacked = option.value?.kind === 'word' && option.value.text === 'PACKED';
    if (!isRepeated) yield departure('shape', field, option.name, 'Only a list has a `repeated_field_encoding`.');
    else if (isPacked && !isPackable(api, field))
      yield departure('shape', field, option.name, 'Only numbers, booleans and enums are packed.');
  } else if (own === 'message_encoding') {
    if (isScalar(field) || definition?.kind === 'enum')
      yield departure('shape', field, option.name, 'Only a message has a `message_encoding`.');
  } else if (own === 'utf8_validation') {
    const isMapOfStrings = field.map !== null && [field.map.key.text, field.map.value.text].includes('string');
    if (!isString && !isMapOfStrings && (isScalar(field) || definition || field.map)) {
      yield departure('shape', field, option.name, 'Only a `string` has an `utf8_validation`.');
    }
  }
}

/** Whether a field holds one number, string, boolean or bytes, or a list of them. */
export function isScalar(field: FieldNode): boolean {
  return field.map === null && !field.group && scalars.has(field.type.text);
}
