import { createHmac, randomBytes } from 'node:crypto';
import type { Context } from '../../context.ts';
import { Random } from '../../random.ts';

/** What is to be sent to somebody who asked for it. */
export interface Message {
  readonly url: string;
  /** In upper case. */
  readonly method: string;
  /** What happened: `order.created`, or the name of a callback. */
  readonly event: string;
  readonly mediaType: string;
  readonly body: string;
  /** More fields, by name. */
  readonly headers: Readonly<Record<string, string>>;
  /** What it is signed with; null: the mock's own secret. */
  readonly secret: string | null;
}

/** A message and what became of it. */
export interface Delivery {
  readonly id: string;
  readonly url: string;
  readonly event: string;
  readonly body: string;
  /** Milliseconds since 1970, by the mock's clock. */
  readonly created: number;
  readonly state: 'pending' | 'delivered' | 'dead';
  readonly attempts: number;
  /** The status of the latest answer, or why there was none; null before the first. */
  readonly outcome: string | null;
}

/** What came of sending a message once. */
interface Outcome {
  readonly isTaken: boolean;
  /** The status, or why there was none. */
  readonly outcome: string;
}

type Mutable<T> = { -readonly [key in keyof T]: T[key] };

/** Messages that wait at most; what comes beyond is dead at once. */
const mostPending = 1000;
/** Deliveries that are remembered. */
const mostRemembered = 200;
const mostAtOnce = 8;
const retries = 3;
/** Milliseconds that a receiver has to answer. */
const patience = 10_000;
const firstBackoff = 1000;

/**
 * Sends webhooks and callbacks: signed, each at most four times. Any 2xx is a success; redirects are not followed. What fails is sent
 * again after one, two and four seconds, less up to a half by chance, then it is dead. Bounded: so many wait, so many are under way, so
 * many are remembered.
 *
 * Each carries `X-Timestamp` (seconds since 1970, by the mock's clock) and `X-Signature`: `sha256=` and the HMAC-SHA256 of the
 * timestamp, a full stop and the body, in hexadecimal.
 */
export class Deliveries {
  /** What messages are signed with that name no secret of their own. */
  readonly secret: string;
  readonly #now: () => number;
  readonly #log: (line: string) => void;
  readonly #random: Random;
  readonly #backoff: number;
  readonly #waiting: { readonly message: Message; readonly delivery: Mutable<Delivery> }[] = [];
  readonly #recent: Mutable<Delivery>[] = [];
  readonly #timers = new Set<NodeJS.Timeout>();
  #ending = new AbortController();
  #active = 0;
  #resting = 0;

  /** @param backoff milliseconds before the first repetition */
  constructor(context: Pick<Context, 'settings' | 'now' | 'log'>, backoff = firstBackoff) {
    this.secret = context.settings.webhookSecret ?? `whsec_${randomBytes(24).toString('base64url')}`;
    this.#now = () => context.now();
    this.#log = (line) => context.log(line);
    this.#random = new Random('deliveries', context.settings.seed);
    this.#backoff = backoff;
    if (context.settings.webhookSecret === null) this.#log(`Webhooks are signed with ${this.secret}.`);
  }

  /** The latest deliveries, the newest first. */
  get recent(): readonly Delivery[] {
    return this.#recent.toReversed();
  }

  /** Those of them that nobody took, the newest first. */
  get dead(): readonly Delivery[] {
    return this.recent.filter(({ state }) => state === 'dead');
  }

