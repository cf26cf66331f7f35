import type { DuplicateKey, Path, Span } from '../document.ts';
import { MERGE, type Tree } from './tree.ts';

/** The keys of `mapping` that stand in it before, each with its first standing; `path` is the way to the mapping. */
export function duplicatesIn(tree: Tree, mapping: number, path: Path): DuplicateKey[] {
  const duplicates: DuplicateKey[] = [];
  const firsts = new Map<string, Span>();
  for (let node = mapping + 1; node < tree.next(mapping); node = tree.next(tree.next(node))) {
    if (tree.role(node) === MERGE) continue;
    const key = tree.name(node);
    const first = firsts.get(key);
    if (first) duplicates.push({ path, key, first, again: tree.span(node) });
    else firsts.set(key, tree.span(node));
  }
  return duplicates;
}
