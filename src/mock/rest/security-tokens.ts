import { stringsOf } from '../../languages/openapi/json.ts';
import type { Context } from '../context.ts';
import { digestOf } from './credentials.ts';
import type { Caller } from './exchange.ts';
import { issuerOf } from './idp-issuer.ts';
import { type Jwt, keySet, readJwt, scopesIn, timeProblem } from './jwt.ts';

/** Who a secret lets in, or why it lets nobody in, in a sentence. */
export type Admission = { readonly caller: Caller } | { readonly problem: string };

/** Judges secrets by what the settings say of them. Throws nothing, whatever they are. */
export interface Admissions {
  /**
   * Judges a bearer token: a JWT by its times, and by its signature where there are keys; `dev:scope1,scope2` by what it says of
   * itself; any other by `settings.tokens`. Without keys and without a list, it may do everything.
   */
  ofToken(token: string): Admission;
  /** Judges an API key, or a user and a password as `user:password`: by `settings.tokens` where there is such a list. */
  ofKey(secret: string, key: string): Admission;
}

/** What is known of a secret whatever the time is. */
interface Known {
  readonly admission: Admission;
  readonly jwt: Jwt | null;
}

/** So many tokens are remembered with what came of them: checking a signature costs far more than looking one up. */
const mostKnown = 1000;

export function admissions(context: Context): Admissions {
  const { settings } = context;
  const keys = settings.jwks === null || settings.jwks === undefined ? null : keySet(settings.jwks);
  const listed = settings.tokens ? digested(settings.tokens) : null;
  const issuer = settings.idp ? issuerOf(context) : null;
  const known = new Map<string, Known>();
  const believesAll = settings.compat === 'prism' && !keys && !listed;

  function knownOf(token: string): Known {
    let found = known.get(token);
    if (!found) {
      if (known.size >= mostKnown) known.delete(known.keys().next().value!);
      found = judged(token);
      known.set(token, found);
    }
    return found;
  }

  function judged(token: string): Known {
    const key = keyOf('token', token);
    const scopes = listed?.get(digestOf(token));
    if (scopes !== undefined) return { admission: { caller: { key, scopes } }, jwt: null };
    if (believesAll) return { admission: { caller: { key, scopes: null } }, jwt: null };
    const jwt = readJwt(token);
    if (jwt === 'broken')
      return { admission: { problem: 'The token looks like a JWT and cannot be read.' }, jwt: null };
    if (jwt) return { admission: judgedJwt(jwt, key), jwt };
    if (keys) return { admission: { problem: 'The token is no JWT, and only signed ones are let in.' }, jwt: null };
    if (token.startsWith('dev:')) {
      return { admission: { caller: { key, scopes: all(token.slice(4).split(',').filter(Boolean)) } }, jwt: null };
    }
    if (listed) return { admission: { problem: 'The token is not known.' }, jwt: null };
    return { admission: { caller: { key, scopes: null } }, jwt: null };
  }

  function judgedJwt(jwt: Jwt, key: string): Admission {
    const problem = issuer?.signed(jwt) ? issuer.problemOf(jwt) : (keys?.problemOf(jwt) ?? null);
    if (problem !== null) return { problem };
    const { sub, iss } = jwt.claims;
    const user = typeof sub === 'string' && sub !== '' ? keyOf('user', `${String(iss ?? '')} ${sub}`) : key;
    return { caller: { key: user, scopes: all(scopesIn(jwt) ?? []) } };
  }

  return {
    ofToken(token) {
      const { admission, jwt } = knownOf(token);
      if (!jwt || 'problem' in admission || believesAll) return admission;
      const problem = timeProblem(jwt, context.now()) ?? issuer?.revokedProblem(jwt) ?? null;
      return problem === null ? admission : { problem };
    },
    ofKey(secret, key) {
      const scopes = listed ? listed.get(digestOf(secret)) : null;
      return scopes === undefined ? { problem: 'The credentials are not known.' } : { caller: { key, scopes } };
    },
  };
}

/** A name for a caller that is short whatever the secret is. */
export function keyOf(kind: string, secret: string): string {
  return `${kind}:${secret.length > 64 ? digestOf(secret) : secret}`;
}

/** By digests, so that the time a look-up takes tells nothing of the secrets. */
function digested(tokens: Readonly<Record<string, readonly string[]>>): ReadonlyMap<string, readonly string[] | null> {
  return new Map(Object.entries(tokens).map(([token, scopes]) => [digestOf(token), all(stringsOf(scopes))]));
}

/** The scope `*` stands for all. */
function all(scopes: readonly string[]): readonly string[] | null {
  return scopes.includes('*') ? null : scopes;
}
