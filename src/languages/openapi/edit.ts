/**
 * Edits of YAML and JSON texts that leave all else as it stands: comments, order, quotes and line breaks. Every function gives no
 * edits where the change cannot be made surely: in texts with syntax errors, below what aliases stand for, beside explicit keys.
 */
import type { Edit } from '../../text/fix.ts';
import { indentationAt, insertion, lineEndOf, replacement } from '../../text/lines.ts';
import { Source } from '../../text/source.ts';
import type { Document, Span } from './document.ts';
import { isObject } from './json.ts';
import { type Pointer, valueAt } from './pointer.ts';
import { read } from './read/read.ts';
import {
  blockItem,
  blockValue,
  flowProperty,
  flowValue,
  isPlain,
  type Json,
  type Manner,
  mannerOf,
  quoted,
  scalarText,
} from './rendering.ts';

export type { Json };

/** Where a new property goes: behind the last one of the same or a lower rank. Those without a rank do not count. */
export type Rank = (key: string) => number | undefined;

type Edits = readonly Edit[];
const none: Edits = [];

/** Puts a new value in the place of a scalar, quoted as the old one was where that is possible. */
export function replaceScalar(at: Pointer, value: string | number | boolean | null): Edits {
  const { document } = at;
  const old = valueAt(document.value, at.path);
  if (!isSound(document) || (typeof old === 'object' && old !== null) || old === undefined || old === value)
    return none;
  const way = wayTo(at);
  const span = document.locate(at.path).value;
  if (!way || span.start === span.end) return none;
  const token = document.source.text.slice(span.start, span.end);
  const text = isJson(document)
    ? JSON.stringify(value)
    : rescaled(token, old as Json, value, way.flow, mannerFor(document));
  return text === null ? none : [replacement({ source: document.source, ...span }, text)];
}

/** Gives a property another name, quoted as the old one was. References that lead through it are not changed. */
export function renameKey(at: Pointer, name: string): Edits {
  const map = at.parent && containerAt(at.parent);
  const entry = map?.entries.find(({ key }) => key === at.key);
  if (!map || !entry?.name || map.entries.some(({ key }) => key === name)) return none;
  const { source } = map;
  const token = source.text.slice(entry.name.start, entry.name.end);
  const text = map.manner.json ? JSON.stringify(name) : keyText(name, token, map);
  return text === null ? none : [replacement({ source, ...entry.name }, text)];
}

/** Takes out a property or an item, with the comments that are its own. What was the only one leaves `{}` or `[]` behind. */
export function removeEntry(at: Pointer): Edits {
  return at.parent ? removeEntries(at.parent, [at.key]) : none;
}

/** Takes out properties or items of one object or list at once; the order of `keys` does not matter. */
export function removeEntries(at: Pointer, keys: readonly (string | number)[]): Edits {
  const container = containerAt(at);
  if (!container) return none;
  const gone = container.entries.filter(({ key }) => keys.includes(key));
  if (gone.length === 0 || gone.length !== new Set(keys).size) return none;
  if (gone.some((entry) => holdsShared(at.document, entry))) return none;
  if (gone.length === container.entries.length) return emptied(container);
  return container.flow ? removedFromFlow(container, gone) : removedFromBlock(container, gone);
}

/** Adds a property to an object; at its end, or where its rank says. */
export function insertProperty(at: Pointer, key: string, value: Json, rank?: Rank): Edits {
  return insertProperties(at, { [key]: value }, rank);
}

/** Adds properties to an object, all at one place: at its end, or where the rank of the first says. */
export function insertProperties(at: Pointer, properties: { readonly [key: string]: Json }, rank?: Rank): Edits {
  const map = containerAt(at);
  const keys = Object.keys(properties);
  if (!map || map.isList || keys.length === 0 || keys.some((key) => map.entries.some((entry) => entry.key === key)))
    return none;
  return inserted(map, Object.entries(properties), placeFor(map, keys[0]!, rank));
}

/** Adds items to a list; at its end, or before the item that stands at `index`. */
export function insertItems(at: Pointer, values: readonly Json[], index?: number): Edits {
  const list = containerAt(at);
  if (!list?.isList || values.length === 0) return none;
  const place = index === undefined ? list.entries.length : Math.min(index, list.entries.length);
  return inserted(
    list,
    values.map((value) => [null, value] as const),
    place,
  );
}

