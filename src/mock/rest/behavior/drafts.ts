/** Records as callers write them: what of a body becomes part of a record, and what the server sets itself. */
import { judging } from '../../../languages/openapi/examples.ts';
import { bodyOf, isJson, keyword, propertiesOf } from '../../../languages/openapi/select.ts';
import { mismatches, type SchemaAt } from '../../../languages/openapi/values.ts';
import { split } from '../../../words/split.ts';
import { timeOf } from '../../../words/times.ts';
import { isObject, type Json, type JsonObject } from '../../json.ts';
import { Random } from '../../random.ts';
import type { Resource } from '../../resources/resource.ts';
import type { Field } from '../../shape.ts';
import { stamps, timeMeaning } from '../../store/stamps.ts';
import type { Exchange } from '../exchange.ts';
import { propertyAlong, propertyOf, type Success } from './declared.ts';
import { fieldsOf } from './fields.ts';
import { pathValue, type Site, taken } from './places.ts';

/** What is known of the bodies of an operation that writes. */
export interface Forms {
  /** What callers send, where the document describes it. */
  readonly request: SchemaAt | null;
  /** What the answer shows of the record. */
  readonly record: SchemaAt | null;
}

/** The schemas of a record in the request and in the answer. */
export function formsOf({ route, role }: Site, success: Success): Forms {
  const { api, operation } = route;
  const media = bodyOf(api, operation)?.media ?? [];
  const sent = (media.find(({ name }) => isJson(name)) ?? media[0])?.schema ?? null;
  const inner = role.takenInside === null ? sent : (propertyOf(api, sent, role.takenInside) ?? null);
  const record = propertyAlong(api, success.schema, role.inside) ?? null;
  return { request: inner, record };
}

/** What a caller wrote of a record, in home words, without what only the server sets and what is no part of a record. */
export function writtenFields(site: Site, { request }: Forms, body: unknown): Record<string, Json> {
  const { resource } = site.role;
  const { byName, all } = fieldsOf(resource);
  const declared = request ? propertiesOf(site.route.api, request) : new Map();
  const written: Record<string, Json> = {};
  const record = taken(site.role, body);
  for (const [name, value] of Object.entries(isObject(record) ? record : {})) {
    const field = byName.get(name) ?? all.find((one) => split(one.name).join(' ') === split(name).join(' '));
    // What the operation takes and the record has not is a word about the operation: `notify`, `expand`.
    if (field ? !field.writable : declared.has(name)) continue;
    if (name !== '__proto__') written[field?.name ?? name] = value;
  }
  return written;
}

/**
 * A new record: what was written, what the path says, defaults, the first state, the times. Without an id where none is given.
 * @param id the one that the path gives
 */
export function newRecord(site: Site, forms: Forms, exchange: Exchange, body: unknown, id?: string): JsonObject {
  const { context, role } = site;
  const { resource } = role;
  const { home } = resource;
  const written = { ...defaultsOf(site, forms), ...writtenFields(site, forms, body), ...pathLinks(site, exchange) };
  if (home.idField !== null && id !== undefined) written[home.idField] = idValue(resource, id);
  const made = home.complete(written, randomFor(site, written));
  const first = firstState(site, forms, written);
  const record: Record<string, Json> = { ...pruned(site, forms, made, written), ...first };
  if (home.idField !== null && !Object.hasOwn(written, home.idField)) delete record[home.idField];
  const times = Object.entries(stamps(resource, context.now(), 'created'));
  return { ...record, ...Object.fromEntries(times.filter(([name]) => !Object.hasOwn(written, name))) };
}

