import { fingerprint } from '../text/fingerprint.ts';
import type { Edit, Fix } from '../text/fix.ts';
import { compareText, type Problem } from '../text/problem.ts';

/** What fixing goes by. The engine knows neither readers nor rules. */
export interface FixSettings {
  /** Whether fixes are made that change the API for those who call it. */
  readonly unsafe: boolean;
  /** Reads and judges again with these texts, by path, in the place of the files. Gives what is to be reported: what is suppressed or in a baseline is neither fixed nor counted. */
  readonly judge: (texts: ReadonlyMap<string, string>) => Promise<readonly Problem[]> | readonly Problem[];
  /** Whether a file may be changed; a fix that would change another is left out as a whole. */
  readonly mayChange?: (path: string) => boolean;
}

/** A fix that was tried and taken back. */
export interface Withdrawn {
  readonly problem: Problem;
  /** What the document would have had that it had not before; null when the fix came to nothing or could not be tried. */
  readonly because: Problem | null;
}

/** What fixing came to. */
export interface FixOutcome {
  /** The new texts of the files that change, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** The problems whose fixes were made, in the order in which they were found. */
  readonly fixed: readonly Problem[];
  /** What is found in the new texts. */
  readonly remaining: readonly Problem[];
  /** Those of `remaining` whose fixes were wanted and cannot be made. */
  readonly stuck: ReadonlySet<Problem>;
  /** Fixes that brought up something new, or that changed nothing. */
  readonly withdrawn: readonly Withdrawn[];
  /** False when there was more to fix after the last round. */
  readonly stable: boolean;
}

/** A problem with the edits that mend it. */
interface Candidate {
  readonly problem: Problem;
  readonly edits: readonly Edit[];
}

/** Texts with what is found in them. */
interface State {
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

const mostRounds = 10;
/** How often a run judges beyond once a round, looking for the fixes that do harm. */
const mostTrials = 40;

/**
 * Makes the fixes of problems, judges again, and goes on until nothing changes. Of fixes that overlap, the first in the order of the
 * problems is made and the others wait for the next round. A fix after which there is a finding that was not there before
 * is taken back. Writes nothing.
 * @param problems what was found in the files as they are, in the order of `compareProblems`
 */
export async function fixAll(problems: readonly Problem[], settings: FixSettings): Promise<FixOutcome> {
  const fixed: Problem[] = [];
  const withdrawn: Withdrawn[] = [];
  const refused = new Set<string>();
  let state: State = { texts: new Map(), problems };
  let trials = mostTrials;
  const outcomeOf = (stable: boolean): FixOutcome => {
    const files = new Map([...state.texts].sort(([a], [b]) => compareText(a, b)));
    const wanted = state.problems.filter(({ fix }) => isWanted(fix, settings));
    return { files, fixed, remaining: state.problems, stuck: new Set(stable ? wanted : []), withdrawn, stable };
  };
  for (let round = 0; round < mostRounds; round++) {
    const candidates = candidatesIn(state, settings, refused);
    if (candidates.length === 0) return outcomeOf(true);
    const search = new Search(state, settings, trials);
    await search.tryAll(candidates);
    trials = search.trials;
    state = search.best;
    fixed.push(...search.taken.map(({ problem }) => problem));
    withdrawn.push(...search.withdrawn);
    for (const { problem } of search.withdrawn) refused.add(nameOf(problem));
  }
  return outcomeOf(candidatesIn(state, settings, refused).length === 0);
}

function isWanted(fix: Fix | undefined, { unsafe }: FixSettings): fix is Fix {
  return fix !== undefined && (fix.safe || unsafe);
}

/** The fixes that can be made together: wanted, not refused before, and without overlaps. */
function candidatesIn(state: State, settings: FixSettings, refused: ReadonlySet<string>): Candidate[] {
  const claims = new Map<string, Claims>();
  const candidates: Candidate[] = [];
  for (const problem of state.problems) {
    const { fix } = problem;
    if (!isWanted(fix, settings) || refused.has(nameOf(problem))) continue;
    const edits = fix.edits();
    if (edits.length === 0 || !edits.every((edit) => isSound(edit, state, settings))) continue;
    if (claimAll(edits, claims)) candidates.push({ problem, edits });
  }
  return candidates;
}

/** Whether an edit is of the text at hand, changes it, and is allowed. */
function isSound({ range: { source, start, end }, text }: Edit, { texts }: State, { mayChange }: FixSettings): boolean {
  const current = texts.get(source.path) ?? source.text;
  const inside = start >= 0 && start <= end && end <= current.length;
  return inside && source.text === current && current.slice(start, end) !== text && (mayChange?.(source.path) ?? true);
}

/** Takes the ranges of all edits, or none when one of them is taken or two of them overlap. */
function claimAll(edits: readonly Edit[], claims: Map<string, Claims>): boolean {
  const own = new Map<string, Claims>();
  for (const edit of edits) {
    const { path } = edit.range.source;
    if (!(claims.get(path)?.admits(edit) ?? true) || !claimsOf(own, path).admits(edit)) return false;
    claimsOf(own, path).add(edit);
  }
  for (const edit of edits) claimsOf(claims, edit.range.source.path).add(edit);
  return true;
}

function claimsOf(claims: Map<string, Claims>, path: string): Claims {
  const known = claims.get(path) ?? new Claims();
  claims.set(path, known);
  return known;
}

/** The edits of one file that are to be made together, in the order of the text. */
class Claims {
  readonly #edits: Edit[] = [];

