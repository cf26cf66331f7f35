import type { Command } from 'commander';
import { type Config, type ConfigChoice, loadConfig } from '../config/config.ts';
import { type Policy, policyOf } from '../config/policy.ts';
import { levels, type Pick, ruleNames, rulesets } from '../config/rulesets.ts';
import { Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Api } from '../languages/language.ts';
import { type LintResult, lint } from '../lint/lint.ts';
import { countProblems, type Report } from '../report/report.ts';
import { type ReporterName, reporters } from '../report/reporters.ts';
import { rules } from '../rules/index.ts';
import type { Rule } from '../rules/rule.ts';
import { type Problem, type Severity, severities } from '../text/problem.ts';
import {
  type CommonFlags,
  type ConfigFlags,
  example,
  many,
  mustBeKnown,
  oneOf,
  takeConfig,
  useColor,
  wholeNumber,
} from './command.ts';
import { type DocumentFlags, findDocuments, readDocuments } from './documents.ts';
import { countFiles, reportOn } from './outcome.ts';
import { progressBar } from './progress.ts';

interface Flags extends CommonFlags, ConfigFlags, DocumentFlags {
  readonly ruleset?: readonly string[];
  readonly rule?: readonly string[];
  readonly format?: readonly string[];
  readonly failOn?: Severity | 'never';
  readonly maxWarnings?: number;
  readonly quiet?: boolean;
  readonly timing?: boolean;
  readonly printConfig?: string;
}

export function define(command: Command, io: Io, exit: (status: number) => void): void {
  example(command, 'apiarch lint openapi.yaml');
  takeConfig(command)
    .description('Checks API documents against the rules. Without paths: all below the working directory.')
    .argument('[paths...]', 'files, folders, globs, or - for standard input')
    .option(
      '-r, --ruleset <name|file>',
      `${Object.keys(rulesets).join(', ')}, a file or a package, in the place of what the configuration extends; repeatable (default: recommended)`,
      many,
    )
    .option('--rule <id[=severity]>', 'run only this rule; repeatable', many)
    .option('-f, --format <name[:file]>', `${Object.keys(reporters).join(', ')}; repeatable (default: pretty)`, many)
    .option(
      '--fail-on <severity>',
      'error, warn, info or never (default: error)',
      oneOf('--fail-on', [...severities, 'never']),
    )
    .option('--max-warnings <n>', 'fail when there are more warnings', wholeNumber('--max-warnings'))
    .option('-q, --quiet', 'report errors only')
    .option('--print-config <file>', 'print the configuration that applies to this file, and judge nothing')
    .option('--allow-outside <dir>', 'let documents refer to files in this folder; repeatable', many)
    .option('--proto-path <dir>', 'a folder that imports of .proto files start from; repeatable', many)
    .option('--stdin-path <name>', 'what to call the document that comes through standard input', 'stdin')
    .option('--timing', 'tell on stderr how long each rule took')
    .action(async (paths: string[]) => exit(await run(paths, command.optsWithGlobals(), io)));
}

async function run(paths: readonly string[], flags: Flags, io: Io): Promise<number> {
  const outputs = outputsOf(flags.format ?? ['pretty']);
  const config = await loadConfig(choiceOf(flags), rules, io);
  const picks = picksOf(flags, config);
  if (flags.printConfig !== undefined) return print(flags.printConfig, config, picks, io);
  const policy = policyOf(config, picks);
  const { apis, reading } = await read(paths, flags, config, io);
  const result = judge(apis, policy, config.rules, flags, io);
  const open = takeOutKnown(result);
  const report = reportOn(open, told(open.problems, flags), apis, config.rules, policy.rules);
  await writeReports(outputs, report, flags, io);
  if (flags.timing) io.stderr.write(timingTable(reading, result.timings));
  return statusOf(open, flags, flags.failOn ?? config.failOn ?? 'error', io);
}

interface ReportOutput {
  readonly reporter: ReporterName;
  /** Where the report goes; null for standard output. */
  readonly file: string | null;
}

