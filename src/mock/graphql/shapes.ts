import {
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isScalarType,
} from 'graphql/index.js';
import type { Field, Shape } from '../shape.ts';
import { scalarKind } from './scalars.ts';

/**
 * The shapes of a schema's types, each made once. Of output types only what belongs to a value itself: what leads to other
 * records, and what asks for arguments, is resolved where it is asked for.
 */
export class Shapes {
  readonly #isRecord: (typeName: string) => boolean;
  readonly #known = new Map<string, Shape>();

  /** @param isRecord whether the values of a type are records of the store */
  constructor(isRecord: (typeName: string) => boolean) {
    this.#isRecord = isRecord;
  }

  of(type: GraphQLType): Shape {
    if (isNonNullType(type)) return this.of(type.ofType as GraphQLOutputType | GraphQLInputType);
    if (isListType(type)) return { kind: 'list', items: this.of(type.ofType as GraphQLOutputType | GraphQLInputType) };
    const known = this.#known.get(type.name);
    if (known) return known;
    const shape = this.#make(type);
    this.#known.set(type.name, shape);
    return shape;
  }

  /** A field by itself. */
  field(name: string, type: GraphQLType): Field {
    return { name, shape: this.of(type), required: isNonNullType(type), writable: true };
  }

  #make(type: GraphQLNamedType): Shape {
    if (isScalarType(type)) return scalarShape(type.name);
    if (isEnumType(type)) return { kind: 'enum', name: type.name, values: type.getValues().map(({ name }) => name) };
    if (isInputObjectType(type)) return this.#object(type.name, () => Object.values(type.getFields()));
    if (isObjectType(type) || isInterfaceType(type))
      return this.#object(type.name, () =>
        Object.values(type.getFields()).filter(
          (field) => !field.args.some(isRequiredArgument) && this.#belongs(field.type),
        ),
      );
    return { kind: 'any' };
  }

  #object(name: string, list: () => readonly { readonly name: string; readonly type: GraphQLType }[]): Shape {
    let fields: ReadonlyMap<string, Field> | undefined;
    return {
      kind: 'object',
      name,
      fields: () => {
        fields ??= new Map(list().map((one) => [one.name, this.field(one.name, one.type)]));
        return fields;
      },
    };
  }

  /** Whether a value of that type is a part of the thing that it is asked of. */
  #belongs(type: GraphQLOutputType): boolean {
    const named = getNamedType(type);
    if (isLeafType(named)) return true;
    return isObjectType(named) && !this.#isRecord(named.name);
  }
}

/** The shape of a scalar by its name. */
function scalarShape(name: string): Shape {
  if (name === 'Int') return { kind: 'integer', format: 'int32' };
  if (name === 'Float') return { kind: 'number' };
  if (name === 'Boolean') return { kind: 'boolean' };
  if (name === 'String' || name === 'ID') return { kind: 'string' };
  const kind = scalarKind(name);
  switch (kind) {
    case 'date-time':
    case 'date':
    case 'time':
    case 'duration':
    case 'uuid':
    case 'email':
    case 'uri':
      return { kind: 'string', format: kind };
    case 'integer':
    case 'big-integer':
    case 'timestamp':
      return { kind: 'integer', format: 'int64' };
    case 'decimal':
    case 'number':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    case 'text':
      return { kind: 'string' };
    default:
      return { kind: 'any' };
  }
}
