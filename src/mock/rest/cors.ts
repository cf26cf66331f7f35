import type { Context } from '../context.ts';
import type { Answer, Exchange, Headers, Stage } from './exchange.ts';

/**
 * Lets pages of other origins call (Fetch Standard, "CORS protocol"): answers preflights with 204 whatever they ask for, and says
 * on every answer that whoever asked may read it. With credentials for a known origin, since `*` would shut those out.
 */
export function corsStage({ settings }: Context): Stage {
  if (!settings.cors) return { name: 'cors' };
  return {
    name: 'cors',
    before(exchange) {
      const { headers } = exchange.request;
      const isPreflight =
        exchange.method === 'OPTIONS' &&
        headers.origin !== undefined &&
        headers['access-control-request-method'] !== undefined;
      return isPreflight ? preflight(exchange) : undefined;
    },
    after(exchange, answer) {
      const { origin } = exchange.request.headers;
      if (origin === undefined) return { ...answer, headers: { ...answer.headers, ...forAnyone } };
      return { ...answer, headers: { ...answer.headers, ...forOrigin(origin, answer) } };
    },
  };
}

const forAnyone: Headers = { 'access-control-allow-origin': '*', 'access-control-expose-headers': '*' };

function preflight({ request: { headers } }: Exchange): Answer {
  const wanted = headers['access-control-request-headers'];
  const allowed: Record<string, string> = {
    'access-control-allow-methods': String(headers['access-control-request-method']),
    'access-control-max-age': '600',
  };
  if (wanted !== undefined) allowed['access-control-allow-headers'] = String(wanted);
  if (headers['access-control-request-private-network'] === 'true') {
    allowed['access-control-allow-private-network'] = 'true';
  }
  return { status: 204, headers: allowed, body: null };
}

/** `*` means nothing beside credentials, so headers are exposed by name. */
function forOrigin(origin: string, { headers }: Answer): Headers {
  const vary = headers['vary'];
  const names = Object.keys(headers).filter((name) => !name.startsWith('access-control-'));
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': [...new Set([...names, 'x-request-id', 'date'])].join(', '),
    vary: vary === undefined ? 'Origin' : `${String(vary)}, Origin`,
  };
}
