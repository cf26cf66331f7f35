import type { Context } from '../context.ts';
import type { Answer, Exchange, Stage, Wishes } from './exchange.ts';
import { refuse } from './refusal.ts';
import { isServer } from './servers.ts';

/**
 * Reads what the caller wants otherwise: `Prefer: code=404, example=dog` (RFC 7240, as Prism uses it; `status` for `code` as
 * apisprout has it), or `?__code=404` in the query, where the header has not said it. Tells in `Preference-Applied` what was heeded.
 * A wish that cannot be understood is refused: a test that asks for something else than it gets would be no test.
 */
export function wishesStage({ settings }: Context): Stage {
  const isPrism = settings.compat === 'prism';
  return {
    name: 'wishes',
    before(exchange) {
      const { prefer } = exchange.request.headers;
      const hasQuery = exchange.query.includes('__');
      if (prefer === undefined && !hasQuery) return undefined;
      const header = prefer === undefined ? [] : preferences(String(prefer));
      // Of Prism, a header makes the query of no account.
      const query = hasQuery && !(isPrism && prefer !== undefined) ? inQuery(exchange.query) : [];
      const read = wishesOf([...query, ...header]);
      if (typeof read !== 'string') {
        exchange.wishes = read;
        return hasQuery ? serverRefusal(exchange) : undefined;
      }
      return refuse(exchange, { status: isPrism ? 422 : 400, code: 'invalid_preference', message: read });
    },
    after(exchange, answer) {
      const applied = appliedTo(exchange);
      if (applied === '') return answer;
      return { ...answer, headers: { 'preference-applied': applied, ...answer.headers } };
    },
  };
}

/** 404 for a server (`__server=https://…`) that the document does not name for the operation. */
function serverRefusal(exchange: Exchange): Answer | undefined {
  const wanted = new URLSearchParams(exchange.query).get('__server');
  if (wanted === null || isServer(exchange.route!, wanted)) return undefined;
  const message = `The document names no server \`${wanted.slice(0, 200)}\` for this operation.`;
  return refuse(exchange, { status: 404, code: 'no_server_matched', message });
}

function appliedTo({ wishes, request }: Exchange): string {
  if (request.headers.prefer === undefined) return '';
  return Object.entries(wishes)
    .filter(([name]) => name !== 'return' && name !== 'wait')
    .map(([name, value]) => `${name}=${/^[\w!#$%&'*+.^`|~-]+$/.test(String(value)) ? value : JSON.stringify(value)}`)
    .join(', ');
}

/** A wish as it was written, its name in lower case. */
export type Pair = readonly [name: string, value: string];

/** `code=404, example="a dog"; foo=bar` as pairs; parameters of preferences are let go. */
export function preferences(header: string): Pair[] {
  const found: Pair[] = [];
  const pattern = /(?:^|,)\s*([\w!#$%&'*+.^`|~-]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;]*)))?/g;
  for (const [, name, quoted, plain] of header.slice(0, longestHeader).matchAll(pattern)) {
    found.push([name!.toLowerCase(), quoted === undefined ? (plain ?? '') : quoted.replace(/\\(.)/g, '$1')]);
  }
  return found;
}

const longestHeader = 4096;

/** `__code=404` and the like in a query, as pairs. */
export function inQuery(query: string): Pair[] {
  return [...new URLSearchParams(query)]
    .filter(([name]) => name.startsWith('__'))
    .map(([name, value]) => [name.slice(2).toLowerCase(), value] as const);
}

/** The wishes that pairs tell of, the last of a name; a sentence on the first that cannot be understood. Names that mean nothing here are passed over. */
export function wishesOf(pairs: readonly Pair[]): Wishes | string {
  const wishes: Record<string, unknown> = {};
  for (const [name, value] of pairs) {
    const wish = readers[name];
    if (!wish) continue;
    const read = wish.read(value);
    if (read === undefined) return `\`${name}\` must be ${wish.expected}, not \`${value.slice(0, 60)}\`.`;
    wishes[wish.as ?? name] = read;
  }
  return wishes;
}

interface Reader {
  readonly as?: string;
  readonly expected: string;
  readonly read: (value: string) => unknown;
}

const code: Reader = {
  as: 'code',
  expected: 'a status code from 200 to 599',
  read: (value) => (/^[2-5]\d\d$/.test(value) ? Number(value) : undefined),
};

const oneOf = (...values: string[]): Reader => ({
  expected: `one of ${values.map((value) => `\`${value}\``).join(', ')}`,
  read: (value) => (values.includes(value) ? value : undefined),
});

/** @param most of what is a number */
const number = (most: number): Reader => ({
  expected: `a whole number from 0 to ${most}`,
  read: (value) => (/^\d{1,15}$/.test(value) && Number(value) <= most ? Number(value) : undefined),
});

const readers: Readonly<Record<string, Reader>> = Object.assign(Object.create(null) as object, {
  code,
  status: code,
  example: { expected: 'the name of an example', read: (value: string) => value || undefined },
  dynamic: {
    expected: '`true` or `false`',
    read: (value: string) => (value === 'true' || value === '' ? true : value === 'false' ? false : undefined),
  },
  seed: {
    expected: 'a number or a word',
    read: (value: string) => (value === '' ? undefined : /^\d{1,15}$/.test(value) ? Number(value) : hash(value)),
  },
  delay: number(300_000),
  fault: oneOf('reset', 'timeout', '503'),
  wait: number(86_400),
  return: oneOf('minimal', 'representation'),
});

/** Seeds may be words, as Prism's are (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
