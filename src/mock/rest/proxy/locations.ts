import type { Exchange } from '../exchange.ts';
import type { Upstream } from './upstream.ts';

/**
 * Where a `Location` of the upstream leads the caller: to the proxy, if it leads to the upstream. All else stays as it is, and so do
 * addresses without a host, unless they stand below a base path that the proxy does not have.
 */
export function locationAt(
  location: string,
  { origin, basePath }: Pick<Upstream, 'origin' | 'basePath'>,
  { request, context: { settings } }: Pick<Exchange, 'request' | 'context'>,
): string {
  const isAbsolute = /^https?:\/\//i.test(location);
  if (!isAbsolute) return location.startsWith('//') ? location : (below(location, basePath) ?? location);
  if (!URL.canParse(location) || new URL(location).origin !== origin) return location;
  const rest = location.replace(/^https?:\/\/[^/?#]*/i, '');
  const path = basePath === '' ? rest : below(rest, basePath);
  if (path === null) return location;
  const { host } = request.headers;
  const isSane = host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host);
  return `http://${isSane ? host : `${settings.host}:${settings.port}`}${path}`;
}

/** What is left of a path behind a base path; null where it does not stand below it. */
function below(path: string, base: string): string | null {
  if (base === '' || !path.startsWith(base)) return null;
  const rest = path.slice(base.length);
  if (rest === '') return '/';
  return /^[/?#]/.test(rest) ? (rest.startsWith('/') ? rest : `/${rest}`) : null;
}
