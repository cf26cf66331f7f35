import { editionOf, featuresOf, hasEdition } from '../features.ts';
import type { Span } from '../lex.ts';
import { type Definition, scalars } from '../link.ts';
import type { Protobuf } from '../protobuf.ts';
import {
  type EnumNode,
  type ExtendNode,
  type FieldNode,
  fileOf,
  type MessageNode,
  type Name,
  type Node,
  type NumberRange,
  type OneofNode,
  type OptionNode,
  type ProtoFile,
  type ReservedNode,
  type StringLiteral,
} from '../tree.ts';
import { type Departure, departure, first } from './departure.ts';
import { fieldName, fieldsOf } from './members.ts';
import { reservations } from './reservations.ts';
import { misfitOf } from './scalars.ts';

/** The largest number of a field. */
const largest = 536_870_911;
/** In a message set. */
const largestInSet = 2_147_483_646;

/** What a message says that compilers refuse; not what its nested messages and enums say. */
export function* messageDepartures(api: Protobuf, node: MessageNode): Generator<Departure> {
  const fields = fieldsOf(node);
  yield* ranges(node);
  yield* numbers(node, fields);
  yield* jsonNames(node, fields);
  if (optionIsTrue(node, 'message_set_wire_format')) yield* messageSet(node, fields);
  for (const field of fields) yield* fieldDepartures(api, field);
  for (const member of node.body) if (member.kind === 'oneof') yield* oneofDepartures(member);
}

/** What the fields of an `extend` say that compilers refuse. */
export function* extendDepartures(api: Protobuf, node: ExtendNode): Generator<Departure> {
  const extendee = api.links.typeOf(node.extendee, node);
  const fields = node.body.filter((member) => member.kind === 'field');
  if (extendee && extendee.kind !== 'message') {
    yield departure(
      'shape',
      node,
      node.extendee,
      `\`${node.extendee.text}\` is ${nounOf(extendee)}, and only messages can be extended.`,
    );
  } else if (
    extendee &&
    editionOf(fileOf(node)) === 'proto3' &&
    !/^google\.protobuf\.\w+Options$/.test(extendee.fullName)
  ) {
    yield departure(
      'shape',
      node,
      node.extendee,
      `proto3 extends only the options of descriptor.proto, not \`${extendee.fullName}\`.`,
    );
  } else if (extendee) {
    yield* extensionNumbers(api, node, fields, extendee);
  }
  if (fields.length === 0 && fileOf(node).problems.length === 0) {
    yield departure('shape', node, node.extendee, `This \`extend\` adds no field to \`${node.extendee.text}\`.`);
  }
  for (const field of fields) yield* fieldDepartures(api, field);
}

function* oneofDepartures(node: OneofNode): Generator<Departure> {
  const isEmpty = !node.body.some(({ kind }) => kind === 'field');
  if (isEmpty && fileOf(node).problems.length === 0) {
    yield departure('shape', node, node.name, `The oneof \`${node.name.text}\` has no field.`);
  }
}

function* numbers(message: MessageNode, fields: readonly FieldNode[]): Generator<Departure> {
  const { names, reserved, extensions } = reservations(message);
  const limit = optionIsTrue(message, 'message_set_wire_format') ? largestInSet : largest;
  const taken = new Map<number, FieldNode>();
  let free: string | undefined;
  for (const field of fields) {
    const name = fieldName(field);
    const reservation = names.get(name);
    if (reservation) {
      yield departure('shape', field, field.name, `The name \`${name}\` is reserved.`, undefined, [
        { message: 'It is reserved here.', at: departure('shape', reservation.node, reservation.name, '').at },
      ]);
    }
    const { number } = field;
    if (!number) continue;
    const { value } = number;
    const problem = wrongNumber(value, limit);
    if (problem) {
      yield departure('shape', field, number, problem);
      continue;
    }
    const before = taken.get(value);
    if (before) {
      const related = first(`\`${fieldName(before)}\` has it.`, before, before.number!);
      free ??= nextFree(message, fields);
      const text = `\`${name}\` has the number ${value}, which \`${fieldName(before)}\` has already.`;
      yield departure('duplicate', field, number, text, free, related);
    } else {
      taken.set(value, field);
    }
    const inReserved = reserved.at(value);
    const inExtensions = extensions.at(value);
    if (inReserved) {
      free ??= nextFree(message, fields);
      yield departure('shape', field, number, `The number ${value} of \`${name}\` is reserved.`, free, [
        { message: 'It is reserved here.', at: departure('shape', inReserved.node, inReserved.range, '').at },
      ]);
    } else if (inExtensions) {
      yield departure('shape', field, number, `The number ${value} of \`${name}\` is kept for extensions.`, undefined, [
        { message: 'It is kept here.', at: departure('shape', inExtensions.node, inExtensions.range, '').at },
      ]);
    }
  }
}

