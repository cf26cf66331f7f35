import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { segmentsOf } from '../../languages/openapi/paths.ts';
import type { At } from '../../languages/openapi/references.ts';
import {
  bodyOf,
  effectiveTypes,
  isJson,
  keyword,
  type MediaType,
  memoisedFor,
  type Operation,
  operations,
  type Property,
  propertiesOf,
  type Response,
  successesOf,
} from '../../languages/openapi/select.ts';
import { singular } from '../../words/plurals.ts';
import { split } from '../../words/split.ts';
import { isPageName } from './collections.ts';

/** Things of one kind that have paths of their own: `/orders/{id}`, and `/orders` where it is there. */
export interface Resource {
  /** The path of an item. */
  readonly path: string;
  /** The operations on an item, by method. */
  readonly item: ReadonlyMap<string, Operation>;
  /** The operations on the collection, by method. */
  readonly collection: ReadonlyMap<string, Operation>;
}

/** The resources of an API: every path that ends in a placeholder behind a literal segment, in the document's order. */
export function resources(api: OpenApi): readonly Resource[] {
  const known = api.memo.get(resources) as readonly Resource[] | undefined;
  if (known) return known;
  const byShape = new Map<string, Map<string, Operation>>();
  for (const operation of operations(api)) {
    const shape = shapeOf(operation.path);
    const methods = byShape.get(shape) ?? new Map<string, Operation>();
    if (!methods.has(operation.method)) methods.set(operation.method, operation);
    byShape.set(shape, methods);
  }
  const found: Resource[] = [];
  for (const [shape, item] of byShape) {
    const [first] = item.values();
    if (!first || !/[^/}]\/\{\}$/.test(shape)) continue;
    found.push({ path: first.path, item, collection: byShape.get(shape.slice(0, -3)) ?? new Map() });
  }
  api.memo.set(resources, found);
  return found;
}

/** A path without the names of its placeholders: `/orders/{}`. Two paths with one shape address the same things. */
export function shapeOf(path: string): string {
  return `/${segmentsOf(path)
    .map(({ text }) => text.replaceAll(/\{[^{}]*\}/g, '{}'))
    .join('/')}`;
}

/** An object as it travels: the body and, inside its envelope if there is one, the object itself. */
export interface Representation {
  readonly media: MediaType;
  readonly body: At;
  /** The schema of the object: of the body, or of the property of an envelope. */
  readonly object: At;
  readonly properties: ReadonlyMap<string, Property>;
  /** The property of the envelope that holds the object; null without an envelope. */
  readonly inside: string | null;
}

/** The object that an operation answers with at the first of its successes, and that response; undefined for all else. */
export const returned = memoisedFor(
  (api: OpenApi, operation: Operation): (Representation & { readonly response: Response }) | undefined => {
    for (const response of successesOf(api, operation)) {
      const representation = representationOf(api, operation, response.media);
      if (representation) return { ...representation, response };
    }
    return undefined;
  },
);

/** The object that an operation takes as JSON or as a form. */
export const taken = memoisedFor((api: OpenApi, operation: Operation): Representation | undefined =>
  representationOf(api, operation, bodyOf(api, operation)?.media ?? []),
);

function representationOf(api: OpenApi, operation: Operation, all: readonly MediaType[]): Representation | undefined {
  const media = all.find(({ name }) => isJson(name)) ?? all.find(({ name }) => /form/i.test(name));
  const body = media?.schema;
  if (!media || !body || !isRecord(api, body) || isList(api, operation, body)) return undefined;
  const content = contentOf(api, operation, body);
  const object = content ?? body;
  return { media, body, object, properties: propertiesOf(api, object), inside: content?.name ?? null };
}

/** Whether an object holds a list of things under a usual name, or under that of the path. */
function isList(api: OpenApi, operation: Operation, body: At): boolean {
  const thing = thingOf(operation);
  const properties = propertiesOf(api, body);
  for (const property of properties.values()) {
    const words = split(property.name);
    const isNamed = [...words.slice(0, -1), singular(words.at(-1) ?? '')].join(' ') === thing;
    const isUsual =
      /^(?:data|items|entries|results|values)$/.test(property.name) &&
      [...properties.keys()].every((name) => name === property.name || isPageName(name));
    if ((isNamed || isUsual) && effectiveTypes(api, property).includes('array')) return true;
  }
  return false;
}

/** What the last literal segment of a path names, in the singular. */
function thingOf({ path }: Operation): string {
  const words = split(segmentsOf(path).findLast(({ literal }) => literal)?.text ?? '');
  return [...words.slice(0, -1), singular(words.at(-1) ?? '')].join(' ');
}

/** What an envelope holds: `data`, or the property that is called as the thing. */
function contentOf(api: OpenApi, operation: Operation, body: At): Property | undefined {
  const all = propertiesOf(api, body);
  if ([...all.keys()].filter((name) => !isPageName(name)).length > 3) return undefined;
  const thing = thingOf(operation);
  for (const property of all.values()) {
    const name = split(property.name).join(' ');
    const holds =
      name === 'data' || name === 'result' || (name !== '' && (name === thing || thing.endsWith(` ${name}`)));
    if ((holds || all.size === 1) && isRecord(api, property)) return property;
  }
  return undefined;
}

/** Whether a schema describes one kind of object by its properties, without alternatives. */
function isRecord(api: OpenApi, schema: At): boolean {
  const types = effectiveTypes(api, schema);
  if (types.length !== 1 || types[0] !== 'object' || propertiesOf(api, schema).size === 0) return false;
  return ['oneOf', 'anyOf'].every((name) => keyword(api, schema, name) === undefined);
}
