import { asString, get } from '../../languages/openapi/json.ts';
import { type Header, responsesOf } from '../../languages/openapi/select.ts';
import type { Context } from '../context.ts';
import type { MockSettings } from '../settings.ts';
import { type Buckets, bucketsOf, type Level, levelHeaders } from './buckets.ts';
import type { Answer, Exchange, Headers, Route, Stage } from './exchange.ts';
import { perRoute } from './per-route.ts';
import { refuse } from './refusal.ts';

type Rate = NonNullable<MockSettings['rateLimit']>;

/**
 * Limits how often callers come, by a token bucket for each: full at first, refilled evenly, one token a request. Every answer tells
 * how full it is in `X-RateLimit-Limit`, `-Remaining` and `-Reset` (seconds since 1970, when it is full again), and in the fields
 * that the operation declares, such as `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers). A caller whose
 * bucket is empty gets 429 with `Retry-After` (RFC 6585, section 4; RFC 9110, section 10.2.3).
 *
 * Without `settings.rateLimit` nobody is limited, and answers that declare such fields tell of a budget that is never used up.
 */
export function limitsStage(context: Context): Stage {
  const buckets = bucketsOf(context);
  return buckets ? limiting(buckets) : telling();
}

/**
 * Reads how many requests are let in and how often: `100/m`, `10/s`, `1000/h`, `5000/d`, `20/15s`.
 * @returns the requests and the milliseconds of the window; null when the text says something else
 */
export function parseRate(text: string): Rate | null {
  const found = /^\s*(\d{1,9})\s*\/\s*(\d{1,6})?\s*(ms|s|sec|second|m|min|minute|h|hour|d|day)s?\s*$/i.exec(text);
  if (!found) return null;
  const requests = Number(found[1]);
  const window = Number(found[2] ?? 1) * milliseconds[found[3]!.toLowerCase()]!;
  return requests > 0 && window > 0 ? { requests, window } : null;
}

const milliseconds: Readonly<Record<string, number>> = {
  ms: 1,
  ...{ s: 1000, sec: 1000, second: 1000 },
  ...{ m: 60_000, min: 60_000, minute: 60_000 },
  ...{ h: 3_600_000, hour: 3_600_000 },
  ...{ d: 86_400_000, day: 86_400_000 },
};

function limiting(buckets: Buckets): Stage {
  const declared = perRoute((route) => declaredFields(route));
  return {
    name: 'limits',
    everywhere: true,
    before(exchange) {
      const refusal = buckets.take(keyOf(exchange), exchange.at);
      return refusal ? refuse(exchange, refusal) : undefined;
    },
    after(exchange, answer) {
      // Refused before anybody looked who calls: whose bucket to tell of is not known.
      const { caller, request } = exchange;
      if (!caller && request.headers.authorization !== undefined && answer.status !== 401) return answer;
      const level = buckets.level(keyOf(exchange), exchange.at);
      const own = levelHeaders(level);
      const { route } = exchange;
      if (!route) return withHeaders(answer, own);
      return withHeaders(answer, { ...own, ...fill(declared(route), level, null) });
    },
    close: () => buckets.clear(),
  };
}

/** Only tells, and limits nobody: what is left is always one less than the limit. */
function telling(): Stage {
  const declared = perRoute(() => new Map<number, readonly Declared[]>());
  return {
    name: 'limits',
    everywhere: true,
    after(exchange, answer) {
      const { route } = exchange;
      if (!route) return answer;
      const byStatus = declared(route);
      let fields = byStatus.get(answer.status);
      if (!fields) {
        fields = declaredFields(route, answer.status);
        byStatus.set(answer.status, fields);
      }
      if (fields.length === 0) return answer;
      const limit = limitShown(fields) ?? 1000;
      const full = (Math.floor(exchange.at / hour) + 1) * hour;
      const level = { limit, remaining: Math.max(0, limit - 1), full, now: exchange.at, window: hour };
      return withHeaders(answer, fill(fields, level, answer.headers));
    },
  };
}

const hour = 3_600_000;

/** The caller, else the address that the request came from. */
function keyOf({ caller, request }: Exchange): string {
  return caller ? caller.key : `address:${request.socket.remoteAddress ?? ''}`;
}

function withHeaders(answer: Answer, headers: Headers): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

// Fields that documents declare.

