import type { InputValueDefinitionNode } from 'graphql';
import type { Finding } from '../../../text/problem.ts';
import type { Coordinate } from '../coordinate.ts';
import { isSubgraph, specifiedKinds } from '../federation.ts';
import type { GraphQl } from '../graphql.ts';
import {
  deprecationOf,
  directiveDefinitions,
  directiveOn,
  enumValues,
  everyArgument,
  fields,
  inputFields,
  schemaParts,
  type Type,
  types,
} from '../select.ts';
import { isWhole, kindNamed } from './certain.ts';
import { aKind } from './words.ts';

/** Definitions that are wrong by themselves. */
export function* definitionDepartures(api: GraphQl): Generator<Finding> {
  yield* roots(api);
  yield* reservedNames(api);
  yield* specifiedTypes(api);
  for (const type of types(api)) if (isEmpty(api, type)) yield empty(type);
  for (const { at, node, name } of everyArgument(api))
    yield* requiredAndDeprecated(at, node, `The argument \`${name}\``);
  for (const { at, node, name } of inputFields(api)) yield* requiredAndDeprecated(at, node, `The field \`${name}\``);
}

/** GraphQL specification, section 3.3.1: there is a root for queries, and the roots are different object types. */
function* roots(api: GraphQl): Generator<Finding> {
  const { rootTypes: named } = api.index;
  const firsts = new Map<string, string>();
  const operations = new Set<string>();
  for (const { operation, type } of named) {
    const first = firsts.get(type.name);
    if (first === undefined) firsts.set(type.name, operation);
    // An operation that stands twice is another matter.
    if (first !== undefined && first !== operation && !operations.has(operation)) {
      yield {
        at: type.at,
        message: `\`${type.name}\` is the root of ${plural(first)} and of ${plural(operation)}.`,
        help: 'Give each kind of operation a type of its own.',
      };
    }
    operations.add(operation);
  }
  const definition = schemaParts(api).find(({ node }) => node.kind === 'SchemaDefinition');
  if (!definition) yield* defaultRoots(api);
  else if (operations.size > 0 && !operations.has('query') && !isSubgraph(api) && isRead(api)) {
    yield {
      at: definition.at,
      message: '`schema` names no root for queries.',
      help: 'Add `query: Query`: every schema supports queries.',
    };
  }
}

const plural = (operation: string): string => (operation === 'query' ? 'queries' : `${operation}s`);

function isRead(api: GraphQl): boolean {
  return api.documents.every(({ faults }) => faults.length === 0);
}

function* defaultRoots(api: GraphQl): Generator<Finding> {
  if (api.index.rootTypes.length > 0) return;
  for (const name of ['Query', 'Mutation', 'Subscription']) {
    const type = api.index.types.get(name);
    const kind = kindNamed(api, name);
    if (!type || !kind || kind === 'type') continue;
    yield {
      at: type.at,
      message: `\`${name}\` is ${aKind(kind)}, and by its name the root of ${plural(name.toLowerCase())}.`,
      help: 'Make it an object type, or name the roots in a `schema` definition.',
    };
  }
}

function* reservedNames(api: GraphQl): Generator<Finding> {
  const isSpecified = ({ name }: { readonly name: string }): boolean => specifiedKinds.has(name);
  const owned = [...fields(api), ...enumValues(api), ...inputFields(api)].filter(({ owner }) => !isSpecified(owner));
  const named = [...types(api).filter((type) => !isSpecified(type)), ...owned, ...everyArgument(api)];
  for (const { name, at } of [...named, ...directiveDefinitions(api)]) {
    if (!name.startsWith('__')) continue;
    yield {
      at,
      message: `\`${name}\` begins with \`__\`, which belongs to introspection.`,
      help: 'Choose a name without two underscores at its beginning.',
    };
  }
}

/** Some write the scalars of the language down; they cannot be made something else. */
function* specifiedTypes(api: GraphQl): Generator<Finding> {
  for (const { name, kind, at, base } of types(api)) {
    if (!base || kind === 'scalar' || specifiedKinds.get(name) !== 'scalar') continue;
    yield {
      at,
      message: `\`${name}\` is a scalar of the language, and cannot be ${aKind(kind)}.`,
      help: 'Give the type another name.',
    };
  }
}

/** A root without fields waits for the files that extend it. */
function isEmpty(api: GraphQl, type: Type): boolean {
  if (type.kind === 'scalar' || !isWhole(api, type)) return false;
  const count = type.fields.length + type.inputFields.length + type.values.length + type.members.length;
  if (count > 0 || /^(?:Query|Mutation|Subscription)$/.test(type.name) || directiveOn(type.base!, 'extends'))
    return false;
  return !api.index.rootTypes.some((root) => root.type.name === type.name);
}

function empty({ name, kind, at }: Type): Finding {
  const members = kind === 'union' ? 'members' : kind === 'enum' ? 'values' : 'fields';
  return { at, message: `\`${name}\` has no ${members}.`, help: `Give it ${members}, or remove it.` };
}

/** What must be given cannot be on its way out (GraphQL specification, section 3.13.3). */
function* requiredAndDeprecated(at: Coordinate, node: InputValueDefinitionNode, subject: string): Generator<Finding> {
  if (node.type.kind !== 'NonNullType' || node.defaultValue) return;
  const deprecation = deprecationOf(node);
  if (!deprecation) return;
  yield {
    at: at.on(deprecation.directive),
    message: `${subject} is deprecated, but required.`,
    help: 'Make it nullable or give it a default first, so that clients can leave it out.',
    related: [{ message: 'it is required here', at: at.on(node.type) }],
  };
}