  /** The same edit may be wanted twice, and is made once. */
  admits(edit: Edit): boolean {
    const at = this.#indexFor(edit);
    const [before, after] = [this.#edits[at - 1], this.#edits[at]];
    if (after && isSame(after, edit)) return true;
    return !(before && touches(before, edit)) && !(after && touches(edit, after));
  }

  add(edit: Edit): void {
    const at = this.#indexFor(edit);
    const after = this.#edits[at];
    if (!after || !isSame(after, edit)) this.#edits.splice(at, 0, edit);
  }

  /** The index of the first edit that does not stand before this one, by bisection. */
  #indexFor({ range }: Edit): number {
    let low = 0;
    let high = this.#edits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.#edits[middle]!.range;
      if (other.start < range.start || (other.start === range.start && other.end < range.end)) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The text with all edits made. */
  applyTo(text: string): string {
    let result = '';
    let at = 0;
    for (const { range, text: replacement } of this.#edits) {
      result += text.slice(at, range.start) + replacement;
      at = range.end;
    }
    return result + text.slice(at);
  }
}

function isSame(a: Edit, b: Edit): boolean {
  return a.range.start === b.range.start && a.range.end === b.range.end && a.text === b.text;
}

/** Whether two edits, the earlier first, cannot be made together. What one inserts must not stand at the border of another: it would not be clear where. */
function touches(a: Edit, b: Edit): boolean {
  if (a.range.end !== b.range.start) return a.range.end > b.range.start;
  return a.range.start === a.range.end || b.range.start === b.range.end;
}

/** One round: looks for the most of the candidates that can be made without doing harm. */
class Search {
  readonly #start: State;
  readonly #settings: FixSettings;
  readonly taken: Candidate[] = [];
  readonly withdrawn: Withdrawn[] = [];
  /** The texts with all that was taken. */
  best: State;
  /** How often it may judge beyond the first time. */
  trials: number;

  constructor(start: State, settings: FixSettings, trials: number) {
    this.#start = start;
    this.#settings = settings;
    this.best = start;
    this.trials = trials;
  }

  async tryAll(candidates: readonly Candidate[]): Promise<void> {
    // Fixes of one rule do harm together, so the halves are to be of few rules.
    const byRule = [...candidates].sort((a, b) => compareText(a.problem.rule, b.problem.rule));
    await this.#try(groupsOf(byRule));
    const taken = new Set(this.taken);
    this.taken.splice(0, this.taken.length, ...candidates.filter((candidate) => taken.has(candidate)));
  }

  async #try(groups: readonly (readonly Candidate[])[]): Promise<void> {
    const candidates = groups.flat();
    const texts = applied([...this.taken, ...candidates], this.#start.texts);
    const problems = await this.#settings.judge(texts);
    const before = countsOf(this.best.problems);
    const because = harmOf(problems, before);
    if (because === null && helps(candidates, before, problems)) {
      this.taken.push(...candidates);
      this.best = { texts, problems };
    } else if (groups.length === 1 || this.trials < 2) {
      this.withdrawn.push(...candidates.map(({ problem }) => ({ problem, because })));
    } else {
      this.trials -= 2;
      const middle = groups.length >> 1;
      await this.#try(groups.slice(0, middle));
      await this.#try(groups.slice(middle));
    }
  }
}

/** Fixes that consist of the same edits are made or left out together. */
function groupsOf(candidates: readonly Candidate[]): Candidate[][] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const parts = candidate.edits.map(({ range, text }) => [range.source.path, range.start, range.end, text]);
    const key = JSON.stringify(parts);
    const known = groups.get(key);
    if (known) known.push(candidate);
    else groups.set(key, [candidate]);
  }
  return [...groups.values()];
}

/** The first problem of a kind of which there are more than before. */
function harmOf(problems: readonly Problem[], before: ReadonlyMap<string, number>): Problem | null {
  const counts = new Map<string, number>();
  for (const problem of problems) {
    const kind = kindOf(problem);
    const count = (counts.get(kind) ?? 0) + 1;
    if (count > (before.get(kind) ?? 0)) return problem;
    counts.set(kind, count);
  }
  return null;
}

/** Whether of each kind that the candidates mend there is less than before: rounds come to an end, whatever fixes do. */
function helps(
  candidates: readonly Candidate[],
  before: ReadonlyMap<string, number>,
  problems: readonly Problem[],
): boolean {
  const counts = countsOf(problems);
  return candidates.every(({ problem }) => {
    const kind = kindOf(problem);
    return (counts.get(kind) ?? 0) < before.get(kind)!;
  });
}

function applied(candidates: readonly Candidate[], texts: ReadonlyMap<string, string>): Map<string, string> {
  const claims = new Map<string, Claims>();
  const result = new Map(texts);
  for (const { edits } of candidates) {
    for (const edit of edits) {
      const { source } = edit.range;
      claimsOf(claims, source.path).add(edit);
      if (!result.has(source.path)) result.set(source.path, source.text);
    }
  }
  for (const [path, edits] of claims) result.set(path, edits.applyTo(result.get(path)!));
  return result;
}

function countsOf(problems: readonly Problem[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const problem of problems) {
    const kind = kindOf(problem);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Problems of one kind are of one rule, in one file, and alike in words. Not of one element: fixes rename elements. */
function kindOf({ rule, message, range }: Problem): string {
  return fingerprint({ rule, message, element: range.source.path });
}

/** A name for a problem that it keeps from round to round. */
function nameOf(problem: Problem): string {
  return `${problem.range.source.path} ${fingerprint(problem)}`;
}
