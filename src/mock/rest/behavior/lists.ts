/** Lists: a page of the records that a request asks for, in the envelope that the document declares. */
import { effectiveTypes, keyword, propertiesOf } from '../../../languages/openapi/select.ts';
import type { SchemaAt } from '../../../languages/openapi/values.ts';
import { isObject, type Json } from '../../json.ts';
import { Random } from '../../random.ts';
import { completeValue } from '../../sample/sample.ts';
import type { Query } from '../../store/store.ts';
import type { Answer, Exchange } from '../exchange.ts';
import { refuse } from '../refusal.ts';
import { itemsSchema, propertyAlong, successOf } from './declared.ts';
import { listTag } from './entity-tags.ts';
import { envelopeOf, filled, headerFill } from './envelope.ts';
import { type Filter, filtersOf } from './filters.ts';
import { type Lead, leadOf } from './lead.ts';
import { pagerOf } from './paging.ts';
import { belowParent, missingParent, type Site, scopeOf } from './places.ts';
import { presenter } from './present.ts';
import { type Sorting, sortingOf } from './sorting.ts';

/** Answers with a page. */
export function listAnswers(site: Site): (exchange: Exchange) => Answer {
  const { context, route, role } = site;
  const { api, operation } = route;
  const { resource, inside } = role;
  const success = successOf(api, operation, [200]);
  const array = propertyAlong(api, success.schema, inside);
  const present = presenter(context, api, resource, itemsSchema(api, array) ?? null);
  const pager = pagerOf(site, array);
  const sorting = sortingOf(api, operation, resource);
  const filters = filtersOf(api, operation, resource, new Set([...pager.names, ...sorting.names]));
  const levels = inside.map((name, depth) => {
    const schema = propertyAlong(api, success.schema, inside.slice(0, depth)) ?? null;
    return { name, envelope: envelopeOf(api, schema, name), frame: frameOf(site, schema, name) };
  });
  const isLinked =
    success.headers.some(({ name }) => /^link$/i.test(name)) || !levels.some(({ envelope }) => envelope.leadsOn);
  const told = success.headers.flatMap(({ name }) => {
    const fill = headerFill(name);
    return fill ? [{ name: name.toLowerCase(), fill }] : [];
  });

  return (exchange) => {
    const refusal = missingParent(site, exchange);
    if (refusal) return refuse(exchange, refusal);
    const query = queryOf({ filters, sorting, site }, exchange);
    const asked = pager.read(query, exchange);
    if ('status' in asked) return refuse(exchange, asked);
    const items = asked.page.items.map(present);
    const lead = leadOf(pager, asked, exchange);
    const headers: Record<string, string> = { etag: listTag(context.store, resource, exchange) };
    if (isLinked && pager.start) {
      const link = linkHeader(lead);
      if (link !== '') headers['link'] = link;
    }
    for (const { name, fill } of told) {
      const value = fill(lead);
      if (value !== undefined) headers[name] = String(value);
    }
    const value = levels.reduceRight<Json>(
      (held, { name, envelope, frame }) => ({ ...frame(held), ...filled(envelope.fills, lead), [name]: held }),
      items,
    );
    return { status: success.status, headers, body: success.hasBody ? bodyOf(value, success.schema) : null };
  };
}

function bodyOf(value: unknown, schema: SchemaAt | null): Answer['body'] {
  return schema ? { value, schema } : { value };
}

/** What a request asks for, as a query of the store. */
function queryOf(
  { filters, sorting, site }: { filters: readonly Filter[]; sorting: Sorting; site: Site },
  exchange: Exchange,
): Query {
  const sent = exchange.parameters.query;
  const active: (readonly [string, unknown])[] = [];
  const tests = filters.flatMap(({ parameter, predicate }) => {
    const value = sent[parameter];
    const test = value === undefined ? undefined : predicate(value);
    if (!test) return [];
    active.push([parameter, value]);
    return [test];
  });
  const isBelow = belowParent(site, exchange);
  if (isBelow) {
    tests.push(isBelow);
    active.push(['', exchange.parameters.path]);
  }
  const scope = scopeOf(site, exchange);
  const sort = sorting.keys(sent);
  return {
    scope,
    ...(sort && { sort }),
    ...(tests.length > 0 && { where: (item) => tests.every((test) => test(item)), filter: JSON.stringify(active) }),
  };
}

/**
 * What an envelope holds besides the list and what tells of pages: only what is required, or can be one thing alone. Made up
 * once, when it is first needed.
 */
function frameOf(
  { context, route, role }: Site,
  schema: SchemaAt | null,
  inside: string,
): (held: Json) => { readonly [name: string]: Json } {
  const { resource } = role;
  const { api } = route;
  let frame: { readonly [name: string]: Json } | undefined;
  return (held) => {
    if (frame) return frame;
    if (!schema) return {};
    const random = new Random(context.settings.seed, route.method, route.template);
    const sampling = { api, direction: 'response', random, examples: true, called: [resource.name] } as const;
    const shown = { [inside]: Array.isArray(held) ? held.slice(0, 1) : held };
    const whole = completeValue(schema, shown, sampling) as Json;
    const properties = propertiesOf(api, schema);
    const kept = isObject(whole) ? Object.entries(whole).filter(([name]) => isKept(name)) : [];
    frame = Object.fromEntries(kept);
    return frame;

    function isKept(name: string): boolean {
      const property = properties.get(name);
      if (!property) return false;
      if (property.required) return true;
      const only = keyword(api, property, 'enum');
      const fixed = keyword(api, property, 'const') !== undefined || (Array.isArray(only) && only.length === 1);
      return fixed && !effectiveTypes(api, property).includes('object');
    }
  };
}

/** RFC 8288. */
function linkHeader({ next, previous, first, last }: Lead): string {
  const links = [
    ['first', previous ? first : null],
    ['prev', previous],
    ['next', next],
    ['last', next ? last : null],
  ] as const;
  return links.flatMap(([rel, link]) => (link ? [`<${link.url}>; rel="${rel}"`] : [])).join(', ');
}
