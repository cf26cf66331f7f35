import type { Source } from '../../text/source.ts';
import { plainScalar } from './read/plain-scalar.ts';

/** A value as JSON knows it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

type Properties = { readonly [key: string]: Json };

/** How a document is written: what new text in it goes by. */
export interface Manner {
  /** Whether it is JSON, and nothing that only YAML knows may come into it. */
  readonly json: boolean;
  /** What ends a line. */
  readonly lineBreak: string;
  /** What each level is indented by; empty in JSON of one line. */
  readonly indent: string;
  /** Whether the `-` of lists are indented below their key. */
  readonly listsIndented: boolean;
  /** The quote for what needs one. */
  readonly quote: "'" | '"';
}

/** The manner of a document, judged by what stands there first. */
export function mannerOf({ text }: Source, json: boolean): Manner {
  const lineBreak = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  if (json) {
    const indent = /^[[{][ \t]*(?:\r\n|\n|\r)([ \t]+)\S/.exec(text.trimStart())?.[1] ?? '';
    return { json, lineBreak, indent, listsIndented: true, quote: '"' };
  }
  const indent = /^[^\s#-][^\r\n]*:[ \t]*(?:(?:\r\n|\n|\r)[ \t]*(?:#[^\r\n]*)?)*(?:\r\n|\n|\r)( +)[^\s#-]/m.exec(text);
  const list = /^( *)[^\s#-][^\r\n]*:[ \t]*(?:\r\n|\n|\r)( *)- /m.exec(text);
  const singles = count(text, /[:-] '/g);
  return {
    json,
    lineBreak,
    indent: indent ? indent[1]! : '  ',
    listsIndented: list === null || list[2]!.length > list[1]!.length,
    quote: count(text, /[:-] "/g) > singles ? '"' : "'",
  };
}

function blockProperty(key: string, value: Json, column: number, manner: Manner): string {
  return `${scalarText(key, manner)}:${blockValue(value, column, manner)}`;
}

/** An item in block style, without a line break at its end. Its first line is not indented, the others by `column` or more. */
export function blockItem(value: Json, column: number, manner: Manner): string {
  const inner = column + 2;
  if (isScalar(value)) return `- ${scalarText(value, manner)}`;
  if (isEmpty(value)) return `- ${flowValue(value, manner)}`;
  if (!Array.isArray(value)) return `- ${blockProperties(value as Properties, inner, manner)}`;
  return `- ${value.map((item) => blockItem(item, inner, manner)).join(manner.lineBreak + ' '.repeat(inner))}`;
}

/** What stands behind the `:` of a property in block style, from the blank or line break on. */
export function blockValue(value: Json, column: number, manner: Manner): string {
  if (isScalar(value)) return ` ${scalarText(value, manner)}`;
  if (isEmpty(value)) return ` ${flowValue(value, manner)}`;
  const inner = column + (Array.isArray(value) && !manner.listsIndented ? 0 : manner.indent.length);
  const margin = manner.lineBreak + ' '.repeat(inner);
  if (!Array.isArray(value)) return margin + blockProperties(value as Properties, inner, manner);
  return margin + value.map((item) => blockItem(item, inner, manner)).join(margin);
}

function blockProperties(value: Properties, column: number, manner: Manner): string {
  const margin = manner.lineBreak + ' '.repeat(column);
  return Object.entries(value)
    .map(([key, child]) => blockProperty(key, child, column, manner))
    .join(margin);
}

/** A property in flow style or JSON. With `margin` (a line break and white space), over several lines. */
export function flowProperty(key: string, value: Json, manner: Manner, margin = ''): string {
  const colon = manner.json && manner.indent === '' ? ':' : ': ';
  return `${manner.json ? JSON.stringify(key) : scalarText(key, manner, true)}${colon}${flowValue(value, manner, margin)}`;
}

/** A value in flow style or JSON, as `flowProperty`. */
export function flowValue(value: Json, manner: Manner, margin = ''): string {
  if (!Array.isArray(value) && !isMap(value))
    return manner.json ? JSON.stringify(value) : scalarText(value as Scalar, manner, true);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  const inner = margin === '' ? '' : margin + manner.indent;
  const parts = Array.isArray(value)
    ? value.map((item: Json) => flowValue(item, manner, inner))
    : Object.entries(value).map(([key, child]) => flowProperty(key, child as Json, manner, inner));
  if (parts.length === 0) return open + close;
  if (margin !== '') return `${open}${inner}${parts.join(`,${inner}`)}${margin}${close}`;
  const blank = !manner.json && open === '{' ? ' ' : '';
  return `${open}${blank}${parts.join(manner.json && manner.indent === '' ? ',' : ', ')}${blank}${close}`;
}

type Scalar = string | number | boolean | null;

/** A scalar as YAML: plain where that reads the same, else in the document's quotes. */
export function scalarText(value: Scalar, { quote }: Pick<Manner, 'quote'>, flow = false): string {
  if (typeof value !== 'string') return String(value);
  return isPlain(value, flow) ? value : quoted(value, quote);
}

/** A string in quotes: in the wanted ones where they can hold it. */
export function quoted(value: string, quote: "'" | '"'): string {
  // Single quotes know no escapes, and fold line breaks.
  if (quote === "'" && !unprintable.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replace(/[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g, escaped);
}

/** Whether a string can stand without quotes and reads as itself, in YAML 1.1 too (YAML 1.2.2, section 7.3.3). */
export function isPlain(value: string, flow: boolean): boolean {
  if (/^\d+\.\d+\.\d+$/.test(value)) return true;
  if (!/^[\p{L}_/$(<^+.;=~][^\t]*$/u.test(value) || /:(?:\s|$)|\s#|\s$/.test(value) || unprintable.test(value))
    return false;
  if (flow && /[,[\]{}]|:(?=["'])/.test(value)) return false;
  if (/^(?:y|yes|n|no|on|off|true|false|null|<<|=|~|\.\.\.)$/i.test(value)) return false;
  return plainScalar(value) === value && !/^[-+.\d][\d_.,:eE+-]*$/.test(value);
}

/** Control characters, halves of surrogate pairs, and what ends a line or is no character. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\uFEFF\uFFFE\uFFFF]/u;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

function isScalar(value: Json): value is Scalar {
  return typeof value !== 'object' || value === null;
}

function isMap(value: Json): value is Properties {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: Json): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found++;
  return found;
}
