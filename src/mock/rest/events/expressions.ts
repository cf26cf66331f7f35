import type { IncomingHttpHeaders } from 'node:http';

/** What runtime expressions look into: a request and its answer. */
export interface Told {
  readonly url: string;
  readonly method: string;
  readonly statusCode: number;
  readonly path: Readonly<Record<string, string>>;
  /** The query as sent, without `?`. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
  /** By name in lower case. */
  readonly responseHeaders: Readonly<Record<string, string | readonly string[]>>;
  readonly responseBody: unknown;
}

/**
 * Fills in the runtime expressions of a template such as `{$request.body#/callbackUrl}?id={$response.body#/id}` (OpenAPI 3.2.0,
 * section 4.20.4). A template that is one expression without braces (`$request.query.url`) is read, too.
 * @returns null where an expression cannot be read, or leads to nothing or to no scalar
 */
export function filledIn(template: string, told: Told): string | null {
  if (template.startsWith('$') && !template.includes('{')) return textOf(template, told);
  let isWhole = true;
  const text = template.replaceAll(/\{(\$[^{}]*)\}/g, (_, expression: string) => {
    const value = textOf(expression, told);
    if (value === null) isWhole = false;
    return value ?? '';
  });
  return isWhole ? text : null;
}

/** The value of one expression as text; null where there is none. */
function textOf(expression: string, told: Told): string | null {
  if (expression === '$url') return told.url;
  if (expression === '$method') return told.method;
  if (expression === '$statusCode') return String(told.statusCode);
  const found = /^\$(request|response)\.(header|query|path|body)(?:\.([^#]+)|(#.*))?$/s.exec(expression);
  if (!found) return null;
  const [, side, source, name, fragment] = found;
  const isRequest = side === 'request';
  if (source === 'body') {
    if (name !== undefined) return null;
    return scalar(at(isRequest ? told.body : told.responseBody, fragment?.slice(1) ?? ''));
  }
  if (name === undefined) return null;
  if (source === 'header') return headerIn(isRequest ? told.headers : told.responseHeaders, name);
  // Answers have neither.
  if (!isRequest) return null;
  if (source === 'query') return new URLSearchParams(told.query).get(name);
  return Object.hasOwn(told.path, name) ? told.path[name]! : null;
}

function headerIn(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  name: string,
): string | null {
  const field = name.toLowerCase();
  const value = Object.hasOwn(headers, field) ? headers[field] : undefined;
  return value === undefined ? null : typeof value === 'string' ? value : (value[0] ?? null);
}

/** What a JSON Pointer (RFC 6901) leads to; undefined where it leads nowhere. */
function at(value: unknown, pointer: string): unknown {
  if (pointer === '') return value;
  if (!pointer.startsWith('/')) return undefined;
  let here: unknown = value;
  for (const part of pointer.slice(1).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (here === null || typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined;
    here = (here as Readonly<Record<string, unknown>>)[key];
  }
  return here;
}

function scalar(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
