import type { IncomingMessage, ServerResponse } from 'node:http';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { Operation } from '../../languages/openapi/select.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
import type { Context } from '../context.ts';

/** An operation as requests find it. One object per operation for as long as the mock lives: what stages work out hangs on it. */
export interface Route {
  readonly api: OpenApi;
  readonly operation: Operation;
  /** In upper case. */
  readonly method: string;
  /** The template as the document has it. */
  readonly template: string;
}

/** One request on its way to an answer. Stages read it and add what they find out. */
export interface Exchange {
  /** The mock that is asked. */
  readonly context: Context;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What the caller calls it (`X-Request-ID`), else what we do. */
  readonly id: string;
  /** When it came, by the mock's clock, in milliseconds since 1970. */
  readonly at: number;
  /** In upper case. */
  readonly method: string;
  /** As sent, without the query: still percent-encoded, and with the base path. */
  readonly path: string;
  /** The query as sent, without `?`. */
  readonly query: string;
  /** `http://localhost:4010` as the caller sees it, and the base path under which the operation was found. */
  readonly base: string;
  /** What was found for it; null before routing, and where there is nothing. */
  route: Route | null;
  /** The document whose words refusals use where there is no route: that which has the path, else the first. */
  api?: OpenApi | null;
  /** The path parameters by name, decoded. */
  pathParameters: Readonly<Record<string, string>>;
  /** The same, as sent, where something in the path is percent-encoded: what is encoded separates nothing. */
  encodedPathParameters?: Readonly<Record<string, string>>;
  /** The parameters by place and name, as their schemas read them. Empty before validation. */
  parameters: { readonly [place in 'path' | 'query' | 'header' | 'cookie']: Readonly<Record<string, unknown>> };
  /** The bytes of the body; null before it was read, and where there is none. */
  bytes: Buffer | null;
  /** The body as its media type reads it; undefined where there is none. */
  body: unknown;
  /** The media type of the body in lower case, without parameters. */
  mediaType: string | null;
  /** What the caller wants otherwise, by `Prefer` or `__name`. */
  wishes: Wishes;
  /** Who calls, as far as credentials tell; null: nobody in particular. */
  caller: Caller | null;
}

/** What callers ask for per request: `Prefer: code=404, delay=200`, or `?__code=404`. */
export interface Wishes {
  readonly code?: number;
  readonly example?: string;
  readonly dynamic?: boolean;
  readonly seed?: number;
  /** Milliseconds. */
  readonly delay?: number;
  readonly fault?: 'reset' | 'timeout' | '503';
  /** Seconds that a long poll waits at most (RFC 7240, section 4.3). */
  readonly wait?: number;
  /** RFC 7240, section 4.2: whether writes answer with what they wrote. */
  readonly return?: 'minimal' | 'representation';
}

/** Who calls. */
export interface Caller {
  /** A key for limits and idempotency: the token, the API key, the user. */
  readonly key: string;
  /** What the caller may do; null: everything. */
  readonly scopes: readonly string[] | null;
}

/** An answer in the making. */
export interface Answer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: Headers;
  readonly body: Body;
}

export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** What an answer says: nothing, a value that is still to be written in a media type, bytes, or whatever `stream` writes. */
export type Body =
  | null
  | {
      readonly value: unknown;
      /** The media type; undefined: what the caller accepts of what the operation declares for this status. */
      readonly mediaType?: string;
      readonly schema?: SchemaAt;
    }
  | { readonly bytes: Buffer | string; readonly mediaType: string }
  | { readonly mediaType: string; readonly stream: (out: ServerResponse, signal: AbortSignal) => Promise<void> };

/**
 * One concern of answering: security, limits, conditions … `before` runs on the way in, in the order of the stages, until one
 * gives an answer; `after` on the way out, in the reverse order, over whatever answer came of it. Only stages that were reached
 * on the way in, the one that answered included, are asked on the way out, but for those that have a say `everywhere`. Without
 * promises where nothing is waited for: most requests are answered in one go.
 */
export interface Stage {
  readonly name: string;
  /** Whether `after` is asked although an earlier stage answered. */
  readonly everywhere?: boolean;
  before?(exchange: Exchange): Answer | undefined | Promise<Answer | undefined>;
  after?(exchange: Exchange, answer: Answer): Answer | Promise<Answer>;
  /** When the mock stops: timers and files are let go. */
  close?(): void | Promise<void>;
}

/** What is wrong with a request, and where. */
export interface Violation {
  /** `body`, `query`, `path`, `header`, `cookie`; then the way into it. */
  readonly location: readonly (string | number)[];
  /** What is wrong, for programs: `required`, `type`, `maximum`, `format` … */
  readonly code: string;
  /** For people. */
  readonly message: string;
}

/** A refusal in words, before it is put into the shape that the document's errors have. */
export interface Refusal {
  readonly status: number;
  /** For programs: `not_found`, `unauthenticated`. */
  readonly code: string;
  readonly message: string;
  readonly violations?: readonly Violation[];
  readonly headers?: Headers;
}
