import { dirname, extname, join, resolve } from 'node:path';
import type { Ruleset, RulesetDefinition, RulesetFunction } from '@stoplight/spectral-core';
import core from '@stoplight/spectral-core';
import { didYouMean, Failure } from '../failure.ts';
import { type Io, relativePath } from '../io.ts';
import { closest } from '../text/closest.ts';
import { compareText, type Severity } from '../text/problem.ts';
import { ownRulesets, severityOf } from './catalogue.ts';
import { checkPaths } from './check-paths.ts';
import { definitionOf, type Scope } from './definition.ts';
import { download, isAllowed } from './download.ts';
import { loadFunction, loadModule, locatePackage, withSchema } from './modules.ts';
import { asSentence, RulesetFile, type Way } from './ruleset-file.ts';

/** A rule of a Spectral ruleset that runs. */
export interface SpectralRule {
  /** As in reports and suppressions: `spectral/paths-kebab-case`. */
  readonly id: string;
  readonly summary: string;
  /** Where it is documented. */
  readonly url: string | null;
  readonly severity: Severity;
}

/** A ruleset with all that it extends, ready to run. */
export interface SpectralRuleset {
  /** As it was asked for. */
  readonly path: string;
  readonly ruleset: Ruleset;
  /** Those that run, by id. */
  readonly rules: readonly SpectralRule[];
  /** Sentences on what is not as its author may think. */
  readonly notes: readonly string[];
}

export interface SpectralSettings {
  /** The hosts that rulesets may be read from. */
  readonly allowedHosts?: readonly string[];
}

/**
 * Loads a Spectral ruleset in YAML, JSON, JavaScript or TypeScript with all that it extends.
 * @param path relative to the working directory, absolute, or a URL
 * @throws Failure when its host may not be read from, and with the line and column of what is wrong in it
 */
export async function loadSpectral(path: string, io: Io, settings: SpectralSettings = {}): Promise<SpectralRuleset> {
  const { allowedHosts = [] } = settings;
  const loader = new Loader(io, allowedHosts);
  const source = isUrl(path) ? path : resolve(io.cwd, path);
  if (isUrl(path) && !isAllowed(path, allowedHosts)) {
    const { host } = new URL(path);
    throw new Failure(`\`${path}\` lies in the network; \`--allow-remote-refs ${host}\` lets it be read.`);
  }
  const definition = await loader.load(source, [], new Map());
  const ruleset = loader.build(definition, source);
  await checkPaths(ruleset, (rule, sentence) => loader.failAtRule(rule, ['given'], sentence));
  return { path, ruleset, rules: rulesOf(ruleset), notes: loader.notes };
}

function rulesOf({ rules, overrides }: Ruleset): SpectralRule[] {
  const running = Object.values(rules).flatMap((rule): SpectralRule[] => {
    const severity = severityOf(rule.severity);
    if (!rule.enabled || severity === null) return [];
    const { name, description, documentationUrl } = rule;
    return [{ id: `spectral/${name}`, summary: description ?? name, url: documentationUrl, severity }];
  });
  const known = new Set(running.map(({ id }) => id));
  const overridden = (overrides ?? []).flatMap((override) =>
    'rules' in override ? Object.entries(override.rules) : [],
  );
  for (const [name, rule] of overridden) {
    const id = `spectral/${name}`;
    if (known.has(id) || rule === 'off' || rule === false) continue;
    known.add(id);
    const own = rules[name];
    const said = typeof rule === 'object' ? rule : undefined;
    const severity =
      severityOf(typeof rule === 'string' ? rule : (said?.severity ?? own?.severity ?? 'warn')) ?? 'warn';
    const url = said?.documentationUrl ?? own?.documentationUrl ?? null;
    running.push({ id, summary: said?.description ?? own?.description ?? name, url, severity });
  }
  return running.sort((a, b) => compareText(a.id, b.id));
}

type Functions = ReadonlyMap<string, RulesetFunction>;

/** Follows `extends`. Places are absolute paths or URLs. */
class Loader {
  readonly notes: string[] = [];
  readonly #io: Io;
  readonly #hosts: readonly string[];
  readonly #definitions = new Map<string, RulesetDefinition>();
  readonly #files: RulesetFile[] = [];

