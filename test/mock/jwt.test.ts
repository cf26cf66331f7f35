// JSON Web Tokens: read, and checked with keys of every kind that are signed with here, by node:crypto.
import {
  constants,
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  type KeyPairKeyObjectResult,
  sign,
} from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keySet, keySetProblem, readJwt, scopesIn, timeProblem } from '../../src/mock/rest/jwt.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const other = generateKeyPairSync('rsa', { modulusLength: 2048 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const ed25519 = generateKeyPairSync('ed25519');
const ed448 = generateKeyPairSync('ed448');
const secret = Buffer.from('a secret that is long enough for everybody, and then some more of it');

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(header: object, claims: object, signed: (data: Buffer) => Buffer): string {
  const data = `${part(header)}.${part(claims)}`;
  return `${data}.${signed(Buffer.from(data)).toString('base64url')}`;
}

const pkcs1 = (hash: string, key: KeyObject) => (data: Buffer) => sign(hash, data, key);
const pss = (hash: string, key: KeyObject) => (data: Buffer) =>
  sign(hash, data, {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  });
const ecdsa = (hash: string, key: KeyObject) => (data: Buffer) => sign(hash, data, { key, dsaEncoding: 'ieee-p1363' });
const edwards = (key: KeyObject) => (data: Buffer) => sign(null, data, key);
const hmac = (hash: string) => (data: Buffer) => createHmac(hash, secret).update(data).digest();

const jwkOf = (pair: KeyPairKeyObjectResult, more: object = {}) => ({
  ...pair.publicKey.export({ format: 'jwk' }),
  ...more,
});
const octet = { kty: 'oct', k: secret.toString('base64url') };

const ways: readonly (readonly [string, object, (data: Buffer) => Buffer])[] = [
  ['RS256', jwkOf(rsa), pkcs1('sha256', rsa.privateKey)],
  ['RS384', jwkOf(rsa), pkcs1('sha384', rsa.privateKey)],
  ['RS512', jwkOf(rsa), pkcs1('sha512', rsa.privateKey)],
  ['PS256', jwkOf(rsa), pss('sha256', rsa.privateKey)],
  ['PS384', jwkOf(rsa), pss('sha384', rsa.privateKey)],
  ['PS512', jwkOf(rsa), pss('sha512', rsa.privateKey)],
  ['ES256', jwkOf(p256), ecdsa('sha256', p256.privateKey)],
  ['ES384', jwkOf(p384), ecdsa('sha384', p384.privateKey)],
  ['ES512', jwkOf(p521), ecdsa('sha512', p521.privateKey)],
  ['EdDSA', jwkOf(ed25519), edwards(ed25519.privateKey)],
  ['EdDSA', jwkOf(ed448), edwards(ed448.privateKey)],
  ['HS256', octet, hmac('sha256')],
  ['HS384', octet, hmac('sha384')],
  ['HS512', octet, hmac('sha512')],
];

/** What a set of keys has against a token. */
function problemOf(jwks: unknown, text: string): string | null {
  const jwt = readJwt(text);
  if (jwt === null || jwt === 'broken') throw new Error(`not read: ${jwt}`);
  return keySet(jwks).problemOf(jwt);
}

