import { editionOf, featuresOf, hasEdition } from '../features.ts';
import type { Span } from '../lex.ts';
import type { Definition } from '../link.ts';
import type { Protobuf } from '../protobuf.ts';
import {
  type ExtendNode,
  type FieldNode,
  fileOf,
  type MessageNode,
  type Node,
  type NumberRange,
  type OneofNode,
  type ReservedNode,
  type StringLiteral,
} from '../tree.ts';
import { type Departure, departure, first } from './departure.ts';
import { fieldDepartures, isScalar } from './fields.ts';
import { fieldName, fieldsOf } from './members.ts';
import { reservations } from './reservations.ts';

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
