import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Json } from '../../../src/languages/openapi/edit.ts';
import * as edit from '../../../src/languages/openapi/edit.ts';
import { Pointer, valueAt } from '../../../src/languages/openapi/pointer.ts';
import { read } from '../../../src/languages/openapi/read/read.ts';
import type { Edit } from '../../../src/text/fix.ts';
import { Source } from '../../../src/text/source.ts';

type Path = readonly (string | number)[];

function at(text: string, path: Path, name = 'x.yaml'): Pointer {
  return path.reduce<Pointer>((here, key) => here.child(key), Pointer.root(read(new Source(name, text))));
}

function applied(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => b.range.start - a.range.start || b.range.end - a.range.end);
  return sorted.reduce(
    (result, { range, text }) => result.slice(0, range.start) + text + result.slice(range.end),
    text,
  );
}

/** What a change makes of a text. The first argument gets the place that `path` leads to. */
function changed(text: string, path: Path, change: (at: Pointer) => readonly Edit[]): string {
  const edits = change(at(text, path));
  expect(edits, 'the change can be made').not.toEqual([]);
  return applied(text, edits);
}

const refused = (text: string, path: Path, change: (at: Pointer) => readonly Edit[]) =>
  expect(change(at(text, path))).toEqual([]);

describe('replacing a scalar', () => {
  it.each([
    ['plain', 'a: one # why\n', 'two', 'a: two # why\n'],
    ['plain, where quotes are needed now', 'a: one\n', 'two: 2', "a: 'two: 2'\n"],
    ['single-quoted', "a: 'one'\n", "it's", "a: 'it''s'\n"],
    ['double-quoted', 'a: "one"\n', 'two', 'a: "two"\n'],
    ['in flow style', 'a: 1\nb: [x, one]\n', 'p, q', "a: 1\nb: [x, 'p, q']\n"],
    ['a number by a string of digits', 'a: 12\n', '13', "a: '13'\n"],
    ['a string by a number', "a: '12'\n", 13, 'a: 13\n'],
    ['a literal', 'a: |\n  some text\n  more\nb: 1\n', 'Some text\nmore\n', 'a: |\n  Some text\n  more\nb: 1\n'],
    [
      'the end of a folded one',
      'a: >-\n  some\n  text # not a note\nb: 1\n',
      'some text # not a note.',
      'a: >-\n  some\n  text # not a note.\nb: 1\n',
    ],
    ['plain over two lines', 'a: some\n  text\nb: 1\n', 'Some text', 'a: Some\n  text\nb: 1\n'],
  ])('%s', (_, text, value, result) => {
    const path = text.includes('[') ? ['b', 1] : ['a'];
    expect(changed(text, path, (place) => edit.replaceScalar(place, value))).toBe(result);
  });

  it('writes JSON into JSON', () => {
    expect(changed('{"a": "one"}', ['a'], (place) => edit.replaceScalar(place, 'a "b"'))).toBe('{"a": "a \\"b\\""}');
    expect(changed('{"a": "one"}', ['a'], (place) => edit.replaceScalar(place, true))).toBe('{"a": true}');
  });

  it('leaves alone what aliases stand for, and aliases', () => {
    const text = 'a: &x one\nb: *x\nc: two\n';
    refused(text, ['a'], (place) => edit.replaceScalar(place, 'two'));
    refused(text, ['b'], (place) => edit.replaceScalar(place, 'two'));
    expect(changed(text, ['c'], (place) => edit.replaceScalar(place, 'three'))).toBe('a: &x one\nb: *x\nc: three\n');
    refused('base: &b\n  k: 1\nd:\n  <<: *b\n', ['d', 'k'], (place) => edit.replaceScalar(place, 2));
  });
});

describe('renaming a key', () => {
  it('keeps quotes and all else', () => {
    expect(changed('/a/: # here\n  get: {}\n', ['/a/'], (place) => edit.renameKey(place, '/a'))).toBe(
      '/a: # here\n  get: {}\n',
    );
    expect(changed("'/a/': 1\n", ['/a/'], (place) => edit.renameKey(place, '/a'))).toBe("'/a': 1\n");
    expect(changed('{"/a/": 1}', ['/a/'], (place) => edit.renameKey(place, '/a'))).toBe('{"/a": 1}');
    expect(changed('x: {/a/: 1}', ['x', '/a/'], (place) => edit.renameKey(place, '/a/{b}'))).toBe("x: {'/a/{b}': 1}");
  });

  it('takes no name that is taken', () => {
    refused('/a/: 1\n/a: 2\n', ['/a/'], (place) => edit.renameKey(place, '/a'));
  });
});

