import { fingerprint } from '../../text/fingerprint.ts';
import { printable } from '../../text/frame.ts';
import type { Range } from '../../text/place.ts';
import { type Problem, severities } from '../../text/problem.ts';
import type { Report } from '../report.ts';
import { ruleAddress } from '../summary.ts';

/** What the page's script works on, short in names since each stands there thousands of times. */
export interface PageData {
  /** Lines of code and other texts that repeat; other fields hold their index. */
  readonly texts: readonly string[];
  readonly files: readonly string[];
  readonly rules: readonly PageRule[];
  readonly apis: readonly { readonly name: string; readonly files: readonly number[] }[];
  readonly findings: readonly PageFinding[];
}

export interface PageRule {
  readonly id: string;
  readonly principle: string;
  /** Empty for a rule that is not ours. */
  readonly summary: string;
  /** Markdown; empty for a rule that is not ours. */
  readonly why: string;
  /** Where the rule's page stands; null where that is no address. */
  readonly url: string | null;
}

export interface PageFinding {
  /** Index of the rule. */
  readonly r: number;
  /** Index in `severities`. */
  readonly s: number;
  /** Index of the file. */
  readonly f: number;
  /** Line and column, from 1. */
  readonly p: readonly [line: number, column: number];
  readonly m: string;
  /** Help: index of the text. */
  readonly h?: number;
  /** The element; empty for the whole document. */
  readonly e: string;
  /** The fingerprint. */
  readonly i: string;
  /** The fix: 1 safe, 2 unsafe, and the index of its title. */
  readonly x?: readonly [kind: number, title: number];
  readonly c?: PageFrame;
  readonly o?: readonly PageRelated[];
}

/** Lines of code: the number of the first, their texts, and the columns from 0 to mark, line by line from the `skip`th. */
export type PageFrame = readonly [first: number, texts: readonly number[], skip: number, marks: readonly number[]];

/** Another place: file, line, column, text. */
export type PageRelated = readonly [file: number, line: number, column: number, text: number];

/** Lines shown before and behind a range, and the most of the range itself. */
const context = 2;
const mostMarked = 4;
/** A longer line is cut to what stands around the range. */
const longLine = 240;
const beforeRange = 60;
/** Of a rule with more findings in one file, only so many have their code: the others look the same. */
const mostFrames = 1000;

/** The findings of a report as the page takes them. Control characters are made visible. */
export function pageData(report: Report): PageData {
  const texts = new Index();
  const files = new Index();
  const rules = new Index();
  const framed = new Map<string, number>();
  const findings = report.problems.map((problem) => {
    const key = `${problem.rule} ${problem.range.source.path}`;
    const nth = (framed.get(key) ?? 0) + 1;
    framed.set(key, nth);
    return findingOf(problem, nth <= mostFrames, { texts, files, rules });
  });
  return {
    apis: apiNames(report).map((name, i) => ({
      name,
      files: report.apis[i]!.files.flatMap((path) => files.find(printable(path)) ?? []),
    })),
    rules: rules.texts.map((id) => ruleOf(report, id)),
    files: files.texts,
    texts: texts.texts,
    findings,
  };
}

/** What the APIs of a report are called: by their first file, with a number where another is called so too. */
export function apiNames({ apis }: Pick<Report, 'apis'>): readonly string[] {
  const seen = new Map<string, number>();
  return apis.map(({ files, language }) => {
    const name = printable(files[0] ?? language);
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth === 1 ? name : `${name} (${nth})`;
  });
}

/** Texts by number, each once. */
class Index {
  readonly texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  find(text: string): number | undefined {
    return this.#numbers.get(text);
  }

  of(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.texts.length);
    return this.texts.push(text) - 1;
  }
}

interface Indexes {
  readonly texts: Index;
  readonly files: Index;
  readonly rules: Index;
}

function findingOf(problem: Problem, inFull: boolean, { texts, files, rules }: Indexes): PageFinding {
  const { rule, severity, message, help, element, range, related, fix } = problem;
  const { line, column } = range.source.position(range.start);
  return {
    r: rules.of(rule),
    s: severities.indexOf(severity),
    f: files.of(printable(range.source.path)),
    p: [line, column],
    m: printable(message),
    ...(help !== undefined && { h: texts.of(printable(help)) }),
    e: printable(element),
    i: fingerprint(problem),
    ...(fix && { x: [fix.safe ? 1 : 2, texts.of(printable(fix.title))] as const }),
    ...(inFull && { c: frameOf(range, texts) }),
    ...(related.length > 0 && {
      o: related.map((note): PageRelated => {
        const at = note.range.source.position(note.range.start);
        return [files.of(printable(note.range.source.path)), at.line, at.column, texts.of(printable(note.message))];
      }),
    }),
  };
}

function ruleOf(report: Report, id: string): PageRule {
  const rule = report.rules.get(id);
  return {
    id,
    principle: rule?.principle ?? 'other',
    summary: rule?.summary ?? '',
    why: rule?.why ?? '',
    url: ruleAddress(report, id),
  };
}

/** The lines of a range and around it, moved to the left as far as all of them are indented. */
function frameOf({ source, start, end }: Range, texts: Index): PageFrame {
  const from = source.position(start);
  const to = source.position(Math.max(start, end));
  const lastMarked = Math.min(to.line, from.line + mostMarked - 1);
  const first = Math.max(1, from.line - context);
  const last = Math.min(source.lineStarts.length, lastMarked + context);
  const lines: string[] = [];
  const marks: number[] = [];
  for (let number = first; number <= last; number++) {
    const text = source.line(number);
    const marked = number >= from.line && number <= lastMarked;
    const begin = number === from.line ? from.column - 1 : text.length - text.trimStart().length;
    const end = number === to.line ? to.column - 1 : text.length;
    const cut = cutLine(text, marked ? begin : 0, marked ? end : 0);
    lines.push(cut.text);
    if (marked) marks.push(cut.begin, cut.end);
  }
  if (lines.at(-1) === '' && lines.length > from.line - first + 1) lines.pop();
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/[^ ]/)), marks[0]!);
  return [
    first,
    lines.map((line) => texts.of(line.slice(indent))),
    from.line - first,
    marks.map((column) => Math.max(0, column - indent)),
  ];
}

/** A line as the page shows it: what stands around the columns to mark, tabs as four blanks. */
function cutLine(text: string, begin: number, end: number): { text: string; begin: number; end: number } {
  const start = text.length > longLine ? Math.max(0, begin - beforeRange) : 0;
  const stop = Math.min(text.length, start + longLine);
  const shown = (from: number, to: number) => printable(text.slice(from, to).replaceAll('\t', '    '));
  const before = (start > 0 ? '…' : '') + shown(start, begin);
  const marked = shown(begin, Math.min(end, stop));
  const rest = shown(Math.max(begin, Math.min(end, stop)), stop) + (stop < text.length ? '…' : '');
  return { text: before + marked + rest, begin: before.length, end: before.length + marked.length };
}
