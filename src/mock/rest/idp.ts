import type { IncomingMessage, ServerResponse } from 'node:http';
import { asString, get } from '../../languages/openapi/json.ts';
import { OpenApi } from '../../languages/openapi/openapi.ts';
import { isLocal, oauthFlows, scopesOf as scopesOfScheme } from '../../languages/openapi/security.ts';
import { securitySchemes, servers } from '../../languages/openapi/select.ts';
import type { Context } from '../context.ts';
import type { JsonObject } from '../json.ts';
import { authorizationOf, bearerToken, quoted } from './credentials.ts';
import { Authorization, errorPage } from './idp-authorize.ts';
import { Clients } from './idp-clients.ts';
import { Grants, type Place, required, scopesOf } from './idp-grants.ts';
import { answerJson, answerPage, clientOf, formOf, inText, jsonOf, OAuthError } from './idp-http.ts';
import { issuerOf } from './idp-issuer.ts';
import { type Jwt, readJwt, scopesIn, timeProblem } from './jwt.ts';

/**
 * An OAuth 2 and OpenID provider for tests, where `settings.idp` asks for one: authorization code with PKCE, client credentials,
 * refresh tokens that rotate, and the password grant where the document declares it. Every client and every user is let in; what is
 * checked is what clients get wrong: redirect URIs, PKCE, codes and tokens used twice, scopes that nobody declares.
 *
 * It stands at `/oauth/authorize`, `/oauth/token`, `/oauth/userinfo`, `/oauth/introspect`, `/oauth/revoke`, `/oauth/register`,
 * `/.well-known/jwks.json` and `/.well-known/openid-configuration`; and also where the document's flows have their URLs, as far as
 * those are on this host or on a server that it stands in for.
 *
 * @returns what answers a request, or leaves it to others: false
 */