describe('removing an entry', () => {
  const list = `tags:
  # the first
  - name: a
    description: A

  # the second
  - name: b
    # of b
    description: |
      B

      and more
    # x-more: 1

  - name: c # last
`;

  it('takes its own comments with it, and one of two blank lines', () => {
    expect(changed(list, ['tags', 1], edit.removeEntry)).toBe(`tags:
  # the first
  - name: a
    description: A

  - name: c # last
`);
    expect(changed(list, ['tags', 1, 'description'], edit.removeEntry)).toContain(
      '  - name: b\n    # x-more: 1\n\n  - name: c',
    );
  });

  it('lets the second property stand behind the dash', () => {
    expect(changed(list, ['tags', 0, 'name'], edit.removeEntry)).toContain('  # the first\n  - description: A\n');
    refused(list, ['tags', 1, 'name'], edit.removeEntry);
  });

  it('leaves brackets where nothing is left', () => {
    expect(changed('a:\n  b: 1\nc: 2\n', ['a', 'b'], edit.removeEntry)).toBe('a: {}\nc: 2\n');
    expect(changed('a:\n- 1\nc: 2\n', ['a', 0], edit.removeEntry)).toBe('a: []\nc: 2\n');
    expect(changed('a: [1]\n', ['a', 0], edit.removeEntry)).toBe('a: []\n');
    expect(changed('{"a": 1}', ['a'], edit.removeEntry)).toBe('{}');
  });

  it('keeps commas where they belong', () => {
    const text = '{\n  "a": 1,\n  "b": [1, 2, 3],\n  "c": 3\n}\n';
    expect(changed(text, ['a'], edit.removeEntry)).toBe('{\n  "b": [1, 2, 3],\n  "c": 3\n}\n');
    expect(changed(text, ['c'], edit.removeEntry)).toBe('{\n  "a": 1,\n  "b": [1, 2, 3]\n}\n');
    expect(changed(text, ['b', 2], edit.removeEntry)).toContain('[1, 2]');
    expect(changed(text, ['b'], (place) => edit.removeEntries(place, [0, 2]))).toContain('[2]');
  });

  it('takes the line break before when there is none behind', () => {
    expect(changed('a: 1\nb: 2', ['b'], edit.removeEntry)).toBe('a: 1');
  });

  it('keeps the head of a file', () => {
    expect(changed('# About the file\na: 1\nb: 2\n', ['a'], edit.removeEntry)).toBe('# About the file\nb: 2\n');
  });

  it('does not take out what aliases stand for', () => {
    refused('a: &x 1\nb: *x\n', ['a'], edit.removeEntry);
    expect(changed('a: &x 1\nb: *x\n', ['b'], edit.removeEntry)).toBe('a: &x 1\n');
  });
});

