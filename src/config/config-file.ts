import { basename, dirname, join, resolve } from 'node:path';
import { Failure } from '../failure.ts';
import { type Io, relativePath } from '../io.ts';
import type { Rule } from '../rules/rule.ts';
import { isSpectralRuleset } from '../spectral/detect.ts';
import { type Severity, severities } from '../text/problem.ts';
import { type Config, type ConfiguredApi, type Override, withoutFile } from './config.ts';
import { namedByFlag, namedIn, resolveExtends } from './extends.ts';
import { elementMatcher, fileMatcher, type Matcher } from './pattern.ts';
import { KnownRules, readExtends, readPlugins, readRules } from './ruleset-file.ts';
import type { Ruleset } from './rulesets.ts';
import { YamlFile, type YamlNode } from './yaml-file.ts';

/**
 * Reads a configuration with all that it extends, and its plugins.
 * @param path the file; null for none
 * @param rulesets what takes the place of what it extends, by name or path; null when nothing does
 * @param rules those that come with apiarch
 * @throws Failure at the line and column of what is wrong
 */
export async function readConfig(
  path: string | null,
  rulesets: readonly string[] | null,
  rules: readonly Rule[],
  io: Io,
): Promise<Config> {
  const file = path === null ? null : new ConfigFile(relativePath(io.cwd, path), io);
  const byDefault = namedByFlag(['recommended']);
  const extended = resolveExtends(rulesets ? namedByFlag(rulesets) : (file?.extends() ?? byDefault), io);
  const plugins = [...extended.plugins, ...(file?.plugins() ?? [])];
  const further = plugins.length === 0 ? [] : await (await import('./plugins.ts')).loadPlugins(plugins, rules, io);
  const known = new KnownRules([...rules, ...further], extended.spectral.length > 0);
  const own = extended.own.map((one) => ('file' in one ? { rules: readRules(one.file, one.rules, known) } : one));
  return {
    ...withoutFile(known.all),
    rulesets: [pluginDefaults(further), ...own],
    spectral: extended.spectral,
    ...file?.settings(known, [pluginDefaults(further), ...own]),
  };
}

/** Who names a plugin wants its rules. */
function pluginDefaults(rules: readonly Rule[]): Ruleset {
  return { rules: Object.fromEntries(rules.map(({ id }) => [id, 'warn'])) };
}

/** `apiarch.yaml` or its like. Its keys are read at once, its rules when it is known which there are. */
class ConfigFile {
  readonly #file: YamlFile;
  readonly #path: string;
  readonly #folder: string;
  readonly #io: Io;
  readonly #nodes = new Map<string, YamlNode>();

  /** @param path relative to the working directory */
  constructor(path: string, io: Io) {
    this.#path = path;
    this.#folder = dirname(path);
    this.#io = io;
    const text = io.read(path);
    if (isSpectralRuleset(path, text)) {
      throw new Failure(`\`${path}\` is a ruleset of Spectral: name it in \`extends\`, or behind \`--ruleset\`.`);
    }
    this.#file = new YamlFile(path, text);
    const root = basename(path) === 'package.json' ? this.#inManifest() : this.#file.root;
    const keep = (key: string) => (node: YamlNode) => {
      this.#nodes.set(key, node);
    };
    const readers = Object.fromEntries(configKeys.map((key) => [key, keep(key)]));
    this.#file.read(root, readers, 'a configuration is a map of `extends`, `rules` and others');
  }

  extends() {
    const node = this.#node('extends');
    return this.#file.scalar(node) === null ? null : namedIn(this.#file, readExtends(this.#file, node));
  }

