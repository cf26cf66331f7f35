import { isObject, type JsonObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { isItemPath, lastSegment } from '../../languages/openapi/paths.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  effectiveTypes,
  isJson,
  keyword,
  type Operation,
  operations,
  type Property,
  partsOf,
  propertiesOf,
  type Response,
  successesOf,
} from '../../languages/openapi/select.ts';
import { pagingOf } from './pagination.ts';

/** A GET that answers with a list of things. */
export interface Collection {
  readonly operation: Operation;
  readonly response: Response;
  /** The schema of the body. */
  readonly body: At;
  /** The property that holds the items; null where the body is a bare array. */
  readonly property: Property | null;
  /** The schema of the array. */
  readonly array: At<JsonObject>;
  /** The schema of one item, where there is one. Not resolved. */
  readonly items: At | undefined;
}

/** The operations that list: GET on a collection path, answered by an array or by an object that wraps one. */
export function collections(api: OpenApi): readonly Collection[] {
  let known = api.memo.get(collections) as readonly Collection[] | undefined;
  if (!known) {
    known = operations(api).flatMap((operation) => collectionOf(api, operation) ?? []);
    api.memo.set(collections, known);
  }
  return known;
}

function collectionOf(api: OpenApi, operation: Operation): Collection | undefined {
  if (operation.method !== 'get' || isItemPath(operation.path)) return undefined;
  for (const response of successesOf(api, operation)) {
    const body = response.media.find(({ name }) => isJson(name))?.schema;
    if (!body) continue;
    const array = arrayAt(api, body);
    if (array) return { operation, response, body, property: null, array, items: itemsAt(array) };
    const property = envelopeProperty(api, operation, body);
    const wrapped = property && arrayAt(api, property);
    if (property && wrapped) return { operation, response, body, property, array: wrapped, items: itemsAt(wrapped) };
  }
  return undefined;
}

/** Names under which envelopes hold their items, the commonest first. */
const envelopeNames = [
  'data',
  'items',
  'results',
  'values',
  'records',
  'entries',
  'elements',
  'content',
  'list',
  'value',
  'nodes',
  'edges',
];

/** Names of properties that make an object a page of something. */
const pageNames =
  /^(?:_?links|meta|metadata|pagination|paging|page|page_?info|next|prev(?:ious)?|cursor|(?:next|prev)_?(?:page|cursor|link|marker|page_?token)|has_?(?:more|next)|total(?:_?(?:count|items|results|elements))?|count|limit|offset)$/i;

/** Whether a property's name speaks of the page that an object is, rather than of the object. */
export const isPageName = (name: string): boolean => pageNames.test(name);

/**
 * The array that an object is about: one of the usual names, or one named as the path's last segment, or the only array
 * of objects beside properties of a page. An object that merely has a list among its own fields is no collection.
 */
function envelopeProperty(api: OpenApi, operation: Operation, body: At): Property | undefined {
  const properties = propertiesOf(api, body);
  const arrays = [...properties.values()].filter((property) => arrayAt(api, property));
  const segment = normal(lastSegment(operation.path)?.text ?? '');
  const named = arrays.find(({ name }) => normal(name) === segment);
  if (named) return named;
  const others = [...properties.keys()].filter((name) => !arrays.some((array) => array.name === name));
  const page = others.length === 0 || others.some(isPageName);
  const usual = envelopeNames.map((name) => arrays.find((array) => array.name === name)).find(Boolean);
  if (usual && (page || others.length <= 2)) return usual;
  const listing = arrays.filter((array) => holdsObjects(api, array));
  if (arrays.length === 1 && pagingOf(api, operation).styles.length > 0) return arrays[0];
  return listing.length === 1 && page && others.every(isPageName) ? listing[0] : undefined;
}

const normal = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

function holdsObjects(api: OpenApi, property: At): boolean {
  const array = arrayAt(api, property);
  const items = array && itemsAt(array);
  return items !== undefined && effectiveTypes(api, items).includes('object');
}

/** The schema that says `array`, through `$ref` and `allOf`. */
function arrayAt(api: OpenApi, schema: At): At<JsonObject> | undefined {
  if (!effectiveTypes(api, schema).includes('array')) return undefined;
  if (keyword(api, schema, 'properties') !== undefined) return undefined;
  const parts = partsOf(api, schema);
  return (
    parts.find(({ value }) => value['items'] !== undefined) ?? parts.find(({ value }) => value['type'] === 'array')
  );
}

function itemsAt({ value, at }: At<JsonObject>): At | undefined {
  return isObject(value['items']) ? { value: value['items'], at: at.child('items') } : undefined;
}
