import type { Exchange, Stage } from './exchange.ts';
import { refuse } from './refusal.ts';
import type { Finding, Router } from './router.ts';

/** An exchange before its operation is known. */
type Unrouted = Exchange & { basePath?: string };

const findings = new WeakMap<Exchange, Finding>();

/** Finds the operation. Refuses paths (404) and methods (405, RFC 9110, section 15.5.6) that there are none for; answers OPTIONS where no operation does. */
export function routeStage(router: Router): Stage {
  return {
    name: 'route',
    before(exchange) {
      const finding = findings.get(exchange) ?? find(router, exchange);
      if (finding.kind === 'found') {
        const { route, parameters, encoded, base } = finding.found;
        exchange.route = route;
        exchange.api = route.api;
        exchange.pathParameters = parameters;
        if (encoded) exchange.encodedPathParameters = encoded;
        (exchange as Unrouted).basePath = base;
        return undefined;
      }
      if (finding.kind === 'method') {
        exchange.api = finding.any.route.api;
        const allow = finding.allowed.join(', ');
        if (exchange.method === 'OPTIONS') return { status: 204, headers: { allow }, body: null };
        return refuse(exchange, {
          status: 405,
          code: 'method_not_allowed',
          message: `${exchange.method} is not allowed here: ${listed(finding.allowed)} ${finding.allowed.length > 1 ? 'are' : 'is'}.`,
          headers: { allow },
        });
      }
      if (finding.kind === 'malformed') {
        return refuse(exchange, {
          status: 400,
          code: 'malformed_path',
          message: 'The path is no valid percent-encoding of UTF-8.',
        });
      }
      // The server as a whole (RFC 9110, section 9.3.7).
      if (exchange.method === 'OPTIONS' && exchange.path === '*') return { status: 204, headers: {}, body: null };
      return refuse(exchange, {
        status: 404,
        code: 'not_found',
        message: `There is nothing at \`${shown(exchange.path)}\`.`,
      });
    },
  };
}

/** Whether no document has the path of a request. */
export function notFound(router: Router, exchange: Exchange): boolean {
  const finding = find(router, exchange);
  findings.set(exchange, finding);
  return finding.kind === 'path';
}

const find = (router: Router, { method, path, query }: Exchange): Finding => router.find(method, path, query);

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

const shown = (path: string): string => (path.length > 200 ? `${path.slice(0, 200)}…` : path);
