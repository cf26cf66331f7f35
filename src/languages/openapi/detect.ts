import type { Source } from '../../text/source.ts';

/** Whether a text has `openapi` or `swagger` among the keys of its outermost object. Reads no further than that key. */
export function detect({ text }: Source): boolean {
  return hasKey(text, ['openapi', 'swagger']);
}

/** Whether a text has what only an API document has, though it does not tell its version. */
export function resembles({ text }: Source): boolean {
  return hasKey(text, ['paths', 'webhooks', 'components']);
}

/** Whether one of `keys`, which are plain words, is among the keys of the outermost object of YAML or JSON. */
function hasKey(text: string, keys: readonly string[]): boolean {
  const key = `["']?(?:${keys.join('|')})["']?\\s*:(?:\\s|$)`;
  return /^\uFEFF?\s*\{/.test(text) ? hasFlowKey(text, keys) : new RegExp(`^\\uFEFF?${key}`, 'm').test(text);
}

/** Looks for a key in JSON, or in YAML that is written like it, at depth one only. */
function hasFlowKey(text: string, keys: readonly string[]): boolean {
  const unquoted = new RegExp(`(?:${keys.join('|')})\\s*:`, 'y');
  if (!keys.some((key) => text.includes(key))) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
    else if (char === '"' || char === "'") {
      const end = endOfString(text, i);
      if (depth === 1 && keys.includes(text.slice(i + 1, end)) && /^\s*:/.test(text.slice(end + 1, end + 100)))
        return true;
      i = end;
    } else if (depth === 1 && /[a-z]/.test(char!)) {
      unquoted.lastIndex = i;
      if (unquoted.test(text)) return true;
    }
  }
  return false;
}

function endOfString(text: string, start: number): number {
  const quote = text[start];
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote === '"') i++;
    else if (text[i] === quote) return i;
  }
  return text.length;
}
