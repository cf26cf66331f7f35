// Who is let in, as documents say: over real HTTP.
import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guarding } from './guarding.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const unsigned = (claims: object) => `${part({ alg: 'none' })}.${part(claims)}.`;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

const schemes = `
    key: { type: apiKey, in: header, name: X-Api-Key }
    query: { type: apiKey, in: query, name: api key }
    cookie: { type: apiKey, in: cookie, name: sid }
    basic: { type: http, scheme: Basic }
    bearer: { type: http, scheme: bearer }
    digest: { type: http, scheme: digest }
    dpop: { type: http, scheme: DPoP }
    tls: { type: mutualTLS }
    oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: /token, scopes: { 'read:a': A, 'write:a': A } } } }
    openid: { type: openIdConnect, openIdConnectUrl: https://id.example/.well-known/openid-configuration }
`;

/** A document whose only operation, `GET /x`, has this `security`. */
const secured = (security: string, all = '') => `
openapi: 3.1.0
info: { title: 'The "Shop"', version: 1.0.0 }
${all && `security: ${all}`}
paths:
  /x:
    get:
      ${security && `security: ${security}`}
      responses: { '200': { description: OK } }
components:
  securitySchemes: ${schemes}
`;

const realm = 'realm="The \\"Shop\\""';

describe('credentials', () => {
  const digest = 'Digest username="ada", realm="r", nonce="n", uri="/x", response="0"';
  it.each<[string, Record<string, string>, number, string?]>([
    // Nothing is asked for.
    ['', {}, 200],
    ['[]', {}, 200],
    ['[{}]', {}, 200],
    ['[{ key: [] }, {}]', {}, 200],
    ['[{ tls: [] }]', {}, 200],
    ['[{ nobody_defines_this: [] }]', {}, 200],
    // One scheme.
    ['[{ key: [] }]', { 'x-api-key': 'k' }, 200],
    ['[{ key: [] }]', { 'x-api-key': ' ' }, 401],
    ['[{ key: [] }]', { authorization: 'Bearer k' }, 401],
    ['[{ cookie: [] }]', { cookie: 'a=b; sid="s"' }, 200],
    ['[{ cookie: [] }]', { cookie: 'xsid=s' }, 401],
    ['[{ basic: [] }]', basic('ada:secret:with:colons'), 200],
    ['[{ basic: [] }]', basic('nobody'), 401],
    ['[{ basic: [] }]', { authorization: 'Basic {}' }, 401],
    ['[{ basic: [] }]', bearer('t'), 401],
    ['[{ bearer: [] }]', bearer('t'), 200],
    ['[{ bearer: [] }]', { authorization: 'bearer  t ' }, 200],
    ['[{ bearer: [] }]', { authorization: 'Bearer' }, 401],
    ['[{ bearer: [] }]', { authorization: 'Bearer a b' }, 401],
    ['[{ bearer: [] }]', basic('ada:secret'), 401],
    ['[{ digest: [] }]', { authorization: digest }, 200],
    ['[{ digest: [] }]', { authorization: 'Digest username="ada"' }, 401],
    ['[{ dpop: [] }]', { authorization: 'DPoP t' }, 200],
    ['[{ dpop: [] }]', { authorization: 'DPoP' }, 401],
    ['[{ openid: [] }]', bearer('t'), 200],
    // All of one alternative, any of several.
    ['[{ key: [], bearer: [] }]', { 'x-api-key': 'k' }, 401],
    ['[{ key: [], bearer: [] }]', { 'x-api-key': 'k', ...bearer('t') }, 200],
    ['[{ key: [] }, { bearer: [] }]', bearer('t'), 200],
    ['[{ key: [], tls: [] }, { bearer: [], cookie: [] }]', bearer('t'), 401],
    // Scopes.
    ["[{ oauth: ['read:a'] }]", bearer('opaque'), 200],
    ["[{ oauth: ['read:a'] }]", bearer('dev:read:a,write:a'), 200],
    ["[{ oauth: ['read:a', 'write:a'] }]", bearer('dev:read:a'), 403],
    ["[{ oauth: ['read:a'] }]", bearer('dev:'), 403],
    ["[{ oauth: ['read:a'] }]", bearer('dev:*'), 200],
    ["[{ oauth: ['read:a'] }]", bearer(unsigned({ scope: 'read:a openid' })), 200],
    ["[{ oauth: ['read:a'] }]", bearer(unsigned({ scp: ['read:a'] })), 200],
    ["[{ oauth: ['read:a'] }]", bearer(unsigned({ scope: 'write:a' })), 403],
    ["[{ oauth: ['read:a'] }]", bearer(unsigned({})), 403],
    ["[{ oauth: ['write:a'] }, { oauth: ['read:a'] }]", bearer('dev:read:a'), 200],
    ["[{ oauth: ['write:a'] }, { key: [] }]", { ...bearer('dev:read:a'), 'x-api-key': 'k' }, 200],
    // Times.
    ['[{ bearer: [] }]', bearer(unsigned({ exp: Date.UTC(2026, 0, 1) / 1000 })), 401],
    ['[{ bearer: [] }]', bearer(unsigned({ exp: Date.UTC(2026, 0, 1) / 1000 + 1 })), 200],
    ['[{ bearer: [] }]', bearer(unsigned({ nbf: Date.UTC(2026, 0, 1) / 1000 + 1 })), 401],
    ['[{ bearer: [] }]', bearer(`${part({ alg: 'RS256' })}.nonsense.`), 401],
    // The document's, and the operation's in its place.
    ['', {}, 401, '[{ key: [] }]'],
    ['[]', {}, 200, '[{ key: [] }]'],
    ['[{ bearer: [] }]', { 'x-api-key': 'k' }, 401, '[{ key: [] }]'],
  ])('security: %s with %j gives %i', async (security, headers, status, all) => {
    const { url } = await guarding(secured(security, all));
    expect((await fetch(`${url}/x`, { headers })).status).toBe(status);
  });

  it('are found in the query, decoded', async () => {
    const { url } = await guarding(secured('[{ query: [] }]'));
    expect((await fetch(`${url}/x?a=1&api%20key=k`)).status).toBe(200);
    expect((await fetch(`${url}/x?api+key=%ff%fe%`)).status).toBe(200);
    expect((await fetch(`${url}/x?api+key=`)).status).toBe(401);
    expect((await fetch(`${url}/x?key=k`)).status).toBe(401);
  });

  it('are not asked for where nobody wants them', async () => {
    const { url } = await guarding(secured("[{ oauth: ['read:a'] }]"), { auth: 'off' });
    expect((await fetch(`${url}/x`)).status).toBe(200);
    expect((await fetch(`${url}/x`, { headers: bearer('dev:') })).status).toBe(200);
  });

  it('need only be there, as Prism has it', async () => {
    const { url } = await guarding(secured("[{ oauth: ['read:a'] }]"), { compat: 'prism' });
    expect((await fetch(`${url}/x`)).status).toBe(401);
    expect((await fetch(`${url}/x`, { headers: bearer('dev:') })).status).toBe(200);
    expect((await fetch(`${url}/x`, { headers: bearer(unsigned({ exp: 1 })) })).status).toBe(200);
  });

  it('of Swagger 2.0 are asked for, too', async () => {
    const { url } = await guarding(`
swagger: '2.0'
info: { title: Shop, version: '1' }
securityDefinitions:
  basic: { type: basic }
  token: { type: apiKey, in: header, name: Authorization }
  oauth: { type: oauth2, flow: application, tokenUrl: 'https://id.example/token', scopes: { read: Read } }
paths:
  /basic: { get: { security: [{ basic: [] }], responses: { '200': { description: OK } } } }
  /token: { get: { security: [{ token: [] }], responses: { '200': { description: OK } } } }
  /oauth: { get: { security: [{ oauth: [read] }], responses: { '200': { description: OK } } } }
`);
    const statusOf = async (path: string, headers: Record<string, string>) =>
      (await fetch(url + path, { headers })).status;
    expect(await statusOf('/basic', {})).toBe(401);
    expect(await statusOf('/basic', basic('ada:x'))).toBe(200);
    expect(await statusOf('/token', { authorization: 'anything' })).toBe(200);
    // A bearer token described as they were before 3.0.
    expect(await statusOf('/token', bearer(unsigned({ exp: 1 })))).toBe(401);
    expect(await statusOf('/oauth', bearer('dev:write'))).toBe(403);
    expect(await statusOf('/oauth', bearer('dev:read'))).toBe(200);
  });
});

