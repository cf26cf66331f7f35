// Rules of the user's own: modules that export what `defineRule` made.
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Io } from '../io.ts';
import { languageNames } from '../languages/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { locateModule, type Named } from './extends.ts';

/**
 * Loads the rules of plugins. A plugin that is named twice is loaded once.
 * @param rules those there are already
 * @returns the rules of all plugins, in order
 * @throws Failure when a module does not load, exports no rules, or has a rule whose id is taken
 */
export async function loadPlugins(plugins: readonly Named[], rules: readonly Rule[], io: Io): Promise<Rule[]> {
  const owners = new Map(rules.map(({ id }) => [id, 'apiarch itself']));
  const loaded = new Set<string>();
  const found: Rule[] = [];
  for (const plugin of plugins) {
    const path = await locatePlugin(plugin, io);
    if (loaded.has(path)) continue;
    loaded.add(path);
    for (const rule of rulesOf(await load(path, plugin), plugin)) {
      const owner = owners.get(rule.id);
      if (owner) plugin.fail(`the plugin \`${plugin.text}\` has a rule \`${rule.id}\`, which ${owner} has already.`);
      owners.set(rule.id, `\`${plugin.text}\``);
      found.push(rule);
    }
  }
  return found;
}

/** The absolute path of a plugin's module. */
async function locatePlugin(plugin: Named, io: Io): Promise<string> {
  if (/^[a-z][a-z+]*:\/\//i.test(plugin.text)) plugin.fail(`\`${plugin.text}\` is no file and no package.`);
  const path = locateModule(plugin, io);
  if (path !== null) {
    if (io.kind(path) === 'file') return resolve(io.cwd, path);
    return plugin.fail(`the plugin \`${plugin.text}\` cannot be read: there is no such file.`);
  }
  // Packages that are only meant to be imported: Node has no way to ask for those from another folder.
  const jiti = await jitiFor(resolve(io.cwd, plugin.folder, 'apiarch.yaml'));
  const address = jiti.esmResolve(plugin.text, { try: true });
  if (address?.startsWith('file:')) return fileURLToPath(address);
  return plugin.fail(`there is no file and no installed package \`${plugin.text}\` for the plugin.`);
}

/** What a module exports. */
async function load(path: string, plugin: Named): Promise<unknown> {
  try {
    return await (await jitiFor(path)).import(path);
  } catch (error) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return plugin.fail(`the plugin \`${plugin.text}\` does not load: ${firstLine(what).replace(/\.?$/, '.')}`);
  }
}

/** Runs TypeScript and JavaScript, in which `apiarch` is this very program, installed beside them or not. */
async function jitiFor(path: string) {
  const [{ createJiti }, apiarch] = await Promise.all([import('jiti'), import('../index.ts')]);
  // What is compiled is not kept, since that would be written to a folder that others can write to.
  return createJiti(pathToFileURL(path).href, { fsCache: false, interopDefault: false, virtualModules: { apiarch } });
}

function rulesOf(module: unknown, plugin: Named): Rule[] {
  const { rules, default: main } = asObject(module);
  const exported = rules ?? asObject(main)['rules'] ?? asObject(main)['default'] ?? main;
  const candidates = Array.isArray(exported)
    ? exported
    : isRuleLike(exported)
      ? [exported]
      : Object.values(asObject(exported));
  if (candidates.length === 0) {
    plugin.fail(
      `the plugin \`${plugin.text}\` exports no rules: export a list of rules as \`rules\`, or a rule as default.`,
    );
  }
  return candidates.map((rule, index) => checkedRule(rule, index, plugin));
}

function isRuleLike(value: unknown): boolean {
  return ['id', 'checks'].some((key) => Object.hasOwn(asObject(value), key));
}

/** @throws Failure that says which part of the rule is not as it must be */
function checkedRule(value: unknown, index: number, plugin: Named): Rule {
  const rule = asObject(value);
  const name = typeof rule['id'] === 'string' ? `rule \`${rule['id']}\`` : `rule number ${index + 1}`;
  const fault = faultOf(value, rule);
  if (fault) plugin.fail(`the ${name} of the plugin \`${plugin.text}\` ${fault}.`);
  // What may be left out in JavaScript is there for all who look at rules.
  return { ...rule, sources: rule['sources'] ?? [], equivalents: rule['equivalents'] ?? [] } as unknown as Rule;
}

/** What is wrong with a rule, as the end of a sentence; null when it can run. */
function faultOf(value: unknown, rule: Readonly<Record<string, unknown>>): string | null {
  if (typeof value !== 'object' || value === null) return 'is no object: make it with `defineRule`';
  const { id, summary, why, checks } = rule;
  if (typeof id !== 'string' || !/^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9-]*$/.test(id)) {
    return 'needs an `id` such as `team/money-in-cents`: `principle/name`, in lower case, with `-`';
  }
  if (id.startsWith('spectral/')) return 'cannot be called `spectral/…`, as the rules of Spectral are';
  if (typeof summary !== 'string') return 'needs a `summary` that completes "apiarch checks that …"';
  if (typeof why !== 'string') return 'needs a `why`: who is hurt when the rule is broken';
  for (const list of ['sources', 'equivalents']) {
    if (rule[list] !== undefined && !isTexts(rule[list])) return `has \`${list}\` that are no list of texts`;
  }
  return checksFault(checks) ?? optionsFault(rule['options']);
}

function checksFault(checks: unknown): string | null {
  const names = Object.keys(asObject(checks));
  if (names.length === 0) return `needs \`checks\` for ${languageNames.join(', ')}, or some of them`;
  for (const name of names) {
    if (!languageNames.some((known) => known === name)) {
      return `has a check for \`${name}\`, which is none of ${languageNames.join(', ')}`;
    }
    const check = asObject(asObject(checks)[name]);
    if (typeof check['find'] !== 'function') return `has a check for \`${name}\` without a function \`find\``;
    for (const example of ['good', 'bad']) {
      if (!isExample(check[example])) return `has a check for \`${name}\` without a \`${example}\` example`;
    }
  }
  return null;
}

function optionsFault(options: unknown): string | null {
  if (options === undefined) return null;
  for (const [name, value] of Object.entries(asObject(options))) {
    const option = asObject(value);
    if (typeof option['description'] !== 'string') return `has an option \`${name}\` without a \`description\``;
    if (!Object.hasOwn(option, 'default')) return `has an option \`${name}\` without a \`default\``;
    if (typeof option['schema'] !== 'object' || option['schema'] === null) {
      return `has an option \`${name}\` without a \`schema\``;
    }
  }
  return null;
}

/** One document, or several by name. */
function isExample(value: unknown): boolean {
  if (typeof value === 'string') return true;
  const files = Object.values(asObject(value));
  return files.length > 0 && isTexts(files);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** The value when it is an object, else one without keys. */
function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}
