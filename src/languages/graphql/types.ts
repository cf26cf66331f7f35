/** Types as they are written at a field or an argument: `[User!]!`. */
import type { ConstValueNode, TypeNode } from 'graphql';

/** A type as the language writes it: `[User!]!`. */
export function typeText(type: TypeNode): string {
  if (type.kind === 'NonNullType') return `${typeText(type.type)}!`;
  return type.kind === 'ListType' ? `[${typeText(type.type)}]` : type.name.value;
}

/** A type without the `!` at its end. */
export function nullable(type: TypeNode): Exclude<TypeNode, { kind: 'NonNullType' }> {
  return type.kind === 'NonNullType' ? type.type : type;
}

/** Whether a type is of that name, nullable or not, and no list. */
export function isNamed(type: TypeNode, name: string): boolean {
  const inner = nullable(type);
  return inner.kind === 'NamedType' && inner.name.value === name;
}

/** A value as the language writes it, long ones shortened. */
export function valueText(value: ConstValueNode): string {
  const text = written(value, 0);
  return text.length > longestValue ? `${text.slice(0, longestValue - 1)}…` : text;
}

const longestValue = 40;

function written(value: ConstValueNode, depth: number): string {
  if (depth > 3) return '…';
  if (value.kind === 'NullValue') return 'null';
  if (value.kind === 'StringValue') return JSON.stringify(value.value);
  if (value.kind === 'ListValue')
    return `[${value.values
      .slice(0, 20)
      .map((item) => written(item, depth + 1))
      .join(', ')}]`;
  if (value.kind !== 'ObjectValue') return String(value.value);
  const fields = value.fields.slice(0, 20).map((field) => `${field.name.value}: ${written(field.value, depth + 1)}`);
  return `{${fields.join(', ')}}`;
}
