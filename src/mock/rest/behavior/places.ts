/** Where in the store a request's path leads: the record, the scope, the parent. */
import type { Context } from '../../context.ts';
import { isObject } from '../../json.ts';
import type { Resource } from '../../resources/resource.ts';
import type { RestRole } from '../../resources/roles.ts';
import { linkedId } from '../../store/scopes.ts';
import type { Item } from '../../store/store.ts';
import type { Exchange, Refusal, Route } from '../exchange.ts';

/** An operation that does something to the records of a resource. */
export interface Site {
  readonly context: Context;
  readonly route: Route;
  readonly role: RestRole;
}

/** A path parameter as its schema reads it, in text: `007` of an integer is `7`. */
export function pathValue(exchange: Exchange, name: string): string {
  const read = exchange.parameters.path[name];
  if (typeof read === 'string' || typeof read === 'number' || typeof read === 'bigint' || typeof read === 'boolean') {
    return String(read);
  }
  return exchange.pathParameters[name] ?? '';
}

/** The scope that a request's path leads into, outermost first. */
export function scopeOf({ role }: Site, exchange: Exchange): readonly string[] {
  return role.scopeParameters.map((name) => pathValue(exchange, name));
}

/** The refusal of a request below a record that does not exist; undefined where all is well. */
export function missingParent(site: Site, exchange: Exchange): Refusal | undefined {
  const { context, role } = site;
  if (!role.above) return undefined;
  const { resource, parameter } = role.above;
  const id = pathValue(exchange, parameter);
  const scope = scopeAbove(site, exchange);
  return context.store.get(resource, id, scope) ? undefined : notFound(context, resource, id, scope);
}

/** The scope in which the parent itself lies. */
export function scopeAbove({ role }: Site, exchange: Exchange): readonly string[] {
  const { above, scopeParameters } = role;
  const end = above ? scopeParameters.indexOf(above.parameter) : -1;
  return (end < 0 ? scopeParameters : scopeParameters.slice(0, end)).map((name) => pathValue(exchange, name));
}

/**
 * The record that a request addresses: by the id in its path, else by the id in its body, else the only one there is
 * (`/me`); undefined where there is none.
 */
export function addressed(site: Site, exchange: Exchange): Item | undefined {
  const { context, role } = site;
  const { resource, idParameter } = role;
  const scope = scopeOf(site, exchange);
  const isBelow = belowParent(site, exchange);
  const named = idParameter === null ? idInBody(site, exchange) : pathValue(exchange, idParameter);
  if (named === undefined) {
    if (!isBelow) return context.store.page(resource, { scope }, { limit: 1 }).items[0];
    // One by one: a record is made up when it is looked at, and there may be many.
    if (missingParent(site, exchange)) return undefined;
    return context.store.page(resource, { scope }, { limit: Number.MAX_SAFE_INTEGER }).items.find(isBelow);
  }
  const item = context.store.get(resource, named, scope);
  return item && (isBelow?.(item) ?? true) ? item : undefined;
}

/**
 * Whether records belong to the parent in the path, where their own place does not tell: `/customers/{id}/subscriptions` of
 * subscriptions that are no customer's alone. Undefined where nothing is to be asked.
 */
export function belowParent({ role }: Site, exchange: Exchange): ((item: Item) => boolean) | undefined {
  const { above, resource, scopeParameters } = role;
  if (!above || scopeParameters.includes(above.parameter)) return undefined;
  const fields = [...resource.links].flatMap(([field, target]) => (target === above.resource ? [field] : []));
  if (fields.length === 0) return undefined;
  const id = pathValue(exchange, above.parameter);
  return ({ value }) => fields.some((field) => linkedId(value[field], above.resource) === id);
}

/** The id that a request names: in the path, else in the body. */
export function namedId(site: Site, exchange: Exchange): string | undefined {
  const { idParameter } = site.role;
  return idParameter === null ? idInBody(site, exchange) : pathValue(exchange, idParameter);
}

function idInBody({ role }: Site, exchange: Exchange): string | undefined {
  const written = taken(role, exchange.body);
  const id = isObject(written) ? written[role.resource.home.idField ?? 'id'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

/** The part of a request's body that holds the record. */
export function taken({ takenInside }: RestRole, body: unknown): unknown {
  return takenInside !== null && isObject(body) && Object.hasOwn(body, takenInside) ? body[takenInside] : body;
}

/** The refusal that says that there is no such record, and names one that there is. */
export function notFound(
  context: Context,
  resource: Resource,
  id: string | undefined,
  scope: readonly string[],
  where?: (item: Item) => boolean,
): Refusal {
  const other = context.store.page(resource, { scope, ...(where && { where }) }, { limit: 1 }).items[0]?.id;
  const which =
    id === undefined || id === '' ? `There is no ${resource.name}` : `There is no ${resource.name} ${shortened(id)}`;
  const message =
    other === undefined ? `${which}, nor any other.` : `${which}. There is one with the id ${shortened(other)}.`;
  return { status: 404, code: 'not_found', message };
}

/** What callers sent, short enough to be repeated to them. */
export function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