  plugins() {
    return namedIn(this.#file, readPlugins(this.#file, this.#node('plugins')));
  }

  settings(known: KnownRules, before: readonly Ruleset[]): Partial<Config> {
    const ignore = this.#file.texts(this.#node('ignore'), '`ignore` takes globs');
    return {
      path: this.#path,
      folder: resolve(this.#io.cwd, this.#folder),
      rulesets: [...before, { rules: readRules(this.#file, this.#node('rules'), known) }],
      overrides: this.#overrides(known),
      ignores: ignore.length === 0 ? null : this.#files(this.#node('ignore'), 'ignore'),
      apis: this.#apis(),
      failOn: this.#failOn(),
      baseline: this.#pathOf(this.#node('baseline'), '`baseline` takes the path of a file'),
    };
  }

  #overrides(known: KnownRules): Override[] {
    const items = this.#file.items(this.#node('overrides'), '`overrides` takes a list');
    return items.map((item) => {
      let override: Partial<Override> = {};
      const keep = (part: Partial<Override>) => {
        override = { ...override, ...part };
      };
      this.#file.read(
        item,
        {
          files: (node) => keep({ files: this.#files(node, 'files') }),
          elements: (node) => keep({ elements: this.#elements(node) }),
          rules: (node) => keep({ rules: readRules(this.#file, node, known) }),
        },
        'an override has `rules`, and `files` or `elements` to say where they hold',
      );
      return this.#checked(override, item);
    });
  }

  #checked(override: Partial<Override>, node: YamlNode): Override {
    const { files, elements, rules } = override;
    if (!files && !elements) {
      this.#file.failAt(node, 'an override needs `files` or `elements`, which say where it holds.');
    }
    if (!rules) return this.#file.failAt(node, 'an override needs `rules`.');
    const tuned = Object.entries(rules).find(([, setting]) => typeof setting === 'object' && setting.options);
    if (elements && tuned) {
      const sentence = `an override by \`elements\` can change the severity of \`${tuned[0]}\`, and not its options: a rule judges a whole API by the same ones.`;
      this.#file.failAt(node, sentence);
    }
    return { ...override, rules };
  }

  #apis(): ConfiguredApi[] {
    const entries = this.#file.entries(this.#node('apis'), '`apis` maps names to `files`');
    return entries.map(({ key: name, keyNode, value }) => {
      let files: Matcher | undefined;
      let protoPaths: readonly string[] | undefined;
      this.#file.read(
        value,
        {
          files: (node) => {
            files = this.#files(node, 'files');
          },
          protoPaths: (node) => {
            protoPaths = this.#folders(node);
          },
        },
        'an API has `files`, and may have `protoPaths`',
      );
      if (!files) return this.#file.failAt(keyNode, `the API \`${name}\` needs \`files\`.`);
      return { name, files, ...(protoPaths && { protoPaths }) };
    });
  }

  #files(node: YamlNode, key: string): Matcher {
    const globs = this.#file.texts(node, `\`${key}\` takes globs`);
    if (globs.length === 0) this.#file.failAt(node, `\`${key}\` names no file: it takes globs.`);
    try {
      return fileMatcher(
        globs.map(({ text }) => text),
        (path) => relativePath(resolve(this.#io.cwd, this.#folder), resolve(this.#io.cwd, path)),
      );
    } catch (error) {
      if (error instanceof RangeError)
        return this.#file.failAt(node, `\`${key}\` asks for too much: ${error.message}.`);
      throw error;
    }
  }

  #elements(node: YamlNode): Matcher {
    const patterns = this.#file.texts(node, '`elements` takes JSON pointers, schema coordinates and full names');
    if (patterns.length === 0) this.#file.failAt(node, '`elements` names no element.');
    return elementMatcher(patterns.map(({ text }) => text));
  }

  #folders(node: YamlNode): string[] {
    return this.#file.texts(node, '`protoPaths` takes folders').map(({ text, node }) => {
      const path = join(this.#folder, text);
      if (this.#io.kind(path) !== 'folder') this.#file.failAt(node, `\`${text}\` is no folder.`);
      return relativePath(this.#io.cwd, resolve(this.#io.cwd, path)).replace(/^\.$/, '');
    });
  }

  #failOn(): Severity | 'never' | null {
    const node = this.#node('failOn');
    if (node === null) return null;
    const known = [...severities, 'never'] as const;
    const value = this.#file.text(node, '`failOn` takes error, warn, info or never');
    const found = known.find((one) => one === value);
    return found ?? this.#file.failAt(node, `\`failOn\` takes error, warn, info or never, not \`${value}\`.`);
  }

  #pathOf(node: YamlNode, otherwise: string): string | null {
    return node === null ? null : join(this.#folder, this.#file.text(node, otherwise));
  }

  #node(key: string): YamlNode {
    return this.#nodes.get(key) ?? null;
  }

  /** What stands behind the key `apiarch` of a package.json. */
  #inManifest(): YamlNode {
    const entries = this.#file.entries(this.#file.root, 'a package.json is an object');
    const own = entries.find(({ key }) => key === 'apiarch');
    return own ? own.value : this.#file.failAt(null, 'there is no key `apiarch` in it.');
  }
}

/** The keys of a configuration. */
const configKeys = [
  '$schema',
  'extends',
  'rules',
  'overrides',
  'ignore',
  'apis',
  'plugins',
  'failOn',
  'baseline',
] as const;