describe('a refusal', () => {
  const challengesOf = async (security: string, headers: Record<string, string> = {}, settings = {}) => {
    const { url } = await guarding(secured(security), settings);
    const response = await fetch(`${url}/x`, { headers });
    return [response.status, response.headers.get('www-authenticate'), (await response.json()).error] as const;
  };

  it('has a challenge for each scheme that would let the caller in', async () => {
    const [status, challenges, error] = await challengesOf(
      "[{ key: [] }, { basic: [] }, { oauth: ['read:a'] }, { digest: [], bearer: [] }]",
    );
    expect(status).toBe(401);
    expect(challenges).toBe(
      [
        `ApiKey ${realm}, in="header", name="X-Api-Key"`,
        `Basic ${realm}, charset="UTF-8"`,
        `Bearer ${realm}, scope="read:a"`,
        `Digest ${realm}, qop="auth", algorithm=SHA-256, nonce="YXBpYXJjaA"`,
        `Bearer ${realm}`,
      ].join(', '),
    );
    expect(error).toMatchObject({
      code: 'unauthenticated',
      message:
        'Credentials are missing: give an API key in the header X-Api-Key, or a user and a password in the header Authorization (Basic), or a bearer token in the header Authorization, or Digest credentials in the header Authorization and a bearer token in the header Authorization.',
    });
  });

  it('says what is wrong with a token, and only then', async () => {
    const [, challenges, error] = await challengesOf('[{ bearer: [] }]', bearer(unsigned({ exp: 1 })));
    const sentence = 'The token expired at 1970-01-01T00:00:01Z.';
    expect(challenges).toBe(`Bearer ${realm}, error="invalid_token", error_description="${sentence}"`);
    expect(error.message).toBe(sentence);
    expect((await challengesOf('[{ bearer: [] }]'))[1]).toBe(`Bearer ${realm}`);
  });

  it('names the scopes that are missing, of the alternative that is nearest', async () => {
    const [status, challenges, error] = await challengesOf(
      "[{ oauth: ['read:a', 'write:a'] }, { openid: [a, b, 'c d'] }]",
      bearer('dev:read:a'),
    );
    expect(status).toBe(403);
    expect(challenges).toBe(
      `Bearer ${realm}, error="insufficient_scope", error_description="The credentials lack the scope write:a.", scope="read:a write:a"`,
    );
    expect(error).toMatchObject({ code: 'insufficient_scope', message: 'The credentials lack the scope write:a.' });
  });
});

