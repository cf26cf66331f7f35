import type { Context } from '../context.ts';
import { Random } from '../random.ts';
import { type MockSettings, type Trouble, troubles } from '../settings.ts';
import type { Answer, Exchange, Stage } from './exchange.ts';
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
export function troubleStage(context: Context): Stage {
  const { settings } = context;
  const { latency } = settings;
  const slowness = new Random('latency', settings.seed);
  const chance = new Random('chaos', settings.seed);
  const chaotic = troubles.some((trouble) => (settings.chaos[trouble] ?? 0) > 0);
  const waits = new Waits();

  function troubleOf({ wishes }: Exchange): Trouble | null {
    if (wishes.fault) return wishes.fault;
    return chaotic ? drawn(settings.chaos, chance.fraction()) : null;
  }

  return {
    name: 'trouble',
    before(exchange) {
      const trouble = troubleOf(exchange);
      const drawnDelay = latency ? slowness.integer(latency.least, latency.most) : 0;
      const delay = Math.min(exchange.wishes.delay ?? drawnDelay, longestWait);
      const happen = (): Answer | undefined | Promise<Answer> => {
        if (trouble === null) return undefined;
        if (trouble === 'timeout') return waits.wait(exchange.response, longestWait).then(() => brokenOff(exchange));
        if (trouble === 'reset') return brokenOff(exchange);
        return refusalOf(exchange, trouble === '5xx' ? chance.pick(serverErrors)! : Number(trouble));
      };
      if (!(delay > 0)) return happen();
      return waits.wait(exchange.response, delay).then((stayed) => (stayed ? happen() : brokenOff(exchange)));
    },
    close: () => waits.end(),
  };
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
function drawn(chaos: MockSettings['chaos'], fraction: number): Trouble | null {
  let reached = 0;
  for (const trouble of troubles) {
    reached += chaos[trouble] ?? 0;
    if (fraction < reached) return trouble;
  }
  return null;
}

function refusalOf(exchange: Exchange, status: number): Answer {
  const [code, message] = sentences[status]!;
  const later = status === 503 || status === 429;
  return refuse(exchange, { status, code, message, ...(later && { headers: { 'retry-after': '1' } }) });
}

const sentences: Readonly<Record<number, readonly [string, string]>> = {
  429: ['rate_limited', 'Too many requests, as this mock was asked to say. Try again in 1 second.'],
  500: ['internal_error', 'Something went wrong, as this mock was asked to say.'],
  502: ['bad_gateway', 'The server behind this one answered nonsense, as this mock was asked to say.'],
  503: ['unavailable', 'The service is not available, as this mock was asked to say. Try again in 1 second.'],
  504: ['gateway_timeout', 'The server behind this one did not answer in time, as this mock was asked to say.'],
};

/** Breaks the connection off. What is returned reaches nobody; writing it is harmless. */
function brokenOff({ request, response }: Exchange): Answer {
  const { socket } = request;
  if (!socket.destroyed) {
    // A reset (RST) where the socket can say so: TLS and tests without a network cannot.
    if (typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
    else socket.destroy();
  }
  response.destroy();
  return { status: 503, headers: {}, body: null };
}

/** Waits that end early when the caller goes away or the mock stops. */
class Waits {
  readonly #ends = new Set<() => void>();
  #ended = false;

  /** @returns whether the time has passed and the caller is still there */
  wait(response: Exchange['response'], milliseconds: number): Promise<boolean> {
    if (this.#ended || response.destroyed || response.closed) return Promise.resolve(false);
    return new Promise((resolve) => {
      const end = (stayed: boolean) => {
        clearTimeout(timer);
        response.off('close', gone);
        this.#ends.delete(gone);
        resolve(stayed);
      };
      const gone = () => end(false);
      const timer = setTimeout(() => end(true), milliseconds);
      response.on('close', gone);
      this.#ends.add(gone);
    });
  }

  end(): void {
    this.#ended = true;
    for (const end of [...this.#ends]) end();
  }
}
