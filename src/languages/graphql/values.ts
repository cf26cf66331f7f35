/** Values against the types that they are given for (GraphQL specification, section 5.6.1). */
import type { ConstObjectValueNode, ConstValueNode, TypeNode } from 'graphql';
import { isDamaged, isWhole } from './conformance/certain.ts';
import type { GraphQl } from './graphql.ts';
import type { InputField, Type } from './select.ts';
import { valueText } from './types.ts';

/** A value, or a part of one, that its type does not allow. */
export interface Misfit {
  readonly node: ConstValueNode;
  /** Completes a sentence that begins with the value: `is no \`Int\``. */
  readonly message: string;
}

/** The first part of a value that does not fit; null when all fits, or nobody knows: custom scalars take anything. */
export function misfit(api: GraphQl, value: ConstValueNode, type: TypeNode): Misfit | null {
  if (type.kind === 'NonNullType') {
    return value.kind === 'NullValue' ? { node: value, message: 'cannot be null' } : misfit(api, value, type.type);
  }
  if (value.kind === 'NullValue') return null;
  if (type.kind === 'ListType') {
    if (value.kind !== 'ListValue') return misfit(api, value, type.type);
    return firstOf(value.values, (item) => misfit(api, item, type.type));
  }
  if (Object.hasOwn(literals, type.name.value)) return scalarMisfit(value, type.name.value);
  const named = api.index.types.get(type.name.value);
  if (!named || isDamaged(api, named.name)) return null;
  if (named.kind === 'enum') return enumMisfit(api, value, named);
  return named.kind === 'input' ? inputMisfit(api, value, named) : null;
}

/** What the scalars of the specification take (section 3.5). */
const literals: Readonly<Record<string, readonly string[]>> = {
  Int: ['IntValue'],
  Float: ['IntValue', 'FloatValue'],
  String: ['StringValue'],
  Boolean: ['BooleanValue'],
  ID: ['StringValue', 'IntValue'],
};

function scalarMisfit(value: ConstValueNode, name: string): Misfit | null {
  if (!literals[name]!.includes(value.kind)) return { node: value, message: `is no \`${name}\`` };
  const isTooLong = name === 'Int' && value.kind === 'IntValue' && Math.abs(Number(value.value) + 0.5) > 2 ** 31;
  return isTooLong ? { node: value, message: 'has more than the 32 bits of an `Int`' } : null;
}

function enumMisfit(api: GraphQl, value: ConstValueNode, type: Type): Misfit | null {
  const isKnown = value.kind === 'EnumValue' && type.values.some(({ name }) => name === value.value);
  if (isKnown || (value.kind === 'EnumValue' && !isWhole(api, type))) return null;
  return { node: value, message: `is no value of \`${type.name}\`` };
}

function inputMisfit(api: GraphQl, value: ConstValueNode, type: Type): Misfit | null {
  if (value.kind !== 'ObjectValue') return { node: value, message: `is no object, as \`${type.name}\` asks for` };
  const known = new Map(type.inputFields.map((field) => [field.name, field]));
  const wrong = firstOf(value.fields, ({ name, value: inner }) => {
    const field = known.get(name.value);
    if (field) return misfit(api, inner, field.node.type);
    return isWhole(api, type)
      ? { node: inner, message: `is given for \`${name.value}\`, which \`${type.name}\` does not have` }
      : null;
  });
  return wrong ?? incomplete(value, type);
}

function incomplete(value: ConstObjectValueNode, type: Type): Misfit | null {
  const given = new Set(value.fields.map(({ name }) => name.value));
  if (type.directives.some(({ name }) => name === 'oneOf')) {
    const isChoice = given.size === 1 && value.fields[0]!.value.kind !== 'NullValue';
    return isChoice ? null : { node: value, message: `is not exactly one field of \`${type.name}\`` };
  }
  const lacking = type.inputFields.find((field) => isRequired(field) && !given.has(field.name));
  return lacking ? { node: value, message: `lacks \`${lacking.name}\`, which \`${type.name}\` requires` } : null;
}

const isRequired = ({ node }: InputField): boolean => node.type.kind === 'NonNullType' && !node.defaultValue;

function firstOf<T>(items: readonly T[], judge: (item: T) => Misfit | null): Misfit | null {
  for (const item of items) {
    const found = judge(item);
    if (found) return found;
  }
  return null;
}

/** What is wrong with a value, as a sentence without its full stop: `` `"5"` is no `Int` ``. */
export function misfitText({ node, message }: Misfit): string {
  return `\`${valueText(node)}\` ${message}`;
}
