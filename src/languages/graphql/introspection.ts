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
import {
  entryAt,
  type Json,
  type JsonEntry,
  type JsonObject,
  type JsonScalar,
  readJson,
  valueAt,
} from './json-text.ts';
import { parseValue } from './parse.ts';

/**
 * Reads an introspection result (GraphQL specification, section 4) as if it were SDL. Never throws: what is missing or of
 * the wrong type is left out. Names stand where their JSON string is, without its quotes; descriptions, reasons and
 * defaults where theirs is; a definition or member is its JSON object.
 */
export function readIntrospection(source: Source): Document {
  const read = readJson(source.text);
  if ('fault' in read) return unreadable(source, read.fault.message, read.fault.offset);
  const holder = valueAt(read.root, 'data') ?? read.root;
  const schema = entryAt(holder, '__schema');
  if (schema?.value.kind !== 'object') {
    return unreadable(source, 'Expected "__schema" to be an object', schema?.value.start ?? read.root.start);
  }
  return { source, definitions: new Reader(source).definitions(schema.key, schema.value), faults: [], broken: [] };
}

function unreadable(source: Source, message: string, offset: number): Document {
  // At the end of the text, the last character stands for what is missing.
  const start = Math.max(0, Math.min(offset, source.text.trimEnd().length - 1));
  const range = { source, start, end: Math.min(start + 1, source.text.length) };
  return { source, definitions: [], faults: [{ message, range }], broken: [] };
}

/** Names that every introspection result has and no schema defines. */
const builtIn = /^(?:__.*|Int|Float|String|Boolean|ID)$/;
const builtInDirectives = new Set(['skip', 'include', 'deprecated', 'specifiedBy', 'oneOf']);
/** Types nested deeper than any client asks for: introspection queries go to seven or nine. */
const deepestType = 50;

/** A string, and where it stands. */
interface Text {
  readonly value: string;
  readonly json: JsonScalar;
}

class Reader {
  readonly #source: Source;
  readonly #segment: Segment;

  constructor(source: Source) {
    this.#source = source;
    this.#segment = new Segment(source, 0);
  }

