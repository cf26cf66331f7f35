import type {
  ASTNode,
  ConstDirectiveNode,
  DefinitionNode,
  DirectiveDefinitionNode,
  EnumValueDefinitionNode,
  FieldDefinitionNode,
  InputValueDefinitionNode,
  Location,
  NamedTypeNode,
  NameNode,
  OperationTypeNode,
  SchemaDefinitionNode,
  SchemaExtensionNode,
  TypeDefinitionNode,
  TypeExtensionNode,
  TypeNode,
} from 'graphql';
import { Kind } from 'graphql/language/kinds.js';
import { Coordinate } from './coordinate.ts';
import type { Document } from './document.ts';
import { tokens } from './scan.ts';

/** What kinds of types there are, as keywords of the language say it. */
export type TypeKind = 'scalar' | 'type' | 'interface' | 'union' | 'enum' | 'input';

/** A type with all that its definitions and extensions say. */
export interface Type {
  readonly name: string;
  /** Of the base; without one, of the first extension. */
  readonly kind: TypeKind;
  /** The name in the base; without one, in the first extension. */
  readonly at: Coordinate;
  /** The definition; null when there are only extensions, as in a federated subgraph. */
  readonly base: TypeDefinitionNode | null;
  /** The `extend`s, those of another kind than the type's too, whose members do not count. */
  readonly extensions: readonly TypeExtensionNode[];
  /** Of types and interfaces. Of two members with one name, here and below, the first. */
  readonly fields: readonly Field[];
  readonly inputFields: readonly InputField[];
  readonly values: readonly EnumValue[];
  /** What a type or an interface implements. */
  readonly interfaces: readonly TypeUse[];
  /** What a union is made of. */
  readonly members: readonly TypeUse[];
  readonly directives: readonly DirectiveUse[];
}

/** A field of a type or an interface. */
export interface Field {
  readonly name: string;
  readonly node: FieldDefinitionNode;
  readonly at: Coordinate;
  readonly owner: Type;
  readonly arguments: readonly Argument[];
}

/** An argument of a field or of a directive definition. */
export interface Argument {
  readonly name: string;
  readonly node: InputValueDefinitionNode;
  readonly at: Coordinate;
  readonly owner: Field | DirectiveDefinition;
}

export interface InputField {
  readonly name: string;
  readonly node: InputValueDefinitionNode;
  readonly at: Coordinate;
  readonly owner: Type;
}

export interface EnumValue {
  readonly name: string;
  readonly node: EnumValueDefinitionNode;
  readonly at: Coordinate;
  readonly owner: Type;
}

export interface DirectiveDefinition {
  readonly name: string;
  readonly node: DirectiveDefinitionNode;
  readonly at: Coordinate;
  readonly arguments: readonly Argument[];
}

/** A directive where it stands on something. `at` is the place of what bears it, on the directive. */
export interface DirectiveUse {
  readonly name: string;
  readonly node: ConstDirectiveNode;
  readonly at: Coordinate;
  /** What bears it, in the names that directive definitions use: `FIELD_DEFINITION`, `OBJECT`, … */
  readonly location: string;
}

/** A type named by something. `at` is the place of what names it, on the name. */
export interface TypeUse {
  readonly name: string;
  readonly at: Coordinate;
  readonly as: 'output' | 'input' | 'interface' | 'member' | 'root';
}

/** A definition of something that is already defined. */
export interface Duplicate {
  readonly at: Coordinate;
  readonly first: Coordinate;
}

/** `query: Query` in a schema definition or extension. */
interface RootType {
  readonly operation: OperationTypeNode;
  readonly type: TypeUse;
}

/** A `schema` definition or extension. */
export interface SchemaPart {
  readonly node: SchemaDefinitionNode | SchemaExtensionNode;
  readonly at: Coordinate;
}

/** Everything that the files of a schema define, files and definitions in their order. */
export interface Index {
  readonly types: ReadonlyMap<string, Type>;
  readonly fields: readonly Field[];
  readonly arguments: readonly Argument[];
  readonly inputFields: readonly InputField[];
  readonly values: readonly EnumValue[];
  readonly directiveDefinitions: ReadonlyMap<string, DirectiveDefinition>;
  readonly directiveUses: readonly DirectiveUse[];
  readonly typeUses: readonly TypeUse[];
  readonly schemaParts: readonly SchemaPart[];
  readonly rootTypes: readonly RootType[];
  readonly duplicates: readonly Duplicate[];
}

/** The one walk over all definitions. */
export function index(documents: readonly Document[]): Index {
  const walk = new Walk();
  const definitions = documents.flatMap(({ definitions }) => definitions);
  // Bases before extensions, so that a base says the kind and its members come first, whatever the order of the files.
  for (const definition of definitions) if (!isTypeExtension(definition)) walk.define(definition);
  for (const definition of definitions) if (isTypeExtension(definition)) walk.extend(definition);
  return walk;
}

