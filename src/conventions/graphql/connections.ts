/** The connections of the Relay cursor connections specification, well-shaped or not, and their parts. */
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import {
  type Field,
  fieldNamed,
  fields,
  isList,
  memoised,
  namedType,
  type Type,
  typeNamed,
  types,
} from '../../languages/graphql/select.ts';

/** Which types count as connections: those that are meant so beyond doubt, or all that are called so. */
export type Naming = 'shape' | 'name';

/**
 * The types and interfaces that are meant to be connections. By their shape: with `edges` and `pageInfo`, or called
 * `…Connection` with one of them, or with an edge type of the same name. By their name: all that are called `…Connection`.
 */
export function meantConnections(api: GraphQl, naming: Naming): readonly Type[] {
  return naming === 'name' ? byName(api) : byShape(api);
}

const byShape = memoised((api): readonly Type[] =>
  outputs(api).filter((type) => {
    const parts = [fieldNamed(type, 'edges'), fieldNamed(type, 'pageInfo')].filter(Boolean).length;
    return parts === 2 || (isCalledConnection(type.name) && (parts === 1 || hasEdgeType(api, type.name)));
  }),
);

const byName = memoised((api): readonly Type[] => {
  const shaped = new Set(byShape(api));
  return outputs(api).filter((type) => shaped.has(type) || isCalledConnection(type.name));
});

const outputs = memoised((api): readonly Type[] =>
  types(api).filter(({ kind }) => kind === 'type' || kind === 'interface'),
);

/** Whether a name is that of a connection of something. */
export function isCalledConnection(name: string): boolean {
  return name.endsWith('Connection');
}

function hasEdgeType(api: GraphQl, name: string): boolean {
  return typeNamed(api, name.replace(/Connection$/, 'Edge')) !== undefined;
}

/** The fields that return connections. A type that the schema does not define, or that is empty, counts by its name. */
export function fieldsOfConnections(api: GraphQl, naming: Naming): readonly Field[] {
  const meant = new Set(meantConnections(api, naming));
  return fields(api).filter((field) => {
    if (isList(field.node.type)) return false;
    const { value: name } = namedType(field.node.type).name;
    const type = typeNamed(api, name);
    if (!type) return isCalledConnection(name) && (naming === 'name' || hasEdgeType(api, name) || hasConnections(api));
    return meant.has(type) || (isCalledConnection(name) && type.fields.length === 0 && type.kind === 'type');
  });
}

const hasConnections = memoised((api): boolean => byShape(api).length > 0);

/** The types that are the items of some connection's `edges`, and those shaped like edges. */
export const edgeTypes = memoised((api): readonly Type[] => {
  const used = new Set(
    byShape(api).flatMap((type) => {
      const edges = fieldNamed(type, 'edges');
      return edges && isList(edges.node.type) ? [namedType(edges.node.type).name.value] : [];
    }),
  );
  return types(api).filter(
    (type) =>
      used.has(type.name) || (fieldNamed(type, 'node') && fieldNamed(type, 'cursor') && type.name.endsWith('Edge')),
  );
});
