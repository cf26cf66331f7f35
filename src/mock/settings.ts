/** How the mock server is to behave, as its flags say; plain data. */
export interface MockSettings {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
  /** The port of gRPC; 0 takes any that is free. Without `.proto` documents nothing listens. */
  readonly grpcPort: number;
  /** The same seed gives the same data. */
  readonly seed: number;
  /** How many items each resource begins with. */
  readonly count: number;
  /** The most bytes that a request may have. */
  readonly maxBody: number;
  /** How errors look where the document declares no shape. */
  readonly errorStyle: 'envelope' | 'problem';
  /** Whether callers need the credentials that the documents ask for. */
  readonly auth: 'on' | 'off';
  /** Keys that bearer tokens are checked with (RFC 7517); null: unsigned and foreign tokens are believed. */
  readonly jwks: unknown;
  /** Scopes by opaque token; null where only `dev:` tokens and JWTs are known. */
  readonly tokens: Readonly<Record<string, readonly string[]>> | null;
  /** So many requests in so many milliseconds for each caller; null: no limit. */
  readonly rateLimit: { readonly requests: number; readonly window: number } | null;
  /** Milliseconds that every answer waits. */
  readonly latency: { readonly least: number; readonly most: number } | null;
  /** How likely what goes wrong, from 0 to 1. */
  readonly chaos: { readonly [trouble in Trouble]?: number };
  /** Whether callers may come from pages of other origins. */
  readonly cors: boolean;
  /** What the server takes for now, in milliseconds since 1970, where it is not to be the clock's; it goes on from there. */
  readonly now: number | null;
  /** Answers as Prism does: examples rather than the store. */
  readonly compat: 'prism' | null;
  /** Where requests are passed on to; null: they are answered here. */
  readonly proxy: string | null;
  /** Milliseconds within which the server behind the proxy must have begun its answer. */
  readonly proxyTimeout: number;
  /** Whether departures from the document become errors in the proxy. */
  readonly strict: boolean;
  /** Milliseconds between events that nothing has caused; null: events tell of changes alone. */
  readonly tick: number | null;
  /** Whether an OAuth 2 and OpenID provider for tests is served. */
  readonly idp: boolean;
  /** Whether requests are logged. */
  readonly quiet: boolean;
  /** Where webhooks go that no subscription names; null: nowhere. */
  readonly webhookUrl: string | null;
  /** What webhooks are signed with; null: a secret that is made at the start and logged. */
  readonly webhookSecret: string | null;
}

/** What can be made to go wrong. */
export const troubles = ['5xx', '503', '429', 'timeout', 'reset'] as const;
export type Trouble = (typeof troubles)[number];

/** What holds where nothing else is said. */
export const defaultSettings: MockSettings = {
  host: '127.0.0.1',
  port: 4010,
  grpcPort: 50051,
  seed: 1,
  count: 25,
  maxBody: 10_000_000,
  errorStyle: 'envelope',
  auth: 'on',
  jwks: null,
  tokens: null,
  rateLimit: null,
  latency: null,
  chaos: {},
  cors: true,
  now: null,
  compat: null,
  proxy: null,
  proxyTimeout: 60_000,
  strict: false,
  tick: null,
  idp: false,
  quiet: false,
  webhookUrl: null,
  webhookSecret: null,
};
