import type { Config } from '../config/config.ts';
import { type Pick, pickFor } from '../config/rulesets.ts';
import { didYouMean, Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Api } from '../languages/language.ts';
import type { EnabledRule } from '../lint/lint.ts';
import { closest } from '../text/closest.ts';
import type { Problem } from '../text/problem.ts';

/** The Spectral rulesets of a run. */
export interface Spectral {
  /** Their rules as the rest of the program knows rules: without checks, since Spectral judges by them. */
  readonly rules: readonly EnabledRule[];
  /** Judges APIs by them; notes on what was judged in part only go to stderr. */
  judge(apis: readonly Api[]): Promise<{ readonly problems: readonly Problem[]; readonly failed: readonly string[] }>;
}

/**
 * Loads the Spectral rulesets that a configuration extends.
 * @param picks when there are any, only these rules run
 * @param hosts from which rulesets may be read
 * @returns null when there are none
 * @throws Failure when one cannot be loaded, or a rule that was picked is in none of them
 */
export async function loadSpectralRulesets(
  { spectral }: Config,
  picks: readonly Pick[],
  hosts: readonly string[],
  io: Io,
): Promise<Spectral | null> {
  if (spectral.length === 0) return null;
  const [{ loadSpectral }, { judgeWithSpectral }] = await Promise.all([
    import('../spectral/load.ts'),
    import('../spectral/judge.ts'),
  ]);
  const rulesets = await Promise.all(spectral.map((path) => loadSpectral(path, io, { allowedHosts: hosts })));
  for (const note of new Set(rulesets.flatMap(({ notes }) => notes))) io.stderr.write(`apiarch: ${note}\n`);
  const all = new Map(rulesets.flatMap((ruleset) => ruleset.rules.map((rule) => [rule.id, rule])));
  const wanted = [...all.values()].filter(({ id }) => picks.length === 0 || pickFor(id, picks) !== undefined);
  mustBeThere(picks, [...all.keys()]);
  const ids = new Set(wanted.map(({ id }) => id));
  return {
    rules: wanted.map(({ id, summary, url, severity }) => {
      const sources = url === null ? [] : [url];
      return { rule: { id, summary, why: '', sources, equivalents: [], checks: {} }, severity, options: {} };
    }),
    async judge(apis) {
      const { problems, failed, notes } = await judgeWithSpectral(apis, rulesets, io.cwd);
      for (const note of notes) io.stderr.write(`apiarch: ${note}\n`);
      const told = problems.filter(({ rule }) => !all.has(rule) || ids.has(rule));
      return { problems: told, failed: failed.filter((rule) => ids.has(rule)) };
    },
  };
}

function mustBeThere(picks: readonly Pick[], known: readonly string[]): void {
  const missing = picks.find(({ id }) => /^spectral\/(?!\*$)/.test(id) && !known.includes(id));
  if (!missing) return;
  throw new Failure(`there is no rule \`${missing.id}\`${didYouMean(closest(missing.id, known))}`);
}
