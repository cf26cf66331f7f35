import type { TypeNode } from 'graphql';
import type { Finding } from '../../../text/problem.ts';
import type { GraphQl } from '../graphql.ts';
import { type Argument, type Field, namedType, type Type, type TypeUse, typeNamed, types } from '../select.ts';
import { typeText } from '../types.ts';
import { isDamaged, isWhole, kindNamed } from './certain.ts';

/** What types and interfaces owe the interfaces that they implement (GraphQL specification, section 3.6, IsValidImplementation). */
export function* interfaceDepartures(api: GraphQl): Generator<Finding> {
  const circles = new Set<string>();
  for (const type of types(api)) {
    if (type.interfaces.length > 0) yield* implementations(api, type, circles);
  }
}

function* implementations(api: GraphQl, type: Type, circles: Set<string>): Generator<Finding> {
  const told = new Set<string>();
  const claimed = new Map<string, TypeUse>();
  for (const use of type.interfaces) {
    const first = claimed.get(use.name);
    if (first) yield twice(type, use, first);
    else claimed.set(use.name, use);
  }
  const fields = new Map(type.fields.map((field) => [field.name, field]));
  for (const use of claimed.values()) {
    const owed = typeNamed(api, use.name);
    if (use.name === type.name && type.kind === 'interface') yield itself(use);
    if (use.name === type.name || !owed || kindNamed(api, use.name) !== 'interface') continue;
    yield* ancestors(api, type, use, owed, claimed, told, circles);
    for (const demanded of owed.fields) {
      const field = fields.get(demanded.name);
      // One field that several interfaces demand is missing, or wrong, once.
      const finding = field ? mismatch(api, field, demanded) : missing(api, type, demanded);
      if (!finding || told.has(demanded.name)) continue;
      told.add(demanded.name);
      yield finding;
    }
  }
}

function twice(type: Type, use: TypeUse, first: TypeUse): Finding {
  return {
    at: use.at,
    message: `\`${type.name}\` implements \`${use.name}\` twice.`,
    help: 'Name each interface once.',
    related: [{ message: 'it is named here first', at: first.at }],
  };
}

function itself({ at, name }: TypeUse): Finding {
  return {
    at,
    message: `\`${name}\` implements itself.`,
    help: 'Remove it from the interfaces that it implements.',
  };
}

/** Interfaces that `owed` implements must be named, too. A circle of two is told once. */
function* ancestors(
  api: GraphQl,
  type: Type,
  use: TypeUse,
  owed: Type,
  claimed: ReadonlyMap<string, TypeUse>,
  told: Set<string>,
  circles: Set<string>,
): Generator<Finding> {
  for (const { name, at } of owed.interfaces) {
    if (name === owed.name || kindNamed(api, name) !== 'interface') continue;
    if (name === type.name) {
      if (circles.has(`${owed.name} ${type.name}`)) continue;
      circles.add(`${type.name} ${owed.name}`);
      yield {
        at: use.at,
        message: `\`${type.name}\` implements \`${owed.name}\`, which implements \`${type.name}\`.`,
        help: 'Let one of them not implement the other.',
        related: [{ message: 'the way back', at }],
      };
    } else if (!claimed.has(name) && !told.has(`implements ${name}`) && isWhole(api, type)) {
      told.add(`implements ${name}`);
      yield {
        at: use.at,
        message: `\`${type.name}\` implements \`${owed.name}\`, but not \`${name}\`, which \`${owed.name}\` implements.`,
        help: `Add \`${name}\` to the interfaces that \`${type.name}\` implements.`,
        related: [{ message: `\`${owed.name}\` implements \`${name}\` here`, at }],
      };
    }
  }
}

function missing(api: GraphQl, type: Type, demanded: Field): Finding | null {
  if (!isWhole(api, type)) return null;
  return {
    at: type.at,
    message: `\`${type.name}\` has no field \`${demanded.name}\`, which its interface \`${demanded.owner.name}\` asks for.`,
    help: `Add \`${demanded.name}: ${typeText(demanded.node.type)}\`.`,
    related: [{ message: 'it is asked for here', at: demanded.at }],
  };
}

