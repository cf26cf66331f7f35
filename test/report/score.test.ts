import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RuleSummary } from '../../src/report/report.ts';
import { scoresOf } from '../../src/report/score.ts';
import type { Problem, Severity } from '../../src/text/problem.ts';
import { Source } from '../../src/text/source.ts';

function rule(id: string, severity: Severity | null, ...languages: string[]): [string, RuleSummary] {
  const principle = id.split('/', 1)[0]!;
  return [id, { summary: '', why: '', principle, languages: languages.length ? languages : ['openapi'], severity }];
}

function found(rule: string, path: string): Pick<Problem, 'rule' | 'range'> {
  return { rule, range: { source: new Source(path, ''), start: 0, end: 0 } };
}

const orders = { language: 'openapi', files: ['orders.yaml', 'shared.yaml'] };
const users = { language: 'openapi', files: ['users.yaml', 'shared.yaml'] };
const shop = { language: 'graphql', files: ['shop.graphql'] };

const rules = new Map([
  rule('naming/loud', 'error'),
  rule('naming/middling', 'warn', 'openapi', 'graphql'),
  rule('naming/soft', 'info'),
  rule('naming/absent', null),
  rule('docs/elsewhere', 'error', 'protobuf'),
  rule('docs/here', 'warn', 'graphql'),
]);

/** The scores as `principle value kept/rules`. */
function told(problems: readonly Pick<Problem, 'rule' | 'range'>[], apis = [orders]) {
  return scoresOf(problems, apis, rules).map(
    ({ principle, value, kept, rules }) => `${principle ?? 'all'} ${value} ${kept}/${rules}`,
  );
}

describe('the score', () => {
  it('weighs rules by their severity', () => {
    expect(told([])).toEqual(['all 100 3/3', 'naming 100 3/3']);
    expect(told([found('naming/loud', 'orders.yaml')])).toEqual(['all 42 2/3', 'naming 42 2/3']);
    expect(told([found('naming/middling', 'orders.yaml')])).toEqual(['all 71 2/3', 'naming 71 2/3']);
    expect(told([found('naming/soft', 'orders.yaml')])).toEqual(['all 85 2/3', 'naming 85 2/3']);
  });

  it('does not care how often a rule is broken', () => {
    expect(told(Array(50).fill(found('naming/soft', 'orders.yaml')))).toEqual(
      told([found('naming/soft', 'orders.yaml')]),
    );
  });

  it('counts a rule once for each API of a language that it judges', () => {
    // 2 × (4 + 2 + 1) for OpenAPI, 2 for GraphQL; docs/here 2 for GraphQL.
    const apis = [orders, users, shop];
    expect(told([found('naming/loud', 'users.yaml')], apis)).toEqual(['all 77 3/4', 'docs 100 1/1', 'naming 75 2/3']);
    expect(told([found('naming/middling', 'shop.graphql')], apis)).toEqual([
      'all 88 3/4',
      'docs 100 1/1',
      'naming 87 2/3',
    ]);
  });

  it('holds what stands in a shared file against all who share it, and what stands nowhere against all', () => {
    const apis = [orders, users];
    expect(told([found('naming/loud', 'shared.yaml')], apis)).toEqual(['all 42 2/3', 'naming 42 2/3']);
    expect(told([found('naming/loud', 'nowhere.yaml')], apis)).toEqual(['all 42 2/3', 'naming 42 2/3']);
  });

  it('takes no rule for kept in an API that cannot be read to its end', () => {
    const syntax = found('structure/syntax', 'users.yaml');
    expect(told([syntax], [users])).toEqual(['all 0 0/3', 'naming 0 0/3']);
    expect(told([syntax], [orders, users])).toEqual(['all 50 0/3', 'naming 50 0/3']);
  });

  it('leaves out rules that did not run and findings of rules that nobody knows', () => {
    expect(told([found('naming/absent', 'orders.yaml'), found('their-rule', 'orders.yaml')])).toEqual(told([]));
  });

  it('is not given where nothing was judged', () => {
    expect(told([], [])).toEqual([]);
    expect(scoresOf([], [{ language: 'graphql', files: [] }], new Map([rule('docs/elsewhere', 'error')]))).toEqual([]);
  });

  it('never falls when there are fewer findings, and is 100 only when there are none', () => {
    const problem = fc
      .tuple(
        fc.constantFrom(...rules.keys(), 'structure/syntax'),
        fc.constantFrom('orders.yaml', 'shared.yaml', 'shop.graphql', 'other'),
      )
      .map(([id, path]) => found(id, path));
    const apis = [orders, users, shop];
    fc.assert(
      fc.property(fc.array(problem, { maxLength: 12 }), fc.nat(), (problems, nth) => {
        const fewer = problems.filter((_, i) => i !== nth % Math.max(1, problems.length));
        const before = scoresOf(problems, apis, rules);
        const after = scoresOf(fewer, apis, rules);
        for (const [i, { value, kept, rules }] of before.entries()) {
          expect(after[i]!.value).toBeGreaterThanOrEqual(value);
          expect(value === 100).toBe(kept === rules);
        }
      }),
    );
  });
});
