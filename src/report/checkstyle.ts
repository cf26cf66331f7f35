import type { Problem, Severity } from '../text/problem.ts';
import type { Report } from './report.ts';
import { groupByFile, inOneLine } from './summary.ts';
import { attributes } from './xml.ts';

const severities: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'info' };

/** The XML of Checkstyle 4.3, which Jenkins, SonarQube and reviewdog read. */
export function checkstyle(report: Report): string {
  const files = [...groupByFile(report.problems)].map(([path, problems]) => fileElement(path, problems));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${files.join('')}</checkstyle>\n`;
}

function fileElement(path: string, problems: readonly Problem[]): string {
  return `  <file${attributes({ name: path })}>\n${problems.map(errorElement).join('')}  </file>\n`;
}

function errorElement(problem: Problem): string {
  const { line, column } = problem.range.source.position(problem.range.start);
  const severity = severities[problem.severity];
  const source = `apiarch.${problem.rule}`;
  return `    <error${attributes({ line, column, severity, message: inOneLine(problem), source })}/>\n`;
}
