import { dateExtensions, endOf, textsOf } from '../../conventions/openapi/deprecations.ts';
import { asString, get, isObject, type JsonObject } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { At } from '../../languages/openapi/references.ts';
import { type Operation, operations, parametersOf, responsesOf } from '../../languages/openapi/select.ts';
import { dayIn, replacementsIn } from '../../words/deprecations.ts';
import type { Context } from '../context.ts';
import type { Answer, Exchange, Headers, Route, Stage } from './exchange.ts';
import { perRoute } from './per-route.ts';
import { refuse } from './refusal.ts';

/**
 * Tells callers what is to go, and refuses what is gone. Operations that are deprecated answer with `Deprecation` (RFC 9745: `@` and
 * seconds since 1970), `Sunset` where the document names the day (RFC 8594: an HTTP-date), and `Link`s to what the document says
 * about it (`deprecation`, `sunset`) and to what comes instead (`successor-version`, RFC 5829). From the sunset on, by the mock's
 * clock, they answer 410, unless the request asks for a status by `Prefer: code=` or the settings ask for Prism's ways.
 *
 * Dates come from extensions such as `x-sunset` and `x-deprecated-at` of the operation, its path or the document, from declared
 * headers' examples, or from the description. Where none says since when, it is since the start of the mock's day, or half a
 * year before the sunset if that is earlier: RFC 9745 demands some date.
 *
 * Deprecated parameters have no field of their own in any RFC. A request that uses some is answered with
 * `X-Deprecated-Parameters: filter, sort`, so that tests can see it.
 */
export function lifecycleStage(context: Context): Stage {
  const today = Math.floor(context.now() / day) * day;
  const lifecycleFor = perRoute((route) => lifecycleOf(route, today));

  return {
    name: 'lifecycle',
    everywhere: true,
    before(exchange) {
      const lifecycle = exchange.route && lifecycleFor(exchange.route);
      if (!lifecycle || lifecycle.sunset === null || exchange.at < lifecycle.sunset) return undefined;
      if (exchange.wishes.code !== undefined || context.settings.compat === 'prism') return undefined;
      const successor = successorOf(exchange, lifecycle);
      return refuse(exchange, {
        status: 410,
        code: 'gone',
        message: `${exchange.route!.method} ${exchange.route!.template} was removed on ${dayOf(lifecycle.sunset)}${
          successor ? `: use ${successor} instead` : ''
        }.`,
        headers: headersOf(exchange, lifecycle),
      });
    },
    after(exchange, answer) {
      const lifecycle = exchange.route && lifecycleFor(exchange.route);
      if (!lifecycle) return answer;
      const used = usedOf(exchange, lifecycle);
      const told = 'deprecation' in answer.headers || 'sunset' in answer.headers;
      if (context.settings.compat === 'prism') return told || lifecycle.deprecated === null ? answer : asPrism(answer);
      const headers: Headers = {
        ...(!told && headersOf(exchange, lifecycle, answer)),
        ...(used.length > 0 && { 'x-deprecated-parameters': used.join(', ') }),
      };
      return { ...answer, headers: { ...answer.headers, ...headers } };
    },
  };
}

/** Prism says that it is deprecated, and no more. */
const asPrism = (answer: Answer): Answer => ({ ...answer, headers: { ...answer.headers, deprecation: 'true' } });

const day = 86_400_000;

/** What is known of an operation's end. */
interface Lifecycle {
  /** Milliseconds since 1970; null: it is not deprecated, only dated. */
  readonly deprecated: number | null;
  /** Milliseconds since 1970 from which on it is gone. */
  readonly sunset: number | null;
  /** Links whose targets stand in the document, as fields have them: `<https://…>; rel="sunset"`. */
  readonly links: readonly string[];
  /** What comes instead: a URL, or the template of a path of this document. */
  readonly successor: { readonly url: string } | { readonly template: string } | null;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
}

function lifecycleOf({ api, operation }: Route, today: number): Lifecycle | null {
  const holders: At<JsonObject>[] = [operation, operation.pathItem, infoOf(api), api.root];
  const parameters = parametersOf(api, operation)
    .filter(({ value }) => value['deprecated'] === true || value['x-deprecated'] === true)
    .map(({ name, in: place }) => ({ name, in: place }));
  const isDeprecated = holders.some(({ value }) => value['deprecated'] === true || isMark(value['x-deprecated']));
  const sunset = sunsetOf(api, operation, holders, isDeprecated);
  if (!isDeprecated && sunset === null) {
    return parameters.length ? { deprecated: null, sunset, links: [], successor: null, parameters } : null;
  }
  const since = isDeprecated ? (sinceOf(api, operation, holders) ?? assumedSince(today, sunset)) : null;
  return {
    // RFC 9745, section 4: the sunset is not before the deprecation.
    deprecated: since !== null && sunset !== null ? Math.min(since, sunset) : since,
    sunset,
    links: linksOf(operation, holders),
    successor: successorIn(api, operation, holders),
    parameters,
  };
}