  definitions(key: JsonScalar, schema: JsonObject): DefinitionNode[] {
    const operations = (['query', 'mutation', 'subscription'] as OperationTypeNode[]).flatMap((operation) => {
      const name = nameAt(valueAt(schema, `${operation}Type`));
      if (!name) return [];
      const type = this.#named(name);
      return [{ kind: Kind.OPERATION_TYPE_DEFINITION, operation, type, loc: type.loc! } as const];
    });
    const described = this.#described(schema);
    // Its key is to a schema what the keyword is in SDL.
    const loc = new Location(
      this.#token(key.start + 1, key.end - 1, 'schema'),
      this.#token(schema.end, schema.end),
      this.#segment,
    );
    const head = { ...described, kind: Kind.SCHEMA_DEFINITION, operationTypes: operations, loc } as const;
    const directives = objectsAt(schema, 'directives').flatMap((directive) => this.#directive(directive));
    return [head, ...directives, ...objectsAt(schema, 'types').flatMap((type) => this.#type(type))];
  }

  #directive(directive: JsonObject): DefinitionNode[] {
    const name = nameAt(directive);
    if (!name || builtInDirectives.has(name.value)) return [];
    return [
      {
        ...this.#described(directive),
        kind: Kind.DIRECTIVE_DEFINITION,
        name: this.#name(name),
        arguments: this.#inputs(directive, 'args'),
        repeatable: isTrue(directive, 'isRepeatable'),
        locations: listAt(directive, 'locations').flatMap((location) => {
          const text = textOf(location);
          return text ? [this.#name(text)] : [];
        }),
      },
    ];
  }

  #type(type: JsonObject): TypeDefinitionNode[] {
    const named = nameAt(type);
    if (!named || builtIn.test(named.value)) return [];
    const base = { ...this.#described(type), name: this.#name(named) };
    const interfaces = namesAt(type, 'interfaces').map((name) => this.#named(name));
    switch (textAt(type, 'kind')?.value) {
      case 'SCALAR': {
        const url = ['specifiedByURL', 'specifiedByUrl'].find((key) => textAt(type, key) !== undefined);
        const directives =
          url === undefined ? [] : [this.#applied('specifiedBy', entryAt(type, url)!, 'url', textAt(type, url))];
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
        const directives = isTrue(type, 'isOneOf') ? [this.#applied('oneOf', entryAt(type, 'isOneOf')!)] : [];
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
      const written = textAt(input, 'defaultValue');
      const defaultValue = written ? this.#value(written) : null;
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
      const name = nameAt(value);
      if (!name) return [];
      const directives = this.#deprecation(value);
      return [{ ...this.#described(value), kind: Kind.ENUM_VALUE_DEFINITION, name: this.#name(name), directives }];
    });
  }

  /** The members that have a name and a type. */
  #members<T>(holder: JsonObject, key: string, make: (member: JsonObject, name: NameNode, type: TypeNode) => T): T[] {
    return objectsAt(holder, key).flatMap((member) => {
      const name = nameAt(member);
      const type = this.#reference(valueAt(member, 'type'), 0);
      return name && type ? [make(member, this.#name(name), type)] : [];
    });
  }

  /**
   * A type as `{ kind: 'NON_NULL', ofType: { kind: 'OBJECT', name: 'User' } }`; null when it breaks off. Lists stand where
   * the name in them does: objects in objects are no place to point at.
   */
  #reference(type: Json | undefined, depth: number): TypeNode | null {
    const kind = textAt(type, 'kind')?.value;
    const name = nameAt(type);
    if (kind !== 'LIST' && kind !== 'NON_NULL') return name ? this.#named(name) : null;
    const inner = depth < deepestType ? this.#reference(valueAt(type, 'ofType'), depth + 1) : null;
    if (!inner) return null;
    const loc = inner.loc!;
    if (kind === 'LIST') return { kind: Kind.LIST_TYPE, type: inner, loc };
    return inner.kind === 'NonNullType' ? inner : { kind: Kind.NON_NULL_TYPE, type: inner, loc };
  }

  #deprecation(member: JsonObject): ConstDirectiveNode[] {
    if (!isTrue(member, 'isDeprecated')) return [];
    return [
      this.#applied('deprecated', entryAt(member, 'isDeprecated')!, 'reason', textAt(member, 'deprecationReason')),
    ];
  }

  /** A directive that stands where the key and value are by which introspection tells it. */
  #applied(directive: string, { key, value: json }: JsonEntry, argument?: string, given?: Text): ConstDirectiveNode {
    const loc = this.#loc(key.start, json.end);
    const name: NameNode = { kind: Kind.NAME, value: directive, loc };
    if (argument === undefined || !given) return { kind: Kind.DIRECTIVE, name, arguments: [], loc };
    const value = this.#string(given);
    const argumentName: NameNode = { kind: Kind.NAME, value: argument, loc: value.loc! };
    const node: ConstArgumentNode = { kind: Kind.ARGUMENT, name: argumentName, value, loc: value.loc! };
    return { kind: Kind.DIRECTIVE, name, arguments: [node], loc };
  }

  /** A default value, which introspection gives as GraphQL. */
  #value({ value: written, json }: Text): ConstValueNode | null {
    const value = parseValue(new Source(this.#source.path, written));
    return value && relocated(value, this.#loc(json.start, json.end));
  }

  #described(thing: JsonObject): { readonly loc: Location; readonly description?: StringValueNode } {
    const loc = this.#loc(thing.start, thing.end);
    const description = textAt(thing, 'description');
    return description ? { loc, description: this.#string(description) } : { loc };
  }

  #string({ value, json }: Text): StringValueNode {
    return { kind: Kind.STRING, value, loc: this.#loc(json.start, json.end) };
  }

  #named(text: Text): NamedTypeNode {
    const name = this.#name(text);
    return { kind: Kind.NAMED_TYPE, name, loc: name.loc! };
  }

  /** A name stands within its quotes. */
  #name({ value, json: { start, end } }: Text): NameNode {
    return { kind: Kind.NAME, value, loc: this.#loc(start + 1, end - 1) };
  }

  #loc(start: number, end: number): Location {
    const token = this.#token(start, end);
    return new Location(token, token, this.#segment);
  }

  #token(start: number, end: number, name = ''): Token {
    return new Token(TokenKind.NAME, start, end, 1, 1, name);
  }
}

/** A value, its parts as well, in the place of the string that holds it. */
function relocated<T extends ConstValueNode>(value: T, loc: Location): T {
  if (value.kind === 'ListValue') {
    return { ...value, values: value.values.map((item) => relocated(item, loc)), loc };
  }
  if (value.kind !== 'ObjectValue') return { ...value, loc };
  const fields = value.fields.map((field) => ({
    ...field,
    name: { ...field.name, loc },
    value: relocated(field.value, loc),
    loc,
  }));
  return { ...value, fields, loc };
}

function textOf(json: Json | undefined): Text | undefined {
  return json?.kind === 'scalar' && typeof json.value === 'string' ? { value: json.value, json } : undefined;
}

function textAt(json: Json | undefined, key: string): Text | undefined {
  return textOf(valueAt(json, key));
}

/** The name of a thing; nothing is called by an empty one. */
function nameAt(json: Json | undefined): Text | undefined {
  const name = textAt(json, 'name');
  return name?.value === '' ? undefined : name;
}

function isTrue(json: Json, key: string): boolean {
  const value = valueAt(json, key);
  return value?.kind === 'scalar' && value.value === true;
}

function listAt(json: Json, key: string): readonly Json[] {
  const list = valueAt(json, key);
  return list?.kind === 'list' ? list.items : [];
}

function objectsAt(json: Json, key: string): JsonObject[] {
  return listAt(json, key).filter((item) => item.kind === 'object');
}

function namesAt(json: Json, key: string): Text[] {
  return objectsAt(json, key).flatMap((named) => nameAt(named) ?? []);
}
