import type { Command } from 'commander';
import { type Config, type ConfigChoice, loadConfig } from '../config/config.ts';
import { type Policy, policyOf, silentIn } from '../config/policy.ts';
import { levels, type Pick as PickedRule, ruleNames, rulesets } from '../config/rulesets.ts';
import { Failure } from '../failure.ts';
import type { Io, Output } from '../io.ts';
import type { Api } from '../languages/language.ts';
import { type EnabledRule, type LintResult, lint } from '../lint/lint.ts';
import { countProblems } from '../report/report.ts';
import { reporters } from '../report/reporters.ts';
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
  wholeNumber,
} from './command.ts';
import { type DocumentFlags, type Found, findDocuments, readDocuments } from './documents.ts';
import type { FixFlags } from './fix.ts';
import type { KnownFlags } from './known.ts';
import { countFiles, reportOn } from './outcome.ts';
import { outputsOf, type ReportFlags, writeReports } from './outputs.ts';
import { progressBar } from './progress.ts';
import { loadSpectralRulesets, type Spectral } from './spectral.ts';
import { Timing } from './timing.ts';

interface Flags extends CommonFlags, ConfigFlags, DocumentFlags, FixFlags, KnownFlags, ReportFlags {
  readonly ruleset?: readonly string[];
  readonly rule?: readonly string[];
  readonly failOn?: Severity | 'never';
  readonly maxWarnings?: number;
  readonly quiet?: boolean;
  readonly timing?: boolean;
  readonly printConfig?: string;
  readonly watch?: boolean;
  readonly allowRemoteRefs?: readonly string[];
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
    .option('--fix', 'write what can be mended without changing the API for those who call it')
    .option('--fix-dry-run', 'print what --fix would do as a diff')
    .option('--unsafe-fixes', 'with either: also mend what changes the API')
    .option('--baseline <file>', 'leave out the findings that this file knows')
    .option('--update-baseline', 'write what is found into the baseline')
    .option('--since <gitref>', 'tell only what the merge base with this branch or commit does not have')
    .option('--trend <report.json>', 'an earlier JSON report, for the trend in the HTML report; repeatable', many)
    .option('--watch', 'run again whenever something changes')
    .option('--print-config <file>', 'print the configuration that applies to this file, and judge nothing')
    .option('--allow-outside <dir>', 'let documents refer to files in this folder; repeatable', many)
    .option('--allow-remote-refs <host>', 'let rulesets be read from this host; repeatable', many)
    .option('--proto-path <dir>', 'a folder that imports of .proto files start from; repeatable', many)
    .option('--stdin-path <name>', 'what to call the document that comes through standard input', 'stdin')
    .option('--timing', 'tell on stderr how long each phase and each rule took')
    .action(async (paths: string[]) => exit(await run(paths, command.optsWithGlobals(), io)));
}

async function run(paths: readonly string[], flags: Flags, io: Io): Promise<number> {
  failContradictions(paths, flags);
  if (!flags.watch) return runOnce(paths, flags, io);
  const { watch } = await import('./watch.ts');
  return watch(paths, (io) => runOnce(paths, flags, io), io);
}

function failContradictions(paths: readonly string[], flags: Flags): void {
  const { fix, fixDryRun, unsafeFixes, watch, updateBaseline } = flags;
  if (fix && fixDryRun) throw new Failure('`--fix` writes and `--fix-dry-run` does not; give one of them.');
  if (unsafeFixes && !fix && !fixDryRun) throw new Failure('`--unsafe-fixes` needs `--fix` or `--fix-dry-run`.');
  if (fix && paths.includes('-')) {
    throw new Failure('`--fix` writes into files, and standard input is none; `--fix-dry-run` shows what it would do.');
  }
  if (fixDryRun && updateBaseline) {
    throw new Failure('`--fix-dry-run` writes nothing, and `--update-baseline` writes; give one of them.');
  }
  if (fix && watch)
    throw new Failure('`--watch` waits for files to change, and `--fix` changes them; give one of them.');
}

async function runOnce(paths: readonly string[], flags: Flags, io: Io): Promise<number> {
  const outputs = outputsOf(flags);
  const config = await loadConfig(choiceOf(flags), rules, io);
  const picks = picksOf(flags, config);
  if (flags.printConfig !== undefined) return print(flags.printConfig, config, picks, io);
  const earlier = flags.trend && (await import('./trend.ts')).readTrend(flags.trend, io);
  const spectral = await loadSpectralRulesets(config, picks, flags.allowRemoteRefs ?? [], io);
  const lintRun = new LintRun(paths, flags, config, policyOf(config, picks), spectral, io);
  const { apis, outcome } = await lintRun.outcome();
  if (flags.verbose) io.stderr.write(`${apis.length} APIs, ${countFiles(apis)} files, ${lintRun.rules.length} rules\n`);
  const report = {
    ...reportOn(outcome.all, told(outcome.problems, flags), apis, lintRun.known, lintRun.rules),
    baselined: outcome.baselined,
    ...(earlier && { earlier }),
  };
  await writeReports(outputs, report, flags.color, io);
  if (flags.timing) io.stderr.write(lintRun.timing.table());
  return statusOf(outcome, flags, flags.failOn ?? config.failOn ?? 'error', io);
}

function choiceOf({ config, ruleset }: Flags): ConfigChoice {
  return { ...(config !== undefined && { config }), ...(ruleset && { rulesets: ruleset }) };
}

