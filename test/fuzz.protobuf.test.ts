// Every rule on broken and hostile `.proto` files: none breaks down, all places lie in the text, and the run ends.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lex } from '../src/languages/protobuf/lex.ts';
import { read } from '../src/languages/protobuf/protobuf.ts';
import { lint } from '../src/lint/lint.ts';
import { rules } from '../src/rules/index.ts';
import { Source } from '../src/text/source.ts';
import { cases } from './languages/protobuf/conformance-cases.ts';

/** `FUZZ=20` tries twenty times as many documents, others each time. */
const times = Number(process.env['FUZZ'] ?? 1);
const seed = times === 1 ? 20261120 : Date.now();

const enabled = rules.map((rule) => ({
  rule,
  severity: 'warn' as const,
  options: Object.fromEntries(Object.entries(rule.options ?? {}).map(([name, option]) => [name, option.default])),
}));

/** Files by name; the first is the one that is broken. */
type Files = Readonly<Record<string, string>>;

function judge(files: Files): void {
  const sources = Object.entries(files).map(([path, text]) => new Source(path, text));
  const apis = read(sources, { read: () => ({ refused: 'there is no such file' }) });
  const { problems, failed } = lint(apis, { rules: enabled, known: rules });
  expect(problems.filter(({ rule }) => failed.includes(rule) || rule === 'structure/rule-completed')).toEqual([]);
  for (const { range } of problems) {
    expect(range.start).toBeGreaterThanOrEqual(0);
    expect(range.end).toBeGreaterThanOrEqual(range.start);
    expect(range.end).toBeLessThanOrEqual(range.source.text.length);
  }
}

/** The examples of all rules, and the cases of what compilers refuse. */
const small: Files[] = [
  ...rules.flatMap(({ checks: { protobuf } }) => (protobuf ? [protobuf.good, protobuf.bad] : [])).map(filesOf),
  ...Object.values(cases).flatMap((list) => list.map(({ text, others }) => ({ 'test.proto': text, ...others }))),
];

function filesOf(example: string | Files): Files {
  return typeof example === 'string' ? { 'test.proto': example } : example;
}