/** A declared header that speaks of limits. */
interface Declared {
  /** In lower case. */
  readonly name: string;
  readonly says: 'limit' | 'remaining' | 'used' | 'epoch' | 'date' | 'seconds' | 'policy' | 'state' | 'window';
  /** The limit that its example or schema names. */
  readonly limit: number | null;
}

/** The limit headers that an operation declares, each once; with a status, those of the response that belongs to it. */
function declaredFields({ api, operation }: Route, status?: number): readonly Declared[] {
  const responses = responsesOf(api, operation);
  const codes = status === undefined ? [] : [String(status), `${String(status)[0]}XX`, 'DEFAULT'];
  const apt = codes.map((code) => responses.find((response) => response.code.toUpperCase() === code)).find(Boolean);
  const headers = (status === undefined ? responses : apt ? [apt] : []).flatMap((response) => response.headers);
  const found = new Map<string, Declared>();
  for (const header of headers) {
    const name = header.name.toLowerCase();
    const says = found.has(name) ? undefined : meaningOf(name, header);
    if (says) found.set(name, { name, says, limit: says === 'limit' ? shownNumber(header) : null });
  }
  return [...found.values()];
}

/** `X-RateLimit-Limit`, `RateLimit-Reset`, `X-Rate-Limit-Remaining`, `RateLimit-Policy`, `X-Rate-Limit` … */
function meaningOf(name: string, header: Header): Declared['says'] | undefined {
  const found = /^(x-)?rate-?limit(?:-(.+))?$/.exec(name);
  if (!found) return undefined;
  const [, prefix, part] = found;
  if (part === undefined) return prefix || isNumeric(header) ? 'limit' : 'state';
  switch (part) {
    case 'limit':
    case 'remaining':
    case 'used':
    case 'policy':
    case 'window':
      return part;
    case 'reset-after':
    case 'retry-after':
      return 'seconds';
    case 'reset':
      return resetOf(header, prefix !== undefined);
    default:
      return undefined;
  }
}

/** Whether a reset is a date, seconds since 1970 or seconds from now: as its schema and its description say, else by its prefix. */
function resetOf(header: Header, prefixed: boolean): 'epoch' | 'date' | 'seconds' {
  const format = asString(get(header.schema?.value, 'format'));
  if (format === 'date-time') return 'date';
  const text = asString(header.value['description']) ?? '';
  if (/\bepoch\b|\bunix\b|\b1970\b|\btimestamp\b/i.test(text)) return 'epoch';
  if (/\bseconds? (?:until|till|before|left|remaining|to wait)\b|\b(?:number of|in) seconds\b/i.test(text)) {
    return 'seconds';
  }
  return prefixed ? 'epoch' : 'seconds';
}

function isNumeric(header: Header): boolean {
  return /^(?:integer|number)$/.test(asString(get(header.schema?.value, 'type')) ?? '');
}

/** A number of 1 and more that the header's example, default or schema shows. */
function shownNumber(header: Header): number | null {
  const schema = header.schema?.value;
  const shown = [header.value['example'], get(schema, 'example'), get(schema, 'default'), get(schema, 'const')];
  const value = shown.find((one) => one !== undefined && one !== null && one !== '');
  const number = Number(value ?? Number.NaN);
  return Number.isSafeInteger(number) && number >= 1 ? number : null;
}

function limitShown(fields: readonly Declared[]): number | undefined {
  return fields.find(({ limit }) => limit !== null)?.limit ?? undefined;
}

/** The values of declared fields; those that an answer has already are left alone. */
function fill(fields: readonly Declared[], level: Level, present: Headers | null): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const { name, says } of fields) {
    if (present && name in present) continue;
    filled[name] = written(says, level);
  }
  return filled;
}

function written(says: Declared['says'], { limit, remaining, full, now, window }: Level): string {
  const left = Math.max(0, Math.ceil((full - now) / 1000));
  switch (says) {
    case 'limit':
      return String(limit);
    case 'remaining':
      return String(remaining);
    case 'used':
      return String(limit - remaining);
    case 'epoch':
      return String(Math.ceil(full / 1000));
    case 'date':
      return new Date(Math.ceil(full / 1000) * 1000).toISOString();
    case 'seconds':
      return String(left);
    case 'window':
      return String(Math.ceil(window / 1000));
    case 'policy':
      return `"default";q=${limit};w=${Math.ceil(window / 1000)}`;
    case 'state':
      return `"default";r=${remaining};t=${left}`;
  }
}
