import type { Problem, Severity } from '../text/problem.ts';

/** What reports say of a rule besides its findings. */
export interface RuleSummary {
  /** Completes "apiarch checks that …", in lower case, without a full stop. */
  readonly summary: string;
  /** The folder of the rule: `pagination`. */
  readonly principle: string;
  /** Markdown: who is hurt when the rule is broken. */
  readonly why: string;
  /** The languages that it judges. */
  readonly languages: readonly string[];
  /** How loud it was in this run; null when it did not run. */
  readonly severity: Severity | null;
}

/** One API that was judged. */
export interface ApiSummary {
  /** `openapi`, `graphql` or `protobuf`. */
  readonly language: string;
  /** The paths of its files, the entry first. */
  readonly files: readonly string[];
}

/** The outcome of a run as plain data: all that a reporter gets to know. */
export interface Report {
  /** In the order of `compareProblems`. */
  readonly problems: readonly Problem[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly apis: readonly ApiSummary[];
  /** How many files were judged. */
  readonly files: number;
  /** How many findings a note in a document silenced. */
  readonly suppressed: number;
  /** How many findings the baseline knows. */
  readonly baselined: number;
  /** By id, at least the rules that `problems` name; a rule that is missing is printed by its id alone. */
  readonly rules: ReadonlyMap<string, RuleSummary>;
  /** Where the pages of the rules stand: an address or a path in the repository, without a slash at the end. */
  readonly docs: string;
  /** Whether the report may carry terminal colours. */
  readonly color: boolean;
}

/** Turns a report into text that ends in a line break. Pure: the same report gives the same text. */
export type Reporter = (report: Report) => string;

/** How many problems there are of each severity. */
export function countProblems(problems: readonly Problem[]): Record<Severity, number> {
  const counts = { error: 0, warn: 0, info: 0 };
  for (const problem of problems) counts[problem.severity]++;
  return counts;
}

/** The page that documents a rule: `docs/rules/pagination/list-paginated.md`. */
export function rulePage(report: Report, rule: string): string {
  return `${report.docs}/${rule}.md`;
}
