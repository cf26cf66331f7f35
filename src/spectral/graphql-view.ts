import type { ASTNode, ConstDirectiveNode, ConstValueNode, InputValueDefinitionNode, TypeNode } from 'graphql';
import { print } from 'graphql/language/printer.js';
import type { Coordinate } from '../languages/graphql/coordinate.ts';
import type { GraphQl } from '../languages/graphql/graphql.ts';
import {
  type Argument,
  type DirectiveDefinition,
  deprecationOf,
  descriptionOf,
  directiveDefinitions,
  type EnumValue,
  type Field,
  type InputField,
  isList,
  namedType,
  rootTypes,
  schemaParts,
  type Type,
  types,
} from '../languages/graphql/select.ts';
import { byName, type View, ViewBuilder } from './view.ts';

/** A schema as JSON values; `docs/spectral.md` describes them. */
export function graphqlView(api: GraphQl): View {
  const builder = new GraphqlView();
  const { source } = api.documents[0]!;
  const top = { element: 'schema', range: () => ({ source, start: 0, end: 0 }) };
  return builder.view('graphql', source.path, builder.root(api), top);
}

class GraphqlView extends ViewBuilder {
  root(api: GraphQl): object {
    return this.node({
      schema: this.#schema(api),
      types: byName(types(api), (type) => this.#type(type)),
      directives: byName(directiveDefinitions(api), (definition) => this.#definition(definition)),
    });
  }

  #schema(api: GraphQl): object {
    const parts = schemaParts(api);
    const roots = Object.fromEntries([...rootTypes(api)].map(([operation, type]) => [operation, type.name]));
    const places = Object.fromEntries([...rootTypes(api)].map(([operation, type]) => [operation, type.at]));
    const descriptions = parts.flatMap(({ node }) => (node.kind === 'SchemaDefinition' ? [descriptionOf(node)] : []));
    const directives = directivesOf(parts.flatMap(({ node }) => node.directives ?? []));
    return this.node({ description: descriptions[0] || undefined, directives, ...roots }, parts[0]?.at, places);
  }

  #type(type: Type): object {
    const { kind, base, at } = type;
    return this.node(
      {
        kind,
        ...(base && said(base)),
        directives: directivesOf(type.directives.map(({ node }) => node)),
        interfaces: listOf(type.interfaces),
        members: listOf(type.members),
        fields:
          byName(type.fields, (field) => this.#field(field)) ?? byName(type.inputFields, (field) => this.#input(field)),
        values: byName(type.values, (value) => this.#value(value)),
      },
      at,
      base ? { description: descriptionAt(at, base) } : {},
    );
  }

  #field(field: Field): object {
    const { node, at } = field;
    return this.node(
      {
        ...typeOf(node.type),
        ...said(node),
        directives: directivesOf(node.directives),
        arguments: byName(field.arguments, (argument) => this.#input(argument)),
      },
      at,
      placesOf(at, node),
    );
  }

  #input({ node, at }: Argument | InputField): object {
    return this.node(
      {
        ...typeOf(node.type),
        default: node.defaultValue && jsonOf(node.defaultValue),
        ...said(node),
        directives: directivesOf(node.directives),
      },
      at,
      placesOf(at, node),
    );
  }

  #value({ node, at }: EnumValue): object {
    const places = { description: descriptionAt(at, node) };
    return this.node({ ...said(node), directives: directivesOf(node.directives) }, at, places);
  }

  #definition({ node, at, arguments: list }: DirectiveDefinition): object {
    return this.node(
      {
        ...said(node),
        repeatable: node.repeatable,
        locations: node.locations.map(({ value }) => value),
        arguments: byName(list, (argument) => this.#input(argument)),
      },
      at,
      { description: descriptionAt(at, node) },
    );
  }
}

type Described = ASTNode & Pick<InputValueDefinitionNode, 'description'>;

function said(node: Described & { readonly directives?: readonly ConstDirectiveNode[] | undefined }) {
  const deprecation = deprecationOf(node);
  return { description: descriptionOf(node) || undefined, deprecated: deprecation && (deprecation.reason ?? true) };
}

function typeOf(type: TypeNode) {
  return {
    type: print(type),
    named: namedType(type).name.value,
    list: isList(type),
    nonNull: type.kind === 'NonNullType',
  };
}

function placesOf(at: Coordinate, node: Described & { readonly type: TypeNode }) {
  return { type: at.on(node.type), named: at.on(namedType(node.type)), description: descriptionAt(at, node) };
}

function descriptionAt(at: Coordinate, { description }: Described): Coordinate | undefined {
  return description && at.on(description);
}

/** The arguments of each directive by its name: a list, since some may stand there more than once. */
function directivesOf(directives: readonly ConstDirectiveNode[] = []): object | undefined {
  if (directives.length === 0) return undefined;
  const uses = new Map<string, object[]>();
  for (const { name, arguments: given = [] } of directives) {
    const use = Object.fromEntries(given.map((argument) => [argument.name.value, jsonOf(argument.value)]));
    uses.set(name.value, [...(uses.get(name.value) ?? []), use]);
  }
  return Object.fromEntries(uses);
}

function listOf(uses: readonly { readonly name: string }[]): string[] | undefined {
  return uses.length === 0 ? undefined : uses.map(({ name }) => name);
}

function jsonOf(value: ConstValueNode): unknown {
  switch (value.kind) {
    case 'IntValue':
    case 'FloatValue':
      return Number(value.value);
    case 'NullValue':
      return null;
    case 'ListValue':
      return value.values.map(jsonOf);
    case 'ObjectValue':
      return Object.fromEntries(value.fields.map((field) => [field.name.value, jsonOf(field.value)]));
    case 'StringValue':
    case 'BooleanValue':
    case 'EnumValue':
      return value.value;
    default:
      return undefined;
  }
}
