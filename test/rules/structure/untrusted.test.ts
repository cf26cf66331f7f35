import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { openapi } from '../../../src/languages/openapi/openapi.ts';
import { lint } from '../../../src/lint/lint.ts';
import type { Rule } from '../../../src/rules/rule.ts';
import { Source } from '../../../src/text/source.ts';
import { documents } from '../../languages/openapi/official-documents.ts';

const folder = `${import.meta.dirname}/../../../src/rules/structure`;
const rules: Rule[] = [];

beforeAll(async () => {
  for (const file of readdirSync(folder)) rules.push((await import(`${folder}/${file}`)).default);
});

/** What may stand in the place of anything else. */
const anything = fc.constantFrom<unknown>(
  null,
  5,
  '',
  '#/',
  true,
  [],
  {},
  [null],
  { $ref: '#' },
  { $ref: '#/paths' },
  { $ref: null },
  { constructor: null, toString: 1 },
  { mapping: { a: 'b' }, properties: [], required: {}, allOf: {}, oneOf: [null, { $ref: '#' }] },
);

it.each(['2.0', '3.0', '3.1', '3.2'] as const)('no rule breaks down whatever stands in a document of %s', (version) => {
  const texts = [...waysInto(documents[version])];
  const property = fc.property(
    fc.constantFrom(...texts),
    anything,
    fc.constantFrom(...texts),
    anything,
    (a, b, c, d) => {
      const text = JSON.stringify(put(put(documents[version], a, b), c, d));
      const apis = openapi.read([new Source('openapi.json', text)], {
        read: () => ({ refused: 'there is no such file' }),
      });
      const settings = {
        rules: rules.map((rule) => ({ rule, severity: 'warn' as const, options: defaultsOf(rule) })),
        known: rules,
      };
      const { failed, problems } = lint(apis, settings);
      expect(failed, problems.find(({ rule }) => rule === 'structure/rule-completed')?.message).toEqual([]);
    },
  );
  fc.assert(property, { seed: 20_251, numRuns: 400 });
});

function defaultsOf(rule: Rule): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rule.options ?? {}).map(([name, option]) => [name, option.default]));
}

type Way = readonly string[];

function* waysInto(value: unknown, way: Way = []): Generator<Way> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, child] of Object.entries(value)) {
    yield [...way, key];
    yield* waysInto(child, [...way, key]);
  }
}

/** A copy of `base` with `value` at the end of the way, as far as there is one. */
function put(base: unknown, [key, ...rest]: Way, value: unknown): unknown {
  if (key === undefined) return value;
  if (base === null || typeof base !== 'object') return base;
  const copy: Record<string, unknown> = Array.isArray(base) ? ([...base] as never) : { ...base };
  copy[key] = put(copy[key], rest, value);
  return copy;
}
