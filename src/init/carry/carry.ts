import peers from '../../../scripts/peers.yaml';
import { type Level, ownRulesets, type Resolved, resolveRulesets, type Setting } from '../../config/rulesets.ts';
import type { Rule } from '../../rules/rule.ts';
import type { NewOverride, NewSetting } from '../config-text.ts';
import type { Left } from '../files.ts';
import { meaningOf } from './options.ts';
import type { PeerConfig, PeerName, PeerOverride, PeerSetting } from './peer.ts';

/** What other linters' configurations come to in apiarch. */
export interface Carried {
  /** By rule id: what differs from the rulesets of ours that stand for theirs. */
  readonly rules: ReadonlyMap<string, NewSetting>;
  readonly overrides: readonly NewOverride[];
  /** How many of their rules have a place in apiarch. */
  readonly count: number;
  readonly left: readonly Left[];
}

/** Why a rule of another linter has no equivalent: by linter, then rule. */
const reasons = peers as Readonly<Record<string, Readonly<Record<string, string | null>>>>;

/** Translates another linter's settings by the equivalents that our rules name. */
export function carry(peer: PeerName, config: PeerConfig, rules: readonly Rule[]): Carried {
  const translation = new Translation(peer, config, rules);
  const settings = translation.settings();
  const overrides = config.overrides.flatMap((override) => translation.override(override));
  const { left, count } = translation;
  return { rules: settings, overrides: merged(overrides), left: [...config.left, ...left], count };
}

class Translation {
  readonly left: Left[] = [];
  count = 0;
  readonly #peer: PeerName;
  readonly #config: PeerConfig;
  /** Our rules by the rule of theirs that they stand for. */
  readonly #ours: ReadonlyMap<string, readonly Rule[]>;
  readonly #base: ReadonlyMap<string, Resolved>;

  constructor(peer: PeerName, config: PeerConfig, rules: readonly Rule[]) {
    this.#peer = peer;
    this.#config = config;
    this.#ours = byEquivalent(rules);
    this.#base = resolveRulesets(config.base.flatMap(ownRulesets), rules);
  }