/** The kind of type that each sort of definition and extension makes. */
const kinds = {
  ScalarTypeDefinition: 'scalar',
  ObjectTypeDefinition: 'type',
  InterfaceTypeDefinition: 'interface',
  UnionTypeDefinition: 'union',
  EnumTypeDefinition: 'enum',
  InputObjectTypeDefinition: 'input',
  ScalarTypeExtension: 'scalar',
  ObjectTypeExtension: 'type',
  InterfaceTypeExtension: 'interface',
  UnionTypeExtension: 'union',
  EnumTypeExtension: 'enum',
  InputObjectTypeExtension: 'input',
} as const satisfies Record<(TypeDefinitionNode | TypeExtensionNode)['kind'], TypeKind>;

const locations: Record<TypeKind, string> = {
  scalar: 'SCALAR',
  type: 'OBJECT',
  interface: 'INTERFACE',
  union: 'UNION',
  enum: 'ENUM',
  input: 'INPUT_OBJECT',
};

/** The kind of type that a definition or extension is about; undefined for all else. */
export function kindOf({ kind }: DefinitionNode): TypeKind | undefined {
  return Object.hasOwn(kinds, kind) ? kinds[kind as keyof typeof kinds] : undefined;
}

function isTypeExtension(node: DefinitionNode): node is TypeExtensionNode {
  return node.kind !== 'SchemaExtension' && node.kind.endsWith('Extension');
}

/** The name that a list, non-null or named type comes down to. */
export function namedType(type: TypeNode): NamedTypeNode {
  let inner = type;
  while (inner.kind !== 'NamedType') inner = inner.type;
  return inner;
}

/** The word `schema` of a definition, or the key `__schema` of an introspection result, as a node. */
function keywordOf(node: SchemaDefinitionNode | SchemaExtensionNode): ASTNode {
  const { loc } = node;
  const text = loc?.source.body ?? '';
  for (const { kind, start, end } of tokens(text, loc?.start ?? 0)) {
    if (end > loc!.end) break;
    if (kind !== 'name' || !/^(?:__)?schema$/.test(text.slice(start, end))) continue;
    return { kind: Kind.NAME, value: 'schema', loc: { ...loc!, start, end } as Location };
  }
  return node;
}

/** A type in the making, with the members known so far. */
interface TypeDraft extends Type {
  readonly extensions: TypeExtensionNode[];
  readonly fields: Field[];
  readonly inputFields: InputField[];
  readonly values: EnumValue[];
  readonly interfaces: TypeUse[];
  readonly members: TypeUse[];
  readonly directives: DirectiveUse[];
}

class Walk implements Index {
  readonly types = new Map<string, TypeDraft>();
  readonly fields: Field[] = [];
  readonly arguments: Argument[] = [];
  readonly inputFields: InputField[] = [];
  readonly values: EnumValue[] = [];
  readonly directiveDefinitions = new Map<string, DirectiveDefinition>();
  readonly directiveUses: DirectiveUse[] = [];
  readonly typeUses: TypeUse[] = [];
  readonly schemaParts: SchemaPart[] = [];
  readonly rootTypes: RootType[] = [];
  readonly duplicates: Duplicate[] = [];
  /** The places of all members, by type and then by name. */
  readonly #members = new Map<string, Map<string, Coordinate>>();
  /** Whether the definition that is walked repeats another, so that its members are expected to do so, too. */
  #repeats = false;

  define(node: DefinitionNode): void {
    if (node.kind === 'SchemaDefinition' || node.kind === 'SchemaExtension') this.#schema(node);
    else if (node.kind === 'DirectiveDefinition') this.#directive(node);
    else if (kindOf(node)) this.#type(node as TypeDefinitionNode);
  }

  extend(node: TypeExtensionNode): void {
    const kind = kinds[node.kind];
    const at = new Coordinate(node.name.value, node.name);
    const type = this.types.get(node.name.value) ?? this.#begin(node.name, kind, null);
    type.extensions.push(node);
    if (type.kind === kind) this.#fill(type, node, at);
  }

