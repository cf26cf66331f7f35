/** Which fields list things, and how they are asked for a page. */

import type { OperationTypeNode } from 'graphql';
import { isSpecifiedName } from '../../languages/graphql/federation.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import {
  type Argument,
  connections,
  deprecationOf,
  type Field,
  fields,
  type InputField,
  isList,
  memoised,
  namedType,
  rootFields,
  rootTypes,
  type Type,
  typeNamed,
} from '../../languages/graphql/select.ts';
import { split } from '../../words/split.ts';
import { isEntity } from './entities.ts';

/** A field whose value is many objects. */
export interface Collection {
  readonly field: Field;
  /** Whether queries can begin with it. */
  readonly isRoot: boolean;
  /** A plain list, a connection, or an object with the list and what is told of pages beside it. */
  readonly form: 'list' | 'connection' | 'page';
  /** The type of the list's items; undefined where the schema does not define it. */
  readonly item: Type | undefined;
  /** What the field returns, unless that is a plain list. */
  readonly wrapper: Type | undefined;
  readonly paging: Paging;
}

/** The ways from one page to the next, the most robust first. */
export const pageStyles = ['cursor', 'page', 'offset'] as const;
export type PageStyle = (typeof pageStyles)[number];

/** An argument, or a field of an input that is an argument. */
export type Taken = Argument | InputField;

/** How a field is asked for a page. */
export interface Paging {
  /** What says how many items a page has. */
  readonly limits: readonly Taken[];
  /** What says where it starts, by style. */
  readonly starts: Readonly<Record<PageStyle, readonly Taken[]>>;
  /** The styles that it takes. */
  readonly styles: readonly PageStyle[];
}

/** The fields of types and interfaces that list objects. Of the fields of mutations and subscriptions, none. */
export const collections = memoised((api): readonly Collection[] => {
  const roots = rootTypes(api);
  const query = roots.get('query' as OperationTypeNode);
  const others = new Set([...roots.values()].filter((type) => type !== query));
  return fields(api).flatMap((field) => (others.has(field.owner) ? [] : (collectionOf(api, field, query) ?? [])));
});

function collectionOf(api: GraphQl, field: Field, query: Type | undefined): Collection | undefined {
  const isRoot = field.owner === query;
  const returned = typeNamed(api, namedType(field.node.type).name.value);
  // Edges and nodes of a connection and the items of a page are the list that another field returns.
  if (isPageType(api, field.owner)) return undefined;
  if (isList(field.node.type)) {
    if (returned ? !holdsFields.has(returned.kind) : isSpecifiedName(namedType(field.node.type).name.value))
      return undefined;
    return { field, isRoot, form: 'list', item: returned, wrapper: undefined, paging: pagingOf(api, field) };
  }
  const wrapped = returned && wrappers(api).get(returned);
  return wrapped && { field, isRoot, ...wrapped, wrapper: returned, paging: pagingOf(api, field) };
}

const holdsFields: ReadonlySet<string> = new Set(['type', 'interface', 'union']);

interface Wrapped {
  readonly form: 'connection' | 'page';
  readonly item: Type | undefined;
}

/** The types whose only purpose is to hold a list: connections, and objects with one list and counts or cursors beside it. */
const wrappers = memoised((api): ReadonlyMap<Type, Wrapped> => {
  const found = new Map<Type, Wrapped>();
  for (const { type, node } of connections(api)) found.set(type, { form: 'connection', item: itemOf(api, node) });
  for (const type of new Set(fields(api).map(({ owner }) => owner))) {
    if (found.has(type) || isEntity(type) || type.kind !== 'type') continue;
    const page = pageOf(api, type);
    if (page) found.set(type, page);
  }
  return found;
});

function itemOf(api: GraphQl, field: Field | undefined): Type | undefined {
  return field && typeNamed(api, namedType(field.node.type).name.value);
}

function pageOf(api: GraphQl, type: Type): Wrapped | undefined {
  const lists = type.fields.filter(({ node }) => isList(node.type));
  const others = type.fields.filter((field) => !lists.includes(field));
  if (lists.length === 0 || others.length === 0 || !others.every(({ name }) => pageField.test(split(name).join(' '))))
    return undefined;
  const list = lists.find((field) => holdsFields.has(itemOf(api, field)?.kind ?? ''));
  return list && lists.length <= 2 ? { form: 'page', item: itemOf(api, list) } : undefined;
}

/** Names of fields that tell of a page rather than of a thing. */
const pageField =
  /^(?:total|count|total (?:count|items|pages|results|elements|records|hits)|(?:has|is) (?:more|next|previous|prev|last)(?: (?:page|items|results))?|(?:next|prev|previous|end|start) (?:cursor|page|token|offset|page token)|cursor|page|page info|page (?:number|count|size|token)|pages|per page|limit|offset|skip|paging|pagination|meta|metadata|current page|last page)$/;

/** What in the arguments of a field asks for a page, remembered per schema. Inputs that hold page arguments are looked into. */
export function pagingOf(api: GraphQl, field: Field): Paging {
  const known = pagings(api);
  const paging = known.get(field) ?? readPaging(api, field);
  known.set(field, paging);
  return paging;
}

const pagings = memoised((): Map<Field, Paging> => new Map());

