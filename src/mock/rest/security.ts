import { asString, get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type SecurityScheme, securityOf, securitySchemes } from '../../languages/openapi/select.ts';
import type { Context } from '../context.ts';
import {
  authorizationOf,
  authParameters,
  basicCredentials,
  bearerToken,
  cookieValue,
  queryValue,
  quoted,
} from './credentials.ts';
import type { Answer, Caller, Exchange, Route, Stage } from './exchange.ts';
import { perRoute } from './per-route.ts';
import { refuse } from './refusal.ts';
import { type Admission, type Admissions, admissions, keyOf } from './security-tokens.ts';

/**
 * Lets in whom the document lets in: any of the alternatives of `security`, each with all of its schemes. Says who calls in
 * `exchange.caller`.
 *
 * - 401 with a challenge in `WWW-Authenticate` for every scheme that would have let the caller in (RFC 9110, section 11.6.1), with
 *   `error="invalid_token"` where a token was given and is not good (RFC 6750, section 3.1)
 * - 403 with `error="insufficient_scope"` and the scopes that are asked for where credentials are good and may not do this
 *
 * Schemes that are checked elsewhere (`mutualTLS`) or that nobody defines let everybody in. Nothing is asked for with
 * `settings.auth` off.
 * @param judge says whether credentials are good
 */
export function securityStage(context: Context, judge: Admissions = admissions(context)): Stage {
  const guardOf = perRoute(guardFor);

  return {
    name: 'security',
    before(exchange) {
      if (!exchange.route) return undefined;
      const guard = context.settings.auth === 'off' ? null : guardOf(exchange.route);
      if (!guard || guard.alternatives.length === 0) {
        exchange.caller ??= unasked(exchange);
        return undefined;
      }
      return guarded(exchange, guard, judge, context.settings.compat === 'prism');
    },
  };
}

/** What an operation asks for. No alternatives: nothing. */
interface Guard {
  readonly alternatives: readonly (readonly Demand[])[];
  readonly realm: string;
}

/** One scheme of an alternative, with the scopes that the caller needs. */
interface Demand {
  readonly scheme: Scheme;
  readonly scopes: readonly string[];
}

/** A security scheme as requests meet it. */
interface Scheme {
  /** As a challenge names it: `Bearer`, `Basic`, `ApiKey`. */
  readonly challenge: string;
  /** What is missing, for people: `a bearer token in the header Authorization`. */
  readonly wanted: string;
  /** More parameters of its challenge. */
  readonly parameters: string;
  /** Its challenge by Prism, which has none for keys. */
  readonly asPrism?: string;
  /** What a request brings along for it; null: nothing. */
  present(exchange: Exchange, judge: Admissions): Admission | null;
}

function guardFor({ api, operation }: Route): Guard {
  const { requirements } = securityOf(api, operation);
  const schemes = schemesOf(api);
  const alternatives = requirements.map((requirement) =>
    requirement.schemes.flatMap(({ name, scopes }): Demand[] => {
      const scheme = schemes.get(name);
      return scheme ? [{ scheme, scopes }] : [];
    }),
  );
  return { alternatives, realm: quoted(asString(get(api.root.value['info'], 'title')) ?? 'api') };
}

function guarded(exchange: Exchange, guard: Guard, judge: Admissions, isPrism: boolean): Answer | undefined {
  const outcomes = guard.alternatives.map((demands) => outcomeOf(exchange, demands, judge, isPrism));
  // Who brings credentials is known by them, though nobody had to.
  const admitted = outcomes.find((one) => one.admitted && one.caller) ?? outcomes.find((one) => one.admitted);
  if (admitted) {
    exchange.caller = admitted.caller ?? unasked(exchange);
    return undefined;
  }
  const lacking = outcomes.filter(({ lacks }) => lacks.length > 0);
  const forbidden = lacking.sort((a, b) => a.lacks.length - b.lacks.length)[0];
  if (!forbidden) return isPrism ? prismChallenge(exchange, outcomes) : challenge(exchange, guard, outcomes);
  exchange.caller = forbidden.caller;
  return forbid(exchange, guard, forbidden);
}

/** How an alternative turned out. */
interface Outcome {
  readonly demands: readonly Demand[];
  /** Those for which no good credentials were given. */
  readonly missing: readonly Demand[];
  readonly admitted: boolean;
  readonly caller: Caller | null;
  /** The scopes that good credentials do not have. */
  readonly lacks: readonly string[];
  /** What is wrong with credentials that were given, by scheme. */
  readonly problems: ReadonlyMap<Scheme, string>;
}

