/**
 * What rules loop over: typed lists of the things a schema consists of, alike whether it came as SDL or as an
 * introspection result, each worked out once per schema. `at` is where a thing is defined.
 */
import type { ASTNode, ConstDirectiveNode, ConstValueNode, OperationTypeNode, TypeNode } from 'graphql';
import type { Range } from '../../text/place.ts';
import { rangeOf } from './document.ts';
import type {
  Argument,
  DirectiveDefinition,
  DirectiveUse,
  Duplicate,
  EnumValue,
  Field,
  InputField,
  SchemaPart,
  Type,
  TypeKind,
  TypeUse,
} from './elements.ts';
import { namedType } from './elements.ts';
import type { GraphQl } from './graphql.ts';
import { indentAt, tokens } from './scan.ts';

export { descriptionOf } from './descriptions.ts';
export type { Argument, DirectiveDefinition, DirectiveUse, Duplicate, EnumValue, Field, InputField, Type, TypeUse };
export { namedType };

/** Makes a selector remember its answer for each schema. */
export function memoised<T>(select: (api: GraphQl) => T): (api: GraphQl) => T {
  return (api) => {
    const known = api.memo.get(select);
    if (known !== undefined) return known as T;
    const answer = select(api);
    api.memo.set(select, answer);
    return answer;
  };
}

// Types and their members.

/** All types, in the order in which their names first appear. */
export const types = memoised((api): readonly Type[] => [...api.index.types.values()]);

/** The types of one kind, as the keyword says it. */
export function typesOf(api: GraphQl, kind: TypeKind): readonly Type[] {
  return types(api).filter((type) => type.kind === kind);
}

/** The type of that name, if the schema defines or extends one. */
export function typeNamed(api: GraphQl, name: string): Type | undefined {
  return api.index.types.get(name);
}

/** The names of types, and with their `@` of directives, whose definitions could not be read, so that nobody calls them unknown. */
export const brokenTypes = memoised((api): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const { source, start, end } of api.documents.flatMap(({ broken }) => broken)) {
    for (const name of namesDefinedIn(source.text.slice(start, end))) found.add(name);
  }
  return found;
});

/** What stands behind the first word, a keyword or a misspelt one, and behind every keyword. */
function* namesDefinedIn(text: string): Generator<string, void> {
  let before: string | null = null;
  let isFirst = true;
  for (const { kind, start, end } of tokens(text, 0)) {
    const word: string | null = kind === 'name' ? text.slice(start, end) : null;
    if (kind === 'comment' || kind === 'string' || word === 'extend') continue;
    if (before === 'directive' && text[start] === '@') {
      before = 'directive @';
      continue;
    }
    if (before === 'directive @' && word !== null) yield `@${word}`;
    if (word !== null && before !== null && (isFirst || typeKeywords.has(before))) yield word;
    if (before !== null) isFirst = false;
    before = word;
  }
}

const typeKeywords = new Set<string>(['scalar', 'type', 'interface', 'union', 'enum', 'input'] satisfies TypeKind[]);

/** The fields of types and interfaces. */
export const fields = memoised((api): readonly Field[] => api.index.fields);

/** The arguments of fields and of directive definitions. */
export const everyArgument = memoised((api): readonly Argument[] => api.index.arguments);

/** The fields of input types. */
export const inputFields = memoised((api): readonly InputField[] => api.index.inputFields);

/** The values of enums. */
export const enumValues = memoised((api): readonly EnumValue[] => api.index.values);

/** What is defined a second time, in the order of the definitions. */
export const duplicates = memoised((api): readonly Duplicate[] => api.index.duplicates);

/** Every place that names a type: of fields and arguments, in unions, after `implements`, as root. */
export const typeUses = memoised((api): readonly TypeUse[] => api.index.typeUses);

// Directives.

/** The directives that the schema defines. */
export const directiveDefinitions = memoised((api): readonly DirectiveDefinition[] => [
  ...api.index.directiveDefinitions.values(),
]);

/** Every directive on something. */
export const directiveUses = memoised((api): readonly DirectiveUse[] => api.index.directiveUses);

/** The `schema` definitions and extensions. */
export const schemaParts = memoised((api): readonly SchemaPart[] => api.index.schemaParts);

/** What can bear a directive. */
type Bearer = ASTNode & { readonly directives?: readonly ConstDirectiveNode[] | undefined };

/** The first directive of that name on a node. */
export function directiveOn(node: Bearer, name: string): ConstDirectiveNode | undefined {
  return node.directives?.find((directive) => directive.name.value === name);
}

/** The value that a directive gives to one of its arguments. */
export function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

/** That something is deprecated. */
export interface Deprecation {
  readonly directive: ConstDirectiveNode;
  /** As written; undefined when it is left out or is no string. Its default is not filled in. */
  readonly reason: string | undefined;
}

/** Whether and why a node is deprecated: a field, an argument, an input field, an enum value, or what else the directive stands on. */
export function deprecationOf(node: Bearer): Deprecation | undefined {
  const directive = directiveOn(node, 'deprecated');
  if (!directive) return undefined;
  const reason = argumentOf(directive, 'reason');
  return { directive, reason: reason?.kind === 'StringValue' ? reason.value : undefined };
}

// Roots.

/** The names of root types where no schema definition says otherwise (GraphQL specification, section 3.3.1). */
const defaultRoots: readonly (readonly [OperationTypeNode, string])[] = [
  ['query' as OperationTypeNode, 'Query'],
  ['mutation' as OperationTypeNode, 'Mutation'],
  ['subscription' as OperationTypeNode, 'Subscription'],
];

