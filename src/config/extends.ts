import { createRequire } from 'node:module';
import { dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { didYouMean, Failure } from '../failure.ts';
import { type Io, relativePath } from '../io.ts';
import { isSpectralRuleset } from '../spectral/detect.ts';
import { closest } from '../text/closest.ts';
import { type RulesetFile, readRuleset } from './ruleset-file.ts';
import { isOwnRuleset, ownRulesets, type Ruleset, rulesets } from './rulesets.ts';
import { YamlFile } from './yaml-file.ts';

/** Something outside that a file or a flag names. */
export interface Named {
  /** As it was written: a name of ours, a path, a package. */
  readonly text: string;
  /** The folder from which paths and packages are looked for. */
  readonly folder: string;
  /** Says what is wrong with it, where it was written. Takes a sentence. */
  readonly fail: (sentence: string) => never;
}

/** What rulesets lead to, with all that they extend. */
export interface Extended {
  /** Ours by name and those from files; those that are extended come first. */
  readonly own: readonly (Ruleset | RulesetFile)[];
  /** The paths of Spectral's, relative to the working directory, and URLs of theirs, in the order in which they were named. */
  readonly spectral: readonly string[];
  /** The modules with rules that the files name. */
  readonly plugins: readonly Named[];
}

/** Rulesets that extend each other over and over would never end. */
const mostRulesets = 1000;

/**
 * Finds rulesets: ours by name, files, npm packages, and those of Spectral, which another reads.
 * @throws Failure where there is none, or where one extends itself
 */
export function resolveExtends(names: readonly Named[], io: Io): Extended {
  const resolver = new Resolver(io);
  for (const name of names) resolver.add(name, []);
  return { ...resolver, spectral: [...resolver.spectral] };
}

/** What names in a file stand for: paths and packages are looked for from its folder. */
export function namedIn(file: YamlFile, texts: RulesetFile['extends']): Named[] {
  const folder = dirname(file.path);
  return texts.map(({ text, node }) => ({ text, folder, fail: (sentence) => file.failAt(node, sentence) }));
}

/** What flags name: paths and packages are looked for from the working directory. */
export function namedByFlag(texts: readonly string[]): Named[] {
  return texts.map((text) => ({
    text,
    folder: '.',
    fail: (sentence) => {
      throw new Failure(sentence);
    },
  }));
}

/**
 * The file that a path or a package stands for, relative to the working directory.
 * @returns null when it is no path and there is no such package
 */
export function locateModule({ text, folder }: Named, io: Io): string | null {
  const path = join(folder, text);
  if (/^\.{0,2}[\\/]|^[a-z]:[\\/]/i.test(text)) return relativePath(io.cwd, resolve(io.cwd, folder, text));
  if (!text.startsWith('@') && (/[\\/]|\.(ya?ml|json|[mc]?[jt]s)$/.test(text) || io.kind(path) === 'file')) {
    if (io.kind(path) !== null) return path;
  }
  return locatePackage(text, folder, io);
}

function locatePackage(name: string, folder: string, io: Io): string | null {
  try {
    const path = createRequire(resolve(io.cwd, folder, 'apiarch.yaml')).resolve(name);
    // Node's own modules are found as well, and are no files.
    return isAbsolute(path) ? relativePath(io.cwd, path) : null;
  } catch {
    return null;
  }
}

class Resolver {
  readonly own: (Ruleset | RulesetFile)[] = [];
  readonly spectral = new Set<string>();
  readonly plugins: Named[] = [];
  readonly #io: Io;

  constructor(io: Io) {
    this.#io = io;
  }

  /** @param trail the paths of the rulesets that lead here */
  add(name: Named, trail: readonly string[]): void {
    if (this.own.length > mostRulesets) name.fail('rulesets extend each other too often.');
    if (isOwnRuleset(name.text)) {
      this.own.push(...ownRulesets(name.text));
      return;
    }
    // What lies in the network is Spectral's to read, where it may: ours come as packages.
    if (/^https?:\/\//i.test(name.text)) {
      this.spectral.add(name.text);
      return;
    }
    const path = this.#find(name);
    if (trail.includes(path)) name.fail(`the ruleset \`${path}\` extends itself.`);
    if (isCode(path)) {
      this.spectral.add(path);
      return;
    }
    const text = readText(path, name, this.#io);
    if (isSpectralRuleset(path, text)) {
      this.spectral.add(path);
      return;
    }
    const file = new YamlFile(path, text);
    const ruleset = readRuleset(file);
    for (const parent of namedIn(file, ruleset.extends)) this.add(parent, [...trail, path]);
    this.plugins.push(...namedIn(file, ruleset.plugins));
    this.own.push(ruleset);
  }

  #find(name: Named): string {
    const { text } = name;
    if (/^[a-z][a-z+]*:\/\//i.test(text)) {
      name.fail(
        `\`${text}\` is no file; rulesets are read from files, packages and, with \`--allow-remote-refs\`, by https.`,
      );
    }
    if (text.startsWith('spectral:')) {
      name.fail(`\`${text}\` is Spectral's own: extend it in a ruleset of Spectral, or take our \`spectral-oas\`.`);
    }
    const path = locateModule(name, this.#io);
    if (path !== null) return path;
    if (isFileName(text)) return join(name.folder, text);
    const suggestion = closest(text, Object.keys(rulesets));
    if (suggestion !== null) name.fail(`there is no ruleset \`${text}\`${didYouMean(suggestion)}`);
    return name.fail(`there is no ruleset \`${text}\`, and no package of that name is installed.`);
  }
}

function readText(path: string, name: Named, io: Io): string {
  try {
    return io.read(path);
  } catch (error) {
    if (error instanceof Failure) return name.fail(error.message);
    throw error;
  }
}

function isFileName(text: string): boolean {
  return /^\.{0,2}[\\/]/.test(text) || /\.(ya?ml|json|[mc]?[jt]s)$/.test(text);
}

/** Rulesets of ours are data; those of Spectral may be code. */
function isCode(path: string): boolean {
  return /^\.[mc]?[jt]s$/.test(extname(path));
}
