import type { TypeKind } from '../elements.ts';

/** A kind of type with its article, in the words of the language: `an interface`. */
export function aKind(kind: TypeKind): string {
  return kinds[kind];
}

const kinds: Readonly<Record<TypeKind, string>> = {
  scalar: 'a scalar',
  type: 'an object type',
  interface: 'an interface',
  union: 'a union',
  enum: 'an enum',
  input: 'an input type',
};

/** What bears a directive, in words: `an argument` for `ARGUMENT_DEFINITION`. */
export function aLocation(location: string): string {
  return locations[location] ?? `\`${location}\``;
}

const locations: Readonly<Record<string, string>> = {
  SCHEMA: 'a schema',
  SCALAR: kinds.scalar,
  OBJECT: kinds.type,
  FIELD_DEFINITION: 'a field',
  ARGUMENT_DEFINITION: 'an argument',
  INTERFACE: kinds.interface,
  UNION: kinds.union,
  ENUM: kinds.enum,
  ENUM_VALUE: 'an enum value',
  INPUT_OBJECT: kinds.input,
  INPUT_FIELD_DEFINITION: 'an input field',
};
