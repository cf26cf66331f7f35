import { printable } from '../text/frame.ts';
import type { Problem } from '../text/problem.ts';
import type { Report } from './report.ts';

/** One line per problem, `file:line:column severity rule message`, for grep and for editors; nothing when there is none. */
export function compact(report: Report): string {
  return report.problems.map(line).join('');
}

function line({ range, severity, rule, message }: Problem): string {
  const { line, column } = range.source.position(range.start);
  return `${printable(range.source.path)}:${line}:${column} ${severity} ${rule} ${printable(message)}\n`;
}
