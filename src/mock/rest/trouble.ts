import type { Duplex } from 'node:stream';
import type { Context } from '../context.ts';
import { Random } from '../random.ts';
import { type MockSettings, type Trouble, troubles } from '../settings.ts';
import type { Answer, Exchange, Refusal, Stage, Wishes } from './exchange.ts';
import { refuse } from './refusal.ts';

/**
 * Makes things go wrong, and slow, as the settings and each request ask (`Prefer: delay=200, fault=reset`). What a request asks for
 * comes in place of what the settings say. The settings' trouble is drawn in the order of the requests from the seed: the same
 * requests in the same order meet the same.
 *
 * - `5xx`: 500, 502, 503 or 504; `503` and `429` come with `Retry-After`
 * - `timeout`: nothing is answered until the caller goes away, for five minutes at most
 * - `reset`: the connection is broken off
 */
export function troubleStage({ settings }: Context): Stage {
  const troubles = new Troubles(settings);
  const answered = (exchange: Exchange, mishap: Mishap | null): Answer | undefined => {
    if (mishap === null) return undefined;
    // Writing to who is gone is harmless.
    return mishap === 'gone' ? { status: 503, headers: {}, body: null } : refuse(exchange, mishap);
  };
  return {
    name: 'trouble',
    before(exchange) {
      const mishap = troubles.meet(exchange.request.socket, exchange.response, exchange.wishes);
      return mishap instanceof Promise ? mishap.then((one) => answered(exchange, one)) : answered(exchange, mishap);
    },
    close: () => troubles.close(),
  };
}

/** What came of trouble: a refusal, or that the connection was broken off and there is nobody to answer. */
export type Mishap = Refusal | 'gone';

/** Whoever waits for an answer until it is closed: a response, or a connection that carries many. */
export interface Waiting {
  readonly destroyed: boolean;
  readonly closed: boolean;
  destroy(): unknown;
  on(event: 'close', listener: () => void): unknown;
  off(event: 'close', listener: () => void): unknown;
}

/** The troubles and the slowness of one protocol. */
export class Troubles {
  readonly #settings: MockSettings;
  readonly #slowness: Random;
  readonly #chance: Random;
  readonly #isChaotic: boolean;
  readonly #waits = new Waits();

  /** @param names what else than the seed the draws are made of, so that protocols do not disturb each other's */
  constructor(settings: MockSettings, ...names: readonly string[]) {
    this.#settings = settings;
    this.#slowness = new Random('latency', ...names, settings.seed);
    this.#chance = new Random('chaos', ...names, settings.seed);
    this.#isChaotic = troubles.some((trouble) => (settings.chaos[trouble] ?? 0) > 0);
  }

