import { type Problem, type Severity, severities } from '../text/problem.ts';
import { type Report, rulePage } from './report.ts';

const nouns: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'info' };

/** What there is of each severity: `1 error, 2 warnings`; `no problems` where there is none. */
export function countsInWords(counts: Report['counts']): string {
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => plural(counts[severity], nouns[severity]));
  return parts.length > 0 ? parts.join(', ') : 'no problems';
}

/** What the report leaves out, in brackets behind a blank; empty where it leaves nothing out. */
export function hidden({ suppressed, baselined }: Pick<Report, 'suppressed' | 'baselined'>): string {
  const parts = [suppressed && `${suppressed} suppressed`, baselined && `${baselined} in the baseline`].filter(Boolean);
  return parts.length > 0 ? ` (${parts.join(', ')})` : '';
}

/** `1 file`, `2 files`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The problems of each file by its path, in the order in which they come. */
export function groupByFile(problems: readonly Problem[]): Map<string, Problem[]> {
  return groupBy(problems, ({ range }) => range.source.path);
}

/** The problems of each key, in the order in which they come. */
export function groupBy(problems: readonly Problem[], keyOf: (problem: Problem) => string): Map<string, Problem[]> {
  const groups = new Map<string, Problem[]>();
  for (const problem of problems) {
    const key = keyOf(problem);
    const group = groups.get(key);
    if (group) group.push(problem);
    else groups.set(key, [problem]);
  }
  return groups;
}

/** The problems with the loudest first, otherwise in the order in which they come. */
export function loudestFirst(problems: readonly Problem[]): Problem[] {
  return severities.flatMap((severity) => problems.filter((problem) => problem.severity === severity));
}

/** What is wrong and what to do about it, on one line. */
export function inOneLine({ message, help }: Pick<Problem, 'message' | 'help'>): string {
  return help === undefined ? message : `${message} ${help}`;
}

/** Whether the pages of the rules stand somewhere in the web, so that links to them lead there from anywhere. */
export function isAddress(docs: string): boolean {
  return /^https?:\/\//.test(docs);
}

/** The address of a rule's page on the web; null when it has none, or nothing is known of the rule. */
export function ruleAddress(report: Report, rule: string): string | null {
  const page = report.rules.has(rule) ? rulePage(report, rule) : null;
  return page !== null && isAddress(page) ? page : null;
}
