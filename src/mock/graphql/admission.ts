import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql/index.js';
import type { Context } from '../context.ts';
import { type Buckets, bucketsOf, levelHeaders } from '../rest/buckets.ts';
import { authorizationOf, bearerToken, quoted } from '../rest/credentials.ts';
import type { Caller, Headers, Refusal, Wishes } from '../rest/exchange.ts';
import { type Admissions, admissions } from '../rest/security-tokens.ts';
import { type Mishap, Troubles, type Waiting } from '../rest/trouble.ts';
import { inQuery, type Pair, preferences, wishesOf } from '../rest/wishes.ts';

/** A request, or an operation over a socket, before anything is done for it. */
export interface Knock {
  /** A header by its name in lower case; over a socket also what the parameters of the connection say in its place. */
  header(name: string): string | undefined;
  /** As sent, without `?`. */
  readonly query: string;
  readonly socket: Duplex;
  readonly waiting: Waiting;
}

/** What became of a knock: it is let in, refused, or nobody is there any more. */
export type Entry =
  | { readonly headers: Headers; readonly entrant: Entrant }
  | { readonly headers: Headers; readonly refusal: Refusal }
  | 'gone';

/** Who was let in; resolvers are given it as their context. */
export interface Entrant {
  /** By good credentials; null where none were given. */
  readonly caller: Caller | null;
  /** What everything is to be answered with: `Prefer: code=NOT_FOUND`. */
  readonly forced: GraphQLError | null;
}

/**
 * What stands before every operation: `Prefer` and `apiarch-code`, latency and chaos of the settings, bearer tokens where the
 * settings have some, keys or an issuer, and the rate limit.
 */
export class Admission {
  readonly #context: Context;
  readonly #troubles: Troubles;
  readonly #tokens: Admissions;
  readonly #asksTokens: boolean;
  readonly #isGuarded: boolean;
  readonly #buckets: Buckets | null;

  /** @param isGuarded whether the schema asks for credentials by directives: then none that are bad are let in */
  constructor(context: Context, isGuarded: boolean) {
    const { settings } = context;
    this.#isGuarded = isGuarded;
    this.#context = context;
    this.#troubles = new Troubles(settings, 'graphql');
    this.#tokens = admissions(context);
    this.#asksTokens =
      settings.auth === 'on' && (settings.tokens !== null || (settings.jwks ?? null) !== null || settings.idp);
    this.#buckets = bucketsOf(context);
  }

  /** Lets a knock meet its troubles, then looks who it is. Without a promise where nothing is waited for. */
  enter(knock: Knock): Entry | Promise<Entry> {
    const read = readWishes(knock);
    if (typeof read === 'string') return refused({ status: 400, code: 'invalid_preference', message: read });
    const { wishes, applied } = read;
    const mishap = this.#troubles.meet(knock.socket, knock.waiting, wishes);
    const enter = (mishap: Mishap | null): Entry => {
      if (mishap === 'gone') return 'gone';
      return mishap ? refused(mishap, applied) : this.#admit(knock, read);
    };
    return mishap instanceof Promise ? mishap.then(enter) : enter(mishap);
  }

  /** Whether somebody may open a connection: the bearer token's problem in a sentence, or null. */
  problemOf(knock: Knock): string | null {
    const identity = this.#identify(knock);
    return 'problem' in identity ? identity.problem : null;
  }

  close(): void {
    this.#troubles.close();
  }

  #admit(knock: Knock, { wishes, forced, applied }: Read): Entry {
    const identity = this.#identify(knock);
    const caller = 'problem' in identity ? null : identity.caller;
    const key = caller?.key ?? `address:${'remoteAddress' in knock.socket ? String(knock.socket.remoteAddress) : ''}`;
    const now = this.#context.now();
    const excess = 'problem' in identity ? null : (this.#buckets?.take(key, now) ?? null);
    const headers = this.#buckets ? { ...applied, ...levelHeaders(this.#buckets.level(key, now)) } : applied;
    if ('problem' in identity) return refused(unauthenticated(identity), headers);
    if (excess) return refused(excess, headers);
    if (wishes.code !== undefined && wishes.code >= 300)
      return refused({ status: wishes.code, code: codeOf(wishes.code), message: asWished }, headers);
    return { headers, entrant: caller === null && forced === null ? anybody : { caller, forced } };
  }

