import { judging } from '../../languages/openapi/examples.ts';
import { asText, entriesOf, get, itemsOf } from '../../languages/openapi/json.ts';
import { type Header, keyword } from '../../languages/openapi/select.ts';
import { mismatches } from '../../languages/openapi/values.ts';
import type { Random as RandomType } from '../random.ts';
import { Random } from '../random.ts';
import { sampleSchema } from '../sample/sample.ts';
import type { Headers, Route, Stage } from './exchange.ts';
import { responseFor } from './negotiation.ts';
import { perRoute } from './per-route.ts';

/**
 * Fills the response headers that the document declares for a status and that no stage has set: with their example, else a value
 * of their schema. Headers that would claim something untrue (a next page, an entity tag, a new cookie) come only from examples of
 * operations that answer with examples, never for records of the store.
 */
export function declaredHeadersStage(): Stage {
  return {
    name: 'declared headers',
    everywhere: true,
    after(exchange, answer) {
      if (!exchange.route) return answer;
      const declared = headersFor(exchange.route)(answer.status, exchange.context.settings.seed);
      if (declared === null) return answer;
      const isFromStore = exchange.context.roles.rest.has(exchange.route.operation);
      let headers: Record<string, string | readonly string[]> | undefined;
      for (const { name, value, claims } of declared) {
        if (name in answer.headers || (claims && isFromStore)) continue;
        headers ??= { ...answer.headers };
        headers[name] = value;
      }
      return headers ? { ...answer, headers: headers as Headers } : answer;
    },
  };
}

interface Declared {
  readonly name: string;
  readonly value: string;
  /** Whether it would be a lie unless a stage has worked it out. */
  readonly claims: boolean;
}

const headersFor = perRoute((route) => {
  const known = new Map<number, readonly Declared[] | null>();
  return (status: number, seed: number): readonly Declared[] | null => {
    let found = known.get(status);
    if (found === undefined) {
      const response = responseFor(route, status);
      found = (response?.headers ?? []).flatMap((header) => declaredOf(route, header, seed));
      // What was chosen by the caller's liking, others may like otherwise (RFC 9110, section 12.5.5).
      if (response && response.media.length > 1) found = [...found, { name: 'vary', value: 'Accept', claims: false }];
      if (found.length === 0) found = null;
      known.set(status, found);
    }
    return found;
  };
});

/** What the server alone may say, or other stages have to. */
const never =
  /^(?:content-(?:type|length|encoding)|transfer-encoding|connection|keep-alive|date|upgrade|trailer|access-control-.*|x-request-id|vary|allow|www-authenticate)$/;
const claiming =
  /^(?:link|etag|last-modified|location|content-location|set-cookie|retry-after|deprecation|sunset|age|idempotent-replayed|preference-applied|content-range)$/;

function declaredOf(route: Route, header: Header, seed: number): Declared[] {
  const name = header.name.toLowerCase();
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || never.test(name)) return [];
  const value = headerValue(route, header, new Random('header', seed, route.operation.name, name));
  return value === undefined ? [] : [{ name, value, claims: claiming.test(name) }];
}

function headerValue({ api }: Route, header: Header, random: RandomType): string | undefined {
  const { schema, value } = header;
  const shown = [
    get(value, 'example'),
    ...entriesOf(get(value, 'examples')).map(([name, entry]) =>
      get(api.resolve({ value: entry, at: header.at.child('examples').child(name) })?.value, 'value'),
    ),
    ...(schema
      ? [keyword(api, schema, 'example'), itemsOf(keyword(api, schema, 'examples'))[0], keyword(api, schema, 'default')]
      : []),
  ].filter((example) => example !== undefined && example !== null);
  const fitting = shown.find(
    (example) => !schema || mismatches(example, schema, judging(api, 'response')).length === 0,
  );
  if (fitting !== undefined) return inHeader(fitting);
  if (shown.length > 0 && typeof shown[0] === 'string') return shown[0];
  if (!schema) return undefined;
  const called = [header.name];
  return inHeader(sampleSchema(schema, { api, direction: 'response', random, examples: true, called }));
}

/** `simple` style (OpenAPI, "Style Values"). */
function inHeader(value: unknown): string {
  if (Array.isArray(value)) return value.map(asText).join(',');
  if (value === null || typeof value !== 'object') return asText(value);
  return Object.entries(value)
    .flatMap(([name, part]) => [name, asText(part)])
    .join(',');
}
