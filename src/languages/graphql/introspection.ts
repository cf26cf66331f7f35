import type {
  ConstArgumentNode,
  ConstDirectiveNode,
  ConstValueNode,
  DefinitionNode,
  EnumValueDefinitionNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  NamedTypeNode,
  NameNode,
  OperationTypeNode,
  StringValueNode,
  TypeDefinitionNode,
  TypeNode,
} from 'graphql';
import { Location, Token } from 'graphql/language/ast.js';
import { Kind } from 'graphql/language/kinds.js';
import { TokenKind } from 'graphql/language/tokenKind.js';
import { Source } from '../../text/source.ts';
import { type Document, Segment } from './document.ts';
import { parseValue } from './parse.ts';

/**
 * Reads an introspection result (GraphQL specification, section 4) as if it were SDL. Never throws: what is missing or of
 * the wrong type is left out. All nodes stand at the file's beginning; their elements are named.
 */
export function readIntrospection(source: Source): Document {
  const { value, fault } = parseJson(source.text);
  const schema = get(get(value, 'data') ?? value, '__schema');
  const message = fault ?? (isObject(schema) ? null : 'Expected "__schema" to be an object');
  const faults =
    message === null ? [] : [{ message, range: { source, start: 0, end: Math.min(1, source.text.length) } }];
  return { source, definitions: isObject(schema) ? new Reader(source).definitions(schema) : [], faults, broken: [] };
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Names that every introspection result has and no schema defines. */
const builtIn = /^(?:__.*|Int|Float|String|Boolean|ID)$/;
const builtInDirectives = new Set(['skip', 'include', 'deprecated', 'specifiedBy', 'oneOf']);
/** Types nested deeper than any client asks for: introspection queries go to seven or nine. */
const deepestType = 50;

class Reader {
  readonly #source: Source;
  readonly #loc: Location;

  constructor(source: Source) {
    const beginning = new Token(TokenKind.SOF, 0, Math.min(1, source.text.length), 1, 1);
    this.#source = source;
    this.#loc = new Location(beginning, beginning, new Segment(source, 0));
  }

  definitions(schema: JsonObject): DefinitionNode[] {
    const operations = (['query', 'mutation', 'subscription'] as OperationTypeNode[]).flatMap((operation) => {
      const name = stringAt(get(schema, `${operation}Type`), 'name');
      return name === undefined
        ? []
        : [{ kind: Kind.OPERATION_TYPE_DEFINITION, operation, type: this.#named(name), loc: this.#loc } as const];
    });
    const head = { ...this.#described(schema), kind: Kind.SCHEMA_DEFINITION, operationTypes: operations } as const;
    const directives = objectsAt(schema, 'directives').flatMap((directive) => this.#directive(directive));
    return [head, ...directives, ...objectsAt(schema, 'types').flatMap((type) => this.#type(type))];
  }

  #directive(directive: JsonObject): DefinitionNode[] {
    const name = stringAt(directive, 'name');
    if (name === undefined || builtInDirectives.has(name)) return [];
    const locations = listAt(directive, 'locations').filter((location) => typeof location === 'string');
    return [
      {
        ...this.#described(directive),
        kind: Kind.DIRECTIVE_DEFINITION,
        name: this.#name(name),
        arguments: this.#inputs(directive, 'args'),
        repeatable: directive['isRepeatable'] === true,
        locations: locations.map((location) => this.#name(location)),
      },
    ];
  }

  #type(type: JsonObject): TypeDefinitionNode[] {
    const named = stringAt(type, 'name');
    if (named === undefined || builtIn.test(named)) return [];
    const base = { ...this.#described(type), name: this.#name(named) };
    const interfaces = namesAt(type, 'interfaces').map((name) => this.#named(name));
    switch (type['kind']) {
      case 'SCALAR': {
        const url = stringAt(type, 'specifiedByURL') ?? stringAt(type, 'specifiedByUrl');
        const directives = url === undefined ? [] : [this.#applied('specifiedBy', { url })];
        return [{ ...base, kind: Kind.SCALAR_TYPE_DEFINITION, directives }];
      }
      case 'OBJECT':
        return [{ ...base, kind: Kind.OBJECT_TYPE_DEFINITION, interfaces, fields: this.#fields(type) }];
      case 'INTERFACE':
        return [{ ...base, kind: Kind.INTERFACE_TYPE_DEFINITION, interfaces, fields: this.#fields(type) }];
      case 'UNION': {
        const types = namesAt(type, 'possibleTypes').map((name) => this.#named(name));
        return [{ ...base, kind: Kind.UNION_TYPE_DEFINITION, types }];
      }
      case 'ENUM':
        return [{ ...base, kind: Kind.ENUM_TYPE_DEFINITION, values: this.#values(type) }];
      case 'INPUT_OBJECT': {
        const directives = type['isOneOf'] === true ? [this.#applied('oneOf', {})] : [];
        return [
          { ...base, kind: Kind.INPUT_OBJECT_TYPE_DEFINITION, directives, fields: this.#inputs(type, 'inputFields') },
        ];
      }
      default:
        return [];
    }
  }

  #fields(type: JsonObject): FieldDefinitionNode[] {
    return this.#members(type, 'fields', (field, name, type) => ({
      ...this.#described(field),
      kind: Kind.FIELD_DEFINITION,
      name,
      arguments: this.#inputs(field, 'args'),
      type,
      directives: this.#deprecation(field),
    }));
  }

  #inputs(holder: JsonObject, key: string): InputValueDefinitionNode[] {
    return this.#members(holder, key, (input, name, type) => {
      const written = stringAt(input, 'defaultValue');
      const defaultValue = written === undefined ? null : this.#value(written);
      return {
        ...this.#described(input),
        kind: Kind.INPUT_VALUE_DEFINITION,
        name,
        type,
        ...(defaultValue && { defaultValue }),
        directives: this.#deprecation(input),
      };
    });
  }

  #values(type: JsonObject): EnumValueDefinitionNode[] {
    return objectsAt(type, 'enumValues').flatMap((value) => {
      const name = stringAt(value, 'name');
      if (name === undefined) return [];
      const directives = this.#deprecation(value);
      return [{ ...this.#described(value), kind: Kind.ENUM_VALUE_DEFINITION, name: this.#name(name), directives }];
    });
  }

  /** The members that have a name and a type. */
  #members<T>(holder: JsonObject, key: string, make: (member: JsonObject, name: NameNode, type: TypeNode) => T): T[] {
    return objectsAt(holder, key).flatMap((member) => {
      const name = stringAt(member, 'name');
      const type = this.#reference(member['type'], 0);
      return name === undefined || type === null ? [] : [make(member, this.#name(name), type)];
    });
  }

  /** A type as `{ kind: 'NON_NULL', ofType: { kind: 'OBJECT', name: 'User' } }`; null when it breaks off. */
  #reference(type: unknown, depth: number): TypeNode | null {
    const kind = stringAt(type, 'kind');
    const name = stringAt(type, 'name');
    if (kind !== 'LIST' && kind !== 'NON_NULL') return name === undefined ? null : this.#named(name);
    const inner = depth < deepestType ? this.#reference(get(type, 'ofType'), depth + 1) : null;
    if (!inner || kind === 'LIST') return inner && { kind: Kind.LIST_TYPE, type: inner, loc: this.#loc };
    return inner.kind === 'NonNullType' ? inner : { kind: Kind.NON_NULL_TYPE, type: inner, loc: this.#loc };
  }

  #deprecation(member: JsonObject): ConstDirectiveNode[] {
    if (member['isDeprecated'] !== true) return [];
    const reason = stringAt(member, 'deprecationReason');
    return [this.#applied('deprecated', reason === undefined ? {} : { reason })];
  }

  #applied(directive: string, strings: Readonly<Record<string, string>>): ConstDirectiveNode {
    const given = Object.entries(strings).map(
      ([name, value]): ConstArgumentNode => ({
        kind: Kind.ARGUMENT,
        name: this.#name(name),
        value: this.#string(value),
        loc: this.#loc,
      }),
    );
    return { kind: Kind.DIRECTIVE, name: this.#name(directive), arguments: given, loc: this.#loc };
  }

  /** A default value, which introspection gives as GraphQL. */
  #value(written: string): ConstValueNode | null {
    const value = parseValue(new Source(this.#source.path, written));
    return value && ({ ...value, loc: this.#loc } as ConstValueNode);
  }

  #described(thing: JsonObject): { readonly loc: Location; readonly description?: StringValueNode } {
    const description = stringAt(thing, 'description');
    return description === undefined ? { loc: this.#loc } : { loc: this.#loc, description: this.#string(description) };
  }

  #string(value: string): StringValueNode {
    return { kind: Kind.STRING, value, loc: this.#loc };
  }

  #named(name: string): NamedTypeNode {
    return { kind: Kind.NAMED_TYPE, name: this.#name(name), loc: this.#loc };
  }

  #name(value: string): NameNode {
    return { kind: Kind.NAME, value, loc: this.#loc };
  }
}

function parseJson(text: string): { readonly value?: unknown; readonly fault?: string } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch (error) {
    return { fault: (error as Error).message };
  }
}

function isObject(value: unknown): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function get(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function stringAt(value: unknown, key: string): string | undefined {
  const found = get(value, key);
  return typeof found === 'string' ? found : undefined;
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = get(value, key);
  return Array.isArray(found) ? found : [];
}

function objectsAt(value: unknown, key: string): JsonObject[] {
  return listAt(value, key).filter(isObject);
}

function namesAt(value: unknown, key: string): string[] {
  return objectsAt(value, key).flatMap((named) => stringAt(named, 'name') ?? []);
}
