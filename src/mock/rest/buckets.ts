import type { Context } from '../context.ts';
import type { MockSettings } from '../settings.ts';
import type { Headers, Refusal } from './exchange.ts';

type Rate = NonNullable<MockSettings['rateLimit']>;

/** More callers than this are not told apart at once: whoever was away longest is forgotten. */
const mostBuckets = 10_000;

/** What a caller has left, as of some moment. */
interface Bucket {
  tokens: number;
  at: number;
}

/** How full a bucket is, for headers. */
export interface Level {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds since 1970 at which it is full again. */
  readonly full: number;
  readonly now: number;
  readonly window: number;
}

/** The token buckets of all callers of a mock, by whichever protocol they come; null where nobody is limited. */
export function bucketsOf(context: Context): Buckets | null {
  const { rateLimit } = context.settings;
  if (!rateLimit) return null;
  let known = bucketsByContext.get(context);
  if (!known) {
    known = new Buckets(rateLimit);
    bucketsByContext.set(context, known);
  }
  return known;
}

const bucketsByContext = new WeakMap<Context, Buckets>();

/** A token bucket for each caller: full at first, refilled evenly, one token a request. Times are in milliseconds since 1970. */
export class Buckets {
  readonly #rate: Rate;
  readonly #known = new Map<string, Bucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  /** Takes a token for a request. @returns what its caller is refused with where none is left */
  take(key: string, now: number): Refusal | null {
    const { requests, window } = this.#rate;
    const bucket = this.#bucketOf(key, now);
    if (bucket.tokens + 1e-9 >= 1) {
      bucket.tokens = Math.max(0, bucket.tokens - 1);
      return null;
    }
    const wait = Math.max(1, Math.ceil(((1 - bucket.tokens) * window) / requests / 1000));
    return {
      status: 429,
      code: 'rate_limited',
      message: `Only ${requests} requests are let in per ${inWords(window)}. Try again in ${wait} ${wait === 1 ? 'second' : 'seconds'}.`,
      headers: { 'retry-after': String(wait) },
    };
  }

  level(key: string, now: number): Level {
    const { requests, window } = this.#rate;
    const { tokens, at } = this.#bucketOf(key, now);
    const full = at + ((requests - tokens) * window) / requests;
    return { limit: requests, remaining: Math.floor(tokens + 1e-9), full, now: at, window };
  }

  clear(): void {
    this.#known.clear();
  }

  #bucketOf(key: string, now: number): Bucket {
    const { requests, window } = this.#rate;
    const known = this.#known.get(key);
    if (known) {
      // Clocks may be set back: nothing is taken away for that.
      const refill = (Math.max(0, now - known.at) * requests) / window;
      known.tokens = Math.min(requests, known.tokens + refill);
      known.at = now;
      this.#known.delete(key);
      this.#known.set(key, known);
      return known;
    }
    if (this.#known.size >= mostBuckets) this.#known.delete(this.#known.keys().next().value!);
    const bucket = { tokens: requests, at: now };
    this.#known.set(key, bucket);
    return bucket;
  }
}

/** What every answer tells of its caller's bucket; the reset in seconds since 1970. */
export function levelHeaders({ limit, remaining, full }: Level): Headers {
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(Math.ceil(full / 1000)),
  };
}

function inWords(window: number): string {
  for (const [name, size] of Object.entries({ day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 })) {
    if (window === size) return name;
    if (window % size === 0) return `${window / size} ${name}s`;
  }
  return `${window} ms`;
}
