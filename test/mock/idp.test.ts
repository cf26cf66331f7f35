// The OAuth 2 and OpenID provider for tests, as clients use it and abuse it: over real HTTP.
import { createHash, createPublicKey, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Guarding, guarding } from './guarding.ts';

const document = (more = '') => `
openapi: 3.1.0
info: { title: Shop, version: 1.0.0 }
servers: [{ url: https://api.shop.example/v1 }]
security: [{ oauth: ['orders:read'] }]
paths:
  /orders:
    get: { responses: { '200': { description: OK } } }
    post: { security: [{ oauth: ['orders:write'] }], responses: { '201': { description: Created } } }
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://api.shop.example/sign-in
          tokenUrl: /sign-in/token
          scopes: { 'orders:read': Read orders, 'orders:write': Place orders }
        clientCredentials:
          tokenUrl: https://elsewhere.example/their/token
          scopes: { 'orders:read': Read orders }
        ${more}
`;

const verifier = 'a-verifier-of-at-least-forty-three-characters-0123';
const challenge = createHash('sha256').update(verifier).digest('base64url');
const redirectUri = 'http://127.0.0.1:5555/callback?from=test';

const start = (settings: Parameters<typeof guarding>[1] = {}, text = document()) =>
  guarding(text, { idp: true, ...settings });

const authorizeUrl = (url: string, changes: Record<string, string | null> = {}, path = '/oauth/authorize') => {
  const query = new URLSearchParams({
    ...{
      response_type: 'code',
      client_id: 'web',
      redirect_uri: redirectUri,
      scope: 'openid orders:read',
      state: 's&1',
    },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', nonce: 'n1', approve: 'true' },
  });
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) query.delete(name);
    else query.set(name, value);
  }
  return `${url}${path}?${query}`;
};

const authorize = (url: string, changes?: Record<string, string | null>) =>
  fetch(authorizeUrl(url, changes), { redirect: 'manual' });

/** Where an answer of the authorization endpoint sends the browser, as its parameters. */
const sentBack = (response: Response) => {
  expect(response.status).toBe(303);
  return Object.fromEntries(new URL(response.headers.get('location')!).searchParams);
};

const codeOf = async (url: string, changes?: Record<string, string | null>) =>
  sentBack(await authorize(url, changes))['code']!;

type Tokens = Record<string, string> & { readonly status: number };

async function token(url: string, form: Record<string, string>, headers = {}): Promise<Tokens> {
  const response = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(form), headers });
  expect(response.headers.get('cache-control')).toBe('no-store');
  return { status: response.status, ...(await response.json()) };
}

const exchange = (url: string, code: string, changes: Record<string, string> = {}) =>
  token(url, {
    ...{ grant_type: 'authorization_code', code, client_id: 'web', redirect_uri: redirectUri, code_verifier: verifier },
    ...changes,
  });

const refresh = (url: string, refreshToken: string, changes: Record<string, string> = {}) =>
  token(url, { grant_type: 'refresh_token', refresh_token: refreshToken, client_id: 'web', ...changes });

const form = (url: string, path: string, values: Record<string, string>) =>
  fetch(url + path, { method: 'POST', body: new URLSearchParams(values) });

const claimsOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString());

const ordersStatus = async (url: string, accessToken: string, method = 'GET') =>
  (await fetch(`${url}/orders`, { method, headers: { authorization: `Bearer ${accessToken}` } })).status;