describe('signatures', () => {
  it.each(ways)('are checked: %s', (alg, jwk, signed) => {
    const good = token({ alg }, { sub: 'ada' }, signed);
    expect(problemOf({ keys: [jwk] }, good)).toBeNull();
    const [head, , tail] = good.split('.');
    expect(problemOf({ keys: [jwk] }, `${head}.${part({ sub: 'eve' })}.${tail}`)).toBe(
      'The signature of the token is wrong.',
    );
    expect(problemOf({ keys: [jwk] }, `${head}.${part({ sub: 'ada' })}.`)).toBe('The signature of the token is wrong.');
  });

  it('are looked at with the key that the token names', () => {
    const keys = [jwkOf(other, { kid: 'old' }), jwkOf(rsa, { kid: 'new' })];
    const named = (kid: string) => token({ alg: 'RS256', kid }, {}, pkcs1('sha256', rsa.privateKey));
    expect(problemOf({ keys }, named('new'))).toBeNull();
    expect(problemOf({ keys }, named('old'))).toBe('The signature of the token is wrong.');
    expect(problemOf({ keys }, named('lost'))).toBe('The token is signed with a key that is not known.');
    expect(problemOf({ keys }, token({ alg: 'RS256' }, {}, pkcs1('sha256', rsa.privateKey)))).toBeNull();
  });

  it('are never none', () => {
    for (const alg of ['none', 'None', 'NONE']) {
      const unsigned = `${part({ alg })}.${part({ sub: 'eve' })}.`;
      expect(problemOf({ keys: [jwkOf(rsa), octet] }, unsigned)).toBe('The token is not signed.');
    }
  });

  it('are not made with a public key as the secret', () => {
    const pem = rsa.publicKey.export({ type: 'spki', format: 'pem' });
    const forged = token({ alg: 'HS256' }, {}, (data) => createHmac('sha256', pem).update(data).digest());
    expect(problemOf({ keys: [jwkOf(rsa)] }, forged)).toBe('The token is signed with a key that is not known.');
  });

  it('are made with the algorithm and the curve of the key', () => {
    const es256 = token({ alg: 'ES256' }, {}, ecdsa('sha256', p256.privateKey));
    expect(problemOf({ keys: [jwkOf(p384)] }, es256)).toBe('The token is signed with a key that is not known.');
    const rs256 = token({ alg: 'RS256' }, {}, pkcs1('sha256', rsa.privateKey));
    expect(problemOf({ keys: [jwkOf(rsa, { alg: 'PS256' })] }, rs256)).toBe(
      'The token is signed with a key that is not known.',
    );
    expect(problemOf({ keys: [jwkOf(rsa, { use: 'enc' })] }, rs256)).toBe(
      'The token is signed with a key that is not known.',
    );
  });

  it('do not help where the token asks for what is not known', () => {
    const critical = token({ alg: 'HS256', crit: ['b64'], b64: false }, {}, hmac('sha256'));
    expect(problemOf(octet, critical)).toBe('The token asks for extensions that are not known.');
    const odd = token({ alg: 'HS1' }, {}, hmac('sha256'));
    expect(problemOf(octet, odd)).toBe('The token is signed in a way that is not known.');
    expect(problemOf(octet, token({ alg: 'constructor' }, {}, hmac('sha256')))).toBe(
      'The token is signed in a way that is not known.',
    );
  });
});

describe('a set of keys', () => {
  const signed = (claims: object) => token({ alg: 'HS256' }, claims, hmac('sha256'));

  it('may be one key, or a list', () => {
    expect(problemOf(octet, signed({}))).toBeNull();
    expect(problemOf([octet], signed({}))).toBeNull();
  });

  it('may say whose tokens are believed, and for whom they are to be', () => {
    const jwks = { keys: [octet], issuer: 'https://issuer.example', audience: ['shop', 'store'] };
    const claims = { iss: 'https://issuer.example', aud: 'shop' };
    expect(problemOf(jwks, signed(claims))).toBeNull();
    expect(problemOf(jwks, signed({ ...claims, aud: ['else', 'store'] }))).toBeNull();
    expect(problemOf(jwks, signed({ ...claims, iss: 'https://else.example' }))).toBe(
      'The token is from another issuer.',
    );
    expect(problemOf(jwks, signed({ aud: 'shop' }))).toBe('The token is from another issuer.');
    expect(problemOf(jwks, signed({ ...claims, aud: 'else' }))).toBe('The token is for another audience.');
    expect(problemOf(jwks, signed({ iss: claims.iss }))).toBe('The token is for another audience.');
  });

  it.each<[unknown, string | null]>([
    [{ keys: [octet] }, null],
    [jwkOf(p256), null],
    [{ keys: [] }, 'It holds no keys.'],
    [{ keys: [{ kty: 'RSA' }] }, 'It holds no key that signatures can be checked with.'],
    [{ keys: [{ kty: 'oct', k: '' }, null, 7] }, 'It holds no key that signatures can be checked with.'],
    ['keys', 'It is neither a JSON Web Key Set (an object with a list `keys`) nor a key.'],
    [{}, 'It is neither a JSON Web Key Set (an object with a list `keys`) nor a key.'],
  ])('is told from what is none: %j', (value, problem) => {
    expect(keySetProblem(value)).toBe(problem);
  });
});