/** The root types that the schema defines, by operation: those that `schema` names, else those with the default names. */
export const rootTypes = memoised((api): ReadonlyMap<OperationTypeNode, Type> => {
  const { rootTypes: named, schemaParts: parts, types: all } = api.index;
  const found = new Map<OperationTypeNode, Type>();
  for (const { operation, type } of named) {
    const root = all.get(type.name);
    if (root && !found.has(operation)) found.set(operation, root);
  }
  // Extensions alone, as `extend schema @link(…)`, leave the default names in force.
  if (parts.some(({ node }) => node.kind === 'SchemaDefinition' && node.operationTypes.length > 0)) return found;
  for (const [operation, name] of defaultRoots) {
    const root = all.get(name);
    if (root?.kind === 'type' && !found.has(operation)) found.set(operation, root);
  }
  return found;
});

/** A field with which an operation begins. */
export interface RootField {
  readonly operation: OperationTypeNode;
  readonly field: Field;
}

/** The fields of the root types: queries, then mutations, then subscriptions, unless `schema` names them in another order. */
export const rootFields = memoised((api): readonly RootField[] =>
  [...rootTypes(api)].flatMap(([operation, type]) => type.fields.map((field) => ({ operation, field }))),
);

/**
 * The names of the types that clients can come across: from the root types over fields, arguments, members, interfaces
 * and what implements them; from federated entities; from the arguments of directive definitions.
 */
export const reachable = memoised((api): ReadonlySet<string> => {
  const implementors = new Map<string, string[]>();
  for (const type of types(api)) {
    for (const { name } of type.interfaces) {
      const known = implementors.get(name);
      if (known) known.push(type.name);
      else implementors.set(name, [type.name]);
    }
  }
  const entities = types(api).filter(({ directives }) => directives.some(({ name }) => name === 'key'));
  const found = new Set([...rootTypes(api).values(), ...entities].map(({ name }) => name));
  for (const definition of directiveDefinitions(api)) {
    for (const { node } of definition.arguments) found.add(namedType(node.type).name.value);
  }
  // A set that grows while it is looped over gives what was added, too.
  for (const name of found) {
    for (const next of neighbours(api.index.types.get(name))) found.add(next);
    for (const implementor of implementors.get(name) ?? []) found.add(implementor);
  }
  return found;
});

function neighbours(type: Type | undefined): string[] {
  if (!type) return [];
  const inputs = [...type.inputFields, ...type.fields.flatMap((field) => field.arguments)];
  return [
    ...[...type.fields, ...inputs].map(({ node }) => namedType(node.type).name.value),
    ...[...type.interfaces, ...type.members].map(({ name }) => name),
  ];
}

// Lists and connections.

/** Whether a type is a list, nullable or not. */
export function isList(type: TypeNode): boolean {
  return type.kind === 'ListType' || (type.kind === 'NonNullType' && type.type.kind === 'ListType');
}

/** A type shaped like a connection of the Relay cursor connections specification: with `edges` and `pageInfo`. */
export interface Connection {
  readonly type: Type;
  readonly edges: Field;
  readonly pageInfo: Field;
  /** The type of the edges, if the schema defines it. */
  readonly edge: Type | undefined;
  /** What the connection lists, if its edges have it. */
  readonly node: Field | undefined;
}

/** The types and interfaces shaped like connections, whatever they are called. */
export const connections = memoised((api): readonly Connection[] =>
  types(api).flatMap((type) => {
    const edges = fieldNamed(type, 'edges');
    const pageInfo = fieldNamed(type, 'pageInfo');
    if (!edges || !pageInfo || !isList(edges.node.type)) return [];
    const edge = typeNamed(api, namedType(edges.node.type).name.value);
    return [{ type, edges, pageInfo, edge, node: edge && fieldNamed(edge, 'node') }];
  }),
);

/** The types and interfaces that are edges: those of connections, and those with `node` and `cursor`. */
export const edges = memoised((api): readonly Type[] => {
  const used = new Set(connections(api).map(({ edge }) => edge));
  return types(api).filter((type) => used.has(type) || (fieldNamed(type, 'node') && fieldNamed(type, 'cursor')));
});

/** The types that connections have as their `pageInfo`, and those with `hasNextPage` and `endCursor`. */
export const pageInfos = memoised((api): readonly Type[] => {
  const used = new Set(connections(api).map(({ pageInfo }) => namedType(pageInfo.node.type).name.value));
  return types(api).filter(
    (type) => used.has(type.name) || (fieldNamed(type, 'hasNextPage') && fieldNamed(type, 'endCursor')),
  );
});

/** The field of that name. */
export function fieldNamed(type: Type, name: string): Field | undefined {
  return type.fields.find((field) => field.name === name);
}

// Comments.

/** A `#` comment, without its `#` and the space around it. */
export interface Comment {
  readonly text: string;
  readonly range: Range;
}

/** The comments on the lines directly above a definition or member, the uppermost first. */
export function commentsAbove(node: ASTNode): readonly Comment[] {
  const { source, start } = rangeOf(node);
  const comments: Comment[] = [];
  if (indentAt(source.text, start) < 0) return [];
  // No line of a string can stand here: what a string ends on is where the node it describes begins, or goes on.
  for (let { line } = source.position(start); line > 1; line--) {
    const [, space, text] = /^([\s,\uFEFF]*)(#.*)$/s.exec(source.line(line - 1)) ?? [];
    if (space === undefined || text === undefined) break;
    const from = source.lineStarts[line - 2]! + space.length;
    comments.unshift({ text: text.slice(1).trim(), range: { source, start: from, end: from + text.length } });
  }
  return comments;
}
