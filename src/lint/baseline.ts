import { fingerprint, identityOf } from '../text/fingerprint.ts';
import { compareText, type Problem } from '../text/problem.ts';

/** A finding that is known from before, as it stands in a baseline, and how many times it is there. */
export interface KnownFinding {
  /** The file's path, as in reports. */
  readonly file: string;
  readonly rule: string;
  /** What the element is known by: its name, with items of lists by what names them. */
  readonly element: string;
  readonly message: string;
  readonly fingerprint: string;
  readonly count: number;
}

/** What a run can tell about known findings that it did not meet. */
export interface Scope {
  /** Whether the run judged a file, so that what it does not find there is gone. */
  judged(file: string): boolean;
  /** Whether there is such a file at all; one that is gone may have been moved. */
  exists(file: string): boolean;
  /** Whether a rule ran to its end. */
  ran(rule: string): boolean;
}

/** Problems, told apart by whether they are known. */
export interface Verdict {
  /** In the order in which they came, as `known`; every problem is in one of the two. */
  readonly news: readonly Problem[];
  readonly known: readonly Problem[];
  /** Known findings that no longer occur; `count` says how many times fewer. */
  readonly stale: readonly KnownFinding[];
  /** Known findings of which the run says nothing, since it did not look at their file or run their rule. */
  readonly unseen: readonly KnownFinding[];
}

/** Of more pairs of files than this only those of one name are compared. */
const mostPairs = 250_000;

/** A breakdown is about apiarch rather than about the document. */
const neverKnown = 'structure/rule-completed';

/**
 * Tells problems that are known from those that are new. A problem is known by file and fingerprint; among several alike those
 * with the very message first. The findings of a file that is gone are known again in a new file that has most of them, and what a
 * coordinate or a full name tells is known in whatever file it stands. What has one cause is told where the cause comes first: it is known again
 * elsewhere in its file by what it names, if nothing else says the same. What occurs more often than it is known is new.
 */
export function takeOut(problems: readonly Problem[], before: readonly KnownFinding[], scope: Scope): Verdict {
  const left = before.map(({ count }) => count);
  const known = new Set<Problem>();
  const match = (keyOf: (finding: Named) => string, mayMatch: (entry: KnownFinding) => boolean) => {
    const entries = new Map<string, number[]>();
    for (const [index, entry] of before.entries()) {
      if (left[index] === 0 || !mayMatch(entry)) continue;
      const alike = entries.get(keyOf(entry));
      if (alike) alike.push(index);
      else entries.set(keyOf(entry), [index]);
    }
    if (entries.size === 0) return;
    for (const [problem, named] of candidates) {
      if (known.has(problem)) continue;
      const alike = entries.get(keyOf(named));
      if (!alike || alike.length === 0) continue;
      known.add(problem);
      if (--left[alike[0]!]! === 0) alike.shift();
    }
  };
  const candidates = problems.filter(({ rule }) => rule !== neverKnown).map((one) => [one, nameOf(one)] as const);
  const everywhere = () => true;
  match(({ file, fingerprint, message }) => `${fingerprint} ${file}\0${message}`, everywhere);
  match(({ file, fingerprint }) => `${fingerprint} ${file}`, everywhere);
  const moves = movesOf(
    before,
    candidates.map(([, named]) => named),
    scope,
  );
  const fileNow = ({ file }: Named) => moves.get(file) ?? file;
  match(
    (finding) => `${finding.fingerprint} ${fileNow(finding)}\0${finding.message}`,
    ({ file }) => moves.has(file),
  );
  match(
    (finding) => `${finding.fingerprint} ${fileNow(finding)}`,
    ({ file }) => moves.has(file),
  );
  const isNameAnywhere = ({ file, element }: KnownFinding) => {
    return element !== '' && !element.startsWith('#') && (scope.judged(file) || !scope.exists(file));
  };
  match(({ fingerprint, message }) => `${fingerprint} ${message}`, isNameAnywhere);
  match(({ fingerprint }) => fingerprint, isNameAnywhere);
  const told = [before.map(causeOf), candidates.map(([, named]) => causeOf(named))].map(once);
  const isOnlyOne = (cause: string) => told.every((causes) => causes.has(cause));
  match(causeOf, (entry) => isOnlyOne(causeOf(entry)) && scope.judged(entry.file));
  const rest = before.map((entry, index) => ({ ...entry, count: left[index]! })).filter(({ count }) => count > 0);
  const isStale = ({ file, rule }: KnownFinding) => scope.ran(rule) && (scope.judged(file) || !scope.exists(file));
  return {
    news: problems.filter((problem) => !known.has(problem)),
    known: problems.filter((problem) => known.has(problem)),
    stale: rest.filter(isStale),
    unseen: rest.filter((entry) => !isStale(entry)),
  };
}

