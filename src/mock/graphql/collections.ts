import {
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql/index.js';
import { split } from '../../words/split.ts';
import type { AnyField, Listing } from './things.ts';
import { Known } from './things.ts';

/** How a type holds many things. */
export interface Collection {
  /** A list, or an object with a list and what is told of it beside. */
  readonly form: 'list' | 'page';
  readonly item: GraphQLCompositeType;
  /** The object around the list; null of plain lists. */
  readonly wrapper: GraphQLObjectType | null;
}

/** How a type holds many objects; undefined where it holds one, or values alone. */
export function collectionOf(type: GraphQLOutputType): Collection | undefined {
  const inner = isNonNullType(type) ? type.ofType : type;
  if (isListType(inner)) {
    const item = getNamedType(inner);
    return isCompositeType(item) ? { form: 'list', item, wrapper: null } : undefined;
  }
  if (!isObjectType(inner)) return undefined;
  let known = wrappers.get(inner);
  if (known === undefined) {
    known = wrapperOf(inner) ?? null;
    wrappers.set(inner, known);
  }
  return known ?? undefined;
}

const wrappers = new WeakMap<GraphQLObjectType, Collection | null>();

/** Connections (with `edges`), and objects with lists of which all else tells of pages. */
function wrapperOf(type: GraphQLObjectType): Collection | undefined {
  const fields = Object.values(type.getFields());
  const lists = fields.filter(isListOfObjects);
  const edges = lists.find(({ name }) => name === 'edges');
  const node = edges && nodeOf(edges);
  if (node) return { form: 'page', item: node, wrapper: type };
  if (lists.length !== 1 || fields.length < 2) return undefined;
  if (!fields.every((field) => field === lists[0] || pageField.test(wordsOf(field)))) return undefined;
  return { form: 'page', item: getNamedType(lists[0]!.type) as GraphQLCompositeType, wrapper: type };
}

function isListOfObjects({ type }: AnyField): boolean {
  const inner = isNonNullType(type) ? type.ofType : type;
  return isListType(inner) && isCompositeType(getNamedType(inner));
}

/** The type of the nodes of a list of edges; undefined where the list is of something else. */
function nodeOf(edges: AnyField): GraphQLCompositeType | undefined {
  const edge = getNamedType(edges.type);
  const node = isObjectType(edge) ? edge.getFields()['node'] : undefined;
  const type = node && getNamedType(node.type);
  return isCompositeType(type) ? type : undefined;
}

/** Names of fields that tell of a page rather than of a thing. */
const pageField =
  /^(?:total|count|total (?:count|items|pages|results|elements|records|hits)|(?:has|is) (?:more|next|previous|prev|last|first)(?: (?:page|items|results))?|(?:next|prev|previous|end|start) (?:cursor|page|token|offset|page token)|cursor|page|page info|page (?:number|count|size|token)|pages|per page|limit|offset|skip|paging|pagination|meta|metadata|current page|last page|from|to)$/;

/**
 * A part of a list as a connection or page: its lists, and what is told of them by its fields' names.
 * @param seed what all else about it is made of
 */
export function asPage(listing: Listing, { item }: Collection, seed: string): Known {
  return new Known(seed, (field) => readPage(field, listing, item, seed));
}

function readPage(field: AnyField, listing: Listing, item: GraphQLCompositeType, seed: string): unknown {
  if (isListOfObjects(field)) {
    const named = getNamedType(field.type);
    if (named === item) return listing.items;
    if (nodeOf(field)) return listing.items.map((node, index) => edgeOf(node, listing.cursors[index]!, seed, index));
    return undefined;
  }
  const named = getNamedType(field.type);
  // `pageInfo`, and `meta` or `pagination` with the same in it.
  if (isObjectType(named))
    return pageField.test(wordsOf(field))
      ? new Known(`${seed}.${field.name}`, (inner) => readFact(inner, listing))
      : undefined;
  return readFact(field, listing);
}

function edgeOf(node: unknown, cursor: string, seed: string, index: number): Known {
  return Known.of(`${seed}.edges[${index}]`, { node, cursor });
}

function wordsOf({ name }: AnyField): string {
  return split(name).join(' ');
}

/** What a field of a page or of its `pageInfo` says, by its name. */
function readFact(field: AnyField, { cursors, hasNext, hasPrevious, total, limit, page }: Listing): unknown {
  const words = wordsOf(field);
  const pages = limit > 0 ? Math.ceil(total / limit) : 0;
  const isNumber = /^(?:Int|Float|Long|BigInt)$/.test(getNamedType(field.type).name);
  if (/^(?:has|is) (?:more|next)/.test(words)) return hasNext;
  if (/^has (?:previous|prev)/.test(words)) return hasPrevious;
  if (words === 'is last page' || words === 'is last') return !hasNext;
  if (words === 'is first page' || words === 'is first') return !hasPrevious;
  if (/^(?:total pages|page count|pages|last page)$/.test(words)) return pages;
  if (/^(?:total|count$)/.test(words)) return total;
  if (/^(?:page|page number|current page)$/.test(words)) return isNumber ? page : undefined;
  if (/^(?:per page|page size|limit|size)$/.test(words)) return limit;
  if (/^next page$|^next offset$/.test(words) && isNumber) return hasNext ? page + 1 : null;
  if (/^(?:prev|previous) page$/.test(words) && isNumber) return hasPrevious ? page - 1 : null;
  if (words === 'start cursor') return cursors[0] ?? null;
  if (words === 'end cursor') return cursors.at(-1) ?? null;
  if (/^(?:next (?:cursor|token|page|page token)|cursor|page token)$/.test(words))
    return hasNext ? (cursors.at(-1) ?? null) : null;
  if (/^(?:prev|previous) (?:cursor|token|page|page token)$/.test(words))
    return hasPrevious ? (cursors[0] ?? null) : null;
  return undefined;
}