function outcomeOf(exchange: Exchange, demands: readonly Demand[], judge: Admissions, isPrism: boolean): Outcome {
  const problems = new Map<Scheme, string>();
  const missing: Demand[] = [];
  const lacks: string[] = [];
  let caller: Caller | null = null;
  // Of Prism, who need not give credentials may not give wrong ones either.
  let isComplete = !(isPrism && demands.length === 0 && exchange.request.headers.authorization !== undefined);
  for (const { scheme, scopes } of demands) {
    const admission = scheme.present(exchange, judge);
    if (!admission || 'problem' in admission) {
      isComplete = false;
      missing.push({ scheme, scopes });
      if (admission) problems.set(scheme, admission.problem);
      continue;
    }
    const { scopes: has } = admission.caller;
    if (!isPrism && has !== null) lacks.push(...scopes.filter((scope) => !has.includes(scope)));
    caller ??= admission.caller;
  }
  const lacking = isComplete && lacks.length > 0 ? [...new Set(lacks)] : [];
  return { demands, missing, admitted: isComplete && lacks.length === 0, caller, lacks: lacking, problems };
}

function forbid(exchange: Exchange, { realm }: Guard, { demands, lacks }: Outcome): Answer {
  const asked = [...new Set(demands.flatMap(({ scopes }) => scopes))].filter(isScopeToken).join(' ');
  const message = `The credentials lack the ${lacks.length === 1 ? 'scope' : 'scopes'} ${lacks.join(', ')}.`;
  return refuse(exchange, {
    status: 403,
    code: 'insufficient_scope',
    message,
    headers: {
      'www-authenticate': `Bearer realm=${realm}, error="insufficient_scope", error_description=${quoted(message)}${
        asked && `, scope="${asked}"`
      }`,
    },
  });
}

function challenge(exchange: Exchange, { realm }: Guard, outcomes: readonly Outcome[]): Answer {
  const challenges = new Set<string>();
  for (const { demands, problems } of outcomes) {
    for (const { scheme, scopes } of demands) {
      challenges.add(challengeOf(scheme, scopes, realm, problems.get(scheme)));
    }
  }
  const problem = outcomes.flatMap(({ problems }) => [...problems.values()])[0];
  const wanted = outcomes.map(({ demands }) => demands.map(({ scheme }) => scheme.wanted).join(' and '));
  return refuse(exchange, {
    status: 401,
    code: 'unauthenticated',
    message: problem ?? `Credentials are missing: give ${[...new Set(wanted)].join(', or ')}.`,
    headers: { 'www-authenticate': [...challenges] },
  });
}

/** In Prism's words: no realm of its own, no word on keys, and none on what was given. */
function prismChallenge(exchange: Exchange, outcomes: readonly Outcome[]): Answer {
  const challenges = new Set(outcomes.flatMap(({ missing }) => missing.flatMap(({ scheme }) => scheme.asPrism ?? [])));
  return refuse(exchange, {
    status: 401,
    code: 'unauthenticated',
    message: 'Invalid security scheme used',
    ...(challenges.size > 0 && { headers: { 'www-authenticate': [...challenges].join(',') } }),
  });
}

/** A challenge as RFC 9110, section 11.6.1, and RFC 6750, section 3, write it. */
function challengeOf(scheme: Scheme, scopes: readonly string[], realm: string, problem: string | undefined): string {
  let text = `${scheme.challenge} realm=${realm}${scheme.parameters}`;
  if (scheme.challenge !== 'Bearer') return text;
  const known = scopes.filter(isScopeToken);
  if (known.length > 0) text += `, scope="${known.join(' ')}"`;
  if (problem !== undefined) text += `, error="invalid_token", error_description=${quoted(problem)}`;
  return text;
}

/** Whether a text can be a scope in a challenge: RFC 6749, section 3.3. */
function isScopeToken(scope: string): boolean {
  return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope);
}

/** Who calls where nobody asked: whoever the credentials say, good or not. */
function unasked({ request }: Exchange): Caller | null {
  const { authorization } = request.headers;
  return authorization ? { key: keyOf('authorization', authorization), scopes: null } : null;
}

// Schemes.

function schemesOf(api: OpenApi): ReadonlyMap<string, Scheme> {
  let known = api.memo.get(schemesOf) as ReadonlyMap<string, Scheme> | undefined;
  if (!known) {
    known = new Map(
      securitySchemes(api).flatMap((definition): [string, Scheme][] => {
        const scheme = schemeOf(definition);
        return scheme ? [[definition.name, scheme]] : [];
      }),
    );
    api.memo.set(schemesOf, known);
  }
  return known;
}