describe('the authorization code flow', () => {
  it('ends with tokens that open what they are for, and no more', async () => {
    const { url, now } = await start();
    const back = sentBack(await authorize(url));
    expect(back).toEqual({ from: 'test', code: expect.any(String), state: 's&1', iss: url });
    const tokens = await exchange(url, back['code']!);
    expect(tokens).toEqual({
      ...{ status: 200, token_type: 'Bearer', expires_in: 900, scope: 'openid orders:read' },
      ...{ access_token: expect.any(String), refresh_token: expect.any(String), id_token: expect.any(String) },
    });
    const times = { iat: now / 1000, exp: now / 1000 + 900, jti: expect.any(String) };
    expect(claimsOf(tokens['access_token']!)).toEqual({
      ...{ iss: url, sub: 'user-1', aud: url, client_id: 'web', scope: 'openid orders:read', ...times },
    });
    expect(claimsOf(tokens['id_token']!)).toEqual({
      ...{ iss: url, sub: 'user-1', aud: 'web', nonce: 'n1', auth_time: now / 1000, ...times },
      at_hash: createHash('sha256').update(tokens['access_token']!).digest().subarray(0, 16).toString('base64url'),
    });
    expect(await ordersStatus(url, tokens['access_token']!)).toBe(200);
    expect(await ordersStatus(url, tokens['access_token']!, 'POST')).toBe(403);
    expect(await ordersStatus(url, tokens['id_token']!)).toBe(401);
  });

  it('gives tokens that the published keys verify', async () => {
    const { url } = await start();
    const tokens = await exchange(url, await codeOf(url));
    const { keys } = await (await fetch(`${url}/.well-known/jwks.json`)).json();
    const [head, body, signature] = tokens['access_token']!.split('.');
    const header = JSON.parse(Buffer.from(head!, 'base64url').toString());
    expect(header).toEqual({ alg: 'RS256', typ: 'at+jwt', kid: keys[0].kid });
    expect(keys[0]).not.toHaveProperty('d');
    const key = createPublicKey({ key: keys[0], format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature!, 'base64url'))).toBe(true);
  });

  it.each<[string, Record<string, string | null>, string, string]>([
    [
      'another response type',
      { response_type: 'token' },
      'unsupported_response_type',
      'The response_type is to be code.',
    ],
    ['no response type', { response_type: null }, 'invalid_request', 'The parameter response_type is missing.'],
    ['no PKCE', { code_challenge: null }, 'invalid_request', 'The parameter code_challenge is missing.'],
    ['plain PKCE', { code_challenge_method: 'plain' }, 'invalid_request', 'The code_challenge_method is to be S256.'],
    [
      'PKCE of no method',
      { code_challenge_method: null },
      'invalid_request',
      'The code_challenge_method is to be S256.',
    ],
    [
      'a short challenge',
      { code_challenge: 'abc' },
      'invalid_request',
      'The code_challenge is to be a SHA-256 hash in base64url: 43 characters.',
    ],
    ['an unknown scope', { scope: 'orders:read orders:eat' }, 'invalid_scope', 'No document declares orders:eat.'],
    [
      'no prompt',
      { prompt: 'none', approve: null },
      'consent_required',
      'Nobody has agreed yet; approve=true agrees without asking.',
    ],
  ])('sends clients back that ask with %s', async (_, changes, error, description) => {
    const { url } = await start();
    expect(sentBack(await authorize(url, changes))).toEqual({
      ...{ from: 'test', error, error_description: description, state: 's&1', iss: url },
    });
  });

  it.each<[string, string | null]>([
    ['a foreign host', 'https://evil.example/callback'],
    ['a host that only looks near', 'http://localhost.evil.example/'],
    ['a user in the URL', 'http://localhost@evil.example/'],
    ['a script', 'javascript:alert(1)'],
    ['a fragment', 'http://localhost/#x'],
    ['no URL', 'callback'],
    ['nothing', null],
  ])('sends nobody to %s', async (_, uri) => {
    const { url } = await start();
    const response = await authorize(url, { redirect_uri: uri });
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain('redirect_uri');
  });

  it.each<[string, Record<string, string>, string]>([
    ['another client', { client_id: 'other' }, 'The code is for another client.'],
    [
      'another redirect_uri',
      { redirect_uri: 'http://127.0.0.1:5555/' },
      'The redirect_uri is another than the one that the code was asked for with.',
    ],
    ['another verifier', { code_verifier: `${verifier}x` }, 'The code_verifier does not fit the code_challenge.'],
    [
      'the challenge as the verifier',
      { code_verifier: challenge },
      'The code_verifier does not fit the code_challenge.',
    ],
    [
      'a short verifier',
      { code_verifier: 'short' },
      'The code_verifier is to be 43 to 128 letters, digits, or any of -._~.',
    ],
    ['another code', { code: 'made-up' }, 'The code is not known.'],
  ])('refuses a code with %s', async (_, changes, description) => {
    const { url } = await start();
    const code = await codeOf(url);
    const refused = await exchange(url, code, changes);
    expect(refused).toEqual({ status: 400, error: 'invalid_grant', error_description: description });
  });

  it('takes a code once: the second time, what came of it is revoked', async () => {
    const { url } = await start();
    const code = await codeOf(url);
    const tokens = await exchange(url, code);
    expect(await ordersStatus(url, tokens['access_token']!)).toBe(200);
    expect(await exchange(url, code)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await ordersStatus(url, tokens['access_token']!)).toBe(401);
    expect(await refresh(url, tokens['refresh_token']!)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('gives codes a minute, and access tokens a quarter of an hour', async () => {
    const guarded = await start();
    const late = await codeOf(guarded.url);
    guarded.now += 60_000;
    expect(await exchange(guarded.url, late)).toMatchObject({ error_description: 'The code has expired.' });
    const tokens = await exchange(guarded.url, await codeOf(guarded.url));
    guarded.now += 900_000 - 1;
    expect(await ordersStatus(guarded.url, tokens['access_token']!)).toBe(200);
    guarded.now += 1;
    expect(await ordersStatus(guarded.url, tokens['access_token']!)).toBe(401);
  });
});

describe('the page that asks', () => {
  const ask = async (url: string, changes: Record<string, string | null> = {}) => {
    const response = await fetch(authorizeUrl(url, { approve: null, ...changes }));
    const html = await response.text();
    return { response, html, id: /name="request" value="([^"]+)"/.exec(html)?.[1] };
  };
  const decide = (url: string, values: Record<string, string>) =>
    fetch(`${url}/oauth/authorize`, { method: 'POST', body: new URLSearchParams(values), redirect: 'manual' });

  it('lets a user agree, under a name', async () => {
    const { url } = await start();
    const { response, html, id } = await ask(url);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toContain('<li><code>orders:read</code></li>');
    expect(html).not.toContain('<script');
    const back = sentBack(await decide(url, { request: id!, decision: 'allow', user: 'ada@example.com' }));
    const tokens = await exchange(url, back['code']!);
    expect(claimsOf(tokens['id_token']!)['sub']).toBe('ada@example.com');
    // The page is good once.
    expect((await decide(url, { request: id!, decision: 'allow' })).status).toBe(400);
  });

  it('lets a user refuse', async () => {
    const { url } = await start();
    const { id } = await ask(url);
    expect(sentBack(await decide(url, { request: id!, decision: 'deny' }))).toMatchObject({
      ...{ error: 'access_denied', state: 's&1' },
    });
  });

  it('shows what a client says as text', async () => {
    const { url } = await start({}, document().replaceAll(/scopes: .*/g, 'scopes: {}'));
    const { html } = await ask(url, { client_id: '<script>1</script>', scope: '"><b>', login_hint: '"onfocus="x' });
    expect(html).not.toMatch(/<script|<b>"|"onfocus/);
    expect(html).toContain('&#60;script&#62;1&#60;/script&#62;');
  });
});

describe('refresh tokens', () => {
  it('are good once, and rotate', async () => {
    const { url } = await start();
    const first = await exchange(url, await codeOf(url, { scope: 'orders:read orders:write' }));
    const second = await refresh(url, first['refresh_token']!);
    expect(second).toMatchObject({ status: 200, scope: 'orders:read orders:write' });
    expect(second['refresh_token']).not.toBe(first['refresh_token']);
    const third = await refresh(url, second['refresh_token']!, { scope: 'orders:read' });
    expect(third).toMatchObject({ status: 200, scope: 'orders:read' });
    expect(await refresh(url, third['refresh_token']!, { scope: 'orders:read openid' })).toMatchObject({
      ...{ status: 400, error: 'invalid_scope' },
    });
    // What was asked for less may be had in full again (RFC 6749, section 6).
    expect((await refresh(url, third['refresh_token']!))['scope']).toBe('orders:read orders:write');
  });

  it('that come again take all that came of their grant with them', async () => {
    const { url } = await start();
    const first = await exchange(url, await codeOf(url));
    const second = await refresh(url, first['refresh_token']!);
    expect(await ordersStatus(url, second['access_token']!)).toBe(200);
    expect(await refresh(url, first['refresh_token']!)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await refresh(url, second['refresh_token']!)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await ordersStatus(url, second['access_token']!)).toBe(401);
  });

  it('are their client’s alone', async () => {
    const { url } = await start();
    const first = await exchange(url, await codeOf(url));
    expect(await refresh(url, first['refresh_token']!, { client_id: 'other' })).toMatchObject({
      error_description: 'The refresh token is for another client.',
    });
    expect((await refresh(url, first['refresh_token']!)).status).toBe(200);
  });
});

describe('other grants', () => {
  const basic = { authorization: `Basic ${Buffer.from('job:secret').toString('base64')}` };

  it('give a client tokens of its own', async () => {
    const { url } = await start();
    const tokens = await token(url, { grant_type: 'client_credentials', scope: 'orders:read' }, basic);
    expect(tokens).toMatchObject({ status: 200, scope: 'orders:read' });
    expect(tokens).not.toHaveProperty('refresh_token');
    expect(claimsOf(tokens['access_token']!)).toMatchObject({ sub: 'job', client_id: 'job' });
    const all = await token(url, { grant_type: 'client_credentials' }, basic);
    expect(all['scope']).toBe('orders:read orders:write');
    const posted = { grant_type: 'client_credentials', client_id: 'job', client_secret: 'secret' };
    expect((await token(url, posted)).status).toBe(200);
  });

  it.each<[string, Record<string, string>, Record<string, string>, number, string]>([
    ['no client', { grant_type: 'client_credentials' }, {}, 401, 'invalid_client'],
    ['a public client', { grant_type: 'client_credentials', client_id: 'job' }, {}, 401, 'invalid_client'],
    [
      'a client that shows itself twice',
      { grant_type: 'client_credentials', client_id: 'job', client_secret: 's' },
      basic,
      400,
      'invalid_request',
    ],
    ['two clients', { grant_type: 'client_credentials', client_id: 'other' }, basic, 400, 'invalid_request'],
    [
      'rubbish for a client',
      { grant_type: 'client_credentials' },
      { authorization: 'Basic ???' },
      401,
      'invalid_client',
    ],
    ['no grant type', {}, basic, 400, 'invalid_request'],
    ['a grant type that is not known', { grant_type: 'magic' }, basic, 400, 'unsupported_grant_type'],
    [
      'a password that no document wants',
      { grant_type: 'password', username: 'a', password: 'b' },
      basic,
      400,
      'unsupported_grant_type',
    ],
    ['a scope that is not known', { grant_type: 'client_credentials', scope: 'x' }, basic, 400, 'invalid_scope'],
  ])('refuse %s', async (_, values, headers, status, error) => {
    const { url } = await start();
    const response = await fetch(`${url}/oauth/token`, { method: 'POST', body: new URLSearchParams(values), headers });
    expect([response.status, (await response.json()).error]).toEqual([status, error]);
    expect(response.headers.has('www-authenticate')).toBe(status === 401);
  });

  it('take passwords where the document declares it', async () => {
    const { url } = await start({}, document("password: { tokenUrl: /t, scopes: { 'orders:read': Read } }"));
    const values = { grant_type: 'password', client_id: 'app', username: 'ada', password: 'x', scope: 'orders:read' };
    const tokens = await token(url, values);
    expect(claimsOf(tokens['access_token']!)['sub']).toBe('ada');
    expect((await refresh(url, tokens['refresh_token']!, { client_id: 'app' })).status).toBe(200);
  });

  it('want a form', async () => {
    const { url } = await start();
    const post = (body: string, type: string) =>
      fetch(`${url}/oauth/token`, { method: 'POST', body, headers: { 'content-type': type } });
    expect((await post('{"grant_type":"magic"}', 'application/json')).status).toBe(400);
    const twice = await post('grant_type=a&grant_type=b', 'application/x-www-form-urlencoded');
    expect(await twice.json()).toEqual({
      ...{ error: 'invalid_request', error_description: 'The parameter grant_type is given twice.' },
    });
    expect((await post(`a=${'x'.repeat(70_000)}`, 'application/x-www-form-urlencoded')).status).toBe(413);
    const got = await fetch(`${url}/oauth/token`);
    expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });
});

describe('what tokens are', () => {
  it('is told to resource servers', async () => {
    const { url } = await start();
    const tokens = await exchange(url, await codeOf(url));
    const introspect = async (text: string) =>
      (await form(url, '/oauth/introspect', { token: text, client_id: 'api' })).json();
    expect(await introspect(tokens['access_token']!)).toMatchObject({
      ...{ active: true, scope: 'openid orders:read', client_id: 'web', sub: 'user-1', token_type: 'Bearer' },
    });
    expect(await introspect(tokens['refresh_token']!)).toMatchObject({ active: true, client_id: 'web' });
    expect(await introspect('made-up')).toEqual({ active: false });
    expect(await introspect(`${tokens['access_token']!.slice(0, -6)}AAAAAA`)).toEqual({ active: false });
    const revoke = (text: string, client: string) => form(url, '/oauth/revoke', { token: text, client_id: client });
    expect((await revoke(tokens['access_token']!, 'other')).status).toBe(200);
    expect(await introspect(tokens['access_token']!)).toMatchObject({ active: true });
    expect((await revoke(tokens['access_token']!, 'web')).status).toBe(200);
    expect(await introspect(tokens['access_token']!)).toEqual({ active: false });
    expect(await ordersStatus(url, tokens['access_token']!)).toBe(401);
    expect((await revoke(tokens['refresh_token']!, 'web')).status).toBe(200);
    expect(await introspect(tokens['refresh_token']!)).toEqual({ active: false });
    expect((await revoke('made-up', 'web')).status).toBe(200);
  });

  it('is told to clients of the user', async () => {
    const { url } = await start();
    const userinfo = (accessToken?: string) =>
      fetch(`${url}/oauth/userinfo`, accessToken ? { headers: { authorization: `Bearer ${accessToken}` } } : {});
    const scope = 'openid profile email';
    const tokens = await exchange(url, await codeOf(url, { scope, login_hint: 'Ada Lovelace' }));
    expect(await (await userinfo(tokens['access_token'])).json()).toEqual({
      ...{ sub: 'Ada Lovelace', name: 'Ada Lovelace', preferred_username: 'Ada Lovelace' },
      ...{ email: 'ada.lovelace@example.com', email_verified: true },
    });
    const refused = await userinfo();
    expect([refused.status, refused.headers.get('www-authenticate')!.slice(0, 24)]).toEqual([
      401,
      'Bearer realm="apiarch", ',
    ]);
    expect((await userinfo('made-up')).status).toBe(401);
    const other = await exchange(url, await codeOf(url, { scope: 'orders:read' }));
    expect((await userinfo(other['access_token'])).status).toBe(403);
  });

  it('is believed where keys of others are demanded', async () => {
    const jwks = { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] };
    const { url } = await start({ jwks });
    const tokens = await exchange(url, await codeOf(url));
    expect(await ordersStatus(url, tokens['access_token']!)).toBe(200);
    expect(await ordersStatus(url, 'dev:orders:read')).toBe(401);
    const [head, , tail] = tokens['access_token']!.split('.');
    const forged = Buffer.from(JSON.stringify({ scope: 'orders:read' })).toString('base64url');
    expect(await ordersStatus(url, `${head}.${forged}.${tail}`)).toBe(401);
  });
});

