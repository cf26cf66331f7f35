import type { Format, RulesetDefinition, RulesetFunction } from '@stoplight/spectral-core';
import { didYouMean } from '../failure.ts';
import { closest } from '../text/closest.ts';
import { ownFormats, ownFunctions, renamedRules } from './catalogue.ts';
import type { RulesetFile, Way } from './ruleset-file.ts';

/** What names in a ruleset stand for. */
export interface Scope {
  /** The functions that it and those that extend it bring along. */
  readonly functions: ReadonlyMap<string, RulesetFunction>;
  /** The ruleset that an item of `extends` stands for. */
  extend(name: string, way: Way): Promise<RulesetDefinition>;
  /** Says what is not as the author may think. */
  note(way: Way, sentence: string): void;
}

type Data = Readonly<Record<string, unknown>>;

/**
 * The definition that Spectral takes, made of a YAML or JSON ruleset: names are replaced by what they stand for. All that has
 * the wrong shape is left as it is, for Spectral to complain about.
 * @throws Failure at names that stand for nothing
 */
export async function definitionOf(file: RulesetFile, scope: Scope): Promise<RulesetDefinition> {
  const { $schema: _, functions: __, functionsDir: ___, except, ...data } = file.data;
  const reader = new DefinitionReader(file, scope);
  const definition = await reader.read(data, []);
  const overrides = [...(await reader.overrides(data.overrides)), ...exceptions(except)];
  if (data.parserOptions !== undefined) noteParser(data.parserOptions, scope);
  return { ...definition, ...(overrides.length > 0 && { overrides }) } as unknown as RulesetDefinition;
}

class DefinitionReader {
  readonly #file: RulesetFile;
  readonly #scope: Scope;

  constructor(file: RulesetFile, scope: Scope) {
    this.#file = file;
    this.#scope = scope;
  }

  /** @param way where the data stands in the file */
  async read(data: Data, way: Way): Promise<Data> {
    const read: Record<string, unknown> = { ...data };
    if (data.extends !== undefined) read.extends = await this.#extends(data.extends, [...way, 'extends']);
    if (data.formats !== undefined) read.formats = this.#formats(data.formats, [...way, 'formats']);
    if (isRecord(data.rules)) read.rules = this.#rules(data.rules, [...way, 'rules']);
    if (isRecord(data.aliases)) read.aliases = this.#aliases(data.aliases, [...way, 'aliases']);
    return read;
  }

  async overrides(overrides: unknown): Promise<unknown[]> {
    if (overrides === undefined) return [];
    if (!Array.isArray(overrides)) return this.#file.fail(['overrides'], '`overrides` is a list.');
    const read: unknown[] = [];
    for (const [index, override] of overrides.entries()) {
      read.push(isRecord(override) ? await this.read(override, ['overrides', index]) : override);
    }
    return read;
  }

  async #extends(names: unknown, way: Way): Promise<unknown> {
    if (typeof names === 'string') return [await this.#scope.extend(names, way)];
    if (!Array.isArray(names)) return this.#file.fail(way, '`extends` takes the names of rulesets.');
    const read: unknown[] = [];
    for (const [index, item] of names.entries()) {
      const [name, ...level] = Array.isArray(item) ? (item as unknown[]) : [item];
      if (typeof name !== 'string') return this.#file.fail([...way, index], '`extends` takes the names of rulesets.');
      if (level.length > 0 && (level.length > 1 || !levels.includes(String(level[0])))) {
        return this.#file.fail([...way, index], `beside a ruleset stands one of ${levels.join(', ')}.`);
      }
      const ruleset = await this.#scope.extend(name, [...way, index]);
      read.push(level.length > 0 ? [ruleset, level[0]] : ruleset);
    }
    return read;
  }