function infoOf(api: OpenApi): At<JsonObject> {
  const info = api.root.value['info'];
  return { value: isObject(info) ? info : {}, at: api.root.at.child('info') };
}

/** `x-deprecated: true`, and `x-deprecated: { … }` or a text that says why. */
function isMark(value: unknown): boolean {
  return value === true || isObject(value) || (typeof value === 'string' && value !== '' && value !== 'false');
}

function assumedSince(today: number, sunset: number | null): number {
  return sunset === null ? today : Math.min(today, sunset - 182 * day);
}

// Dates.

/** When an operation is gone, in milliseconds since 1970. */
function sunsetOf(
  api: OpenApi,
  operation: Operation,
  holders: readonly At<JsonObject>[],
  isDeprecated: boolean,
): number | null {
  for (const { value } of holders) {
    const found =
      firstTime([value['x-sunset'], value['sunset']]) ??
      firstTime(detailsOf(value).flatMap((details) => endNames.map((name) => details[name])));
    if (found !== null) return found;
  }
  for (const holder of holders) {
    const end = dateExtensions(holder).find(({ at }) => /sunset|removal|eol|retirement|end-?of/i.test(String(at.key)));
    const found = end ? timeIn(end.value) : null;
    if (found !== null) return found;
  }
  if (!isDeprecated) return null;
  const shown = headerExample(api, operation, 'sunset');
  if (shown !== null) return shown;
  const end = endOf(api, { ...operation, title: operation.name, operation });
  return end ? timeIn(end.day) : null;
}

const endNames = ['sunset', 'sunset_at', 'sunsetDate', 'sunset-date', 'removal', 'removalDate', 'removed', 'eol'];
const startNames = ['date', 'since', 'from', 'at', 'deprecated_at', 'deprecatedAt', 'deprecated'];

/** Since when it is deprecated, in milliseconds since 1970. */
function sinceOf(api: OpenApi, operation: Operation, holders: readonly At<JsonObject>[]): number | null {
  for (const { value } of holders) {
    const found = firstTime([
      ...[value['x-deprecated-at'], value['x-deprecated-since'], value['x-deprecation-date'], value['x-deprecation']],
      ...detailsOf(value).flatMap((details) => startNames.map((name) => details[name])),
    ]);
    if (found !== null) return found;
  }
  for (const holder of holders) {
    const start = dateExtensions(holder).find(({ at }) => /deprecat/i.test(String(at.key)));
    const found = start ? timeIn(start.value) : null;
    if (found !== null) return found;
  }
  const shown = headerExample(api, operation, 'deprecation');
  if (shown !== null) return shown;
  for (const { value } of textsOf(api, { ...operation, title: operation.name, operation })) {
    const said = /\bdeprecated\b[^.\n]{0,20}\b(?:since|on|from|as of|in)\b[^.\n]{0,40}/i.exec(value);
    const found = said ? dayIn(said[0]) : undefined;
    if (found) return timeIn(found.day);
  }
  return null;
}

/** The extensions that hold several details in an object: `x-deprecation: { since, sunset, successor, link }`. */
function detailsOf(value: JsonObject): JsonObject[] {
  return [value['x-deprecation'], value['x-deprecated'], value['x-sunset'], value['x-lifecycle']].filter(isObject);
}

/** What a declared header shows by its example: `Sunset: Sat, 01 Jun 2030 00:00:00 GMT`, `Deprecation: @1717200000`. */
function headerExample(api: OpenApi, operation: Operation, name: string): number | null {
  for (const { headers } of responsesOf(api, operation)) {
    for (const header of headers) {
      if (header.name.toLowerCase() !== name) continue;
      const found = firstTime([header.value['example'], get(header.schema?.value, 'example')]);
      if (found !== null) return found;
    }
  }
  return null;
}

function firstTime(values: readonly unknown[]): number | null {
  for (const value of values) {
    const time = typeof value === 'string' ? timeIn(value) : null;
    if (time !== null) return time;
  }
  return null;
}

/** The moment that a text names: a date with a time, `@` and seconds, or the first instant of a day; in milliseconds since 1970. */
function timeIn(text: string): number | null {
  const seconds = /^@(\d{1,11})$/.exec(text.trim());
  if (seconds) return Number(seconds[1]) * 1000;
  if (/\d{2}:\d{2}/.test(text)) {
    const time = Date.parse(text);
    if (inRange(time)) return Math.floor(time / 1000) * 1000;
  }
  const found = dayIn(text)?.day ?? /\b20\d\d-(?:0\d|1[0-2])\b/.exec(text)?.[0];
  if (found === undefined) return null;
  const [year = 0, month = 1, date = 1] = found.split('-').map(Number);
  // A month without a day is read as its 31st: not all have one.
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  const time = Date.UTC(year, month - 1, Math.min(date, last));
  return inRange(time) ? time : null;
}

