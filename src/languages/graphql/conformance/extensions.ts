import { closest } from '../../../text/closest.ts';
import type { Finding } from '../../../text/problem.ts';
import { Coordinate } from '../coordinate.ts';
import { kindOf, type TypeKind } from '../elements.ts';
import { isKnownType, isSubgraph } from '../federation.ts';
import type { GraphQl } from '../graphql.ts';
import { directiveOn, rootTypes, schemaParts, type Type, types } from '../select.ts';
import { aKind } from './words.ts';

/** Extensions that extend nothing, or something of another kind (GraphQL specification, sections 3.5.3 to 3.10.3). */
export function* extensionDepartures(api: GraphQl): Generator<Finding> {
  for (const type of types(api)) {
    if (type.base) yield* ofAnotherKind(type);
    else yield* withoutBase(api, type);
  }
}

function* ofAnotherKind({ name, kind, at, extensions }: Type): Generator<Finding> {
  for (const node of extensions) {
    const claimed = kindOf(node)!;
    if (claimed === kind) continue;
    yield {
      at: new Coordinate(name, node.name),
      message: `\`${name}\` is extended as ${aKind(claimed)}, but it is ${aKind(kind)}.`,
      help: `Write \`extend ${kind} ${name}\`, with members that ${aKind(kind)} can have.`,
      related: [{ message: 'it is defined here', at }],
    };
  }
}

/** The base may be in a file that is not at hand, or in another subgraph: only what looks whole is asked for it. */
function* withoutBase(api: GraphQl, { name, kind, at, extensions, directives }: Type): Generator<Finding> {
  if (defaultRoots.has(name) || isSpecified(api, name)) return;
  if (isSubgraph(api) || directives.some((directive) => directive.name === 'key')) return;
  if (extensions.some((node) => directiveOn(node, 'key') !== undefined)) return;
  const meant = closest(name, definedOf(api, kind));
  if (meant === null && !looksWhole(api)) return;
  yield {
    at,
    message: `\`${name}\` is extended, and nothing defines it.`,
    help: meant === null ? `Define it: \`${kind} ${name}\`.` : `Did you mean \`${meant}\`?`,
  };
}

/** Many files may extend the roots, and whatever joins the files defines them. */
const defaultRoots: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

function isSpecified(api: GraphQl, name: string): boolean {
  return isKnownType(api, name) && !api.index.types.has(name);
}

function* definedOf(api: GraphQl, kind: TypeKind): Generator<string> {
  for (const type of types(api)) if (type.base && type.kind === kind) yield type.name;
}

function looksWhole(api: GraphQl): boolean {
  if (api.documents.some(({ faults }) => faults.length > 0)) return false;
  const isDefined = schemaParts(api).some(({ node }) => node.kind === 'SchemaDefinition');
  return isDefined || [...rootTypes(api).values()].some(({ base }) => base !== null);
}
