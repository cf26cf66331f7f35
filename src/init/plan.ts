import { ownRulesets, type Ruleset, resolveRulesets, rulesets } from '../config/rulesets.ts';
import type { Io } from '../io.ts';
import type { LanguageName } from '../languages/language.ts';
import type { Rule } from '../rules/rule.ts';
import { type Carried, carry, together } from './carry/carry.ts';
import type { PeerConfig, PeerName } from './carry/peer.ts';
import { readPeer } from './carry/read.ts';
import { configText, type NewConfig, type NewSetting } from './config-text.ts';
import { countsOf, type Found } from './detect.ts';
import type { Left, NewFile } from './files.ts';
import type { Choices } from './questions.ts';

/** What the configuration is to be, and what came of those of other linters. */
export interface ConfigPlan {
  readonly files: readonly NewFile[];
  readonly carried: readonly { readonly files: readonly string[]; readonly count: number }[];
  readonly left: readonly Left[];
  /** The ids of the rules that are to run, as far as rulesets of ours say. */
  readonly on: ReadonlySet<string>;
}

export const configFile = 'apiarch.yaml';
export const baselineFile = 'apiarch-baseline.json';

/** The ruleset that is about one style of a language. */
const styleOf: Readonly<Record<LanguageName, string>> = { openapi: 'rest', graphql: 'graphql', protobuf: 'grpc' };

/** The rulesets that fit what there is. */
export function fittingRulesets(found: readonly Found[]): string[] {
  return ['recommended', ...found.map(({ language }) => styleOf[language])];
}

/** What a ruleset of ours is for, as its file says; empty for others. */
export function aboutRuleset(name: string): string {
  const ruleset: Ruleset | undefined = Object.hasOwn(rulesets, name) ? rulesets[name] : undefined;
  return ruleset?.description?.replace(/\.$/, '') ?? '';
}

/**
 * Works out the configuration.
 * @throws Failure when that of another linter is not there or cannot be read
 */
export async function planConfig(
  choices: Choices,
  found: readonly Found[],
  rules: readonly Rule[],
  io: Io,
): Promise<ConfigPlan> {
  const configs: [PeerName, PeerConfig][] = [];
  for (const peer of choices.from) for (const config of await readPeer(peer, rules, io)) configs.push([peer, config]);
  const carried = configs.map(([peer, config]) => ({ config, ...carry(peer, config, rules) }));
  const config = configOf(choices, found, carried);
  const own = config.extends
    .filter(({ name }) => Object.hasOwn(rulesets, name))
    .flatMap(({ name }) => ownRulesets(name));
  const settings = Object.fromEntries([...config.rules].map(([id, { setting }]) => [id, setting]));
  const resolved = resolveRulesets([...own, { rules: settings }], rules);
  return {
    files: [
      { path: configFile, text: configText(config), before: null },
      ...carried.flatMap(({ config: { kept } }) => kept.files),
    ],
    carried: carried.map(({ config: { files }, count }) => ({ files, count })),
    left: carried.flatMap(({ left }) => left),
    on: new Set([...resolved].filter(([, { severity }]) => severity !== 'off').map(([id]) => id)),
  };
}

type CarriedConfig = Carried & { readonly config: PeerConfig };

function configOf(choices: Choices, found: readonly Found[], carried: readonly CarriedConfig[]): NewConfig {
  const names = extendsOf(choices, found, carried);
  return {
    about: found.length === 0 ? 'None was found when this was written.' : `Found: ${countsOf(found)}.`,
    extends: names.map((name) => ({ name, about: aboutRuleset(name) })),
    rules: rulesOf(carried),
    overrides: carried.flatMap(({ overrides }) => overrides),
    ignore: [...new Set(carried.flatMap(({ config: { ignore } }) => ignore))],
    apis: Object.assign({}, ...carried.map(({ config: { apis } }) => apis)),
    baseline: choices.baseline ? baselineFile : null,
  };
}

/** What was asked for; else what another linter's settings begin with, and what fits the languages that it does not know. */
function extendsOf(
  { rulesets: chosen, from }: Choices,
  found: readonly Found[],
  carried: readonly CarriedConfig[],
): string[] {
  const theirs = carried.flatMap(({ config: { base, kept } }) => [...base, ...kept.extends]);
  if (chosen) return [...new Set([...chosen, ...theirs])];
  if (from.length === 0) return fittingRulesets(found);
  const known = new Set(from.map((peer) => languageOf[peer]));
  const unjudged = found.filter(({ language }) => !known.has(language));
  return [...new Set([...(unjudged.length > 0 ? fittingRulesets(unjudged) : []), ...theirs])];
}

/** What each linter judges. */
export const languageOf: Readonly<Record<PeerName, LanguageName>> = {
  spectral: 'openapi',
  redocly: 'openapi',
  buf: 'protobuf',
  'graphql-eslint': 'graphql',
};

/** Where two linters speak of one rule, the later one has the last word, and lists in options add up. */
function rulesOf(carried: readonly CarriedConfig[]): Map<string, NewSetting> {
  const rules = new Map<string, NewSetting>();
  for (const [id, next] of carried.flatMap(({ rules: settings }) => [...settings])) {
    const before = rules.get(id);
    rules.set(id, before ? both(before, next) : next);
  }
  return rules;
}

function both(before: NewSetting, next: NewSetting): NewSetting {
  const [a, b] = [before.setting, next.setting].map((one) =>
    typeof one === 'string' ? { severity: one, options: {} } : one,
  );
  const options = together([a!.options ?? {}, b!.options ?? {}]);
  const setting = Object.keys(options).length > 0 ? { severity: b!.severity, options } : b!.severity;
  return { setting, origin: `${before.origin}, ${next.origin}` };
}
