import { createRequire } from 'node:module';
import type { RulesetFunction } from '@stoplight/spectral-core';
import core from '@stoplight/spectral-core';
import { createJiti } from 'jiti';
import { Failure } from '../failure.ts';

/**
 * What a JavaScript or TypeScript file exports by default, or as a whole where it is CommonJS. Spectral's own packages need not
 * be installed where it lies.
 * @param file absolute
 * @param name as messages call it
 * @throws Failure when it cannot be run
 */
export async function loadModule(file: string, name: string): Promise<unknown> {
  const jiti = createJiti(file, { fsCache: false, interopDefault: true, alias: ownPackages() });
  try {
    return await jiti.import(file, { default: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure(`\`${name}\` cannot be run: ${reason.split('\n', 1)[0]!.replace(/\.?$/, '.')}`);
  }
}

/**
 * A function that a file exports.
 * @param schema the JSON schema of its options, as rulesets of Spectral 5 state it
 */
export async function loadFunction(file: string, name: string, schema: unknown): Promise<RulesetFunction> {
  const exported = await loadModule(file, name);
  if (typeof exported !== 'function') throw new Failure(`\`${name}\` does not export a function.`);
  const judge = exported as RulesetFunction;
  if (typeof schema !== 'object' || schema === null) return judge;
  return core.createRulesetFunction({ input: null, options: schema }, judge as never) as RulesetFunction;
}

/** The file that a package's name stands for; null where there is none. */
export function locatePackage(name: string, folder: string): string | null {
  const from = `${folder}/ruleset.js`;
  try {
    return createRequire(from).resolve(name);
  } catch {
    const url = createJiti(from, { fsCache: false }).esmResolve(name, { try: true });
    return url?.startsWith('file:') ? decodeURIComponent(new URL(url).pathname) : null;
  }
}

/** Where rulesets find what they import from Spectral: in what apiarch depends on. */
function ownPackages(): Record<string, string> {
  const here = createRequire(import.meta.url);
  const there = createRequire(here.resolve('@stoplight/spectral-core'));
  const names = ['core', 'formats', 'functions', 'rulesets', 'runtime', 'parsers', 'ref-resolver'];
  const found = names.flatMap((short) => {
    const name = `@stoplight/spectral-${short}`;
    for (const resolver of [here, there]) {
      try {
        return [[name, resolver.resolve(name)] as const];
      } catch {}
    }
    return [];
  });
  return Object.fromEntries(found);
}