/** How a field falls short of the one it implements. */
function mismatch(api: GraphQl, field: Field, demanded: Field): Finding | null {
  if (!isSubtype(api, field.node.type, demanded.node.type)) {
    return {
      at: field.at.on(field.node.type),
      message: `\`${nameOf(field)}\` is ${shown(field.node.type)}, but ${shown(demanded.node.type)} in its interface \`${demanded.owner.name}\`.`,
      help: `Give it the type ${shown(demanded.node.type)}, or a narrower one.`,
      related: [{ message: 'the field that it implements', at: demanded.at }],
    };
  }
  return argumentMismatch(api, field, demanded);
}

function argumentMismatch(api: GraphQl, field: Field, demanded: Field): Finding | null {
  const given = new Map(field.arguments.map((argument) => [argument.name, argument]));
  for (const wanted of demanded.arguments) {
    const argument = given.get(wanted.name);
    given.delete(wanted.name);
    if (!argument) {
      if (isDamaged(api, field.owner.name)) continue;
      return {
        at: field.at,
        message: `\`${nameOf(field)}\` has no argument \`${wanted.name}\`, which \`${nameOf(demanded)}\` has.`,
        help: `Add \`${wanted.name}: ${typeText(wanted.node.type)}\`.`,
        related: [{ message: 'the argument of the interface', at: wanted.at }],
      };
    }
    if (!isSame(api, argument.node.type, wanted.node.type)) return wrongType(argument, wanted, demanded);
  }
  for (const argument of given.values()) {
    if (!isRequired(argument) || isDamaged(api, demanded.owner.name)) continue;
    return {
      at: argument.at,
      message: `\`${nameOf(field)}\` requires the argument \`${argument.name}\`, which \`${nameOf(demanded)}\` does not have.`,
      help: 'Make it nullable, give it a default, or add it to the interface.',
      related: [{ message: 'the field that it implements', at: demanded.at }],
    };
  }
  return null;
}

function wrongType(argument: Argument, wanted: Argument, demanded: Field): Finding {
  return {
    at: argument.at.on(argument.node.type),
    message: `The argument \`${argument.name}\` is ${shown(argument.node.type)}, but ${shown(wanted.node.type)} in \`${nameOf(demanded)}\`.`,
    help: `Give it the type ${shown(wanted.node.type)}.`,
    related: [{ message: 'the argument that it implements', at: wanted.at }],
  };
}

const isRequired = ({ node }: Argument): boolean => node.type.kind === 'NonNullType' && !node.defaultValue;
const nameOf = (field: Field): string => `${field.owner.name}.${field.name}`;
const shown = (type: TypeNode): string => `\`${typeText(type)}\``;

/** Whether two types are written alike. In doubt, where one of them is unknown, they are. */
function isSame(api: GraphQl, a: TypeNode, b: TypeNode): boolean {
  if (typeText(a) === typeText(b)) return true;
  const [one, other] = [a, b].map((type) => namedType(type).name.value);
  return one !== other && [one!, other!].some((name) => kindNamed(api, name) === undefined);
}

/** Whether a value of one type always is one of the other (IsValidImplementationFieldType). In doubt it is. */
function isSubtype(api: GraphQl, type: TypeNode, of: TypeNode): boolean {
  if (of.kind === 'NonNullType') return type.kind === 'NonNullType' && isSubtype(api, type.type, of.type);
  if (type.kind === 'NonNullType') return isSubtype(api, type.type, of);
  if (of.kind === 'ListType' || type.kind === 'ListType') {
    return of.kind === 'ListType' && type.kind === 'ListType' && isSubtype(api, type.type, of.type);
  }
  return type.name.value === of.name.value || mayBe(api, type.name.value, of.name.value);
}

function mayBe(api: GraphQl, name: string, ofName: string): boolean {
  if (kindNamed(api, name) === undefined || kindNamed(api, ofName) === undefined) return true;
  const [type, of] = [typeNamed(api, name), typeNamed(api, ofName)];
  if (of?.kind === 'union') return of.members.some((member) => member.name === name) || !isWhole(api, of);
  if (of?.kind !== 'interface' || !type) return false;
  if (type.interfaces.some((use) => use.name === ofName)) return true;
  return (type.kind === 'type' || type.kind === 'interface') && !isWhole(api, type);
}
