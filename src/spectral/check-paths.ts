import type { Rule, Ruleset } from '@stoplight/spectral-core';
import core from '@stoplight/spectral-core';
import { ownFormats } from './catalogue.ts';
import { asSentence } from './ruleset-file.ts';
import { altered, subset } from './subset.ts';

/**
 * Tries the paths of all rules on an empty document, so that wrong ones are told before anything is judged.
 * @param fail takes the name of the rule and a sentence
 */
export async function checkPaths(ruleset: Ruleset, fail: (rule: string, sentence: string) => never): Promise<void> {
  const rules = Object.values(ruleset.rules);
  for (const rule of rules) {
    const open = pathsOf(rule).find((path) => !isBalanced(path));
    if (open !== undefined) fail(rule.name, `\`${open}\` is no JSON path: a bracket in it has no other one.`);
  }
  if ((await faultOf(ruleset, rules)) === null) return;
  for (const rule of rules) {
    for (const path of pathsOf(rule)) {
      const fault = await faultOf(ruleset, [altered(rule, [], { getGivenForFormats: () => [path] })]);
      if (fault !== null) fail(rule.name, `\`${path}\` is no JSON path: ${asSentence(fault)}`);
    }
  }
}

async function faultOf(ruleset: Ruleset, rules: readonly Rule[]): Promise<string | null> {
  const resolver = { uriCache: {}, resolve: async () => ({ result: {}, graph: null, errors: [] }) };
  const spectral = new core.Spectral({ resolver: resolver as never });
  const silent = rules.map((rule) => {
    const given = pathsOf(rule);
    return altered(rule, [], { matchesFormat: () => true, getGivenForFormats: () => given });
  });
  spectral.setRuleset(subset(ruleset, silent));
  try {
    await spectral.run({}, { ignoreUnknownFormat: true });
    return null;
  } catch (error) {
    const errors = (error as { readonly errors?: readonly unknown[] }).errors;
    const first = errors?.[0] ?? error;
    return first instanceof Error ? first.message : String(first);
  }
}

function pathsOf(rule: Rule): string[] {
  return rule.getGivenForFormats(new Set(ownFormats.values()));
}

/** Spectral guesses what was meant. Regular expressions, which may hold any bracket, are not looked into. */
function isBalanced(path: string): boolean {
  if (path.includes('/')) return true;
  const brackets = path.replaceAll(/'[^']*'|"[^"]*"|[^[\]()]/g, '');
  let rest = brackets;
  for (let before = ''; before !== rest; rest = rest.replaceAll(/\[\]|\(\)/g, '')) before = rest;
  return rest === '';
}
