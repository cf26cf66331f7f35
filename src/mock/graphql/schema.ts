import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DirectiveDefinitionNode,
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  isScalarType,
  Kind,
  type NamedTypeNode,
  type NameNode,
  type OperationTypeNode,
  specifiedDirectives,
  specifiedScalarTypes,
  type TypeNode,
} from 'graphql/index.js';
import type { TypeKind } from '../../languages/graphql/elements.ts';
import { isSubgraph } from '../../languages/graphql/federation.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { type Field, namedType, rootTypes, type Type, typeNamed, types } from '../../languages/graphql/select.ts';
import { equipScalar } from './scalars.ts';

/**
 * The schema as graphql-js executes it. Whatever the files hold: what cannot be part of a schema is left out, what is
 * missing and asked for becomes a scalar that takes everything, and a schema without queries gets one.
 * @param log takes a line for each thing that is left out
 */
export function executableSchema(api: GraphQl, log: (line: string) => void): GraphQLSchema {
  const definitions = new Builder(api, log).definitions();
  const schema = buildASTSchema({ kind: Kind.DOCUMENT, definitions }, {
    assumeValid: true,
    assumeValidSDL: true,
    noLocation: true,
  } as never);
  for (const type of Object.values(schema.getTypeMap())) if (isScalarType(type)) equipScalar(type);
  return schema;
}

/** Which sorts of types can stand where something is given, and where something is taken. */
const outputs: ReadonlySet<Kinds> = new Set<Kinds>(['scalar', 'enum', 'type', 'interface', 'union']);
const inputs: ReadonlySet<Kinds> = new Set<Kinds>(['scalar', 'enum', 'input']);
type Kinds = TypeKind;

const builtInScalars = new Set(specifiedScalarTypes.map(({ name }) => name));
const builtInDirectives = new Set(specifiedDirectives.map(({ name }) => name));

/** The most lines that are logged of one schema. */
const mostLines = 20;

class Builder {
  readonly #api: GraphQl;
  readonly #log: (line: string) => void;
  readonly #kinds = new Map<string, TypeKind>();
  /** Types that are named and nowhere defined. */
  readonly #unknown = new Set<string>();
  readonly #implementors = new Map<string, string[]>();
  #lines = 0;

