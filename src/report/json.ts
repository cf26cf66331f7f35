import { fingerprint } from '../text/fingerprint.ts';
import type { Range } from '../text/place.ts';
import type { Problem } from '../text/problem.ts';
import { type Report, rulePage } from './report.ts';

/** The report as JSON, version 1: a public format, which changes only on purpose. */
export function json(report: Report): string {
  const { counts, files, suppressed, baselined, scores } = report;
  const score = scores?.[0]?.value;
  const problems = report.problems.map((problem) => problemAsJson(report, problem));
  return `${JSON.stringify({ version: 1, problems, counts, score, files, suppressed, baselined }, null, 2)}\n`;
}

function problemAsJson(report: Report, problem: Problem) {
  const { rule, severity, message, help, range, element, related, fix } = problem;
  return {
    rule,
    severity,
    message,
    ...(help !== undefined && { help }),
    ...rangeAsJson(range),
    element,
    fixable: fix !== undefined,
    fingerprint: fingerprint(problem),
    url: rulePage(report, rule),
    related: related.map(({ message, range }) => ({ message, ...rangeAsJson(range) })),
  };
}

function rangeAsJson({ source, start, end }: Range) {
  return { file: source.path, start: source.position(start), end: source.position(end) };
}
