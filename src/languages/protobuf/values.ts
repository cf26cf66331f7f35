import { type Cursor, code, numberOf } from './cursor.ts';
import { FLOAT, INTEGER, STRING, WORD } from './lex.ts';
import type { ListValue, MessageValue, Name, OptionName, Value, ValueField } from './tree.ts';

/** Blocks and values are read this deep; protoc stops earlier. */
export const deepest = 100;

/** The name of an option: words and, in parentheses, names of extensions, joined by dots. */
export function optionName(cursor: Cursor): OptionName | null {
  const first = cursor.at;
  const parts: (Name & { extension: boolean })[] = [];
  do {
    const extension = cursor.skip('(');
    const name = extension ? cursor.dotted('the name of an option', true) : cursor.word('the name of an option');
    if (!name || (extension && !cursor.expect(')'))) return null;
    parts.push({ ...name, extension });
  } while (cursor.skip('.'));
  const text = parts.map((part) => (part.extension ? `(${part.text})` : part.text)).join('.');
  return { text, parts, ...cursor.span(first, cursor.at - 1) };
}

/** The value of an option; an aggregate is in text format. */
export function optionValue(cursor: Cursor): Value | null {
  return cursor.kind() === code('{') ? message(cursor, 1) : scalar(cursor);
}

function scalar(cursor: Cursor): Value | null {
  if (cursor.kind() === STRING) return cursor.string('a value');
  const first = cursor.at;
  const sign = cursor.skip('-') ? '-' : '';
  if (sign === '') cursor.skip('+');
  const kind = cursor.kind();
  if (kind !== WORD && kind !== INTEGER && kind !== FLOAT) return cursor.fail('a value') || null;
  const written = cursor.text();
  cursor.at++;
  const span = cursor.span(first, cursor.at - 1);
  if (kind === WORD) return { kind: 'word', text: sign + written, ...span };
  return { kind: 'number', text: sign + written, value: numberOf(sign, written), ...span };
}

/** Text format in `{}` or `<>`. */
function message(cursor: Cursor, depth: number): MessageValue | null {
  const first = cursor.at;
  if (depth > deepest) return cursor.fail('a value that is less deep') || null;
  const end = cursor.skip('<') ? '>' : '}';
  if (end === '}') cursor.expect('{');
  const fields: ValueField[] = [];
  while (!cursor.broken && !cursor.skip(end)) {
    const field = valueField(cursor, depth);
    if (!field) return null;
    fields.push(field);
    if (!cursor.skip(',')) cursor.skip(';');
  }
  return { kind: 'message', fields, ...cursor.span(first, cursor.at - 1) };
}

function valueField(cursor: Cursor, depth: number): ValueField | null {
  const name = cursor.kind() === code('[') ? bracketed(cursor) : cursor.word('a field or `}`');
  if (!name) return null;
  const isNested = !cursor.skip(':') && cursor.kind() !== code('{') && cursor.kind() !== code('<');
  if (isNested) return cursor.fail('`:`') || null;
  const value = nested(cursor, depth);
  return value && { name, value };
}

/** `[acme.rule]` or `[type.googleapis.com/acme.Rule]`. */
function bracketed(cursor: Cursor): Name | null {
  const first = cursor.at;
  cursor.expect('[');
  const names: string[] = [];
  do {
    const name = cursor.dotted('the name of an extension', false);
    if (!name) return null;
    names.push(name.text);
  } while (cursor.skip('/'));
  cursor.expect(']');
  return { text: `[${names.join('/')}]`, ...cursor.span(first, cursor.at - 1) };
}

function nested(cursor: Cursor, depth: number): Value | null {
  if (cursor.kind() === code('{') || cursor.kind() === code('<')) return message(cursor, depth + 1);
  return cursor.kind() === code('[') ? list(cursor, depth + 1) : scalar(cursor);
}

function list(cursor: Cursor, depth: number): ListValue | null {
  const first = cursor.at;
  if (depth > deepest) return cursor.fail('a value that is less deep') || null;
  cursor.expect('[');
  const items: Value[] = [];
  while (!cursor.broken && !cursor.skip(']')) {
    if (items.length > 0) cursor.expect(',');
    const item = nested(cursor, depth);
    if (!item) return null;
    items.push(item);
  }
  return { kind: 'list', items, ...cursor.span(first, cursor.at - 1) };
}
