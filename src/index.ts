import { reportOn } from './commands/outcome.ts';
import { enabledRules, ownRulesets, type Ruleset, rulesets } from './config/rulesets.ts';
import { didYouMean, Failure } from './failure.ts';
import type { Api, Files } from './languages/language.ts';
import { languages } from './languages/registry.ts';
import { lint as judge } from './lint/lint.ts';
import { json } from './report/json.ts';
import { rules } from './rules/index.ts';
import { closest } from './text/closest.ts';
import { compareText, type Severity } from './text/problem.ts';
import { type Position, Source } from './text/source.ts';

export type { Level, Setting } from './config/rulesets.ts';
export type { Position, Ruleset, Severity };

/** A stretch of a document; `end` is exclusive. */
export interface LintRange {
  readonly file: string;
  readonly start: Position;
  readonly end: Position;
}

/** One problem, as `apiarch lint --format json` prints it. */
export interface LintProblem extends LintRange {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly help?: string;
  readonly element: string;
  readonly fixable: boolean;
  readonly fingerprint: string;
  readonly url: string;
  readonly related: readonly (LintRange & { readonly message: string })[];
}

/** The report that `apiarch lint --format json` prints. */
export interface LintReport {
  readonly version: 1;
  readonly problems: readonly LintProblem[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly files: number;
  readonly suppressed: number;
  readonly baselined: number;
}

export interface LintOptions {
  /** Names of our rulesets, or rulesets as data; later ones win. `recommended` when there are none. */
  readonly rulesets?: readonly (string | Ruleset)[];
  /** What has the last word, by rule id or `principle/*`. */
  readonly rules?: Ruleset['rules'];
}

/**
 * Lints documents in memory. Those that are API documents are judged; they may refer to each other and to nothing else.
 * @param documents texts by path, with `/`
 * @throws when a ruleset or a rule is unknown
 */
export async function lint(
  documents: Readonly<Record<string, string>>,
  { rulesets: chosen = ['recommended'], rules: settings = {} }: LintOptions = {},
): Promise<LintReport> {
  const sources = new Map(Object.entries(documents).map(([path, text]) => [path, new Source(path, text)]));
  const files: Files = {
    read(path) {
      const source = sources.get(path);
      return source ? { source } : { refused: `\`${path}\` is not among the documents.` };
    },
  };
  const entries = [...sources.values()].sort((a, b) => compareText(a.path, b.path));
  const read = Object.values(languages).map(async (entry) => {
    const { detect } = await entry.detection();
    const own = entries.filter((source) => detect(source));
    return own.length === 0 ? [] : (await entry.load()).read(own, files);
  });
  const apis = (await Promise.all<Api[]>(read)).flat();
  const enabled = enabledRules([...chosen.flatMap(rulesetsOf), { rules: settings }], [], rules);
  const result = judge(apis, { rules: enabled, known: rules });
  // The report is public as it is printed; there is one account of its shape.
  return JSON.parse(json({ ...reportOn(result, result.problems, apis, rules, enabled), color: false }));
}

function rulesetsOf(chosen: string | Ruleset): Ruleset[] {
  if (typeof chosen === 'object') return [chosen];
  if (Object.hasOwn(rulesets, chosen)) return ownRulesets(chosen);
  throw new Failure(`there is no ruleset \`${chosen}\`${didYouMean(closest(chosen, Object.keys(rulesets)))}`);
}
