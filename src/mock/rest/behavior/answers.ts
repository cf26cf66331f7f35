/** The answers of operations that show one record. */
import { operations } from '../../../languages/openapi/select.ts';
import type { Json } from '../../json.ts';
import type { RestRole } from '../../resources/roles.ts';
import { Conflict, type Item } from '../../store/store.ts';
import type { Answer, Exchange, Headers } from '../exchange.ts';
import { refuse } from '../refusal.ts';
import { propertyAlong, type Success } from './declared.ts';
import { stateHeaders } from './entity-tags.ts';
import { pathValue, type Site } from './places.ts';
import { fitter, presenter } from './present.ts';

/** Shows a record as a declared success has it. */
export type Show = (item: Item, headers?: Headers) => Answer;

/**
 * What shows records by a declared success, with the headers that tell their state.
 * @param adds further fields that the answer has, when its schema has a place for them
 */
export function shower(site: Site, success: Success, adds?: (item: Item) => Readonly<Record<string, Json>>): Show {
  const { context, route, role } = site;
  const { inside, resource } = role;
  const { schema } = success;
  const inner = propertyAlong(route.api, schema, inside) ?? null;
  const present = presenter(context, route.api, resource, inner);
  const whole = schema && inside.length > 0 ? fitter(context, route.api, schema, resource) : null;
  const fitted = schema && adds ? fitter(context, route.api, schema, resource) : null;
  const shown = new WeakMap<Item, Json>();
  const shownAs = (item: Item): Json => {
    if (adds && fitted) return fitted({ ...item.value, ...adds(item) }, item.id);
    if (inside.length === 0) return present(item);
    let value = shown.get(item);
    if (value === undefined) {
      const bare = inside.reduceRight<Json>((value, name) => ({ [name]: value }), present(item));
      value = whole ? whole(bare, item.id) : bare;
      shown.set(item, value);
    }
    return value;
  };
  return (item, headers) => {
    const own = { ...stateHeaders(item), ...headers };
    if (!success.hasBody) return { status: success.status, headers: own, body: null };
    const value = shownAs(item);
    return { status: success.status, headers: own, body: schema ? { value, schema } : { value } };
  };
}

/** An answer without what it would show, where the caller wants it so (RFC 7240, section 4.2). */
export function asWished(exchange: Exchange, answer: Answer): Answer {
  if (exchange.wishes.return !== 'minimal' || answer.body === null || answer.status >= 300) return answer;
  const status = answer.status === 200 ? 204 : answer.status;
  return { ...answer, status, body: null };
}

/**
 * The absolute URL of a record: by the operation that gets it, else below the path of the request.
 */
export function urlFinder(site: Site): (exchange: Exchange, item: Item) => string {
  const { role, route, context } = site;
  let target: { readonly template: string; readonly role: RestRole } | null | undefined;
  return (exchange, item) => {
    target ??= itemRoute();
    if (target) return exchange.base + addressOf(target.template, target.role, item, exchange);
    const here = new URL(exchange.base).origin + exchange.path;
    return role.idParameter === null ? `${here.replace(/\/$/, '')}/${encodeURIComponent(item.id)}` : here;
  };

  function itemRoute(): { template: string; role: RestRole } | null {
    const found = operations(route.api).flatMap((operation) => {
      const other = context.roles.rest.get(operation);
      if (!other || other.resource !== role.resource || other.idParameter === null) return [];
      if (!['get', 'replace', 'update', 'delete'].includes(other.kind)) return [];
      if (other.scopeParameters.length > role.scopeParameters.length) return [];
      const below =
        operation.path.startsWith(`${route.template.replace(/\/$/, '')}/{`) || operation.path === route.template;
      const rank = (other.kind === 'get' ? 0 : 1) + (below ? 0 : 2);
      return [{ template: operation.path, role: other, rank }];
    });
    return found.sort((a, b) => a.rank - b.rank)[0] ?? null;
  }
}

function addressOf(template: string, role: RestRole, item: Item, exchange: Exchange): string {
  return template.replace(/\{([^{}]*)\}/g, (_, name: string) => {
    if (name === role.idParameter) return encodeURIComponent(item.id);
    const at = role.scopeParameters.indexOf(name);
    return encodeURIComponent(item.scope[at] ?? pathValue(exchange, name));
  });
}

/** What a store says no to, as an answer. */
export function conflictAnswer(exchange: Exchange, error: unknown): Answer {
  if (!(error instanceof Conflict)) throw error;
  const status = error.reason === 'exists' ? 409 : 404;
  const message = /[.!?]$/.test(error.message) ? error.message : `${error.message}.`;
  return refuse(exchange, { status, code: status === 409 ? 'conflict' : 'not_found', message });
}
