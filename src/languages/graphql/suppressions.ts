import type { ASTNode } from 'graphql';
import { parseIgnore } from '../../text/ignore.ts';
import type { Source } from '../../text/source.ts';
import type { Suppression } from '../language.ts';
import { looksLikeJson } from './detect.ts';
import { type Document, rangeOf } from './document.ts';
import { indentAt, type Token, tokens } from './scan.ts';

/** The notes `# apiarch-ignore RULE: why` of a file. */
export function suppressionsIn(document: Document): Suppression[] {
  const { source } = document;
  if (!source.text.includes('apiarch-ignore') || looksLikeJson(source.text)) return [];
  const all = [...tokens(source.text, 0)];
  const elements = elementsByLine(document);
  return all.flatMap((token, i) => {
    const ignore = token.kind === 'comment' ? parseIgnore(source.text.slice(token.start + 1, token.end)) : null;
    if (!ignore) return [];
    const range = { source, start: token.start, end: token.end };
    const covers = ignore.file ? { start: 0, end: source.text.length } : covered(source, all, i, elements);
    return [{ rules: ignore.rules, reason: ignore.reason, at: { element: 'schema', range: () => range }, covers }];
  });
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What begins on the line of the comment or, if nothing stands before it there, on the next line that holds anything. */
function covered(
  source: Source,
  all: readonly Token[],
  index: number,
  elements: ReadonlyMap<number, Span>,
): Span | null {
  let at = index;
  if (indentAt(source.text, all[index]!.start) >= 0) while (all[at]?.kind === 'comment') at++;
  const on = all[at];
  if (!on) return null;
  const { line } = source.position(on.start);
  const start = source.lineStarts[line - 1]!;
  return elements.get(line) ?? { start, end: source.lineStarts[line] ?? source.text.length };
}

/** The outermost definition or member that begins on each line, be it with its description or with its name. */
function elementsByLine(document: Document): Map<number, Span> {
  const found = new Map<number, Span>();
  const add = (node: Definition): void => {
    const { source, start, end } = rangeOf(node);
    const from = node.description ? firstAfter(source.text, rangeOf(node.description).end) : start;
    for (const offset of [start, from]) {
      const { line } = source.position(offset);
      if (!found.has(line)) found.set(line, { start, end });
    }
    for (const list of [node.operationTypes, node.fields, node.values, node.arguments, node.directives]) {
      for (const inner of list ?? []) add(inner as Definition);
    }
  };
  for (const definition of document.definitions) {
    if (!/^(?:Operation|Fragment)/.test(definition.kind)) add(definition as Definition);
  }
  return found;
}

/** The parts of a definition, whatever it defines. */
type Definition = ASTNode & {
  readonly [part in 'operationTypes' | 'fields' | 'values' | 'arguments' | 'directives']?: readonly ASTNode[];
} & { readonly description?: ASTNode };

function firstAfter(text: string, offset: number): number {
  for (const { kind, start } of tokens(text, offset)) if (kind !== 'comment') return start;
  return offset;
}
