/** What a batch asks for: its entries, each with what is to be done to which record. */
import { asText } from '../../../languages/openapi/json.ts';
import { split } from '../../../words/split.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import type { Exchange } from '../exchange.ts';
import type { Site } from './places.ts';

/** What is to be done to one record. */
export type Doing = 'create' | 'update' | 'delete' | 'get' | 'upsert';

/** One entry of a batch. */
export interface Entry {
  readonly doing: Doing;
  /** The record that it is about; undefined where it is to have an id of its own. */
  readonly id: string | undefined;
  /** What is written. */
  readonly body: JsonObject;
}

/** The entries of a batch; null where the body holds no list of them. */
export function entriesIn(site: Site, exchange: Exchange): readonly Entry[] | null {
  const list = listIn(site, exchange.body);
  if (!list) return null;
  const usual = usualDoing(site);
  return list.map((entry) => entryOf(site, entry, usual));
}

/** The body itself, or the list that it holds under the usual names, or the only one. */
function listIn({ role }: Site, body: unknown): readonly Json[] | null {
  if (Array.isArray(body)) return body as readonly Json[];
  if (!isObject(body)) return null;
  const names = [role.takenInside ?? '', ...listNames, ...Object.keys(body)];
  for (const name of names) {
    const list = Object.hasOwn(body, name) ? body[name] : undefined;
    if (Array.isArray(list)) return list as readonly Json[];
  }
  return null;
}

const listNames = ['operations', 'requests', 'items', 'records', 'entries', 'data', 'ids'];

/** What a batch does where its entries do not say: as its name and method tell. */
function usualDoing({ route }: Site): Doing {
  const words = [...split(asText(route.operation.value['operationId'] ?? '')), ...split(route.template)].reverse();
  const named = words.map((word) => doings.get(word)).find(Boolean);
  if (named) return named;
  if (route.method === 'DELETE') return 'delete';
  if (route.method === 'GET') return 'get';
  return route.method === 'POST' ? 'create' : route.method === 'PATCH' ? 'update' : 'upsert';
}

const doings: ReadonlyMap<string, Doing> = new Map([
  ...(['create', 'add', 'insert', 'import', 'post'] as const).map((word) => [word, 'create'] as const),
  ...(['update', 'patch', 'edit', 'modify', 'change'] as const).map((word) => [word, 'update'] as const),
  ...(['delete', 'remove', 'destroy', 'archive'] as const).map((word) => [word, 'delete'] as const),
  ...(['get', 'read', 'fetch', 'lookup', 'retrieve'] as const).map((word) => [word, 'get'] as const),
  ...(['upsert', 'put', 'replace', 'save', 'set', 'sync'] as const).map((word) => [word, 'upsert'] as const),
]);

function entryOf({ role: { resource } }: Site, entry: Json, usual: Doing): Entry {
  if (!isObject(entry)) return { doing: usual === 'create' ? 'get' : usual, id: asText(entry), body: {} };
  const said = sayings.map((name) => entry[name]).find((value) => typeof value === 'string');
  const doing = (typeof said === 'string' && doings.get(said.toLowerCase())) || usual;
  const written = said === undefined ? undefined : bodies.map((name) => entry[name]).find(isObject);
  const body = written ?? entry;
  const idField = resource.home.idField ?? 'id';
  const id = [entry[idField], entry['id'], body[idField], lastOf(entry['path'] ?? entry['url'])].find(isId);
  return { doing, id: id === undefined ? undefined : String(id), body };
}

const sayings = ['op', 'operation', 'action', 'method', 'type', 'verb'];
const bodies = ['body', 'data', 'value', 'record', 'resource', 'item', 'attributes', 'payload', 'params'];

const isId = (value: unknown): value is string | number =>
  (typeof value === 'string' && value !== '') || typeof value === 'number';

/** The id in `/orders/7`; undefined of `/orders`. */
function lastOf(path: unknown): string | undefined {
  const parts =
    typeof path === 'string'
      ? path
          .replace(/[?#].*$/s, '')
          .split('/')
          .filter(Boolean)
      : [];
  return parts.length > 1 ? parts.at(-1) : undefined;
}