function readPaging(api: GraphQl, field: Field): Paging {
  const limits: Taken[] = [];
  const starts: Record<PageStyle, Taken[]> = { cursor: [], page: [], offset: [] };
  for (const taken of takenBy(api, field)) {
    const role = roleOf(taken);
    if (role === 'limit') limits.push(taken);
    else if (role) starts[role].push(taken);
  }
  return { limits, starts, styles: pageStyles.filter((style) => starts[style].length > 0) };
}

/** The arguments, and the fields of those that are inputs: `products(paging: { first: 10 })`. */
function takenBy(api: GraphQl, field: Field): Taken[] {
  return field.arguments.flatMap((argument): Taken[] => {
    const type = typeNamed(api, namedType(argument.node.type).name.value);
    return type?.kind === 'input' && !isList(argument.node.type) ? [...type.inputFields] : [argument];
  });
}

/** What an argument asks for, by name and type; null for anything else. */
function roleOf({ name, node }: Taken): PageStyle | 'limit' | null {
  const words = split(name).join(' ');
  if (isList(node.type)) return null;
  const type = namedType(node.type).name.value;
  const isNumber = /^(?:Int|Float|BigInt|Long|(?:NonNegative|Positive|Unsigned)\w*|UInt\w*)$/.test(type);
  // `after: DateTime` and `before: Date` are filters by time.
  const isTime = (words === 'after' || words === 'before') && /date|time|instant|timestamp/i.test(type);
  if (limitNames.has(words)) return 'limit';
  if (pageNames.has(words)) return isNumber ? 'page' : null;
  if (offsetNames.has(words)) return isNumber ? 'offset' : 'cursor';
  if (cursorNames.has(words) && !isTime) return 'cursor';
  return null;
}

const limitNames = names(
  'first|last|limit|page size|page limit|per page|take|max results|max items|items per page|results per page|page count|top|size|count|max',
);
const pageNames = names('page|page number|page no|page num|page index|current page');
const offsetNames = names('offset|skip|start index|start at|start offset|from index|page offset');
const cursorNames = names(
  'after|before|cursor|after cursor|before cursor|page token|next token|next cursor|continuation token|start cursor|marker|next page token',
);

function names(list: string): ReadonlySet<string> {
  return new Set(list.split('|'));
}

/**
 * The entities that the query root leads to directly, by name: those that a root field returns, alone, in a list or in a
 * connection. What only lives inside another thing, as the lines of an order, is not among them.
 */
export const rootEntities = memoised((api): ReadonlySet<string> => {
  const listed = new Map(collections(api).map((collection) => [collection.field, collection]));
  const found = new Set<string>();
  for (const { operation, field } of rootFields(api)) {
    if (operation !== ('query' as OperationTypeNode)) continue;
    const type = listed.has(field) ? listed.get(field)!.item : typeNamed(api, namedType(field.node.type).name.value);
    if (type && isEntity(type)) found.add(type.name);
  }
  return found;
});

/**
 * Whether a list of things can get long: of entities that a query finds, or that belong to another entity as many to one, and
 * that are not named one by one. Not so the parts of a thing, such as the lines of an order.
 */
export function canGrow(api: GraphQl, { field, isRoot, item }: Collection): boolean {
  if (!item || deprecationOf(field.node) || !areEntities(api, item) || isAskedByKey(field)) return false;
  if (isReference(field.name)) return false;
  if (isRoot) return true;
  return (
    !isDocument(field.owner.name) &&
    isEntity(field.owner) &&
    (rootEntities(api).has(item.name) || isOwned(item, field.owner))
  );
}

/** Whether a name is that of a list which everybody knows by heart and nobody adds to. */
function isReference(name: string): boolean {
  return split(name).some((word) => references.has(word));
}

const references = names(
  'categories|codes|countries|currencies|languages|licenses|locales|permissions|plans|regions|roles|scopes|states|tags|timezones|types|units',
);

/** Whether a name is that of a deal: what belongs to it came about with it, and is soon complete. */
function isDocument(name: string): boolean {
  return documents.has(split(name).at(-1) ?? '');
}

const documents = names(
  'basket|bill|booking|cart|checkout|fulfillment|invoice|message|order|payment|quote|receipt|refund|reservation|return|shipment|transaction',
);

function areEntities(api: GraphQl, type: Type): boolean {
  if (type.kind !== 'union') return isEntity(type);
  return type.members.length > 0 && type.members.every(({ name }) => isEntityNamed(api, name));
}

function isEntityNamed(api: GraphQl, name: string): boolean {
  const type = typeNamed(api, name);
  return type !== undefined && isEntity(type);
}

/** Whether a field takes the ids of what it returns: no more comes back than was asked for. */
function isAskedByKey(field: Field): boolean {
  return field.arguments.some(
    ({ name, node }) => isList(node.type) && /^(?:ids|keys|.*Ids|slugs|.*Slugs|representations)$/.test(name),
  );
}

/** Whether each of the things leads back to the one that lists them. */
function isOwned(item: Type, owner: Type): boolean {
  return item.fields.some(({ node }) => !isList(node.type) && namedType(node.type).name.value === owner.name);
}

/** Whether a type's only purpose is to hold the items of a list: a connection, or a page. */
export function isPageType(api: GraphQl, type: Type): boolean {
  return wrappers(api).has(type);
}
