import { readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { ruleIds } from '../scripts/new-rule.mjs';
import { findInExample, printExample } from '../src/commands/examples.ts';
import type { LanguageName } from '../src/languages/language.ts';
import { rules } from '../src/rules/index.ts';
import type { Rule } from '../src/rules/rule.ts';

/** `RULES=pagination/,errors/` tests the rules whose ids start so. */
const wanted = (process.env['RULES'] ?? '').split(',').filter(Boolean);
const chosen = wanted.length === 0 ? rules : rules.filter(({ id }) => wanted.some((start) => id.startsWith(start)));
const ids = ruleIds('src/rules');

const peerRule =
  /^(aip|buf|graphql-eslint|graphql-schema-linter|ibm|owasp|protolint|redocly|spectral|vacuum|zally):\S+$/;

it('there are rules to test', () => {
  expect(chosen).not.toEqual([]);
});

it('every snapshot belongs to an example', () => {
  const snapshots = readdirSync(`${import.meta.dirname}/__snapshots__/rules`, { recursive: true, encoding: 'utf8' });
  const examples = rules.flatMap((rule) => Object.keys(rule.checks).map((language) => `${rule.id}.${language}.txt`));
  expect(examples).toEqual(expect.arrayContaining(snapshots.filter((path) => path.endsWith('.txt'))));
});

describe.each(chosen.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  it('says what it is about', () => {
    expect(ids, 'the id is the path of the file').toContain(id);
    expect(rule.summary).toMatch(/^(?![A-Z][a-z])\S.*[^.\s]$/);
    expect(rule.why.trim()).not.toBe('');
    expect(rule.sources.filter((source) => source.trim() !== '')).not.toEqual([]);
    // Raised by the engine when a rule throws: no document is meant to bring that about.
    if (id !== 'structure/rule-completed') expect(Object.keys(rule.checks)).not.toEqual([]);
  });

  it('names its equivalents once each', () => {
    for (const equivalent of rule.equivalents) expect(equivalent).toMatch(peerRule);
    expect(rule.equivalents).toEqual([...new Set(rule.equivalents)]);
  });

  if (rule.options)
    it('has options whose defaults satisfy their schemas', () => {
      for (const [name, option] of Object.entries(rule.options ?? {})) {
        const ajv = new Ajv2020({ strict: true });
        expect(ajv.validate(option.schema, option.default), `${name}: ${ajv.errorsText()}`).toBe(true);
        expect(option.description.trim()).not.toBe('');
      }
    });

  describe.each(examplesOf(rule))('%s', (language, { good, bad }) => {
    it('finds nothing in the good example', async () => {
      expect(printExample(await findInExample(rule, language, good, rules))).toBe('');
    });

    it('finds in the bad example what the snapshot shows', async () => {
      const problems = await findInExample(rule, language, bad, rules);
      expect(problems).not.toEqual([]);
      await expect(printExample(problems)).toMatchFileSnapshot(`__snapshots__/rules/${id}.${language}.txt`);
    });
  });
});

function examplesOf(rule: Rule) {
  return Object.entries(rule.checks) as [LanguageName, NonNullable<Rule['checks'][LanguageName]>][];
}
