import { tokens as graphqlTokens } from '../../languages/graphql/scan.ts';
import type { LanguageName } from '../../languages/language.ts';
import { lex } from '../../languages/protobuf/lex.ts';
import type { Rule } from '../../rules/rule.ts';
import type { Source } from '../../text/source.ts';
import type { Left } from '../files.ts';

/** A comment by which another linter is silenced. */
interface Note {
  /** The offsets of the comment, or of the comments that it takes. */
  readonly start: number;
  readonly end: number;
  /** As the other linter names them. */
  readonly names: readonly string[];
  /** A rule as our equivalents name it; what ends in `::` stands for all that begin with it. */
  equivalentOf(name: string): string;
  /** What the author gave as reason; empty for none. */
  readonly reason: string;
  /** Whose comment it is, as reasons and messages call it. */
  readonly tool: string;
  /** Whether it speaks for what stands on its line or below it, for the file, or for a stretch that apiarch has no way to name. */
  readonly scope: 'element' | 'file' | 'stretch';
}

/** What silencing comments of other linters in a document come to. */
export interface InlineNotes {
  /** The document with `apiarch-ignore` in their place; the same as before when there are none that can be carried. */
  readonly text: string;
  /** How many are carried, by the rule as the other linter names it. */
  readonly carried: ReadonlyMap<string, number>;
  readonly left: readonly Left[];
}

/**
 * Looks for comments that silence Buf, protolint, api-linter, graphql-eslint and graphql-schema-linter. In OpenAPI no linter knows
 * any that apiarch could take over.
 * @param isOn whether a rule of ours is to run: of several that stand for one of theirs, notes name those
 */
export function inlineNotes(
  source: Source,
  language: LanguageName,
  rules: readonly Rule[],
  isOn: (id: string) => boolean,
): InlineNotes {
  const judging = rules.filter(({ checks }) => checks[language]);
  const carried = new Map<string, number>();
  const left: Left[] = [];
  let text = '';
  let done = 0;
  for (const note of notesIn(source.text, language)) {
    if (note.scope === 'stretch' || note.names.length === 0) {
      left.push(whole(note, source));
      continue;
    }
    const ids = new Set<string>();
    for (const name of note.names) {
      const ours = idsOf(note.equivalentOf(name), judging, isOn);
      if (ours.length === 0) left.push({ what: `${note.tool} for \`${name}\``, why: 'apiarch has no rule for it' });
      else carried.set(name, (carried.get(name) ?? 0) + 1);
      for (const id of ours) ids.add(id);
    }
    if (ids.size === 0) continue;
    text += source.text.slice(done, note.start) + ignoreText(note, [...ids], language);
    done = note.end;
  }
  return { text: text + source.text.slice(done), carried, left };
}

function notesIn(text: string, language: LanguageName): Note[] {
  if (!/buf:lint:ignore|protolint:disable|api-linter:|lint-disable/.test(text)) return [];
  if (language === 'protobuf') return protoNotes(text);
  return language === 'graphql' ? graphqlNotes(text) : [];
}

function whole({ tool, scope, start }: Note, source: Source): Left {
  const what = `${tool} at ${source.path}:${source.position(start).line}`;
  if (scope !== 'stretch') return { what, why: 'it names no rule' };
  return { what, why: 'it silences a stretch of lines; `apiarch-ignore` covers one element, or the file' };
}

/** Our rules that stand for theirs: those that run, since a note that silences nothing is itself reported. */
function idsOf(equivalent: string, rules: readonly Rule[], isOn: (id: string) => boolean): string[] {
  const stands = (theirs: string) =>
    equivalent.endsWith('::') ? theirs.startsWith(equivalent) : theirs === equivalent;
  const ids = rules.filter((rule) => rule.equivalents.some(stands)).map(({ id }) => id);
  const on = ids.filter(isOn);
  return on.length > 0 ? on : ids;
}

function ignoreText({ scope, reason, tool }: Note, ids: readonly string[], language: LanguageName): string {
  const mark = language === 'graphql' ? '#' : '//';
  const keyword = scope === 'file' ? 'apiarch-ignore-file' : 'apiarch-ignore';
  return `${mark} ${keyword} ${ids.join(', ')}: ${reason === '' ? `carried over from ${tool}` : reason}`;
}

