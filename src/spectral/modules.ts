import { createRequire } from 'node:module';
import type { RulesetFunction } from '@stoplight/spectral-core';
import core from '@stoplight/spectral-core';
import { createJiti } from 'jiti';
import { Failure } from '../failure.ts';
import { asSentence } from './ruleset-file.ts';

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

/** A function that a file exports. Takes and throws what `loadModule` does. */
export async function loadFunction(file: string, name: string): Promise<RulesetFunction> {
  const exported = await loadModule(file, name);
  if (typeof exported !== 'function') throw new Failure(`\`${name}\` does not export a function.`);
  return exported as RulesetFunction;
}

/**
 * A function whose options are judged by a JSON schema.
 * @param fail takes a sentence on what is wrong with the schema
 */
export function withSchema(
  judge: RulesetFunction,
  schema: unknown,
  fail: (sentence: string) => never,
): RulesetFunction {
  try {
    return core.createRulesetFunction({ input: null, options: schema as never }, judge as never) as RulesetFunction;
  } catch (error) {
    return fail(`the schema of the function's options is refused: ${asSentence((error as Error).message)}`);
  }
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