describe('clients that register', () => {
  const register = async (guarded: Guarding, metadata: unknown) => {
    const body = typeof metadata === 'string' ? metadata : JSON.stringify(metadata);
    const response = await fetch(`${guarded.url}/oauth/register`, { method: 'POST', body });
    return { status: response.status, ...(await response.json()) };
  };

  it('are sent back where they said, and show the secret that they were given', async () => {
    const guarded = await start();
    const { url } = guarded;
    const uris = ['https://app.example/callback', 'http://127.0.0.1/native'];
    const client = await register(guarded, { redirect_uris: uris, client_name: 'App' });
    expect(client).toMatchObject({ status: 201, client_name: 'App', redirect_uris: uris, client_secret_expires_at: 0 });
    const { client_id, client_secret } = client;
    const at = { client_id, redirect_uri: uris[0]! };
    expect((await authorize(url, { ...at, redirect_uri: 'https://app.example/callback/..' })).status).toBe(400);
    expect((await authorize(url, { ...at, redirect_uri: redirectUri })).status).toBe(400);
    expect((await authorize(url, { ...at, redirect_uri: 'http://127.0.0.1:61234/native' })).status).toBe(303);
    const code = await codeOf(url, at);
    expect(await exchange(url, code, at)).toMatchObject({ status: 401, error: 'invalid_client' });
    expect(await exchange(url, code, { ...at, client_secret: 'wrong' })).toMatchObject({ error: 'invalid_client' });
    expect((await exchange(url, code, { ...at, client_secret })).status).toBe(200);
  });

  it.each([
    ['{'],
    ['[]'],
    [{ redirect_uris: 'x' }],
    [{ redirect_uris: ['javascript:alert(1)'] }],
    [{ redirect_uris: [7] }],
  ])('are refused for %j', async (metadata) => {
    const { status, error } = await register(await start(), metadata);
    expect([status, /^invalid_/.test(error)]).toEqual([400, true]);
  });
});

