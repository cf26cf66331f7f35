/** What needs no description of its own, since a convention or something beside it says what it is for. */

import type { ASTNode, StringValueNode } from 'graphql';
import type { Coordinate } from '../../languages/graphql/coordinate.ts';
import { isSpecifiedName } from '../../languages/graphql/federation.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import {
  type Argument,
  connections,
  descriptionOf,
  directiveDefinitions,
  edges,
  enumValues,
  everyArgument,
  type Field,
  fieldNamed,
  fields,
  type InputField,
  inputFields,
  memoised,
  namedType,
  pageInfos,
  rootTypes,
  type Type,
  typeNamed,
  types,
} from '../../languages/graphql/select.ts';
import { isCalledLike } from '../../words/filler.ts';
import { mutations } from './mutations.ts';

/** A description, and what it describes. */
export interface Documented {
  readonly name: string;
  /** What is described. */
  readonly element: ASTNode;
  readonly node: StringValueNode;
  /** Never blank. */
  readonly text: string;
  /** The description itself. */
  readonly at: Coordinate;
}

/** All descriptions that say something: of types, directives, fields, arguments, input fields and enum values. */
export const documented = memoised((api): readonly Documented[] => {
  const found: Documented[] = [];
  const add = (
    name: string,
    element: ASTNode & { readonly description?: StringValueNode | undefined },
    at: Coordinate,
  ) => {
    const text = descriptionOf(element);
    if (element.description && text !== '')
      found.push({ name, element, node: element.description, text, at: at.on(element.description) });
  };
  for (const { name, base, at } of types(api)) if (base) add(name, base, at);
  for (const members of [directiveDefinitions, fields, everyArgument, inputFields, enumValues]) {
    for (const { name, node, at } of members(api)) add(name, node, at);
  }
  return found;
});

/** Whether a name says all there is to say: that of an enum value, and of a member that is called like its type. */
export function isPlain(api: GraphQl, { name, element }: Documented): boolean {
  if (element.kind === 'EnumValueDefinition') return true;
  if (element.kind !== 'FieldDefinition' && element.kind !== 'InputValueDefinition') return false;
  return isExplainedByType(api, { name, node: element });
}

/**
 * Whether a type is not the schema's to describe: federation's and introspection's own, and what `@link` brings along, which has
 * two underscores in its name. `Policy` is federation's only as a scalar.
 */
export function isForeign({ name, kind }: Type): boolean {
  return name.includes('__') || (isSpecifiedName(name) && (kind === 'scalar' || name.startsWith('_')));
}

/** Whether a type speaks for itself: roots, connections, edges, page infos, specified scalars, inputs and payloads called after their mutation. */
export function speaksForItself(api: GraphQl, type: Type): boolean {
  if (type.directives.some(({ name }) => name === 'specifiedBy')) return true;
  return machinery(api).has(type) || relay(api).has(type);
}

/** Whether a member speaks for itself: as part of the machinery, or through its type or an interface. */
export function isSelfEvident(api: GraphQl, member: Field | Argument | InputField): boolean {
  if (isPlumbing(api, member) || isExplainedByType(api, member)) return true;
  return 'arguments' in member && isExplainedByInterface(api, member);
}

/** Whether a member belongs to the machinery: of connections, edges and page infos, Relay's arguments, the one `input`. */
function isPlumbing(api: GraphQl, member: Field | Argument | InputField): boolean {
  const { name, owner } = member;
  if (name === 'clientMutationId' || name.startsWith('_')) return true;
  if ('kind' in owner) return relay(api).get(owner)?.has(name) ?? false;
  if (!('owner' in owner)) return false;
  const returned = typeNamed(api, namedType(owner.node.type).name.value);
  if (name === 'input' && owner.arguments.length === 1) return true;
  const isConnection = returned ? relay(api).has(returned) : /Connection$/.test(namedType(owner.node.type).name.value);
  return isConnection && /^(?:first|after|last|before)$/.test(name);
}

/** Whether a member is called like its type, and that is described: `status: OrderStatus`. */
function isExplainedByType(
  api: GraphQl,
  { name, node }: Pick<Field | Argument | InputField, 'name' | 'node'>,
): boolean {
  const type = typeNamed(api, namedType(node.type).name.value);
  return (
    type?.base !== undefined && type.base !== null && descriptionOf(type.base) !== '' && isCalledLike(name, type.name)
  );
}

/** Whether an interface that its type implements says what a field means, or will be asked to: one cause, one finding. */
export function isExplainedByInterface(api: GraphQl, { name, owner }: Field): boolean {
  return owner.interfaces.some((use) => {
    const type = typeNamed(api, use.name);
    return type !== undefined && fieldNamed(type, name) !== undefined;
  });
}

/** Root types, and the inputs and payloads that are called after a mutation that is described. */
const machinery = memoised((api): ReadonlySet<Type> => {
  const found = new Set<Type>(rootTypes(api).values());
  for (const { field, input, result } of mutations(api)) {
    if (descriptionOf(field.node) === '') continue;
    for (const type of [input?.type, result.type]) if (type && isCalledAfter(field.name, type.name)) found.add(type);
  }
  return found;
});

/** `CreateUserInput` and `CreateUserPayload` after `createUser`. */
function isCalledAfter(mutation: string, type: string): boolean {
  const rest = type.toLowerCase().startsWith(mutation.toLowerCase()) ? type.slice(mutation.length) : null;
  return rest !== null && /^(?:Input|Payload|Response|Result|Output)?$/.test(rest);
}

/** The types of Relay's specification, with the fields that it gives them. */
const relay = memoised((api): ReadonlyMap<Type, ReadonlySet<string>> => {
  const found = new Map<Type, ReadonlySet<string>>();
  for (const { type } of connections(api)) found.set(type, connectionFields);
  for (const type of edges(api)) found.set(type, edgeFields);
  for (const type of pageInfos(api)) found.set(type, pageInfoFields);
  return found;
});

const connectionFields = new Set(['edges', 'nodes', 'pageInfo', 'totalCount']);
const edgeFields = new Set(['node', 'cursor']);
const pageInfoFields = new Set(['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor']);
