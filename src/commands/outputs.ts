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

/**
 * Reads what `--format` was given.
 * @param formats each a name, or `name:file`
 * @throws Failure when there is no such report, or two are to go to standard output
 */
export function outputsOf(formats: readonly string[]): ReportOutput[] {
  const outputs = formats.map((format) => {
    const [, name, file] = /^([^:]*)(?::(.*))?$/s.exec(format)!;
    mustBeKnown('format', name!, Object.keys(reporters));
    if (file === '') throw new Failure(`\`--format ${format}\` names no file behind the colon.`);
    return { reporter: name as ReporterName, file: file ?? null };
  });
  if (outputs.filter(({ file }) => file === null).length > 1) {
    throw new Failure(
      'only one report can go to standard output; give the others a file: `--format json:report.json`.',
    );
  }
  return outputs;
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