/** Years that an HTTP-date can say (RFC 9110, section 5.6.7). */
function inRange(time: number): boolean {
  return time >= 0 && time < Date.UTC(10_000, 0, 1);
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

// Links.

function linksOf(operation: Operation, holders: readonly At<JsonObject>[]): string[] {
  const links: string[] = [];
  const add = (relation: string, values: readonly unknown[]) => {
    const url = values.map(targetOf).find((target) => target !== null);
    if (url) links.push(`<${url}>; rel="${relation}"`);
  };
  const details = holders.flatMap(({ value }) => detailsOf(value));
  add('deprecation', [
    ...holders.map(({ value }) => value['x-deprecation-link'] ?? value['x-deprecation-url']),
    ...details.flatMap((detail) => [detail['link'], detail['url'], detail['policy'], detail['documentation']]),
    ...(operation.value['deprecated'] === true ? [get(operation.value['externalDocs'], 'url')] : []),
  ]);
  add(
    'sunset',
    holders.map(({ value }) => value['x-sunset-link'] ?? value['x-sunset-url'] ?? value['x-sunset-policy']),
  );
  return links;
}

/** A text as the target of a link, if it can be one: a URL or a path, with nothing in it that ends the field. */
function targetOf(value: unknown): string | null {
  const text = asString(value)?.trim() ?? '';
  return /^(?:https?:\/\/|\/)[!#-;=?-~]{1,2000}$/.test(text) && !/[{}<>"\\^`|]/.test(text) ? text : null;
}

const successorNames = ['x-successor', 'x-successor-version', 'x-replaced-by', 'x-replacement', 'x-replacedBy'];
const successorDetails = ['successor', 'replacement', 'replacedBy', 'replaced_by', 'replaced-by', 'use'];

/** What comes instead of an operation, as an extension or the description names it. */
function successorIn(api: OpenApi, operation: Operation, holders: readonly At<JsonObject>[]): Lifecycle['successor'] {
  const named = [
    ...holders.flatMap(({ value }) => successorNames.map((name) => value[name])),
    ...holders.flatMap(({ value }) => detailsOf(value).flatMap((one) => successorDetails.map((name) => one[name]))),
    ...textsOf(api, { ...operation, title: operation.name, operation }).flatMap(({ value }) => replacementsIn(value)),
  ];
  for (const name of named) {
    const text = asString(name)?.trim();
    if (!text) continue;
    if (/^https?:\/\//i.test(text)) {
      const url = targetOf(text);
      if (url) return { url };
      continue;
    }
    const path = text.replace(/^(?:GET|PUT|POST|DELETE|PATCH|HEAD)\s+/i, '');
    const found = operations(api).find(
      (other) => other.value !== operation.value && (other.path === path || other.value['operationId'] === text),
    );
    if (found) return { template: found.path };
    if (path.startsWith('/') && targetOf(path)) return { url: path };
  }
  return null;
}

/** Where the caller finds what comes instead, with its own path parameters; null where they do not fill the template. */
function successorOf(exchange: Exchange, { successor }: Lifecycle): string | null {
  if (!successor) return null;
  if ('url' in successor) return successor.url;
  let isFilled = true;
  const path = successor.template.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const value = Object.hasOwn(exchange.pathParameters, name) ? exchange.pathParameters[name] : undefined;
    if (value === undefined) isFilled = false;
    return encodeURIComponent(value ?? '');
  });
  return isFilled ? exchange.base + path : null;
}

/** The fields that tell of the end; of an answer with links of its own, beside those. */
function headersOf(exchange: Exchange, lifecycle: Lifecycle, answer?: Answer): Record<string, string | string[]> {
  const { deprecated, sunset, links } = lifecycle;
  const successor = successorOf(exchange, lifecycle);
  const all = [...links, ...(successor ? [`<${successor}>; rel="successor-version"`] : [])];
  const present = answer?.headers['link'];
  return {
    ...(deprecated !== null && { deprecation: `@${Math.floor(deprecated / 1000)}` }),
    ...(sunset !== null && { sunset: new Date(sunset).toUTCString() }),
    ...(all.length > 0 && { link: [present ?? [], all].flat() }),
  };
}

/** The deprecated parameters that a request makes use of. */
function usedOf({ request, query }: Exchange, { parameters }: Lifecycle): string[] {
  if (parameters.length === 0) return [];
  const names = parameters.some((parameter) => parameter.in === 'query') && query ? queryNames(query) : null;
  const cookies = request.headers.cookie;
  return parameters.flatMap(({ name, in: place }) => {
    if (place === 'query') return names?.has(name) ? [name] : [];
    if (place === 'header') return request.headers[name.toLowerCase()] === undefined ? [] : [name];
    if (place === 'cookie') return cookies?.split(/;\s*/).some((pair) => pair.startsWith(`${name}=`)) ? [name] : [];
    return [];
  });
}

/**
 * The names of the parameters in a query as sent, decoded; of `filter[status]=x` also `filter`, since styles put several values
 * below one name (OpenAPI's `deepObject`).
 */
function queryNames(query: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const name of new URLSearchParams(query).keys()) {
    names.add(name);
    const bracket = name.indexOf('[');
    if (bracket > 0) names.add(name.slice(0, bracket));
  }
  return names;
}
