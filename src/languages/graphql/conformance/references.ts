import { closest } from '../../../text/closest.ts';
import type { Finding } from '../../../text/problem.ts';
import type { TypeKind } from '../elements.ts';
import { isKnownType, specifiedKinds } from '../federation.ts';
import type { GraphQl } from '../graphql.ts';
import { memoised, type TypeUse, types, typeUses } from '../select.ts';
import { isAllowed } from './positions.ts';

/** Types that are named and that nothing defines. */
export function* unknownTypes(api: GraphQl): Generator<Finding> {
  const missing = new Map<string, TypeUse[]>();
  for (const use of typeUses(api)) {
    if (isKnownType(api, use.name)) continue;
    const known = missing.get(use.name);
    if (known) known.push(use);
    else missing.set(use.name, [use]);
  }
  const looked = [...missing.keys()].slice(0, mostSuggestions);
  const meant = new Map(looked.map((name) => [name, meantBy(api, name, missing.get(name)![0]!.as)]));
  for (const [name, uses] of missing) yield* unknownType(name, uses, meant.get(name) ?? null);
}

/** Of a schema that lacks more types, files are missing rather than letters; and looking for each takes its time. */
const mostSuggestions = 100;

/** A slip of the pen is told where it is; a definition that is missing, once. */
function* unknownType(name: string, uses: readonly TypeUse[], meant: string | null): Generator<Finding> {
  const more = uses.length - 1;
  for (const { at, as } of meant === null ? uses.slice(0, 1) : uses) {
    const others = meant === null && more > 0 ? `; it is named in ${more} other place${more > 1 ? 's' : ''}, too` : '';
    yield {
      at,
      message: `No type is called \`${name}\`${others}.`,
      help: meant === null ? `Define it${exampleOf(name, as)}.` : `Did you mean \`${meant}\`?`,
    };
  }
}

/** What the definition would begin with, as far as the name and its place tell; begins with a colon. */
function exampleOf(name: string, as: TypeUse['as']): string {
  if (as === 'interface') return `: \`interface ${name}\``;
  if (as === 'member' || as === 'root') return `: \`type ${name}\``;
  if (/(?:Date|Time|JSON|URL|URI|Email|Decimal|Upload)$/i.test(name)) return `: \`scalar ${name}\``;
  return as === 'input' && name.endsWith('Input') ? `: \`input ${name}\`` : '';
}

/** What other languages call the scalars. */
const foreign: ReadonlyMap<string, string> = new Map([
  ['integer', 'Int'],
  ['bool', 'Boolean'],
  ['str', 'String'],
  ['double', 'Float'],
]);

/** The nearest name of a type that may stand there. Slips rarely begin a word, so that `OrderPage` is not taken for `UserPage`. */
function meantBy(api: GraphQl, name: string, as: TypeUse['as']): string | null {
  const alike = typesByInitial(api).get(name.charAt(0).toLowerCase()) ?? [];
  const candidates = alike.filter(([, kind]) => isAllowed(as, kind)).map(([candidate]) => candidate);
  const isScalar = as === 'input' || as === 'output';
  return (isScalar ? foreign.get(name.toLowerCase()) : undefined) ?? closest(name, candidates);
}

const typesByInitial = memoised((api) => {
  const found = new Map<string, (readonly [name: string, kind: TypeKind])[]>();
  for (const [name, kind] of [...types(api).map((type) => [type.name, type.kind] as const), ...specifiedKinds]) {
    const initial = name.charAt(0).toLowerCase();
    const known = found.get(initial);
    if (known) known.push([name, kind]);
    else found.set(initial, [[name, kind]]);
  }
  return found;
});
