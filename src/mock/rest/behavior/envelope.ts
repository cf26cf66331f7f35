/** The fields of an answer that tell of pages, found by the words of their names: what each is to hold. */

import { judging } from '../../../languages/openapi/examples.ts';
import { asText } from '../../../languages/openapi/json.ts';
import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import { effectiveTypes, keyword, propertiesOf } from '../../../languages/openapi/select.ts';
import { mismatches, type SchemaAt } from '../../../languages/openapi/values.ts';
import { split } from '../../../words/split.ts';
import type { Json } from '../../json.ts';
import type { Lead, Link } from './lead.ts';

/** Gives the value of one field; undefined where it is better left out. */
export type Fill = (lead: Lead) => Json | undefined;

/** The fields of an envelope by name. */
export interface Envelope {
  readonly fills: ReadonlyMap<string, Fill>;
  /** Whether some field leads on: a next page, or whether there is one. */
  readonly leadsOn: boolean;
}

/**
 * What the fields of an envelope are to hold; without those that do not speak of pages.
 * @param schema of the body @param without the field that holds the list
 */
export function envelopeOf(api: OpenApi, schema: SchemaAt | null, without: string | null): Envelope {
  const found = schema ? fillsOf(api, schema, without, 'body', 0) : new Map<string, Fill>();
  const leadsOn = schema !== null && speaksOfNext(api, schema, without, 0);
  return { fills: found, leadsOn };
}

/** What of an envelope a field lies in. */
type Where = 'body' | 'pages' | 'links';

/** Envelopes nest no deeper than this. */
const deepest = 3;

function fillsOf(
  api: OpenApi,
  schema: SchemaAt,
  without: string | null,
  where: Where,
  depth: number,
): Map<string, Fill> {
  const properties = propertiesOf(api, schema);
  const all = new Set([...properties.keys()].map((name) => words(name)));
  const found = new Map<string, Fill>();
  for (const [name, property] of properties) {
    if (name === without) continue;
    const fill = fillOf(api, { name, schema: property, required: property.required, all, where }, depth);
    if (fill) found.set(name, fill);
  }
  return found;
}

interface Place {
  readonly name: string;
  readonly schema: SchemaAt;
  readonly required: boolean;
  /** The words of its neighbours. */
  readonly all: ReadonlySet<string>;
  readonly where: Where;
}

const words = (name: string): string => split(name).join(' ');

function fillOf(api: OpenApi, place: Place, depth: number): Fill | undefined {
  const types = effectiveTypes(api, place.schema);
  if (types.includes('array')) return undefined;
  const text = words(place.name);
  if (propertiesOf(api, place.schema).size > 0) return objectFill(api, place, text, depth);
  if (types.includes('object')) return undefined;
  const read = readerOf(api, place, text, types);
  if (!read) return undefined;
  const judged = judging(api, 'response');
  const isGood = (value: unknown): boolean => mismatches(value, place.schema, judged).length === 0;
  const isNullable = isGood(null);
  return (lead) => {
    const value = read(lead);
    if (value === undefined) return undefined;
    if (value === null) return isNullable ? null : place.required && isGood('') ? '' : undefined;
    if (isGood(value)) return value;
    const other = typeof value === 'number' ? String(value) : typeof value === 'string' ? Number(value) : value;
    return isGood(other) && !Number.isNaN(other) ? other : undefined;
  };
}

/** `meta`, `pagination`, `links`, and links that are objects: `next: { href }`. */
function objectFill(api: OpenApi, { schema, required, where }: Place, text: string, depth: number): Fill | undefined {
  if (depth >= deepest) return undefined;
  const link = linkOf(text);
  if (link && !(where === 'body' && link === selfLink)) return linkObject(api, schema, required, link);
  const isLinks = /\blinks?\b/.test(text);
  if (!isLinks && !holders.test(text)) return undefined;
  const inner = fillsOf(api, schema, null, isLinks || where === 'links' ? 'links' : 'pages', depth + 1);
  if (inner.size === 0) return undefined;
  return (lead) => filled(inner, lead);
}

/** What some fields hold for a page. */
export function filled(fills: ReadonlyMap<string, Fill>, lead: Lead): { [name: string]: Json } {
  const object: { [name: string]: Json } = {};
  for (const [name, fill] of fills) {
    const value = fill(lead);
    if (value !== undefined) object[name] = value;
  }
  return object;
}

const holders =
  /^(?:meta|metadata|meta data|page|pages|paging|pager|pagination|cursor|cursors|page (?:info|meta|metadata|data|details)|response metadata|result info|list info|summary|pagination .*|.* (?:pagination|paging|meta|metadata))$/;

