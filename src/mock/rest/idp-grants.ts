import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { JsonObject } from '../json.ts';
import type { Clients } from './idp-clients.ts';
import { type ClientCredentials, inText, OAuthError } from './idp-http.ts';
import type { Issuer } from './idp-issuer.ts';
import { LatestMap } from './idp-memory.ts';

/** What somebody let a client do. */
export interface Grant {
  readonly client: string;
  /** The user, or the client itself. */
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly nonce?: string;
  /** Seconds since 1970 at which the user agreed. */
  readonly authTime?: number;
}

/** An authorization code and what it is good for, once. */
interface Code extends Grant {
  readonly redirectUri: string;
  /** S256 (RFC 7636, section 4.2). */
  readonly challenge: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** All tokens that came of one grant: they are revoked together. */
interface Family {
  revoked: boolean;
  /** The ids of its latest access tokens. */
  readonly tokens: string[];
}

interface Refresh {
  readonly grant: Grant;
  readonly family: Family;
  readonly expires: number;
  used: boolean;
}

/** What the provider says of itself in tokens. */
export interface Place {
  /** `http://localhost:4010`. */
  readonly issuer: string;
  /** Whom access tokens are for. */
  readonly audience: string;
}

const codeLifetime = 60_000;
/** Seconds. */
const accessLifetime = 900;
const refreshLifetime = 7 * 86_400_000;

/** What a code or a refresh token was exchanged for. */
type Exchanged = { readonly family: Family };

/** Codes and tokens: how they are handed out, exchanged and revoked (RFC 6749, RFC 7636, RFC 9700). */
export class Grants {
  readonly #codes = new LatestMap<string, Code>(10_000);
  readonly #spent = new LatestMap<string, Exchanged>(10_000);
  readonly #refreshes = new LatestMap<string, Refresh>(10_000);
  readonly #issuer: Issuer;
  readonly #clients: Clients;
  readonly #now: () => number;

  constructor(issuer: Issuer, clients: Clients, now: () => number) {
    this.#issuer = issuer;
    this.#clients = clients;
    this.#now = now;
  }

  /** A code for what a user has agreed to; good once, for a minute. */
  code(grant: Grant, redirectUri: string, challenge: string): string {
    const code = randomBytes(24).toString('base64url');
    this.#codes.set(code, { ...grant, redirectUri, challenge, expires: this.#now() + codeLifetime });
    return code;
  }

  /** Exchanges a code (RFC 6749, section 4.1.3; RFC 7636, section 4.6). A code that comes twice takes its tokens with it. @throws OAuthError */
  async byCode(form: ReadonlyMap<string, string>, client: ClientCredentials, place: Place): Promise<JsonObject> {
    this.#clients.authenticate(client);
    const given = required(form, 'code');
    const code = this.#codes.take(given);
    if (!code) {
      const spent = this.#spent.get(given);
      if (spent) this.#revoke(spent.family);
      throw new OAuthError(
        'invalid_grant',
        spent ? 'The code was used before: its tokens are revoked.' : 'The code is not known.',
      );
    }
    const family: Family = { revoked: false, tokens: [] };
    this.#spent.set(given, { family });
    if (code.client !== client.id) throw new OAuthError('invalid_grant', 'The code is for another client.');
    if (this.#now() >= code.expires) throw new OAuthError('invalid_grant', 'The code has expired.');
    if (required(form, 'redirect_uri') !== code.redirectUri) {
      throw new OAuthError(
        'invalid_grant',
        'The redirect_uri is another than the one that the code was asked for with.',
      );
    }
    const verifier = required(form, 'code_verifier');
    if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) {
      throw new OAuthError('invalid_grant', 'The code_verifier is to be 43 to 128 letters, digits, or any of -._~.');
    }
    const challenge = Buffer.from(createHash('sha256').update(verifier).digest('base64url'));
    const right = Buffer.from(code.challenge);
    if (challenge.length !== right.length || !timingSafeEqual(challenge, right)) {
      throw new OAuthError('invalid_grant', 'The code_verifier does not fit the code_challenge.');
    }
    return this.#tokens(code, family, place, true);
  }

  /** Gives tokens to a client of its own (RFC 6749, section 4.4). @throws OAuthError */
  async byClient(scopes: readonly string[], client: ClientCredentials, place: Place): Promise<JsonObject> {
    if (client.secret === null) throw new OAuthError('invalid_client', 'The client shows no secret.', 401);
    this.#clients.authenticate(client);
    const grant = { client: client.id, subject: client.id, scopes: scopes.filter((one) => !forUsers.has(one)) };
    return this.#tokens(grant, { revoked: false, tokens: [] }, place, false);
  }

