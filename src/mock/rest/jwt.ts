import {
  constants,
  createHmac,
  createPublicKey,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { isObject, type JsonObject } from '../../languages/openapi/json.ts';

/** A JSON Web Token, read but not believed (RFC 7519, RFC 7515 section 3.1). */
export interface Jwt {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  /** What is signed: the first two parts with the dot between them. */
  readonly signed: string;
  readonly signature: Buffer;
}

/**
 * Reads a token in compact form.
 * @returns null for what is no JWT at all, `'broken'` for what looks like one and cannot be read
 */
export function readJwt(token: string): Jwt | 'broken' | null {
  const parts = token.split('.');
  if (parts.length !== 3) return null;
  const [head = '', body = '', tail = ''] = parts;
  const header = decoded(head);
  if (!header || typeof header['alg'] !== 'string') return null;
  const claims = decoded(body);
  if (!claims || !/^[A-Za-z0-9_-]*$/.test(tail)) return 'broken';
  return { header, claims, signed: `${head}.${body}`, signature: Buffer.from(tail, 'base64url') };
}

function decoded(part: string): JsonObject | null {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * What is wrong with the times of a token (RFC 7519, sections 4.1.4 and 4.1.5), in a sentence; null: nothing. No leeway is given, so
 * that `--now` decides to the second.
 * @param now milliseconds since 1970
 */
export function timeProblem({ claims }: Jwt, now: number): string | null {
  const { exp, nbf } = claims;
  if (exp !== undefined && typeof exp !== 'number') return 'The claim exp of the token is not a number.';
  if (nbf !== undefined && typeof nbf !== 'number') return 'The claim nbf of the token is not a number.';
  if (exp !== undefined && now >= exp * 1000) return `The token expired${atTime(exp)}.`;
  if (nbf !== undefined && now < nbf * 1000) return `The token is not valid before${atTime(nbf).replace(' at', '')}.`;
  return null;
}

function atTime(seconds: number): string {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? '' : ` at ${time.toISOString().replace('.000Z', 'Z')}`;
}

/** The scopes that a token grants: its claims `scope`, `scp` and `scopes`, as texts with spaces or as lists; null: no such claim. */
export function scopesIn({ claims }: Jwt): readonly string[] | null {
  const found = ['scope', 'scp', 'scopes'].flatMap((name) => (claims[name] === undefined ? [] : [claims[name]]));
  if (found.length === 0) return null;
  return found.flatMap((value) => {
    if (typeof value === 'string') return value.split(/[\s,]+/).filter(Boolean);
    return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
  });
}

/** Keys that signatures are checked with (RFC 7517). */
export interface KeySet {
  /** Why a token is not believed, in a sentence; null: its signature, its issuer and its audience are right. */
  problemOf(jwt: Jwt): string | null;
}

/** Why a value is no set of keys, in a sentence for whoever gave the file; null: it is one. */
export function keySetProblem(jwks: unknown): string | null {
  const listed = keysIn(jwks);
  if (!listed) return 'It is neither a JSON Web Key Set (an object with a list `keys`) nor a key.';
  if (listed.length === 0) return 'It holds no keys.';
  return readKeys(listed).length > 0 ? null : 'It holds no key that signatures can be checked with.';
}

/**
 * The keys of a JSON Web Key Set, a list of keys, or one key. Keys that cannot be read, or are for encryption, are left out. The set
 * may say besides which `issuer` and which `audience` tokens are to have.
 *
 * Accepted are RS256 to PS512, ES256 to ES512, EdDSA and, with `oct` keys, HS256 to HS512 (RFC 7518, RFC 8037); never `none`. A key is
 * used with the algorithms of its own type alone, so that no public key serves as a secret (RFC 8725, section 3.1).
 */
export function keySet(jwks: unknown): KeySet {
  const keys = readKeys(keysIn(jwks) ?? []);
  const issuers = textsIn(isObject(jwks) ? (jwks['issuer'] ?? jwks['iss']) : undefined);
  const audiences = textsIn(isObject(jwks) ? (jwks['audience'] ?? jwks['aud']) : undefined);
  return {
    problemOf(jwt) {
      const problem = signatureProblem(jwt, keys);
      if (problem !== null) return problem;
      if (issuers.length > 0 && !issuers.includes(String(jwt.claims['iss']))) {
        return 'The token is from another issuer.';
      }
      if (audiences.length > 0 && !textsIn(jwt.claims['aud']).some((one) => audiences.includes(one))) {
        return 'The token is for another audience.';
      }
      return null;
    },
  };
}

interface Key {
  readonly kid: string | null;
  /** The only algorithm it is for; null: all that fit its type. */
  readonly alg: string | null;
  readonly key: KeyObject;
}

function keysIn(jwks: unknown): readonly unknown[] | null {
  if (Array.isArray(jwks)) return jwks;
  if (!isObject(jwks)) return null;
  if (Array.isArray(jwks['keys'])) return jwks['keys'];
  return typeof jwks['kty'] === 'string' ? [jwks] : null;
}

function readKeys(jwks: readonly unknown[]): Key[] {
  return jwks.flatMap((jwk) => {
    if (!isObject(jwk) || jwk['use'] === 'enc') return [];
    const key = keyOf(jwk);
    const text = (name: string) => (typeof jwk[name] === 'string' ? (jwk[name] as string) : null);
    return key ? [{ kid: text('kid'), alg: text('alg'), key }] : [];
  });
}

function keyOf(jwk: JsonObject): KeyObject | null {
  try {
    if (jwk['kty'] === 'oct') {
      const bytes = typeof jwk['k'] === 'string' ? Buffer.from(jwk['k'], 'base64url') : Buffer.alloc(0);
      return bytes.length > 0 ? createSecretKey(bytes) : null;
    }
    return createPublicKey({ key: { ...jwk }, format: 'jwk' });
  } catch {
    return null;
  }
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function signatureProblem({ header, signed, signature }: Jwt, keys: readonly Key[]): string | null {
  const alg = String(header['alg']);
  const algorithm = Object.hasOwn(algorithms, alg) ? algorithms[alg] : undefined;
  if (!algorithm) {
    return alg.toLowerCase() === 'none'
      ? 'The token is not signed.'
      : 'The token is signed in a way that is not known.';
  }
  // RFC 7515, section 4.1.11: what must be understood and is not makes the token invalid.
  if (header['crit'] !== undefined) return 'The token asks for extensions that are not known.';
  const { kid } = header;
  const apt = keys.filter(
    (key) =>
      algorithm.fits(key.key) &&
      (key.alg === null || key.alg === alg) &&
      (kid === undefined || key.kid === null || key.kid === kid),
  );
  if (apt.length === 0) return 'The token is signed with a key that is not known.';
  return apt.some(({ key }) => isSigned(algorithm, key, signed, signature))
    ? null
    : 'The signature of the token is wrong.';
}

function isSigned(algorithm: Algorithm, key: KeyObject, signed: string, signature: Buffer): boolean {
  try {
    return algorithm.verify(key, Buffer.from(signed), signature);
  } catch {
    return false;
  }
}

interface Algorithm {
  fits(key: KeyObject): boolean;
  verify(key: KeyObject, data: Buffer, signature: Buffer): boolean;
}

function rsa(hash: string): Algorithm {
  return {
    fits: (key) => key.asymmetricKeyType === 'rsa',
    verify: (key, data, signature) => verify(hash, data, { key, padding: pkcs1 }, signature),
  };
}

function pss(hash: string, saltLength: number): Algorithm {
  return {
    fits: (key) => key.asymmetricKeyType === 'rsa' || key.asymmetricKeyType === 'rsa-pss',
    verify: (key, data, signature) => verify(hash, data, { key, padding: pssPadding, saltLength }, signature),
  };
}

function ecdsa(hash: string, curve: string): Algorithm {
  return {
    fits: (key) => key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === curve,
    verify: (key, data, signature) => verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, signature),
  };
}

function hmac(hash: string): Algorithm {
  return {
    fits: (key) => key.type === 'secret',
    verify(key, data, signature) {
      const right = createHmac(hash, key).update(data).digest();
      return right.length === signature.length && timingSafeEqual(right, signature);
    },
  };
}

const edwards: Algorithm = {
  fits: (key) => key.asymmetricKeyType === 'ed25519' || key.asymmetricKeyType === 'ed448',
  verify: (key, data, signature) => verify(null, data, key, signature),
};

const { RSA_PKCS1_PADDING: pkcs1, RSA_PKCS1_PSS_PADDING: pssPadding } = constants;

const algorithms: Readonly<Record<string, Algorithm>> = {
  RS256: rsa('sha256'),
  RS384: rsa('sha384'),
  RS512: rsa('sha512'),
  PS256: pss('sha256', 32),
  PS384: pss('sha384', 48),
  PS512: pss('sha512', 64),
  ES256: ecdsa('sha256', 'prime256v1'),
  ES384: ecdsa('sha384', 'secp384r1'),
  ES512: ecdsa('sha512', 'secp521r1'),
  EdDSA: edwards,
  Ed25519: edwards,
  HS256: hmac('sha256'),
  HS384: hmac('sha384'),
  HS512: hmac('sha512'),
};
