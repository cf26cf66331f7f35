import { fingerprint } from '../text/fingerprint.ts';
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

/** A breakdown is about apiarch rather than about the document. */
const neverKnown = 'structure/rule-completed';

/**
 * Tells problems that are known from those that are new. A problem is known by file and fingerprint; among several alike those
 * with the very message first. A finding of a file that is gone is known again in another file, and so is one that a coordinate
 * or a full name tells, which moves from file to file. What has one cause is told where the cause comes first: it is known again
 * elsewhere in its file by what it names, if nothing else says the same. What occurs more often than it is known is new.
 */
export function takeOut(problems: readonly Problem[], before: readonly KnownFinding[], scope: Scope): Verdict {
  const left = before.map(({ count }) => count);
  const hasMoved = movedOutOf(scope);
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
  match(
    ({ file, fingerprint, message }) => `${fingerprint} ${file}\0${message}`,
    () => true,
  );
  match(
    ({ file, fingerprint }) => `${fingerprint} ${file}`,
    () => true,
  );
  match(({ fingerprint, message }) => `${fingerprint} ${message}`, hasMoved);
  match(({ fingerprint }) => fingerprint, hasMoved);
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
  const { rule, element, identity = element, message, range } = problem;
  return { file: range.source.path, rule, element: identity, message, fingerprint: fingerprint(problem) };
}

/** Whether the finding of an entry may now be in another file. Pointers mean something else in each file, other names do not. */
function movedOutOf({ exists, judged }: Scope): (entry: KnownFinding) => boolean {
  const gone = new Map<string, boolean>();
  return ({ file, element }) => {
    if (element !== '' && !element.startsWith('#') && judged(file)) return true;
    if (!gone.has(file)) gone.set(file, !exists(file));
    return gone.get(file)!;
  };
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