/** A sentence on the number that comes next; empty where there is none below 19000. Gaps may be numbers of removed fields. */
function nextFree(message: MessageNode, fields: readonly FieldNode[]): string {
  const { reserved, extensions } = reservations(message);
  let next = 1;
  for (const { number } of fields) if (number && number.value >= next && number.value < 19_000) next = number.value + 1;
  // A range up to `max` ends at Infinity, which stands in that range again.
  while (next < 19_000) {
    const range = reserved.at(next) ?? extensions.at(next);
    if (!range) break;
    next = range.range.to + 1;
  }
  return next < 19_000 ? `The next free number is ${next}.` : '';
}

function wrongNumber(value: number, limit: number): string | null {
  if (value < 1) return `The number of a field is at least 1, not ${value}.`;
  if (value > limit) return `The number of a field is at most ${limit}.`;
  const isKept = value >= 19_000 && value <= 19_999;
  return isKept ? 'The numbers 19000 to 19999 belong to the implementations of Protocol Buffers.' : null;
}

/** The ranges and names that a message reserves or keeps for extensions. */
function* ranges(message: MessageNode): Generator<Departure> {
  const limit = optionIsTrue(message, 'message_set_wire_format') ? largestInSet : largest;
  for (const node of message.body) {
    if (node.kind !== 'reserved' && node.kind !== 'extensions') continue;
    if (node.kind === 'extensions' && editionOf(fileOf(node)) === 'proto3') {
      yield departure('shape', node, firstToken(node), 'proto3 has no extension ranges.');
      continue;
    }
    for (const range of node.ranges) yield* wrongRange(node, range, 1, limit);
    yield* reservedNames(node);
  }
  yield* overlaps(message);
}

/** What is wrong with one range of numbers, whatever the others are. */
export function* wrongRange(node: ReservedNode, range: NumberRange, low: number, high: number): Generator<Departure> {
  if (range.from < low) yield departure('shape', node, range, `The range begins below ${low}, the smallest number.`);
  else if (range.to < range.from)
    yield departure('shape', node, range, `The range ends at ${range.to}, before it begins.`);
  else if (range.to > high && range.to !== Number.POSITIVE_INFINITY) {
    yield departure('shape', node, range, `The range ends above ${high}, the largest number.`);
  }
}