export function idpHandler(
  context: Context,
): (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean> {
  if (!context.settings.idp) return () => false;
  const provider = new Provider(context);
  return (request, response) => {
    const [path = '', query = ''] = splitTarget(request.url ?? '/');
    const endpoint = provider.endpointAt(path);
    return endpoint === undefined ? false : provider.serve(endpoint, request, response, query).then(() => true);
  };
}

type Endpoint = 'authorize' | 'token' | 'userinfo' | 'introspect' | 'revoke' | 'register' | 'jwks' | 'metadata';

const methods: Readonly<Record<Endpoint, readonly string[]>> = {
  authorize: ['GET', 'POST'],
  token: ['POST'],
  userinfo: ['GET', 'POST'],
  introspect: ['POST'],
  revoke: ['POST'],
  register: ['POST'],
  jwks: ['GET', 'HEAD'],
  metadata: ['GET', 'HEAD'],
};

const usualPaths: readonly (readonly [string, Endpoint])[] = [
  ['/oauth/authorize', 'authorize'],
  ['/oauth/token', 'token'],
  ['/oauth/userinfo', 'userinfo'],
  ['/oauth/introspect', 'introspect'],
  ['/oauth/revoke', 'revoke'],
  ['/oauth/register', 'register'],
  ['/.well-known/jwks.json', 'jwks'],
  ['/.well-known/openid-configuration', 'metadata'],
  ['/.well-known/oauth-authorization-server', 'metadata'],
];

class Provider {
  readonly #context: Context;
  readonly #clients: Clients;
  readonly #grants: Grants;
  readonly #authorization: Authorization;
  #paths: ReadonlyMap<string, Endpoint> | null = null;
  #scopes: ReadonlySet<string> | null = null;

  constructor(context: Context) {
    this.#context = context;
    const { clients, grants, authorization } = stateOf(context);
    this.#clients = clients;
    this.#grants = grants;
    this.#authorization = authorization;
  }

  endpointAt(path: string): Endpoint | undefined {
    this.#paths ??= pathsOf(this.#apis());
    return this.#paths.get(path);
  }

  async serve(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse, query: string): Promise<void> {
    if (endpoint !== 'authorize' && this.#context.settings.cors) allowOrigins(response);
    try {
      if (request.method === 'OPTIONS') return preflight(response, endpoint);
      if (!methods[endpoint].includes(request.method ?? '')) {
        response.setHeader('allow', [...methods[endpoint], 'OPTIONS'].join(', '));
        throw new OAuthError('invalid_request', `Only ${methods[endpoint].join(' and ')} is answered here.`, 405);
      }
      await this.#answer(endpoint, request, response, query);
    } catch (error) {
      if (!(error instanceof OAuthError)) {
        // The caller went away in the middle of its body.
        if (!request.complete) return;
        throw error;
      }
      if (endpoint === 'authorize') return answerPage(response, error.status, errorPage(error));
      refuse(response, endpoint, error);
    }
  }

  async #answer(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse, query: string): Promise<void> {
    const place = this.#place(request);
    switch (endpoint) {
      case 'authorize':
        return this.#authorization.ask(request, response, query, place.issuer, (scopes) => this.#known(scopes));
      case 'token':
        return answerJson(response, 200, await this.#token(request, place), { pragma: 'no-cache' });
      case 'userinfo':
        return answerJson(response, 200, await this.#userinfo(request));
      case 'introspect':
        return answerJson(response, 200, await this.#introspect(request, place));
      case 'revoke':
        return answerJson(response, 200, await this.#revoke(request));
      case 'register':
        return answerJson(response, 201, this.#clients.register(await jsonOf(request), this.#context.now()));
      case 'jwks':
        return answerJson(response, 200, await issuerOf(this.#context).jwks());
      case 'metadata':
        return answerJson(response, 200, this.#metadata(place));
    }
  }

  /** RFC 6749, section 3.2. */
  async #token(request: IncomingMessage, place: Place): Promise<JsonObject> {
    const form = await formOf(request);
    const grant = required(form, 'grant_type');
    const client = clientOf(request, form);
    const audience = form.get('resource') ?? form.get('audience') ?? place.audience;
    const here = { ...place, audience };
    switch (grant) {
      case 'authorization_code':
        return this.#grants.byCode(form, client, here);
      case 'client_credentials':
        return this.#grants.byClient(this.#known(scopesOf(form.get('scope'))), client, here);
      case 'refresh_token':
        return this.#grants.byRefresh(form, client, here);
      case 'password':
        if (!this.#declaresPassword()) break;
        return this.#grants.byPassword(form, this.#known(scopesOf(form.get('scope'))), client, here);
    }
    throw new OAuthError('unsupported_grant_type', `The grant_type ${inText(grant)} is not served here.`);
  }

  /** OpenID Connect Core, section 5.3. */
  async #userinfo(request: IncomingMessage): Promise<JsonObject> {
    const given = authorizationOf(request.headers.authorization);
    const token = given?.scheme === 'bearer' ? bearerToken(given) : undefined;
    if (token === undefined) throw new OAuthError('invalid_request', 'A bearer token is missing.', 401);
    const jwt = this.#active(token ?? '');
    if (!jwt) throw new OAuthError('invalid_token', 'The token is not known, or no longer good.', 401);
    const scopes = scopesIn(jwt) ?? [];
    if (!scopes.includes('openid'))
      throw new OAuthError('insufficient_scope', 'The token lacks the scope openid.', 403);
    const sub = String(jwt.claims['sub']);
    return {
      sub,
      ...(scopes.includes('profile') && { name: sub, preferred_username: sub }),
      ...(scopes.includes('email') && { email: emailOf(sub), email_verified: true }),
    };
  }

  /** RFC 7662. */
  async #introspect(request: IncomingMessage, place: Place): Promise<JsonObject> {
    const form = await formOf(request);
    this.#clients.authenticate(clientOf(request, form));
    const token = required(form, 'token');
    const jwt = this.#active(token);
    if (jwt) return { active: true, token_type: 'Bearer', ...(jwt.claims as JsonObject) };
    return this.#grants.introspectRefresh(token, place) ?? { active: false };
  }

  /** RFC 7009: whatever the token, the answer is the same. */
  async #revoke(request: IncomingMessage): Promise<JsonObject> {
    const form = await formOf(request);
    const client = clientOf(request, form);
    this.#clients.authenticate(client);
    const token = required(form, 'token');
    if (this.#grants.revokeRefresh(token, client.id)) return {};
    const jwt = this.#active(token);
    if (jwt && jwt.claims['client_id'] === client.id) issuerOf(this.#context).revoke(String(jwt.claims['jti']));
    return {};
  }

  /** An access token of ours that is good now. */
  #active(token: string): Jwt | null {
    const issuer = issuerOf(this.#context);
    const jwt = readJwt(token);
    if (jwt === null || jwt === 'broken' || !issuer.signed(jwt)) return null;
    const problem = issuer.problemOf(jwt) ?? timeProblem(jwt, this.#context.now()) ?? issuer.revokedProblem(jwt);
    return problem === null ? jwt : null;
  }

  /** OpenID Connect Discovery, section 3; RFC 8414, section 2. */
  #metadata({ issuer }: Place): JsonObject {
    return {
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      userinfo_endpoint: `${issuer}/oauth/userinfo`,
      introspection_endpoint: `${issuer}/oauth/introspect`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      registration_endpoint: `${issuer}/oauth/register`,
      jwks_uri: `${issuer}/.well-known/jwks.json`,
      scopes_supported: [...ownScopes, ...this.#declaredScopes()],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      grant_types_supported: [
        ...['authorization_code', 'client_credentials', 'refresh_token'],
        ...(this.#declaresPassword() ? ['password'] : []),
      ],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
      code_challenge_methods_supported: ['S256'],
      claims_supported: [
        'sub',
        'iss',
        'aud',
        'exp',
        'iat',
        'auth_time',
        'nonce',
        'name',
        'preferred_username',
        'email',
      ],
      authorization_response_iss_parameter_supported: true,
    };
  }

  /** As the caller sees this host; what is no host is not repeated. */
  #place(request: IncomingMessage): Place {
    const { host } = request.headers;
    const { settings } = this.#context;
    const isHost = host !== undefined && /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i.test(host);
    const issuer = `http://${isHost ? host : `${settings.host}:${request.socket.localPort ?? settings.port}`}`;
    return { issuer, audience: issuer };
  }

  /**
   * The scopes that are granted: those asked for, else all that the documents declare.
   * @throws OAuthError for one that nobody declares, where the documents declare any
   */
  #known(scopes: readonly string[] | undefined): readonly string[] {
    const declared = this.#declaredScopes();
    if (!scopes) return [...declared];
    const unknown = scopes.filter((scope) => declared.size > 0 && !declared.has(scope) && !ownScopes.includes(scope));
    if (unknown.length === 0) return scopes;
    throw new OAuthError('invalid_scope', `No document declares ${inText(unknown.join(' '))}.`);
  }

  #declaredScopes(): ReadonlySet<string> {
    this.#scopes ??= new Set(
      this.#apis().flatMap((api) => securitySchemes(api).flatMap((scheme) => [...scopesOfScheme(api, scheme)])),
    );
    return this.#scopes;
  }

  #declaresPassword(): boolean {
    return this.#apis().some((api) => oauthFlows(api).some(({ name }) => name === 'password'));
  }

  #apis(): OpenApi[] {
    return this.#context.apis.filter((api): api is OpenApi => api instanceof OpenApi);
  }
}

/** What was handed out. It outlives a change of the documents, as the settings do. */
interface State {
  readonly clients: Clients;
  readonly grants: Grants;
  readonly authorization: Authorization;
}

const states = new WeakMap<Context['settings'], State>();

function stateOf(context: Context): State {
  const known = states.get(context.settings);
  if (known) return known;
  const now = () => context.now();
  const clients = new Clients();
  const grants = new Grants(issuerOf(context), clients, now);
  const state = { clients, grants, authorization: new Authorization(clients, grants, now) };
  states.set(context.settings, state);
  return state;
}

const ownScopes: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];

/** Where the provider stands: at its usual paths, and at those of the documents' URLs that are on this host. */
function pathsOf(apis: readonly OpenApi[]): ReadonlyMap<string, Endpoint> {
  const paths = new Map<string, Endpoint>(usualPaths);
  for (const api of apis) {
    const hosts = new Set(servers(api).flatMap(({ url }) => urlOf(url)?.host ?? []));
    const add = (value: unknown, endpoint: Endpoint) => {
      const path = pathHere(asString(value), hosts);
      if (path !== null && !paths.has(path)) paths.set(path, endpoint);
    };
    for (const { value } of oauthFlows(api)) {
      add(value['authorizationUrl'], 'authorize');
      add(value['tokenUrl'], 'token');
      add(value['refreshUrl'], 'token');
    }
    for (const { value } of securitySchemes(api)) add(get(value, 'openIdConnectUrl'), 'metadata');
  }
  return paths;
}

/** The path of a URL that is relative, on this machine, or on one of the documents' servers; null for all others. */
function pathHere(url: string | undefined, hosts: ReadonlySet<string>): string | null {
  if (url === undefined || url === '') return null;
  const parsed = urlOf(url);
  if (!parsed || parsed.pathname === '/') return null;
  const isHere = parsed.origin === placeholder || isLocal(parsed.hostname) || hosts.has(parsed.host);
  return isHere ? parsed.pathname : null;
}

const placeholder = 'http://relative.invalid';

function urlOf(text: string): URL | null {
  try {
    return new URL(text, placeholder);
  } catch {
    return null;
  }
}

function splitTarget(target: string): [string, string] {
  const mark = target.indexOf('?');
  return mark < 0 ? [target, ''] : [target.slice(0, mark), target.slice(mark + 1)];
}

function emailOf(user: string): string {
  return /^[^@\s]+@[^@\s]+$/.test(user) ? user : `${user.toLowerCase().replace(/[^a-z0-9._-]+/g, '.')}@example.com`;
}

/** Refuses as RFC 6749, section 5.2, and for bearers RFC 6750, section 3.1, write it. */
function refuse(response: ServerResponse, endpoint: Endpoint, { code, message, status }: OAuthError): void {
  const scheme = endpoint === 'userinfo' ? 'Bearer' : 'Basic';
  const details = scheme === 'Bearer' ? `, error=${quoted(code)}, error_description=${quoted(message)}` : '';
  const challenge =
    status === 401 || status === 403 ? { 'www-authenticate': `${scheme} realm="apiarch"${details}` } : {};
  answerJson(response, status, { error: code, error_description: message }, challenge);
}

/** Pages of any origin may ask for tokens: no cookies stand for anybody here. */
function allowOrigins(response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('access-control-expose-headers', 'WWW-Authenticate');
}

function preflight(response: ServerResponse, endpoint: Endpoint): void {
  const allowed = [...methods[endpoint], 'OPTIONS'].join(', ');
  response.writeHead(204, {
    allow: allowed,
    'access-control-allow-methods': allowed,
    'access-control-allow-headers': 'Authorization, Content-Type',
    'access-control-max-age': '600',
  });
  response.end();
}
