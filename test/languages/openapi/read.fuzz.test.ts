import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { Document, Path, Span } from '../../../src/languages/openapi/document.ts';
import { readBrokenYaml } from '../../../src/languages/openapi/read/broken-yaml.ts';
import { read } from '../../../src/languages/openapi/read/read.ts';
import { readYaml } from '../../../src/languages/openapi/read/yaml.ts';
import { Source } from '../../../src/text/source.ts';

const seeded = { seed: 20260101, numRuns: 1500 };

const sampleYaml = `%YAML 1.2
---
openapi: 3.1.0 # version
info: &info
  title: "A \\u00e9 \\"b\\""
  summary: 'it''s'
  description: |-
    one # no comment

      two
  tags: !!set {a, b}
paths:
  ? /a
  : get: {x: [1, {y: 2}, k: v, ], "z": *info}
    put:
      - - nested
        - >+
          folded

      -
  /b: {<<: *info, title: mine}
"200": !include x.yaml
200: twice
...
`;
const sampleJson = JSON.stringify(
  { openapi: '3.1.0', a: [1, -2.5e3, { b: null, 'c\n"': true }], __proto__x: {}, '': ['😀'] },
  null,
  1,
);

test.each([
  ['YAML', 'a.yaml', sampleYaml],
  ['JSON', 'a.json', sampleJson],
])('%s cut off anywhere', (_, name, text) => {
  for (let end = 0; end <= text.length; end++) {
    expectSound(read(new Source(name, text.slice(0, end))));
    expectSound(read(new Source(name, text.slice(end))));
  }
});

const pieces = [
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ': ',
  '- ',
  '? ',
  '#',
  ' #',
  '&a ',
  '*a',
  '!t ',
  '!!int ',
  '|',
  '>-',
  '"',
  "'",
  '\\',
  '\t',
].concat(
  [
    '\n',
    '\r\n',
    '\r',
    '\n  ',
    '\n    ',
    '---\n',
    '...\n',
    '%TAG ! x\n',
    '<<: ',
    '__proto__: ',
    '\u0000',
    '\uD800',
    '\uFEFF',
    '\u2028',
  ],
  ['a', 'b: ', '1', 'null', '"c": ', '@', '`', '😀', '//', '1e999', '-', '~'],
);

test.each([
  ['YAML', 'a.yaml', sampleYaml],
  ['JSON', 'a.json', sampleJson],
])('%s with pieces put in and taken out', (_, name, text) => {
  const edit = fc.record({ at: fc.nat(text.length), cut: fc.nat(8), piece: fc.constantFrom('', ...pieces) });
  const mutated = fc
    .array(edit, { minLength: 1, maxLength: 5 })
    .map((edits) =>
      edits.reduce((result, { at, cut, piece }) => result.slice(0, at) + piece + result.slice(at + cut), text),
    );
  fc.assert(
    fc.property(mutated, (broken) => expectSound(read(new Source(name, broken)))),
    seeded,
  );
});

test('nothing but hostile pieces', () => {
  const soup = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(soup, fc.constantFrom('a.yaml', 'a.json'), (text, name) => expectSound(read(new Source(name, text)))),
    seeded,
  );
});

/** On these the parsers differ: `...` alone, a BOM between lines, indentation indicators at the root, an anchor on no key. */
const disputed = /\.\.\.|\uFEFF|[|>][-+]?[0-9]|&a\s*:/;

test('where both YAML readers accept a text, they agree', () => {
  const soup = fc
    .array(fc.constantFrom(...pieces), { maxLength: 14 })
    .map((parts) => parts.join(''))
    .filter((text) => !disputed.test(text));
  let compared = 0;
  fc.assert(
    fc.property(soup, (text) => {
      const source = new Source('a.yaml', text);
      const result = readYaml(source);
      if (!('content' in result)) return;
      const tolerant = readBrokenYaml(source);
      if (tolerant.syntax.length > 0 || result.content.syntax.length > 0) return;
      compared++;
      expect(tolerant.value).toEqual(result.content.value);
      for (const path of pathsOf(result.content.value)) {
        expect(tolerant.tree.locate(path)).toEqual(result.content.tree.locate(path));
      }
    }),
    { ...seeded, numRuns: 6000 },
  );
  expect(compared).toBeGreaterThan(500);
});

test('what is written as JSON or YAML is read as it was', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), (value) => {
      const plain = JSON.parse(JSON.stringify(value));
      for (const [name, text] of [
        ['a.json', JSON.stringify(value)],
        ['a.yaml', JSON.stringify(value)],
        ['b.yaml', stringify(plain)],
      ] as const) {
        const document = read(new Source(name, text));
        if (/\p{Surrogate}/u.test(text)) continue;
        expect(isDeepStrictEqual(JSON.stringify(document.value), JSON.stringify(plain)), text).toBe(true);
      }
    }),
    seeded,
  );
});

/** Everything that is said of a document lies in its text. */
function expectSound(document: Document): void {
  const { text } = document.source;
  const spans: (Span | null)[] = [...document.syntax];
  for (const { first, again } of document.duplicates) spans.push(first, again);
  for (const { range, covers } of document.comments()) spans.push(range, covers);
  for (const path of [...pathsOf(document.value), ['missing', 0]]) {
    const { key, value } = document.locate(path);
    spans.push(key, value);
  }
  for (const span of spans) {
    if (span && !(span.start >= 0 && span.end >= span.start && span.end <= text.length)) {
      throw new Error(`${JSON.stringify(span)} is not within ${JSON.stringify(text)}`);
    }
  }
  for (const problem of document.syntax) expect(problem.message).toMatch(/^[\s\S]+\.$/);
}

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  const children = Object.entries(value).flatMap(([key, child]) =>
    pathsOf(child, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return [path, ...children];
}