function outputsOf(formats: readonly string[]): ReportOutput[] {
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

function choiceOf({ config, ruleset }: Flags): ConfigChoice {
  return { ...(config !== undefined && { config }), ...(ruleset && { rulesets: ruleset }) };
}

/** The rules that are to run alone. */
function picksOf({ rule = [] }: Flags, { rules, spectral }: Config): Pick[] {
  const names = ruleNames(rules);
  return rule.map((text) => {
    const [id, level] = text.split(/=(.*)/s) as [string, string?];
    if (spectral.length === 0 || !id.startsWith('spectral/')) mustBeKnown('rule', id, names);
    return { id, level: level === undefined ? null : oneOf(`--rule ${id}`, levels)(level) };
  });
}

async function print(file: string, config: Config, picks: readonly Pick[], io: Io): Promise<number> {
  const { printedConfig } = await import('./print-config.ts');
  io.stdout.write(printedConfig(file, config, picks, io));
  return 0;
}

/** Finds and reads the documents; `reading` is the time that it took, in milliseconds. */
async function read(
  paths: readonly string[],
  flags: Flags,
  config: Config,
  io: Io,
): Promise<{ readonly apis: readonly Api[]; readonly reading: number }> {
  const start = io.now();
  const apis = readDocuments(await findDocuments(paths, flags, io, config));
  return { apis, reading: io.now() - start };
}

/** Runs the rules, with a bar for the patient. */
function judge(apis: readonly Api[], policy: Policy, known: readonly Rule[], flags: Flags, io: Io): LintResult {
  const progress = progressBar(io, flags.progress);
  const result = lint(apis, { ...policy, known, now: io.now, progress: progress.show });
  progress.clear();
  if (flags.verbose) io.stderr.write(`${apis.length} APIs, ${countFiles(apis)} files, ${policy.rules.length} rules\n`);
  return result;
}

/** What is left of a result without the problems that were known before. */
function takeOutKnown(result: LintResult): LintResult {
  return result;
}

async function writeReports(
  outputs: readonly ReportOutput[],
  report: Omit<Report, 'color'>,
  flags: Flags,
  io: Io,
): Promise<void> {
  for (const { reporter, file } of outputs) {
    const render = await reporters[reporter]();
    if (file === null) io.stdout.write(render({ ...report, color: useColor(flags.color, io.env, io.stdout) }));
    else io.write(file, render({ ...report, color: false }));
  }
}

function told(problems: readonly Problem[], { quiet }: Flags): readonly Problem[] {
  return quiet ? problems.filter(({ severity }) => severity === 'error') : problems;
}

/** Milliseconds by rule, slowest first. */
function timingTable(reading: number, timings: ReadonlyMap<string, number>): string {
  const total = [...timings.values()].reduce((sum, time) => sum + time, 0);
  const rows: [string, number][] = [
    ['(reading)', reading],
    ['(all rules)', total],
    ...[...timings].sort((a, b) => b[1] - a[1]),
  ];
  return rows.map(([name, time]) => `${time.toFixed(1).padStart(9)} ms  ${name}\n`).join('');
}

function statusOf({ problems, failed }: LintResult, flags: Flags, failOn: Severity | 'never', io: Io): number {
  for (const rule of failed)
    io.stderr.write(`apiarch: the rule \`${rule}\` broke down, so the report is not complete.\n`);
  if (failed.length > 0) return 2;
  const { warn } = countProblems(problems);
  const tooMany = warn > (flags.maxWarnings ?? Number.POSITIVE_INFINITY);
  if (tooMany) io.stderr.write(`apiarch: ${warn} warnings are more than the ${flags.maxWarnings} of --max-warnings.\n`);
  return tooMany || problems.some((problem) => counts(problem, failOn)) ? 1 : 0;
}

function counts({ severity }: Problem, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && severities.indexOf(severity) <= severities.indexOf(failOn);
}