function linkObject(api: OpenApi, schema: SchemaAt, required: boolean, link: (lead: Lead) => Link | null): Fill {
  const properties = propertiesOf(api, schema);
  const judged = judging(api, 'response');
  const isNullable = mismatches(null, schema, judged).length === 0;
  return (lead) => {
    const target = link(lead);
    if (!target) return isNullable ? null : required ? {} : undefined;
    const object: { [name: string]: Json } = {};
    for (const [name, property] of properties) {
      const text = words(name);
      const value = urlNames.test(text)
        ? target.url
        : text === 'path'
          ? pathOf(target.url)
          : /^(?:page|page number|number)$/.test(text)
            ? (target.number ?? target.token)
            : /\b(?:cursor|token|after|before|offset|start|id|key|starting after)\b/.test(text)
              ? target.token
              : undefined;
      if (value === undefined) continue;
      const fit = [value, String(value), Number(value)].find((one) => mismatches(one, property, judged).length === 0);
      if (fit !== undefined && !Number.isNaN(fit)) object[name] = fit;
    }
    return object;
  };
}

const urlNames = /\b(?:href|url|uri|link)$/;
const pathOf = (url: string): string => url.replace(/^[a-z]+:\/\/[^/]+/, '');

const selfLink = ({ self }: Lead): Link => ({ url: self, token: '', number: null, offset: null });

/** The page that words speak of. */
function linkOf(text: string): ((lead: Lead) => Link | null) | undefined {
  if (/^next\b|\bnext$|\bnext (?:page|cursor|token|marker|link|url|uri|href)\b/.test(text)) return ({ next }) => next;
  if (/^(?:prev|previous)\b|\b(?:prev|previous)$/.test(text)) return ({ previous }) => previous;
  if (/^first(?: page)?(?: (?:url|uri|link|href))?$/.test(text)) return ({ first }) => first;
  if (/^last(?: page)?(?: (?:url|uri|link|href))?$/.test(text)) return ({ last }) => last;
  return /^(?:self|current|this|href|self (?:link|url|uri|href))$/.test(text) ? selfLink : undefined;
}

function readerOf(api: OpenApi, place: Place, text: string, types: readonly string[]): Fill | undefined {
  if (types.includes('boolean')) return booleanReader(text);
  const numeric = types.includes('integer') || types.includes('number');
  const asNumber = numeric || !types.includes('string') ? numberReader(text, place) : undefined;
  if (numeric) return asNumber;
  return textReader(api, place, text) ?? numberReader(text, place) ?? asNumber;
}

function booleanReader(text: string): Fill | undefined {
  if (
    /^(?:has |is )?(?:more|next|more (?:items|results|pages|data|entries|records|rows)|next page|has (?:more|next).*|more available|has more.*|truncated)$/.test(
      text,
    )
  ) {
    return ({ hasNext }) => hasNext;
  }
  if (/^(?:has |is )?(?:prev|previous|previous page|prev page|less)$/.test(text))
    return ({ hasPrevious }) => hasPrevious;
  if (/^(?:is )?(?:the )?(?:last|last page|end|end of (?:list|results)|done|complete)$/.test(text))
    return ({ hasNext }) => !hasNext;
  if (/^(?:is )?(?:first|first page)$/.test(text)) return ({ hasPrevious }) => !hasPrevious;
  if (/^(?:is )?empty$/.test(text)) return ({ count }) => count === 0;
  return text === 'incomplete results' ? () => false : undefined;
}

function numberReader(text: string, { all, where }: Place): Fill | undefined {
  if (
    /^(?:total pages?|page count|pages|num(?:ber)?(?: of)? pages|pages count|pages total|total page|last page)$/.test(
      text,
    )
  ) {
    return text === 'last page' ? ({ pages, firstPage }) => pages - 1 + firstPage : ({ pages }) => pages;
  }
  if (/^(?:next page|next|next page number)$/.test(text)) return ({ next }) => next && (next.number ?? next.offset);
  if (/^(?:prev|previous)(?: page)?(?: number)?$/.test(text))
    return ({ previous }) => previous && (previous.number ?? previous.offset);
  if (/^next (?:offset|start|skip)$/.test(text)) return ({ next }) => (next ? next.offset : null);
  if (/^(?:prev|previous) (?:offset|start|skip)$/.test(text))
    return ({ previous }) => (previous ? previous.offset : null);
  if (/^(?:first page)$/.test(text)) return ({ firstPage }) => firstPage;
  if (/^(?:page|current page|page number|page no|page num|page index|current|number)$/.test(text)) {
    return text === 'number' && where === 'body' && !all.has('size') ? undefined : ({ number }) => number;
  }
  if (
    /^(?:per page|page size|limit|size|items per page|results per page|page limit|max results|take|page length)$/.test(
      text,
    )
  ) {
    return text === 'size' && !paged(all) ? ({ total }) => total : ({ limit }) => limit;
  }
  if (/^(?:offset|skip|start|start index|page offset|skipped|start at)$/.test(text)) return ({ offset }) => offset;
  if (text === 'from') return ({ offset, count }) => (count ? offset + 1 : null);
  if (text === 'to') return ({ offset, count }) => (count ? offset + count : null);
  const hasTotal = [...all].some((name) =>
    /^(?:grand )?total(?: (?:count|items|results|elements|records|size|number|hits|entries))?$/.test(name),
  );
  if (
    /^(?:count|number of elements|page items?|items? on page|num results|returned|results count|item count|items count|record count)$/.test(
      text,
    )
  ) {
    return hasTotal ? ({ count }) => count : ({ total }) => total;
  }
  if (
    /^(?:x )?(?:grand )?total(?: .*)?$|\b(?:total|total count)$|^(?:number|num) of (?:results|items|records|entries)$|^(?:hits|total)$|^num found$|^\w+ count$/.test(
      text,
    )
  ) {
    return ({ total }) => total;
  }
  return undefined;
}

