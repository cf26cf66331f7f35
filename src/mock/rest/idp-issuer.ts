import { generateKeyPair, type KeyObject, randomBytes, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Context } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { LatestMap } from './idp-memory.ts';
import { type Jwt, type KeySet, keySet } from './jwt.ts';

/** What signs the tokens of the provider for tests, with a key that is made when the first is asked for. */
export class Issuer {
  /** Names the key; made at once, so that tokens can be told from others before there is one. */
  readonly kid = randomBytes(12).toString('base64url');
  readonly #revoked = new LatestMap<string, true>(10_000);
  readonly #now: () => number;
  #making: Promise<{ readonly privateKey: KeyObject; readonly publicKey: KeyObject }> | null = null;
  #keys: KeySet | null = null;

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** The public key as a JSON Web Key Set (RFC 7517, section 5). */
  async jwks(): Promise<{ readonly keys: readonly JsonObject[] }> {
    const { publicKey } = await this.#pair();
    const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
    return { keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: this.kid, n, e }] };
  }

  /**
   * A signed token (RFC 7519) with `iat`, `exp` and `jti` besides what is given.
   * @param type its `typ`: `at+jwt` (RFC 9068) or `JWT`
   * @param lifetime seconds
   */
  async token(
    type: 'at+jwt' | 'JWT',
    claims: JsonObject,
    lifetime: number,
  ): Promise<{ token: string; claims: JsonObject }> {
    const { privateKey } = await this.#pair();
    const issued = Math.floor(this.#now() / 1000);
    const all = { ...claims, iat: issued, exp: issued + lifetime, jti: randomBytes(16).toString('base64url') };
    const signed = `${encoded({ alg: 'RS256', typ: type, kid: this.kid })}.${encoded(all)}`;
    const signature = await signAsync('sha256', Buffer.from(signed), privateKey);
    return { token: `${signed}.${signature.toString('base64url')}`, claims: all };
  }

  /** Whether a token claims to be signed with this key. */
  signed({ header }: Jwt): boolean {
    return header['kid'] === this.kid;
  }

  /** Why a token that claims to be signed here is not believed, in a sentence; null: it is. ID tokens let nobody in. */
  problemOf(jwt: Jwt): string | null {
    if (!this.#keys) return 'The token is signed with a key that is not known.';
    const problem = this.#keys.problemOf(jwt);
    if (problem !== null) return problem;
    return jwt.header['typ'] === 'at+jwt' ? null : 'The token is no access token.';
  }

  /** Makes a token good for nothing before its time. */
  revoke(id: string): void {
    this.#revoked.set(id, true);
  }

  /** Whether a token was revoked, in a sentence. */
  revokedProblem({ claims }: { readonly claims: JsonObject | Jwt['claims'] }): string | null {
    return typeof claims['jti'] === 'string' && this.#revoked.get(claims['jti']) ? 'The token was revoked.' : null;
  }

  #pair(): Promise<{ readonly privateKey: KeyObject; readonly publicKey: KeyObject }> {
    this.#making ??= generate('rsa', { modulusLength: 2048 }).then((pair) => {
      this.#keys = keySet({ keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: this.kid, alg: 'RS256' }] });
      return pair;
    });
    return this.#making;
  }
}

const generate = promisify(generateKeyPair);
const signAsync = promisify(sign);

const encoded = (value: JsonObject): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const issuers = new WeakMap<Context['settings'], Issuer>();

/** The issuer of a mock: one for as long as it runs, documents changed or not, so that who lets in believes what was handed out. */
export function issuerOf(context: Context): Issuer {
  let issuer = issuers.get(context.settings);
  if (!issuer) {
    issuer = new Issuer(() => context.now());
    issuers.set(context.settings, issuer);
  }
  return issuer;
}
