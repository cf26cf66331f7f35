import { describe, expect, test } from 'vitest';
import type { Document, Path, Span } from '../../../src/languages/openapi/document.ts';
import { read } from '../../../src/languages/openapi/read/read.ts';
import { Source } from '../../../src/text/source.ts';

const yaml = (text: string): Document => read(new Source('api.yaml', text));
const json = (text: string): Document => read(new Source('api.json', text));

function at(document: Document, span: Span | null): string | null {
  return span && document.source.text.slice(span.start, span.end);
}

/** The texts of the key and the value at a path. */
function texts(document: Document, path: Path): [string | null, string | null] {
  const spot = document.locate(path);
  return [at(document, spot.key), at(document, spot.value)];
}

function complaints(document: Document): [string | null, string][] {
  return document.syntax.map((problem) => [at(document, problem), problem.message]);
}

describe('values', () => {
  test.each<[string, unknown]>([
    ['a: 1', { a: 1 }],
    ['200: ok\ntrue: b\nnull: c\n1.50: d\n~: e', { 200: 'ok', true: 'b', null: 'e', 1.5: 'd' }],
    ['[0x1F, 0o17, 017, 1e3, -.5, +2, 1_000, 12:30]', [31, 15, 17, 1000, -0.5, 2, '1_000', '12:30']],
    [
      '[yes, no, on, True, FALSE, Null, ~, nULL, .inf, -.INF]',
      ['yes', 'no', 'on', true, false, null, null, 'nULL', Infinity, -Infinity],
    ],
    ['a: 2020-01-01\nb: 2020-01-01T10:00:00Z', { a: '2020-01-01', b: '2020-01-01T10:00:00Z' }],
    ['a: "1"\nb: !!str 1\nc: !!int "3"\nd: !!float 2\ne: ! 7', { a: '1', b: '1', c: 3, d: 2, e: '7' }],
    ['a: |\n  x\n  y\n\nb: >-\n  x\n  y\n', { a: 'x\ny\n', b: 'x y' }],
    ['a:\nb: ""\nc: []\nd: {}', { a: null, b: '', c: [], d: {} }],
    ["a: \"x\\ty\\u00e9\"\nb: 'it''s'", { a: 'x\tyé', b: "it's" }],
    ['\uFEFFa: 1\r\nb:\r\n  - x\r\n  - y\r\n', { a: 1, b: ['x', 'y'] }],
    ['[a: 1, {b: 2}: c]', [{ a: 1 }, { '{b: 2}': 'c' }]],
    ['# only a comment', undefined],
    ['', undefined],
    ['---\n', null],
    ['just text', 'just text'],
  ])('%j', (text, value) => {
    expect(yaml(text).value).toEqual(value);
  });

  test('aliases are the same object', () => {
    const value = yaml('a: &x {b: 1}\nc: *x').value as Record<string, unknown>;
    expect(value['c']).toBe(value['a']);
  });

  test.each<[string, string, unknown]>([
    ['written before', 'a: &a {x: 1, y: 2}\nb: {y: 3, <<: *a}', { y: 3, x: 1 }],
    ['written behind', 'a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}', { x: 1, y: 3 }],
    ['the earlier of several', 'a: [&a {x: 1}, &c {x: 2, z: 3}]\nb: {<<: [*a, *c]}', { x: 1, z: 3 }],
    ['quoted, which is a key', 'a: &a {x: 1}\nb: {"<<": *a}', { '<<': { x: 1 } }],
  ])('merge keys: %s', (_, text, b) => {
    const document = yaml(text);
    expect((document.value as Record<string, unknown>)['b']).toEqual(b);
    expect([document.syntax, document.duplicates]).toEqual([[], []]);
  });

  test.each([
    ['YAML', yaml('__proto__: {polluted: true}\nb: {constructor: 1}')],
    ['merged', yaml('<<: {__proto__: {polluted: true}}\nb: {constructor: 1}')],
    ['JSON', json('{"__proto__": {"polluted": true}, "b": {"constructor": 1}}')],
  ])('`__proto__` is a key like others: %s', (_, document) => {
    const value = document.value as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'b']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect('polluted' in value).toBe(false);
  });
});

