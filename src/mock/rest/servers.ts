import { asString, entriesOf, get, itemsOf, stringsOf } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { servers } from '../../languages/openapi/select.ts';
import type { Route } from './exchange.ts';
import { perRoute } from './per-route.ts';

/** Whether a URL is that of a server of the operation, of its path or of the document, whichever comes first. */
export function isServer(route: Route, url: string): boolean {
  return urlsOf(route).has(withoutSlash(url));
}

const urlsOf = perRoute(({ api, operation }): ReadonlySet<string> => {
  const holders = [operation.value, operation.pathItem.value, api.root.value];
  const listed = holders.map((holder) => itemsOf(holder['servers'])).find((list) => list.length > 0) ?? [];
  const urls = api.version === '2.0' ? servers(api).map(({ url }) => url) : listed.flatMap(serverUrls);
  return new Set(urls.map(withoutSlash));
});

const withoutSlash = (url: string): string => url.replace(/\/$/, '');

/** The first base path that a document's servers name: `/v1`; empty where there is none. */
export function basePathOf(api: OpenApi): string {
  return basePathsOf(api)[0] ?? '';
}

/** More base paths than this are not served: variables of servers may have any number of values. */
const mostBases = 100;

/** The base paths of all servers of a document and of its paths and operations, and none at all, each once. */
export function basePathsOf(api: OpenApi): readonly string[] {
  const found = new Set<string>();
  const listed = [...itemsOf(api.root.value['servers'])];
  for (const url of listed.flatMap(serverUrls)) found.add(pathOfUrl(url));
  for (const server of servers(api)) {
    if (found.size >= mostBases) break;
    const urls = api.version === '2.0' ? [server.url] : serverUrls(server.value);
    for (const url of urls) found.add(pathOfUrl(url));
  }
  if (found.size === 0) found.add('');
  const bases = [...found].slice(0, mostBases);
  return bases.includes('') ? bases : [...bases, ''];
}

/** A server's URL with the values of its variables: the default first, then all that are listed. */
function serverUrls(server: unknown): string[] {
  let urls = [asString(get(server, 'url')) ?? ''];
  for (const [name, variable] of entriesOf(get(server, 'variables'))) {
    if (!urls.some((url) => url.includes(`{${name}}`))) continue;
    const fallback = get(variable, 'default');
    const values = new Set([
      ...(fallback === undefined ? [] : [String(fallback)]),
      ...stringsOf(get(variable, 'enum')),
    ]);
    urls = urls.flatMap((url) => [...values].map((value) => url.replaceAll(`{${name}}`, value))).slice(0, mostBases);
  }
  return urls;
}

/** The path of a URL that may be relative, without a slash at its end. */
function pathOfUrl(url: string): string {
  const path = url
    .replace(/^[a-z][a-z0-9+.-]*:/i, '')
    .replace(/^\/\/[^/?#]*/, '')
    .replace(/[?#].*$/s, '')
    .replace(/^\.?(?=\/|$)/, '')
    .replace(/\/+$/, '');
  return path === '' || path.startsWith('/') ? path : `/${path}`;
}
