import type { Problem, Severity } from '../text/problem.ts';
import type { ApiSummary, RuleSummary } from './report.ts';

/** How well the rules are kept: all of them, or those of one principle. */
export interface Score {
  /** A principle, as `naming`; null for all of them. */
  readonly principle: string | null;
  /** 0 to 100: the weighted share of the rules that found nothing, rounded down, so that 100 means that nothing was found. */
  readonly value: number;
  /** How many rules found nothing in any API. */
  readonly kept: number;
  /** How many rules ran that judge a language of the APIs. */
  readonly rules: number;
}

/** How much a rule counts, by the severity that it had in the run. */
export const weights: Readonly<Record<Severity, number>> = { error: 4, warn: 2, info: 1 };

/**
 * The score of all rules, then that of each principle by name. A rule counts once for each API of a language that it
 * judges, and is kept there when it found nothing in a file of that API; how often it is broken makes no difference. So
 * fewer findings never lower a score. Of an API with a file that cannot be read to its end, no rule is kept: what they
 * would find there is not known. Rules that did not run, or had nothing to judge, do not count; without any that
 * does there are no scores.
 * @param problems all that the run found, also what a report leaves out
 */
export function scoresOf(
  problems: readonly Pick<Problem, 'rule' | 'range'>[],
  apis: readonly ApiSummary[],
  rules: ReadonlyMap<string, RuleSummary>,
): readonly Score[] {
  const broken = brokenRules(problems, apis);
  const unread = broken.get('structure/syntax');
  const all = new Tally();
  const byPrinciple = new Map<string, Tally>();
  for (const [id, { principle, languages, severity }] of rules) {
    const judged = apis.filter(({ language }) => languages.includes(language));
    if (severity === null || judged.length === 0) continue;
    const tally = byPrinciple.get(principle) ?? new Tally();
    byPrinciple.set(principle, tally);
    const kept = judged.filter((api) => !broken.get(id)?.has(api) && !unread?.has(api)).length;
    for (const one of [all, tally]) one.add(weights[severity], judged.length, kept);
  }
  if (all.rules === 0) return [];
  const names = [...byPrinciple.keys()].sort();
  return [all.score(null), ...names.map((name) => byPrinciple.get(name)!.score(name))];
}

/** The APIs in which each rule found something. What stands in a file of no API speaks against all of them. */
function brokenRules(
  problems: readonly Pick<Problem, 'rule' | 'range'>[],
  apis: readonly ApiSummary[],
): ReadonlyMap<string, ReadonlySet<ApiSummary>> {
  const owners = new Map<string, ApiSummary[]>();
  for (const api of apis) {
    for (const file of api.files) owners.set(file, [...(owners.get(file) ?? []), api]);
  }
  const broken = new Map<string, Set<ApiSummary>>();
  for (const { rule, range } of problems) {
    const found = broken.get(rule) ?? new Set();
    broken.set(rule, found);
    for (const api of owners.get(range.source.path) ?? apis) found.add(api);
  }
  return broken;
}

/** Adds up the weights of rules. */
class Tally {
  rules = 0;
  #kept = 0;
  #weight = 0;
  #keptWeight = 0;

  add(weight: number, apis: number, kept: number): void {
    this.rules++;
    if (kept === apis) this.#kept++;
    this.#weight += weight * apis;
    this.#keptWeight += weight * kept;
  }

  score(principle: string | null): Score {
    const value = Math.floor((100 * this.#keptWeight) / this.#weight);
    return { principle, value, kept: this.#kept, rules: this.rules };
  }
}
