import { asString } from '../../../languages/openapi/json.ts';
import type { OpenApi } from '../../../languages/openapi/openapi.ts';
import { securitySchemes } from '../../../languages/openapi/select.ts';
import { isJsonName } from '../media-types.ts';

/** Takes out of records what lets others in: the keys that documents declare, and what is one everywhere. */
export interface Secrets {
  /** What stands in the place of a secret. */
  readonly mask: string;
  inHeader(name: string, value: string): string;
  inUrl(url: string): string;
  /** @param mediaType in lower case, without parameters */
  inBody(text: string, mediaType: string): string;
}

const mask = '***';

/** What the records of these documents must not hold. */
export function secretsOf(apis: readonly OpenApi[]): Secrets {
  const headers = new Set(usualHeaders);
  const parameters = new Set(usualParameters);
  for (const { value } of apis.flatMap((api) => securitySchemes(api))) {
    const name = asString(value['name'])?.toLowerCase();
    if (value['type'] !== 'apiKey' || name === undefined) continue;
    if (value['in'] === 'header') headers.add(name);
    if (value['in'] === 'query') parameters.add(name);
  }
  const inQuery = (query: string): string =>
    query
      .split('&')
      .map((pair) => {
        const equals = pair.indexOf('=');
        return equals >= 0 && parameters.has(nameOf(pair.slice(0, equals))) ? `${pair.slice(0, equals)}=${mask}` : pair;
      })
      .join('&');
  const inUrl = (url: string): string => {
    const bare = url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, '$1');
    // Tokens travel in fragments as well (RFC 6749, section 4.2.2).
    return bare.replace(/([?#])([^?#]*)/g, (_, mark: string, query: string) => mark + inQuery(query));
  };
  return {
    mask,
    inUrl,
    inHeader(name, value) {
      const key = name.toLowerCase();
      if (key === 'set-cookie') return value.replace(/^([^=;]*=)[^;]*/, `$1${mask}`);
      if (key === 'cookie') return value.replace(/=[^;]*/g, `=${mask}`);
      if (headers.has(key))
        return value.replace(/^(?:(basic|bearer|digest)\s+)?.*$/is, (_, scheme) =>
          scheme ? `${scheme} ${mask}` : mask,
        );
      return ['location', 'content-location', 'referer', 'link'].includes(key) ? inUrl(value) : value;
    },
    inBody(text, mediaType) {
      if (mediaType === 'application/x-www-form-urlencoded') return inQuery(text);
      return isJsonName(mediaType) ? text.replace(secretFields, `$1"${mask}"`) : text;
    },
  };
}

function nameOf(text: string): string {
  try {
    return decodeURIComponent(text).toLowerCase();
  } catch {
    return text.toLowerCase();
  }
}

const usualHeaders = [
  ...['authorization', 'proxy-authorization', 'x-api-key', 'api-key', 'apikey', 'x-auth-token', 'x-access-token'],
  ...['x-csrf-token', 'x-xsrf-token', 'x-amz-security-token'],
];

const usualParameters = [
  ...[
    'access_token',
    'refresh_token',
    'id_token',
    'token',
    'api_key',
    'apikey',
    'api-key',
    'key',
    'secret',
    'password',
  ],
  ...[
    'client_secret',
    'client_assertion',
    'code',
    'code_verifier',
    'signature',
    'sig',
    'x-amz-signature',
    'x-amz-security-token',
  ],
];

/** Texts of JSON under names that stand for secrets (RFC 6749, section 5.1; RFC 7591, section 3.2.1). */
const secretFields =
  /("(?:password|passwd|secret|client_?secret|access_?token|refresh_?token|id_?token|api_?key|private_?key)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi;
