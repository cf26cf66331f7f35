import type { Api } from '../languages/language.ts';
import type { EnabledRule, Exceptions } from '../lint/lint.ts';
import type { Rule } from '../rules/rule.ts';
import { type Problem, severities } from '../text/problem.ts';
import type { Config, Override } from './config.ts';
import {
  alwaysOn,
  defaultsOf,
  type Level,
  levelWith,
  type Pick as PickedRule,
  pickFor,
  type Resolved,
  resolveRulesets,
  settingFor,
} from './rulesets.ts';

/** Which rules run, and what holds for single files and elements. */
export interface Policy {
  /** Each with the loudest severity that it has anywhere. */
  readonly rules: readonly EnabledRule[];
  /** Missing where the same holds everywhere. */
  readonly exceptions?: Exceptions;
}

/**
 * What a configuration asks for.
 * @param picks when there are any, only these rules run; a level that one names has the last word
 */
export function policyOf(config: Config, picks: readonly PickedRule[]): Policy {
  const book = new Book(config, picks);
  const rules = config.rules.flatMap((rule) => {
    const severity = book.loudest(rule.id);
    return severity === null ? [] : [{ rule, severity, options: book.optionsOf(rule) }];
  });
  const isPlain = config.overrides.length === 0 && config.spectral.length === 0 && config.ignores === null;
  return isPlain ? { rules } : { rules, exceptions: book };
}

/** A policy under which nothing is said of some files, whatever they hold. */
export function silentIn(files: ReadonlySet<string>, policy: Policy): Policy {
  if (files.size === 0) return policy;
  const { rules, exceptions } = policy;
  return {
    rules,
    exceptions: {
      optionsIn: (enabled, api) => (exceptions ? exceptions.optionsIn(enabled, api) : enabled.options),
      levelOf(problem) {
        if (files.has(problem.range.source.path)) return 'off';
        return exceptions ? exceptions.levelOf(problem) : problem.severity;
      },
    },
  };
}

/** How loud each rule is in a file, `off` where it does not run, and its options there; overrides by element aside. */
export function settingsIn(path: string, config: Config, picks: readonly PickedRule[]): ReadonlyMap<string, Resolved> {
  const book = new Book(config, picks);
  return new Map(config.rules.map((rule) => [rule.id, book.settingIn(path, rule)]));
}

/** What the configuration says of one rule. */
interface Ruling {
  /** Where no case says otherwise; null when nobody says. */
  readonly level: Level | null;
  readonly options: Resolved['options'];
  /** What overrides say of it, in order. */
  readonly cases: readonly Case[];
}

interface Case extends Pick<Override, 'files' | 'elements'> {
  /** Null when it changes nothing but options. */
  readonly level: Level | null;
  readonly options: Resolved['options'] | undefined;
}

/** Findings that tell of a run that is not whole; nobody can turn them off. */
const unignorable = new Set([alwaysOn, 'structure/rule-completed']);

/** Looks up what holds where. What was asked before is remembered. */
class Book implements Exceptions {
  readonly #config: Config;
  readonly #picks: readonly PickedRule[];
  readonly #resolved: ReadonlyMap<string, Resolved>;
  readonly #rulings = new Map<string, Ruling>();

  constructor(config: Config, picks: readonly PickedRule[]) {
    this.#config = config;
    this.#picks = picks;
    this.#resolved = resolveRulesets(config.rulesets, config.rules);
  }

  /** The loudest severity that a rule has anywhere; null when it is off everywhere. */
  loudest(id: string) {
    const { level, cases } = this.#ruling(id);
    return severities.find((one) => level === one || cases.some((other) => other.level === one)) ?? null;
  }

  /** The options of a rule, overrides aside. */
  optionsOf(rule: Rule): Resolved['options'] {
    return { ...defaultsOf(rule), ...this.#ruling(rule.id).options };
  }

  optionsIn({ rule, options }: Pick<EnabledRule, 'rule' | 'options'>, { sources }: Pick<Api, 'sources'>) {
    const { cases } = this.#ruling(rule.id);
    if (cases.length === 0) return options;
    if (!sources.some(({ path }) => this.#mayRunIn(rule.id, path))) return null;
    return this.#tuned(rule, options, sources[0]!.path);
  }

  levelOf({ rule, severity, element, range }: Pick<Problem, 'rule' | 'severity' | 'element' | 'range'>): Level {
    if (rule === 'structure/rule-completed') return severity;
    const { path } = range.source;
    if (this.#isIgnored(rule, path)) return 'off';
    const { level, cases } = this.#ruling(rule);
    if (cases.length === 0) return level ?? severity;
    const last = cases.findLast(
      (one) => one.level !== null && this.#isIn(one, path) && (one.elements?.(element) ?? true),
    );
    return last?.level ?? level ?? severity;
  }

  settingIn(path: string, rule: Rule): Resolved {
    const { level, cases } = this.#ruling(rule.id);
    const last = cases.findLast((one) => one.level !== null && !one.elements && this.#isIn(one, path));
    return {
      severity: last?.level ?? level ?? 'off',
      options: this.#tuned(rule, this.optionsOf(rule), path),
    };
  }

  #tuned({ id }: Rule, options: Resolved['options'], path: string): Resolved['options'] {
    const tuning = this.#ruling(id).cases.filter((one) => one.options && this.#isIn(one, path));
    return tuning.length === 0 ? options : Object.assign({}, options, ...tuning.map((one) => one.options));
  }

  /** Whether there may be something in a file for which a rule is not off. */
  #mayRunIn(id: string, path: string): boolean {
    const { level, cases } = this.#ruling(id);
    let may = level !== 'off';
    for (const one of cases) {
      if (one.level === null || !this.#isIn(one, path)) continue;
      may = one.level !== 'off' || (may && one.elements !== undefined);
    }
    return may;
  }

  #isIgnored(rule: string, path: string): boolean {
    const { ignores } = this.#config;
    return ignores !== null && !unignorable.has(rule) && ignores(path);
  }

  #isIn({ files }: Case, path: string): boolean {
    return files?.(path) ?? true;
  }

  #ruling(id: string): Ruling {
    const known = this.#rulings.get(id);
    if (known) return known;
    const ruling = this.#rule(id);
    this.#rulings.set(id, ruling);
    return ruling;
  }

  #rule(id: string): Ruling {
    const { rulesets, overrides } = this.#config;
    // The rules of Spectral are known by their names only.
    const resolved = this.#resolved.get(id) ?? resolveRulesets(rulesets, [{ id }]).get(id);
    const isKnown = this.#config.rules.some((rule) => rule.id === id);
    const level = levelWith(id, resolved?.severity ?? (isKnown ? 'off' : null), this.#picks);
    const cases = overrides.flatMap((override) => this.#caseOf(override, id));
    const isRun = this.#picks.length === 0 || pickFor(id, this.#picks) || id === alwaysOn;
    return { level, options: resolved?.options ?? {}, cases: isRun ? cases : [] };
  }

  #caseOf({ files, elements, rules }: Override, id: string): Case[] {
    const setting = settingFor(id, rules);
    if (setting === undefined) return [];
    const { severity, options } = typeof setting === 'string' ? { severity: setting, options: undefined } : setting;
    const isFixed = pickFor(id, this.#picks)?.level || (id === alwaysOn && severity === 'off');
    const where = { ...(files && { files }), ...(elements && { elements }) };
    return [{ ...where, level: isFixed ? null : severity, options }];
  }
}
