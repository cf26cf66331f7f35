/** What mutations do, as their names, arguments and results tell. */

import type { OperationTypeNode } from 'graphql';
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import {
  type Argument,
  type Field,
  isList,
  memoised,
  namedType,
  rootFields,
  type Type,
  typeNamed,
} from '../../languages/graphql/select.ts';
import { split } from '../../words/split.ts';
import { isVerb, operationVerb } from '../../words/verbs.ts';
import { isEntity } from './entities.ts';

/** A field of the mutation root. */
export interface Mutation {
  readonly field: Field;
  readonly name: string;
  /** `create` of `createUser`, `userCreate` and `create_user`; null where no verb is certain. */
  readonly verb: string | null;
  /** The words beside the verb: `['order', 'line']` of `orderLineCreate`. */
  readonly noun: readonly string[];
  /** The argument that holds all others, if there is one: called `input`, or the only one, and of an input type. */
  readonly input: MutationInput | null;
  readonly result: MutationResult;
}

/** The argument that a mutation takes everything in. */
export interface MutationInput {
  readonly argument: Argument;
  /** Undefined where the schema does not define it. */
  readonly type: Type | undefined;
}

/** What a mutation returns. */
export interface MutationResult {
  readonly name: string;
  /** Undefined for scalars of the specification, and where the schema does not define it. */
  readonly type: Type | undefined;
  readonly isList: boolean;
  /**
   * Whether the type is made for answers: one that holds something else, and is no thing of its own. True of
   * `CreateUserPayload { user: User }`, and of unions and interfaces of such; false of `User`.
   */
  readonly isPayload: boolean;
}

/** The mutations of a schema. */
export const mutations = memoised((api): readonly Mutation[] =>
  rootFields(api).flatMap(({ operation, field }) =>
    operation === ('mutation' as OperationTypeNode) ? [mutationOf(api, field)] : [],
  ),
);

function mutationOf(api: GraphQl, field: Field): Mutation {
  const verb = verbOf(field.name);
  return {
    field,
    name: field.name,
    verb,
    noun: withoutFirst(split(field.name), verb),
    input: inputOf(api, field),
    result: resultOf(api, field),
  };
}

/** The verb of a name; where the first word is none for certain and the last one is, as in `orderCreate`, the last. */
function verbOf(name: string): string | null {
  const words = split(name);
  const last = words.at(-1) ?? '';
  return words.length > 1 && !isVerb(words[0]!) && isVerb(last) ? last : operationVerb(name);
}

function withoutFirst(words: readonly string[], word: string | null): string[] {
  const index = word === null ? -1 : words.indexOf(word);
  return words.filter((_, i) => i !== index);
}

function inputOf(api: GraphQl, field: Field): MutationInput | null {
  const argument =
    field.arguments.find(({ name }) => name === 'input') ??
    (field.arguments.length === 1 ? field.arguments[0] : undefined);
  if (!argument || isList(argument.node.type)) return null;
  const name = namedType(argument.node.type).name.value;
  const type = typeNamed(api, name);
  const isInput = type ? type.kind === 'input' : argument.name === 'input' && name.endsWith('Input');
  return isInput ? { argument, type } : null;
}

function resultOf(api: GraphQl, field: Field): MutationResult {
  const name = namedType(field.node.type).name.value;
  const type = typeNamed(api, name);
  return { name, type, isList: isList(field.node.type), isPayload: isPayload(api, name, type) };
}

/** Names of types that are made for answers. */
const payloadName = /(?:Payload|Response|Result|Output|Outcome|Success|Union)$/;

function isPayload(api: GraphQl, name: string, type: Type | undefined): boolean {
  if (payloadName.test(name)) return true;
  if (!type || isEntity(type)) return false;
  if (type.kind === 'union')
    return type.members.some((member) => payloadName.test(member.name) || hasErrors(api, member.name));
  return hasErrors(api, name);
}

function hasErrors(api: GraphQl, name: string): boolean {
  return /Error$/.test(name) || (typeNamed(api, name)?.fields.some((field) => /errors$/i.test(field.name)) ?? false);
}
