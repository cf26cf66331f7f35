/** What nothing uses: types that clients never come across, directives that nothing bears. */
import { isDamaged } from './conformance/certain.ts';
import { isSpecifiedName, isSubgraph, links } from './federation.ts';
import type { GraphQl } from './graphql.ts';
import {
  type DirectiveDefinition,
  directiveDefinitions,
  directiveUses,
  reachable,
  rootTypes,
  type Type,
  types,
  typeUses,
} from './select.ts';

/**
 * The types that no root leads to. Where there is no root, those that nothing refers to.
 * @param withoutRoot whether schemas without a root are judged, unless they are plainly parts of others
 */
export function unusedTypes(api: GraphQl, withoutRoot: boolean): readonly Type[] {
  if (!isJudged(api, withoutRoot)) return [];
  const isUsed = rootTypes(api).size === 0 ? referred(api) : reachable(api);
  return types(api).filter(({ name }) => !isUsed.has(name) && !isSpecifiedName(name) && !isDamaged(api, name));
}

/** The names of types that others have in their fields, arguments and members. Implementing an interface is no use of it. */
function referred(api: GraphQl): ReadonlySet<string> {
  const uses = typeUses(api).filter(
    ({ name, as, at }) => as !== 'interface' && name !== at.element.split(/[.(]/, 1)[0],
  );
  return new Set(uses.map(({ name }) => name));
}

function isJudged(api: GraphQl, withoutRoot: boolean): boolean {
  if (!isRead(api)) return false;
  return rootTypes(api).size > 0 || (withoutRoot && !isPart(api));
}

/** Whether a schema is plainly a part of another one: a subgraph, or one that names or extends what it does not define. */
function isPart(api: GraphQl): boolean {
  if (isSubgraph(api) || types(api).some(({ base }) => !base)) return true;
  return typeUses(api).some(({ name }) => !api.index.types.has(name) && !isSpecifiedName(name));
}

/**
 * The directives for schemas that nothing in the schema bears. Those for operations are for clients. A schema that was
 * printed from a running server holds definitions, and nothing that bears them.
 * @param withoutRoot as with types
 */
export function unusedDirectives(api: GraphQl, withoutRoot: boolean): readonly DirectiveDefinition[] {
  if (!isJudged(api, withoutRoot) || links(api).length > 0) return [];
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
