import type { Rule } from '../rules/rule.ts';
import { optionFault } from './option.ts';
import { type Level, levels, type Ruleset, ruleNames, type Setting } from './rulesets.ts';
import type { YamlFile, YamlNode, YamlText } from './yaml-file.ts';

/** A ruleset from a file, before it is known which rules there are: plugins may bring some. */
export interface RulesetFile {
  readonly file: YamlFile;
  /** Rulesets that come first. */
  readonly extends: readonly YamlText[];
  /** Modules with further rules. */
  readonly plugins: readonly YamlText[];
  /** The settings, unread. */
  readonly rules: YamlNode;
}

/**
 * Reads a ruleset: a map of `rules`, `extends`, `plugins` and `description`.
 * @throws Failure at the line and column of what is wrong
 */
export function readRuleset(file: YamlFile): RulesetFile {
  let result: RulesetFile = { file, extends: [], plugins: [], rules: null };
  const keep = (part: Partial<RulesetFile>) => {
    result = { ...result, ...part };
  };
  file.read(
    file.root,
    {
      rules: (rules) => keep({ rules }),
      extends: (node) => keep({ extends: readExtends(file, node) }),
      plugins: (node) => keep({ plugins: readPlugins(file, node) }),
      description: (node) => file.scalar(node),
      $schema: () => {},
    },
    'a ruleset has `rules`, and may have `extends`, `plugins` and `description`',
  );
  return result;
}

/** @throws Failure unless it is a text or a list of texts */
export function readExtends(file: YamlFile, node: YamlNode): YamlText[] {
  return file.texts(node, '`extends` takes names and paths of rulesets');
}

/** @throws Failure unless it is a text or a list of texts */
export function readPlugins(file: YamlFile, node: YamlNode): YamlText[] {
  return file.texts(node, '`plugins` takes paths and packages of modules that export rules');
}

/** The rules that settings may name. */
export class KnownRules {
  readonly all: readonly Rule[];
  readonly #byId: ReadonlyMap<string, Rule>;
  readonly #names: ReadonlySet<string>;
  readonly #foreign: boolean;

  /** @param foreign whether rulesets of Spectral are read as well, whose rules are called `spectral/…` */
  constructor(rules: readonly Rule[], foreign: boolean) {
    this.all = rules;
    this.#byId = new Map(rules.map((rule) => [rule.id, rule]));
    this.#names = new Set(ruleNames(rules));
    this.#foreign = foreign;
  }

  get names(): Iterable<string> {
    return this.#names;
  }

  has(name: string): boolean {
    return this.#names.has(name) || (this.#foreign && /^spectral\/./.test(name));
  }

  optionsOf(id: string): NonNullable<Rule['options']> {
    return this.#byId.get(id)?.options ?? {};
  }
}

/**
 * Reads settings by rule id or `principle/*`: severities, or severities and options.
 * @throws Failure at the line and column of what is wrong
 */
export function readRules(file: YamlFile, node: YamlNode, known: KnownRules): Ruleset['rules'] {
  const settings = file.entries(node, '`rules` maps rule ids to severities').map(({ key, keyNode, value }) => {
    if (!known.has(key)) file.failUnknown(keyNode, 'rule', key, [...known.names]);
    return [key, file.isMap(value) ? readSetting(file, key, value, known) : readLevel(file, value)] as const;
  });
  return Object.fromEntries(settings);
}

function readSetting(file: YamlFile, rule: string, node: YamlNode, known: KnownRules): Setting {
  let severity: Level | undefined;
  let options: Record<string, unknown> | undefined;
  file.read(
    node,
    {
      severity: (value) => {
        severity = readLevel(file, value);
      },
      options: (value) => {
        options = readOptions(file, rule, value, known);
      },
    },
    'a rule takes a severity, or `severity` and `options`',
  );
  if (severity === undefined) return file.failAt(node, `\`${rule}\` needs a \`severity\`.`);
  return options ? { severity, options } : severity;
}

function readLevel(file: YamlFile, node: YamlNode): Level {
  const value = file.scalar(node);
  const level = levels.find((known) => known === value);
  if (level) return level;
  const found = value === undefined || value === null ? '' : `, not \`${String(value)}\``;
  return file.failAt(node, `a severity is one of ${levels.join(', ')}${found}.`);
}

function readOptions(file: YamlFile, rule: string, node: YamlNode, known: KnownRules): Record<string, unknown> {
  const options = known.optionsOf(rule);
  const values = file.entries(node, '`options` maps names to values').map(({ key, keyNode, value }) => {
    const option = Object.hasOwn(options, key) ? options[key] : undefined;
    if (!option) return file.failUnknown(keyNode, `option of \`${rule}\` called`, key, Object.keys(options));
    const given = file.value(value);
    const fault = optionFault(given, option.schema);
    if (fault) file.failAt(value, `the option \`${key}\` of \`${rule}\` must be ${fault}.`);
    return [key, given] as const;
  });
  return Object.fromEntries(values);
}
