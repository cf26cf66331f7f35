/** The value of string tokens that stand one after the other: without quotes, escapes undone, escaped bytes read as UTF-8. */
export function unquoted(tokens: readonly string[]): string {
  let value = '';
  for (const token of tokens) {
    const written = token.slice(1, -1);
    value += written.includes('\\') ? unescaped(written) : written;
  }
  return value;
}

/** Runs of bytes, or one other escape. */
const escapes = /(?:\\(?:[xX][0-9a-fA-F]{1,2}|[0-7]{1,3}))+|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\./gs;
const byte = /\\(?:[xX]([0-9a-fA-F]{1,2})|([0-7]{1,3}))/g;
const named: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unescaped(text: string): string {
  return text.replace(escapes, (written) => {
    const sign = written[1]!;
    if (/^\\(?:[0-7]|[xX].)/.test(written)) return decoded(written);
    if ((sign === 'u' || sign === 'U') && written.length > 2) return character(Number.parseInt(written.slice(2), 16));
    return named[sign] ?? sign;
  });
}

function decoded(escaped: string): string {
  const bytes = [...escaped.matchAll(byte)].map(
    ([, hex, octal]) => Number.parseInt(hex ?? octal!, hex ? 16 : 8) & 0xff,
  );
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes));
}

function character(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
}
