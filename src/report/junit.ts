import { compareText, type Problem } from '../text/problem.ts';
import type { Report } from './report.ts';
import { groupBy, groupByFile, inOneLine, loudestFirst, plural } from './summary.ts';
import { attributes, escapeXml } from './xml.ts';

/**
 * The XML of JUnit as Jenkins and GitLab read it: a suite for each file, in it a failing test for each rule that found
 * something there, or a passing one. A test has one failure, since some readers take no more; it lists all problems.
 */
export function junit(report: Report): string {
  const found = groupByFile(report.problems);
  const paths = new Set([...report.apis.flatMap(({ files }) => files), ...found.keys()]);
  const suites = [...paths].sort(compareText).map((path) => suiteOf(path, found.get(path) ?? []));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites${attributes({ name: 'apiarch', ...total(suites), time: 0 })}>\n`,
    ...suites.map(({ xml }) => xml),
    '</testsuites>\n',
  ].join('');
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly xml: string;
}

function total(suites: readonly Suite[]) {
  const sum = (key: 'tests' | 'failures') => suites.reduce((total, suite) => total + suite[key], 0);
  return { tests: sum('tests'), failures: sum('failures'), errors: 0 };
}

function suiteOf(path: string, problems: readonly Problem[]): Suite {
  const failing = [...groupBy(problems, ({ rule }) => rule)].sort(([a], [b]) => compareText(a, b));
  const tests = Math.max(1, failing.length);
  const failures = failing.length;
  const cases = failures > 0 ? failing.map(([rule, group]) => failingCase(path, rule, group)) : [passingCase(path)];
  const counts = { name: path, tests, failures, errors: 0, skipped: 0, time: 0 };
  return { tests, failures, xml: `  <testsuite${attributes(counts)}>\n${cases.join('')}  </testsuite>\n` };
}

function passingCase(path: string): string {
  return `    <testcase${attributes({ name: 'all rules', classname: path, time: 0 })}/>\n`;
}

/** GitLab knows a test by its class and its name: together they are unique. */
function failingCase(path: string, rule: string, problems: readonly Problem[]): string {
  const message = problems.length === 1 ? problems[0]!.message : plural(problems.length, 'problem');
  const type = loudestFirst(problems)[0]!.severity;
  return [
    `    <testcase${attributes({ name: rule, classname: path, time: 0 })}>\n`,
    `      <failure${attributes({ message, type })}>\n`,
    ...problems.map((problem) => `${escapeXml(line(problem))}\n`),
    '      </failure>\n    </testcase>\n',
  ].join('');
}

function line(problem: Problem): string {
  const { range, severity } = problem;
  const { line, column } = range.source.position(range.start);
  return `${range.source.path}:${line}:${column} ${severity} ${inOneLine(problem)}`;
}
