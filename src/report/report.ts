import type { Problem, Severity } from '../text/problem.ts';
import type { Score } from './score.ts';

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
  /** Where somebody else's rule is documented, null for nowhere; missing for our own, whose pages stand in `Report.docs`. */
  readonly page?: string | null;
  /** How loud it was in this run; null when it did not run. */
  readonly severity: Severity | null;
}

/** One API that was judged. */
export interface ApiSummary {
  /** `openapi`, `graphql` or `protobuf`. */
  readonly language: string;
  /** The paths of its files, the entry first. */
  readonly files: readonly string[];
  /** Where it stands in Richardson's maturity model; undefined for what is not REST. Worked out when it is asked for. */
  readonly maturity?: Maturity | undefined;
}

/** A level of Richardson's maturity model, and how an API comes by it. */
export interface Maturity {
  /** 0 to 3. */
  readonly level: number;
  /** What levels 1 to 3 ask for, whether it is there, and a sentence with the figures. */
  readonly steps: readonly { readonly level: number; readonly reached: boolean; readonly reason: string }[];
}

/** An earlier run, for the trend. */
export interface EarlierRun {
  /** What to call it: the name of its report without the ending. */
  readonly name: string;
  readonly counts: Readonly<Record<Severity, number>>;
  /** The score of all rules, where the report has one. */
  readonly score: number | null;
}

/** The outcome of a run as plain data: all that a reporter gets to know. */
export interface Report {
  /** In the order of `compareProblems`. */
  readonly problems: readonly Problem[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly apis: readonly ApiSummary[];
  /** Of all rules, then by principle; they count all findings of the run, also those that a report leaves out. */
  readonly scores?: readonly Score[];
  /** Oldest first. */
  readonly earlier?: readonly EarlierRun[];
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

/** The page that documents a rule: `docs/rules/pagination/list-paginated.md`; null when a rule of somebody else has none. */
export function rulePage({ docs, rules }: Report, rule: string): string | null {
  const page = rules.get(rule)?.page;
  return page === undefined ? `${docs}/${rule}.md` : page;
}
