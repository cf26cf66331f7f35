import type { MediaTypeParts } from './media-types.ts';

/** Bytes that are not what they claim to be. The message is one sentence for the caller. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly status: 400 | 415;

  constructor(message: string, status: 400 | 415 = 400) {
    super(message);
    this.status = status;
  }
}

/** The text of a body in its charset, UTF-8 where it names none, without a byte order mark. @throws Unreadable */
export function decodeText(bytes: Buffer, { parameters }: MediaTypeParts): string {
  const charset = parameters.get('charset')?.toLowerCase() ?? 'utf-8';
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(charset, { fatal: true });
  } catch {
    throw new Unreadable(`The charset \`${charset.slice(0, 60)}\` is not known; UTF-8 always works.`, 415);
  }
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Unreadable(`The body is no valid ${charset.toUpperCase()}.`);
  }
}

/** Values nested deeper than this are refused: whoever handles them goes down as deep. */
const deepest = 200;

/** JSON as RFC 8259 has it. @throws Unreadable with line and column */
export function readJson(text: string): unknown {
  if (isTooDeep(text)) throw new Unreadable(`The JSON is nested more than ${deepest} levels deep.`);
  try {
    return JSON.parse(text);
  } catch {
    const { offset, expected } = firstFlaw(text);
    throw new Unreadable(`The body is no valid JSON: ${expected} at ${placeOf(text, offset)}.`);
  }
}

/** A JSON value on each line. @throws Unreadable */
export function readLines(text: string): unknown[] {
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    if (isTooDeep(line)) throw new Unreadable(`Line ${i + 1} is nested more than ${deepest} levels deep.`);
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      const { offset, expected } = firstFlaw(line);
      throw new Unreadable(`Line ${i + 1} is no valid JSON: ${expected} at column ${offset + 1}.`);
    }
  });
}

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `line ${line}, column ${offset - (before.lastIndexOf('\n') + 1) + 1}`;
}

function isTooDeep(text: string): boolean {
  if (text.length <= deepest) return false;
  let depth = 0;
  let inText = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (inText) {
      if (code === 92) i++;
      else if (code === 34) inText = false;
    } else if (code === 34) inText = true;
    else if (code === 91 || code === 123) {
      if (++depth > deepest) return true;
    } else if (code === 93 || code === 125) depth--;
  }
  return false;
}

/** Where text stops being JSON, and what would have gone on there. For text that `JSON.parse` refuses. */
function firstFlaw(text: string): { offset: number; expected: string } {
  const open: ('[' | '{')[] = [];
  /** What may come next. */
  let state: 'value' | 'value or end' | 'name' | 'name or end' | 'colon' | 'comma or end' = 'value';
  let at = 0;
  const flaw = (expected: string) => {
    const isEnd = at >= text.length;
    return { offset: at, expected: isEnd ? `it ends where ${expected} is expected` : `${expected} is expected` };
  };
  for (;;) {
    space.lastIndex = at;
    at += space.exec(text)?.[0].length ?? 0;
    const character = text[at];
    const top = open.at(-1);
    if (state === 'comma or end' && !top) return flaw('the end');
    const mayEnd = state === 'value or end' || state === 'name or end' || state === 'comma or end';
    if (mayEnd && character === (top === '[' ? ']' : '}')) {
      open.pop();
      state = 'comma or end';
      at++;
    } else if (state === 'comma or end') {
      if (character !== ',') return flaw(`a comma or \`${top === '[' ? ']' : '}'}\``);
      state = top === '[' ? 'value' : 'name';
      at++;
    } else if (state === 'colon') {
      if (character !== ':') return flaw('a colon');
      state = 'value';
      at++;
    } else if (state === 'name' || state === 'name or end') {
      const length = lengthOf(string, text, at);
      if (length === 0) return flaw(character === '"' ? 'a well-formed text' : 'a name in double quotes');
      at += length;
      state = 'colon';
    } else if (character === '[' || character === '{') {
      open.push(character);
      state = character === '[' ? 'value or end' : 'name or end';
      at++;
    } else {
      const length = lengthOf(scalar, text, at);
      if (length === 0) return flaw(character === '"' ? 'a well-formed text' : 'a value');
      at += length;
      state = 'comma or end';
    }
  }
}

const space = /[ \t\r\n]*/y;
const stringSource = String.raw`"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"`;
const string = new RegExp(stringSource, 'y');
const scalar = new RegExp(String.raw`${stringSource}|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null`, 'y');

function lengthOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
