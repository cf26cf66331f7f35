import type { Range } from './place.ts';

/** The line that a range starts on, as a terminal shows it, and where to underline it. */
export interface Frame {
  /** The number of the line, counted from 1. */
  readonly line: number;
  /** The line, or the part of it around the range between `…`. Holds no control characters. */
  readonly text: string;
  /** How many terminal columns of `text` stand before the range. */
  readonly indent: number;
  /** How many terminal columns to underline, at least one. */
  readonly width: number;
}

/** The widest part of a line that a frame shows, in terminal columns. */
const maxColumns = 100;
/** Columns shown on either side of a range that does not fit. */
const context = 20;
/** Code units looked at before a range's start, and twice as many after it: enough to fill a frame in any line. */
const reach = maxColumns;
const tabStop = 4;

/** The frame of a range. A range over several lines is underlined to the end of its first line, an empty one gets one column. */
export function frame({ source, start, end }: Range): Frame {
  const { line, offset, column } = source.position(start);
  const lineStart = offset - column + 1;
  const lineEnd = endOfLine(source.text, lineStart, source.lineStarts[line] ?? source.text.length);
  const from = Math.max(lineStart, wholeCharacter(source.text, offset - reach));
  const to = Math.min(lineEnd, wholeCharacter(source.text, offset + 2 * reach));
  const cells = layOut(source.text.slice(from, to));
  const first = cellAt(cells, offset - from);
  const last = end > offset && from < to ? Math.max(first, cellAt(cells, Math.min(end, to) - from - 1) + 1) : first;
  const shown = windowAround(cells, first, last);
  const cutBefore = from + cells.offsets[shown.from]! > lineStart ? '…' : '';
  const cutAfter = from + cells.offsets[shown.to]! < lineEnd ? '…' : '';
  return {
    line,
    text: cutBefore + cells.texts.slice(shown.from, shown.to).join('') + cutAfter,
    indent: cutBefore.length + cells.columns[first]! - cells.columns[shown.from]!,
    width: Math.max(1, cells.columns[Math.min(last, shown.to)]! - cells.columns[first]!),
  };
}

/** The text with everything that could steer a terminal or turn its writing direction replaced by a visible sign. */
export function printable(text: string): string {
  return harmless.test(text) ? text : text.replace(steering, visibleSign);
}

/** What most texts are: nothing to replace. */
const harmless = /^[\x20-\x7e]*$/;
/** Controls, separators of lines, marks of direction, lone surrogates. */
const steering = /[\p{Cc}\p{Surrogate}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

function visibleSign(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : '�';
}

/** A piece of a line as characters on a grid. `offsets` and `columns` have one item more than `texts`: the end. */
interface Cells {
  readonly texts: string[];
  /** In code units from the start of the piece. */
  readonly offsets: number[];
  /** In terminal columns from the start of the piece. */
  readonly columns: number[];
}

function layOut(piece: string): Cells {
  const cells: Cells = { texts: [], offsets: [0], columns: [0] };
  let column = 0;
  let offset = 0;
  for (const character of characters(piece)) {
    const tab = character === '\t' ? tabStop - (column % tabStop) : 0;
    const text = tab ? ' '.repeat(tab) : printable(character);
    column += tab || columnsOf(text);
    offset += character.length;
    cells.texts.push(text);
    cells.columns.push(column);
    cells.offsets.push(offset);
  }
  return cells;
}

/** Stretches that need the segmenter, with the letter before them, which a mark may complete; or single characters. */
const stretch = /\p{ASCII}?\P{ASCII}+|\p{ASCII}/gu;
/** Made when the first line needs it: that takes as long as a hundred frames. */
let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each. */
function characters(text: string): string[] {
  if (harmless.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  const found: string[] = [];
  for (const [piece] of text.matchAll(stretch)) {
    if (piece.length === 1) found.push(piece);
    else for (const { segment } of segmenter.segment(piece)) found.push(segment);
  }
  return found;
}

/** The cell that holds the code unit at `offset`; the end when there is none. */
function cellAt({ texts, offsets }: Cells, offset: number): number {
  let cell = 0;
  while (cell < texts.length && offsets[cell + 1]! <= offset) cell++;
  return cell;
}

/** The cells to show: all, if they fit; else the range with some context, or as much of its beginning as fits. */
function windowAround({ columns, texts }: Cells, first: number, last: number): { from: number; to: number } {
  const all = columns.at(-1)!;
  const wantedEnd = Math.min(all, columns[last]! + context);
  const start = Math.max(0, Math.min(wantedEnd - maxColumns, columns[first]! - context));
  let from = 0;
  while (columns[from]! < start) from++;
  let to = from;
  while (to < texts.length && columns[to + 1]! - columns[from]! <= maxColumns) to++;
  return { from, to };
}

/** The end of the line from `start` to the start of the `next` one, without its line break. */
function endOfLine(text: string, start: number, next: number): number {
  let end = next;
  if (end > start && text[end - 1] === '\n') end--;
  if (end > start && text[end - 1] === '\r') end--;
  return end;
}

/** `offset`, or the one before when it stands inside a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  return (text.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset;
}

/** How many terminal columns a character takes (after Unicode Standard Annex 11): emoji and East Asian wide ones two. */
function columnsOf(character: string): number {
  const code = character.charCodeAt(0);
  if (code < 0x7f && character.length === 1) return 1;
  if (emoji.test(character)) return 2;
  let columns = 0;
  for (const point of character) columns += wide.test(point) ? 2 : invisible.test(point) ? 0 : 1;
  return columns;
}

const emoji = /\p{Emoji_Presentation}|\p{Emoji}\u20e3|\p{Emoji}\ufe0f/u;
const wide =
  /(?![\u1160-\u11ff\uff61-\uffdc\uffe8-\uffee])[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}\p{sc=Yi}\u3000-\u303e\u30a0-\u33ff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]/u;
/** Marks, joiners, selectors, and the Hangul letters that complete a syllable. */
const invisible = /[\p{Mn}\p{Me}\u1160-\u11ff]|(?![\u00ad])(?=\p{Default_Ignorable_Code_Point})/u;