describe('the provider', () => {
  it('says what it can, where clients look', async () => {
    const { url } = await start();
    const metadata = await (await fetch(`${url}/.well-known/openid-configuration`)).json();
    expect(metadata).toMatchObject({
      ...{ issuer: url, token_endpoint: `${url}/oauth/token`, code_challenge_methods_supported: ['S256'] },
      ...{ grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'] },
    });
    expect(metadata.scopes_supported).toEqual(expect.arrayContaining(['openid', 'orders:read', 'orders:write']));
    for (const name of Object.keys(metadata).filter((name) => /_endpoint$|_uri$/.test(name))) {
      expect([name, (await fetch(metadata[name], { method: 'OPTIONS' })).status]).toEqual([name, 204]);
    }
    const other = await fetch(`${url}/.well-known/oauth-authorization-server`, { method: 'HEAD' });
    expect([other.status, await other.text()]).toEqual([200, '']);
  });

  it('stands where the document has it, as far as that is here', async () => {
    const { url } = await start();
    expect((await fetch(authorizeUrl(url, {}, '/sign-in'), { redirect: 'manual' })).status).toBe(303);
    expect((await form(url, '/sign-in/token', { grant_type: 'magic', client_id: 'x' })).status).toBe(400);
    expect((await form(url, '/their/token', {})).status).toBe(404);
  });

  it('is not there unless asked for', async () => {
    const { url } = await start({ idp: false });
    expect((await form(url, '/oauth/token', {})).status).toBe(404);
    expect((await fetch(`${url}/.well-known/jwks.json`)).status).toBe(404);
  });

  it('lets pages of other origins ask for tokens, not the page that asks users', async () => {
    const { url } = await start();
    const headers = { origin: 'https://app.example' };
    const origin = async (path: string) =>
      (await fetch(url + path, { headers })).headers.get('access-control-allow-origin');
    expect(await origin('/.well-known/openid-configuration')).toBe('*');
    expect(await origin('/oauth/token')).toBe('*');
    expect(await origin('/oauth/authorize')).toBeNull();
  });

  it('answers whatever is sent', async () => {
    const { url } = await start();
    const paths = ['authorize', 'token', 'userinfo', 'introspect', 'revoke', 'register'].map(
      (name) => `/oauth/${name}`,
    );
    const names = ['grant_type', 'code', 'client_id', 'redirect_uri', 'response_type', 'token', 'request', 'decision'];
    const values = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('code', 'authorization_code', redirectUri));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...paths),
        fc.dictionary(fc.constantFrom(...names), values),
        fc.string({ unit: 'binary' }),
        async (path, parameters, raw) => {
          const query = new URLSearchParams(parameters);
          const answers = await Promise.all([
            fetch(`${url}${path}?${query}`, { redirect: 'manual' }),
            fetch(url + path, { method: 'POST', body: query, redirect: 'manual' }),
            fetch(url + path, { method: 'POST', body: Buffer.from(raw), redirect: 'manual' }),
          ]);
          for (const answer of answers) {
            expect(answer.status).toBeLessThan(500);
            await answer.arrayBuffer();
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});
