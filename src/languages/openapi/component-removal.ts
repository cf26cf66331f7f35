import type { Edit } from '../../text/fix.ts';
import { removeEntries, together } from './edit.ts';
import { keysOf } from './json.ts';
import type { OpenApi } from './openapi.ts';
import { type Pointer, valueAt } from './pointer.ts';

/**
 * The edits that take unused components out of a document, with those that nothing else uses, and the lists that are empty then.
 * @param apis all APIs that may use them
 * @param unused the components' places in one document; nothing uses them but themselves
 */
export function removeComponents(apis: readonly OpenApi[], unused: readonly Pointer[]): readonly Edit[] {
  const [first] = unused;
  if (!first) return [];
  const gone = new Map(unused.map((at) => [at.element, at]));
  addOrphans(apis, first, gone);
  const bySection = new Map<string, Pointer[]>();
  for (const at of gone.values()) bySection.set(at.parent!.element, [...(bySection.get(at.parent!.element) ?? []), at]);
  const sections = [...bySection.values()];
  const empty = sections.filter((members) => members.length === sizeOf(members[0]!.parent!));
  const kept = sections.filter((members) => !empty.includes(members));
  const edits = kept.map((members) =>
    removeEntries(
      members[0]!.parent!,
      members.map(({ key }) => key),
    ),
  );
  return together(...edits, ...removeSections(empty.map((members) => members[0]!.parent!)));
}

/** Lists that are empty go, and `components` with them when it has no other. */
function removeSections(sections: readonly Pointer[]): (readonly Edit[])[] {
  const holder = sections[0]?.parent;
  if (!holder) return [];
  const keys = sections.map(({ key }) => key);
  if (holder.parent && sections.length === sizeOf(holder)) return [removeEntries(holder.parent, [holder.key])];
  return [removeEntries(holder, keys)];
}

function sizeOf(at: Pointer): number {
  return keysOf(valueAt(at.document.value, at.path)).length;
}

/** Adds the components of the same document that only those use which go. */
function addOrphans(apis: readonly OpenApi[], first: Pointer, gone: Map<string, Pointer>): void {
  const { document } = first;
  const users = new Map<string, { readonly at: Pointer; readonly by: Set<string> }>();
  for (const api of apis) {
    for (const { at, resolution } of api.index.references) {
      if (!('target' in resolution) || resolution.target.at.document.source.path !== document.source.path) continue;
      const component = componentOf(resolution.target.at);
      if (!component) continue;
      const known = users.get(component.element) ?? { at: component, by: new Set<string>() };
      known.by.add(at.document.source.path === document.source.path ? (componentOf(at)?.element ?? '') : '');
      users.set(component.element, known);
    }
  }
  for (let grown = true; grown; ) {
    grown = false;
    for (const [element, { at, by }] of users) {
      const others = [...by].filter((user) => user !== element);
      if (gone.has(element) || others.length === 0 || !others.every((user) => gone.has(user))) continue;
      gone.set(element, at);
      grown = true;
    }
  }
}

/** The component that a place is in. */
function componentOf(at: Pointer): Pointer | undefined {
  const depth = at.path[0] === 'components' ? 3 : at.path[0] === 'definitions' ? 2 : Number.POSITIVE_INFINITY;
  if (at.path.length < depth) return undefined;
  let here = at;
  for (let left = at.path.length - depth; left > 0; left--) here = here.parent!;
  return here;
}
