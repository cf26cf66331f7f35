// Every rule on broken and hostile documents: none breaks down, all places lie in the text, and the run ends.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { openapi } from '../src/languages/openapi/openapi.ts';
import { lint } from '../src/lint/lint.ts';
import { rules } from '../src/rules/index.ts';
import { Source } from '../src/text/source.ts';

/** `FUZZ=20` tries twenty times as many documents, others each time. */
const times = Number(process.env['FUZZ'] ?? 1);
const seed = times === 1 ? 20261120 : Date.now();

const enabled = rules.map((rule) => ({
  rule,
  severity: 'warn' as const,
  options: Object.fromEntries(Object.entries(rule.options ?? {}).map(([name, option]) => [name, option.default])),
}));

const examples = ['examples/orders.yaml', 'examples/flawed.yaml'].map((path) => readFileSync(path, 'utf8'));
const swagger2 = readFileSync('test/fixtures/swagger-2.0.yaml', 'utf8');
const texts = [...examples, swagger2];
const values = texts.map((text) => load(text));

function judge(text: string, name = 'openapi.yaml'): void {
  const source = new Source(name, text);
  const apis = openapi.read([source], { read: () => ({ refused: 'there is no such file' }) });
  const { problems, failed } = lint(apis, { rules: enabled, known: rules });
  expect(problems.filter(({ rule }) => failed.includes(rule) || rule === 'structure/rule-completed')).toEqual([]);
  for (const { range } of problems) {
    expect(range.start).toBeGreaterThanOrEqual(0);
    expect(range.end).toBeGreaterThanOrEqual(range.start);
    expect(range.end).toBeLessThanOrEqual(text.length);
  }
}

/** Values that stand where nobody expects them. */
const oddity = fc.constantFrom<unknown>(
  null,
  true,
  0,
  -1.5,
  '',
  ' ',
  'text',
  '\u0000',
  '\ud800',
  [],
  [null],
  [[]],
  {},
  { $ref: '#' },
  { $ref: '#/components/schemas/Order' },
  { $ref: 5 },
  { $ref: './nowhere.yaml#/x' },
  { type: 'object' },
  { type: ['string', 5] },
  { constructor: 1, toString: 2, __proto__: null },
);

/** The ways to all values below `value`. */
function waysBelow(value: unknown, way: (string | number)[] = []): (string | number)[][] {
  if (value === null || typeof value !== 'object') return [way];
  return [way, ...Object.entries(value).flatMap(([key, child]) => waysBelow(child, [...way, key]))];
}

function replace(value: unknown, way: readonly (string | number)[], by: unknown): unknown {
  const [key, ...rest] = way;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((item, i) => (i === Number(key) ? replace(item, rest, by) : item));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replace(object[key], rest, by) };
}

describe('documents with odd values', () => {
  it.each(values.map((value, i) => [i, value]))('number %i survive', (_, value) => {
    const ways = waysBelow(value);
    const change = fc.tuple(fc.constantFrom(...ways), oddity);
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        let changed: unknown = value;
        for (const [way, by] of changes) {
          if (waysBelow(changed).some((known) => known.join('\n') === way.join('\n')))
            changed = replace(changed, way, by);
        }
        judge(JSON.stringify(changed), 'openapi.json');
      }),
      { seed, numRuns: 200 * times },
    );
  });
});

describe('broken texts', () => {
  it.each(texts.map((text, i) => [i, text]))('number %i survive being cut off', (_, text) => {
    fc.assert(
      fc.property(fc.nat(text.length), (length) => judge(text.slice(0, length))),
      { seed, numRuns: 40 * times },
    );
  });

  it.each(texts.map((text, i) => [i, text]))('number %i survive slips of the pen', (_, text) => {
    const slip = fc.tuple(
      fc.nat(text.length),
      fc.nat(30),
      fc.constantFrom('', '\t', '{', '}', '"', ': ', '- ', '*a', '&a ', '\u0000', '|', '#'),
    );
    fc.assert(
      fc.property(fc.array(slip, { minLength: 1, maxLength: 3 }), (slips) => {
        judge(slips.reduce((changed, [at, gone, by]) => changed.slice(0, at) + by + changed.slice(at + gone), text));
      }),
      { seed, numRuns: 40 * times },
    );
  });
});

describe('hostile documents', () => {
  const schemas = (inside: string): string => `openapi: 3.1.0\ncomponents:\n  schemas:\n${inside}`;
  const chain = (count: number, line: (i: number) => string): string =>
    schemas(Array.from({ length: count }, (_, i) => line(i)).join(''));

  it.each<[string, string]>([
    ['a chain of 5,000 references', chain(5000, (i) => `    S${i}: { $ref: '#/components/schemas/S${i + 1}' }\n`)],
    [
      'a chain of 5,000 allOfs',
      chain(5000, (i) => `    S${i}: { allOf: [{ $ref: '#/components/schemas/S${i + 1}' }] }\n`),
    ],
    [
      'a circle of 2,000 allOfs',
      chain(2000, (i) => `    S${i}: { allOf: [{ $ref: '#/components/schemas/S${(i + 1) % 2000}' }] }\n`),
    ],
    [
      'a web in which all refer to all',
      chain(
        60,
        (i) =>
          `    S${i}: { anyOf: [${Array.from({ length: 60 }, (_, k) => `{ $ref: '#/components/schemas/S${k}' }`).join(', ')}], required: [x${i}] }\n`,
      ),
    ],
    ['schemas 400 deep', schemas(`    A: ${'{ properties: { a: '.repeat(400)}{}${' } }'.repeat(400)}\n`)],
    [
      'aliases of aliases',
      `openapi: 3.1.0\nx-0: &a0 { a: b }\n${Array.from({ length: 30 }, (_, i) => `x-${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`).join('')}components:\n  schemas: { A: { enum: *a12, example: *a12 } }\n`,
    ],
    ['a path of 3,000 segments', `openapi: 3.1.0\npaths:\n  ${'/{a}'.repeat(3000)}: { get: {} }\n`],
    [
      'a name of 200,000 letters',
      `openapi: 3.1.0\npaths:\n  /${'aB'.repeat(100_000)}: { get: { operationId: ${'xY'.repeat(100_000)} } }\n`,
    ],
    [
      'a description of 500,000 characters',
      `openapi: 3.1.0\ninfo: { description: "${'<script <a onclick= '.repeat(25_000)}" }\n`,
    ],
    [
      'keys that objects inherit',
      schemas(
        '    A: { properties: { __proto__: {}, constructor: {}, toString: {}, hasOwnProperty: {} }, required: [valueOf] }\n',
      ),
    ],
  ])('%s', (_, text) => judge(text));
});