  constructor(io: Io, hosts: readonly string[]) {
    this.#io = io;
    this.#hosts = hosts;
  }

  /**
   * @param trail the places of the rulesets that lead here
   * @param outer the functions of those rulesets
   */
  async load(place: string, trail: readonly string[], outer: Functions): Promise<RulesetDefinition> {
    const known = this.#definitions.get(place);
    if (known) return known;
    const isData = isUrl(place) ? !isCode(new URL(place).pathname) : !isCode(place);
    const definition = isData ? await this.#loadData(place, trail, outer) : await this.#loadCode(place);
    this.#definitions.set(place, definition);
    return definition;
  }

  /** @throws Failure for what Spectral itself finds wrong */
  build(definition: RulesetDefinition, source: string): Ruleset {
    try {
      return new core.Ruleset(definition, { severity: 'recommended', source });
    } catch (error) {
      const [, missing] = /non-existing rule: "(.*)"/.exec(String((error as Error).message)) ?? [];
      if (missing === undefined) throw new Failure(`\`${this.#shown(source)}\`: ${reasonOf(error)}`);
      const suggestion = closest(missing, this.#ruleNames());
      return this.failAtRule(missing, [], `there is no rule \`${missing}\` to change${didYouMean(suggestion)}`);
    }
  }

  /** Fails at a rule, in whichever file it stands; the files that were asked for come before those that they extend. */
  failAtRule(rule: string, way: Way, sentence: string): never {
    const holder = this.#files.findLast(({ data }) => isRecord(data.rules) && Object.hasOwn(data.rules, rule));
    if (holder) return holder.fail(['rules', rule, ...way], sentence);
    const file = this.#files.at(-1);
    throw new Failure(file ? `${file.name}: ${sentence}` : asSentence(sentence));
  }

  async #loadData(place: string, trail: readonly string[], outer: Functions): Promise<RulesetDefinition> {
    const { text, url: base } = isUrl(place)
      ? await download(place, this.#hosts)
      : { text: this.#io.read(this.#shown(place)), url: place };
    const file = new RulesetFile(this.#shown(place), text);
    this.notes.push(...file.notes);
    const functions = new Map([...outer, ...(await this.#functionsOf(file, place))]);
    const scope: Scope = {
      functions,
      extend: (name, way) => this.#extend(name, way, { file, place: base, trail: [...trail, place], functions }),
      note: (way, sentence) => this.notes.push(`${file.at(way)}: ${sentence}`),
    };
    const definition = await definitionOf(file, scope);
    this.#files.push(file);
    assertValid(definition, (way, sentence) => file.fail(way, sentence));
    return definition;
  }

  async #loadCode(place: string): Promise<RulesetDefinition> {
    if (isUrl(place)) throw new Failure(`\`${place}\` is code from the network, which is not run.`);
    const name = this.#shown(place);
    this.#io.read(name);
    const definition = (await loadModule(place, name)) as RulesetDefinition;
    assertValid(definition, (way, sentence) => {
      const where = way.length === 0 ? '' : ` at \`${way.join('.')}\``;
      throw new Failure(`\`${name}\` is no Spectral ruleset${where}: ${sentence}`);
    });
    return definition;
  }

  async #extend(name: string, way: Way, from: Extending): Promise<RulesetDefinition> {
    const { file, trail, functions } = from;
    if (name.startsWith('spectral:')) {
      const own = ownRulesets.get(name);
      return (
        own ?? file.fail(way, `Spectral has no ruleset \`${name}\`${didYouMean(closest(name, ownRulesets.keys()))}`)
      );
    }
    const place = this.#placeOf(name, way, from);
    if (trail.includes(place)) {
      const circle = [...trail.slice(trail.indexOf(place)), place].map((one) => `\`${this.#shown(one)}\``).join(' → ');
      file.fail(way, `this ruleset extends itself: ${circle}.`);
    }
    if (isUrl(place) || this.#io.kind(place) === 'file') return this.load(place, trail, functions);
    return file.fail(way, `there is no ruleset \`${name}\`: no such file, and no package of that name.`);
  }

  /** A file is looked for before a package. */
  #placeOf(name: string, way: Way, { file, place }: Extending): string {
    const url = isUrl(name) ? name : isUrl(place) ? new URL(name, place).href : null;
    if (url !== null) {
      const { host, protocol } = new URL(url);
      if (protocol !== 'https:' && protocol !== 'http:') file.fail(way, `\`${url}\` is no address of a ruleset.`);
      if (!isAllowed(url, this.#hosts)) {
        file.fail(way, `\`${url}\` is on the network, which is not read; \`--allow-remote-refs ${host}\` allows it.`);
      }
      return url;
    }
    const path = resolve(dirname(place), name);
    if (this.#io.kind(path) === 'file' || /^\.{0,2}[\\/]/.test(name)) return path;
    return locatePackage(name, dirname(place)) ?? path;
  }

  async #functionsOf(file: RulesetFile, place: string): Promise<[string, RulesetFunction][]> {
    const { functions = [], functionsDir = 'functions' } = file.data;
    if (!Array.isArray(functions)) return file.fail(['functions'], '`functions` is a list of names.');
    if (typeof functionsDir !== 'string') return file.fail(['functionsDir'], '`functionsDir` is the path of a folder.');
    if (functions.length > 0 && isUrl(place)) file.fail(['functions'], 'code from the network is not run.');
    const found: [string, RulesetFunction][] = [];
    for (const [index, item] of functions.entries()) {
      // Rulesets of Spectral 5 put the schema of the options beside the name.
      const [name, schema] = Array.isArray(item) ? (item as unknown[]) : [item];
      const way = ['functions', index];
      if (typeof name !== 'string') return file.fail(way, 'a function is given by its name.');
      const base = join(dirname(place), functionsDir, name);
      const path = ['.js', '.mjs', '.cjs', '.ts', '']
        .map((end) => base + end)
        .find((one) => this.#io.kind(one) === 'file');
      if (path === undefined) {
        return file.fail(
          way,
          `there is no file \`${join(functionsDir, name).replaceAll('\\', '/')}.js\` with this function.`,
        );
      }
      const judge = await loadFunction(path, this.#shown(path));
      found.push([name, schema === undefined ? judge : withSchema(judge, schema, (reason) => file.fail(way, reason))]);
    }
    return found;
  }

  #ruleNames(): string[] {
    const definitions = [...this.#definitions.values(), ...ownRulesets.values()];
    const rules = definitions.flatMap((definition) => ('rules' in definition ? Object.entries(definition.rules) : []));
    return rules.flatMap(([name, rule]) => (isRecord(rule) ? [name] : []));
  }

  #shown(place: string): string {
    return isUrl(place) ? place : relativePath(this.#io.cwd, place);
  }
}

/** A ruleset that extends another. */
interface Extending {
  readonly file: RulesetFile;
  readonly place: string;
  readonly trail: readonly string[];
  readonly functions: Functions;
}

const isUrl = (place: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(place);

const isCode = (path: string): boolean => /^\.[cm]?[jt]s$/.test(extname(path));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What Spectral itself asks of a definition. What it extends has been looked at before. */
function assertValid(definition: RulesetDefinition, fail: (way: Way, sentence: string) => never): void {
  if (!isRecord(definition)) fail([], 'it is to hold an object with `rules`, `extends` or `overrides`.');
  try {
    core.assertValidRuleset('extends' in definition ? { ...definition, extends: [] } : definition, 'js');
  } catch (error) {
    const first = firstOf(error);
    const way = (first as { readonly path?: readonly string[] }).path ?? [];
    fail(way.map(unescaped), sentenceFor(way, reasonOf(first)));
  }
}

/** The way comes from a JSON pointer. */
const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');

function sentenceFor(way: readonly string[], reason: string): string {
  const [section, name] = way;
  if (name === undefined || (section !== 'rules' && section !== 'aliases')) {
    return section === undefined || section === '' ? reason : `\`${section}\`: ${reason}`;
  }
  return `${section === 'rules' ? 'the rule' : 'the alias'} \`${unescaped(name)}\`: ${reason}`;
}

/** Of several errors the first. */
function firstOf(error: unknown): unknown {
  const errors = (error as { readonly errors?: readonly unknown[] }).errors;
  return errors !== undefined && errors.length > 0 ? firstOf(errors[0]) : error;
}

function reasonOf(error: unknown): string {
  const first = firstOf(error);
  return asSentence(first instanceof Error ? first.message : String(first));
}
