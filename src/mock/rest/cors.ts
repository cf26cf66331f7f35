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
      // What is said to all others is the same each time: `unasked`.
      if (origin === undefined) return answer;
      return { ...answer, headers: { ...answer.headers, ...forOrigin(origin, answer) } };
    },
  };
}

/** What an answer says to callers that name no origin, as names and values in turn. Caches tell them from those that do by `Vary`. */
export function unasked({ context, request }: Exchange): readonly string[] {
  return context.settings.cors && request.headers.origin === undefined ? forAnyone : none;
}

const forAnyone = ['access-control-allow-origin', '*', 'access-control-expose-headers', '*'];
const none: readonly string[] = [];

/** `Vary` of an answer that another origin would get with other headers. */
export function varying(vary: string | readonly string[] | undefined): string {
  return vary === undefined ? 'Origin' : `${String(vary)}, Origin`;
}

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
  const names = Object.keys(headers).filter((name) => !name.startsWith('access-control-'));
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': [...new Set([...names, 'x-request-id', 'date'])].join(', '),
    vary: varying(headers['vary']),
  };
}
