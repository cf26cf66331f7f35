import { Kind, print, type TypeNode } from 'graphql';
import type { Argument, Field, Type } from '../../languages/graphql/elements.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { deprecationOf, descriptionOf, namedType, rootFields, typeNamed } from '../../languages/graphql/select.ts';
import type { Context } from '../context.ts';
import { graphqlPaths } from '../graphql/graphql.ts';
import type { Offered } from './operations.ts';

/** The root fields of a schema, each with an operation that asks for some of what it gives. */
export function graphqlOffers(api: GraphQl, context: Context): Offered[] {
  const endpoint = graphqlPaths(context).find((one) => one.api === api)!.paths[0]!;
  return rootFields(api).map(({ operation, field }) => ({
    protocol: 'graphql',
    group: { query: 'Queries', mutation: 'Mutations', subscription: 'Subscriptions' }[operation],
    method: operation,
    path: endpoint,
    name: field.name,
    summary: (descriptionOf(field.node) ?? '').trim().split('\n')[0]!,
    deprecated: deprecationOf(field.node) !== undefined,
    form: () => {
      const { query, variables } = requestFor(api, operation, field, context);
      return {
        parameters: [],
        body: { mediaType: 'application/graphql', text: query },
        variables: JSON.stringify(variables, null, 2),
        security: [],
      };
    },
  }));
}

/** A request that asks a root field for its plain fields, and for those of what it holds. */
function requestFor(
  api: GraphQl,
  operation: string,
  field: Field,
  context: Context,
): { query: string; variables: object } {
  const taken = field.arguments.filter(({ node }) => isRequired(node.type) || node.name.value === 'first');
  const variables = taken.map(({ name, node }) => `$${name}: ${print(node.type)}`).join(', ');
  const given = taken.map(({ name }) => `${name}: $${name}`).join(', ');
  const type = typeNamed(api, namedType(field.node.type).name.value);
  const lines = type ? selection(api, type, 2, '    ') : [];
  const fields = lines.length > 0 ? ` {\n${lines.join('\n')}\n  }` : '';
  const query = `${operation}${variables ? ` (${variables})` : ''} {\n  ${field.name}${given ? `(${given})` : ''}${fields}\n}`;
  return {
    query,
    variables: Object.fromEntries(taken.map((one) => [one.name, valueFor(api, one, field, operation, context)])),
  };
}

/** So many fields of one object are asked for at first. */
const mostFields = 12;

function selection(api: GraphQl, type: Type, depth: number, indent: string): string[] {
  if (type.kind === 'union') return [`${indent}__typename`];
  const lines = type.fields.flatMap((field) => {
    if (field.arguments.some(({ node }) => isRequired(node.type))) return [];
    const inner = typeNamed(api, namedType(field.node.type).name.value);
    if (!inner || inner.kind === 'scalar' || inner.kind === 'enum') return [`${indent}${field.name}`];
    // A connection is only worth its nodes.
    const further = /^(?:edges|nodes?)$/.test(field.name) ? depth : depth - 1;
    if (further <= 0 || inner.kind === 'union') return [];
    const lines = selection(api, inner, further, `${indent}  `);
    return lines.length > 0 ? [`${indent}${field.name} {`, ...lines, `${indent}}`] : [];
  });
  const shown =
    lines.length > 5 * mostFields
      ? lines.filter((line) => !/[{}]$/.test(line) && !line.startsWith(`${indent}  `))
      : lines;
  return shown.length > 0 ? shown.slice(0, 5 * mostFields) : [`${indent}__typename`];
}

const isRequired = (type: TypeNode): boolean => type.kind === Kind.NON_NULL_TYPE;

function valueFor(api: GraphQl, { name, node }: Argument, field: Field, operation: string, context: Context): unknown {
  const coordinate = `${{ query: 'Query', mutation: 'Mutation', subscription: 'Subscription' }[operation]}.${field.name}`;
  const resource = context.roles.graphql.get(coordinate)?.resource;
  const id = resource && context.store.page(resource, {}, { limit: 1 }).items[0]?.id;
  return plain(api, node.type, name, id ?? '1', 0);
}

/** Something of the type, so that the caller sees what it looks like. */
function plain(api: GraphQl, type: TypeNode, name: string, id: string, depth: number): unknown {
  if (type.kind === Kind.NON_NULL_TYPE) return plain(api, type.type, name, id, depth);
  if (type.kind === Kind.LIST_TYPE) return depth > 3 ? [] : [plain(api, type.type, name, id, depth + 1)];
  const known = typeNamed(api, type.name.value);
  if (known?.kind === 'enum') return known.values[0]?.name ?? null;
  if (known?.kind === 'input') {
    const fields = depth > 3 ? [] : known.inputFields.filter(({ node }) => isRequired(node.type));
    return Object.fromEntries(
      fields.map((field) => [field.name, plain(api, field.node.type, field.name, id, depth + 1)]),
    );
  }
  if (name === 'first') return 5;
  const scalars: Readonly<Record<string, unknown>> = { Int: 1, Float: 1.5, Boolean: true, ID: id, String: name };
  return Object.hasOwn(scalars, type.name.value) ? scalars[type.name.value] : name;
}