describe('inserting', () => {
  const text =
    "get:\n  summary: Get\n  responses:\n    '200': # fine\n      description: It\n    '500':\n      description: Bad\n";
  const rank = (key: string) => Number(key);

  it('puts a property where its rank says', () => {
    const result = changed(text, ['get', 'responses'], (place) =>
      edit.insertProperty(place, '404', { description: 'Not there', content: { 'application/json': {} } }, rank),
    );
    expect(result).toBe(
      "get:\n  summary: Get\n  responses:\n    '200': # fine\n      description: It\n    '404':\n      description: Not there\n      content:\n        application/json: {}\n    '500':\n      description: Bad\n",
    );
  });

  it('puts a property before the first', () => {
    expect(changed(text, ['get', 'responses'], (place) => edit.insertProperty(place, '100', {}, rank))).toContain(
      "responses:\n    '100': {}\n    '200': # fine",
    );
  });

  it('uses the line break of the file', () => {
    const result = changed(text.replaceAll('\n', '\r\n'), ['get'], (place) =>
      edit.insertProperty(place, 'tags', ['a', { b: 1 }]),
    );
    expect(result).toBe(`${text}  tags:\n    - a\n    - b: 1\n`.replaceAll('\n', '\r\n'));
  });

  it('indents lists as the file does', () => {
    expect(changed('a:\n- 1\nb: 2\n', [], (place) => edit.insertProperty(place, 'c', [{ d: 1, e: [2] }]))).toBe(
      'a:\n- 1\nb: 2\nc:\n- d: 1\n  e:\n  - 2\n',
    );
  });

  it('writes JSON as the file does', () => {
    const lines = '{\n    "a": {\n        "b": 1\n    },\n    "e": {}\n}';
    expect(changed(lines, ['a'], (place) => edit.insertProperty(place, 'c', { d: [1] }))).toBe(
      '{\n    "a": {\n        "b": 1,\n        "c": {\n            "d": [\n                1\n            ]\n        }\n    },\n    "e": {}\n}',
    );
    expect(changed(lines, ['e'], (place) => edit.insertProperty(place, 'c', 1))).toContain(
      '"e": {\n        "c": 1\n    }',
    );
    expect(changed('{"a":{"b":1}}', ['a'], (place) => edit.insertProperty(place, 'c', { d: [1, 2] }))).toBe(
      '{"a":{"b":1,"c":{"d":[1,2]}}}',
    );
  });

  it('writes flow style as YAML', () => {
    expect(changed('a: { b: 1 }\n', ['a'], (place) => edit.insertProperty(place, 'c', ['x, y']))).toBe(
      "a: { b: 1, c: ['x, y'] }\n",
    );
  });

  it('opens empty brackets into lines', () => {
    expect(changed('a: [] # none\nb: 1\n', ['a'], (place) => edit.insertItems(place, [{ name: 'x', of: 'why' }]))).toBe(
      'a:\n  - name: x\n    of: why # none\nb: 1\n',
    );
  });

  it('makes the objects that are missing on the way', () => {
    const before = 'openapi: 3.0.0\ncomponents:\n  schemas:\n    A: {}\n';
    expect(
      changed(before, [], (place) =>
        edit.insertDeep(place, [
          [['components', 'schemas', 'B'], { type: 'object' }],
          [['components', 'responses', 'C'], { description: 'C' }],
          [['components', 'responses', 'D'], { description: 'D' }],
        ]),
      ),
    ).toBe(
      'openapi: 3.0.0\ncomponents:\n  responses:\n    C:\n      description: C\n    D:\n      description: D\n  schemas:\n    A: {}\n    B:\n      type: object\n',
    );
  });

  it('gives none where nobody could be sure', () => {
    for (const broken of ['a: 1\nb: [\n', 'a: 1\na: 2\n', '? a\n: 1\n', 'a: 1\n---\nb: 1\n']) {
      refused(broken, [], (place) => edit.insertProperty(place, 'z', 1));
    }
    refused('a: |+\n  x\n\n', [], (place) => edit.insertProperty(place, 'z', 1));
    refused('a: |+\n  x\n\nb: 1\n\nc: 2\n', ['b'], edit.removeEntry);
    refused('a: &x { b: 1 }\nc: *x\n', ['a'], (place) => edit.insertProperty(place, 'z', 1));
    refused('a: &x { b: 1 }\nc: *x\n', ['c'], (place) => edit.insertProperty(place, 'z', 1));
  });
});

describe('reordering', () => {
  it('lets no comment become the text of a block scalar', () => {
    const text = 'x:\n  - 0\n\n    # nobody\u2019s\n  - |\n    two\n  - 1\n';
    refused(text, ['x'], (place) => edit.reorder(place, [1, 0, 2]));
    refused('x:\n  - |\n    two\n  - 0\n\n    # nobody\u2019s\ny: 1\n', ['x', 1], edit.removeEntry);
  });

  it('moves comments along and leaves blank lines', () => {
    const text =
      'tags:\n  # about b\n  - name: b # b\n\n  - name: a\n    # x\n    description: |\n      A\n  - name: c';
    expect(changed(text, ['tags'], (place) => edit.reorder(place, [1, 0, 2]))).toBe(
      'tags:\n  - name: a\n    # x\n    description: |\n      A\n\n  # about b\n  - name: b # b\n  - name: c',
    );
  });

  it('swaps in brackets', () => {
    expect(changed('a: [c, b, a]\n', ['a'], (place) => edit.reorder(place, [2, 1, 0]))).toBe('a: [a, b, c]\n');
  });
});

