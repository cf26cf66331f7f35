import type { IncomingMessage, ServerResponse } from 'node:http';
import { codes } from '../grpc/codes.ts';

/** One request and how it was answered, once it is over. */
export interface Entry {
  /** Counts the requests, from 1. */
  readonly number: number;
  readonly protocol: 'http' | 'grpc';
  /** `GET`; `rpc`. */
  readonly method: string;
  /** The URL as asked, or the full name of the rpc. */
  readonly target: string;
  /** What answered: `/orders/{order_id}`, `/graphql`; null where nothing did. */
  readonly endpoint: string | null;
  /** The HTTP status, or gRPC's status code; 0 over HTTP where the caller went before the answer was through. */
  readonly status: number;
  /** The status for people: `404`, `NOT_FOUND`, `aborted`. */
  readonly outcome: string;
  /** What the caller or the mock calls it; null where nobody does. */
  readonly id: string | null;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  /** How long it took, in milliseconds. */
  readonly took: number;
  /** In how many ways request and answer departed from the documents, where a proxy has looked. */
  readonly violations?: number;
}

/** What is counted of one endpoint, method and status. */
interface Tally {
  readonly method: string;
  readonly endpoint: string;
  readonly status: string;
  readonly isError: boolean;
  count: number;
  seconds: number;
  readonly buckets: number[];
}

/** What becomes known of a request on its way. */
interface Note {
  endpoint: string | null;
  id: string | null;
  violations: number;
}

function idOf(response: ServerResponse): string | null {
  const id = response.getHeader('x-request-id');
  return typeof id === 'string' ? id : null;
}

function lineOf({ method, target, outcome, took, id }: Entry): string {
  return `${method} ${target} ${outcome} ${took.toFixed(1)} ms${id === null ? '' : ` ${id}`}`;
}

function outcomeOf({ protocol, status }: Pick<Entry, 'protocol' | 'status'>): string {
  return protocol === 'grpc' ? (codeNames.get(status) ?? String(status)) : status === 0 ? 'aborted' : String(status);
}

const codeNames: ReadonlyMap<number, string> = new Map(Object.entries(codes).map(([name, code]) => [code, name]));

/** So many requests are remembered. */
const remembered = 1000;
/** The bounds of the histogram of durations, in seconds. */
const bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** What was asked where nothing answers is counted as one endpoint: callers must not fill the memory with names. */
const nowhere = '(none)';

/** What a mock was asked: the last requests, and counts of all. */
export class Traffic {
  readonly #log: ((line: string) => void) | null;
  readonly #now: () => number;
  readonly #entries: Entry[] = [];
  readonly #tallies = new Map<string, Tally>();
  readonly #listeners = new Set<(entry: Entry) => void>();
  readonly #notes = new WeakMap<ServerResponse, Note>();
  #count = 0;
  #active = 0;

  /** @param log takes a line for each request; null: nobody wants any */
  constructor(now: () => number, log: ((line: string) => void) | null) {
    this.#now = now;
    this.#log = log;
  }

  /** Takes note of a request over HTTP, and of its answer when that is through. */
  observe(request: IncomingMessage, response: ServerResponse): void {
    const note: Note = { endpoint: null, id: null, violations: 0 };
    this.#notes.set(response, note);
    const at = this.#now();
    const start = performance.now();
    this.#active++;
    response.on('close', () => {
      this.#active--;
      const { endpoint, violations } = note;
      this.record({
        protocol: 'http',
        method: request.method ?? 'GET',
        target: request.url ?? '/',
        endpoint,
        status: response.writableFinished ? response.statusCode : 0,
        id: note.id ?? idOf(response),
        at,
        took: performance.now() - start,
        ...(violations > 0 && { violations }),
      });
    });
  }

  /**
   * Says what answers a request: a path template rather than a URL, so that counts stay few.
   * @param endpoint null: nothing does
   * @param id what the request is called, where no header of the answer says it
   */
  name(response: ServerResponse, endpoint: string | null, id?: string): void {
    const note = this.#notes.get(response);
    if (!note) return;
    note.endpoint = endpoint;
    if (id !== undefined) note.id = id;
  }

  /** Says that a request or its answer departs from the documents. @param violations in how many ways */
  blame(response: ServerResponse, violations: number): void {
    const note = this.#notes.get(response);
    if (note) note.violations = violations;
  }

  /** Takes note of a request that is over. */
  record(request: Omit<Entry, 'number' | 'outcome'>): void {
    const entry = { number: ++this.#count, outcome: outcomeOf(request), ...request };
    if (this.#entries.length >= 2 * remembered) this.#entries.splice(0, remembered);
    this.#entries.push(entry);
    this.#tally(entry);
    if (this.#log) this.#log(lineOf(entry));
    for (const listener of this.#listeners) listener(entry);
  }

  /** The last requests, the newest last. */
  get entries(): readonly Entry[] {
    return this.#entries.slice(-remembered);
  }

  /** Forgets the requests; the counts go on. */
  forget(): void {
    this.#entries.length = 0;
  }

  /** @returns what ends it */
  subscribe(listener: (entry: Entry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** All counts in Prometheus' text format, version 0.0.4. */
  metrics(): string {
    const tallies = [...this.#tallies.values()];
    const labels = ({ method, endpoint, status }: Tally) =>
      `method="${escaped(method)}",endpoint="${escaped(endpoint)}",status="${status}"`;
    const errors = tallies.filter(({ isError }) => isError);
    return [
      '# HELP api_requests_total Requests that were answered.',
      '# TYPE api_requests_total counter',
      ...tallies.map((tally) => `api_requests_total{${labels(tally)}} ${tally.count}`),
      '# HELP api_errors_total Requests that were answered with an error.',
      '# TYPE api_errors_total counter',
      ...errors.map((tally) => `api_errors_total{${labels(tally)}} ${tally.count}`),
      '# HELP api_request_duration_seconds How long answers took.',
      '# TYPE api_request_duration_seconds histogram',
      ...tallies.flatMap((tally) => histogram(tally, labels(tally))),
      '# HELP api_active_requests Requests that are being answered.',
      '# TYPE api_active_requests gauge',
      `api_active_requests ${this.#active}`,
      '',
    ].join('\n');
  }

  #tally({ protocol, method, endpoint, status, took }: Entry): void {
    const name = endpoint ?? nowhere;
    // Callers may invent methods as well.
    const known = endpoint === null && !usualMethods.has(method) ? 'OTHER' : method;
    const key = `${known} ${name} ${status}`;
    let tally = this.#tallies.get(key);
    if (!tally) {
      const buckets = bounds.map(() => 0);
      const isError = protocol === 'grpc' ? status !== codes.OK : status >= 400;
      tally = { method: known, endpoint: name, status: String(status), isError, count: 0, seconds: 0, buckets };
      this.#tallies.set(key, tally);
    }
    tally.count++;
    tally.seconds += took / 1000;
    for (let i = bounds.length - 1; i >= 0 && took / 1000 <= bounds[i]!; i--) tally.buckets[i]!++;
  }
}

const usualMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT']);

function histogram({ buckets, count, seconds }: Tally, labels: string): string[] {
  const name = 'api_request_duration_seconds';
  return [
    ...bounds.map((bound, i) => `${name}_bucket{${labels},le="${bound}"} ${buckets[i]}`),
    `${name}_bucket{${labels},le="+Inf"} ${count}`,
    `${name}_sum{${labels}} ${seconds}`,
    `${name}_count{${labels}} ${count}`,
  ];
}

function escaped(label: string): string {
  return label.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