  /** Gives tokens for a user's name and password (RFC 6749, section 4.3). @throws OAuthError */
  async byPassword(
    form: ReadonlyMap<string, string>,
    scopes: readonly string[],
    client: ClientCredentials,
    place: Place,
  ): Promise<JsonObject> {
    this.#clients.authenticate(client);
    const subject = required(form, 'username');
    required(form, 'password');
    const grant = { client: client.id, subject, scopes, authTime: Math.floor(this.#now() / 1000) };
    return this.#tokens(grant, { revoked: false, tokens: [] }, place, true);
  }

  /**
   * Exchanges a refresh token for new tokens (RFC 6749, section 6). Each is good once: one that comes again was stolen, and takes all
   * that came of its grant with it (RFC 9700, section 4.14.2). @throws OAuthError
   */
  async byRefresh(form: ReadonlyMap<string, string>, client: ClientCredentials, place: Place): Promise<JsonObject> {
    this.#clients.authenticate(client);
    const refresh = this.#refreshes.get(required(form, 'refresh_token'));
    if (!refresh) throw new OAuthError('invalid_grant', 'The refresh token is not known.');
    if (refresh.grant.client !== client.id) {
      throw new OAuthError('invalid_grant', 'The refresh token is for another client.');
    }
    if (refresh.family.revoked) throw new OAuthError('invalid_grant', 'The refresh token was revoked.');
    if (refresh.used) {
      this.#revoke(refresh.family);
      throw new OAuthError('invalid_grant', 'The refresh token was used before: all tokens of its grant are revoked.');
    }
    if (this.#now() >= refresh.expires) throw new OAuthError('invalid_grant', 'The refresh token has expired.');
    const { grant } = refresh;
    const wanted = scopesOf(form.get('scope')) ?? grant.scopes;
    const more = wanted.filter((scope) => !grant.scopes.includes(scope));
    if (more.length > 0) throw new OAuthError('invalid_scope', `The grant lacks ${inText(more.join(' '))}.`);
    refresh.used = true;
    return this.#tokens(grant, refresh.family, place, true, wanted);
  }

  /** Revokes a refresh token with all that came of its grant (RFC 7009, section 2.1), where it is the client's. @returns whether it was one */
  revokeRefresh(token: string, client: string): boolean {
    const refresh = this.#refreshes.get(token);
    if (!refresh) return false;
    if (refresh.grant.client === client) this.#revoke(refresh.family);
    return true;
  }

  /** What introspection says of a refresh token (RFC 7662, section 2.2); null: it is none. */
  introspectRefresh(token: string, { issuer }: Place): JsonObject | null {
    const refresh = this.#refreshes.get(token);
    if (!refresh) return null;
    if (refresh.used || refresh.family.revoked || this.#now() >= refresh.expires) return { active: false };
    const { client, subject, scopes } = refresh.grant;
    const exp = Math.floor(refresh.expires / 1000);
    return { active: true, scope: scopes.join(' '), client_id: client, sub: subject, exp, iss: issuer };
  }

  /** The answer of the token endpoint (RFC 6749, section 5.1; OpenID Connect Core, section 3.1.3.3). */
  async #tokens(
    grant: Grant,
    family: Family,
    { issuer, audience }: Place,
    refreshes: boolean,
    scopes: readonly string[] = grant.scopes,
  ): Promise<JsonObject> {
    const scope = scopes.join(' ');
    const who = { iss: issuer, sub: grant.subject };
    const access = await this.#issuer.token(
      'at+jwt',
      { ...who, aud: audience, client_id: grant.client, scope },
      accessLifetime,
    );
    const id = scopes.includes('openid')
      ? await this.#issuer.token('JWT', { ...who, ...idClaims(grant, access.token) }, accessLifetime)
      : null;
    if (family.revoked) this.#issuer.revoke(access.claims['jti'] as string);
    family.tokens.push(access.claims['jti'] as string);
    // Older ones have expired.
    if (family.tokens.length > 100) family.tokens.shift();
    const refresh = refreshes ? randomBytes(32).toString('base64url') : null;
    if (refresh) {
      this.#refreshes.set(refresh, { grant, family, expires: this.#now() + refreshLifetime, used: false });
    }
    return {
      access_token: access.token,
      token_type: 'Bearer',
      expires_in: accessLifetime,
      ...(refresh && { refresh_token: refresh }),
      ...(id && { id_token: id.token }),
      scope,
    };
  }

  #revoke(family: Family): void {
    family.revoked = true;
    for (const id of family.tokens) this.#issuer.revoke(id);
  }
}

/** Scopes that say something of a user, whom a client on its own does not have. */
const forUsers: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/** The claims of an ID token besides who it is about (OpenID Connect Core, sections 2 and 3.1.3.6). */
function idClaims({ client, nonce, authTime }: Grant, accessToken: string): JsonObject {
  const half = createHash('sha256').update(accessToken).digest().subarray(0, 16).toString('base64url');
  return {
    aud: client,
    at_hash: half,
    ...(nonce !== undefined && { nonce }),
    ...(authTime !== undefined && { auth_time: authTime }),
  };
}

/** The scopes of a request; undefined where it names none. */
export function scopesOf(text: string | undefined): string[] | undefined {
  const scopes = text?.split(' ').filter(Boolean);
  return scopes?.length ? [...new Set(scopes)] : undefined;
}

/** A parameter that must be there. @throws OAuthError */
export function required(form: ReadonlyMap<string, string>, name: string): string {
  const value = form.get(name);
  if (value === undefined) throw new OAuthError('invalid_request', `The parameter ${name} is missing.`);
  return value;
}
