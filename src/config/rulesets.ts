import aip from '../../rulesets/aip.yaml';
import bufStandard from '../../rulesets/buf-standard.yaml';
import docs from '../../rulesets/docs.yaml';
import graphql from '../../rulesets/graphql.yaml';
import graphqlEslintRecommended from '../../rulesets/graphql-eslint-recommended.yaml';
import grpc from '../../rulesets/grpc.yaml';
import hypermedia from '../../rulesets/hypermedia.yaml';
import operations from '../../rulesets/operations.yaml';
import recommended from '../../rulesets/recommended.yaml';
import redoclyRecommended from '../../rulesets/redocly-recommended.yaml';
import relay from '../../rulesets/relay.yaml';
import rest from '../../rulesets/rest.yaml';
import security from '../../rulesets/security.yaml';
import spectralOas from '../../rulesets/spectral-oas.yaml';
import strict from '../../rulesets/strict.yaml';
import style from '../../rulesets/style.yaml';
import zalando from '../../rulesets/zalando.yaml';
import type { EnabledRule } from '../lint/lint.ts';
import type { Rule } from '../rules/rule.ts';
import { type Severity, severities } from '../text/problem.ts';

/** How loud a rule is in a ruleset; `off` silences what an earlier ruleset turned on. */
export type Level = Severity | 'off';
export const levels: readonly Level[] = [...severities, 'off'];

/** What a ruleset says of a rule: how loud, or that and its options. */
export type Setting = Level | { readonly severity: Level; readonly options?: Readonly<Record<string, unknown>> };

/** Which rules run and how loud: data without code, as it stands in a ruleset's file. */
export interface Ruleset {
  readonly description?: string;
  /** Rulesets that come first, by name or, in a file, by path. */
  readonly extends?: readonly string[];
  /** By rule id, or `principle/*` for all rules of a principle; an id says more than a principle. */
  readonly rules: Readonly<Record<string, Setting>>;
}

/** The rulesets that come with apiarch. */
export const rulesets = {
  recommended,
  strict,
  rest,
  graphql,
  grpc,
  security,
  docs,
  style,
  operations,
  hypermedia,
  relay,
  aip,
  zalando,
  'spectral-oas': spectralOas,
  'redocly-recommended': redoclyRecommended,
  'buf-standard': bufStandard,
  'graphql-eslint-recommended': graphqlEslintRecommended,
} as unknown as Readonly<Record<string, Ruleset>>;

/** A rule's level and options after all rulesets have spoken. */
export interface Resolved {
  readonly severity: Level;
  readonly options: Readonly<Record<string, unknown>>;
}

/** A rule that is to run alone, with its level where one was given: `--rule ID[=SEVERITY]`. */
export interface Pick {
  /** A rule id, or `principle/*`. */
  readonly id: string;
  readonly level: Level | null;
}

/** What runs whatever is asked for: without it a broken document would pass as clean. */
export const alwaysOn = 'structure/syntax';

/**
 * The rules that are to run.
 * @param inOrder rulesets, later ones win
 * @param picks when there are any, only these rules run, at their level, else the rulesets', else `warn`
 */
export function enabledRules(
  inOrder: readonly Ruleset[],
  picks: readonly Pick[],
  rules: readonly Rule[],
): EnabledRule[] {
  const resolved = resolveRulesets(inOrder, rules);
  return rules.flatMap((rule) => {
    const setting = resolved.get(rule.id);
    const level = levelWith(rule.id, setting?.severity ?? 'off', picks) ?? 'off';
    return level === 'off' ? [] : [{ rule, severity: level, options: { ...defaultsOf(rule), ...setting?.options } }];
  });
}

/**
 * How loud a rule is when some are picked.
 * @param inRulesets null when no ruleset says
 * @returns null when nobody says
 */
export function levelWith(id: string, inRulesets: Level | null, picks: readonly Pick[]): Level | null {
  const pick = pickFor(id, picks);
  const fromRulesets = inRulesets === 'off' ? null : inRulesets;
  if (id === alwaysOn) return (pick?.level === 'off' ? null : pick?.level) ?? fromRulesets ?? 'error';
  if (picks.length === 0) return inRulesets;
  return pick ? (pick.level ?? fromRulesets ?? (inRulesets === null ? null : 'warn')) : 'off';
}

/** The pick that speaks of a rule; the last one does, and an id says more than a principle. */
export function pickFor(id: string, picks: readonly Pick[]): Pick | undefined {
  return picks.findLast((one) => one.id === id) ?? picks.findLast((one) => one.id === `${principleOf(id)}/*`);
}

/** What settings say of a rule; an id says more than a principle. */
export function settingFor(id: string, settings: Ruleset['rules']): Setting | undefined {
  return settings[id] ?? settings[`${principleOf(id)}/*`];
}

/** The options that a rule has when nobody says otherwise. */
export function defaultsOf(rule: Rule): Record<string, unknown> {
  return Object.fromEntries(Object.entries(rule.options ?? {}).map(([name, option]) => [name, option.default]));
}

/** What rulesets together say of each rule, by id; later ones win. What none of them names is missing. */
export function resolveRulesets(
  inOrder: readonly Ruleset[],
  rules: readonly { readonly id: string }[],
): Map<string, Resolved> {
  const resolved = new Map<string, Resolved>();
  for (const ruleset of inOrder) {
    for (const { id } of rules) {
      const setting = settingFor(id, ruleset.rules);
      if (setting !== undefined) resolved.set(id, combine(resolved.get(id), setting));
    }
  }
  return resolved;
}

function combine(before: Resolved | undefined, setting: Setting): Resolved {
  if (typeof setting === 'string') return { severity: setting, options: before?.options ?? {} };
  return { severity: setting.severity, options: { ...before?.options, ...setting.options } };
}

/** Whether a ruleset comes with apiarch. */
export function isOwnRuleset(name: string): boolean {
  return Object.hasOwn(rulesets, name);
}

/** A ruleset of ours with those that it extends, which come first. */
export function ownRulesets(name: string): Ruleset[] {
  const ruleset = rulesets[name]!;
  return [...(ruleset.extends ?? []).flatMap(ownRulesets), ruleset];
}

/** The principle that a rule's id begins with. */
export function principleOf(id: string): string {
  return id.slice(0, id.indexOf('/'));
}

/** The names by which rulesets and flags speak of rules: their ids, and `principle/*` for all of a principle. */
export function ruleNames(rules: readonly Rule[]): string[] {
  const ids = rules.map(({ id }) => id);
  return [...ids, ...new Set(ids.map((id) => `${principleOf(id)}/*`))];
}
