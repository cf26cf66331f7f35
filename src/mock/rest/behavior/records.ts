/** Reading, making and taking away single records. */
import { effectiveTypes, operations, propertiesOf } from '../../../languages/openapi/select.ts';
import { split } from '../../../words/split.ts';
import type { Json } from '../../json.ts';
import type { Item } from '../../store/store.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { refuse } from '../refusal.ts';
import { asWished, conflictAnswer, shower, urlFinder } from './answers.ts';
import { declaresExactly, successOf, successWith } from './declared.ts';
import { formsOf, newRecord, replacement } from './drafts.ts';
import { addressed, belowParent, missingParent, namedId, notFound, type Site, scopeOf } from './places.ts';

/** What gives an operation's answer; undefined where it is none of a record's. */
export type Answers = (exchange: Exchange) => Answer | undefined;

/** Shows the record that the request addresses. */
export function getAnswers(site: Site): Answers {
  const show = shower(site, successOf(site.route.api, site.route.operation, [200]));
  return (exchange) => {
    const item = addressed(site, exchange);
    return item ? show(item) : missing(site, exchange);
  };
}

/** The refusal of a request for a record that there is not: its parent's, where that is missing already. */
export function missing(site: Site, exchange: Exchange): Answer {
  const refusal = missingParent(site, exchange);
  const { context, role } = site;
  if (refusal) return refuse(exchange, refusal);
  const [id, scope, isBelow] = [namedId(site, exchange), scopeOf(site, exchange), belowParent(site, exchange)];
  return refuse(exchange, notFound(context, role.resource, id, scope, isBelow));
}

/**
 * Makes a record.
 * @param begin what is done with one that was made, before it is shown
 */
export function createAnswers(site: Site, begin: (item: Item) => Item = (item) => item): Answers {
  const { route } = site;
  const success = successOf(route.api, route.operation, [201, 200, 202]);
  const forms = formsOf(site, success);
  const show = shower(site, success);
  const urlOf = urlFinder(site);
  return (exchange) => {
    const refusal = missingParent(site, exchange);
    if (refusal) return refuse(exchange, refusal);
    const { context, role } = site;
    const id = role.idParameter === null ? undefined : namedId(site, exchange);
    const value = newRecord(site, forms, exchange, exchange.body, id);
    try {
      const item = begin(context.store.create(role.resource, value, { scope: scopeOf(site, exchange) }));
      const location = success.status === 200 ? {} : { location: urlOf(exchange, item) };
      return asWished(exchange, show(item, location));
    } catch (error) {
      return conflictAnswer(exchange, error);
    }
  };
}

/** Puts a record in another one's place, or where there was none, if the operation declares 201. */
export function replaceAnswers(site: Site): Answers {
  const { route, context, role } = site;
  const { api, operation } = route;
  const success = successOf(api, operation, [200, 204]);
  const forms = formsOf(site, success);
  const show = shower(site, success);
  const creates = declaresExactly(api, operation, 201);
  const made = (creates ? successWith(api, operation, 201) : undefined) ?? success;
  const madeForms = formsOf(site, made);
  const showMade = shower(site, made);
  const urlOf = urlFinder(site);
  return (exchange) => {
    const item = addressed(site, exchange);
    const scope = scopeOf(site, exchange);
    try {
      if (item) {
        const value = replacement(site, forms, exchange, item.value);
        return asWished(exchange, show(context.store.replace(item, role.resource, value)));
      }
      const id = namedId(site, exchange);
      if (!creates || id === undefined || missingParent(site, exchange)) return missing(site, exchange);
      const value = newRecord(site, madeForms, exchange, exchange.body, id);
      const created = context.store.create(role.resource, value, { scope });
      return asWished(exchange, showMade(created, { location: urlOf(exchange, created) }));
    } catch (error) {
      return conflictAnswer(exchange, error);
    }
  };
}

/** Takes a record away; of a whole collection, all that it has. */
export function deleteAnswers(site: Site): Answers {
  const { route, context, role } = site;
  const { api, operation } = route;
  const success = successOf(api, operation, [204, 200, 202]);
  const show = shower(site, success, () => deletionFields(site, success.schema));
  const isCollection = role.idParameter === null && listsHere(site);
  return (exchange) => {
    if (isCollection && namedId(site, exchange) === undefined) return deleteAll(site, exchange, success.status);
    const item = addressed(site, exchange);
    if (!item) return missing(site, exchange);
    try {
      context.store.delete(item, role.resource);
    } catch (error) {
      return conflictAnswer(exchange, error);
    }
    const { status, body } = show(item);
    return { status, headers: {}, body };
  };
}

/** What answers to a deletion say besides the record: `deleted: true`. */
function deletionFields(
  { route: { api } }: Site,
  schema: Parameters<typeof propertiesOf>[1] | null,
): Record<string, Json> {
  const fields: Record<string, Json> = {};
  if (!schema) return fields;
  for (const [name, property] of propertiesOf(api, schema)) {
    const text = split(name).join(' ');
    const isYes = /^(?:is )?(?:deleted|removed|success|successful|ok|acknowledged|archived)$/.test(text);
    if (isYes && effectiveTypes(api, property).includes('boolean')) fields[name] = true;
  }
  return fields;
}

function listsHere({ context, route }: Site): boolean {
  return operations(route.api).some(
    (other) => other.path === route.template && context.roles.rest.get(other)?.kind === 'list',
  );
}

function deleteAll(site: Site, exchange: Exchange, status: number): Answer {
  const refusal = missingParent(site, exchange);
  if (refusal) return refuse(exchange, refusal);
  const { context, role } = site;
  const scope = scopeOf(site, exchange);
  const { store } = context;
  for (const item of store.page(role.resource, { scope }, { limit: Number.MAX_SAFE_INTEGER }).items) {
    // Records may lie below others of their kind, which take them along.
    if (store.get(role.resource, item.id, item.scope)) store.delete(item, role.resource);
  }
  return { status: status === 200 ? 204 : status, headers: {}, body: null };
}
