/**
 * The Node API: what the commands give, for programs; and what rules of one's own are written with.
 */
import { batches, readDocuments } from './commands/documents.ts';
import { reportOn } from './commands/outcome.ts';
import { loadSpectralRulesets } from './commands/spectral.ts';
import { type Config, loadConfig as load, withoutFile } from './config/config.ts';
import { policyOf } from './config/policy.ts';
import { isOwnRuleset, ownRulesets, type Ruleset, ruleNames, rulesets } from './config/rulesets.ts';
import { didYouMean, Failure } from './failure.ts';
import { type Io, type Output, processIo } from './io.ts';
import type { Api, Files } from './languages/language.ts';
import { languages } from './languages/registry.ts';
import { lint as judge } from './lint/lint.ts';
import { json } from './report/json.ts';
import { rules } from './rules/index.ts';
import { closest } from './text/closest.ts';
import { compareText, type Severity } from './text/problem.ts';
import { type Position, Source } from './text/source.ts';

export type { Config, ConfiguredApi, Override } from './config/config.ts';
export type { Level, Setting } from './config/rulesets.ts';
export type { GraphQl } from './languages/graphql/graphql.ts';
/** What rules for GraphQL loop over. */
export * as graphql from './languages/graphql/select.ts';
export type { Apis, LanguageName } from './languages/language.ts';
export type { OpenApi } from './languages/openapi/openapi.ts';
/** What rules for OpenAPI loop over. */
export * as openapi from './languages/openapi/select.ts';
export type { Protobuf } from './languages/protobuf/protobuf.ts';
/** What rules for Protocol Buffers loop over. */
export * as protobuf from './languages/protobuf/select.ts';
export type { Check, Example, Option, OptionValues, Rule, Run } from './rules/rule.ts';
export { defineRule } from './rules/rule.ts';
export type { Edit, Fix } from './text/fix.ts';
export type { Place, Range } from './text/place.ts';
export type { Finding, Related } from './text/problem.ts';
export type { Position, Ruleset, Severity, Source };

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
  /** The rule's page; null when a rule of somebody else has none. */
  readonly url: string | null;
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
  /** From 0 to 100: the share of rules that are kept, by weight. Missing when no rule was judged. */
  readonly score?: number;
}

export interface LintOptions {
  /** What `loadConfig` gave. Without it, no file is read. */
  readonly config?: Config;
  /** Names of our rulesets, or rulesets as data; later ones win. Without any, those of `config`, else `recommended`. */
  readonly rulesets?: readonly (string | Ruleset)[];
  /** What has the last word but for the overrides of `config`, by rule id or `principle/*`. */
  readonly rules?: Ruleset['rules'];
}

/**
 * Reads a configuration with all that it extends and its plugins, as `apiarch lint` does.
 * @param path the file; without it, the one that is found from the working directory upwards, or what holds without any
 * @throws with a sentence that says what is wrong, at which line and column
 */
export function loadConfig(path?: string): Promise<Config> {
  return load(path === undefined ? {} : { config: path }, rules, world());
}

/** The process, but for its output: what is to be told is given or thrown. */
function world(): Io {
  io ??= { ...processIo(), stdout: silence, stderr: silence };
  return io;
}

let io: Io | undefined;
const silence: Output = { isTTY: false, write() {} };

/**
 * Lints documents in memory. Those that are API documents are judged; they may refer to each other and to nothing else.
 * @param documents texts by path, relative to the working directory, with `/`
 * @throws when a ruleset or a rule is unknown
 */
export async function lint(
  documents: Readonly<Record<string, string>>,
  options: LintOptions = {},
): Promise<LintReport> {
  const config = configOf(options);
  const policy = policyOf(config, []);
  const apis = await read(documents, config);
  const spectral = await loadSpectralRulesets(config, [], [], world());
  const known = [...config.rules, ...(spectral?.rules.map(({ rule }) => rule) ?? [])];
  const others = (await spectral?.judge(apis))?.problems ?? [];
  const result = judge(apis, { ...policy, known, others });
  const report = reportOn(result, result.problems, apis, known, [...policy.rules, ...(spectral?.rules ?? [])]);
  // The report is public as it is printed; there is one account of its shape.
  return JSON.parse(json({ ...report, color: false }));
}

function configOf({ config = withoutFile(rules), rulesets: chosen, rules: settings = {} }: LintOptions): Config {
  const before = config.rulesets.length > 0 ? config.rulesets : ownRulesets('recommended');
  const named = chosen?.flatMap(rulesetsOf) ?? before;
  const known = new Set(ruleNames(config.rules));
  for (const id of [...named, { rules: settings }].flatMap((ruleset) => Object.keys(ruleset.rules))) {
    if (!known.has(id)) throw new Failure(`there is no rule \`${id}\`${didYouMean(closest(id, known))}`);
  }
  return { ...config, rulesets: [...named, { rules: settings }] };
}

async function read(documents: Readonly<Record<string, string>>, config: Config): Promise<Api[]> {
  const sources = new Map(Object.entries(documents).map(([path, text]) => [path, new Source(path, text)]));
  const files: Files = {
    read(path) {
      const source = sources.get(path);
      return source ? { source } : { refused: `\`${path}\` is not among the documents.` };
    },
  };
  const entries = [...sources.values()].sort((a, b) => compareText(a.path, b.path));
  const found = Object.values(languages).map(async (entry) => {
    const { detect } = await entry.detection();
    const own = entries.filter((source) => detect(source));
    if (own.length === 0) return [];
    return batches({ language: await entry.load(), entries: own }, {}, config);
  });
  return readDocuments({ documents: (await Promise.all(found)).flat(), project: files });
}

function rulesetsOf(chosen: string | Ruleset): Ruleset[] {
  if (typeof chosen === 'object') return [chosen];
  if (isOwnRuleset(chosen)) return ownRulesets(chosen);
  throw new Failure(`there is no ruleset \`${chosen}\`${didYouMean(closest(chosen, Object.keys(rulesets)))}`);
}
