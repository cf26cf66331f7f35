import { dirname, relative, resolve } from 'node:path';
import { Failure } from '../failure.ts';
import { type Io, relativePath } from '../io.ts';
import { type KnownFinding, knownFindings, merged, type Scope, takeOut } from '../lint/baseline.ts';
import { compareText, type Problem } from '../text/problem.ts';

/** What a baseline is to do in a run. */
export interface BaselineRun {
  /** The file, relative to the working directory or absolute. */
  readonly path: string;
  /** Whether what the run found is to be written into it. */
  readonly update: boolean;
  /** The paths of the files that were judged. */
  readonly judged: ReadonlySet<string>;
  /** Whether a rule ran to its end, or is turned off for good: what it does not find is gone. */
  readonly ran: (rule: string) => boolean;
}

/** What is left of problems beside a baseline. */
export interface Baselined {
  /** Those that it does not know. */
  readonly problems: readonly Problem[];
  /** How many it knows. */
  readonly baselined: number;
  /** For stderr, with line breaks: which of its findings no longer occur, or what was written. Empty where there is nothing to say. */
  readonly note: string;
}

const format = 'apiarch-baseline';
const version = 1;
/** So many stale findings are named, the others counted. */
const mostNamed = 10;

/**
 * Takes out the problems that a baseline knows, and writes it where that is wanted.
 * @throws Failure when there is no such file, unless it is to be written; when it is something else than a baseline
 */
export function applyBaseline(problems: readonly Problem[], run: BaselineRun, io: Io): Baselined {
  const before = readBaseline(run.path, io);
  if (!before && !run.update) {
    throw new Failure(`there is no baseline \`${run.path}\`; \`--update-baseline\` writes what is found now into it.`);
  }
  // What hides behind a fault of syntax is not gone.
  const broken = new Set(
    problems.filter(({ rule }) => rule === 'structure/syntax').map(({ range }) => range.source.path),
  );
  const scope: Scope = {
    judged: (file) => run.judged.has(file) && !broken.has(file),
    exists: (file) => io.kind(file) === 'file',
    ran: run.ran,
  };
  const verdict = takeOut(problems, before ?? [], scope);
  if (!run.update) {
    return {
      problems: verdict.news,
      baselined: verdict.known.length,
      note: staleNote(verdict.stale, run.path),
    };
  }
  const after = merged([...knownFindings(problems), ...verdict.unseen]);
  const known = takeOut(problems, after, scope);
  return {
    problems: known.news,
    baselined: known.known.length,
    note: writeBaseline(
      after,
      run.path,
      { added: known.known.length - verdict.known.length, stale: verdict.stale },
      io,
    ),
  };
}

/**
 * Reads a baseline; null when there is no file.
 * @returns findings of files relative to the working directory, in the order of the file
 * @throws Failure when the file is no baseline, or of another version
 */
export function readBaseline(path: string, io: Pick<Io, 'cwd' | 'kind' | 'read'>): KnownFinding[] | null {
  if (io.kind(path) === null) return null;
  const fail = (what: string): never => {
    throw new Failure(`\`${path}\` is no baseline of apiarch: ${what}.`);
  };
  const text = io.read(path);
  const content = parse(text) ?? fail(text.includes('<<<<<<<') ? 'a merge left conflicts in it' : 'it is not JSON');
  if (!isObject(content) || content['format'] !== format) fail(`it lacks \`"format": "${format}"\``);
  const { version: found, findings } = content as Record<string, unknown>;
  if (found !== version) {
    throw new Failure(`the baseline \`${path}\` has version ${JSON.stringify(found)}; this apiarch knows ${version}.`);
  }
  if (!Array.isArray(findings)) return fail('`findings` is no list');
  const folder = dirname(resolve(io.cwd, path));
  const bySelf = new Map<string, KnownFinding>();
  for (const [index, entry] of findings.entries()) {
    const finding = findingOf(entry) ?? fail(`finding ${index + 1} is not whole`);
    const known = { ...finding, file: relativePath(io.cwd, resolve(folder, finding.file)) };
    // The same line twice comes from two branches that were merged, not from twice as many findings.
    const key = `${known.fingerprint} ${known.file}\0${known.message}`;
    if ((bySelf.get(key)?.count ?? 0) < known.count) bySelf.set(key, known);
  }
  return [...bySelf.values()];
}

/** A baseline as text: one line for each finding, so that changes to it read well and seldom collide. */
export function printBaseline(findings: readonly KnownFinding[]): string {
  const lines = findings.map(({ count, ...finding }) => {
    return `    ${JSON.stringify(count === 1 ? finding : { ...finding, count })}`;
  });
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "format": "${format}",\n  "version": ${version},\n  "findings": ${list}\n}\n`;
}

/** Writes a baseline where it says something else than before, and tells what changed. */
function writeBaseline(
  findings: readonly KnownFinding[],
  path: string,
  { added, stale }: { readonly added: number; readonly stale: readonly KnownFinding[] },
  io: Io,
): string {
  const folder = dirname(resolve(io.cwd, path));
  const own = findings.map(({ file, rule, element, message, fingerprint, count }) => {
    const inFolder = relative(folder, resolve(io.cwd, file)).replaceAll('\\', '/');
    return { file: inFolder, rule, element, message, fingerprint, count };
  });
  own.sort((a, b) => compareText(a.file, b.file));
  const text = printBaseline(own);
  if (io.kind(path) === 'file' && io.read(path) === text) return `apiarch: the baseline \`${path}\` is up to date.\n`;
  io.write(path, text);
  const changes = [...(added > 0 ? [`${added} new`] : []), ...(stale.length > 0 ? [`${total(stale)} gone`] : [])];
  const change = changes.length === 0 ? '' : `, ${changes.join(', ')}`;
  return `apiarch: wrote the baseline \`${path}\`: ${count(total(own), 'finding')}${change}.\n`;
}

function staleNote(stale: readonly KnownFinding[], path: string): string {
  if (stale.length === 0) return '';
  const many = total(stale);
  const lines = stale.slice(0, mostNamed).map(({ file, rule, element, count }) => {
    return `  ${file}  ${rule}  ${element}${count > 1 ? `  (${count} times)` : ''}\n`;
  });
  const more = stale.slice(mostNamed);
  if (more.length > 0) lines.push(`  and ${total(more)} more\n`);
  const what = `${count(many, 'finding')} of the baseline \`${path}\` no longer ${many === 1 ? 'occurs' : 'occur'}`;
  return `apiarch: ${what}; \`--update-baseline\` takes ${many === 1 ? 'it' : 'them'} out:\n${lines.join('')}`;
}

function total(findings: readonly KnownFinding[]): number {
  return findings.reduce((sum, finding) => sum + finding.count, 0);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function findingOf(entry: unknown): KnownFinding | null {
  if (!isObject(entry)) return null;
  const { file, rule, element, message, fingerprint, count = 1 } = entry;
  const texts = [file, rule, element, message, fingerprint];
  if (!texts.every((text) => typeof text === 'string') || !Number.isSafeInteger(count) || Number(count) < 1)
    return null;
  return { file, rule, element, message, fingerprint, count } as KnownFinding;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
