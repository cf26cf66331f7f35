import { createHash } from 'node:crypto';

/** What an `Authorization` field says (RFC 9110, section 11.4). */
export interface Authorization {
  /** The scheme in lower case: `basic`, `bearer`. */
  readonly scheme: string;
  /** All that follows it, without the spaces around; empty where nothing does. */
  readonly rest: string;
}

/** Reads an `Authorization` field; null where it is missing or names no scheme. Throws nothing. */
export function authorizationOf(field: string | undefined): Authorization | null {
  if (field === undefined) return null;
  const found = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\s+(.*))?$/s.exec(field);
  return found ? { scheme: found[1]!.toLowerCase(), rest: (found[2] ?? '').trim() } : null;
}

/** The token of a bearer (RFC 6750, section 2.1); null where it is no `b64token`. Scopes of `dev:` tokens may have commas, too. */
export function bearerToken({ rest }: Authorization): string | null {
  return /^[A-Za-z0-9._~+/:,@!*-]+=*$/.test(rest) ? rest : null;
}

/** The user and the password of `Basic` credentials (RFC 7617, section 2), read as UTF-8; null where they are none. */
export function basicCredentials({ rest }: Authorization): { readonly user: string; readonly password: string } | null {
  if (!/^[A-Za-z0-9+/_-]*=*$/.test(rest)) return null;
  const text = Buffer.from(rest, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? null : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** The parameters of credentials such as `Digest username="a", nc=1` (RFC 9110, section 11.2), names in lower case. */
export function authParameters({ rest }: Authorization): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name, quoted, token] of rest.matchAll(
    /([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g,
  )) {
    found.set(name!.toLowerCase(), quoted === undefined ? token! : quoted.replace(/\\(.)/g, '$1'));
  }
  return found;
}

/** The value of a cookie by its exact name (RFC 6265, section 5.4); null where none has it. Quotes around it are taken off. */
export function cookieValue(field: string | undefined, name: string): string | null {
  if (field === undefined) return null;
  for (const pair of field.split(';')) {
    const equals = pair.indexOf('=');
    if (equals < 0 || pair.slice(0, equals).trim() !== name) continue;
    const value = pair.slice(equals + 1).trim();
    return /^".*"$/.test(value) && value.length > 1 ? value.slice(1, -1) : value;
  }
  return null;
}

/** The first value of a parameter in a query as sent, decoded; null where there is none. Throws nothing, whatever is sent. */
export function queryValue(query: string, name: string): string | null {
  return query === '' ? null : new URLSearchParams(query).get(name);
}

/** A short name for a secret of any length, by which it can be looked up without comparing it byte by byte (SHA-256). */
export function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

/** A text as a quoted string of a header field (RFC 9110, section 5.6.4); what no field may hold becomes a space. */
export function quoted(text: string): string {
  return `"${text.replace(/[^\x20-\x7e]+/g, ' ').replace(/["\\]/g, '\\$&')}"`;
}
