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
  /** The rules as our equivalents name them; a name that ends in `::` stands for all that begin with it. */
  readonly equivalents: readonly string[];
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
 */
export function inlineNotes(source: Source, language: LanguageName, rules: readonly Rule[]): InlineNotes {
  if (!/buf:lint:ignore|protolint:disable|api-linter:|eslint-disable|lint-disable/.test(source.text)) {
    return { text: source.text, carried: new Map(), left: [] };
  }
  const notes =
    language === 'protobuf' ? protoNotes(source.text) : language === 'graphql' ? graphqlNotes(source.text) : [];
  const carried = new Map<string, number>();
  const left: Left[] = [];
  let text = '';
  let done = 0;
  for (const note of notes) {
    const ids = idsOf(note.equivalents, rules);
    const at = `${source.path}:${source.position(note.start).line}`;
    if (note.scope === 'stretch') {
      left.push({
        what: `${note.tool} at ${at}`,
        why: 'it silences a stretch of lines; `apiarch-ignore` covers one element, or the file',
      });
      continue;
    }
    if (ids.length === 0) {
      for (const name of note.names)
        left.push({ what: `${note.tool} for \`${name}\``, why: 'apiarch has no rule for it' });
      if (note.names.length === 0) left.push({ what: `${note.tool} at ${at}`, why: 'it names no rule' });
      continue;
    }
    for (const name of note.names) carried.set(name, (carried.get(name) ?? 0) + 1);
    const mark = language === 'graphql' ? '#' : '//';
    const keyword = note.scope === 'file' ? 'apiarch-ignore-file' : 'apiarch-ignore';
    const reason = note.reason === '' ? `carried over from ${note.tool}` : note.reason;
    text += `${source.text.slice(done, note.start)}${mark} ${keyword} ${ids.join(', ')}: ${reason}`;
    done = note.end;
  }
  return { text: text + source.text.slice(done), carried, left };
}

function idsOf(equivalents: readonly string[], rules: readonly Rule[]): string[] {
  const stands = (theirs: string) =>
    equivalents.some((one) => (one.endsWith('::') ? theirs.startsWith(one) : theirs === one));
  return rules.filter((rule) => rule.equivalents.some(stands)).map(({ id }) => id);
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
        equivalents: names.map((name) =>
          tool === 'lint' ? `graphql-schema-linter:${name}` : name.replace(/^@(graphql-eslint)\//, '$1:'),
        ),
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
    equivalents: [`buf:${name}`],
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
    equivalents: names.map((name) => `protolint:${name}`),
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
  const equivalents = names.map((name) => {
    const id = name.replace(/^core::/, '').replace(/^\d+/, (number) => number.padStart(4, '0'));
    return id.includes('::') ? `aip:${id}` : `aip:${id}::`;
  });
  const reason = /aip\.dev\/not-precedent:(.*)$/s.exec(inside)?.[1] ?? '';
  return { names, equivalents, reason: oneLine(reason), tool: '`api-linter`', scope: isFirst ? 'file' : 'element' };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
