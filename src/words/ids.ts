import { wordsOf } from './split.ts';

/** Whether a name is that of one identifier: `id`, `user_id`, `orderUUID`; not `grid`, `valid` or `ids`. */
export function isIdName(name: string | readonly string[]): boolean {
  return /^(?:id|uuid|guid|ulid)$/.test(wordsOf(name).at(-1) ?? '');
}
