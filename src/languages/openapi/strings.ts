import type { OpenApi } from './openapi.ts';
import { Pointer } from './pointer.ts';
import type { At } from './references.ts';

/**
 * The strings in the documents of an API that match a pattern, wherever they stand. A document whose text does not match
 * is not looked through, so the pattern must not depend on where a string begins or ends, or on what JSON escapes.
 * @param pattern without the flags `g` and `y`
 */
export function stringsMatching(api: OpenApi, pattern: RegExp): At<string>[] {
  return api.documents.flatMap((document) => {
    if (!pattern.test(document.source.text)) return [];
    const found: At<string>[] = [];
    const seen = new Set<object>();
    const pending: At[] = [{ value: document.value, at: Pointer.root(document) }];
    for (let here = pending.pop(); here; here = pending.pop()) {
      const { value, at } = here;
      if (typeof value === 'string' && pattern.test(value)) found.push({ value, at });
      if (value === null || typeof value !== 'object' || seen.has(value)) continue;
      seen.add(value);
      const keyOf = Array.isArray(value) ? Number : String;
      for (const [key, item] of Object.entries(value).reverse())
        pending.push({ value: item, at: at.child(keyOf(key)) });
    }
    return found;
  });
}
