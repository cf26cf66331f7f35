/** What nothing uses: types that clients never come across, directives that nothing bears. */
import { isDamaged } from './conformance/certain.ts';
import { isSpecifiedName, links } from './federation.ts';
import type { GraphQl } from './graphql.ts';
import {
  type DirectiveDefinition,
  directiveDefinitions,
  directiveUses,
  reachable,
  rootTypes,
  type Type,
  types,
} from './select.ts';

/** The types that no root leads to. None where there is no root: what is a part of a schema is used by the others. */
export function unusedTypes(api: GraphQl): readonly Type[] {
  if (!isRead(api) || rootTypes(api).size === 0) return [];
  const isUsed = reachable(api);
  return types(api).filter(({ name }) => !isUsed.has(name) && !isSpecifiedName(name) && !isDamaged(api, name));
}

/**
 * The directives for schemas that nothing in the schema bears. Those for operations are for clients. A schema that was
 * printed from a running server holds definitions, and nothing that bears them.
 */
export function unusedDirectives(api: GraphQl): readonly DirectiveDefinition[] {
  if (!isRead(api) || rootTypes(api).size === 0 || links(api).length > 0) return [];
  const borne = new Set(directiveUses(api).map(({ name }) => name));
  const own = directiveDefinitions(api).filter(({ name }) => !isSpecifiedName(`@${name}`));
  const unused = own.filter(
    ({ name, node }) => !borne.has(name) && !node.locations.some(({ value }) => executable.has(value)),
  );
  const isPrinted = own.length > 1 && !own.some(({ name }) => borne.has(name));
  return isPrinted || api.documents.some(({ source }) => source.path.endsWith('.json')) ? [] : unused;
}

/** GraphQL specification, section 3.13, ExecutableDirectiveLocation. */
const executable: ReadonlySet<string> = new Set([
  ...['QUERY', 'MUTATION', 'SUBSCRIPTION', 'FIELD', 'FRAGMENT_DEFINITION', 'FRAGMENT_SPREAD', 'INLINE_FRAGMENT'],
  'VARIABLE_DEFINITION',
]);

/** What could not be read might use anything. */
function isRead(api: GraphQl): boolean {
  return api.documents.every(({ faults }) => faults.length === 0);
}
