import { dirname, resolve } from 'node:path';
import type { Io } from '../io.ts';
import type { Rule } from '../rules/rule.ts';
import type { Severity } from '../text/problem.ts';
import type { Matcher } from './pattern.ts';
import { gitRoot } from './project.ts';
import { isOwnRuleset, ownRulesets, type Ruleset } from './rulesets.ts';

/** Settings that hold for some files or elements only. */
export interface Override {
  /** Takes a path relative to the working directory; without it, all files. */
  readonly files?: Matcher;
  /** Takes an element's name; without it, all elements. */
  readonly elements?: Matcher;
  readonly rules: Ruleset['rules'];
}

/** Files that are one API, as somebody said. */
export interface ConfiguredApi {
  readonly name: string;
  /** Takes a path relative to the working directory. */
  readonly files: Matcher;
  /** Where imports of its `.proto` files start, relative to the working directory; none when nobody said. */
  readonly protoPaths?: readonly string[];
}

/** What a project's configuration says, with all that it extends; without a file, what holds by default. */
export interface Config {
  /** The file, relative to the working directory; null when there is none. */
  readonly path: string | null;
  /** Where its globs start, and the project's root: absolute; null without a file. */
  readonly folder: string | null;
  /** All rules there are: those that come with apiarch, and those of plugins. */
  readonly rules: readonly Rule[];
  /** What is extended, in order, and last what the configuration says itself. Later ones win. */
  readonly rulesets: readonly Ruleset[];
  /** The paths of Spectral's rulesets, relative to the working directory, and URLs, in order. */
  readonly spectral: readonly string[];
  /** Later ones win. */
  readonly overrides: readonly Override[];
  /** Takes a path relative to the working directory: whether nothing is to be said of this file. */
  readonly ignores: Matcher | null;
  readonly apis: readonly ConfiguredApi[];
  readonly failOn: Severity | 'never' | null;
  /** The path of the baseline, relative to the working directory; null when none is named. */
  readonly baseline: string | null;
}

/** What somebody asked for besides what stands in the file. */
export interface ConfigChoice {
  /** The file to read; false for none; without it, one is looked for. */
  readonly config?: string | false;
  /** Rulesets by name or path that take the place of what the file extends. */
  readonly rulesets?: readonly string[];
}

/** The names under which a configuration is looked for, in this order. */
const fileNames = ['apiarch.yaml', 'apiarch.yml', 'apiarch.json'];

/**
 * Finds and reads the configuration.
 * @param rules those that come with apiarch
 * @throws Failure with the line and column of what is wrong
 */
export async function loadConfig(choice: ConfigChoice, rules: readonly Rule[], io: Io): Promise<Config> {
  const path = choice.config === false ? null : (choice.config ?? findConfig(io));
  const named = choice.rulesets ?? ['recommended'];
  // Most runs have no file, and need nothing that reads one.
  if (path === null && named.every(isOwnRuleset))
    return { ...withoutFile(rules), rulesets: named.flatMap(ownRulesets) };
  const { readConfig } = await import('./config-file.ts');
  return readConfig(path, choice.rulesets ?? null, rules, io);
}

/** What holds where there is no file, but for the rulesets. */
export function withoutFile(rules: readonly Rule[]): Config {
  return {
    path: null,
    folder: null,
    rules,
    rulesets: [],
    spectral: [],
    overrides: [],
    ignores: null,
    apis: [],
    failOn: null,
    baseline: null,
  };
}

/** The nearest configuration from the working directory up to the git root; its absolute path, or null. */
function findConfig(io: Io): string | null {
  const top = gitRoot(io);
  for (let folder = io.cwd; ; folder = dirname(folder)) {
    const found = fileNames.map((name) => resolve(folder, name)).find((path) => io.kind(path) === 'file');
    if (found) return found;
    const manifest = resolve(folder, 'package.json');
    if (io.kind(manifest) === 'file' && hasKey(io.read(manifest))) return manifest;
    if (folder === top || folder === dirname(folder)) return null;
  }
}

/** Whether a package.json has a configuration in it. */
function hasKey(text: string): boolean {
  if (!text.includes('"apiarch"')) return false;
  try {
    const manifest: unknown = JSON.parse(text);
    return typeof manifest === 'object' && manifest !== null && Object.hasOwn(manifest, 'apiarch');
  } catch {
    return false;
  }
}