describe('a list of tokens', () => {
  const tokens = { 'sk-reader': ['read:a'], 'sk-all': ['*'], 'ada:secret': [], none: [] };
  it.each<[string, Record<string, string>, number]>([
    ["[{ oauth: ['read:a'] }]", bearer('sk-reader'), 200],
    ["[{ oauth: ['write:a'] }]", bearer('sk-reader'), 403],
    ["[{ oauth: ['write:a'] }]", bearer('sk-all'), 200],
    ["[{ oauth: ['read:a'] }]", bearer('none'), 403],
    ["[{ oauth: ['read:a'] }]", bearer('unknown'), 401],
    ["[{ oauth: ['read:a'] }]", bearer('toString'), 401],
    ["[{ oauth: ['read:a'] }]", bearer('dev:read:a'), 200],
    ["[{ oauth: ['read:a'] }]", bearer(unsigned({ scope: 'read:a' })), 200],
    ['[{ key: [] }]', { 'x-api-key': 'sk-reader' }, 200],
    ['[{ key: [] }]', { 'x-api-key': 'unknown' }, 401],
    ["[{ key: ['write:a'] }]", { 'x-api-key': 'sk-reader' }, 403],
    ['[{ basic: [] }]', basic('ada:secret'), 200],
    ['[{ basic: [] }]', basic('ada:wrong'), 401],
  ])('lets in whom it lists: %s with %j gives %i', async (security, headers, status) => {
    const { url } = await guarding(secured(security), { tokens });
    expect((await fetch(`${url}/x`, { headers })).status).toBe(status);
  });
});