/**
 * Adds values at ways down from an object, and the objects on the way that are missing.
 * @param additions a way, its last key new, and the value there
 */
export function insertDeep(
  at: Pointer,
  additions: readonly (readonly [readonly string[], Json])[],
  rank?: Rank,
): Edits {
  const here = valueAt(at.document.value, at.path);
  if (!isObject(here)) return none;
  const below = new Map<string, (readonly [readonly string[], Json])[]>();
  for (const [[key, ...rest], value] of additions) {
    if (key === undefined) return none;
    below.set(key, [...(below.get(key) ?? []), [rest, value]]);
  }
  const known = [...below].filter(([key]) => Object.hasOwn(here, key));
  const missing = [...below].filter(([key]) => !Object.hasOwn(here, key));
  const properties = Object.fromEntries(missing.map(([key, rest]) => [key, nested(rest)]));
  const deeper = known.map(([key, rest]) => insertDeep(at.child(key), rest));
  if (missing.length === 0) return together(...deeper);
  // What is added to the last property ends where a new last property would begin, so that goes to the front.
  const atFront: Rank = (key) => (Object.hasOwn(properties, key) ? 0 : 1);
  return together(insertProperties(at, properties, known.length > 0 ? atFront : rank), ...deeper);
}

/**
 * Puts the properties of an object or the items of a list in another order, with their comments.
 * @param order all keys, or all numbers of items, as they are to stand
 */
export function reorder(at: Pointer, order: readonly (string | number)[]): Edits {
  const container = containerAt(at);
  if (!container || at.document.shared().length > 0 || keepsBlankLines(container.source, container)) return none;
  const { entries } = container;
  const wanted = order.map((key) => entries.find((entry) => entry.key === key));
  if (wanted.length !== entries.length || new Set(wanted).size !== entries.length || wanted.includes(undefined))
    return none;
  const spans = entries.map((entry, i) => (container.flow ? entry : chunkOf(container, i)));
  if (!container.flow && spans.some((span) => leavesComment(container, span))) return none;
  const { source } = container;
  return entries.flatMap((entry, i) => {
    if (entry === wanted[i]) return [];
    const from = spans[entries.indexOf(wanted[i]!)]!;
    return [
      replacement({ source, start: spans[i]!.start, end: spans[i]!.end }, source.text.slice(from.start, from.end)),
    ];
  });
}

/** Puts another property in the place of one, on its line: `allOf: [{ $ref: … }]` for `$ref: …`. */
export function replaceProperty(at: Pointer, key: string, value: Json): Edits {
  const map = at.parent && containerAt(at.parent);
  const entry = map?.entries.find((one) => one.key === at.key);
  if (!map || map.isList || !entry || map.entries.some((one) => one !== entry && one.key === key)) return none;
  if (holdsShared(at.document, entry)) return none;
  const { source, manner, column } = map;
  const margin = manner.json && manner.indent !== '' ? marginBefore(source.text, entry) : '';
  if (keepsBlankLines(source, entry)) return none;
  const text = map.flow
    ? flowProperty(key, value, manner, margin)
    : `${scalarText(key, manner)}:${blockValue(value, column, manner)}`;
  return [replacement({ source, start: entry.start, end: entry.end }, text)];
}

/** All edits of several changes that belong together; none when one of them cannot be made. What they insert at one place comes in their order. */
export function together(...changes: readonly Edits[]): Edits {
  if (changes.some((edits) => edits.length === 0)) return none;
  const edits: Edit[] = [];
  for (const edit of changes.flat()) {
    const { source, start, end } = edit.range;
    const same = edits.findIndex(({ range }) => {
      return start === end && range.start === start && range.end === end && range.source === source;
    });
    if (same === -1) edits.push(edit);
    else edits[same] = replacement(edit.range, edits[same]!.text + edit.text);
  }
  return edits;
}

function nested(rest: readonly (readonly [readonly string[], Json])[]): Json {
  const result: { [key: string]: Json } = {};
  for (const [[key, ...deeper], value] of rest) {
    if (key === undefined) return value;
    const known = (result[key] ?? {}) as { [key: string]: Json };
    result[key] = deeper.length === 0 ? value : { ...known, ...(nested([[deeper, value]]) as object) };
  }
  return result;
}

