import { Chalk, type ChalkInstance } from 'chalk';
import { frame, printable } from '../text/frame.ts';
import type { LocatedRelated, Problem, Severity } from '../text/problem.ts';
import type { Report } from './report.ts';
import { groupByFile, hidden, plural } from './summary.ts';

/** Findings of one rule in one file from which on only the first few are shown with their frame and help. */
const many = 10;
const framedOfMany = 3;
/** How many problems a reader can take in without a table of the rules behind them. */
const fewProblems = 20;
const rulesInTable = 5;
/** Room for positions and line numbers, so that they stand below each other. */
const gutterWidth = 8;

/** For people: the problems of each file with the lines they are about, and what it all comes to. */
export function pretty(report: Report): string {
  const chalk = new Chalk({ level: report.color ? 1 : 0 });
  if (report.problems.length === 0) return `${chalk.green('✓')} ${allGood(report)}\n`;
  const table = report.problems.length > fewProblems ? ruleTable(report, chalk) : '';
  return `${prettyProblems(report)}\n${table}${summary(report, chalk)}\n${chalk.dim(explainHint(report))}\n`;
}

/** The problems alone, file by file, without the summary: what examples of rules are shown with. */
export function prettyProblems(report: Pick<Report, 'problems' | 'color'>): string {
  const chalk = new Chalk({ level: report.color ? 1 : 0 });
  return [...groupByFile(report.problems).values()].map((problems) => fileSection(problems, chalk)).join('\n');
}

/** A file's heading and its problems in their order. Of a rule with many, the later ones take one line each. */
function fileSection(problems: readonly Problem[], chalk: ChalkInstance): string {
  const counts = countRules(problems);
  const shown = new Map<string, number>();
  const lines = [chalk.underline(printable(problems[0]!.range.source.path))];
  let framed = true;
  for (const problem of problems) {
    const nth = (shown.get(problem.rule) ?? 0) + 1;
    shown.set(problem.rule, nth);
    const inFull = counts.get(problem.rule)! <= many || nth <= framedOfMany;
    if (inFull || framed) lines.push('');
    lines.push(headline(problem, chalk));
    if (inFull) lines.push(...details(problem, chalk));
    framed = inFull;
  }
  lines.push('');
  return lines.join('\n');
}

function countRules(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of problems) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}

function headline({ range, severity, message, rule }: Problem, chalk: ChalkInstance): string {
  const { line, column } = range.source.position(range.start);
  const label = colorOf(severity, chalk)(severity.padEnd(5));
  const position = `${line}:${column}`.padStart(gutterWidth);
  return `${chalk.dim(position)}  ${label}  ${emphasize(printable(message), chalk)}  ${chalk.dim(rule)}`;
}

function colorOf(severity: Severity, chalk: ChalkInstance): ChalkInstance {
  return { error: chalk.red, warn: chalk.yellow, info: chalk.blue }[severity];
}

/** Sets what stands in backticks in bold. */
function emphasize(message: string, chalk: ChalkInstance): string {
  return chalk.level === 0 ? message : message.replace(/`[^`]+`/g, (name) => chalk.bold(name));
}

/** The line that a problem is about, the range underlined, and what else there is to say, aligned with the line's text. */
function details({ range, severity, help, related }: Problem, chalk: ChalkInstance): string[] {
  const { line, text, indent, width } = frame(range);
  const gutter = String(line).padStart(gutterWidth);
  const blank = ' '.repeat(gutterWidth);
  const lines = [
    `${chalk.dim(`${gutter} │`)} ${text}`,
    `${blank} ${chalk.dim('│')} ${' '.repeat(indent)}${colorOf(severity, chalk)('^'.repeat(width))}`,
  ];
  if (help !== undefined) lines.push(`${blank} ${chalk.cyan('help:')} ${emphasize(printable(help), chalk)}`);
  for (const note of related) lines.push(`${blank} ${chalk.dim('see:')} ${relatedNote(note, chalk)}`);
  return lines;
}

function relatedNote({ message, range }: LocatedRelated, chalk: ChalkInstance): string {
  const { line, column } = range.source.position(range.start);
  return `${printable(range.source.path)}:${line}:${column} ${chalk.dim(printable(message))}`;
}

/** The rules with the most findings, with what they ask for. */
function ruleTable({ problems, rules }: Report, chalk: ChalkInstance): string {
  const counts = [...countRules(problems)].sort(([, a], [, b]) => b - a);
  if (counts.length === 1) return '';
  const top = counts.slice(0, rulesInTable);
  const digits = String(top[0]![1]).length;
  const columns = Math.max(...top.map(([id]) => id.length));
  const rows = top.map(([id, count]) =>
    `  ${String(count).padStart(digits)}  ${id.padEnd(columns)}  ${chalk.dim(rules.get(id)?.summary ?? '')}`.trimEnd(),
  );
  return `Most frequent:\n${rows.join('\n')}\n\n`;
}

function summary(report: Report, chalk: ChalkInstance): string {
  const { error, warn, info } = report.counts;
  const counts = [
    error && chalk.red.bold(plural(error, 'error')),
    warn && chalk.yellow.bold(plural(warn, 'warning')),
    info && chalk.blue.bold(plural(info, 'info')),
  ].filter(Boolean);
  const found = new Set(report.problems.map(({ range }) => range.source.path)).size;
  return `${counts.join(', ')} in ${plural(found, 'file')}${hidden(report)}`;
}

function allGood(report: Report): string {
  return `All good: ${plural(report.files, 'file')} checked, no problems${hidden(report)}.`;
}

function explainHint({ problems }: Report): string {
  const rules = new Set(problems.map(({ rule }) => rule));
  const [first] = rules;
  return `\`apiarch explain ${rules.size === 1 ? first : 'RULE'}\` tells why a rule is there and how to keep it.`;
}