/** Whether neighbours speak of pages. */
const paged = (all: ReadonlySet<string>): boolean =>
  [...all].some((name) => /\b(?:page|number|offset|limit|total pages)\b/.test(name));

function textReader(api: OpenApi, place: Place, text: string): Fill | undefined {
  const link = linkOf(text);
  if (link && !(place.where === 'body' && text === 'current')) {
    if (text === 'href' && place.where !== 'links' && place.where !== 'body') return undefined;
    const asUrl = place.where === 'links' ? !/\b(?:cursor|token|marker)\b/.test(text) : looksLikeUrl(api, place, text);
    return (lead) => {
      const target = link(lead);
      return target && (asUrl ? target.url : target.token);
    };
  }
  if (
    /^(?:end cursor|(?:page |continuation )?(?:cursor|token)|continuation|after|marker|bookmark|after cursor|cursor after|scroll id|page token|last evaluated key)$/.test(
      text,
    )
  ) {
    return ({ next }) => (next ? next.token : null);
  }
  if (/^(?:start cursor|before|before cursor|cursor before)$/.test(text)) {
    return text === 'start cursor'
      ? ({ firstCursor }) => firstCursor
      : ({ previous }) => (previous ? previous.token : null);
  }
  if (text === 'first id') return ({ firstId }) => firstId;
  if (text === 'last id') return ({ lastId }) => lastId;
  if (place.where === 'body' && (text === 'url' || text === 'path')) return ({ path }) => path;
  return undefined;
}

/** Whether a text is to be the whole address of a page rather than a cursor. */
function looksLikeUrl(api: OpenApi, { schema }: Place, text: string): boolean {
  if (urlNames.test(text) || text === 'self') return true;
  if (/\b(?:cursor|token|marker|offset|id|key)\b/.test(text)) return false;
  if (/^(?:uri|url|uri-reference|iri)$/.test(asText(keyword(api, schema, 'format') ?? ''))) return true;
  const example = asText(keyword(api, schema, 'example') ?? '');
  if (example !== '') return /^(?:https?:\/\/|\/|\?)/.test(example);
  return /\b(?:urls?|uris?|links?|hyperlink)\b/i.test(asText(keyword(api, schema, 'description') ?? ''));
}

function speaksOfNext(api: OpenApi, schema: SchemaAt, without: string | null, depth: number): boolean {
  if (depth > deepest) return false;
  for (const [name, property] of propertiesOf(api, schema)) {
    if (name === without) continue;
    const text = words(name);
    if (
      /^next\b|\bnext$|^(?:has |is )?more\b|^has (?:more|next)|^(?:end )?cursor$|continuation|^last(?: page)?$|^total pages$|^pages$|^after$|page token$/.test(
        text,
      )
    ) {
      const isHolder = propertiesOf(api, property).size > 0 && holders.test(text);
      if (!isHolder) return true;
    }
    if ((holders.test(text) || /\blinks?\b/.test(text)) && speaksOfNext(api, property, null, depth + 1)) return true;
  }
  return false;
}

/** What a response header tells of pages, by its name; undefined of others. */
export function headerFill(name: string): Fill | undefined {
  const text = words(name)
    .replace(/^x /, '')
    .replace(/^(?:pagination|paging) (?=\w)/, '');
  const count: ReadonlySet<string> = new Set(['total']);
  const place: Place = {
    name,
    schema: { value: {}, at: undefined as never },
    required: false,
    all: count,
    where: 'pages',
  };
  const asText =
    (fill: Fill): Fill =>
    (lead) => {
      const value = fill(lead);
      return value === undefined || value === null ? undefined : String(value);
    };
  if (/^(?:next|prev|previous) (?:cursor|page token|token)$|^cursor$/.test(text)) {
    const link = linkOf(text === 'cursor' ? 'next' : text)!;
    return asText((lead) => link(lead)?.token);
  }
  if (/^has (?:more|next)/.test(text)) return asText(({ hasNext }) => hasNext);
  if (!/\b(?:total|count|pages?|limit|offset)\b/.test(text) || /\brate\b|\bretry\b/.test(text)) return undefined;
  const fill = numberReader(text, place);
  return fill && asText(fill);
}