// What stands where.

/** A property or an item. For items in block style it starts at the `-`. */
interface Entry extends Span {
  readonly key: string | number;
  /** The key's token. */
  readonly name: Span | null;
  readonly value: Span;
}

/** An object or list that is understood well enough to be edited. */
interface Container extends Span {
  readonly at: Pointer;
  readonly source: Source;
  readonly manner: Manner;
  readonly isList: boolean;
  /** Whether it stands in brackets. */
  readonly flow: boolean;
  /** How many characters stand before its entries; 0 in flow style. */
  readonly column: number;
  /** In the order of the text. */
  readonly entries: readonly Entry[];
}

function containerAt(at: Pointer): Container | null {
  const { document } = at;
  const value = valueAt(document.value, at.path);
  const way = typeof value === 'object' && value !== null && isSound(document) ? wayTo(at) : null;
  if (!way) return null;
  const span = document.locate(at.path).value;
  const isList = Array.isArray(value);
  const flow =
    document.source.text[span.start] === (isList ? '[' : '{') &&
    document.source.text[span.end - 1] === (isList ? ']' : '}');
  if (way.flow && !flow) return null;
  const entries = entriesIn(at, value!, flow);
  if (!entries || (entries.length === 0 && !flow)) return null;
  const base = { at, source: document.source, manner: mannerFor(document), isList, flow, ...span };
  if (flow) return hasPlainGaps(document.source.text, span, entries, isList) ? { ...base, column: 0, entries } : null;
  const column = columnOf(document.source, entries);
  return column === null ? null : { ...base, column, entries };
}

/** Whether edits of a document are understood at all. */
function isSound(document: Document): boolean {
  let sound = soundness.get(document);
  if (sound === undefined) {
    const { text } = document.source;
    const isWhole = document.syntax.length === 0 && document.duplicates.length === 0;
    sound = isWhole && !/\r(?!\n)/.test(text) && !/^(?:---[ \t]+\S|%|\.\.\.)/m.test(text);
    soundness.set(document, sound);
  }
  return sound;
}
const soundness = new WeakMap<Document, boolean>();

function isJson(document: Document): boolean {
  return mannerFor(document).json;
}

