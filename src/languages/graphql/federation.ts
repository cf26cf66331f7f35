/**
 * What a schema may use without defining it: the directives and scalars of the specification, those of Apollo Federation
 * 1 and 2, and what `@link` imports.
 */
import type { ConstDirectiveNode, ConstObjectValueNode, ConstValueNode } from 'graphql';
import type { TypeKind } from './elements.ts';
import type { GraphQl } from './graphql.ts';
import { argumentOf, brokenTypes, type DirectiveUse, directiveUses, memoised, types } from './select.ts';

/** GraphQL specification, section 3.13. */
const specified = ['skip', 'include', 'deprecated', 'specifiedBy', 'oneOf', 'defer', 'stream'];
/** The types of the specification, sections 3.5 and 4.2. */
export const specifiedKinds: ReadonlyMap<string, TypeKind> = new Map([
  ...['Int', 'Float', 'String', 'Boolean', 'ID'].map((name) => [name, 'scalar'] as const),
  ...['__Schema', '__Type', '__Field', '__InputValue', '__EnumValue', '__Directive'].map(
    (name) => [name, 'type'] as const,
  ),
  ...['__TypeKind', '__DirectiveLocation'].map((name) => [name, 'enum'] as const),
]);

/** https://www.apollographql.com/docs/graphos/reference/federation/directives; the first six are of Federation 1, too. */
const federated = [
  ...['key', 'requires', 'provides', 'external', 'extends', 'tag'],
  ...['link', 'shareable', 'inaccessible', 'override', 'composeDirective', 'interfaceObject'],
  ...['authenticated', 'requiresScopes', 'policy', 'context', 'fromContext', 'cost', 'listSize', 'cacheTag'],
];
/** https://www.apollographql.com/docs/graphos/reference/federation/subgraph-spec */
const federatedTypes = ['_Any', '_Entity', '_Service', '_FieldSet', 'FieldSet', 'ContextFieldValue', 'Scope', 'Policy'];

/** Directives of AWS Amplify, whose schemas define none (https://docs.amplify.aws/gen1/javascript/tools/cli-legacy/data-modeling). */
const amplified = [
  ...['model', 'auth', 'hasOne', 'hasMany', 'belongsTo', 'manyToMany', 'index', 'primaryKey', 'function', 'http'],
  ...['predictions', 'searchable', 'default', 'versioned', 'connection', 'mapsTo', 'refersTo', 'sql'],
];
/** What AWS AppSync brings along (https://docs.aws.amazon.com/appsync/latest/devguide/scalars.html). */
const appSync = /^(?:@aws_\w+|AWS(?:Date|Time|DateTime|Timestamp|Email|JSON|URL|Phone|IPAddress))$/;

/** Whether a name, a directive's with its `@`, belongs to no schema in particular: `Int`, `@deprecated`, federation's `@key`. */
export function isSpecifiedName(name: string): boolean {
  if (appSync.test(name)) return true;
  if (!name.startsWith('@')) return specifiedKinds.has(name) || federatedTypes.includes(name);
  return specified.includes(name.slice(1)) || federated.includes(name.slice(1));
}

/** A specification that a schema links to with `@link` (https://specs.apollo.dev/link/v1.0/). */
export interface Link {
  readonly url: string;
  /** What its names begin with when they are not imported: `federation` in `@federation__key`. Empty when unknown. */
  readonly prefix: string;
  /** The imported names as the schema uses them: `@key`, `FieldSet`. */
  readonly imports: readonly string[];
}

/** The specifications that the schema links to. */
export const links = memoised((api): readonly Link[] =>
  directiveUses(api).flatMap(({ name, node, location }) => {
    const url = name === 'link' && location === 'SCHEMA' ? stringOf(argumentOf(node, 'url')) : undefined;
    if (url === undefined) return [];
    return [{ url, prefix: stringOf(argumentOf(node, 'as')) ?? nameIn(url), imports: importsOf(node) }];
  }),
);

/** Whether a directive, named without `@`, is defined in the schema, by the specification, by federation or by an import. */
export function isKnownDirective(api: GraphQl, name: string): boolean {
  if (api.index.directiveDefinitions.has(name) || specified.includes(name)) return true;
  if (brokenTypes(api).has(`@${name}`) || federated.includes(name) || appSync.test(`@${name}`)) return true;
  return isLinked(api, name, `@${name}`) || (amplified.includes(name) && isAmplified(api));
}

/** Whether a type is defined or extended in the schema, be it in a broken definition, or stands for itself as `Int` or federation's `_Any` do. */
export function isKnownType(api: GraphQl, name: string): boolean {
  if (api.index.types.has(name) || brokenTypes(api).has(name) || specifiedKinds.has(name)) return true;
  if (appSync.test(name)) return true;
  return isLinked(api, name, name) || (isSubgraph(api) && federatedTypes.includes(name));
}

/** Whether the schema is a part of a federated one, and may extend types that other parts define. */
export const isSubgraph = memoised((api): boolean => {
  if (links(api).some(({ url }) => /\/federation\//.test(url))) return true;
  return types(api).some(({ directives }) => directives.some(isEntityKey));
});

/** Other systems have other keys: Amplify's name lists of fields. */
function isEntityKey({ name, node }: DirectiveUse): boolean {
  return name === 'key' && argumentOf(node, 'fields')?.kind !== 'ListValue';
}

const isAmplified = memoised((api): boolean => directiveUses(api).some(({ name }) => name === 'model'));

function isLinked(api: GraphQl, name: string, imported: string): boolean {
  return links(api).some(
    ({ prefix, imports }) =>
      imports.includes(imported) || (prefix !== '' && (name === prefix || name.startsWith(`${prefix}__`))),
  );
}

/** The name in a specification's address: `federation` in `https://specs.apollo.dev/federation/v2.3`. */
function nameIn(url: string): string {
  return /\/([A-Za-z]\w*)(?:\/v\d+\.\d+)?\/?$/.exec(url)?.[1] ?? '';
}

function importsOf(link: ConstDirectiveNode): string[] {
  const list = argumentOf(link, 'import');
  if (list?.kind !== 'ListValue') return [];
  return list.values.flatMap((item) => {
    const name = item.kind === 'ObjectValue' ? (fieldOf(item, 'as') ?? fieldOf(item, 'name')) : stringOf(item);
    return name === undefined ? [] : [name];
  });
}

function fieldOf(value: ConstObjectValueNode, name: string): string | undefined {
  return stringOf(value.fields.find((field) => field.name.value === name)?.value);
}

function stringOf(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === 'StringValue' ? value.value : undefined;
}