  constructor(api: GraphQl, log: (line: string) => void) {
    this.#api = api;
    this.#log = log;
    for (const name of builtInScalars) this.#kinds.set(name, 'scalar');
    for (const type of types(api)) {
      const kind = this.#kindOf(type);
      if (!kind) continue;
      this.#kinds.set(type.name, kind);
    }
    for (const type of types(api)) {
      if (this.#kinds.get(type.name) !== 'type') continue;
      for (const { name } of type.interfaces) {
        const known = this.#implementors.get(name);
        if (known) known.push(type.name);
        else this.#implementors.set(name, [type.name]);
      }
    }
  }

  definitions(): DefinitionNode[] {
    const roots = this.#roots();
    const own = types(this.#api).flatMap((type) => this.#type(type, [...roots.values()].includes(type.name)));
    const directives = [...this.#api.index.directiveDefinitions.values()].flatMap(({ node }) => this.#directive(node));
    const lonely = types(this.#api).filter(
      ({ name }) => this.#kinds.get(name) === 'interface' && !this.#implementors.has(name),
    );
    const query = roots.get('query' as OperationTypeNode) ?? this.#freeName('Query');
    const extra = roots.has('query' as OperationTypeNode) ? [] : [objectNode(query, this.#queryFields([]))];
    roots.set('query' as OperationTypeNode, query);
    const schema: DefinitionNode = {
      kind: Kind.SCHEMA_DEFINITION,
      operationTypes: [...roots].map(([operation, name]) => ({
        kind: Kind.OPERATION_TYPE_DEFINITION,
        operation,
        type: namedNode(name),
      })),
    };
    const all = [schema, ...directives, ...own, ...extra, ...lonely.map((type) => this.#instanceOf(type))];
    const entities = this.#isFederated() ? this.#federation() : [];
    // The last, since all else may name what nobody defines.
    return [...all, ...entities, ...[...this.#unknown].map(scalarNode)];
  }

  /** What a type is made into; undefined where it cannot be had at all. */
  #kindOf({ name, kind, values, members, at }: Type): TypeKind | undefined {
    if (name.startsWith('__')) {
      this.#tell(`\`${at.element}\` is left out: such names belong to introspection.`);
      return undefined;
    }
    if (builtInScalars.has(name)) return undefined;
    if (kind === 'enum' && values.length === 0) return 'scalar';
    if (kind === 'union' && !members.some((member) => typeNamed(this.#api, member.name)?.kind === 'type'))
      return 'scalar';
    return kind;
  }

  /** The root types by operation, as far as objects are named. */
  #roots(): Map<OperationTypeNode, string> {
    const found = new Map<OperationTypeNode, string>();
    for (const [operation, { name }] of rootTypes(this.#api))
      if (this.#kinds.get(name) === 'type') found.set(operation, name);
    return found;
  }

  #type(type: Type, isRoot: boolean): DefinitionNode[] {
    const kind = this.#kinds.get(type.name);
    if (!kind || builtInScalars.has(type.name)) return [];
    const { base, name } = type;
    const described = base?.description ? { description: base.description } : {};
    const head = { ...described, name: nameNode(name), directives: this.#kept(base?.directives) };
    switch (kind) {
      case 'scalar':
        return [{ ...head, kind: Kind.SCALAR_TYPE_DEFINITION }];
      case 'type':
        return [
          {
            ...head,
            kind: Kind.OBJECT_TYPE_DEFINITION,
            interfaces: this.#interfaces(type),
            fields:
              isRoot && this.#isQuery(name) ? this.#queryFields(this.#fields(type)) : orPlaceholder(this.#fields(type)),
          },
        ];
      case 'interface':
        return [
          {
            ...head,
            kind: Kind.INTERFACE_TYPE_DEFINITION,
            interfaces: this.#interfaces(type),
            fields: orPlaceholder(this.#fields(type)),
          },
        ];
      case 'union': {
        const names = new Set(type.members.map((member) => member.name));
        const members = [...names].filter((member) => this.#kinds.get(member) === 'type');
        return [{ ...head, kind: Kind.UNION_TYPE_DEFINITION, types: members.map(namedNode) }];
      }
      case 'enum':
        return [
          {
            ...head,
            kind: Kind.ENUM_TYPE_DEFINITION,
            values: type.values
              .filter((value) => !/^(?:true|false|null)$/.test(value.name))
              .map(({ node }) => ({ ...node, directives: this.#kept(node.directives) })),
          },
        ];
      case 'input': {
        const fields = type.inputFields
          .flatMap(({ node, at }) => this.#input(node, at.element))
          .map((node) => (this.#loops(type, node) ? withoutDefault(node) : node));
        const oneOf = type.directives.filter((use) => use.name === 'oneOf').map(({ node }) => node);
        const directives = this.#kept(oneOf.slice(0, 1));
        return [{ ...head, directives, kind: Kind.INPUT_OBJECT_TYPE_DEFINITION, fields: orInput(fields) }];
      }
    }
  }

  #isQuery(name: string): boolean {
    return this.#roots().get('query' as OperationTypeNode) === name;
  }

  /** The fields of a type, and those that its interfaces promise and it lacks. */
  #fields(type: Type): FieldDefinitionNode[] {
    const own = type.fields.flatMap((field) => this.#field(field));
    const known = new Set(own.map(({ name }) => name.value));
    for (const name of this.#ancestors(type)) {
      for (const field of typeNamed(this.#api, name)?.fields ?? []) {
        if (known.has(field.name)) continue;
        known.add(field.name);
        own.push(...this.#field(field));
      }
    }
    return own;
  }

  #field({ node, at, name, arguments: taken }: Field): FieldDefinitionNode[] {
    if (name.startsWith('__')) return [];
    if (!this.#fits(node.type, outputs)) {
      this.#tell(`\`${at.element}\` is left out: \`${namedType(node.type).name.value}\` can only be taken, not given.`);
      return [];
    }
    return [
      {
        ...(node.description ? { description: node.description } : {}),
        kind: Kind.FIELD_DEFINITION,
        name: nameNode(name),
        arguments: taken.flatMap((argument) => this.#input(argument.node, argument.at.element)),
        type: node.type,
        directives: this.#kept(node.directives),
      },
    ];
  }

  #input(node: InputValueDefinitionNode, element: string): InputValueDefinitionNode[] {
    if (node.name.value.startsWith('__')) return [];
    if (!this.#fits(node.type, inputs)) {
      this.#tell(`\`${element}\` is left out: \`${namedType(node.type).name.value}\` can only be given, not taken.`);
      return [];
    }
    return [{ ...node, directives: this.#kept(node.directives) }];
  }

  /** Whether the default of an input field needs the defaults of its own type: graphql-js would never be done. */
  #loops(owner: Type, node: InputValueDefinitionNode): boolean {
    const reached = new Set<Type>();
    const add = ({ defaultValue, type }: InputValueDefinitionNode): void => {
      const inner = defaultValue ? typeNamed(this.#api, namedType(type).name.value) : undefined;
      if (inner?.kind === 'input') reached.add(inner);
    };
    add(node);
    // A set that grows while it is looped over gives what was added, too.
    for (const type of reached) for (const field of type.inputFields) add(field.node);
    return reached.has(owner);
  }

  /** Whether a type may stand there; one that nobody defines may stand everywhere. */
  #fits(type: TypeNode, place: ReadonlySet<Kinds>): boolean {
    const { value } = namedType(type).name;
    const kind = this.#kinds.get(value);
    if (kind) return place.has(kind);
    if (value.startsWith('__')) return false;
    if (!this.#unknown.has(value)) this.#tell(`\`${value}\` is defined nowhere; it takes every value.`);
    this.#unknown.add(value);
    return true;
  }

  /** All interfaces of a type, those of its interfaces, too. */
  #ancestors(type: Type): Set<string> {
    const found = new Set<string>();
    const add = (one: Type | undefined): void => {
      for (const { name } of one?.interfaces ?? []) {
        if (found.has(name) || this.#kinds.get(name) !== 'interface' || name === type.name) continue;
        found.add(name);
        add(typeNamed(this.#api, name));
      }
    };
    add(type);
    return found;
  }

  #interfaces(type: Type): NamedTypeNode[] {
    return [...this.#ancestors(type)].map(namedNode);
  }

  /** An interface that nothing implements is implemented by one type of ours: otherwise it would have no values. */
  #instanceOf(type: Type): DefinitionNode {
    const name = this.#freeName(`${type.name}Instance`);
    return {
      ...objectNode(name, orPlaceholder(this.#fields(type))),
      interfaces: [namedNode(type.name), ...this.#interfaces(type)],
    };
  }

  #directive(node: DirectiveDefinitionNode): DefinitionNode[] {
    if (builtInDirectives.has(node.name.value) || node.name.value.startsWith('__')) return [];
    const taken = (node.arguments ?? []).flatMap((argument) => this.#input(argument, `@${node.name.value}`));
    return [{ ...node, arguments: taken }];
  }

  /** The directives that mean something to whoever executes, if they are well-formed. */
  #kept(nodes: readonly ConstDirectiveNode[] | undefined): ConstDirectiveNode[] {
    return (nodes ?? []).filter(({ name, arguments: taken }) => {
      if (name.value === 'oneOf') return (taken ?? []).length === 0;
      if (name.value === 'specifiedBy')
        return taken?.length === 1 && taken[0]!.name.value === 'url' && taken[0]!.value.kind === Kind.STRING;
      if (name.value !== 'deprecated') return false;
      return (taken ?? []).every((one) => one.name.value === 'reason' && one.value.kind === Kind.STRING);
    });
  }

  #queryFields(fields: FieldDefinitionNode[]): FieldDefinitionNode[] {
    const own = orPlaceholder(fields);
    if (!this.#isFederated()) return own;
    const known = new Set(own.map(({ name }) => name.value));
    return [...own, ...federatedFields.filter(({ name }) => !known.has(name.value))];
  }

  /** Whether a gateway will ask for `_service` and `_entities` (Apollo Federation's subgraph specification). */
  #isFederated(): boolean {
    return isSubgraph(this.#api) && this.#entities().length > 0;
  }

  #entities(): string[] {
    return types(this.#api)
      .filter(
        ({ name, directives }) => this.#kinds.get(name) === 'type' && directives.some((use) => use.name === 'key'),
      )
      .map(({ name }) => name);
  }

  #federation(): DefinitionNode[] {
    const nodes: DefinitionNode[] = [];
    if (!this.#kinds.has('_Any')) nodes.push(scalarNode('_Any'));
    if (!this.#kinds.has('_Service'))
      nodes.push(objectNode('_Service', [fieldNode('sdl', { kind: Kind.NON_NULL_TYPE, type: namedNode('String') })]));
    if (!this.#kinds.has('_Entity'))
      nodes.push({
        kind: Kind.UNION_TYPE_DEFINITION,
        name: nameNode('_Entity'),
        types: this.#entities().map(namedNode),
      });
    for (const name of ['_Any', '_Service', '_Entity']) this.#unknown.delete(name);
    return nodes;
  }

  #freeName(wanted: string): string {
    let name = wanted;
    while (this.#kinds.has(name)) name = `${name}_`;
    return name;
  }

  #tell(line: string): void {
    this.#lines++;
    if (this.#lines <= mostLines) this.#log(`GraphQL: ${line}`);
    else if (this.#lines === mostLines + 1) this.#log('GraphQL: and so on; `apiarch lint` tells all.');
  }
}

function withoutDefault({ defaultValue: _, ...node }: InputValueDefinitionNode): InputValueDefinitionNode {
  return node;
}

function nameNode(value: string): NameNode {
  return { kind: Kind.NAME, value };
}

function namedNode(name: string): NamedTypeNode {
  return { kind: Kind.NAMED_TYPE, name: nameNode(name) };
}

function scalarNode(name: string): DefinitionNode {
  return { kind: Kind.SCALAR_TYPE_DEFINITION, name: nameNode(name) };
}

function objectNode(name: string, fields: readonly FieldDefinitionNode[]) {
  return { kind: Kind.OBJECT_TYPE_DEFINITION, name: nameNode(name), fields } as const;
}

function fieldNode(name: string, type: TypeNode, taken: readonly InputValueDefinitionNode[] = []): FieldDefinitionNode {
  return { kind: Kind.FIELD_DEFINITION, name: nameNode(name), type, arguments: taken };
}

/** Types without fields cannot be asked for anything; this stands for what they lack. */
const placeholder = '_empty';

function orPlaceholder(fields: FieldDefinitionNode[]): FieldDefinitionNode[] {
  return fields.length > 0 ? fields : [fieldNode(placeholder, namedNode('Boolean'))];
}

function orInput(fields: InputValueDefinitionNode[]): InputValueDefinitionNode[] {
  if (fields.length > 0) return fields;
  return [{ kind: Kind.INPUT_VALUE_DEFINITION, name: nameNode(placeholder), type: namedNode('Boolean') }];
}

/** https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec */
const federatedFields: readonly FieldDefinitionNode[] = [
  fieldNode('_service', { kind: Kind.NON_NULL_TYPE, type: namedNode('_Service') }),
  fieldNode('_entities', { kind: Kind.NON_NULL_TYPE, type: { kind: Kind.LIST_TYPE, type: namedNode('_Entity') } }, [
    {
      kind: Kind.INPUT_VALUE_DEFINITION,
      name: nameNode('representations'),
      type: {
        kind: Kind.NON_NULL_TYPE,
        type: { kind: Kind.LIST_TYPE, type: { kind: Kind.NON_NULL_TYPE, type: namedNode('_Any') } },
      },
    },
  ]),
];
