import type { Api } from '../languages/language.ts';
import type { EnabledRule, LintResult } from '../lint/lint.ts';
import { countProblems, type Report, type RuleSummary } from '../report/report.ts';
import type { Rule } from '../rules/rule.ts';
import type { Severity } from '../text/problem.ts';

/**
 * What reporters get to know of a run.
 * @param problems those of the result that are to be told
 * @param rules all rules there are
 */
export function reportOn(
  result: LintResult,
  problems: Report['problems'],
  apis: readonly Api[],
  rules: readonly Rule[],
  enabled: readonly EnabledRule[],
): Omit<Report, 'color'> {
  const severities = new Map(enabled.map(({ rule, severity }) => [rule.id, severity]));
  return {
    problems,
    counts: countProblems(problems),
    apis: apis.map(({ language, sources }) => ({ language, files: sources.map(({ path }) => path) })),
    files: countFiles(apis),
    suppressed: result.suppressed,
    baselined: 0,
    rules: new Map(rules.map((rule) => [rule.id, summaryOf(rule, severities.get(rule.id) ?? null)])),
    docs: 'docs/rules',
  };
}

function summaryOf({ id, summary, why, checks }: Rule, severity: Severity | null): RuleSummary {
  return { summary, why, principle: id.split('/', 1)[0]!, languages: Object.keys(checks), severity };
}

/** How many files APIs are made of; one that several share counts once. */
export function countFiles(apis: readonly Api[]): number {
  return new Set(apis.flatMap(({ sources }) => sources.map(({ path }) => path))).size;
}