  /**
   * Lets a request meet what is in store for it.
   * @param socket the connection that it came over
   * @returns null when it may go on
   */
  meet(socket: Duplex, waiting: Waiting, wishes: Wishes): Mishap | null | Promise<Mishap | null> {
    const { latency, chaos } = this.#settings;
    const trouble = wishes.fault ?? (this.#isChaotic ? drawn(chaos, this.#chance.fraction()) : null);
    const drawnDelay = latency ? this.#slowness.integer(latency.least, latency.most) : 0;
    const delay = Math.min(wishes.delay ?? drawnDelay, longestWait);
    const happen = (): Mishap | null | Promise<Mishap> => {
      if (trouble === null) return null;
      if (trouble === 'timeout') return this.#waits.wait(waiting, longestWait).then(() => brokenOff(socket, waiting));
      if (trouble === 'reset') return brokenOff(socket, waiting);
      return refusalOf(trouble === '5xx' ? this.#chance.pick(serverErrors)! : Number(trouble));
    };
    if (!(delay > 0)) return happen();
    return this.#waits.wait(waiting, delay).then((stayed) => (stayed ? happen() : brokenOff(socket, waiting)));
  }

  /** Ends all waiting. */
  close(): void {
    this.#waits.end();
  }
}

/** Milliseconds that a request is held at most, whatever it asks for. */
const longestWait = 300_000;

const serverErrors = [500, 502, 503, 504] as const;

/**
 * Reads how long answers wait: `100ms`, `50-300ms`, `1s`, `0.5s-2s`, `250` (milliseconds); five minutes at most.
 * @returns milliseconds; null when the text says something else
 */
export function parseLatency(text: string): NonNullable<MockSettings['latency']> | null {
  const found = /^\s*(\d{1,9}(?:\.\d{1,6})?)\s*(ms|s)?\s*(?:-\s*(\d{1,9}(?:\.\d{1,6})?)\s*(ms|s)?\s*)?$/i.exec(text);
  if (!found) return null;
  const [, first, firstUnit, second, secondUnit] = found;
  // In `50-300ms` the unit is that of both, in `500-1s` it could be anybody's.
  if (second !== undefined && secondUnit === undefined && firstUnit !== undefined) return null;
  const least = inMilliseconds(first!, firstUnit ?? secondUnit);
  const most = second === undefined ? least : inMilliseconds(second, secondUnit);
  return least <= most && most <= longestWait ? { least, most } : null;
}

function inMilliseconds(number: string, unit = 'ms'): number {
  return Math.round(Number(number) * (unit.toLowerCase() === 's' ? 1000 : 1));
}

/**
 * Reads what is to go wrong and how often: `5xx=5%,reset=1%`, `503=0.1`. All of it together is 100 % at most.
 * @returns probabilities from 0 to 1; null when the text says something else
 */
export function parseChaos(text: string): MockSettings['chaos'] | null {
  const chaos: { [trouble in Trouble]?: number } = {};
  let sum = 0;
  for (const part of text.split(',')) {
    const found = /^\s*([a-z0-9]+)\s*=\s*(\d{1,3}(?:\.\d{1,9})?|\.\d{1,9})\s*(%)?\s*$/i.exec(part);
    const name = troubles.find((trouble) => trouble === found?.[1]?.toLowerCase());
    if (!found || !name || chaos[name] !== undefined) return null;
    const probability = Number(found[2]) / (found[3] ? 100 : 1);
    chaos[name] = probability;
    sum += probability;
  }
  return sum <= 1 + 1e-9 ? chaos : null;
}

/** What happens where the dice fall at `fraction`, of 0 to 1. */
export function drawn(chaos: MockSettings['chaos'], fraction: number): Trouble | null {
  let reached = 0;
  for (const trouble of troubles) {
    reached += chaos[trouble] ?? 0;
    if (fraction < reached) return trouble;
  }
  return null;
}

function refusalOf(status: number): Refusal {
  const [code, message] = sentences[status]!;
  const later = status === 503 || status === 429;
  return { status, code, message, ...(later && { headers: { 'retry-after': '1' } }) };
}

const sentences: Readonly<Record<number, readonly [string, string]>> = {
  429: ['rate_limited', 'Too many requests, as this mock was asked to say. Try again in 1 second.'],
  500: ['internal_error', 'Something went wrong, as this mock was asked to say.'],
  502: ['bad_gateway', 'The server behind this one answered nonsense, as this mock was asked to say.'],
  503: ['unavailable', 'The service is not available, as this mock was asked to say. Try again in 1 second.'],
  504: ['gateway_timeout', 'The server behind this one did not answer in time, as this mock was asked to say.'],
};

/** Breaks the connection off. */
function brokenOff(socket: Duplex, waiting: Waiting): 'gone' {
  if (!socket.destroyed) {
    // A reset (RST) where the socket can say so: TLS and tests without a network cannot.
    if ('resetAndDestroy' in socket && typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
    else socket.destroy();
  }
  waiting.destroy();
  return 'gone';
}

/** Waits that end early when the caller goes away or the mock stops. */
class Waits {
  readonly #ends = new Set<() => void>();
  #ended = false;

  /** @returns whether the caller is still there */
  wait(waiting: Waiting, milliseconds: number): Promise<boolean> {
    if (waiting.destroyed || waiting.closed) return Promise.resolve(false);
    // A mock that stops answers what is under way without more ado.
    if (this.#ended) return Promise.resolve(true);
    return new Promise((resolve) => {
      const end = (stayed: boolean) => {
        clearTimeout(timer);
        waiting.off('close', gone);
        this.#ends.delete(over);
        resolve(stayed);
      };
      const gone = () => end(false);
      const over = () => end(true);
      const timer = setTimeout(over, milliseconds);
      waiting.on('close', gone);
      this.#ends.add(over);
    });
  }

  end(): void {
    this.#ended = true;
    for (const end of [...this.#ends]) end();
  }
}
