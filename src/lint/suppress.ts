import type { Api, LanguageName, Suppression } from '../languages/language.ts';
import type { Rule } from '../rules/rule.ts';
import { closest } from '../text/closest.ts';
import type { Finding, Problem } from '../text/problem.ts';
import type { LintSettings } from './lint.ts';

/** The rule that judges the suppressions themselves. */
export const suppressionRule = 'structure/suppression-valid';
/** What no note in a document can silence. */
const unsilenceable = new Set([suppressionRule, 'structure/rule-completed']);

type Settings = Pick<LintSettings, 'rules' | 'known' | 'exceptions'>;

/** A suppression and what came of it. */
interface Note {
  readonly suppression: Suppression;
  readonly language: LanguageName;
  /** Those of its rule names that silenced something. */
  readonly used: Set<string>;
}

/** Problems without those that notes in the documents silence, and what is wrong with the notes. */
interface Heard {
  readonly problems: readonly Problem[];
  readonly suppressed: number;
  /** Findings of `suppressionRule`: no reason, an unknown rule, nothing to silence. None when it does not run. */
  readonly faults: readonly Finding[];
}

/** @param problems in the order of `compareProblems` */
export function suppress(problems: readonly Problem[], apis: readonly Api[], settings: Settings): Heard {
  const notes = notesByFile(apis);
  const heard = silence(problems, notes);
  const judged = settings.rules.some(({ rule }) => rule.id === suppressionRule) ? [...notes.values()].flat() : [];
  return {
    problems: heard,
    suppressed: problems.length - heard.length,
    faults: judged.flatMap((note) => [...faultsOf(note, settings)]),
  };
}

/** Each file's notes by where their cover starts. A note that several APIs read is one note. */
function notesByFile(apis: readonly Api[]): Map<string, Note[]> {
  const files = new Map<string, Map<string, Note>>();
  for (const api of apis) {
    for (const suppression of api.suppressions()) {
      const { source, start } = suppression.at.range();
      const { covers, rules } = suppression;
      const key = `${start} ${covers?.start} ${covers?.end} ${rules.join()}`;
      const notes = files.get(source.path) ?? new Map<string, Note>();
      files.set(source.path, notes);
      if (!notes.has(key)) notes.set(key, { suppression, language: api.language, used: new Set() });
    }
  }
  const start = ({ suppression }: Note) => suppression.covers?.start ?? Number.POSITIVE_INFINITY;
  return new Map([...files].map(([path, notes]) => [path, [...notes.values()].sort((a, b) => start(a) - start(b))]));
}

/** One sweep through problems and notes of each file, both in order of their start. */
function silence(problems: readonly Problem[], notes: ReadonlyMap<string, readonly Note[]>): Problem[] {
  let path: string | null = null;
  let waiting: readonly Note[] = [];
  let next = 0;
  let open: Note[] = [];
  return problems.filter((problem) => {
    if (problem.range.source.path !== path) {
      path = problem.range.source.path;
      waiting = notes.get(path) ?? [];
      next = 0;
      open = [];
    }
    const { start } = problem.range;
    for (
      ;
      next < waiting.length && (waiting[next]!.suppression.covers?.start ?? Number.POSITIVE_INFINITY) <= start;
      next++
    ) {
      open.push(waiting[next]!);
    }
    if (open.length === 0) return true;
    open = open.filter(({ suppression }) => suppression.covers!.end > start);
    return !isSilenced(problem, open);
  });
}

/** Whether a note names the problem's rule. All that do count as used, lest the inner one make the outer one useless. */
function isSilenced(problem: Problem, open: readonly Note[]): boolean {
  if (unsilenceable.has(problem.rule)) return false;
  let silenced = false;
  for (const { suppression, used } of open) {
    for (const name of suppression.rules) {
      if (!names(name, problem.rule)) continue;
      used.add(name);
      silenced = true;
    }
  }
  return silenced;
}

/** Whether what a suppression names is this rule or its whole principle (`docs/*`). */
function names(name: string, rule: string): boolean {
  return name === rule || (name.endsWith('/*') && rule.startsWith(name.slice(0, -1)));
}

function* faultsOf(note: Note, settings: Settings): Generator<Finding> {
  const { rules, reason, at } = note.suppression;
  const listed = rules.map((name) => `\`${name}\``).join(', ');
  if (rules.length === 0) {
    yield { at, message: 'The suppression names no rule.', help: 'Write `apiarch-ignore RULE: why`.' };
  } else if (reason === '') {
    yield {
      at,
      message: `The suppression of ${listed} gives no reason.`,
      help: 'Say why after a colon: `apiarch-ignore RULE: why`.',
    };
  }
  for (const name of rules) {
    const meant = settings.known.filter(({ id }) => names(name, id));
    if (meant.length === 0) {
      const suggestion = closest(
        name,
        settings.known.map(({ id }) => id),
      );
      const help = suggestion === null ? {} : { help: `Did you mean \`${suggestion}\`?` };
      yield { at, message: `There is no rule \`${name}\` to suppress.`, ...help };
    } else if (!note.used.has(name) && haveRun(meant, note, settings)) {
      yield { at, message: `The suppression of \`${name}\` suppresses nothing.`, help: 'Remove it.' };
    }
  }
}

/** Whether a verdict on all these rules is out: only then can a note that silenced none of them be called useless. */
function haveRun(meant: readonly Rule[], { suppression: { at }, language }: Note, { rules, exceptions }: Settings) {
  const isOff = (rule: string) => {
    return exceptions?.levelOf({ rule, severity: 'warn', element: at.element, range: at.range() }) === 'off';
  };
  const judging = meant.filter((rule) => rule.checks[language]);
  return judging.every(({ id }) => rules.some(({ rule }) => rule.id === id) && !isOff(id));
}
