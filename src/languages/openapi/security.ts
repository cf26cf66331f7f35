/** What rules about security ask of schemes, flows and servers, alike for all versions. */
import { asString, asText, entriesOf, get, isObject, type JsonObject, keysOf } from './json.ts';
import type { OpenApi } from './openapi.ts';
import type { Pointer } from './pointer.ts';
import type { At } from './references.ts';
import { everyOperation, requirementsAt, type SecurityRequirement, type SecurityScheme } from './select.ts';

/** Every security scheme that the documents define, each once, where it is defined. */
export function definedSchemes(api: OpenApi): readonly SecurityScheme[] {
  return api.index.nodes.SecurityScheme.filter(({ value }) => get(value, '$ref') === undefined).map(
    ({ value, at }) => ({
      name: String(at.key),
      value,
      at,
    }),
  );
}

/** The OAuth flows by the names that OpenAPI 3 gives them. */
export type FlowName = 'implicit' | 'password' | 'clientCredentials' | 'authorizationCode' | 'deviceAuthorization';

/** One way in which an OAuth scheme hands out tokens. */
export interface OAuthFlow extends At<JsonObject> {
  readonly name: FlowName;
  /** The place of its name: its key in `flows`, or the value of `flow` in 2.0. */
  readonly nameAt: Pointer;
  readonly scheme: SecurityScheme;
}

/** Every OAuth flow of the schemes that the documents define. In 2.0 a scheme has one, and holds its fields itself. */
export function oauthFlows(api: OpenApi): OAuthFlow[] {
  return definedSchemes(api)
    .filter(({ value }) => value['type'] === 'oauth2')
    .flatMap((scheme) => {
      if (api.version !== '2.0') return flowsOf(api, scheme);
      const name = flowNames20.get(asText(scheme.value['flow']));
      if (!name) return [];
      return [{ name, value: scheme.value, at: scheme.at, nameAt: scheme.at.child('flow'), scheme }];
    });
}

function flowsOf(api: OpenApi, scheme: SecurityScheme): OAuthFlow[] {
  const flows = api.resolve({ value: scheme.value['flows'], at: scheme.at.child('flows') });
  if (!flows) return [];
  return entriesOf(flows.value).flatMap(([name, value]) => {
    const at = flows.at.child(name);
    return flowNames.has(name) && isObject(value) ? [{ name: name as FlowName, value, at, nameAt: at, scheme }] : [];
  });
}

const flowNames20: ReadonlyMap<string, FlowName> = new Map([
  ['implicit', 'implicit'],
  ['password', 'password'],
  ['application', 'clientCredentials'],
  ['accessCode', 'authorizationCode'],
]);
const flowNames: ReadonlySet<string> = new Set([...flowNames20.values(), 'deviceAuthorization']);

/** The scopes of all flows of a scheme. */
export function scopesOf(api: OpenApi, { value, at }: SecurityScheme): ReadonlySet<string> {
  const scopes = (holder: unknown) => keysOf(get(holder, 'scopes')).filter((scope) => !scope.startsWith('x-'));
  if (api.version === '2.0') return new Set(scopes(value));
  const flows = api.resolve({ value: value['flows'], at: at.child('flows') });
  return new Set(entriesOf(flows?.value).flatMap(([, flow]) => scopes(flow)));
}

/** Whether an operation, or the document, says who is let in: an empty list says anybody, a missing one nothing. */
export function saysWho(holder: At<JsonObject>): boolean {
  return Object.hasOwn(holder.value, 'security') && holder.value['security'] !== null;
}

/** The requirements of the document and of every operation, each where it stands. */
export function everyRequirement(api: OpenApi): SecurityRequirement[] {
  const nodes = new Set([api.root, ...everyOperation(api).map(({ node }) => node)]);
  return [...nodes].flatMap((holder) => requirementsAt(holder));
}

/** An address that is asked without encryption, and the place that says so. */
export interface ClearAddress {
  /** Its scheme, as `http`. */
  readonly scheme: string;
  readonly at: Pointer;
}

const clearSchemes: ReadonlySet<string> = new Set(['ftp', 'http', 'tcp', 'telnet', 'ws']);

/** The scheme of a URL, in lower case, if what is sent there can be read on the way; undefined for this machine. */
export function clearScheme(url: string): string | undefined {
  const [, scheme = '', host = ''] = /^([a-z][a-z0-9+.-]*):\/\/(\[[^\]]*\]|[^/?#:]*)/i.exec(withoutUser(url)) ?? [];
  if (!clearSchemes.has(scheme.toLowerCase()) || isLocal(host)) return undefined;
  return scheme.toLowerCase();
}

const withoutUser = (url: string): string => url.replace(/^([^/?#]*:\/\/)[^/?#@]*@/, '$1');

/** Whether a host is this machine or can only be reached from it or its network by name: RFC 6761, RFC 6762. */
export function isLocal(host: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\]|host\.docker\.internal|.*\.(?:localhost|local|test))$/i.test(
    host,
  );
}

/** The servers that are asked in the clear; in 2.0 the entries of `schemes` that say so. */
export function clearServers(api: OpenApi): ClearAddress[] {
  return api.version === '2.0' ? clearSchemes20(api) : api.index.nodes.Server.flatMap(clearServer);
}

function clearSchemes20(api: OpenApi): ClearAddress[] {
  if (isLocal((asString(api.root.value['host']) ?? '').replace(/:\d*$/, ''))) return [];
  return [api.root, ...api.index.nodes.Operation].flatMap(({ value, at }) => {
    const list = Array.isArray(value['schemes']) ? (value['schemes'] as readonly unknown[]) : [];
    return list.flatMap((scheme, i) =>
      typeof scheme === 'string' && clearSchemes.has(scheme) ? [{ scheme, at: at.child('schemes').child(i) }] : [],
    );
  });
}

function clearServer({ value, at }: At<JsonObject>): ClearAddress[] {
  const url = asString(value['url']);
  if (url === undefined) return [];
  const variable = /^\{([^{}]*)\}:\/\//.exec(url)?.[1];
  if (variable === undefined) {
    const scheme = clearScheme(filledIn(url, value['variables']));
    return scheme === undefined ? [] : [{ scheme, at: at.child('url') }];
  }
  const place = at.child('variables').child(variable).child('default');
  const scheme = clearScheme(filledIn(url, value['variables']));
  return scheme === undefined ? [] : [{ scheme, at: place }];
}

/** A server's address with the defaults of its variables. */
function filledIn(url: string, variables: unknown): string {
  return url.replaceAll(/\{([^{}]*)\}/g, (braces, name: string) => {
    return asString(get(get(variables, name), 'default')) ?? braces;
  });
}