function mannerFor(document: Document): Manner {
  let manner = manners.get(document);
  if (!manner) {
    manner = mannerOf(document.source, /^\s*[[{]/.test(document.source.text) && parses(document.source.text));
    manners.set(document, manner);
  }
  return manner;
}
const manners = new WeakMap<Document, Manner>();

function parses(json: string): boolean {
  try {
    JSON.parse(json);
    return true;
  } catch {
    return false;
  }
}

/** Follows the way to a value: null when an alias or `<<` is on it, or aliases stand for what it leads to. */
function wayTo(at: Pointer): { readonly flow: boolean } | null {
  const { document } = at;
  const { text } = document.source;
  let flow = false;
  let outer = document.locate([]).value;
  const path = at.path;
  for (let depth = 1; depth <= path.length; depth++) {
    const { value } = document.locate(path.slice(0, depth));
    if (value.start < outer.start || value.end > outer.end || text[value.start] === '*') return null;
    flow ||= text[outer.start] === '{' || text[outer.start] === '[';
    outer = value;
  }
  const isShared = document.shared().some((span) => span.start <= outer.start && outer.end <= span.end);
  return isShared ? null : { flow };
}

function holdsShared(document: Document, { start, end }: Span): boolean {
  return document.shared().some((span) => start <= span.start && span.end <= end);
}

/** The entries in the order of the text; null when some are not where they belong. */
function entriesIn(at: Pointer, container: object, flow: boolean): Entry[] | null {
  const { document } = at;
  const outer = document.locate(at.path).value;
  const keys = Array.isArray(container) ? container.map((_, i) => i) : Object.keys(container);
  const entries: Entry[] = [];
  for (const key of keys) {
    const { key: name, value } = document.locate([...at.path, key]);
    const start = name ? name.start : flow ? value.start : dashBefore(document.source, value);
    if (start === null || start < outer.start || value.end > outer.end || (!name && typeof key === 'string'))
      return null;
    entries.push({ key, name, value, start, end: value.end });
  }
  return entries.sort((a, b) => a.start - b.start);
}

/** The offset of an item's `-`, when it stands on the line on which the item begins. */
function dashBefore(source: Source, { start }: Span): number | null {
  const from = source.position(start).offset - source.position(start).column + 1;
  const found = /^(?:\uFEFF)?[ ]*(?:- +)*?(-)(?: +(?:[&!]\S* +)*|)$/.exec(source.text.slice(from, start));
  return found ? from + found[0].lastIndexOf('-', found[0].replace(/[&!]\S* +/g, '').length) : null;
}

/** Whether nothing but commas, colons and white space stands between the entries: no comments, tags, anchors or `?`. */
function hasPlainGaps(text: string, { start, end }: Span, entries: readonly Entry[], isList: boolean): boolean {
  let at = start + 1;
  for (const [i, { name, value, start: from }] of entries.entries()) {
    if (!(i === 0 ? /^\s*$/ : /^\s*,\s*$/).test(text.slice(at, from))) return false;
    if (!isList && (value.start === value.end || !/^\s*:\s*$/.test(text.slice(name!.end, value.start)))) return false;
    if (value.start === value.end || text[value.start] === '*') return false;
    at = value.end;
  }
  return (entries.length === 0 ? /^\s*$/ : /^\s*,?\s*$/).test(text.slice(at, end - 1));
}

/** The column of the entries of a block; null when they don't stand below each other, each on lines of its own. */
function columnOf(source: Source, entries: readonly Entry[]): number | null {
  const column = source.position(entries[0]!.start).column - 1;
  let last = -1;
  for (const [i, entry] of entries.entries()) {
    const { column: own, line } = source.position(entry.start);
    const before = source.line(line).slice(0, own - 1);
    if (own - 1 !== column || !(i === 0 ? /^ *(?:- +)*$/ : /^ *$/).test(before)) return null;
    if (!/^[ \t]*$|^[ \t]+#/.test(source.text.slice(entry.end, lineEndOf(source, entry.end)))) return null;
    // Between two entries, only comments and blank lines: no `<<` and no second key of the same name.
    if (i > 0 && !isIdle(source, last + 1, line - 1)) return null;
    last = source.position(entry.end).line;
  }
  return column;
}

/** Whether the lines from `first` to `last` are blank or comments. */
function isIdle(source: Source, first: number, last: number): boolean {
  for (let line = first; line <= last; line++) if (!/^[ \t]*(?:#|$)/.test(source.line(line))) return false;
  return true;
}

// Block style.

/** An entry with its comments: from its first own comment or itself to the end of its last line, without the line break. */
function chunkOf(container: Container, index: number): Span {
  const { source, entries, column } = container;
  const entry = entries[index]!;
  const { line } = source.position(entry.start);
  // What stands behind a `-` shares its line with the list around it.
  const isFirstOnLine = indentationAt(source, entry.start) !== null;
  const floor = index === 0 ? 0 : source.position(entries[index - 1]!.end).line;
  let top = line;
  while (isFirstOnLine && top - 1 > floor && commentColumn(source, top - 1) === column) top--;
  // The comments at the head of a file are about the file.
  if (index === 0 && container.at.parent === null) top = line;
  const start = top === line ? entry.start : source.lineStarts[top - 1]! + column;
  return { start, end: bottomOf(container, index) };
}

/** The end of an entry's last line, or of the comments behind it that are indented as what is in it. */
function bottomOf({ source, entries, column }: Container, index: number): number {
  let { line } = source.position(entries[index]!.end);
  const next = entries[index + 1];
  const stop = next ? source.position(next.start).line : source.lineStarts.length + 1;
  const deeper = (number: number) => (commentColumn(source, number) ?? -1) > column;
  while (line + 1 < stop && deeper(line + 1)) line++;
  return lineEndOf(source, Math.max(source.lineStarts[line - 1]!, entries[index]!.end));
}

/**
 * Whether behind an entry, after a blank line, a comment is indented as what is in it. It belongs to nobody, and would become text
 * if a block scalar came to stand before it.
 */
function leavesComment({ source, column }: Container, { end }: Span): boolean {
  for (
    let line = source.position(end).line + 1;
    isIdle(source, line, line) && line <= source.lineStarts.length;
    line++
  ) {
    if ((commentColumn(source, line) ?? -1) > column) return true;
  }
  return false;
}

/** Where the `#` stands on a line that is a comment and nothing else; null on others. */
function commentColumn(source: Source, line: number): number | null {
  const found = /^( *)#/.exec(source.line(line));
  return found ? found[1]!.length : null;
}

function removedFromBlock(container: Container, gone: readonly Entry[]): Edits {
  const edits: Edit[] = [];
  for (const [i, entry] of container.entries.entries()) {
    if (!gone.includes(entry)) continue;
    const before = container.entries[i - 1] ?? entry;
    if (keepsBlankLines(container.source, { start: before.start, end: entry.end })) return none;
    if (leavesComment(container, chunkOf(container, i))) return none;
    const edit =
      indentationAt(container.source, entry.start) === null ? removedBehindDash(container) : removedLines(container, i);
    if (!edit) return none;
    edits.push(edit);
  }
  return edits;
}

/** The first property of an object in a list stands behind the `-`; the second one takes its place. */
function removedBehindDash({ source, entries }: Container): Edit | null {
  const [first, second] = entries;
  if (!first || !second || holdsComment(source, first.end, second.start)) return null;
  return replacement({ source, start: first.start, end: second.start }, '');
}

function holdsComment(source: Source, start: number, end: number): boolean {
  return source.text.slice(start, end).includes('#');
}

function removedLines(container: Container, index: number): Edit {
  const { source } = container;
  const { text } = source;
  const chunk = chunkOf(container, index);
  const start = source.lineStarts[source.position(chunk.start).line - 1]!;
  let next = source.position(chunk.end).line;
  // Of the blank lines around it, those above are enough.
  const isBlank = (line: number) => line <= source.lineStarts.length && source.line(line).trim() === '';
  if (source.position(start).line > 1 && isBlank(source.position(start).line - 1))
    while (isBlank(next + 1) && next + 1 < source.lineStarts.length) next++;
  const end = source.lineStarts[next];
  if (end !== undefined) return replacement({ source, start, end }, '');
  // The last line of a file that does not end in a line break takes the one before.
  const before = text.slice(0, start).replace(/(?:\r\n|\n)$/, '').length;
  return replacement({ source, start: before, end: text.length }, '');
}

/** Puts `{}` or `[]` in the place of all entries. */
function emptied(container: Container): Edits {
  const { source, at, flow, isList, start, end } = container;
  if (flow) return [replacement({ source, start: start + 1, end: end - 1 }, '')];
  const brackets = isList ? '[]' : '{}';
  if (!at.parent || keepsBlankLines(source, container)) return none;
  const name = at.document.locate(at.path).key;
  if (!name) return holdsComment(source, start, end) ? none : [replacement({ source, start, end }, brackets)];
  const gap = source.text.slice(name.end, start);
  const colon = /^[ \t]*:/.exec(gap);
  if (!colon || !/^[ \t]*:\s*$/.test(gap) || holdsComment(source, start, lineEndOf(source, end))) return none;
  return [replacement({ source, start: name.end + colon[0].length, end }, ` ${brackets}`)];
}

/** The index of the entry before which a new property goes. */
function placeFor({ entries }: Container, key: string, rank: Rank | undefined): number {
  const own = rank?.(key);
  if (!rank || own === undefined) return entries.length;
  const ranks = entries.map((entry) => rank(String(entry.key)));
  const last = ranks.findLastIndex((other) => other !== undefined && other <= own);
  if (last !== -1) return last + 1;
  const first = ranks.findIndex((other) => other !== undefined);
  return first === -1 ? entries.length : first;
}

type Addition = readonly [key: string | null, value: Json];

function inserted(container: Container, additions: readonly Addition[], place: number): Edits {
  if (container.flow) return insertedInFlow(container, additions, place);
  const { source, column, manner, entries } = container;
  const margin = manner.lineBreak + ' '.repeat(column);
  const texts = additions.map(([key, value]) => {
    if (key === null) return blockItem(value, column, manner);
    return `${nameLike(key, container)}:${blockValue(value, column, manner)}`;
  });
  if (place > 0) {
    const end = bottomOf(container, place - 1);
    // A block scalar at the end of a file without a last line break would get one.
    if (end === source.text.length && isBlockScalarLast(source, entries[place - 1]!)) return none;
    if (keepsBlankLines(source, entries[place - 1]!)) return none;
    return [insertion(source, end, texts.map((text) => margin + text).join(''))];
  }
  return [insertion(source, entries[0]!.start, texts.map((text) => text + margin).join(''))];
}

/** A key as its siblings are written: status codes are quoted, unless their neighbours are not. */
function nameLike(key: string, { source, entries, manner }: Container): string {
  const isNumeric = (text: string) => /^\d/.test(text);
  const sibling = entries.find((entry) => isNumeric(String(entry.key)) === isNumeric(key)) ?? entries[0]!;
  const token = source.text.slice(sibling.name!.start, sibling.name!.end);
  if (/^\d+$/.test(key) && isNumeric(token)) return key;
  const quote = token[0] === '"' || token[0] === "'" ? token[0] : null;
  return quote && sibling.key !== entries[0]!.key
    ? quoted(key, quote)
    : scalarText(key, { quote: quote ?? manner.quote });
}

/** Whether a stretch holds a block scalar with a `+`, which makes the blank lines behind it a part of its value. */
function keepsBlankLines({ text }: Source, { start, end }: Span): boolean {
  return /[|>](?:\d?\+|\+\d)[ \t]*(?:#.*)?$/m.test(text.slice(start, end));
}

function isBlockScalarLast(source: Source, entry: Entry): boolean {
  return /[|>][-\d]*[ \t]*(?:#.*)?(?:\r?\n|$)/.test(source.text.slice(entry.start, entry.end));
}

// Flow style and JSON.

function removedFromFlow({ source, entries }: Container, gone: readonly Entry[]): Edits {
  const edits: Edit[] = [];
  const firstKept = entries.findIndex((entry) => !gone.includes(entry));
  for (const [i, entry] of entries.entries()) {
    if (!gone.includes(entry)) continue;
    // The comma behind goes with what stands before all that stay, the comma before with the others.
    if (i < firstKept) edits.push(replacement({ source, start: entry.start, end: entries[i + 1]!.start }, ''));
    else edits.push(replacement({ source, start: entries[i - 1]!.end, end: entry.end }, ''));
  }
  return edits;
}

function insertedInFlow(container: Container, additions: readonly Addition[], place: number): Edits {
  const { source, manner, entries, start, end } = container;
  const { text } = source;
  const margin = entries[0] ? marginBefore(text, entries.length > 1 ? entries[1]! : entries[0]) : '';
  const texts = (own: string) =>
    additions.map(([key, value]) =>
      key === null ? flowValue(value, manner, own) : flowProperty(key, value, manner, own),
    );
  if (entries.length === 0) return intoEmpty(container, additions, texts);
  const gap = margin || (manner.json && manner.indent === '' ? '' : ' ');
  const parts = texts(manner.indent === '' ? '' : manner.json ? margin : '');
  if (place > 0) return [insertion(source, entries[place - 1]!.end, parts.map((part) => `,${gap}${part}`).join(''))];
  return start < end ? [insertion(source, entries[0]!.start, parts.map((part) => `${part},${gap}`).join(''))] : none;
}

/** The line break and white space before an entry that is the first on its line; empty for others. */
function marginBefore(text: string, { start }: Span): string {
  return /(?:\r\n|\n)[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0] ?? '';
}

/** Fills `{}` or `[]`: on lines of their own in JSON that has lines, and in block style where YAML is. */
function intoEmpty(container: Container, additions: readonly Addition[], texts: (margin: string) => string[]): Edits {
  const { at, source, manner, start, end, isList } = container;
  const whole = { source, start, end };
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const indent = /^[ \t]*/.exec(source.line(source.position(start).line))![0];
  if (manner.json && manner.indent !== '') {
    const outer = manner.lineBreak + indent;
    const inner = outer + manner.indent;
    return [replacement(whole, `${open}${inner}${texts(inner).join(`,${inner}`)}${outer}${close}`)];
  }
  const name = at.parent && at.document.locate(at.path).key;
  const colon = name && /^:[ \t]+$/.test(source.text.slice(name.end, start)) ? name.end + 1 : null;
  const isAlone =
    name &&
    /^ *(?:- +)*$/.test(source.line(source.position(name.start).line).slice(0, source.position(name.start).column - 1));
  if (manner.json || colon === null || !isAlone || wayTo(at)?.flow) {
    const blank = !manner.json && !isList ? ' ' : '';
    return [replacement(whole, `${open}${blank}${texts('').join(manner.json ? ',' : ', ')}${blank}${close}`)];
  }
  const value = isList ? additions.map(([, item]) => item) : Object.fromEntries(additions as [string, Json][]);
  const column = source.position(name.start).column - 1;
  return [replacement({ source, start: colon, end }, blockValue(value, column, manner))];
}

// Scalars.

/** A key in the quotes of another; null where it cannot be told surely. */
function keyText(name: string, old: string, { flow, manner }: Container): string | null {
  const quote = old[0] === '"' || old[0] === "'" ? old[0] : null;
  const text = quote ? quoted(name, quote) : scalarText(name, manner, flow);
  const value = parsed(flow ? `{${text}: 1}` : `${text}: 1`);
  return isObject(value) && Object.hasOwn(value, name) && Object.keys(value).length === 1 ? text : null;
}

/** A new value in the manner of an old one's token; null where that cannot be done. */
function rescaled(token: string, old: Json, value: Json, flow: boolean, manner: Manner): string | null {
  const text = /[\r\n]/.test(token) ? rewritten(token, old, value) : onOneLine(token, value, flow, manner);
  if (text === null) return null;
  const wrap = (scalar: string) => (flow ? `[${scalar}]` : `k: ${scalar}\n`);
  const inside = (document: unknown) => (flow ? (document as unknown[])?.[0] : (document as { k?: unknown } | null)?.k);
  return inside(parsed(wrap(text))) === value && inside(parsed(wrap(token))) === old ? text : null;
}

function onOneLine(token: string, value: Json, flow: boolean, manner: Manner): string | null {
  if (typeof value !== 'string') return String(value);
  const quote = token[0] === '"' || token[0] === "'" ? token[0] : null;
  if (quote) return quoted(value, quote);
  return isPlain(value, flow) ? value : quoted(value, manner.quote);
}

/** A scalar of several lines, in which only what differs between two strings is changed. White space between words is anyhow. */
function rewritten(token: string, old: Json, value: Json): string | null {
  if (typeof old !== 'string' || typeof value !== 'string') return null;
  const header = /^[|>][-\d]*[ \t]*(?:#[^\r\n]*)?(?=[\r\n])|^["']?/.exec(token)![0].length;
  const shortest = Math.min(old.length, value.length);
  let before = 0;
  while (before < shortest && old[before] === value[before]) before++;
  let behind = 0;
  while (behind < shortest - before && old.at(-1 - behind) === value.at(-1 - behind)) behind++;
  const start = offsetOf(token, header, inked(old.slice(0, before)), true);
  const length = inked(old.slice(before, old.length - behind));
  const end = length === 0 ? start : offsetOf(token, start, length, true);
  const replaced = value.slice(before, value.length - behind);
  if (/[\r\n]/.test(replaced + old.slice(before, old.length - behind))) return null;
  // At the beginning, the text goes before the first letter, not before its indentation.
  const from = before === 0 ? offsetOf(token, header, 1, false) : start;
  return token.slice(0, from) + replaced + token.slice(before === 0 && length === 0 ? from : Math.max(from, end));
}

/** How many characters are no white space. */
function inked(text: string): number {
  return text.replace(/\s/g, '').length;
}

/** The offset of (or behind) the `count`-th character from `from` on that is no white space. */
function offsetOf(token: string, from: number, count: number, behind: boolean): number {
  let left = count;
  let at = from;
  for (; at < token.length && left > 0; at++) if (!/\s/.test(token[at]!)) left--;
  return count > 0 && !behind ? at - 1 : at;
}

function parsed(text: string): unknown {
  const document = read(new Source('scalar.yaml', text));
  return document.syntax.length === 0 ? document.value : undefined;
}
