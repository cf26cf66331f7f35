import { createHash } from 'node:crypto';
import { idempotencyHeader } from '../../conventions/openapi/idempotency.ts';
import type { Context } from '../context.ts';
import type { Answer, Exchange, Stage } from './exchange.ts';
import { perRoute } from './per-route.ts';
import { refuse } from './refusal.ts';

/** For so many milliseconds an answer is kept. */
const kept = 24 * 60 * 60 * 1000;
/** So many answers are kept; the oldest go first. */
const mostKept = 10_000;
/** Answers are about as large as their requests: those of so many bytes are kept at most. */
const mostBytes = 50_000_000;
/** Callers make no longer keys. */
const longestKey = 255;

/** A request that came with a key, and what was answered. */
interface Entry {
  readonly fingerprint: string;
  readonly at: number;
  /** Of the request. */
  readonly bytes: number;
  /** Null while the first request is under way. */
  answer: Answer | null;
}

/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): a repeated request of the same caller is answered as the
 * first one was, and changes nothing; one that differs is refused with 422, one that comes while the first is under way with
 * 409. Of POST and PATCH, and wherever a header of that kind is declared. Answers with 5xx, and those to requests that were
 * refused before this stage, are not kept: the key may be used again.
 */
export function idempotencyStage(context: Context): Stage {
  const entries = new Map<string, Entry>();
  let bytes = 0;
  const claims = new WeakMap<Exchange, string>();
  const headerOf = perRoute(({ api, operation, method }) => {
    const declared = idempotencyHeader(api, operation)?.name.toLowerCase();
    return declared ?? (method === 'POST' || method === 'PATCH' ? 'idempotency-key' : null);
  });
  return {
    name: 'idempotency',
    before(exchange) {
      const name = exchange.route && context.settings.compat === null ? headerOf(exchange.route) : null;
      const key = name === null ? undefined : exchange.request.headers[name];
      if (typeof key !== 'string' || key === '' || exchange.method === 'GET' || exchange.method === 'HEAD')
        return undefined;
      if (key.length > longestKey)
        return refuse(exchange, {
          status: 400,
          code: 'invalid_idempotency_key',
          message: `An idempotency key has at most ${longestKey} characters.`,
        });
      const now = context.now();
      bytes = forget(entries, now, bytes);
      const id = JSON.stringify([exchange.caller?.key ?? null, key]);
      const fingerprint = fingerprintOf(exchange);
      const entry = entries.get(id);
      if (entry) return repeated(exchange, entry, fingerprint);
      const made: Entry = { fingerprint, at: now, bytes: id.length + (exchange.bytes?.length ?? 0), answer: null };
      entries.set(id, made);
      bytes += made.bytes;
      claims.set(exchange, id);
      // Who goes away before the answer leaves the key to the next.
      exchange.response.once('close', () => {
        if (made.answer === null && entries.get(id) === made && entries.delete(id)) bytes -= made.bytes;
      });
      return undefined;
    },
    after(exchange, answer) {
      const id = claims.get(exchange);
      const entry = id === undefined ? undefined : entries.get(id);
      if (id === undefined || !entry) return answer;
      claims.delete(exchange);
      if (answer.status >= 500 || (answer.body !== null && 'stream' in answer.body)) {
        entries.delete(id);
        bytes -= entry.bytes;
      } else entry.answer = answer;
      return answer;
    },
  };
}

function repeated(exchange: Exchange, { fingerprint, answer }: Entry, asked: string): Answer {
  if (fingerprint !== asked) {
    const message = 'This idempotency key came with another request before: take a new key for a new request.';
    return refuse(exchange, { status: 422, code: 'idempotency_key_reused', message });
  }
  if (answer === null) {
    const message = 'The first request with this idempotency key is still under way.';
    return refuse(exchange, { status: 409, code: 'idempotency_key_in_use', message, headers: { 'retry-after': '1' } });
  }
  return { ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } };
}

/** What makes a request the same: method, path, query and body. */
function fingerprintOf({ method, path, query, bytes, mediaType }: Exchange): string {
  const hash = createHash('sha256').update(JSON.stringify([method, path, query, mediaType]));
  if (bytes) hash.update(bytes);
  return hash.digest('base64');
}

/**
 * Lets go of the entries that are too old or too many: they stand in the order in which they came.
 * @param bytes of all @returns how many are left
 */
function forget(entries: Map<string, Entry>, now: number, bytes: number): number {
  let left = bytes;
  for (const [id, entry] of entries) {
    if (entry.at + kept > now && entries.size < mostKept && left <= mostBytes) break;
    entries.delete(id);
    left -= entry.bytes;
  }
  return left;
}
