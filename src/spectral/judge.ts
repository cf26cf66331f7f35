import type { IRuleResult, Rule, Ruleset, RulesetFunction, RulesetFunctionContext } from '@stoplight/spectral-core';
import core from '@stoplight/spectral-core';
import type { Api } from '../languages/language.ts';
import type { OpenApi } from '../languages/openapi/openapi.ts';
import type { Place } from '../text/place.ts';
import { compareText, type Problem } from '../text/problem.ts';
import { formatOf, severityOf } from './catalogue.ts';
import type { SpectralRuleset } from './load.ts';
import { type Subject, subjectsOf } from './subject.ts';
import { altered, subset } from './subset.ts';

/** What Spectral rulesets say of APIs. */
export interface SpectralVerdict {
  /** In no particular order; what several rulesets or APIs find alike is there as often. */
  readonly problems: readonly Problem[];
  /** The rules that broke down on some document; each has a problem that says so. Without repetition, sorted. */
  readonly failed: readonly string[];
  /** Sentences on what was judged only in part. */
  readonly notes: readonly string[];
}

/**
 * Judges APIs by Spectral rulesets. A rule that throws is a problem among others: the rest still runs.
 * @param cwd the absolute path of the working directory, which the paths of sources are relative to
 */
export async function judgeWithSpectral(
  apis: readonly Api[],
  rulesets: readonly SpectralRuleset[],
  cwd: string,
): Promise<SpectralVerdict> {
  const problems: Problem[] = [];
  const failed = new Set<string>();
  const notes = new Set<string>();
  for (const api of apis) {
    if (!rulesets.some((ruleset) => appliesTo(ruleset, api))) continue;
    for (const subject of await subjectsOf(api, cwd)) {
      for (const ruleset of rulesets) {
        const judgement = new Judgement(subject, ruleset.ruleset.fromSource(subject.file));
        await judgement.run();
        problems.push(...judgement.problems);
        for (const rule of judgement.failed) failed.add(rule);
      }
      if (Number.isFinite(subject.levels)) notes.add(levelsNote(api, subject));
    }
    for (const ruleset of rulesets) problems.push(...repeatedKeys(api, ruleset));
  }
  return { problems, failed: [...failed].sort(compareText), notes: [...notes] };
}

function appliesTo({ ruleset }: SpectralRuleset, { language }: Api): boolean {
  return language === 'openapi' || ruleset.overrides !== null || ruleset.formats.has(formatOf(language)!);
}

function levelsNote({ sources }: Api, { levels }: Subject): string {
  const file = `\`${sources[0]!.path}\``;
  if (levels === 0) return `${file} is so large that Spectral rules see its references as they are written.`;
  const many = levels === 1 ? 'one reference is' : `${levels} references in a row are`;
  return `${file} refers to so much so often that for Spectral rules only ${many} followed.`;
}

/** What `parserOptions.duplicateKeys` asks for, in Spectral's words. */
function repeatedKeys(api: Api, { ruleset }: SpectralRuleset): Problem[] {
  const asked = ruleset.definition.parserOptions?.duplicateKeys;
  const severity = asked === undefined ? null : severityOf(ruleset.parserOptions.duplicateKeys);
  if (severity === null || api.language !== 'openapi') return [];
  return (api as OpenApi).documents.flatMap(({ duplicates, source }) =>
    duplicates.map(({ key, again, path }) => ({
      rule: 'spectral/parser',
      severity,
      message: `Duplicate key: ${key}`,
      element: ['#', ...[...path, key].map((step) => String(step).replaceAll('~', '~0').replaceAll('/', '~1'))].join(
        '/',
      ),
      range: { source, ...again },
      related: [],
    })),
  );
}

/** What Spectral hands to functions, as far as it is changed here. */
interface Inventory {
  findAssociatedItemForPath(path: readonly string[], isResolved: boolean): unknown;
}

/** One ruleset on one subject. */
class Judgement {
  readonly problems: Problem[] = [];
  readonly failed = new Set<string>();
  readonly #subject: Subject;
  readonly #ruleset: Ruleset;
  /** What functions have thrown, by rule. */
  readonly #faults = new Map<string, unknown>();
  readonly #adopted = new WeakSet<object>();

  constructor(subject: Subject, ruleset: Ruleset) {
    this.#subject = subject;
    this.#ruleset = ruleset;
  }

