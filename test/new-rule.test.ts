import { expect, it } from 'vitest';
import { indexSource, skeleton, withRule } from '../scripts/new-rule.mjs';

it('adds a rule to a ruleset where it belongs, and leaves the rest as it stands', () => {
  const before = '# Ours\ndescription: All\nrules:\n  # lists\n  docs/a: error # loud\n  naming/c: info\n';
  expect(withRule(before, 'errors/b', 'warn')).toBe(
    '# Ours\ndescription: All\nrules:\n  # lists\n  docs/a: error # loud\n  errors/b: warn\n  naming/c: info\n',
  );
});

it.each([
  ['an empty ruleset', 'description: All\nrules: {}\n', 'description: All\nrules:\n  docs/a: warn\n'],
  ['a ruleset without rules', 'description: All\n', 'description: All\nrules:\n  docs/a: warn\n'],
  ['a ruleset that has it', 'rules:\n  docs/a:   error\n', 'rules:\n  docs/a:   error\n'],
])('adds a rule to %s', (_, before, after) => {
  expect(withRule(before, 'docs/a', 'warn')).toBe(after);
});

it('lists rules by names made of their ids', () => {
  const source = indexSource(['docs/a', 'status-codes/created-location']);
  expect(source).toContain("import statusCodesCreatedLocation from './status-codes/created-location.ts';");
  expect(source).toContain('export const rules: readonly Rule[] = [docsA, statusCodesCreatedLocation];');
});

it('starts a rule under its id', () => {
  expect(skeleton('docs/a')).toContain("id: 'docs/a',");
});
