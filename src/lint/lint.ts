import type { Api, Apis, LanguageName } from '../languages/language.ts';
import type { Check, Rule, Run } from '../rules/rule.ts';
import { compareProblems, type Finding, type Problem, type Severity } from '../text/problem.ts';
import { suppress, suppressionRule } from './suppress.ts';

/** A rule that is to run, how loud, and with which options. */
export interface EnabledRule {
  readonly rule: Rule;
  readonly severity: Severity;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What holds for single APIs, files and elements instead of what is said of a rule as a whole. */
export interface Exceptions {
  /** The options of a rule in an API; null when it is off in all of the API's files. */
  optionsIn(enabled: EnabledRule, api: Api): EnabledRule['options'] | null;
  /** How loud a problem is; `off` when it is not to be told. */
  levelOf(problem: Pick<Problem, 'rule' | 'severity' | 'element' | 'range'>): Severity | 'off';
}

/** What one run needs besides the APIs. */
export interface LintSettings {
  readonly rules: readonly EnabledRule[];
  readonly exceptions?: Exceptions;
  /** Problems found elsewhere, as by Spectral rulesets: order and suppressions are theirs as well. */
  readonly others?: readonly Problem[];
  /** All rules there are, whether they run or not: suppressions may name them. */
  readonly known: readonly Rule[];
  /** Milliseconds since some moment, for `timings`. */
  readonly now?: () => number;
  /** Told before each rule how many of all have run. */
  readonly progress?: (done: number, total: number) => void;
}

export interface LintResult {
  /** In the order of `compareProblems`, without repetitions. */
  readonly problems: readonly Problem[];
  /** How many findings were silenced in the documents. */
  readonly suppressed: number;
  /** The rules that broke down; each has a problem of `structure/rule-completed`. */
  readonly failed: readonly string[];
  /** Milliseconds by rule id. */
  readonly timings: ReadonlyMap<string, number>;
}

/** Judges APIs by rules. A rule that throws is a problem among others: the rest still runs. */
export function lint(apis: readonly Api[], settings: LintSettings): LintResult {
  const { rules, exceptions, now = () => 0, progress = () => {} } = settings;
  const problems: Problem[] = [...leveled(settings.others ?? [], exceptions)];
  const failed: string[] = [];
  const timings = new Map<string, number>();
  const runs = runsByLanguage(apis);
  for (const [index, enabled] of rules.entries()) {
    progress(index, rules.length);
    const start = now();
    const places = new Set<string>();
    for (const api of apis) {
      const found: Problem[] = [];
      const options = exceptions ? exceptions.optionsIn(enabled, api) : enabled.options;
      if (options === null) continue;
      if (!judge(api, enabled, options, runs.get(api.language)!, found)) failed.push(enabled.rule.id);
      const news = apis.length === 1 ? found : found.filter((problem) => !places.has(placeOf(problem)));
      if (apis.length > 1) for (const problem of news) places.add(placeOf(problem));
      for (const problem of leveled(news, exceptions)) problems.push(problem);
    }
    timings.set(enabled.rule.id, now() - start);
  }
  const heard = suppress(inOrder(problems), apis, settings);
  const faultSeverity = rules.find(({ rule }) => rule.id === suppressionRule)?.severity ?? 'warn';
  const faults = leveled(
    heard.faults.map((fault) => locate(fault, suppressionRule, faultSeverity)),
    exceptions,
  );
  return {
    problems: faults.length === 0 ? heard.problems : inOrder([...heard.problems, ...faults]),
    suppressed: heard.suppressed,
    failed: [...new Set(failed)],
    timings,
  };
}

/** Problems as loud as they are where they stand, without those that are not to be told. */
function leveled(problems: readonly Problem[], exceptions: Exceptions | undefined): readonly Problem[] {
  if (!exceptions) return problems;
  return problems.flatMap((problem) => {
    const severity = exceptions.levelOf(problem);
    if (severity === 'off') return [];
    return severity === problem.severity ? [problem] : [{ ...problem, severity }];
  });
}

/** The APIs of each language, for rules that look across them. */
function runsByLanguage(apis: readonly Api[]): ReadonlyMap<LanguageName, Run<LanguageName>> {
  const runs = new Map<LanguageName, { apis: Apis[LanguageName][] }>();
  for (const api of apis) {
    const run = runs.get(api.language) ?? { apis: [] };
    run.apis.push(api as Apis[LanguageName]);
    runs.set(api.language, run);
  }
  return runs;
}

/** Adds what a rule finds in an API; false when the rule broke down. */
function judge(
  api: Api,
  { rule, severity }: EnabledRule,
  options: EnabledRule['options'],
  run: Run<LanguageName>,
  problems: Problem[],
): boolean {
  const check = rule.checks[api.language] as Check<LanguageName, unknown> | undefined;
  if (!check) return true;
  try {
    for (const finding of check.find(api as Apis[LanguageName], options, run)) {
      problems.push(locate(finding, rule.id, severity));
    }
    return true;
  } catch (error) {
    problems.push(breakdown(api, rule.id, error));
    return false;
  }
}

/** Makes a problem of a finding: the moment at which places become ranges. */
function locate(finding: Finding, rule: string, severity: Severity): Problem {
  return {
    rule,
    severity,
    message: finding.message,
    ...(finding.help === undefined ? {} : { help: finding.help }),
    element: finding.at.element,
    place: finding.at,
    range: finding.at.range(),
    related: (finding.related ?? []).map(({ message, at }) => ({ message, range: at.range() })),
    ...(finding.fix && { fix: finding.fix }),
  };
}

function breakdown(api: Api, rule: string, error: unknown): Problem {
  const what = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).split('\n', 1)[0]!;
  return {
    rule: 'structure/rule-completed',
    severity: 'error',
    message: `\`${rule}\` broke down on this document: ${what.replace(/\.?$/, '.')}`,
    help: 'This is a bug of the rule: please report it to those who wrote it, with the document.',
    element: '',
    range: { source: api.sources[0]!, start: 0, end: 0 },
    related: [],
  };
}

/** What APIs share is judged once: the first to find something at a place speaks for all, though others would name it otherwise. */
function placeOf({ range }: Problem): string {
  return `${range.start} ${range.end} ${range.source.path}`;
}

/** Sorts, and drops what was found twice. */
function inOrder(problems: readonly Problem[]): Problem[] {
  const sorted = [...problems].sort(compareProblems);
  return sorted.filter((problem, index) => index === 0 || compareProblems(sorted[index - 1]!, problem) !== 0);
}