describe('with keys', () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwks = { keys: [{ ...pair.publicKey.export({ format: 'jwk' }), kid: 'k1' }] };
  const signed = (claims: object) => {
    const data = `${part({ alg: 'ES256', kid: 'k1' })}.${part(claims)}`;
    const signature = sign('sha256', Buffer.from(data), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
    return `${data}.${signature.toString('base64url')}`;
  };

  it('only tokens that are signed with them are believed', async () => {
    const { url } = await guarding(secured("[{ oauth: ['read:a'] }]"), { jwks, tokens: { listed: ['read:a'] } });
    const statusOf = async (token: string) => (await fetch(`${url}/x`, { headers: bearer(token) })).status;
    expect(await statusOf(signed({ scope: 'read:a' }))).toBe(200);
    expect(await statusOf(signed({ scope: 'write:a' }))).toBe(403);
    expect(await statusOf(unsigned({ scope: 'read:a' }))).toBe(401);
    expect(await statusOf(`${signed({ scope: 'read:a' }).slice(0, -4)}AAAA`)).toBe(401);
    expect(await statusOf('dev:read:a')).toBe(401);
    expect(await statusOf('opaque')).toBe(401);
    expect(await statusOf('listed')).toBe(200);
  });

  it('a token that was good is not good for ever', async () => {
    const guarded = await guarding(secured('[{ bearer: [] }]'), { jwks });
    const headers = bearer(signed({ exp: guarded.now / 1000 + 10 }));
    expect((await fetch(`${guarded.url}/x`, { headers })).status).toBe(200);
    guarded.now += 10_000;
    expect((await fetch(`${guarded.url}/x`, { headers })).status).toBe(401);
  });
});

describe('the caller', () => {
  it.each<[string, Record<string, string>, unknown]>([
    ['[{ bearer: [] }]', bearer('t'), { key: 'token:t', scopes: null }],
    ['[{ bearer: [] }]', bearer('dev:a,b'), { key: 'token:dev:a,b', scopes: ['a', 'b'] }],
    ['[{ bearer: [] }]', bearer(unsigned({ iss: 'i', sub: 'ada', scope: 'a' })), { key: 'user:i ada', scopes: ['a'] }],
    ['[{ basic: [] }]', basic('ada:x'), { key: 'user:ada', scopes: null }],
    ['[{ key: [] }, {}]', { 'x-api-key': 'k' }, { key: 'key:k', scopes: null }],
    ['[{}, { key: [] }]', { 'x-api-key': 'k' }, { key: 'key:k', scopes: null }],
    ['[{}]', {}, null],
    ['', {}, null],
    ['', bearer('t'), { key: 'authorization:Bearer t', scopes: null }],
  ])('is known by credentials: %s with %j', async (security, headers, caller) => {
    const guarded = await guarding(secured(security));
    await fetch(`${guarded.url}/x`, { headers });
    expect(guarded.caller).toEqual(caller);
  });

  it('has a short key, whatever the token', async () => {
    const guarded = await guarding(secured('[{ bearer: [] }]'));
    await fetch(`${guarded.url}/x`, { headers: bearer('t'.repeat(10_000)) });
    expect(guarded.caller!.key).toMatch(/^token:[\w-]{43}$/);
  });
});

it('no Authorization is an accident', async () => {
  const every = '[{ key: [] }, { bearer: [] }, { basic: [] }, { digest: [] }, { oauth: [a] }, { cookie: [] }]';
  const { url } = await guarding(secured(every), { tokens: {} });
  const visible = fc.string({
    unit: fc
      .integer({ min: 0x20, max: 0xff })
      .filter((code) => code !== 0x7f)
      .map((code) => String.fromCharCode(code)),
  });
  const scheme = fc.constantFrom('Bearer ', 'Basic ', 'Digest ', 'bearer', 'DPoP ', '', 'Basic Og', 'Bearer dev:');
  await fc.assert(
    fc.asyncProperty(scheme, visible, visible, async (name, rest, cookie) => {
      const headers = { authorization: (name + rest).trim(), cookie: cookie.trim(), 'x-api-key': rest.trim() };
      const response = await fetch(`${url}/x`, { headers });
      expect([200, 401, 403]).toContain(response.status);
      await response.arrayBuffer();
    }),
    { numRuns: 1000 },
  );
});
