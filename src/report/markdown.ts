import { printable } from '../text/frame.ts';
import type { Problem } from '../text/problem.ts';
import { countProblems, type Report } from './report.ts';
import { countsInWords, groupByFile, hidden, inOneLine, loudestFirst, plural, ruleAddress } from './summary.ts';

/** As many problems as somebody may read in a comment. */
const mostProblems = 200;
/** GitHub takes comments of 65,536 characters; what is left is for the words that a workflow puts around them. */
const mostCharacters = 60_000;
const longestCell = 600;
/** Files with more problems than this are folded up. */
const fewProblems = 10;
const signs = { error: '❌', warn: '⚠️', info: 'ℹ️' } as const;

/** For comments on pull requests and summaries of jobs: the counts, and a table for each file. */
export function markdown(report: Report): string {
  const headline = `### apiarch: ${countsInWords(report.counts)} in ${filesOf(report)}${hidden(report)}\n`;
  const rows = affordable(report);
  const files = [...groupByFile(report.problems)].map(([path, problems]) => fileSection(path, problems, rows));
  return [headline, ...files, remainder(report, rows.size)].filter((part) => part !== '').join('\n');
}

function filesOf({ problems, files }: Report): string {
  return plural(problems.length === 0 ? files : groupByFile(problems).size, 'file');
}

/** The problems that there is room for and their rows: the loudest, where there is not room for all. */
function affordable(report: Report): Map<Problem, string> {
  const rows = new Map<Problem, string>();
  const paths = new Set<string>();
  let left = mostCharacters;
  for (const problem of loudestFirst(report.problems).slice(0, mostProblems)) {
    const { path } = problem.range.source;
    const row = rowOf(report, problem);
    left -=
      row.length + (paths.has(path) ? 0 : sectionHead(path, report.problems, true).length + sectionFoot.length + 1);
    if (left < 0) break;
    paths.add(path);
    rows.set(problem, row);
  }
  return rows;
}

/** A file with those of its problems that have a row, empty when none has. */
function fileSection(path: string, problems: readonly Problem[], rows: ReadonlyMap<Problem, string>): string {
  const shown = problems.flatMap((problem) => rows.get(problem) ?? []);
  if (shown.length === 0) return '';
  return `${sectionHead(path, problems, shown.length <= fewProblems)}${shown.join('')}${sectionFoot}`;
}

function sectionHead(path: string, problems: readonly Problem[], open: boolean): string {
  const counts = countsInWords(countProblems(problems));
  return [
    `<details${open ? ' open' : ''}><summary><code>${escapeHtml(path)}</code>: ${counts}</summary>\n\n`,
    '| Severity | Line | Problem | Rule |\n|---|---:|---|---|\n',
  ].join('');
}

const sectionFoot = '\n</details>\n';

function rowOf(report: Report, problem: Problem): string {
  const { rule, severity, range } = problem;
  const name = escapeText(rule);
  const page = ruleAddress(report, rule);
  const linked = page === null ? name : `[${name}](${page})`;
  const { line } = range.source.position(range.start);
  return `| ${signs[severity]} ${severity} | ${line} | ${cell(inOneLine(problem))} | ${linked} |\n`;
}

function remainder({ problems }: Report, shown: number): string {
  const rest = problems.length - shown;
  if (rest === 0) return '';
  const those = countsInWords(countProblems(loudestFirst(problems).slice(shown)));
  return `… and ${plural(rest, 'more problem')}: ${those}. \`apiarch lint\` shows them all.\n`;
}

/** A message in a cell of a table: its code spans stay what they are, all else is only text. */
function cell(message: string): string {
  const line = printable(message.length > longestCell ? `${message.slice(0, longestCell)}…` : message);
  return line
    .split(/(`[^`]+`)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : escapeText(part)))
    .join('');
}

/** In a table a pipe ends the cell even in a code span, and before it a backslash cannot be written there. */
function codeSpan(span: string): string {
  return span.includes('\\|') ? escapeText(span) : span.replaceAll('|', '\\|');
}

/** Text without markup, HTML, mentions (`@name`) or references (`#12`). */
function escapeText(text: string): string {
  return escapeHtml(text)
    .replace(/[\\`*[\]~$]|(?<![a-z\d])_|_(?![a-z\d])/gi, '\\$&')
    .replace(/(?<=[@#])(?=\w)/g, '\u200b')
    .replace(/(?<=https?)(?=:\/\/)|(?<=www)(?=\.)/gi, '\u200b')
    .replaceAll('|', '&#124;');
}

function escapeHtml(text: string): string {
  return printable(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