describe('a token', () => {
  const read = (claims: object) => {
    const jwt = readJwt(`${part({ alg: 'none' })}.${part(claims)}.`);
    if (jwt === null || jwt === 'broken') throw new Error('not read');
    return jwt;
  };
  const now = Date.UTC(2026, 0, 2, 3, 4, 5);

  it.each<[object, string | null]>([
    [{}, null],
    [{ exp: now / 1000 + 1 }, null],
    [{ exp: now / 1000 }, 'The token expired at 2026-01-02T03:04:05Z.'],
    [{ nbf: now / 1000 }, null],
    [{ nbf: now / 1000 + 1 }, 'The token is not valid before 2026-01-02T03:04:06Z.'],
    [{ exp: 'soon' }, 'The claim exp of the token is not a number.'],
    [{ exp: -1e300 }, 'The token expired.'],
  ])('has its time: %j', (claims, problem) => {
    expect(timeProblem(read(claims), now)).toBe(problem);
  });

  it.each<[object, readonly string[] | null]>([
    [{ scope: 'a b' }, ['a', 'b']],
    [{ scp: ['a', 'b', 7] }, ['a', 'b']],
    [{ scopes: 'a,b' }, ['a', 'b']],
    [{ scope: '' }, []],
    [{ scope: 'a', scp: ['b'] }, ['a', 'b']],
    [{}, null],
  ])('grants scopes: %j', (claims, scopes) => {
    expect(scopesIn(read(claims))).toEqual(scopes);
  });

  it('is told from what is none', () => {
    expect(readJwt('opaque')).toBeNull();
    expect(readJwt('a.b.c')).toBeNull();
    expect(readJwt('a.b.c.d.e')).toBeNull();
    expect(readJwt(`${part({ typ: 'JWT' })}.${part({})}.`)).toBeNull();
    expect(readJwt(`${part({ alg: 'RS256' })}.nonsense.`)).toBe('broken');
    expect(readJwt(`${part({ alg: 'RS256' })}.${part([])}.`)).toBe('broken');
    expect(readJwt(`${part({ alg: 'RS256' })}.${part({})}.?`)).toBe('broken');
  });

  it('may be anything without a crash', () => {
    const jwks = keySet({ keys: [jwkOf(rsa), jwkOf(p256), jwkOf(ed25519), octet] });
    const rubbish = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .tuple(fc.json(), fc.json(), fc.base64String())
        .map(([a, b, c]) => `${Buffer.from(a).toString('base64url')}.${Buffer.from(b).toString('base64url')}.${c}`),
      fc
        .tuple(
          fc.constantFrom(...ways.map(([alg]) => alg), 'none'),
          fc.dictionary(fc.string(), fc.jsonValue()),
          fc.uint8Array(),
        )
        .map(
          ([alg, claims, signature]) =>
            `${part({ alg })}.${part(claims)}.${Buffer.from(signature).toString('base64url')}`,
        ),
    );
    fc.assert(
      fc.property(rubbish, fc.integer(), (text, now) => {
        const jwt = readJwt(text);
        if (jwt === null || jwt === 'broken') return;
        expect(jwks.problemOf(jwt)).not.toBeNull();
        timeProblem(jwt, now);
        scopesIn(jwt);
      }),
      { numRuns: 2000 },
    );
  });
});
