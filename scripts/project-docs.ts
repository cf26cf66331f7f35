// The facts of this project that its generated pages are made from.
import { enabledRules, type Level, ownRulesets, rulesets } from '../src/config/rulesets.ts';
import { rules } from '../src/rules/index.ts';
import type { Severity } from '../src/text/problem.ts';
import { type Docs, makeDocs, type Peers } from './docs.ts';
import peers from './peers.yaml';

export { staleDocs } from './docs.ts';

/** Makes the generated pages of apiarch itself. */
export function projectDocs(): Promise<Docs> {
  const loudness = Object.keys(rulesets).map((name) => [name, severitiesIn(name)] as const);
  const severities = (rule: string): Record<string, Level> =>
    Object.fromEntries(loudness.map(([name, byRule]) => [name, byRule.get(rule) ?? 'off']));
  return makeDocs({ rules, peers: peers as unknown as Peers, severities });
}

function severitiesIn(ruleset: string): Map<string, Severity> {
  return new Map(enabledRules(ownRulesets(ruleset), [], rules).map(({ rule, severity }) => [rule.id, severity]));
}
