import { indentAt, type Token, tokens } from './scan.ts';

/** Where a body goes on behind a member that could not be read. */
export interface Resumption {
  readonly offset: number;
  /** What begins there: another member, the body's closing brace, or another definition because the brace is missing. */
  readonly with: 'member' | 'close' | 'definition';
}

/**
 * Where reading goes on when the definition at `start` could not be read: at the next text that looks like a definition
 * and either stands behind the broken one's body or is indented no deeper than it; at the text's end if there is none.
 */
export function nextDefinition(text: string, start: number): number {
  let indent: number | null = null;
  let depth = 0;
  let description: Token | null = null;
  // The keyword of the broken definition itself; `extend type` has two.
  let own = 1;
  for (const token of misquotedApart(text, start)) {
    if (token.kind === 'comment') continue;
    indent ??= indentAt(text, token.start);
    if (token.kind === 'string') {
      description = depth <= 0 || indentAt(text, token.start) >= 0 ? token : null;
      continue;
    }
    const at = description?.start ?? token.start;
    description = null;
    if (own > 0) {
      own += text.slice(token.start, token.end) === 'extend' ? 0 : -1;
    } else if (token.kind === 'name' && beginsDefinition(text, token.start)) {
      const here = indentAt(text, at);
      if (depth <= 0 || (here >= 0 && here <= indent)) return at;
    }
    if (text[token.start] === '{') depth++;
    else if (text[token.start] === '}') depth--;
  }
  return text.length;
}

/**
 * Where a body goes on when its member at `start` could not be read: on the next line that begins with something
 * indented no deeper than the member; or at `start` itself, when a definition begins there because a brace is missing.
 * Null when the member does not begin its line, or nothing follows.
 */
export function nextMember(text: string, start: number): Resumption | null {
  const indent = indentAt(text, start);
  if (indent < 0) return null;
  for (const { kind, start: offset } of misquotedApart(text, start)) {
    const here = indentAt(text, offset);
    if (kind === 'comment' || here < 0 || here > indent) continue;
    const isOutside = here < indent || here === 0;
    if (isOutside && beginsDefinition(text, offset)) return { offset, with: 'definition' };
    if (offset === start) continue;
    if (here < indent && kind === 'string') return { offset, with: 'definition' };
    if (text[offset] === '}') return { offset, with: 'close' };
    if (kind !== 'mark') return { offset, with: 'member' };
  }
  return null;
}

/** The tokens from `from` on; block strings that hold definitions are taken for ones whose quotes are mixed up. */
function* misquotedApart(text: string, from: number): Generator<Token, void> {
  let next = from;
  while (next < text.length) {
    const start = next;
    next = text.length;
    for (const token of tokens(text, start)) {
      if (token.kind === 'string' && definitionLine.test(text.slice(token.start, token.end))) {
        yield { kind: 'mark', start: token.start, end: token.start + 3 };
        next = token.start + 3;
        break;
      }
      yield token;
    }
  }
}

const definitionLine = /^(?:type|interface|enum|input) \w+\b[^\n]*\{[ \t\r]*$/m;

const definitionStart =
  /(?:extend[\s,]+)?(?:(?:type|interface|union|enum|input|scalar)[\s,]+[A-Za-z_]|directive[\s,]*@|schema[\s,]*[{@]|(?:query|mutation|subscription)[\s,]*(?:[{@]|\([\s,]*\$|[A-Za-z_]\w*[\s,]*[({@])|fragment[\s,]+\w+[\s,]+on\b)/y;

function beginsDefinition(text: string, offset: number): boolean {
  definitionStart.lastIndex = offset;
  return definitionStart.test(text);
}