const corpus = new URL('../../shared/corpus/proto/', import.meta.url);
const real: Files[] = existsSync(corpus)
  ? readdirSync(corpus, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.proto'))
      .sort()
      .map((path) => ({ [path]: readFileSync(new URL(path, corpus), 'utf8') }))
      .filter((files) => Object.values(files)[0]!.length < 20_000)
  : [];

const words =
  'message enum oneof extend extensions reserved option rpc service stream group map to max import package'.split(' ');
const strange = [
  ...words,
  '1',
  '-1',
  '0',
  '1e9',
  '""',
  '"a"',
  'x',
  'M',
  '.',
  '=',
  ';',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '__proto__',
  '\0',
];

/** What is done to one token: it is dropped, doubled, swapped with another one, replaced, or all behind it is cut off. */
const change = fc.record({
  at: fc.nat(),
  other: fc.nat(),
  act: fc.constantFrom('drop', 'double', 'swap', 'copy', 'replace', 'cut'),
  piece: fc.constantFrom(...strange),
});

function changed(text: string, changes: readonly { at: number; other: number; act: string; piece: string }[]): string {
  const { starts, ends } = lex(text);
  let tokens = starts.map((start, index) => text.slice(start, ends[index]));
  for (const { at, other, act, piece } of changes) {
    const here = at % tokens.length;
    const there = other % tokens.length;
    const [one, two] = [tokens[here]!, tokens[there]!];
    if (act === 'drop') tokens[here] = '';
    else if (act === 'double') tokens[here] = `${one} ${one}`;
    else if (act === 'swap') [tokens[here], tokens[there]] = [two, one];
    else if (act === 'copy') tokens[here] = two;
    else if (act === 'replace') tokens[here] = piece;
    else tokens = tokens.slice(0, here + 1);
  }
  return tokens.join(' ');
}

describe.each<[string, readonly Files[], number]>([
  ['small files', small, 1500],
  ['real files', real, 150],
])('%s', (_, files, runs) => {
  it.skipIf(files.length === 0)('survive slips of the pen', () => {
    const some = fc.tuple(fc.constantFrom(...files), fc.array(change, { minLength: 1, maxLength: 3 }));
    fc.assert(
      fc.property(some, ([document, changes]) => {
        const [[path, text]] = Object.entries(document) as [[string, string]];
        judge({ ...document, [path]: changed(text, changes) });
      }),
      { seed, numRuns: runs * times },
    );
  });
});

describe('hostile files', () => {
  const proto3 = (body: string): string => `syntax = "proto3"; package a.v1; ${body}`;
  const many = (count: number, line: (i: number) => string): string =>
    Array.from({ length: count }, (_, i) => line(i)).join('\n');

  it.each<[string, string | Files]>([
    ['messages in messages', proto3(`${'message M { '.repeat(300)}${'}'.repeat(300)}`)],
    ['5,000 fields of one number', proto3(`message M { ${many(5000, (i) => `string f${i} = 1;`)} }`)],
    ['5,000 fields of one name', proto3(`message M { ${many(5000, (i) => `string f = ${i + 1};`)} }`)],
    ['5,000 unknown types', proto3(`message M { ${many(5000, (i) => `Typ${i} f${i} = ${i + 1};`)} }`)],
    ['5,000 unknown options', proto3(many(5000, (i) => `option (unknown${i}) = ${i};`))],
    [
      '5,000 features',
      `edition = "2023"; message M { ${many(5000, (i) => `string f${i} = ${i + 1} [features.field_presence = IMPLICIT];`)} }`,
    ],
    [
      '5,000 ranges in one another',
      proto3(`message M { ${many(5000, (i) => `reserved ${i + 1} to max; string f${i} = ${i + 1};`)} }`),
    ],
    ['5,000 imports that lead nowhere', proto3(many(5000, (i) => `import "m${i}.proto";`))],
    ['5,000 values of one number', proto3(`enum E { ${many(5000, (i) => `E_${i} = ${i % 2};`)} }`)],
    [
      '5,000 messages that require each other',
      `syntax = "proto2"; ${many(5000, (i) => `message M${i} { required M${(i + 1) % 5000} next = 1; }`)}`,
    ],
    [
      '60 messages that all require all',
      `syntax = "proto2"; ${many(60, (i) => `message M${i} { ${many(60, (k) => `required M${k} f${k} = ${k + 1};`)} }`)}`,
    ],
    [
      '300 files in a circle',
      Object.fromEntries(
        Array.from({ length: 300 }, (_, i) => [
          `a/v${i}/m.proto`,
          `syntax = "proto3"; package a.v${i}; import "a/v${(i + 1) % 300}/m.proto";`,
        ]),
      ),
    ],
    [
      '2,000 bindings that meet',
      proto3(
        `message M { string a = 1; } service S { ${many(2000, (i) => `rpc R${i}(M) returns (M) { option (google.api.http) = { get: "/v1/{a=x${i}/*}/*" }; }`)} }`,
      ),
    ],
    [
      'a path of 20,000 segments',
      proto3(
        `message M {} service S { rpc R(M) returns (M) { option (google.api.http) = { get: "${'/{a'.repeat(20_000)}" }; } }`,
      ),
    ],
    [
      'a number of 100,000 digits',
      proto3(`message M { string a = ${'9'.repeat(100_000)}; } option (a) = ${'9'.repeat(100_000)};`),
    ],
    [
      'names that objects inherit',
      proto3('message constructor { __proto__ toString = 1 [valueOf = hasOwnProperty]; } message __proto__ {}'),
    ],
    ['aggregates in aggregates', proto3(`option (a) = ${'{ a: '.repeat(90)}1${' }'.repeat(90)};`)],
  ])('%s', (_, files) => judge(filesOf(files)));
});