/** Problems as known findings, in the order of a baseline. */
export function knownFindings(problems: readonly Problem[]): KnownFinding[] {
  return merged(
    problems.filter(({ rule }) => rule !== neverKnown).map((problem) => ({ ...nameOf(problem), count: 1 })),
  );
}

/** Known findings in the order of a baseline: by file, element, rule and message. Those that are the same are counted together. */
export function merged(findings: readonly KnownFinding[]): KnownFinding[] {
  const byKey = new Map<string, KnownFinding>();
  for (const finding of findings) {
    const key = `${finding.fingerprint} ${finding.file}\0${finding.message}`;
    const count = finding.count + (byKey.get(key)?.count ?? 0);
    byKey.set(key, { ...finding, count });
  }
  return [...byKey.values()].sort(compareFindings);
}

type Named = Omit<KnownFinding, 'count'>;

function nameOf(problem: Problem): Named {
  const { rule, message, range } = problem;
  return { file: range.source.path, rule, element: identityOf(problem), message, fingerprint: fingerprint(problem) };
}

/**
 * Where files that are gone have moved to: files of which nothing was known, and which have at least half of their findings.
 * The pairs that have most in common come first.
 */
function movesOf(before: readonly KnownFinding[], now: readonly Named[], { exists }: Scope): Map<string, string> {
  const knownFiles = new Set(before.map(({ file }) => file));
  const gone = new Set([...knownFiles].filter((file) => !exists(file)));
  const moves = new Map<string, string>();
  if (gone.size === 0) return moves;
  const newFiles = countsOf(now.filter(({ file }) => !knownFiles.has(file)).map((one) => ({ ...one, count: 1 })));
  const goneFiles = countsOf(before.filter(({ file }) => gone.has(file)));
  const areMany = goneFiles.size * newFiles.size > mostPairs;
  const pairs = [...goneFiles].flatMap(([from, then]) => {
    const size = [...then.values()].reduce((sum, count) => sum + count, 0);
    return [...newFiles].flatMap(([to, counts]) => {
      if (areMany && nameIn(from) !== nameIn(to)) return [];
      let common = 0;
      for (const [print, count] of then) common += Math.min(count, counts.get(print) ?? 0);
      return common * 2 >= size ? [{ from, to, common, hasSameName: nameIn(from) === nameIn(to) }] : [];
    });
  });
  pairs.sort((a, b) => b.common - a.common || Number(b.hasSameName) - Number(a.hasSameName));
  const taken = new Set<string>();
  for (const { from, to } of pairs) {
    if (moves.has(from) || taken.has(to)) continue;
    moves.set(from, to);
    taken.add(to);
  }
  return moves;
}

/** How often each fingerprint is in each file. */
function countsOf(findings: readonly KnownFinding[]): Map<string, Map<string, number>> {
  const files = new Map<string, Map<string, number>>();
  for (const { file, fingerprint, count } of findings) {
    const counts = files.get(file) ?? new Map<string, number>();
    files.set(file, counts);
    counts.set(fingerprint, count + (counts.get(fingerprint) ?? 0));
  }
  return files;
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What a finding says and of whom, whichever it names first; empty when it names nobody, and so may mean anything. */
function causeOf({ file, rule, message }: Named): string {
  const parts = message.split('`');
  if (parts.length < 3) return '';
  const names = parts.filter((_, index) => index % 2 === 1).sort();
  return [rule, file, ...names, ...parts.filter((_, index) => index % 2 === 0)].join('\0');
}

/** The texts that are there exactly once, but for the empty one. */
function once(texts: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const single = new Set<string>();
  for (const text of texts) {
    if (seen.has(text)) single.delete(text);
    else if (text !== '') single.add(text);
    seen.add(text);
  }
  return single;
}

function compareFindings(a: KnownFinding, b: KnownFinding): number {
  return (
    compareText(a.file, b.file) ||
    compareText(a.element, b.element) ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}
