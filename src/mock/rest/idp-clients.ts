import { randomBytes, timingSafeEqual } from 'node:crypto';
import { stringsOf } from '../../languages/openapi/json.ts';
import type { JsonObject } from '../json.ts';
import { digestOf } from './credentials.ts';
import { type ClientCredentials, inText, OAuthError } from './idp-http.ts';
import { LatestMap } from './idp-memory.ts';

/** A client that has registered. */
interface Client {
  readonly redirectUris: readonly string[];
  /** Null: it is public. */
  readonly secretDigest: string | null;
}

/**
 * The clients of the provider for tests. Any name is a client, with any secret or none, and may be sent back to this machine; those
 * that register (RFC 7591) have the redirect URIs and the secret of their registration, and no others.
 */
export class Clients {
  readonly #registered = new LatestMap<string, Client>(1000);

  /**
   * Registers a client (RFC 7591, section 3).
   * @returns what it is told
   * @throws OAuthError when its redirect URIs are none
   */
  register(metadata: JsonObject, now: number): JsonObject {
    const uris = stringsOf(metadata['redirect_uris']);
    const given = metadata['redirect_uris'];
    if (given !== undefined && (!Array.isArray(given) || uris.length !== given.length || uris.length > 100)) {
      throw new OAuthError('invalid_redirect_uri', 'The redirect_uris are to be a list of at most 100 texts.');
    }
    for (const uri of uris) {
      if (!redirectTarget(uri)) {
        throw new OAuthError(
          'invalid_redirect_uri',
          `The redirect URI ${inText(uri)} is no absolute URL without a fragment.`,
        );
      }
    }
    const id = randomBytes(12).toString('hex');
    const isPublic = metadata['token_endpoint_auth_method'] === 'none';
    const secret = isPublic ? null : randomBytes(24).toString('base64url');
    this.#registered.set(id, { redirectUris: uris, secretDigest: secret && digestOf(secret) });
    return {
      client_id: id,
      client_id_issued_at: Math.floor(now / 1000),
      ...(secret && { client_secret: secret, client_secret_expires_at: 0 }),
      redirect_uris: uris,
      token_endpoint_auth_method: isPublic ? 'none' : 'client_secret_basic',
      ...(typeof metadata['client_name'] === 'string' && { client_name: metadata['client_name'] }),
    };
  }

  /** Whether a client may be sent to a redirect URI: as registered, character by character (RFC 9700, section 2.1), else to this machine. */
  mayRedirect(id: string, uri: string): boolean {
    const target = redirectTarget(uri);
    if (!target) return false;
    const client = this.#registered.get(id);
    if (!client) return isLoopback(target);
    return client.redirectUris.some((known) => known === uri || sameButPort(known, target));
  }

  /** @throws OAuthError when a registered client shows another secret than its own, or none */
  authenticate({ id, secret }: ClientCredentials): void {
    const client = this.#registered.get(id);
    if (!client || client.secretDigest === null) return;
    const shown = Buffer.from(digestOf(secret ?? ''));
    if (!timingSafeEqual(shown, Buffer.from(client.secretDigest))) {
      throw new OAuthError('invalid_client', 'The secret of the client is wrong.', 401);
    }
  }
}

/** A redirect URI that can be one: absolute, without a fragment (RFC 6749, section 3.1.2), and nothing that runs in the browser. */
function redirectTarget(uri: string): URL | null {
  const url = parsed(uri);
  if (!url || uri.includes('#') || /^(?:javascript|data|vbscript|blob|file|about):$/.test(url.protocol)) return null;
  return url;
}

function parsed(uri: string): URL | null {
  try {
    return new URL(uri);
  } catch {
    return null;
  }
}

function isLoopback({ protocol, hostname, username, password }: URL): boolean {
  if (!/^https?:$/.test(protocol) || username || password) return false;
  return /^(?:localhost|(?:.+\.)?localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** RFC 8252, section 7.3: apps on this machine take any port that is free. */
function sameButPort(known: string, target: URL): boolean {
  const other = parsed(known);
  if (!other || !isLoopback(other) || !isLoopback(target)) return false;
  const withoutPort = (url: URL) => `${url.protocol}//${url.hostname}${url.pathname}${url.search}`;
  return withoutPort(other) === withoutPort(target);
}
