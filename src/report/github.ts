import { printable } from '../text/frame.ts';
import type { Range } from '../text/place.ts';
import type { Problem, Severity } from '../text/problem.ts';
import type { Report } from './report.ts';
import { countsInWords, hidden, loudestFirst, plural } from './summary.ts';

/** How many annotations of one kind GitHub shows for a step; the others stand in its log only. */
const shown = 10;
const commands: Readonly<Record<Severity, string>> = { error: 'error', warn: 'warning', info: 'notice' };

/**
 * Workflow commands of GitHub Actions, which become annotations: the loudest first, since only the first few are shown.
 * Where there are more, a notice with the counts stands before the other notices, or it would not be shown itself.
 */
export function github(report: Report): string {
  const sorted = loudestFirst(report.problems);
  const firstInfo = sorted.findIndex(({ severity }) => severity === 'info');
  const cut = firstInfo === -1 ? sorted.length : firstInfo;
  return [
    ...sorted.slice(0, cut).map(annotation),
    ...(Object.values(report.counts).some((count) => count > shown) ? [overview(report)] : []),
    ...sorted.slice(cut).map(annotation),
  ].join('');
}

function annotation({ severity, rule, message, help, range }: Problem): string {
  const body = help === undefined ? printable(message) : `${printable(message)}\n${printable(help)}`;
  const title = `apiarch ${rule}`;
  return command(commands[severity], { file: range.source.path, ...positions(range), title }, body);
}

/** GitHub takes columns only of what stands on one line. */
function positions({ source, start, end }: Range): Record<string, number> {
  const from = source.position(start);
  const to = source.position(end);
  if (from.line !== to.line) return { line: from.line, endLine: to.line };
  return { line: from.line, col: from.column, endLine: to.line, endColumn: to.column };
}

function overview(report: Report): string {
  const all = `${countsInWords(report.counts)} in ${plural(report.files, 'file')}${hidden(report)}`;
  return command('notice', { title: 'apiarch' }, `${all}. GitHub shows ${shown} of each kind; the log has them all.`);
}

function command(name: string, properties: Readonly<Record<string, string | number>>, body: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(body)}\n`;
}

/** As the runner undoes it: `%`, and what would end the line. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
