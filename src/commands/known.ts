import { Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Api } from '../languages/language.ts';
import type { LintResult } from '../lint/lint.ts';
import type { Problem } from '../text/problem.ts';
import type { Found } from './documents.ts';

/** The flags that say which problems are known from before. */
export interface KnownFlags {
  readonly baseline?: string;
  readonly updateBaseline?: boolean;
  readonly since?: string;
}

/** The run whose problems are looked through. */
export interface KnownRun {
  readonly flags: KnownFlags;
  /** What was typed; none for the working directory. */
  readonly paths: readonly string[];
  readonly stdinPath: string;
  /** The baseline that the configuration names. */
  readonly baseline: string | null;
  readonly apis: readonly Api[];
  /** Whether a rule ran, or is off for good: false for those that `--rule` leaves out this once. */
  readonly ran: (rule: string) => boolean;
  /** Finds what paths stand for in another world, by the same flags. */
  readonly find: (paths: readonly string[], io: Io) => Promise<Found>;
  /** Reads and judges documents by the same rules. */
  readonly judge: (found: Found, io: Io) => readonly Problem[] | Promise<readonly Problem[]>;
}

/**
 * Takes out the problems that the baseline knows, and those that the merge base has; writes the baseline where that is wanted.
 * What is to be said of the baseline goes to stderr.
 * @returns the problems that are new, and how many the baseline knows
 * @throws Failure when there is no baseline, or no merge base
 */
export async function takeOutKnown(
  { problems, failed }: LintResult,
  { flags, paths, stdinPath, baseline, apis, ran, find, judge }: KnownRun,
  io: Io,
): Promise<{ readonly problems: readonly Problem[]; readonly baselined: number }> {
  const path = flags.baseline ?? baseline;
  const update = flags.updateBaseline === true;
  if (update && path === null) {
    throw new Failure('`--update-baseline` needs `--baseline FILE`, or `baseline` in the configuration.');
  }
  let open = { problems, baselined: 0 };
  if (path !== null) {
    const { applyBaseline } = await import('../config/baseline-file.ts');
    const judged = new Set(apis.flatMap(({ sources }) => sources.map((source) => source.path)));
    const hasRun = (rule: string) => ran(rule) && !failed.includes(rule);
    const { note, ...rest } = applyBaseline(problems, { path, update, judged, ran: hasRun }, io);
    if (note !== '') io.stderr.write(note);
    open = rest;
  }
  if (flags.since === undefined) return open;
  const { findBefore, lookBack, newSince } = await import('../config/since.ts');
  const then = lookBack(flags.since, io);
  if (open.problems.length === 0) return open;
  const found = await findBefore(then, paths, stdinPath, find);
  const before = found === null ? [] : await judge(found, then.io);
  // Of all problems: one that both know would otherwise stand for two.
  const news = new Set(newSince(problems, before, then, io));
  return { ...open, problems: open.problems.filter((problem) => news.has(problem)) };
}
