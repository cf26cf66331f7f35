/** GraphQL types as shapes. */
import type { TypeNode } from 'graphql';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { type Field as GraphqlField, isList, namedType, type Type, typeNamed } from '../../languages/graphql/select.ts';
import { split } from '../../words/split.ts';
import type { Field, Shape } from '../shape.ts';
import { scalarShape } from './graphql-scalars.ts';

/**
 * What values of an object, an input or any other type look like. Of objects only what belongs to a value itself: no fields
 * that need arguments, no lists of other records, and of a single other record only its id.
 * @param isRecord whether the values of a type are records of their own
 */
export function shapeOfType(api: GraphQl, typeName: string, isRecord: (typeName: string) => boolean): Shape {
  return new TypeShapes(api, isRecord).of(typeName);
}

/** The id of an object type's values: the field, and what it looks like. */
export function idFieldOfType(type: Type): GraphqlField | undefined {
  const scalars = type.fields.filter(({ node, arguments: taken }) => !isList(node.type) && taken.length === 0);
  for (const name of ['id', '_id', 'uuid', 'guid', 'gid', 'key', 'slug', 'code', 'handle', 'login', 'number', 'name']) {
    const found = scalars.find((field) => field.name.toLowerCase() === name);
    if (found) return found;
  }
  const own = split(type.name).join(' ');
  return scalars.find((field) => {
    const words = split(field.name);
    return words.at(-1) === 'id' && words.length > 1 && own.endsWith(words.slice(0, -1).join(' '));
  });
}

/** The shapes of a schema's types, each made once. */
export class TypeShapes {
  readonly #api: GraphQl;
  readonly #isRecord: (typeName: string) => boolean;
  readonly #known = new Map<string, Shape>();

  /** @param isRecord whether the values of a type are records of their own */
  constructor(api: GraphQl, isRecord: (typeName: string) => boolean) {
    this.#api = api;
    this.#isRecord = isRecord;
  }

  /** @param typeName without brackets and exclamation marks; a type that is defined nowhere is a scalar */
  of(typeName: string): Shape {
    let shape = this.#known.get(typeName);
    if (!shape) {
      const type = typeNamed(this.#api, typeName);
      shape = type ? this.#make(type) : scalarShape(typeName);
      this.#known.set(typeName, shape);
    }
    return shape;
  }

  #make(type: Type): Shape {
    switch (type.kind) {
      case 'scalar':
        return scalarShape(type.name);
      case 'enum':
        return { kind: 'enum', name: type.name, values: type.values.map(({ name }) => name) };
      case 'input':
        return objectShape(type.name, () => type.inputFields.map(({ name, node }) => this.#field(name, node.type)));
      case 'type':
      case 'interface':
        return objectShape(type.name, () =>
          type.fields.flatMap((field) => (needsArguments(field) ? [] : (this.#ownField(field) ?? []))),
        );
      default:
        return { kind: 'any' };
    }
  }

  #field(name: string, type: TypeNode): Field {
    return { name, shape: this.#typed(type), required: type.kind === 'NonNullType', writable: true };
  }

  #typed(type: TypeNode): Shape {
    if (type.kind === 'NonNullType') return this.#typed(type.type);
    if (type.kind === 'ListType') return { kind: 'list', items: this.#typed(type.type) };
    return this.of(type.name.value);
  }

  /** A field whose value is part of the object; a reference where it is another record. */
  #ownField({ name, node }: GraphqlField): Field | null {
    const type = typeNamed(this.#api, namedType(node.type).name.value);
    if (!type || type.kind === 'scalar' || type.kind === 'enum') return this.#field(name, node.type);
    if (type.kind !== 'type') return null;
    if (!this.#isRecord(type.name)) return isPage(type) ? null : this.#field(name, node.type);
    const id = isList(node.type) ? undefined : idFieldOfType(type);
    if (!id) return null;
    const reference = objectShape(type.name, () => [this.#field(id.name, id.node.type)]);
    return { name, shape: reference, required: false, writable: true };
  }
}

/** Whether a type holds a list of others for a field that leads to them. */
function isPage(type: Type): boolean {
  return type.name.endsWith('Connection') || type.fields.some(({ name }) => name === 'pageInfo' || name === 'edges');
}

function needsArguments({ arguments: taken }: GraphqlField): boolean {
  return taken.some(({ node }) => node.type.kind === 'NonNullType' && node.defaultValue === undefined);
}

function objectShape(name: string, list: () => readonly Field[]): Shape {
  let fields: ReadonlyMap<string, Field> | undefined;
  return {
    kind: 'object',
    name,
    fields: () => {
      fields ??= new Map(list().map((field) => [field.name, field]));
      return fields;
    },
  };
}
