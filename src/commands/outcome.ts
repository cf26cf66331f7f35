import { maturityOf } from '../conventions/openapi/maturity.ts';
import type { Api, Apis } from '../languages/language.ts';
import type { EnabledRule, LintResult } from '../lint/lint.ts';
import { type ApiSummary, countProblems, type Report, type RuleSummary } from '../report/report.ts';
import { scoresOf } from '../report/score.ts';
import { rules as ownRules } from '../rules/index.ts';
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
  const summaries = new Map(rules.map((rule) => [rule.id, summaryOf(rule, severities.get(rule.id) ?? null)]));
  const judged = apis.map(judgedApi);
  return {
    problems,
    counts: countProblems(problems),
    apis: judged,
    scores: scoresOf(result.problems, judged, summaries),
    files: countFiles(apis),
    suppressed: result.suppressed,
    baselined: 0,
    rules: summaries,
    docs: 'docs/rules',
  };
}

function judgedApi(api: Api): ApiSummary {
  const { language, sources } = api;
  return {
    language,
    files: sources.map(({ path }) => path),
    get maturity() {
      return language === 'openapi' ? maturityOf(api as Apis['openapi']) : undefined;
    },
  };
}

function summaryOf(rule: Rule, severity: Severity | null): RuleSummary {
  const { id, summary, why, checks } = rule;
  const page = own.has(rule) ? {} : { page: rule.sources.find((source) => /^https?:/.test(source)) ?? null };
  return { summary, why, principle: id.split('/', 1)[0]!, languages: Object.keys(checks), severity, ...page };
}

/** The rules that come with apiarch. */
const own: ReadonlySet<Rule> = new Set(ownRules);

/** How many files APIs are made of; one that several share counts once. */
export function countFiles(apis: readonly Api[]): number {
  return new Set(apis.flatMap(({ sources }) => sources.map(({ path }) => path))).size;
}