  #rules(rules: Data, way: Way): Data {
    const read = new Map<string, unknown>();
    for (const [written, rule] of Object.entries(rules)) {
      const isOwn = isRecord(rule);
      const name = !isOwn && Object.hasOwn(renamedRules, written) ? renamedRules[written]! : written;
      if (name !== written) this.#scope.note([...way, written], `the rule \`${written}\` is called \`${name}\` now.`);
      // Where both names stand there, the one of today counts.
      if (name === written || !Object.hasOwn(rules, name)) {
        read.set(name, isOwn ? this.#rule(rule, [...way, written]) : inWords(rule));
      }
    }
    return Object.fromEntries(read);
  }

  #rule(rule: Data, way: Way): Data {
    const read = new Map(Object.entries(rule));
    const { formats, then: steps } = rule;
    if (formats !== undefined) read.set('formats', this.#formats(formats, [...way, 'formats']));
    const at = [...way, 'then'];
    if (Array.isArray(steps)) {
      read.set(
        'then',
        steps.map((step, index) => this.#step(step, [...at, index])),
      );
    } else if (steps !== undefined) read.set('then', this.#step(steps, at));
    return Object.fromEntries(read);
  }

  #step(step: unknown, way: Way): unknown {
    if (!isRecord(step) || step.function === undefined) return step;
    const at = [...way, 'function'];
    if (typeof step.function !== 'string') return this.#file.fail(at, 'a function is given by its name.');
    return { ...step, function: this.#function(step.function, at) };
  }

  #function(name: string, way: Way): RulesetFunction {
    const found = ownFunctions.get(name) ?? this.#scope.functions.get(name);
    if (found) return found;
    const suggestion = closest(name, [...ownFunctions.keys(), ...this.#scope.functions.keys()]);
    const hint = suggestion === null ? '; `functions` is to name it.' : didYouMean(suggestion);
    return this.#file.fail(way, `there is no function \`${name}\`${hint}`);
  }

  #aliases(aliases: Data, way: Way): Data {
    const entries = Object.entries(aliases).map(([name, alias]) => {
      if (!isRecord(alias) || !Array.isArray(alias.targets)) return [name, alias] as const;
      const targets = alias.targets.map((target: unknown, index) => {
        if (!isRecord(target) || target.formats === undefined) return target;
        return { ...target, formats: this.#formats(target.formats, [...way, name, 'targets', index, 'formats']) };
      });
      return [name, { ...alias, targets }] as const;
    });
    return Object.fromEntries(entries);
  }

  #formats(names: unknown, way: Way): Format[] {
    if (!Array.isArray(names)) return this.#file.fail(way, '`formats` is a list.');
    const found = names.map((name: unknown, index) => {
      const format = ownFormats.get(String(name));
      if (format) return format;
      const suggestion = closest(String(name), ownFormats.keys());
      return this.#file.fail([...way, index], `there is no format \`${name}\`${didYouMean(suggestion)}`);
    });
    return [...new Set(found)];
  }
}

/** A severity alone may be a number as well as a word. */
function inWords(severity: unknown): unknown {
  return typeof severity === 'number' ? (['off', 'error', 'warn', 'info', 'hint'][severity + 1] ?? severity) : severity;
}

const levels = ['off', 'recommended', 'all'];

/** `except` of Spectral 5: files, or places in them, with rules that are off there. */
function exceptions(except: unknown): Data[] {
  if (!isRecord(except)) return [];
  return Object.entries(except).map(([pattern, rules]) => ({
    files: [pattern.startsWith('#') ? `**${pattern}` : pattern],
    rules: Object.fromEntries((Array.isArray(rules) ? rules : []).map((rule: unknown) => [String(rule), 'off'])),
  }));
}

function noteParser(options: unknown, scope: Scope): void {
  if (!isRecord(options) || options.incompatibleValues === undefined) return;
  scope.note(
    ['parserOptions', 'incompatibleValues'],
    '`incompatibleValues` is not looked at: what is no JSON in a YAML file is found by rules of ours.',
  );
}

function isRecord(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