// Random documents, written in many ways, and random changes of them.

const key = fc.constantFrom(
  'a',
  'b',
  'get',
  '/users/{id}',
  '200',
  '404',
  "it's",
  'x-y',
  'true',
  'a b',
  'ключ',
  '#no',
  '- n',
);
const scalar = fc.oneof(
  fc.constantFrom<string | number | boolean | null>(
    'text',
    'Some more text.',
    "it's",
    'a: b',
    'a #b',
    '12',
    'null',
    '',
    ' x',
    'two\nlines\n',
    'one\n\n  two',
    '[x',
    '- y',
    '{}',
    'é😀',
    '2024-01-01',
    '*a',
    '&a',
    '"q"',
    '%',
    '@',
    'x\ty',
    '\u0007',
    '\u2028',
  ),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { value: tree } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
}));
const root = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 5 });

const manner = fc.record<Manner>({
  style: fc.constantFrom<Manner['style']>('json', 'minified', 'flow', 'block', 'block', 'block'),
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  width: fc.constantFrom(0, 20),
  singleQuote: fc.boolean(),
  literal: fc.boolean(),
  crlf: fc.boolean(),
  notes: fc.array(fc.nat(60), { maxLength: 8 }),
  lastBreak: fc.boolean(),
});

interface Manner {
  readonly style: 'json' | 'minified' | 'flow' | 'block';
  readonly indent: number;
  readonly indentSeq: boolean;
  readonly width: number;
  readonly singleQuote: boolean;
  readonly literal: boolean;
  readonly crlf: boolean;
  readonly notes: readonly number[];
  readonly lastBreak: boolean;
}

function written(value: Json, how: Manner): string {
  const lines = linesOf(value, how);
  return how.crlf ? lines.replaceAll('\n', '\r\n') : lines;
}

function linesOf(value: Json, how: Manner): string {
  if (how.style === 'minified') return JSON.stringify(value);
  if (how.style === 'json') return `${JSON.stringify(value, null, how.indent)}\n`;
  const text = stringify(value, {
    indent: how.indent,
    indentSeq: how.indentSeq,
    lineWidth: how.width,
    singleQuote: how.singleQuote,
    blockQuote: how.literal ? 'literal' : 'folded',
    collectionStyle: how.style === 'flow' ? 'flow' : 'any',
  });
  const noted = how.style === 'flow' ? text : withNotes(text, value, how.notes);
  return how.lastBreak ? noted : noted.replace(/\n$/, '');
}

/** Adds comments and blank lines where they change nothing. */
function withNotes(text: string, value: Json, notes: readonly number[]): string {
  let result = text;
  for (const note of notes) {
    const lines = result.split('\n');
    const at = note % lines.length;
    const indent = /^ */.exec(lines[at]!)![0];
    const more = note % 3 === 0 ? `${indent}# note ${note}` : note % 3 === 1 ? '' : `${indent}  # deeper ${note}`;
    const next = [...lines.slice(0, at), more, ...lines.slice(at)].join('\n');
    const document = read(new Source('x.yaml', next));
    if (document.syntax.length === 0 && JSON.stringify(document.value) === JSON.stringify(value)) result = next;
  }
  return result;
}

interface Change {
  readonly kind: 'replace' | 'rename' | 'remove' | 'insert' | 'insertItem' | 'reorder';
  /** Which of the places that there are. */
  readonly place: number;
  readonly value: Json;
  readonly scalar: string | number | boolean | null;
  readonly key: string;
  readonly number: number;
}

const change = fc.record({
  kind: fc.constantFrom<Change['kind']>('replace', 'rename', 'remove', 'insert', 'insertItem', 'reorder'),
  place: fc.nat(50),
  value: tree,
  scalar,
  key,
  number: fc.nat(5),
});

