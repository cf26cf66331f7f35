import { featuresOf } from '../features.ts';
import { type EnumNode, type EnumValueNode, fileOf, type OptionNode } from '../tree.ts';
import { type Departure, departure, first } from './departure.ts';
import { reservedNames, wrongRange } from './messages.ts';
import { reservations } from './reservations.ts';

const smallest = -(2 ** 31);
const largest = 2 ** 31 - 1;

/** What an enum says that compilers refuse. */
export function* enumDepartures(node: EnumNode): Generator<Departure> {
  const values = node.body.filter((member) => member.kind === 'value');
  const [zero] = values;
  if (!zero) {
    if (fileOf(node).problems.length === 0)
      yield departure('shape', node, node.name, `The enum \`${node.name.text}\` has no value.`);
    return;
  }
  if (featuresOf(node).enum_type !== 'CLOSED' && zero.number && zero.number.value !== 0) {
    const message = `The first value of \`${node.name.text}\` is ${zero.number.value}, not zero.`;
    yield departure(
      'shape',
      zero,
      zero.number,
      message,
      'Begin with a value for what is not told: `…_UNSPECIFIED = 0`.',
    );
  }
  yield* numbers(node, values);
  yield* likeNames(node, values);
  yield* reserved(node);
}

function* numbers(node: EnumNode, values: readonly EnumValueNode[]): Generator<Departure> {
  const { names, reserved } = reservations(node);
  const alias = aliasOption(node);
  const mayAlias = alias?.value?.kind === 'word' && alias.value.text === 'true';
  const taken = new Map<number, EnumValueNode>();
  let hasAlias = false;
  for (const value of values) {
    const name = value.name.text;
    if (names.has(name)) yield departure('shape', value, value.name, `The name \`${name}\` is reserved.`);
    const { number } = value;
    if (!number) continue;
    if (number.value < smallest || number.value > largest) {
      yield departure('shape', value, number, `\`${number.text}\` is no number of 32 bits with a sign.`);
      continue;
    }
    const before = taken.get(number.value);
    if (!before) taken.set(number.value, value);
    else if (mayAlias) hasAlias = true;
    else {
      const message = `\`${name}\` has the number ${number.value}, which \`${before.name.text}\` has already.`;
      const help = 'Give it another number, or set `option allow_alias = true;` if both names mean the same.';
      yield departure(
        'duplicate',
        value,
        number,
        message,
        help,
        first(`\`${before.name.text}\` has it.`, before, before.number!),
      );
    }
    if (reserved.at(number.value)) {
      yield departure('shape', value, number, `The number ${number.value} of \`${name}\` is reserved.`);
    }
  }
  if (!alias || hasAlias) return;
  const message = mayAlias
    ? `\`${node.name.text}\` allows aliases, and no two of its values share a number.`
    : '`allow_alias` is false where nothing is said.';
  yield departure('shape', alias, alias.name, message, 'Remove the option.');
}

function aliasOption(node: EnumNode): OptionNode | undefined {
  return node.body.find(
    (member): member is OptionNode => member.kind === 'option' && member.name.text === 'allow_alias',
  );
}

/** Generators leave the enum's name off its values, and change their case: then names must still differ. */
function* likeNames(node: EnumNode, values: readonly EnumValueNode[]): Generator<Departure> {
  const isLegacy = node.body.some(
    (member) => member.kind === 'option' && member.name.text === 'deprecated_legacy_json_field_conflicts',
  );
  if (isLegacy) return;
  const enumName = plain(node.name.text);
  const taken = new Map<string, EnumValueNode>();
  for (const value of values) {
    const short = withoutPrefix(value.name.text, enumName);
    const before = taken.get(short);
    if (!before) taken.set(short, value);
    else if (before.name.text !== value.name.text && before.number?.value !== value.number?.value) {
      const message = `Without the enum's name, \`${value.name.text}\` and \`${before.name.text}\` are one name.`;
      yield departure('shape', value, value.name, message, undefined, first('The other value.', before));
    }
  }
}

function plain(name: string): string {
  return name.replaceAll('_', '').toLowerCase();
}

/** A value's name without its enum's, wherever underscores stand, in one case. */
function withoutPrefix(value: string, enumName: string): string {
  const name = value.replace(/^_+/, '');
  let at = 0;
  let matched = 0;
  while (at < name.length && matched < enumName.length) {
    if (name[at] !== '_') {
      if (name[at]!.toLowerCase() !== enumName[matched]) return pascal(value);
      matched++;
    }
    at++;
  }
  while (name[at] === '_') at++;
  return matched < enumName.length || at === name.length ? pascal(value) : pascal(name.slice(at));
}

/** As generators write it: `FOO_BAR` and `FooBar` are not the same, but `FOO_BAR` and `foo_bar` are. */
function pascal(name: string): string {
  return name
    .split('_')
    .filter((part) => part !== '')
    .map((part) => part[0]!.toUpperCase() + part.slice(1).toLowerCase())
    .join('');
}

function* reserved(node: EnumNode): Generator<Departure> {
  const { reserved, twice } = reservations(node);
  for (const member of node.body) {
    if (member.kind !== 'reserved') continue;
    for (const range of member.ranges) yield* wrongRange(member, range, smallest, largest);
    yield* reservedNames(member);
  }
  for (const { name, node: again } of twice) {
    yield departure('duplicate', again, name, `The name \`${name.text}\` is reserved twice.`);
  }
  for (const { range, node: holder, other } of reserved.overlaps()) {
    const { from, to } = other.range;
    yield departure(
      'shape',
      holder,
      range,
      `The range overlaps another one that reserves ${from} to ${to === Number.POSITIVE_INFINITY ? 'max' : to}.`,
    );
  }
}
