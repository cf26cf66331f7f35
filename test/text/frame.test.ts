import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frame, printable } from '../../src/text/frame.ts';
import { Source } from '../../src/text/source.ts';

/** The two printed lines of a frame for the range between « and » in `marked`. */
function printed(marked: string): string {
  const start = marked.indexOf('«');
  const end = marked.indexOf('»') - 1;
  const { line, text, indent, width } = frame({ source: new Source('a', marked.replace(/[«»]/g, '')), start, end });
  return `${line}|${text}\n${' '.repeat(String(line).length)}|${' '.repeat(indent)}${'^'.repeat(width)}`;
}

describe('a frame underlines', () => {
  it.each([
    ['a word', 'one «two» three', '1|one two three\n |    ^^^'],
    ['a word of a later line', 'one\n  «two»\n', '2|  two\n |  ^^^'],
    ['nothing, with one caret', 'one «»two', '1|one two\n |    ^'],
    ['nothing in front of a wide character, with one caret', '«»漢', '1|漢\n |^'],
    ['the end of a line', 'one«»\ntwo', '1|one\n |   ^'],
    ['the end of a file', 'one«»', '1|one\n |   ^'],
    ['the end of a file that ends in a line break', 'one\n«»', '2|\n |^'],
    ['an empty file', '«»', '1|\n |^'],
    ['an empty line', 'a\n«»\nb', '2|\n |^'],
    ['a line break', 'one«\n»two', '1|one\n |   ^'],
    ['several lines, to the end of the first', 'a: «one\n  two»\n', '1|a: one\n |   ^^^'],
    ['a line before CR LF', 'one «two\r\nthree»\r\n', '1|one two\n |    ^^^'],
    ['a line after CR', 'one\r«two»\rthree', '2|two\n |^^^'],
    ['behind a tab', '\t«two»', '1|    two\n |    ^^^'],
    ['behind a tab in a line', 'ab\t«two»', '1|ab  two\n |    ^^^'],
    ['a tab', 'ab«\t»c', '1|ab  c\n |  ^^'],
    ['behind Chinese', '漢字«two»', '1|漢字two\n |    ^^^'],
    ['Chinese', 'a«漢字»b', '1|a漢字b\n | ^^^^'],
    ['Korean syllables in letters', '«\u1112\u1161\u11ab»x', '1|\u1112\u1161\u11abx\n |^^'],
    ['halfwidth Katakana', '«ｱｲ»x', '1|ｱｲx\n |^^'],
    ['behind emoji', '😀👩‍👩‍👧🇩🇪«two»', '1|😀👩‍👩‍👧🇩🇪two\n |      ^^^'],
    ['an emoji made with a selector', '«❤️»x', '1|❤️x\n |^^'],
    ['a keycap', '1«1️⃣»x', '1|11️⃣x\n | ^^'],
    ['behind a combining mark', 'cafe\u0301 «two»', '1|cafe\u0301 two\n |     ^^^'],
    ['behind a byte order mark', '\ufeff«two»', '1|\ufefftwo\n |^^^'],
    ['a whole character when the range holds half of it', 'a«\ud83d»\ude00b', '1|a😀b\n | ^^'],
  ])('%s', (_, marked, expected) => {
    expect(printed(marked)).toBe(expected);
  });
});

describe('a frame of a long line', () => {
  const digits = '0123456789'.repeat(100_000);

  it.each([
    ['at its start', 0, 3],
    ['in its middle', 500_000, 500_007],
    ['at its end', 999_998, 1_000_000],
    ['behind its end', 1_000_000, 1_000_000],
    ['over most of it', 300, 900_000],
  ])('shows the part around a range %s', (_, start, end) => {
    const { text, indent, width } = frame({ source: new Source('a', digits), start, end });
    expect(text.length).toBeLessThanOrEqual(102);
    expect(text.startsWith('…')).toBe(start > 100);
    expect(text.endsWith('…')).toBe(end < 999_900);
    const underlined = text.slice(indent, indent + width).replace('…', '');
    expect(digits.slice(start).startsWith(underlined)).toBe(true);
    if (end - start < 80) expect(underlined.length).toBe(end - start);
    else expect(width).toBeGreaterThan(60);
  });

  it('keeps wide characters whole and aligned', () => {
    const source = new Source('a', `${'漢'.repeat(1000)}x${'😀'.repeat(1000)}`);
    const { text, indent, width } = frame({ source, start: 1000, end: 1001 });
    const before = text.slice(0, text.indexOf('x'));
    expect(before).toMatch(/^…漢+$/);
    expect(indent).toBe(1 + 2 * (before.length - 1));
    expect(width).toBe(1);
    expect(text).not.toMatch(/\p{Surrogate}/u);
  });
});

describe('what a document holds cannot steer the terminal', () => {
  it.each([
    ['escape sequences', 'a\u001b[31mb', 'a␛[31mb'],
    ['NUL, bell, delete', '\0\u0007\u007f', '␀␇␡'],
    ['C1 controls', 'a\u009b31mb', 'a�31mb'],
    ['marks of direction', 'a\u202eb\u2066c', 'a�b�c'],
    ['separators of lines', 'a\u2028b\r\nc', 'a�b␍␊c'],
    ['lone surrogates', 'a\ud800b', 'a�b'],
  ])('%s', (_, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('replaces them in frames, one column each', () => {
    expect(printed('\u001b[31m«two»\u202e')).toBe('1|␛[31mtwo�\n |     ^^^');
  });
});

it('every range of every text has a frame of one line with at least one caret inside it or at its end', () => {
  const texts = fc.string({
    unit: fc.oneof(fc.constantFrom('\t', '\r', '\n', '\u001b', '漢', 'e\u0301', '\ud800', '😀'), fc.string()),
  });
  fc.assert(
    fc.property(texts, fc.nat(60), fc.nat(60), (text, start, length) => {
      const shown = frame({ source: new Source('a', text), start, end: start + length });
      expect(shown.text).not.toMatch(/[\p{Cc}\p{Surrogate}]/u);
      expect(shown.line).toBeGreaterThanOrEqual(1);
      expect(shown.indent).toBeGreaterThanOrEqual(0);
      expect(shown.width).toBeGreaterThanOrEqual(1);
      expect(shown.indent + shown.width).toBeLessThanOrEqual(shown.text.length * 2 + 1);
    }),
    { numRuns: 2000 },
  );
});
