import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { Failure } from '../failure.ts';
import type { Io } from '../io.ts';
import type { Api, Files } from '../languages/language.ts';
import { type FixOutcome, fixAll, type Withdrawn } from '../lint/fix.ts';
import type { Problem } from '../text/problem.ts';
import { Source } from '../text/source.ts';
import { type Found, readDocuments } from './documents.ts';

/** The flags that ask for fixes. */
export interface FixFlags {
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  readonly unsafeFixes?: boolean;
}

/** What was judged, and how it came about. */
export interface Judged<R> {
  readonly apis: readonly Api[];
  readonly result: R;
}

/**
 * Fixes what was found: writes the files, or with `--fix-dry-run` a unified diff to standard output. Tells on stderr how much was done.
 * @param before what was found in the files as they are
 * @param judge judges APIs as `before` was judged; `problems` are those that are to be reported
 * @returns what is found afterwards
 * @throws Failure when a file has changed since it was read, or cannot be written
 */
export async function runFixes<R extends { readonly problems: readonly Problem[] }>(
  flags: FixFlags,
  found: Found,
  before: Judged<R>,
  judge: (apis: readonly Api[]) => Promise<R> | R,
  io: Io,
): Promise<Judged<R>> {
  const originals = new Map(before.apis.flatMap(({ sources }) => sources.map(({ path, text }) => [path, text])));
  // Weak, since each trial judges anew, and all but the last are forgotten.
  const judgements = new WeakMap<readonly Problem[], Judged<R>>([[before.result.problems, before]]);
  const outcome = await fixAll(before.result.problems, {
    unsafe: flags.unsafeFixes === true,
    mayChange: (path) => originals.has(path) && !/(^|\/)node_modules\//.test(path),
    judge: async (texts) => {
      const apis = readDocuments(withTexts(found, texts));
      const result = await judge(apis);
      judgements.set(result.problems, { apis, result });
      return result.problems;
    },
  });
  if (flags.fixDryRun) io.stdout.write(patchOf(outcome.files, originals));
  else writeAll(outcome.files, originals, io);
  io.stderr.write(summaryOf(outcome, flags));
  const { apis, result } = judgements.get(outcome.remaining)!;
  // What could not be mended is not called mendable.
  const problems = result.problems.map((problem) => (outcome.stuck.has(problem) ? withoutFix(problem) : problem));
  return { apis, result: { ...result, problems } };
}

function withoutFix({ fix: _, ...problem }: Problem): Problem {
  return problem;
}

/** Documents as they would be read if their files held these texts. */
function withTexts({ documents, project, aside }: Found, texts: ReadonlyMap<string, string>): Found {
  const sources = new Map([...texts].map(([path, text]) => [path, new Source(path, text)]));
  const files: Files = {
    read: (path) => (sources.has(path) ? { source: sources.get(path)! } : project.read(path)),
  };
  const current = documents.map((batch) => {
    return { ...batch, entries: batch.entries.map((entry) => sources.get(entry.path) ?? entry) };
  });
  return { documents: current, project: files, aside };
}

/** Writes all files, or none where one of them has changed since it was read. */
function writeAll(files: ReadonlyMap<string, string>, originals: ReadonlyMap<string, string>, io: Io): void {
  const known = new Map<string, string>();
  for (const [path, text] of files) {
    const real = io.realPath(path) ?? path;
    const other = known.get(real);
    if (other !== undefined && files.get(other) !== text) {
      throw new Failure(`\`${other}\` and \`${path}\` are one file, which is left as it is; lint it by one name.`);
    }
    known.set(real, path);
    if (io.read(path) !== originals.get(path)) {
      throw new Failure(`\`${path}\` has changed since it was read, and nothing was fixed; run apiarch again.`);
    }
  }
  for (const path of known.values()) io.rewrite(path, originals.get(path)!, files.get(path)!);
}

/** A unified diff that `git apply` and `patch -p1` take. */
function patchOf(files: ReadonlyMap<string, string>, originals: ReadonlyMap<string, string>): string {
  const patches = [...files].map(([path, text]) => {
    const before = originals.get(path)!;
    return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, text, undefined, undefined, {
      headerOptions: FILE_HEADERS_ONLY,
    });
  });
  return patches.join('');
}

function summaryOf({ files, fixed, withdrawn, stable }: FixOutcome, { fixDryRun }: FixFlags): string {
  const verb = fixDryRun ? 'would be fixed' : 'fixed';
  const lines = [`${count(fixed.length, 'problem')} ${verb} in ${count(files.size, 'file')}`];
  lines.push(...withdrawn.slice(0, mostNamed).map(wordsOn));
  if (withdrawn.length > mostNamed) lines.push(`apiarch: ${withdrawn.length - mostNamed} more fixes were left out.`);
  if (!stable) lines.push('apiarch: there is more to fix; run it again.');
  return lines.map((line) => `${line}\n`).join('');
}

/** So many fixes that were taken back are named. */
const mostNamed = 10;

function wordsOn({ problem, because }: Withdrawn): string {
  const { line } = problem.range.source.position(problem.range.start);
  const reason = because === null ? 'it does not mend it' : `it would bring \`${because.rule}\` up: ${because.message}`;
  return `apiarch: the fix of \`${problem.rule}\` at ${problem.range.source.path}:${line} was left out: ${reason.replace(/\.?$/, '.')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
