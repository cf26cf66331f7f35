// Every field of the roots of real schemas, asked once, from a folder beside the project where there is one.
import { existsSync } from 'node:fs';
import {
  buildClientSchema,
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getIntrospectionQuery,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql/index.js';
import { afterAll, describe, expect, it } from 'vitest';
import { scalarKind } from '../../src/mock/resources/graphql-scalars.ts';
import { type GraphqlServer, serveFile } from './graphql-server.ts';

const corpus = '../shared/corpus/graphql';
const files = ['saleor', 'swapi', 'github-microcks'].map((name) => `${corpus}/${name}.graphql`);

describe.each(['examples/orders.graphql', ...files])('%s', (file) => {
  let server: GraphqlServer | undefined;
  afterAll(() => server?.close());

  it.skipIf(!existsSync(file))(
    'answers every query and mutation without a mistake of ours, and the same at every reading',
    async () => {
      server = await serveFile(file);
      const { data } = await server.ask(getIntrospectionQuery({ inputValueDeprecation: true }));
      const schema = buildClientSchema(data);
      const wrong: string[] = [];
      for (const { query, isMutation } of operations(schema)) {
        const { errors = [], data } = await server.ask(query);
        for (const { message, extensions } of errors)
          if (!expected(isMutation, extensions?.code))
            wrong.push(`${query.slice(0, 300)}: ${message} (${extensions?.code})`);
        if (!isMutation && errors.length === 0) {
          const again = await server.ask(query);
          if (JSON.stringify(again.data) !== JSON.stringify(data)) wrong.push(`${query.slice(0, 300)}: another answer`);
        }
      }
      expect(wrong.slice(0, 10)).toEqual([]);
      expect(server.lines.filter((line) => line.includes('bug'))).toEqual([]);
    },
    300_000,
  );
});

/** What is wrong with a caller's input is no mistake of ours; queries that we make up have none. */
function expected(isMutation: boolean, code: string | undefined): boolean {
  return isMutation && (code === 'NOT_FOUND' || code === 'CONFLICT' || code === 'BAD_USER_INPUT');
}

function operations(schema: GraphQLSchema): { query: string; isMutation: boolean }[] {
  const roots = [
    [schema.getQueryType(), 'query'],
    [schema.getMutationType(), 'mutation'],
  ] as const;
  return roots.flatMap(([root, keyword]) =>
    // What `_entities` takes is no value of any type.
    Object.values(root?.getFields() ?? {})
      .filter(({ name }) => name !== '_entities')
      .map((field) => ({
        isMutation: keyword === 'mutation',
        query: `${keyword} { ${field.name}${given(field.args)} ${selected(schema, field.type, 2)} }`,
      })),
  );
}

/** The arguments that a field demands. */
function given(args: readonly GraphQLArgument[]): string {
  const own = args.filter(isRequiredArgument).map(({ name, type }) => `${name}: ${literal(type, 0)}`);
  return own.length > 0 ? `(${own.join(', ')})` : '';
}

function literal(type: GraphQLInputType, depth: number): string {
  if (isNonNullType(type)) return literal(type.ofType, depth);
  if (isListType(type)) return depth > 4 ? '[]' : `[${literal(type.ofType, depth + 1)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const own = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
    return `{${own.map((field) => `${field.name}: ${literal(field.type, depth + 1)}`).join(', ')}}`;
  }
  return scalars[type.name] ?? ofKind[scalarKind(type.name)] ?? '"abc"';
}

const scalars: Record<string, string> = { Int: '2', Float: '1.5', Boolean: 'true', ID: '"abc"', String: '"abc"' };
const ofKind: Record<string, string> = {
  'date-time': '"2026-03-01T00:00:00Z"',
  date: '"2026-03-01"',
  uuid: '"8f14e45f-ceea-467f-a3ec-1b8f6f9f0a2d"',
  email: '"a@b.example"',
  decimal: '1',
  number: '1',
  integer: '1',
  'big-integer': '1',
  boolean: 'true',
};

/** Leaves, and some levels of objects below: what can be asked without arguments. */
function selected(schema: GraphQLSchema, type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isCompositeType(named)) return '';
  if (isAbstractType(named)) {
    const possible = schema.getPossibleTypes(named).slice(0, 3);
    // Fields of members that have the same name may be of different types: only what they cannot disagree about.
    return `{ __typename ${possible.map((one) => `... on ${one.name} { __typename }`).join(' ')} }`;
  }
  const fields = Object.values(named.getFields());
  const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)) && !field.args.some(isRequiredArgument));
  const objects = fields.filter(
    (field) => isObjectType(getNamedType(field.type)) && !field.args.some(isRequiredArgument),
  );
  const below =
    depth > 0 ? objects.slice(0, 3).map((field) => `${field.name} ${selected(schema, field.type, depth - 1)}`) : [];
  return `{ __typename ${[...leaves.map(({ name }) => name), ...below].join(' ')} }`;
}
