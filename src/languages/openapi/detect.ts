import type { Source } from '../../text/source.ts';

/** Whether a text has `openapi` or `swagger` among the keys of its outermost object. Reads no further than that key. */
export function detect({ text }: Source): boolean {
  return /^\uFEFF?\s*\{/.test(text) ? inFlow(text) : /^\uFEFF?["']?(?:openapi|swagger)["']?\s*:(?:\s|$)/m.test(text);
}

/** Looks for the key in JSON, or in YAML that is written like it, at depth one only. */
function inFlow(text: string): boolean {
  if (!/\b(?:openapi|swagger)\b/.test(text)) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === '"' || char === "'") {
      const end = endOfString(text, i);
      if (depth === 1 && isVersionKey(text.slice(i + 1, end)) && /^\s*:/.test(text.slice(end + 1, end + 100)))
        return true;
      i = end;
    } else if (
      depth === 1 &&
      (char === 'o' || char === 's') &&
      /^(?:openapi|swagger)\s*:/.test(text.slice(i, i + 100))
    ) {
      return true;
    }
  }
  return false;
}

const isVersionKey = (key: string): boolean => key === 'openapi' || key === 'swagger';

function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++;
    else if (text[i] === quote) return i;
  }
  return text.length;
}