/** The rules that are to run alone. */
function picksOf({ rule = [] }: Flags, { rules, spectral }: Config): PickedRule[] {
  const names = ruleNames(rules);
  return rule.map((text) => {
    const [id, level] = text.split(/=(.*)/s) as [string, string?];
    if (spectral.length === 0 || !id.startsWith('spectral/')) mustBeKnown('rule', id, names);
    return { id, level: level === undefined ? null : oneOf(`--rule ${id}`, levels)(level) };
  });
}

async function print(file: string, config: Config, picks: readonly PickedRule[], io: Io): Promise<number> {
  const { printedConfig } = await import('./print-config.ts');
  io.stdout.write(printedConfig(file, config, picks, io));
  return 0;
}

/** What is left of the problems, and how the run went. */
interface Outcome extends LintResult {
  /** How many problems the baseline knows. */
  readonly baselined: number;
  /** With those that the baseline or the merge base knows. */
  readonly all: LintResult;
}

/** One run: what it goes by, and its steps. */
class LintRun {
  readonly #paths: readonly string[];
  readonly #flags: Flags;
  readonly #config: Config;
  readonly #policy: Policy;
  readonly #spectral: Spectral | null;
  readonly #io: Io;
  readonly timing = new Timing();

  constructor(
    paths: readonly string[],
    flags: Flags,
    config: Config,
    policy: Policy,
    spectral: Spectral | null,
    io: Io,
  ) {
    this.#paths = paths;
    this.#flags = flags;
    this.#config = config;
    this.#policy = policy;
    this.#spectral = spectral;
    this.#io = io;
  }

  /** The rules that run. */
  get rules(): readonly EnabledRule[] {
    return [...this.#policy.rules, ...(this.#spectral?.rules ?? [])];
  }

  /** All rules there are. */
  get known(): readonly Rule[] {
    return [...this.#config.rules, ...(this.#spectral?.rules.map(({ rule }) => rule) ?? [])];
  }

  /** Finds and judges, and fixes where that is asked for. */
  async outcome(): Promise<{ readonly apis: readonly Api[]; readonly outcome: Outcome }> {
    const found = await this.#time('finding', () => this.#find(this.#paths, this.#io));
    const apis = await this.#time('reading', () => readDocuments(found));
    const result = await this.#judge(apis, found);
    const flags = this.#flags;
    if (!flags.fix && !flags.fixDryRun) return { apis, outcome: await this.#open(apis, result, flags, this.#io) };
    const { runFixes } = await import('./fix.ts');
    // What is said of the baseline is for what is left in the end, and so is writing it.
    const silent = { ...this.#io, stderr: silence };
    const { updateBaseline, baseline, ...others } = flags;
    const path = baseline ?? this.#config.baseline;
    const isThere = path !== null && (!updateBaseline || this.#io.kind(path) !== null);
    const open = (apis: readonly Api[], result: LintResult) =>
      this.#open(apis, result, others, silent, isThere ? path : null);
    const before = { apis, result: await open(apis, result) };
    const again = async (apis: readonly Api[]) => open(apis, await this.#judge(apis, found));
    const after = await this.#time('fixing', () => runFixes(flags, found, before, again, this.#io));
    return { apis: after.apis, outcome: await this.#open(after.apis, after.result.all, flags, this.#io) };
  }

  #find(paths: readonly string[], io: Io): Promise<Found> {
    return findDocuments(paths, this.#flags, io, this.#config);
  }

  /** Runs the rules, with a bar for the patient. */
  async #judge(apis: readonly Api[], { aside }: Pick<Found, 'aside'>): Promise<LintResult> {
    const spectral = this.#spectral;
    const foreign = spectral && (await this.#time('Spectral', () => spectral.judge(apis)));
    const progress = progressBar(this.#io, this.#flags.progress);
    const result = lint(apis, {
      ...silentIn(aside, this.#policy),
      known: this.known,
      others: foreign?.problems ?? [],
      now: this.#io.now,
      progress: progress.show,
    });
    progress.clear();
    this.timing.addRules(result.timings);
    return { ...result, failed: [...result.failed, ...(foreign?.failed ?? [])] };
  }

  /** What is left of a result without the problems that were known before. */
  async #open(
    apis: readonly Api[],
    result: LintResult,
    flags: Flags,
    io: Io,
    baseline = this.#config.baseline,
  ): Promise<Outcome> {
    if (flags.baseline === undefined && baseline === null && flags.since === undefined && !flags.updateBaseline) {
      return { ...result, baselined: 0, all: result };
    }
    const { takeOutKnown } = await import('./known.ts');
    const ran = new Set(this.rules.map(({ rule }) => rule.id));
    const run = {
      flags,
      paths: this.#paths,
      stdinPath: flags.stdinPath,
      baseline,
      apis,
      ran: (rule: string) => flags.rule === undefined || ran.has(rule),
      find: (paths: readonly string[], io: Io) => this.#find(paths, io),
      judge: async (found: Found) => (await this.#judge(readDocuments(found), found)).problems,
    };
    const known = await this.#time('looking back', () => takeOutKnown(result, run, io));
    return { ...result, ...known, all: result };
  }

  async #time<T>(phase: string, step: () => T | Promise<T>): Promise<T> {
    const start = this.#io.now();
    const result = await step();
    this.timing.addPhase(phase, this.#io.now() - start);
    return result;
  }
}

const silence: Output = { isTTY: false, write() {} };

function told(problems: readonly Problem[], { quiet }: Flags): readonly Problem[] {
  return quiet ? problems.filter(({ severity }) => severity === 'error') : problems;
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