  #type(node: TypeDefinitionNode): void {
    const kind = kinds[node.kind];
    const at = new Coordinate(node.name.value, node.name);
    const known = this.types.get(node.name.value);
    if (known) this.duplicates.push({ at, first: known.at });
    this.#repeats = known !== undefined;
    // What a second definition adds is judged all the same.
    if (!known || known.kind === kind) this.#fill(known ?? this.#begin(node.name, kind, node), node, at);
    this.#repeats = false;
  }

  #begin(name: NameNode, kind: TypeKind, base: TypeDefinitionNode | null): TypeDraft {
    const lists = {
      extensions: [],
      fields: [],
      inputFields: [],
      values: [],
      interfaces: [],
      members: [],
      directives: [],
    };
    const type = { name: name.value, kind, base, at: new Coordinate(name.value, name), ...lists };
    this.types.set(name.value, type);
    return type;
  }

  #fill(type: TypeDraft, node: TypeDefinitionNode | TypeExtensionNode, at: Coordinate): void {
    type.directives.push(...this.#uses(node.directives, at, locations[type.kind]));
    switch (node.kind) {
      case 'ObjectTypeDefinition':
      case 'ObjectTypeExtension':
      case 'InterfaceTypeDefinition':
      case 'InterfaceTypeExtension':
        for (const { name } of node.interfaces ?? []) type.interfaces.push(this.#use(name, at, 'interface'));
        for (const field of node.fields ?? []) this.#field(type, field);
        break;
      case 'UnionTypeDefinition':
      case 'UnionTypeExtension':
        for (const { name } of node.types ?? []) type.members.push(this.#use(name, at, 'member'));
        break;
      case 'EnumTypeDefinition':
      case 'EnumTypeExtension':
        for (const value of node.values ?? []) this.#value(type, value);
        break;
      case 'InputObjectTypeDefinition':
      case 'InputObjectTypeExtension':
        for (const field of node.fields ?? []) this.#inputField(type, field);
    }
  }

  #field(owner: TypeDraft, node: FieldDefinitionNode): void {
    const at = this.#member(owner, node.name);
    if (!at) return;
    const list: Argument[] = [];
    const field = { name: node.name.value, node, at, owner, arguments: list };
    owner.fields.push(field);
    this.fields.push(field);
    this.#use(namedType(node.type).name, at, 'output');
    this.#uses(node.directives, at, 'FIELD_DEFINITION');
    this.#arguments(node.arguments, field, list);
  }

  #inputField(owner: TypeDraft, node: InputValueDefinitionNode): void {
    const at = this.#member(owner, node.name);
    if (!at) return;
    const field = { name: node.name.value, node, at, owner };
    owner.inputFields.push(field);
    this.inputFields.push(field);
    this.#use(namedType(node.type).name, at, 'input');
    this.#uses(node.directives, at, 'INPUT_FIELD_DEFINITION');
  }

  #value(owner: TypeDraft, node: EnumValueDefinitionNode): void {
    const at = this.#member(owner, node.name);
    if (!at) return;
    const value = { name: node.name.value, node, at, owner };
    owner.values.push(value);
    this.values.push(value);
    this.#uses(node.directives, at, 'ENUM_VALUE');
  }

  #arguments(
    nodes: readonly InputValueDefinitionNode[] | undefined,
    owner: Field | DirectiveDefinition,
    list: Argument[],
  ): void {
    if (!nodes?.length) return;
    const known = new Map<string, Coordinate>();
    for (const node of nodes) {
      const at = new Coordinate(`${owner.at.element}(${node.name.value}:)`, node.name);
      if (!this.#isFirst(known, node.name, at)) continue;
      const argument = { name: node.name.value, node, at, owner };
      list.push(argument);
      this.arguments.push(argument);
      this.#use(namedType(node.type).name, at, 'input');
      this.#uses(node.directives, at, 'ARGUMENT_DEFINITION');
    }
  }

  #directive(node: DirectiveDefinitionNode): void {
    const name = node.name.value;
    const at = new Coordinate(`@${name}`, node.name);
    const known = this.directiveDefinitions.get(name);
    if (known) {
      this.duplicates.push({ at, first: known.at });
      return;
    }
    const list: Argument[] = [];
    const definition = { name, node, at, arguments: list };
    this.directiveDefinitions.set(name, definition);
    this.#arguments(node.arguments, definition, list);
  }

  #schema(node: SchemaDefinitionNode | SchemaExtensionNode): void {
    const at = new Coordinate('schema', keywordOf(node));
    const first = this.schemaParts.find((part) => part.node.kind === 'SchemaDefinition');
    const repeats = node.kind === 'SchemaDefinition' && first !== undefined;
    if (repeats) this.duplicates.push({ at, first: first.at });
    this.schemaParts.push({ node, at });
    this.#uses(node.directives, at, 'SCHEMA');
    for (const { operation, type } of node.operationTypes ?? []) {
      const root = { operation, type: this.#use(type.name, at, 'root') };
      if (!repeats) this.rootTypes.push(root);
    }
  }

  /** The place of a member; undefined when the type has one of that name already. */
  #member(owner: Type, name: NameNode): Coordinate | undefined {
    const known = this.#members.get(owner.name) ?? new Map<string, Coordinate>();
    this.#members.set(owner.name, known);
    const at = new Coordinate(`${owner.name}.${name.value}`, name);
    return this.#isFirst(known, name, at) ? at : undefined;
  }

  #isFirst(known: Map<string, Coordinate>, { value }: NameNode, at: Coordinate): boolean {
    const first = known.get(value);
    if (!first) known.set(value, at);
    else if (!this.#repeats) this.duplicates.push({ at, first });
    return !first;
  }

  #use(name: NameNode, holder: Coordinate, as: TypeUse['as']): TypeUse {
    const use = { name: name.value, at: holder.on(name), as };
    this.typeUses.push(use);
    return use;
  }

  #uses(nodes: readonly ConstDirectiveNode[] | undefined, holder: Coordinate, location: string): DirectiveUse[] {
    const uses = (nodes ?? []).map((node) => ({ name: node.name.value, node, at: holder.on(node), location }));
    for (const use of uses) this.directiveUses.push(use);
    return uses;
  }
}