describe('random changes of random documents', () => {
  it('make the value that JavaScript makes, or none', () => {
    const made = new Map<string, number>();
    fc.assert(
      fc.property(root, manner, change, (value, how, wish) => {
        const text = written(value, how);
        const document = read(new Source('x.yaml', text));
        fc.pre(document.syntax.length === 0 && JSON.stringify(document.value) === JSON.stringify(value));
        const ways = waysTo(value, places[wish.kind]);
        fc.pre(ways.length > 0);
        const path = ways[wish.place % ways.length]!;
        const result = changedBoth(value, Pointer.root(document), { ...wish, path });
        if (!result || result.edits.length === 0) return;
        made.set(`${how.style} ${wish.kind}`, (made.get(`${how.style} ${wish.kind}`) ?? 0) + 1);
        const after = read(new Source('x.yaml', applied(text, result.edits)));
        expect(after.syntax, applied(text, result.edits)).toEqual([]);
        expect(JSON.stringify(sorted(after.value)), `${text}\n=====\n${applied(text, result.edits)}`).toBe(
          JSON.stringify(sorted(result.value)),
        );
        if (text.includes('\r\n')) expect(applied(text, result.edits)).not.toMatch(/(?<!\r)\n/);
      }),
      { numRuns: 2000 },
    );
    // All changes were made in all styles: refusing everything would pass as well.
    for (const style of ['json', 'minified', 'flow', 'block']) {
      for (const kind of ['replace', 'rename', 'remove', 'insert', 'insertItem', 'reorder']) {
        expect(made.get(`${style} ${kind}`) ?? 0, `${style} ${kind}`).toBeGreaterThan(0);
      }
    }
  });
});

/** What each change can be made of. */
const places: Readonly<Record<Change['kind'], (value: Json, path: Path) => boolean>> = {
  replace: (value, path) => path.length > 0 && (typeof value !== 'object' || value === null),
  rename: (_, path) => typeof path.at(-1) === 'string',
  remove: (_, path) => path.length > 0,
  insert: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  insertItem: (value) => Array.isArray(value),
  reorder: (value) => Array.isArray(value) && value.length > 1,
};

/** The ways to all values in a value, itself included, that fit. */
function waysTo(value: Json, fits: (value: Json, path: Path) => boolean, path: Path = []): Path[] {
  const own = fits(value, path) ? [path] : [];
  if (value === null || typeof value !== 'object') return own;
  const below = Object.entries(value).flatMap(([name, child]) =>
    waysTo(child as Json, fits, [...path, Array.isArray(value) ? Number(name) : name]),
  );
  return [...own, ...below];
}

/** The edits of a change, and the value that they are to lead to. */
function changedBoth(
  root: Json,
  top: Pointer,
  wish: Change & { readonly path: Path },
): { edits: readonly Edit[]; value: unknown } | null {
  const value: Json = structuredClone(root);
  const place = wish.path.reduce<Pointer>((here, key) => here.child(key), top);
  const here = valueAt(value, wish.path);
  const holder = valueAt(value, wish.path.slice(0, -1)) as { [key: string | number]: unknown };
  const last = wish.path.at(-1);
  switch (wish.kind) {
    case 'replace': {
      if (last === undefined || (typeof here === 'object' && here !== null)) return null;
      holder[last] = wish.scalar;
      return { edits: edit.replaceScalar(place, wish.scalar), value };
    }
    case 'rename': {
      if (typeof last !== 'string' || Object.hasOwn(holder, wish.key)) return null;
      holder[wish.key] = here;
      delete holder[last];
      return { edits: edit.renameKey(place, wish.key), value };
    }
    case 'remove': {
      if (last === undefined) return null;
      if (Array.isArray(holder)) holder.splice(last as number, 1);
      else delete holder[last];
      return { edits: edit.removeEntry(place), value };
    }
    case 'insert': {
      if (here === null || typeof here !== 'object' || Array.isArray(here) || Object.hasOwn(here, wish.key))
        return null;
      (here as { [key: string]: unknown })[wish.key] = wish.value;
      const rank = wish.number % 2 === 0 ? (key: string) => key.length : undefined;
      return { edits: edit.insertProperty(place, wish.key, wish.value, rank), value };
    }
    case 'insertItem': {
      if (!Array.isArray(here)) return null;
      here.splice(wish.number, 0, wish.value);
      return { edits: edit.insertItems(place, [wish.value], wish.number), value };
    }
    case 'reorder': {
      if (!Array.isArray(here) || here.length < 2) return null;
      const order = [...here.keys()].reverse();
      here.reverse();
      return { edits: edit.reorder(place, order), value };
    }
  }
}

/** Objects with their keys in order: where a new one stands is a matter of taste. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, child]) => [key, sorted(child)]),
  );
}
