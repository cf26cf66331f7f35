/** GraphQL types as shapes. */
import type { TypeNode } from 'graphql';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { type Field as GraphqlField, isList, namedType, type Type, typeNamed } from '../../languages/graphql/select.ts';
import { split } from '../../words/split.ts';
import type { Field, Shape } from '../shape.ts';

/**
 * What values of an object, an input or any other type look like. Of objects only what belongs to a value itself: no fields
 * that need arguments, no lists of other records, and of a single other record only its id.
 * @param isRecord whether the values of a type are records of their own
 */
export function shapeOfType(api: GraphQl, typeName: string, isRecord: (typeName: string) => boolean): Shape {
  const type = typeNamed(api, typeName);
  return type ? new TypeShapes(api, isRecord).of(type) : scalarShape(typeName);
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

class TypeShapes {
  readonly #api: GraphQl;
  readonly #isRecord: (typeName: string) => boolean;
  readonly #known = new Map<Type, Shape>();

  constructor(api: GraphQl, isRecord: (typeName: string) => boolean) {
    this.#api = api;
    this.#isRecord = isRecord;
  }

  of(type: Type): Shape {
    let shape = this.#known.get(type);
    if (!shape) {
      shape = this.#make(type);
      this.#known.set(type, shape);
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
    const named = typeNamed(this.#api, type.name.value);
    return named ? this.of(named) : scalarShape(type.name.value);
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

/** A scalar, a custom one by what its name says. */
function scalarShape(name: string): Shape {
  switch (name) {
    case 'Int':
      return { kind: 'integer', format: 'int32' };
    case 'Float':
      return { kind: 'number' };
    case 'Boolean':
      return { kind: 'boolean' };
    case 'ID':
    case 'String':
      return { kind: 'string' };
    default:
      return (
        customScalars.find(([pattern]) => pattern.test(split(name.replace(/^AWS/, '')).join(' ')))?.[1] ?? {
          kind: 'string',
        }
      );
  }
}

const customScalars: readonly (readonly [RegExp, Shape])[] = [
  [/time ?stamp$|unix time|epoch/, { kind: 'integer', format: 'int64' }],
  [/date ?time|instant|moment/, { kind: 'string', format: 'date-time' }],
  [/\bdate$|^date\b|day$/, { kind: 'string', format: 'date' }],
  [/duration|period/, { kind: 'string', format: 'duration' }],
  [/\btime$/, { kind: 'string', format: 'time' }],
  [/uuid|guid/, { kind: 'string', format: 'uuid' }],
  [/email/, { kind: 'string', format: 'email' }],
  [/\buri\b|\burl\b/, { kind: 'string', format: 'uri' }],
  [/json|^any$|object|map|mixed|metadata|generic scalar/, { kind: 'any' }],
  [/decimal|money|numeric|float|double|number$/, { kind: 'number' }],
  [/big ?int|long|int ?64/, { kind: 'integer', format: 'int64' }],
  [/\bint(?:eger)?(?: ?\d+)?$|^(?:positive|non negative|unsigned) int|year$|minute$|hour$/, { kind: 'integer' }],
  [/^bool/, { kind: 'boolean' }],
];