  async run(): Promise<void> {
    const rules = Object.values(this.#ruleset.rules).filter((rule) => rule.enabled && this.#isMeant(rule));
    if (rules.length === 0) return;
    const results = await this.#resultsOf(rules);
    const names = new Set(rules.map(({ name }) => name));
    for (const result of results) if (names.has(String(result.code))) this.problems.push(...this.#problem(result));
    for (const [rule, error] of this.#faults) this.#breakdown(rule, error);
  }

  /** A ruleset that says nothing of formats is one for OpenAPI. */
  #isMeant({ formats }: Rule): boolean {
    const own = formatOf(this.#subject.language);
    return own === undefined ? true : (formats?.has(own) ?? false);
  }

  /** All at once, which walks the document once; only where that fails, one by one, to tell the rule that is to blame. */
  async #resultsOf(rules: readonly Rule[]): Promise<readonly IRuleResult[]> {
    try {
      return await this.#spectral(rules);
    } catch (error) {
      if (rules.length === 1) {
        this.#faults.set(rules[0]!.name, error);
        return [];
      }
    }
    const results: IRuleResult[] = [];
    for (const rule of rules) results.push(...(await this.#resultsOf([rule])));
    return results;
  }

  async #spectral(rules: readonly Rule[]): Promise<readonly IRuleResult[]> {
    const { file, written } = this.#subject;
    // Everything is resolved by us, and errors of references are found by rules of ours.
    const resolver = { uriCache: {}, resolve: async () => this.#resolution() };
    const spectral = new core.Spectral({ resolver: resolver as never });
    spectral.setRuleset(
      subset(
        this.#ruleset,
        rules.map((rule) => this.#guarded(rule)),
      ),
    );
    const parsed = { data: written, diagnostics: [], ast: null, lineMap: null };
    const document = {
      parsed,
      source: file,
      getLocationForJsonPath: (_: unknown, path: readonly (string | number)[]) => this.#location(path),
    };
    return spectral.run(document as never, { ignoreUnknownFormat: true });
  }

  #resolution() {
    const { resolved, targets } = this.#subject;
    const nodes = new Set(targets);
    const graph = {
      overallOrder: () => [...nodes],
      hasNode: (name: string) => nodes.has(name),
      getNodeData: () => ({ refMap: {} }),
    };
    return { result: resolved, graph, errors: [], refMap: {} };
  }

  /** A rule with its functions under guard. */
  #guarded(rule: Rule): Rule {
    const steps = rule.then.map((step) => ({ ...step, function: this.#guard(rule.name, step.function) }));
    return altered(rule, steps);
  }

  #guard(rule: string, judge: RulesetFunction): RulesetFunction {
    const guarded: RulesetFunction = (input, options, context) => {
      this.#adopt(context);
      try {
        const results = judge(input, options, context);
        return results instanceof Promise ? results.catch((error) => this.#fault(rule, error)) : results;
      } catch (error) {
        this.#fault(rule, error);
      }
    };
    return guarded;
  }

  #fault(rule: string, error: unknown): undefined {
    if (!this.#faults.has(rule)) this.#faults.set(rule, error);
  }

  /** Makes Spectral find its way back from resolved values through us. */
  #adopt({ documentInventory }: RulesetFunctionContext): void {
    if (this.#adopted.has(documentInventory)) return;
    this.#adopted.add(documentInventory);
    (documentInventory as unknown as Inventory).findAssociatedItemForPath = (way, isResolved) => {
      const { file, data, path, missing } = this.#subject.land(way, isResolved);
      // Positions are worked out later, for what is left when repetitions are gone.
      const trapAccess = (object: object) =>
        new Proxy(object, { ownKeys: () => [...this.#subject.keys(file, path, object)] });
      const document = { source: file, data, trapAccess, getRangeForJsonPath: () => undefined };
      return { document, path, missingPropertyPath: [...path, ...missing] };
    };
  }

  #location(path: readonly (string | number)[]) {
    const { source, start, end } = this.#subject.place(this.#subject.file, path.map(String)).range();
    const [from, to] = [source.position(start), source.position(end)].map(({ line, column }) => ({
      line: line - 1,
      character: column - 1,
    }));
    return { range: { start: from, end: to } };
  }

  *#problem({ code, message, path, severity, source }: IRuleResult): Generator<Problem> {
    const heard = severityOf(severity);
    if (heard === null) return;
    const at: Place = this.#subject.place(source ?? this.#subject.file, path.map(String));
    const rule = `spectral/${code}`;
    yield { rule, severity: heard, message, element: at.element, place: at, range: at.range(), related: [] };
  }

  #breakdown(name: string, error: unknown): void {
    const rule = `spectral/${name}`;
    const at = this.#subject.place(this.#subject.file, []);
    this.failed.add(rule);
    this.problems.push({
      rule: 'structure/rule-completed',
      severity: 'error',
      message: `\`${rule}\` broke down on this document: ${firstLine(error).replace(/\.?$/, '.')}`,
      help: 'The function or the path of the Spectral rule is to be mended.',
      element: at.element,
      range: at.range(),
      related: [],
    });
  }
}

function firstLine(error: unknown): string {
  if (error instanceof AggregateError || (error instanceof Error && 'errors' in error)) {
    const [first] = (error as AggregateError).errors as unknown[];
    if (first !== undefined) return firstLine(first);
  }
  const text =
    error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);
  return text.split('\n', 1)[0]!;
}
