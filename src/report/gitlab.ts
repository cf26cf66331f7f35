import { hash } from 'node:crypto';
import { fingerprint } from '../text/fingerprint.ts';
import { printable } from '../text/frame.ts';
import type { Problem, Severity } from '../text/problem.ts';
import type { Report } from './report.ts';
import { inOneLine } from './summary.ts';

/** GitLab knows `info`, `minor`, `major`, `critical` and `blocker`. */
const severities: Readonly<Record<Severity, string>> = { error: 'critical', warn: 'major', info: 'info' };

/** A Code Quality report of GitLab: the subset of Code Climate's format that it reads. */
export function gitlab(report: Report): string {
  const seen = new Map<string, number>();
  const issues = report.problems.map((problem) => issueOf(problem, seen));
  return `${JSON.stringify(issues, null, 2)}\n`;
}

/** @param seen how often each fingerprint of a file has come up so far */
function issueOf(problem: Problem, seen: Map<string, number>) {
  const { source, start, end } = problem.range;
  return {
    description: printable(inOneLine(problem)),
    check_name: problem.rule,
    fingerprint: uniqueFingerprint(problem, seen),
    severity: severities[problem.severity],
    location: { path: source.path, lines: { begin: source.position(start).line, end: source.position(end).line } },
  };
}

/** GitLab drops what has the fingerprint of another: alike problems are told apart by file and by their order in it. */
function uniqueFingerprint(problem: Problem, seen: Map<string, number>): string {
  const key = `${fingerprint(problem)} ${problem.range.source.path}`;
  const before = seen.get(key) ?? 0;
  seen.set(key, before + 1);
  return hash('sha256', `${key} ${before}`, 'hex').slice(0, 32);
}
