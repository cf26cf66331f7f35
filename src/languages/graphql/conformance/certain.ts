/** What may be taken for certain: where a definition could not be read, or is a part of one, what it lacks is no evidence. */

import { rangeOf } from '../document.ts';
import type { TypeKind } from '../elements.ts';
import { kindOf } from '../elements.ts';
import { specifiedKinds } from '../federation.ts';
import type { GraphQl } from '../graphql.ts';
import { brokenTypes, duplicates, memoised, type Type, types } from '../select.ts';

/** Whether everything that a type consists of is at hand: it is defined once, and neither elsewhere nor in text that could not be read. */
export function isWhole(api: GraphQl, type: Type): boolean {
  return type.base !== null && !isDamaged(api, type.name);
}

/** Whether members of a type, or of a directive named with its `@`, may be missing or doubtful. */
export function isDamaged(api: GraphQl, name: string): boolean {
  return damaged(api).has(name) || brokenTypes(api).has(name);
}

/** The kind of a type, of those that no schema defines too; undefined when it is unknown or in doubt. */
export function kindNamed(api: GraphQl, name: string): TypeKind | undefined {
  const specified = specifiedKinds.get(name);
  if (specified || isDamaged(api, name)) return specified;
  // What only extensions say about a type, its definition elsewhere may deny.
  const type = api.index.types.get(name);
  return type?.base ? type.kind : undefined;
}

/** The names of definitions that hold a fault, stand twice, or are extended as if they were of another kind. */
const damaged = memoised((api): ReadonlySet<string> => {
  const names = new Set(duplicates(api).map(({ at }) => at.element));
  for (const { name, kind, extensions } of types(api)) {
    if (extensions.some((extension) => kindOf(extension) !== kind)) names.add(name);
  }
  for (const { definitions, faults } of api.documents) {
    if (faults.length === 0) continue;
    for (const definition of definitions) {
      if (!('name' in definition) || !definition.name) continue;
      const { start, end } = rangeOf(definition);
      const isDirective = definition.kind === 'DirectiveDefinition';
      // A definition can also end too early: what cannot be read may stand right behind it.
      if (faults.some(({ range }) => start <= range.start && range.start <= end)) {
        names.add(isDirective ? `@${definition.name.value}` : definition.name.value);
      }
    }
  }
  return names;
});