describe('places', () => {
  const document = yaml(
    [
      'info: &i', //                     anchored block
      '  title: "The # API" # not it',
      "  'quoted key': 'x'",
      '  text: |- # header',
      '    one',
      '    two',
      '',
      '  none:',
      'list:',
      '  - a',
      '  - b: 1',
      '    c: [1, {d: 2}, ] # end',
      '  -',
      'alias: *i',
      'merged:',
      '  <<: *i',
      '  title: mine',
    ].join('\n'),
  );

  test.each<[Path, string | null, string | RegExp]>([
    [['info', 'title'], 'title', '"The # API"'],
    [['info', 'quoted key'], "'quoted key'", "'x'"],
    [['info', 'text'], 'text', '|- # header\n    one\n    two'],
    [['info', 'none'], 'none', ''],
    [['info'], 'info', /^title: "The[\s\S]*none:$/],
    [['list', 0], null, 'a'],
    [['list', 1], null, 'b: 1\n    c: [1, {d: 2}, ]'],
    [['list', 1, 'c', 1], null, '{d: 2}'],
    [['list', 1, 'c', 1, 'd'], 'd', '2'],
    [['list', 2], null, ''],
    [['list'], 'list', /^- a[\s\S]*\n {2}-$/],
    [['alias'], 'alias', '*i'],
    [['alias', 'title'], 'title', '"The # API"'],
    [['merged', 'title'], 'title', 'mine'],
    [['merged', 'quoted key'], "'quoted key'", "'x'"],
    [['info', 'title', 'deeper', 3], 'title', '"The # API"'],
    [['list', 9], 'list', /^- a/],
    [['list', 'length'], 'list', /^- a/],
    [[], null, /^info: &i[\s\S]*title: mine$/],
    [['nowhere'], null, /^info: &i/],
  ])('%j', (path, key, value) => {
    const [keyText, valueText] = texts(document, path);
    expect(keyText).toBe(key);
    if (typeof value === 'string') expect(valueText).toBe(value);
    else expect(valueText).toMatch(value);
  });

  test('an empty value stands behind its colon or dash', () => {
    const text = 'a :\nb:\n  -\n  - x';
    expect(yaml(text).locate(['a']).value).toEqual({ start: 3, end: 3 });
    expect(yaml(text).locate(['b', 0]).value).toEqual({ start: 10, end: 10 });
  });

  test('of JSON, with CR LF, a byte-order mark and escaped keys', () => {
    const document = json('\uFEFF{\r\n "a\\u0062": [1, {"c": "x\\"y"}]\r\n}\r\n');
    expect(document.value).toEqual({ ab: [1, { c: 'x"y' }] });
    expect(texts(document, ['ab', 1, 'c'])).toEqual(['"c"', '"x\\"y"']);
    expect(texts(document, ['ab'])).toEqual(['"a\\u0062"', '[1, {"c": "x\\"y"}]']);
    expect(document.locate([]).value).toEqual({ start: 1, end: document.source.text.length - 2 });
  });

  test('a place below many siblings is found without going through them again', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}`);
    const document = yaml(`paths:\n${keys.map((key) => `  ${key}: {get: ${key}}\n`).join('')}`);
    for (const key of keys) expect(texts(document, ['paths', key, 'get'])[1]).toBe(key);
  });
});

describe('duplicate keys', () => {
  test.each([
    ['YAML', yaml(' "x": [0, {"a": 1, "b": 2, "a": 3, "\\u0061": 4}] ')],
    ['JSON', json('{"x": [0, {"a": 1, "b": 2, "a": 3, "\\u0061": 4}]}')],
  ])('the last counts, and nothing else is wrong: %s', (_, document) => {
    expect(document.value).toEqual({ x: [0, { a: 4, b: 2 }] });
    expect(document.syntax).toEqual([]);
    expect(document.duplicates).toMatchObject([
      { path: ['x', 1], key: 'a', first: { start: 11, end: 14 }, again: { start: 27, end: 30 } },
      { path: ['x', 1], key: 'a', first: { start: 11, end: 14 }, again: { start: 35, end: 43 } },
    ]);
    expect(texts(document, ['x', 1, 'a'])).toEqual(['"\\u0061"', '4']);
  });

  test('keys of one spelling are one key, whatever their type', () => {
    expect(yaml('200: a\n"200": b').duplicates.map(({ key }) => key)).toEqual(['200']);
  });

  test('in an object of many keys', () => {
    const pairs = Array.from({ length: 100 }, (_, i) => `"key${i}": ${i}`);
    const document = json(`{${pairs.join(',')}, "key42": true}`);
    expect(document.duplicates.map(({ key }) => key)).toEqual(['key42']);
    expect(json(`{${pairs.join(',')}}`).duplicates).toEqual([]);
  });

  test('keys with the same hash are not duplicates', () => {
    expect(json('{"Aa": 1, "BB": 2}').duplicates).toEqual([]);
  });
});

describe('syntax problems', () => {
  test.each<[string, [string, string][]]>([
    ['a:\n\t- b', [['\t', 'A tab must not be used to indent; use spaces.']]],
    ['a: 1\nb: "open\nc: 2', [['"', 'This quote is never closed.']]],
    ['a: b: c', [['b', 'A second `: ` stands on this line; quote the value, or begin the object on the next line.']]],
    ['a: @b', [['@', 'An unquoted value cannot start with this character; quote it.']]],
    ['a: *no', [['*no', 'The alias `*no` has no anchor `&no` before it.']]],
    ['a: &a [*a]', [['*a', 'The alias `*a` stands inside of what it stands for.']]],
    [
      'a: !include b.yaml',
      [['b.yaml', 'The tag `!include` has no meaning here; what it stands at is read as if it were not there.']],
    ],
    ['a: !!int x', [['x', '`x` is no int, as its tag says it is.']]],
    ['? {a: 1}\n: b', [['{a: 1}', 'A key must be a string, not an object or array; quote it.']]],
    ['a: {<<: 1}', [['1', '`<<` merges objects; this is not one.']]],
    ['a: 1\n---\nb: 2', [['---', 'A second YAML document starts here; only the first in a file is read.']]],
    ['a: "x\u0000y"', [['\u0000', 'The character U+0000 must not stand in YAML.']]],
    ['a: x\uD800y', [['\uD800', 'The character U+D800 must not stand in YAML.']]],
  ])('YAML %j', (text, expected) => {
    expect(complaints(yaml(text))).toEqual(expected);
  });

  test.each<[string, [string, string][]]>([
    ['{"a": 1,}', [[',', 'A comma must not stand behind the last one.']]],
    ['{"a": 1 "b": 2}', [['"', 'A comma is missing before this.']]],
    ['{"a" 1}', [['1', 'A colon has to stand between a key and its value.']]],
    ['{a: 1}', [['a', 'A key in double quotes has to stand here.']]],
    ["{'a': 1}", [["'", 'Keys and strings stand in double quotes.']]],
    ['{"a": nope}', [['nope', 'A value has to stand here.']]],
    ['{"a": 01}', [['01', 'A value has to stand here.']]],
    ['{"a": 1} x', [['x', 'Nothing may follow the end of the JSON value.']]],
    ['{"a": 1 // one\n}', [['//', 'JSON has no comments.']]],
    ['{"a": [1', [['1', 'The JSON text ends before all that is open is closed.']]],
    ['{"a": "\\x"}', [['\\x', 'JSON has no such escape sequence; write `\\\\` for a backslash.']]],
    ['{"a": "b\n"}', [['"b', 'This string is not closed on its line.']]],
    ['{"a": "b\u0001"}', [['\u0001', 'The character U+0001 must be escaped in a string.']]],
  ])('JSON %j', (text, expected) => {
    expect(complaints(json(text))).toEqual(expected);
  });

  test('what is not broken is read', () => {
    const document = yaml('a: 1\nb: "x" y\nc: {d: 2}\n');
    expect(document.syntax).toHaveLength(1);
    expect(document.value).toMatchObject({ a: 1, c: { d: 2 } });
    expect(texts(document, ['c', 'd'])).toEqual(['d', '2']);
    expect(json('{"a": {"b": 1,}, "c": 2}').value).toEqual({ a: { b: 1 }, c: 2 });
  });

  test('what follows from an error on the line before is not listed', () => {
    expect(yaml('a: "x" y\nb: @z\nc: 1\n').syntax).toHaveLength(1);
    expect(yaml('a:\n\t- b\n\t- c\n\t- d\n').syntax).toHaveLength(1);
  });

  test('two causes far apart are two problems', () => {
    expect(yaml('a: @x\nb: 1\nc: 2\nd: @y\n').syntax.map(({ start }) => start)).toEqual([3, 19]);
  });

  test('JSON in a file of another name may take YAML’s liberties', () => {
    expect(yaml('{a: 1, "b": [2,], }')).toMatchObject({ value: { a: 1, b: [2] }, syntax: [] });
  });
});

describe('limits', () => {
  const deeper = /nests deeper than 1000 levels/;

  test.each<[string, string]>([
    ['brackets', `# not JSON\n${'['.repeat(100_000)}${']'.repeat(100_000)}`],
    ['open brackets', `# not JSON\n${'['.repeat(100_000)}`],
    ['of JSON, brackets', '['.repeat(100_000)],
    ['of JSON, objects', '{"a":'.repeat(100_000)],
    ['dashes', '- '.repeat(100_000)],
    ['indentation', Array.from({ length: 2_000 }, (_, i) => `${' '.repeat(i)}a:\n`).join('')],
    ['aliases', `a0: &a0 []\n${Array.from({ length: 2000 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`).join('')}`],
  ])('depth: %s', (_, text) => {
    for (const document of [yaml(text), json(text)]) expect(document.syntax.length).toBeGreaterThan(0);
    expect(yaml(text).syntax[0]!.message).toMatch(deeper);
  });

  test.each([
    ['YAML', yaml, '# not JSON\n'],
    ['JSON', json, ''],
  ])('1,000 levels are read, one more is not: %s', (_, reader, before) => {
    const nested = (levels: number) => before + '['.repeat(levels) + ']'.repeat(levels);
    expect(reader(nested(1000)).syntax).toEqual([]);
    expect(reader(nested(1001)).syntax[0]!.message).toMatch(deeper);
  });

  test('YAML of any length ends in values or one problem', () => {
    const long = yaml('a: 1\n'.repeat(6_500_000));
    expect(long.value).toBeUndefined();
    expect(long.syntax.map(({ message }) => message)).toEqual([expect.stringMatching(/^YAML of more than 32000000/)]);
  });

  test('there can be more duplicates than a call takes arguments', () => {
    expect(yaml('a: 1\n'.repeat(200_000)).duplicates).toHaveLength(199_999);
    expect(json(`{${'"a":1,'.repeat(200_000)}"b":2}`).duplicates).toHaveLength(199_999);
  });

  const bomb = (item: (i: number) => string) =>
    `a0: &a0 {k: v}\n${Array.from({ length: 40 }, (_, i) => item(i)).join('')}`;

  test.each([
    ['aliases', bomb((i) => `a${i + 1}: &a${i + 1} {x: *a${i}, y: *a${i}}\n`)],
    ['merge keys', bomb((i) => `a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}], k${i}: 1}\n`)],
  ])('a bomb of %s is one problem', (_, text) => {
    const document = yaml(text);
    expect(document.syntax.map(({ message }) => message)).toEqual([expect.stringMatching(/more than 1000000 values/)]);
    expect(countValues(document.value)).toBeLessThan(3_000_000);
    expect(texts(document, ['a40', 'nothing'])[0]).toBe('a40');
  });
});

test('many aliases of something middling are one problem as well', () => {
  const document = yaml(`a: &a [${'x, '.repeat(1000)}]\nb: [${'*a, '.repeat(1500)}]`);
  expect(document.syntax.map(({ message }) => message)).toEqual([expect.stringMatching(/more than 1000000 values/)]);
  const b = (document.value as { b: unknown[] }).b;
  expect([b[998], b[999], b[1499]]).toEqual([expect.any(Array), null, null]);
});

function countValues(value: unknown): number {
  if (value === null || typeof value !== 'object') return 1;
  return Object.values(value).reduce((sum: number, child) => sum + countValues(child), 1);
}

describe('comments', () => {
  test('with what they cover', () => {
    const document = yaml(
      [
        '# top',
        '',
        '# apiarch-ignore x',
        'openapi: 3.1.0 # version',
        'paths: # all',
        '  /a#b: "#no"',
        '  /c:',
        '    # item follows',
        '    - get: 1 # beside',
        '      put: |  # header',
        '        # text',
        '    - # dash',
        '      x',
        'flow: {a: 1, # inside',
        '  b: 2 } # closing',
        '#last',
      ].join('\r\n'),
    );
    expect(
      document.comments().map(({ text, covers }) => [text, at(document, covers)?.split('\r\n')[0] ?? null]),
    ).toEqual([
      ['top', 'openapi: 3.1.0'],
      ['apiarch-ignore x', 'openapi: 3.1.0'],
      ['version', 'openapi: 3.1.0'],
      ['all', 'paths: # all'],
      ['item follows', 'get: 1 # beside'],
      ['beside', 'get: 1 # beside'],
      ['header', 'put: |  # header'],
      ['dash', 'x'],
      ['inside', 'flow: {a: 1, # inside'],
      ['closing', 'b: 2'],
      ['last', null],
    ]);
    for (const { range } of document.comments()) expect(document.source.text[range.start]).toBe('#');
  });

  test('cover a pair from its key to the end of its value, an item whole', () => {
    const document = yaml('# one\na:\n  b: 1\n  c: 2\nd:\n  # two\n  - e: 1\n    f: 2\n');
    expect(document.comments().map(({ covers }) => at(document, covers))).toEqual([
      'a:\n  b: 1\n  c: 2',
      'e: 1\n    f: 2',
    ]);
  });

  test('of the first document only; JSON has none', () => {
    expect(
      yaml('a: 1 # x\n--- # y\nb: "\n # z"')
        .comments()
        .map(({ text }) => text),
    ).toEqual(['x']);
    expect(json('{"a": "# b"}').comments()).toEqual([]);
  });
});