  #identify(
    knock: Knock,
  ): { readonly caller: Caller | null } | { readonly problem: string; readonly isMissing: boolean } {
    if (this.#context.settings.auth === 'off') return nobody;
    const given = authorizationOf(knock.header('authorization'));
    if (given?.scheme !== 'bearer') {
      if (!this.#asksTokens) return nobody;
      return { problem: 'Credentials are missing: give a bearer token in the header Authorization.', isMissing: true };
    }
    const token = bearerToken(given);
    const admission =
      token === null ? { problem: 'The bearer token is empty or malformed.' } : this.#tokens.ofToken(token);
    if ('caller' in admission) return admission;
    return this.#asksTokens || this.#isGuarded ? { problem: admission.problem, isMissing: false } : nobody;
  }
}

const nobody = { caller: null };
const anybody: Entrant = { caller: null, forced: null };
const asWished = 'As this mock was asked to say.';

function refused(refusal: Refusal, headers: Headers = {}): Entry {
  return { refusal, headers: { ...headers, ...refusal.headers } };
}

function unauthenticated({ problem, isMissing }: { readonly problem: string; readonly isMissing: boolean }): Refusal {
  const error = isMissing ? '' : `, error="invalid_token", error_description=${quoted(problem)}`;
  return {
    status: 401,
    code: 'unauthenticated',
    message: problem,
    headers: { 'www-authenticate': `Bearer realm="graphql"${error}` },
  };
}

/** What somebody wants otherwise. */
interface Read {
  readonly wishes: Wishes;
  readonly forced: GraphQLError | null;
  /** Tells which preferences are heeded. */
  readonly applied: Headers;
}

const noWishes: Read = { wishes: {}, forced: null, applied: {} };

/** A sentence where a wish cannot be understood. */
function readWishes(knock: Knock): Read | string {
  const prefer = knock.header('prefer');
  const code = knock.header('apiarch-code');
  const delay = knock.header('apiarch-delay');
  const pairs: Pair[] = [
    ...(knock.query.includes('__') ? inQuery(knock.query) : []),
    ...(code === undefined ? [] : [['code', code] as const]),
    ...(delay === undefined ? [] : [['delay', delay] as const]),
    ...(prefer === undefined ? [] : preferences(prefer)),
  ];
  if (pairs.length === 0) return noWishes;
  const named = pairs.filter(([name, value]) => isCode(name) && /^[a-z][a-z0-9_]{0,63}$/i.test(value)).at(-1);
  const wishes = wishesOf(pairs.filter(([name, value]) => !isCode(name) || /^\d/.test(value) || named === undefined));
  if (typeof wishes === 'string')
    return named || !wishes.startsWith('`code`') ? wishes : `${wishes.slice(0, -1)}; or a name such as NOT_FOUND.`;
  const { code: number, delay: wait, fault } = wishes;
  const heeded = Object.entries({ code: named?.[1] ?? number, delay: wait, fault }).filter(
    ([, value]) => value !== undefined,
  );
  return {
    wishes,
    forced: named ? new GraphQLError(asWished, { extensions: { code: named[1].toUpperCase() } }) : null,
    applied:
      prefer === undefined || heeded.length === 0
        ? {}
        : { 'preference-applied': heeded.map(([name, value]) => `${name}=${value}`).join(', ') },
  };
}

function isCode(name: string): boolean {
  return name === 'code' || name === 'status';
}

/** What a refusal is called in `extensions.code`. */
export function extensionCode({ status, code }: Refusal): string {
  return byStatus[status] ?? code.toUpperCase();
}

function codeOf(status: number): string {
  return byStatus[status] ?? `HTTP_${status}`;
}

const byStatus: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  409: 'CONFLICT',
  422: 'BAD_USER_INPUT',
  429: 'RATE_LIMITED',
  500: 'INTERNAL_SERVER_ERROR',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
  504: 'GATEWAY_TIMEOUT',
};
