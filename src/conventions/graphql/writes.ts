/** What mutations write, and what of it can be read. */
import type { InputValueDefinitionNode } from 'graphql';
import type { Coordinate } from '../../languages/graphql/coordinate.ts';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import { type Field, memoised, namedType, rootFields, type Type, typeNamed } from '../../languages/graphql/select.ts';
import { split } from '../../words/split.ts';
import { isEntity } from './entities.ts';
import { type Mutation, mutations } from './mutations.ts';

/** A mutation that creates or changes one thing. */
export interface Write {
  readonly mutation: Mutation;
  readonly changes: boolean;
  /** The thing, as queries return it; of mutations whose noun no query has, as they return it themselves. */
  readonly entity: Type;
  /** The query that returns it alone. */
  readonly query: Field | undefined;
  /** What it takes: the fields of its inputs, and arguments that are no inputs. */
  readonly taken: readonly Taken[];
}

/** A value that a mutation takes. */
export interface Taken {
  readonly name: string;
  readonly node: InputValueDefinitionNode;
  readonly at: Coordinate;
  /** The input that it is a field of; undefined for an argument. */
  readonly input: Type | undefined;
}

/** The mutations that create or change one thing that can be read. */
export const writes = memoised((api): readonly Write[] =>
  mutations(api).flatMap((mutation) => {
    const { verb, noun, result } = mutation;
    const changes = verb !== null && changing.has(verb);
    if (result.isList || noun.length === 0 || !(changes || (verb !== null && creating.has(verb)))) return [];
    const query = queriesByNoun(api).get(noun.join(' '));
    const entity = (query && typeNamed(api, namedType(query.node.type).name.value)) ?? entityOf(api, mutation);
    return entity ? [{ mutation, changes, entity, query, taken: takenBy(api, mutation) }] : [];
  }),
);

const creating = new Set(['create', 'add', 'register', 'place']);
const changing = new Set(['update', 'edit', 'modify', 'patch']);

/** The queries that return one entity, by what they are called: `user`, `getUser`, `userById`. */
const queriesByNoun = memoised((api): ReadonlyMap<string, Field> => {
  const found = new Map<string, Field>();
  for (const { operation, field } of rootFields(api)) {
    if (operation !== 'query' || field.node.type.kind === 'ListType') continue;
    const type = typeNamed(api, namedType(field.node.type).name.value);
    if (!type || !isEntity(type)) continue;
    const noun = split(field.name)
      .join(' ')
      .replace(/^(?:get|fetch|find) | by (?:id|uuid)$/g, '');
    if (!found.has(noun)) found.set(noun, field);
  }
  return found;
});

/** The entity that a mutation returns, by itself or as the field of its payload that is called like it. */
function entityOf(api: GraphQl, { noun, result }: Mutation): Type | undefined {
  const { type } = result;
  if (!type) return undefined;
  if (isEntity(type)) return type;
  const field = type.fields.find(({ name }) => split(name).join(' ') === noun.join(' '));
  const held = field && typeNamed(api, namedType(field.node.type).name.value);
  return held && isEntity(held) ? held : undefined;
}

function takenBy(api: GraphQl, { field }: Mutation): Taken[] {
  return field.arguments.flatMap((argument): Taken[] => {
    const type = typeNamed(api, namedType(argument.node.type).name.value);
    if (type?.kind !== 'input') return [{ ...argument, input: undefined }];
    return type.inputFields.map((inner) => ({ ...inner, input: type }));
  });
}
