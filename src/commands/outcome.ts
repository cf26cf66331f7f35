import type { Api } from '../languages/language.ts';
import type { LintResult } from '../lint/lint.ts';
import { countProblems, type Report } from '../report/report.ts';
import type { Rule } from '../rules/rule.ts';

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
): Omit<Report, 'color'> {
  return {
    problems,
    counts: countProblems(problems),
    files: countFiles(apis),
    suppressed: result.suppressed,
    baselined: 0,
    rules: new Map(rules.map(({ id, summary, why }) => [id, { summary, why, principle: id.split('/', 1)[0]! }])),
    docs: 'docs/rules',
  };
}

/** How many files APIs are made of; one that several share counts once. */
export function countFiles(apis: readonly Api[]): number {
  return new Set(apis.flatMap(({ sources }) => sources.map(({ path }) => path))).size;
}