/** How a scheme is checked; null for those that no request can fail here. */
function schemeOf({ value }: SecurityScheme): Scheme | null {
  switch (value['type']) {
    case 'basic':
      return basic;
    case 'apiKey':
      return apiKey(asString(value['in']) ?? 'header', asString(value['name']) ?? '');
    case 'oauth2':
      return oauth2;
    case 'openIdConnect':
      return openId;
    case 'http':
      return httpScheme(asString(value['scheme']) ?? '');
    default:
      return null;
  }
}

function httpScheme(name: string): Scheme | null {
  switch (name.toLowerCase()) {
    case '':
      return null;
    case 'basic':
      return basic;
    case 'bearer':
      return bearer;
    case 'digest':
      return digest;
    default:
      return otherScheme(name);
  }
}

const bearer: Scheme = {
  challenge: 'Bearer',
  wanted: 'a bearer token in the header Authorization',
  parameters: '',
  asPrism: 'Bearer',
  present({ request }, judge) {
    const given = authorizationOf(request.headers.authorization);
    if (given?.scheme !== 'bearer') return null;
    const token = bearerToken(given);
    return token === null ? { problem: 'The bearer token is empty or malformed.' } : judge.ofToken(token);
  },
};

const oauth2: Scheme = { ...bearer, asPrism: 'OAuth2' };
const openId: Scheme = { ...bearer, asPrism: 'OpenID' };

const basic: Scheme = {
  challenge: 'Basic',
  wanted: 'a user and a password in the header Authorization (Basic)',
  parameters: ', charset="UTF-8"',
  asPrism: 'Basic realm="*"',
  present({ request }, judge) {
    const given = authorizationOf(request.headers.authorization);
    if (given?.scheme !== 'basic') return null;
    const credentials = basicCredentials(given);
    if (!credentials)
      return { problem: 'The user and the password cannot be read: Base64 of user:password is expected.' };
    const { user, password } = credentials;
    return judge.ofKey(`${user}:${password}`, keyOf('user', user));
  },
};

/** Looked at for its shape alone (RFC 7616, section 3.4): no password is known here that its response could be made with. */
const digest: Scheme = {
  challenge: 'Digest',
  wanted: 'Digest credentials in the header Authorization',
  parameters: ', qop="auth", algorithm=SHA-256, nonce="YXBpYXJjaA"',
  asPrism: 'Digest realm="*", nonce="abc123"',
  present({ request }) {
    const given = authorizationOf(request.headers.authorization);
    if (given?.scheme !== 'digest') return null;
    const parameters = authParameters(given);
    const missing = ['username', 'realm', 'nonce', 'uri', 'response'].filter(
      (name) => !parameters.has(name) && !(name === 'username' && parameters.has('username*')),
    );
    if (missing.length > 0) return { problem: `The Digest credentials lack ${missing.join(', ')}.` };
    const user = parameters.get('username') ?? parameters.get('username*')!;
    return { caller: { key: keyOf('user', user), scopes: null } };
  },
};

/** Any other scheme of the registry of HTTP: whatever follows its name is good. */
function otherScheme(name: string): Scheme {
  return {
    challenge: /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) ? name : 'Unknown',
    wanted: `${name} credentials in the header Authorization`,
    parameters: '',
    present({ request }) {
      const given = authorizationOf(request.headers.authorization);
      if (given?.scheme !== name.toLowerCase()) return null;
      if (given.rest === '') return { problem: `The ${name} credentials are empty.` };
      return { caller: { key: keyOf(given.scheme, given.rest), scopes: null } };
    },
  };
}

/** A key in a header, in the query or in a cookie. No scheme of HTTP stands for it: its challenge is called `ApiKey`, as many do. */
function apiKey(place: string, name: string): Scheme {
  const field = name.toLowerCase();
  return {
    challenge: 'ApiKey',
    wanted: `an API key in the ${place === 'query' ? 'query parameter' : place} ${name}`,
    parameters: `, in=${quoted(place)}, name=${quoted(name)}`,
    present(exchange, judge) {
      const value = keyIn(exchange, place, name);
      if (!value) return null;
      // Before 3.0 this was how bearer tokens were described.
      const given = place === 'header' && field === 'authorization' ? authorizationOf(value) : null;
      const token = given?.scheme === 'bearer' ? bearerToken(given) : null;
      return token === null ? judge.ofKey(value, keyOf('key', value)) : judge.ofToken(token);
    },
  };
}

function keyIn({ request, query }: Exchange, place: string, name: string): string | null {
  if (place === 'query') return queryValue(query, name);
  if (place === 'cookie') return cookieValue(request.headers.cookie, name);
  const value = request.headers[name.toLowerCase()];
  return (Array.isArray(value) ? value[0] : value)?.trim() ?? null;
}