  settings(): Map<string, NewSetting> {
    const wishes = new Map<Rule, [string, PeerSetting][]>();
    for (const [theirs, setting] of this.#config.rules) {
      const ours = this.#rulesFor(theirs);
      if (ours.length === 0) this.#leaveRule(theirs, setting);
      else if (setting.explicit || setting.level !== 'off') this.count++;
      for (const rule of ours) wishes.set(rule, [...(wishes.get(rule) ?? []), [theirs, setting]]);
      this.#leaveOptions(theirs, setting);
    }
    return new Map([...wishes].flatMap(([rule, wanted]) => this.#setting(rule, wanted)));
  }

  /** What all rules of theirs that one of ours stands for make of it: the loudest, and the options of all. */
  #setting(rule: Rule, wanted: readonly [string, PeerSetting][]): [string, NewSetting][] {
    const base = this.#base.get(rule.id);
    // Where nobody changed their set of rules, the ruleset of ours that stands for it has said it.
    if (base && wanted.every(([, { explicit }]) => !explicit)) return [];
    const level = loudest(wanted.map(([, setting]) => setting.level));
    const options = together(wanted.map(([theirs, setting]) => this.#optionsFor(rule, theirs, setting)));
    if (level !== 'off') this.#tellStillOn(rule, wanted);
    const hasOptions = level !== 'off' && Object.keys(options).length > 0;
    if (level === (base?.severity ?? 'off') && !hasOptions) return [];
    const setting: Setting = hasOptions ? { severity: level, options } : level;
    return [[rule.id, { setting, origin: wanted.map(([theirs]) => this.#named(theirs)).join(', ') }]];
  }

  override({ files, elements, rules }: PeerOverride): NewOverride[] {
    const settings = new Map<string, Level>();
    for (const [theirs, level] of rules) {
      const ours = this.#rulesFor(theirs);
      if (ours.length === 0) {
        this.#leave(`\`${this.#named(theirs)}\` for ${[...files, ...elements].join(', ')}`, this.#reason(theirs));
      }
      for (const { id } of ours) settings.set(id, loudest([level, settings.get(id) ?? 'off']));
    }
    return settings.size === 0 ? [] : [{ files, elements, rules: Object.fromEntries(settings) }];
  }

  #rulesFor(theirs: string): readonly Rule[] {
    const { rules } = meaningOf(this.#peer, theirs, this.#config.rules.get(theirs)?.options ?? {});
    if (rules) return [...rules.keys()].flatMap((id) => this.#ours.get(id) ?? []);
    return this.#ours.get(`${this.#peer}:${theirs}`) ?? (theirs.includes(':') ? this.#ours.get(theirs) : null) ?? [];
  }

  #optionsFor(rule: Rule, theirs: string, setting: PeerSetting): Readonly<Record<string, unknown>> {
    if (setting.level === 'off') return {};
    const { rules, options } = meaningOf(this.#peer, theirs, setting.options);
    return (rules ?? options).get(rule.id) ?? {};
  }

  #leaveRule(theirs: string, { level }: PeerSetting): void {
    if (level !== 'off') this.#leave(`\`${this.#named(theirs)}\``, this.#reason(theirs));
  }

  #reason(theirs: string): string {
    return reasons[this.#peer]?.[theirs] ?? 'apiarch has no rule for it';
  }

  #leaveOptions(theirs: string, { options, level, explicit }: PeerSetting): void {
    if (level === 'off' || !explicit || this.#rulesFor(theirs).length === 0) return;
    const { taken } = meaningOf(this.#peer, theirs, options);
    for (const name of Object.keys(options)) {
      if (!taken.has(name)) {
        const ids = this.#rulesFor(theirs).map(({ id }) => `\`${id}\``);
        this.#leave(
          `option \`${name}\` of \`${this.#named(theirs)}\``,
          `${ids.join(', ')} ${ids.length === 1 ? 'has' : 'have'} no such option`,
        );
      }
    }
  }

  #tellStillOn(rule: Rule, wanted: readonly [string, PeerSetting][]): void {
    const off = wanted.filter(([, { level, explicit }]) => level === 'off' && explicit);
    const on = wanted.filter(([, { level }]) => level !== 'off').map(([theirs]) => `\`${theirs}\``);
    for (const [theirs] of off) {
      this.#leave(
        `\`${this.#named(theirs)}: off\``,
        `\`${rule.id}\` also stands for ${on.join(', ')}, which ${on.length === 1 ? 'is' : 'are'} on`,
      );
    }
  }

  #leave(what: string, why: string): void {
    if (!this.left.some((one) => one.what === what && one.why === why)) this.left.push({ what, why });
  }

  #named(theirs: string): string {
    return theirs.includes(':') ? theirs : `${this.#peer}:${theirs}`;
  }
}

function byEquivalent(rules: readonly Rule[]): Map<string, Rule[]> {
  const found = new Map<string, Rule[]>(rules.map((rule) => [rule.id, [rule]]));
  for (const rule of rules) {
    for (const theirs of rule.equivalents) found.set(theirs, [...(found.get(theirs) ?? []), rule]);
  }
  return found;
}

/** Options together; lists of what to look at add up, else the last one wins. */
export function together(all: readonly Readonly<Record<string, unknown>>[]): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, value] of all.flatMap((options) => Object.entries(options))) {
    const before = result[name];
    result[name] = Array.isArray(before) && Array.isArray(value) ? [...new Set([...before, ...value])] : value;
  }
  return result;
}

const order: readonly Level[] = ['off', 'info', 'warn', 'error'];

function loudest(levels: readonly Level[]): Level {
  return levels.reduce((a, b) => (order.indexOf(a) > order.indexOf(b) ? a : b), 'off');
}

/** One override for all that share files and settings, since lists of what to ignore have an entry for each element. */
function merged(overrides: readonly NewOverride[]): NewOverride[] {
  const found = new Map<string, NewOverride>();
  for (const override of overrides) {
    const { files, elements, rules } = override;
    const key = JSON.stringify([files, elements.length > 0, rules]);
    const before = found.get(key);
    found.set(key, before ? { files, elements: [...new Set([...before.elements, ...elements])], rules } : override);
  }
  return [...found.values()];
}
