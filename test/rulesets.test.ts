import { describe, expect, it } from 'vitest';
import { optionFault } from '../src/config/option.ts';
import { enabledRules, type Pick, type Ruleset } from '../src/config/rulesets.ts';
import type { Rule } from '../src/rules/rule.ts';

function ruleOf(id: string, options?: Rule['options']): Rule {
  return { id, summary: id, why: '', sources: [], equivalents: [], checks: {}, ...(options && { options }) };
}

const depth = { description: 'how deep', default: 3, schema: { type: 'integer' } };
const width = { description: 'how wide', default: 5, schema: { type: 'integer' } };
const rules = [ruleOf('structure/syntax'), ruleOf('docs/a', { depth, width }), ruleOf('docs/b'), ruleOf('names/c')];

function levels(rulesets: readonly Ruleset['rules'][], picks: readonly Pick[] = []) {
  const enabled = enabledRules(
    rulesets.map((one) => ({ rules: one })),
    picks,
    rules,
  );
  return Object.fromEntries(enabled.map(({ rule, severity }) => [rule.id, severity]));
}

describe('rulesets', () => {
  it('turn on what they name, and syntax always', () => {
    expect(levels([{ 'docs/a': 'info' }])).toEqual({ 'structure/syntax': 'error', 'docs/a': 'info' });
    expect(levels([{ 'structure/*': 'off' }])).toEqual({ 'structure/syntax': 'error' });
    expect(levels([{ 'structure/syntax': 'warn' }])).toEqual({ 'structure/syntax': 'warn' });
  });

  it('say more by an id than by a principle, in any order', () => {
    const expected = { 'structure/syntax': 'error', 'docs/a': 'error', 'docs/b': 'info' };
    expect(levels([{ 'docs/a': 'error', 'docs/*': 'info' }])).toEqual(expected);
    expect(levels([{ 'docs/*': 'info', 'docs/a': 'error' }])).toEqual(expected);
  });

  it('overrule those before them', () => {
    expect(levels([{ 'docs/*': 'error', 'names/c': 'warn' }, { 'docs/*': 'off' }])).toEqual({
      'structure/syntax': 'error',
      'names/c': 'warn',
    });
  });

  it('keep the options of those before them', () => {
    const first = { rules: { 'docs/a': { severity: 'warn', options: { depth: 1, width: 2 } } } } as const;
    const second = { rules: { 'docs/a': { severity: 'error', options: { depth: 7 } } } } as const;
    const optionsOf = (...inOrder: Ruleset[]) => enabledRules(inOrder, [], rules)[1];
    expect(optionsOf({ rules: { 'docs/a': 'warn' } })?.options).toEqual({ depth: 3, width: 5 });
    expect(optionsOf(first, second)).toMatchObject({ severity: 'error', options: { depth: 7, width: 2 } });
    expect(optionsOf(first, { rules: { 'docs/a': 'info' } })).toMatchObject({
      severity: 'info',
      options: { depth: 1, width: 2 },
    });
  });
});

describe('picked rules', () => {
  const pick = (id: string, level: Pick['level'] = null): Pick => ({ id, level });

  it('run alone, at their own level, else the rulesets’, else warn', () => {
    const rulesets = [{ 'docs/a': 'info', 'names/c': 'error' }] as const;
    expect(levels(rulesets, [pick('docs/a', 'error')])).toEqual({ 'structure/syntax': 'error', 'docs/a': 'error' });
    expect(levels(rulesets, [pick('docs/a')])).toEqual({ 'structure/syntax': 'error', 'docs/a': 'info' });
    expect(levels(rulesets, [pick('docs/b')])).toEqual({ 'structure/syntax': 'error', 'docs/b': 'warn' });
    expect(levels([{ 'docs/b': 'off' }], [pick('docs/b')])).toMatchObject({ 'docs/b': 'warn' });
  });

  it('may be a principle without some', () => {
    expect(levels([], [pick('docs/*'), pick('docs/b', 'off')])).toEqual({
      'structure/syntax': 'error',
      'docs/a': 'warn',
    });
  });

  it('never leave out syntax', () => {
    expect(levels([], [pick('structure/syntax', 'off')])).toEqual({ 'structure/syntax': 'error' });
    expect(levels([], [pick('structure/syntax', 'info')])).toEqual({ 'structure/syntax': 'info' });
  });
});

it.each([
  [3, { type: 'integer', minimum: 1 }, null],
  [3.5, { type: 'integer' }, 'an integer'],
  ['3', { type: 'number' }, 'a number'],
  [0, { type: 'integer', minimum: 1 }, 'at least 1'],
  [9, { type: 'integer', maximum: 5 }, 'at most 5'],
  ['snake', { enum: ['camel', 'snake'] }, null],
  ['snack', { enum: ['camel', 'snake'] }, 'one of `camel`, `snake`'],
  [['a', 1], { type: 'array', items: { type: 'string' } }, 'an array whose values are each a string'],
  [[], { type: 'array', items: { type: 'string' } }, null],
  ['a', { type: 'array', items: { type: 'string' } }, 'an array'],
  [{ a: 1 }, { type: 'object', additionalProperties: { type: 'number' } }, null],
  [null, { type: 'object' }, 'an object'],
  ['v1', { type: 'string', pattern: '^v\\d$' }, null],
  ['1', { type: 'string', pattern: '^v\\d$' }, 'like `^v\\d$`'],
])('the option value %j under %j must be %j', (value, schema, fault) => {
  expect(optionFault(value, schema)).toBe(fault);
});