/** Reserved names: strings until proto3, words from editions on; not beside numbers. */
export function* reservedNames(node: ReservedNode): Generator<Departure> {
  const [name] = node.names;
  if (!name) return;
  const file = fileOf(node);
  if (node.kind === 'extensions') {
    yield departure('shape', node, name, 'Extensions are kept by number, not by name.');
    return;
  }
  const isQuoted = /^["']/.test(file.source.text.slice(name.start, name.end));
  if (node.ranges.length > 0) {
    yield departure('shape', node, name, 'Names and numbers are reserved in statements of their own.');
  } else if (isQuoted && hasEdition(file)) {
    yield departure(
      'shape',
      node,
      name,
      `In editions a reserved name is a word, without quotes.`,
      `Write \`${name.text}\`.`,
    );
  } else if (!isQuoted && !hasEdition(file) && editionOf(file) !== '') {
    yield departure(
      'shape',
      node,
      name,
      `In ${editionOf(file)} a reserved name stands in quotes.`,
      `Write \`"${name.text}"\`.`,
    );
  }
}

function* overlaps(message: MessageNode): Generator<Departure> {
  const { reserved, extensions, twice } = reservations(message);
  for (const { name, node } of twice) {
    yield departure('duplicate', node, name, `The name \`${name.text}\` is reserved twice.`);
  }
  for (const list of [reserved, extensions]) {
    for (const { range, node, other } of list.overlaps()) {
      const what = node.kind === 'reserved' ? 'reserves' : 'keeps for extensions';
      yield departure('shape', node, range, `The range overlaps another one that ${what} ${shownRange(other.range)}.`);
    }
  }
  for (const { range, node } of extensions.entries) {
    const other = reserved.meeting(range);
    if (other) yield departure('shape', node, range, `The range overlaps the reserved ${shownRange(other.range)}.`);
  }
}

function shownRange({ from, to }: NumberRange): string {
  if (from === to) return `${from}`;
  return `${from} to ${to === Number.POSITIVE_INFINITY ? 'max' : to}`;
}

function firstToken(node: Node): Span {
  const { tokens } = fileOf(node);
  return { start: tokens.starts[node.first]!, end: tokens.ends[node.first]! };
}

function* extensionNumbers(
  api: Protobuf,
  extend: ExtendNode,
  fields: readonly FieldNode[],
  extendee: Definition,
): Generator<Departure> {
  const { node, fullName } = extendee;
  if (node && node.kind !== 'message') return;
  const isSet = node !== null && optionIsTrue(node, 'message_set_wire_format');
  for (const field of fields) {
    const { number } = field;
    if (!number) continue;
    const problem = wrongNumber(number.value, isSet ? largestInSet : largest);
    const isKept = node
      ? reservations(node).extensions.at(number.value) !== undefined
      : mayExtend(fullName, number.value);
    if (problem) yield departure('shape', field, number, problem);
    else if (!isKept) {
      yield departure(
        'shape',
        field,
        number,
        `\`${fullName}\` does not keep the number ${number.value} for extensions.`,
      );
    }
    const isOptional = field.label === null || field.label.text === 'optional';
    const type = isOptional ? api.links.typeOf(field.type, field) : undefined;
    if (isSet && (!isOptional || isScalar(field) || type?.kind === 'enum')) {
      yield departure(
        'shape',
        field,
        field.type,
        `An extension of the message set \`${extend.extendee.text}\` is an optional message.`,
      );
    }
  }
}

function isScalar(field: FieldNode): boolean {
  return field.map === null && !field.group && scalars.has(field.type.text);
}

/** What descriptor.proto keeps for extensions. */
function mayExtend(fullName: string, number: number): boolean {
  if (fullName === 'google.protobuf.FeatureSet') return number >= 1000 && number <= 10_000;
  if (/^google\.protobuf\.\w+Options$/.test(fullName)) return number >= 1000 || (number >= 990 && number <= 998);
  return !fullName.startsWith('google.protobuf.');
}

function* messageSet(message: MessageNode, fields: readonly FieldNode[]): Generator<Departure> {
  if (editionOf(fileOf(message)) === 'proto3') {
    yield departure('shape', message, message.name, 'proto3 has no message sets.');
    return;
  }
  const [field] = fields;
  if (field)
    yield departure(
      'shape',
      field,
      field.name,
      `\`${message.name.text}\` is a message set, which has extensions and no fields.`,
    );
}

/** What one field says, whatever the others are. */
function* fieldDepartures(api: Protobuf, field: FieldNode): Generator<Departure> {
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

function* jsonNames(message: MessageNode, fields: readonly FieldNode[]): Generator<Departure> {
  if (optionIsTrue(message, 'deprecated_legacy_json_field_conflicts')) return;
  const isStrict = featuresOf(message).json_format === 'ALLOW';
  const told = new Set<FieldNode>();
  // Those that protoc makes may not meet even where other ones are given.
  if (isStrict) yield* sameJsonNames(fields, () => null, isStrict, told);
  if (fields.some(jsonNameValue)) yield* sameJsonNames(fields, jsonNameValue, isStrict, told);
}

function* sameJsonNames(
  fields: readonly FieldNode[],
  ownName: (field: FieldNode) => StringLiteral | null,
  isStrict: boolean,
  told: Set<FieldNode>,
): Generator<Departure> {
  const taken = new Map<string, FieldNode>();
  for (const field of fields) {
    const own = ownName(field);
    const json = own?.value ?? defaultJsonName(fieldName(field));
    const before = taken.get(json);
    if (!before) taken.set(json, field);
    else if (!told.has(field) && fieldName(before) !== fieldName(field) && (isStrict || (own && ownName(before)))) {
      told.add(field);
      const related = first(`\`${fieldName(before)}\` is called so too.`, before);
      const message = `In JSON \`${fieldName(field)}\` and \`${fieldName(before)}\` are both called \`${json}\`.`;
      yield departure('shape', field, own ?? field.name, message, undefined, related);
    }
  }
}

function jsonNameValue(field: FieldNode): StringLiteral | null {
  const value = field.options.find(({ name }) => name.text === 'json_name')?.value;
  return value?.kind === 'string' ? value : null;
}

/** protoc's rule: letters behind underscores become capitals, the underscores go. */
function defaultJsonName(name: string): string {
  return name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

function optionIsTrue(node: MessageNode, wanted: string): boolean {
  return node.body.some(
    (member) =>
      member.kind === 'option' &&
      member.name.text === wanted &&
      member.value?.kind === 'word' &&
      member.value.text === 'true',
  );
}

function nounOf({ kind }: Definition): string {
  return kind === 'service' ? 'a service' : kind === 'enum' ? 'an enum' : 'a message';
}