  send(message: Message): void {
    const delivery: Mutable<Delivery> = {
      id: `msg_${randomBytes(12).toString('hex')}`,
      url: message.url,
      event: message.event,
      body: message.body,
      created: this.#now(),
      state: 'pending',
      attempts: 0,
      outcome: null,
    };
    this.#recent.push(delivery);
    if (this.#recent.length > mostRemembered) this.#recent.shift();
    const problem = problemOfTarget(message.url);
    if (problem !== null) this.#bury(delivery, problem);
    else if (this.#waiting.length + this.#resting >= mostPending) this.#bury(delivery, 'too many messages wait');
    else {
      this.#waiting.push({ message, delivery });
      this.#work();
    }
  }

  /** Lets go of what is under way and of what waits; it stays pending. What comes later is sent again: documents may be exchanged. */
  close(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
    this.#resting = 0;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#waiting.length = 0;
  }

  #work(): void {
    while (this.#active < mostAtOnce) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#active++;
      void this.#attempt(next.message, next.delivery).finally(() => {
        this.#active--;
        this.#work();
      });
    }
  }

  async #attempt(message: Message, delivery: Mutable<Delivery>): Promise<void> {
    delivery.attempts++;
    const { signal } = this.#ending;
    const { isTaken, outcome } = await this.#post(message, delivery.id, signal);
    if (signal.aborted) return;
    delivery.outcome = outcome;
    if (isTaken) {
      delivery.state = 'delivered';
      this.#log(`${message.event} was sent to ${message.url}: ${outcome}`);
    } else if (delivery.attempts > retries) this.#bury(delivery, outcome);
    else this.#later(message, delivery);
  }

  #later(message: Message, delivery: Mutable<Delivery>): void {
    const wait = this.#backoff * 2 ** (delivery.attempts - 1) * (0.5 + this.#random.fraction() / 2);
    this.#resting++;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.#resting--;
      this.#waiting.push({ message, delivery });
      this.#work();
    }, wait);
    // A message that may be taken later holds nobody up who wants to end.
    timer.unref();
    this.#timers.add(timer);
  }

  async #post(message: Message, id: string, ending: AbortSignal): Promise<Outcome> {
    const timestamp = String(Math.floor(this.#now() / 1000));
    try {
      const response = await fetch(message.url, {
        method: message.method,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(patience), ending]),
        headers: {
          ...message.headers,
          'content-type': message.mediaType,
          'user-agent': 'apiarch-mock',
          'x-event': message.event.replace(/[^\x20-\x7e]+/g, '?'),
          'x-message-id': id,
          'x-timestamp': timestamp,
          'x-signature': signatureOf(message.secret ?? this.secret, timestamp, message.body),
        },
        ...(message.method !== 'GET' && message.method !== 'HEAD' && { body: message.body }),
      });
      await response.body?.cancel();
      return { isTaken: response.ok, outcome: String(response.status) };
    } catch (error) {
      return { isTaken: false, outcome: reasonOf(error) };
    }
  }

  #bury(delivery: Mutable<Delivery>, outcome: string): void {
    delivery.state = 'dead';
    delivery.outcome = outcome;
    const tries = delivery.attempts === 0 ? 'was not sent' : `was sent ${delivery.attempts} times in vain`;
    this.#log(`${delivery.event} ${tries} to ${delivery.url}: ${outcome}`);
  }
}

/** `sha256=` and the HMAC of the timestamp, a full stop and the body, in hexadecimal. */
export function signatureOf(secret: string, timestamp: string, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
}

/**
 * Why nothing is sent to a URL; null: it may be. Only to servers of the web, never to hosts that stand in documents as examples (RFC 2606,
 * RFC 6761) nor to the addresses where clouds tell secrets (RFC 3927).
 */
export function problemOfTarget(url: string): string | null {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return 'it is no absolute URL';
  }
  if (!/^https?:$/.test(parsed.protocol)) return 'only http and https are spoken';
  if (parsed.username || parsed.password) return 'a URL with credentials is not called';
  const host = parsed.hostname.replace(/\.$/, '');
  if (/(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid)$/i.test(host)) return 'the host is an example';
  if (/^169\.254\.|^\[fe80:|^\[::ffff:a9fe:/i.test(host)) return 'the address is link-local';
  return null;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer in ${patience / 1000} seconds`;
  const { cause } = error;
  const code = cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : undefined;
  return code ?? error.message;
}

const known = new WeakMap<Context['settings'], Deliveries>();

/** The deliveries of a mock: the same for as long as it runs, so that they can be looked at. */
export function deliveriesOf(context: Context): Deliveries {
  let deliveries = known.get(context.settings);
  if (!deliveries) {
    deliveries = new Deliveries(context);
    known.set(context.settings, deliveries);
  }
  return deliveries;
}

/** Lets go of what is under way, where anything ever was (`Deliveries.close`). */
export function closeDeliveries({ settings }: Pick<Context, 'settings'>): void {
  known.get(settings)?.close();
}
