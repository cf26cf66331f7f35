import type { Source } from '../../text/source.ts';
import { tokens } from './scan.ts';

/** Whether a text defines something of a schema, rather than only operations, or is an introspection result. */
export function detect({ path, text }: Source): boolean {
  if (looksLikeJson(text)) return isIntrospection(text);
  // Other languages have enums, too.
  const word = firstWord(text);
  return (isNamedSdl(path) || keywords.has(word) || operations.has(word)) && definesTypes(text);
}

/** Whether a text begins as a JSON object does. */
export function looksLikeJson(text: string): boolean {
  return /^\uFEFF?\s*\{\s*"/.test(text);
}

/** Whether a file is called like SDL, and holds anything but operations: what it defines may be misspelt. */
export function resembles({ path, text }: Source): boolean {
  const word = firstWord(text);
  return isNamedSdl(path) && word !== '' && !operations.has(word);
}

function isNamedSdl(path: string): boolean {
  return /\.(?:graphqls?|gql)$/i.test(path);
}

/** The first name or mark that is no description. */
function firstWord(text: string): string {
  for (const { kind, start, end } of tokens(text, 0)) {
    if (kind === 'name' || kind === 'mark') return text.slice(start, end);
  }
  return '';
}

/** What begins what is no part of a schema. */
const operations = new Set(['query', 'mutation', 'subscription', 'fragment', '{']);
/** What begins a definition, described or not. */
const keywords = new Set(['schema', 'scalar', 'type', 'interface', 'union', 'enum', 'input', 'directive', 'extend']);

/** Looks for a keyword outside all braces and parentheses. The first one ends the search. */
function definesTypes(text: string): boolean {
  let depth = 0;
  let begins = true;
  for (const { kind, start, end } of tokens(text, 0)) {
    if (kind === 'comment') continue;
    if (kind === 'mark') {
      if (/[{([]/.test(text[start]!)) depth++;
      else if (/[})\]]/.test(text[start]!)) depth--;
      begins = depth <= 0 && text[start] === '}';
    } else if (kind === 'name') {
      if (begins && keywords.has(text.slice(start, end))) return true;
      begins = false;
    }
  }
  return false;
}

/** An introspection result has `__schema` at its top, or below `data`. */
function isIntrospection(text: string): boolean {
  return /^\uFEFF?\s*\{\s*(?:"data"\s*:\s*\{\s*)?"__schema"\s*:\s*\{/.test(text);
}
