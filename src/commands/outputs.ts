import { Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Report } from '../report/report.ts';
import { type ReporterName, reporters } from '../report/reporters.ts';
import { mustBeKnown, useColor } from './command.ts';

/** A report that is wanted. */
export interface ReportOutput {
  readonly reporter: ReporterName;
  /** Where the report goes; null for standard output. */
  readonly file: string | null;
}

/** The flags that say which reports are wanted. */
export interface ReportFlags {
  /** Each a name, or `name:file`. */
  readonly format?: readonly string[];
  readonly fixDryRun?: boolean;
  /** Reports of earlier runs, for the one that shows a trend. */
  readonly trend?: readonly string[];
}

/**
 * The reports that flags ask for: `pretty` when they ask for none.
 * @throws Failure when there is no such report, or when flags ask for what cannot be had together
 */
export function outputsOf({ format, fixDryRun, trend }: ReportFlags): ReportOutput[] {
  const outputs = (format ?? []).map(outputOf);
  const printed = outputs.filter(({ file }) => file === null);
  // The diff has standard output for itself, so that `git apply` can read it.
  if (fixDryRun && printed.length > 0) {
    throw new Failure(
      '`--fix-dry-run` prints its diff on standard output; give the report a file: `--format json:report.json`.',
    );
  }
  if (printed.length > 1) {
    throw new Failure(
      'only one report can go to standard output; give the others a file: `--format json:report.json`.',
    );
  }
  const twice = outputs.find(
    ({ file }, index) => file !== null && outputs.some((one, at) => at < index && one.file === file),
  );
  if (twice) throw new Failure(`two reports cannot go to one file, \`${twice.file}\`.`);
  if (trend && !outputs.some(({ reporter }) => reporter === 'html')) {
    throw new Failure('`--trend` is shown by the report `html` alone: `--format html:report.html`.');
  }
  return outputs.length > 0 || fixDryRun ? outputs : [{ reporter: 'pretty', file: null }];
}

function outputOf(format: string): ReportOutput {
  const [, name, file] = /^([^:]*)(?::(.*))?$/s.exec(format)!;
  mustBeKnown('format', name!, Object.keys(reporters));
  if (file === '') throw new Failure(`\`--format ${format}\` names no file behind the colon.`);
  return { reporter: name as ReporterName, file: file ?? null };
}

/**
 * Writes reports to their files and to standard output.
 * @param color as the flag says; when it says nothing, the environment and the terminal do
 */
export async function writeReports(
  outputs: readonly ReportOutput[],
  report: Omit<Report, 'color'>,
  color: boolean | undefined,
  io: Io,
): Promise<void> {
  for (const { reporter, file } of outputs) {
    const render = await reporters[reporter]();
    if (file === null) io.stdout.write(render({ ...report, color: useColor(color, io.env, io.stdout) }));
    else io.write(file, render({ ...report, color: false }));
  }
}
