import type { Json } from '../json.ts';
import { isObject } from '../json.ts';
import type { Shape } from '../shape.ts';
import { badRequest } from './status.ts';

/** Whether a value, as JSON, is asked for. */
export type Predicate = (value: Json) => boolean;

/** A filter may be nested this deep, and be so long. */
const deepest = 50;
const longest = 10_000;

/**
 * Reads a filter of AIP-160: comparisons (`=`, `!=`, `<`, `>`, `<=`, `>=`, and `:` for what a list, a map or a text holds) of
 * fields with values, bare words that are looked for anywhere, `AND`, `OR` (which binds closer), `NOT`, `-` and parentheses.
 * Strings may have `*` at either end.
 * @param shape of what is filtered
 * @throws StatusError INVALID_ARGUMENT when it cannot be read, or names no field
 */
export function readFilter(filter: string, shape: Shape): Predicate {
  if (filter.length > longest) throw badRequest({ field: 'filter', description: 'The filter is too long.' });
  return new FilterReader(filter, shape).filter();
}

interface Token {
  readonly kind: 'word' | 'string' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
}

const pattern = /\s+|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(<=|>=|!=|[=<>:()-])|([^\s"'=<>:!()]+)/gsy;

class FilterReader {
  readonly #tokens: readonly Token[];
  readonly #shape: Shape;
  #next = 0;
  #depth = 0;

  constructor(text: string, shape: Shape) {
    this.#tokens = tokensOf(text);
    this.#shape = shape;
  }

  filter(): Predicate {
    if (this.#isAtEnd()) return () => true;
    const predicate = this.#expression();
    if (!this.#isAtEnd()) throw this.#problem();
    return predicate;
  }

  get #at(): Token {
    return this.#tokens[this.#next]!;
  }

  #isAtEnd(): boolean {
    return this.#at.kind === 'end';
  }

  #problem(): Error {
    const { kind, text, at } = this.#at;
    const description =
      kind === 'end' ? 'The filter ends too early.' : `The filter cannot be read at \`${text}\`, character ${at + 1}.`;
    return badRequest({ field: 'filter', description });
  }

  #isWord(word: string): boolean {
    return this.#at.kind === 'word' && this.#at.text === word;
  }

  #skip(symbol: string): boolean {
    const isThere = this.#at.kind === 'symbol' && this.#at.text === symbol;
    if (isThere) this.#next++;
    return isThere;
  }

  /** Factors joined by AND, or by nothing. */
  #expression(): Predicate {
    if (++this.#depth > deepest) throw badRequest({ field: 'filter', description: 'The filter is nested too deeply.' });
    const all = [this.#factor()];
    for (;;) {
      if (this.#isWord('AND')) this.#next++;
      else if (this.#at.kind === 'end' || (this.#at.kind === 'symbol' && this.#at.text === ')')) break;
      all.push(this.#factor());
    }
    this.#depth--;
    return all.length === 1 ? all[0]! : (value) => all.every((one) => one(value));
  }

  /** Terms joined by OR. */
  #factor(): Predicate {
    const some = [this.#term()];
    while (this.#isWord('OR')) {
      this.#next++;
      some.push(this.#term());
    }
    return some.length === 1 ? some[0]! : (value) => some.some((one) => one(value));
  }

  #term(): Predicate {
    if (this.#isWord('NOT') || (this.#at.kind === 'symbol' && this.#at.text === '-')) {
      this.#next++;
      const inner = this.#simple();
      return (value) => !inner(value);
    }
    return this.#simple();
  }

  #simple(): Predicate {
    if (this.#skip('(')) {
      const inner = this.#expression();
      if (!this.#skip(')')) throw this.#problem();
      return inner;
    }
    const { kind, text } = this.#at;
    if (kind !== 'word' && kind !== 'string') throw this.#problem();
    this.#next++;
    const operator = this.#at.kind === 'symbol' && operators.has(this.#at.text) ? this.#at.text : null;
    if (operator === null) return (value) => mentions(value, text.toLowerCase());
    this.#next++;
    return this.#comparison(text, operator);
  }

  #comparison(field: string, operator: string): Predicate {
    const path = field.split('.');
    if (!leadsSomewhere(this.#shape, path)) {
      throw badRequest({ field: 'filter', description: `There is no field \`${field}\`.` });
    }
    const negative = this.#skip('-') ? '-' : '';
    const { kind, text } = this.#at;
    if (kind !== 'word' && kind !== 'string') throw this.#problem();
    this.#next++;
    const asked = negative + text;
    return (value) => valuesAt(value, path).some((held) => fits(held, operator, asked)) !== (operator === '!=');
  }
}

const operators: ReadonlySet<string> = new Set(['=', '!=', '<', '>', '<=', '>=', ':']);

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match)
      throw badRequest({
        field: 'filter',
        description: `The filter cannot be read at \`${text[at]}\`, character ${at + 1}.`,
      });
    const [, double, single, symbol, word] = match;
    const string = double ?? single;
    if (string !== undefined) tokens.push({ kind: 'string', text: string.replace(/\\(.)/gs, '$1'), at });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

/** Whether a path of names may lead to a value. What maps and untyped values hold cannot be told. */
export function leadsSomewhere(shape: Shape, [name, ...rest]: readonly string[]): boolean {
  if (name === undefined || shape.kind === 'any' || shape.kind === 'map') return true;
  if (shape.kind === 'list') return leadsSomewhere(shape.items, [name, ...rest]);
  if (shape.kind !== 'object') return false;
  const field = shape.fields().get(name);
  return field !== undefined && leadsSomewhere(field.shape, rest);
}

/** The values that a path leads to: several below lists; none where nothing is set. */
function valuesAt(value: Json, path: readonly string[]): readonly (Json | undefined)[] {
  if (path.length === 0) return [value];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path as [string, ...string[]];
  const inner = isObject(value) && Object.hasOwn(value, name) ? value[name]! : undefined;
  return inner === undefined ? [undefined] : valuesAt(inner, rest);
}

/** `!=` is asked as `=`, and turned round by who asks. */
function fits(held: Json | undefined, operator: string, asked: string): boolean {
  if (held === undefined || held === null)
    return operator !== ':' && operator !== '<' && operator !== '>' && isNothing(asked);
  if (Array.isArray(held)) return (held as readonly Json[]).some((item) => fits(item, operator, asked));
  if (isObject(held)) return operator === ':' && (asked === '*' || Object.hasOwn(held, asked));
  if (operator === ':') return asked === '*' || isLike(String(held), asked, true);
  const order = compared(held as string | number | boolean, asked);
  if (operator === '=' || operator === '!=')
    return order === 0 || (typeof held === 'string' && isLike(held, asked, false));
  if (Number.isNaN(order)) return false;
  if (operator === '<') return order < 0;
  if (operator === '>') return order > 0;
  return operator === '<=' ? order <= 0 : order >= 0;
}

/** What is not set equals what stands for nothing. */
function isNothing(asked: string): boolean {
  return asked === '' || asked === '0' || asked === 'false' || asked === 'null';
}

/** @param within whether a part is enough */
function isLike(held: string, asked: string, within: boolean): boolean {
  const [a, b] = [held.toLowerCase(), asked.toLowerCase()];
  const core = b.replace(/^\*|\*$/g, '');
  if (b.length > 1 && b.startsWith('*') && b.endsWith('*')) return a.includes(core);
  if (b.startsWith('*')) return a.endsWith(core);
  if (b.endsWith('*')) return a.startsWith(core);
  return within ? a.includes(b) : held === asked;
}

/** Less than 0, 0 or more; NaN where they cannot be compared. Times and numbers as such, all else as text. */
function compared(held: string | number | boolean, asked: string): number {
  if (typeof held === 'boolean') return String(held) === asked.toLowerCase() ? 0 : Number.NaN;
  const [a, b] = [numeric(held), numeric(asked)];
  if (a !== undefined && b !== undefined) return a - b;
  if (typeof held === 'number') return Number.NaN;
  return held < asked ? -1 : held > asked ? 1 : 0;
}

/** The number that a number, a duration (`1.5s`) or a time stands for. */
function numeric(value: string | number): number | undefined {
  if (typeof value === 'number') return value;
  if (/^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?s?$/.test(value)) return Number(value.replace(/s$/, ''));
  if (!/^\d{4}-\d\d-\d\d(?:[Tt]\d\d:\d\d|$)/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** Whether a text stands somewhere in a value. @param text in lower case */
function mentions(value: Json, text: string): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some((item) => mentions(item, text));
  if (isObject(value)) return Object.values(value).some((inner) => mentions(inner, text));
  return value !== null && isLike(String(value), text, true);
}