function graphqlNotes(text: string): Note[] {
  const all = [...graphqlTokens(text, 0)];
  const firstCode = all.find(({ kind }) => kind !== 'comment')?.start ?? text.length;
  return all.flatMap((token): Note[] => {
    if (token.kind !== 'comment') return [];
    const said = text.slice(token.start + 1, token.end).trim();
    const match = /^(eslint|lint)-disable(-next-line|-line)?(?![\w-])(.*)$/s.exec(said);
    if (!match) return [];
    const [, tool, where, rest = ''] = match;
    const [listed = '', reason = ''] = rest.split(/\s--\s(.*)/s);
    const names = listed.split(/[\s,]+/).filter((name) => name !== '');
    const opened = where === undefined && !new RegExp(`#\\s*${tool}-enable`).test(text) && token.start < firstCode;
    return [
      {
        start: token.start,
        end: token.end,
        names,
        equivalentOf: (name) =>
          tool === 'lint' ? `graphql-schema-linter:${name}` : name.replace(/^@(graphql-eslint)\//, '$1:'),
        reason: reason.trim(),
        tool: `\`${tool}-disable${where ?? ''}\``,
        scope: where !== undefined ? 'element' : opened ? 'file' : 'stretch',
      },
    ];
  });
}

function protoNotes(text: string): Note[] {
  const { comments, starts } = lex(text);
  const notes: Note[] = [];
  for (let index = 0; index < comments.length; index++) {
    const { start, end } = comments[index]!;
    const said = saidIn(text.slice(start, end));
    const isFirst = comments[index]!.next === 0 || starts.length === 0;
    const plain = bufNote(said) ?? protolintNote(said, isFirst, text);
    if (plain) {
      notes.push({ start, end, ...plain });
    } else if (/^\(--\s*api-linter:/.test(said)) {
      // It goes on to the comment that closes it.
      let last = index;
      const parts = [said];
      while (!parts.at(-1)!.includes('--)') && comments[last + 1]?.next === comments[index]!.next) {
        last++;
        parts.push(saidIn(text.slice(comments[last]!.start, comments[last]!.end)));
      }
      const note = apiLinterNote(parts.join(' '), isFirst);
      if (note) notes.push({ start, end: comments[last]!.end, ...note });
      index = last;
    }
  }
  return notes;
}

function saidIn(comment: string): string {
  return comment.startsWith('//')
    ? comment.slice(2).trim()
    : comment
        .slice(2, -2)
        .replace(/^\s*\*/gm, '')
        .trim();
}

type Said = Omit<Note, 'start' | 'end'>;

/** https://buf.build/docs/lint/overview, comment ignores. */
function bufNote(said: string): Said | null {
  const match = /^buf:lint:ignore\s+(\w+)(.*)$/s.exec(said);
  if (!match) return null;
  const [, name = '', rest = ''] = match;
  return {
    names: [name],
    equivalentOf: () => `buf:${name}`,
    reason: oneLine(rest),
    tool: '`buf:lint:ignore`',
    scope: 'element',
  };
}

/** https://github.com/yoheimuta/protolint: `protolint:disable:next NAME`, `:this`, or until `protolint:enable`. */
function protolintNote(said: string, isFirst: boolean, text: string): Said | null {
  const match = /^protolint:disable(:next|:this)?(?![\w:])(.*)$/s.exec(said);
  if (!match) return null;
  const [, where, rest = ''] = match;
  const names = rest.split(/[\s,]+/).filter((name) => /^[A-Z][A-Z0-9_]+$/.test(name));
  return {
    names,
    equivalentOf: (one) => `protolint:${one}`,
    reason: '',
    tool: `\`protolint:disable${where ?? ''}\``,
    scope: where !== undefined ? 'element' : isFirst && !text.includes('protolint:enable') ? 'file' : 'stretch',
  };
}

/** https://linter.aip.dev/configuration: `(-- api-linter: core::0131::http-method=disabled aip.dev/not-precedent: why --)`. */
function apiLinterNote(said: string, isFirst: boolean): Said | null {
  const match = /^\(--\s*api-linter:(.*?)--\)\s*$/s.exec(said);
  if (!match) return null;
  const inside = match[1]!;
  const names = [...inside.matchAll(/\bcore::\d+(?:::[\w-]+)*/g)].map(([name]) => name);
  const reason = /aip\.dev\/not-precedent:(.*)$/s.exec(inside)?.[1] ?? '';
  return {
    names,
    equivalentOf: aipRule,
    reason: oneLine(reason),
    tool: '`api-linter`',
    scope: isFirst ? 'file' : 'element',
  };
}

/** `core::131::http-method` is `aip:0131::http-method`; `core::0131` is all rules of that proposal. */
function aipRule(name: string): string {
  const id = name.replace(/^core::/, '').replace(/^\d+/, (number) => number.padStart(4, '0'));
  return id.includes('::') ? `aip:${id}` : `aip:${id}::`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