/** A record that takes another one's place: its id, times and all that callers cannot write stay. */
export function replacement(site: Site, forms: Forms, exchange: Exchange, before: JsonObject): JsonObject {
  const { resource } = site.role;
  const written = { ...defaultsOf(site, forms), ...writtenFields(site, forms, exchange.body) };
  for (const { name, writable } of fieldsOf(resource).all) {
    const stays = !writable || name === resource.home.idField || timeMeaning(name) !== null;
    if (stays && Object.hasOwn(before, name)) written[name] = before[name]!;
  }
  const made = resource.home.complete({ ...pathLinks(site, exchange), ...written }, randomFor(site, written));
  return pruned(site, forms, made, written);
}

/** The same body gives the same record, as long as the resource has as many. */
function randomFor({ context, role: { resource } }: Site, written: JsonObject): Random {
  const { total } = context.store.page(resource, {}, { limit: 0 });
  return new Random(context.settings.seed, resource.name, 'new', total, JSON.stringify(written));
}

/** An id as the home's id field holds it. */
export function idValue({ home }: Resource, id: string): Json {
  const number = Number(id);
  return home.idKind === 'integer' && Number.isSafeInteger(number) && id.trim() !== '' ? number : id;
}

/** The links that the path gives: `/customers/{id}/orders` makes orders of that customer. */
function pathLinks({ role }: Site, exchange: Exchange): Record<string, Json> {
  const { above, resource } = role;
  if (!above) return {};
  const id = pathValue(exchange, above.parameter);
  for (const [name, target] of resource.links) {
    const shape = fieldsOf(resource).byName.get(name)?.shape;
    if (target === above.resource && shape && shape.kind !== 'list' && shape.kind !== 'object') {
      return { [name]: shape.kind === 'integer' ? idValue(above.resource, id) : id };
    }
  }
  return {};
}

function defaultsOf({ route: { api }, role: { resource } }: Site, { request, record }: Forms): Record<string, Json> {
  const { byName } = fieldsOf(resource);
  const found: Record<string, Json> = {};
  for (const schema of [record, request]) {
    if (!schema) continue;
    for (const [name, property] of propertiesOf(api, schema)) {
      const value = keyword(api, property, 'default');
      if (value !== undefined && byName.get(name)?.writable) found[name] = value as Json;
    }
  }
  return found;
}

/** Records begin in the first of their states, unless the caller or a default says another. */
function firstState({ route: { api }, role: { resource } }: Site, { record }: Forms, written: JsonObject): JsonObject {
  const { state } = fieldsOf(resource);
  if (!state || Object.hasOwn(written, state.name)) return {};
  const declared = record ? keyword(api, propertyOf(api, record, state.name), 'default') : undefined;
  if (declared !== undefined) return { [state.name]: declared as Json };
  const first = state.shape.kind === 'enum' ? state.shape.values[0] : undefined;
  return first === undefined ? {} : { [state.name]: first };
}

/**
 * Without what nobody wrote and nothing asks for: optional fields that callers could have written, and the times of what has
 * not happened yet.
 */
function pruned(site: Site, { record }: Forms, made: JsonObject, written: JsonObject): Record<string, Json> {
  const { api } = site.route;
  const { byName } = fieldsOf(site.role.resource);
  const judged = judging(api, 'response');
  const kept: Record<string, Json> = {};
  for (const [name, value] of Object.entries(made)) {
    const field = byName.get(name);
    const isMade = field !== undefined && !Object.hasOwn(written, name);
    if (!isMade) kept[name] = value;
    else if (!(field.writable || isEvent(field))) kept[name] = value;
    else if (field.required) {
      const property = propertyOf(api, record, name);
      const mayBeNull = isEvent(field) && property && mismatches(null, property, judged).length === 0;
      kept[name] = mayBeNull ? null : value;
    }
  }
  return kept;
}

/** Whether a field tells when something happened to a record that may never happen: `cancelled_at`. */
function isEvent({ name }: Field): boolean {
  return (
    timeOf(name) !== null &&
    timeMeaning(name) === null &&
    /(?:ed|paid|sent|read|seen|run)(?:_?(?:at|on|date|time))$/i.test(name)
  );
}
