import { basename } from 'node:path/posix';
import { Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { EarlierRun } from '../report/report.ts';
import { severities } from '../text/problem.ts';

/**
 * Reads the reports of earlier runs, as `--format json` writes them.
 * @param files oldest first
 * @throws Failure when one cannot be read, or is no such report
 */
export function readTrend(files: readonly string[], io: Io): readonly EarlierRun[] {
  return files.map((file) => {
    const { counts, score } = parsed(io.read(file), file);
    return { name: basename(file.replaceAll('\\', '/')).replace(/\.json$/i, ''), counts, score };
  });
}

function parsed(text: string, file: string): Pick<EarlierRun, 'counts' | 'score'> {
  const report = objectOr(readJson(text));
  const counts = objectOr(report['counts']);
  const numbers = severities.map((severity) => [severity, counts[severity]] as const);
  if (report['version'] !== 1 || !numbers.every(([, count]) => isCount(count))) {
    throw new Failure(`\`${file}\` is no report of \`apiarch lint --format json\`, which \`--trend\` takes.`);
  }
  const score = report['score'];
  return {
    counts: Object.fromEntries(numbers) as EarlierRun['counts'],
    score: isCount(score) && score <= 100 ? score : null,
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function objectOr(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
