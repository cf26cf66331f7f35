import type { Rule, Ruleset } from '@stoplight/spectral-core';

/** A ruleset that has only these rules, whatever file it is asked about. Leaves the ruleset as it is. */
export function subset(ruleset: Ruleset, rules: readonly Rule[]): Ruleset {
  const narrowed: Ruleset = Object.create(ruleset, {
    rules: { value: Object.fromEntries(rules.map((rule) => [rule.name, rule])) },
    fromSource: { value: () => narrowed },
  });
  return narrowed;
}

/** A rule with other steps, and other methods where some are given. Leaves the rule as it is. */
export function altered(rule: Rule, steps: Rule['then'], methods: Partial<Rule> = {}): Rule {
  return new Proxy(rule, {
    get(target, key) {
      if (key === 'then') return steps;
      if (Object.hasOwn(methods, key)) return methods[key as keyof Rule];
      // Properties of rules are private fields behind getters.
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
