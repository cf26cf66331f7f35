/** How mutations tell what went wrong: in their payloads, or as a member of the union that they return. */
import type { GraphQl } from '../../languages/graphql/graphql.ts';
import {
  type Field,
  isList,
  memoised,
  namedType,
  type Type,
  typeNamed,
  types,
} from '../../languages/graphql/select.ts';
import { split } from '../../words/split.ts';
import { isEntity } from './entities.ts';
import { type Mutation, mutations } from './mutations.ts';

/** An object that is made for answers of mutations. */
export interface Payload {
  readonly type: Type;
  /** The mutations that answer with it, directly or as a member of a union. */
  readonly mutations: readonly Mutation[];
  /** The fields that tell what went wrong: `errors`, `userErrors`. */
  readonly errors: readonly Field[];
}

/** A type that tells what went wrong. */
export interface ErrorType {
  readonly type: Type;
  /** Whether its name alone tells which error it is: as a member of a union, or by an interface that errors share. */
  readonly isOneKind: boolean;
  /** What people read. */
  readonly message: Field | undefined;
  /** What programs branch on. */
  readonly code: Field | undefined;
  /** What names the part of the input that is wrong. */
  readonly path: Field | undefined;
}

/** The payloads of mutations. Where the schema has no mutations, the types called `…Payload`. */
export const payloads = memoised((api): readonly Payload[] => {
  const found = new Map<Type, Mutation[]>();
  for (const mutation of mutations(api)) {
    for (const type of answersOf(api, mutation)) {
      const known = found.get(type);
      if (known) known.push(mutation);
      else found.set(type, [mutation]);
    }
  }
  if (mutations(api).length === 0)
    for (const type of types(api)) if (isObject(type) && type.name.endsWith('Payload')) found.set(type, []);
  return [...found].map(([type, using]) => ({ type, mutations: using, errors: errorFields(api, type) }));
});

function answersOf(api: GraphQl, { result }: Mutation): Type[] {
  const { type, isPayload } = result;
  if (!type || !isPayload) return [];
  if (isObject(type)) return [type];
  const members = type.members.flatMap(({ name }) => typeNamed(api, name) ?? []);
  return members.filter((member) => isObject(member) && !isErrorName(member.name));
}

/** The fields of a payload that tell what went wrong. */
function errorFields(api: GraphQl, type: Type): Field[] {
  return type.fields.filter(({ name, node }) => {
    const told = typeNamed(api, namedType(node.type).name.value);
    if (/(?:^|[a-z_])(?:Error|error|problem|Problem)s?$/.test(name)) return !told || !isEntity(told);
    return told !== undefined && told.kind !== 'enum' && isErrorName(told.name) && isList(node.type) && !isEntity(told);
  });
}

/** The members of the unions that a mutation returns which tell what went wrong. */
export function errorMembers(api: GraphQl, { result }: Mutation): readonly Type[] {
  if (result.type?.kind !== 'union') return [];
  return result.type.members.flatMap(({ name }) => {
    const type = typeNamed(api, name);
    return type && isObject(type) && isError(type) ? [type] : [];
  });
}

/** The types with which mutations tell what went wrong, those of payloads before those of unions. */
export const errorTypes = memoised((api): readonly ErrorType[] => {
  const found = new Map<Type, ErrorType>();
  const add = (type: Type | undefined, isOneKind: boolean): void => {
    if (!type || found.has(type)) return;
    if (type.kind === 'union') for (const { name } of type.members) add(typeNamed(api, name), true);
    else if (isObject(type)) found.set(type, errorType(type, isOneKind || type.kind === 'interface'));
  };
  for (const { errors } of payloads(api))
    for (const { node } of errors) add(typeNamed(api, namedType(node.type).name.value), false);
  for (const mutation of mutations(api)) for (const type of errorMembers(api, mutation)) add(type, true);
  return [...found.values()];
});

function errorType(type: Type, isOneKind: boolean): ErrorType {
  const named = (names: ReadonlySet<string>): Field | undefined => {
    for (const name of names) {
      const field = type.fields.find((one) => split(one.name).join(' ') === name);
      if (field) return field;
    }
    return undefined;
  };
  return {
    type,
    isOneKind,
    message: named(messageNames),
    code: named(codeNames),
    path: type.fields.find(({ name }) => split(name).some((word) => pathWords.has(word))),
  };
}

const messageNames = names(
  'message|messages|error message|user message|detail|description|text|title|reason|error|msg',
);
const codeNames = names('code|error code|codes|kind|type|error type|category|key|reason|status');
const pathWords = names(
  'field|fields|path|paths|pointer|property|properties|parameter|parameters|param|params|argument|arguments|attribute|attributes|location|input|inputs|index|violations|details',
);

/** Whether a type is called like an error, or implements an interface that is. */
function isError({ name, interfaces }: Type): boolean {
  return isErrorName(name) || interfaces.some((use) => isErrorName(use.name));
}

/** Whether a type's name is that of an error: `UserError`, `InvalidInputProblem`. */
export function isErrorName(name: string): boolean {
  return /(?:Error|Errors|Exception|Problem|Failure|Fault)$/.test(name);
}

function isObject({ kind }: Type): boolean {
  return kind === 'type' || kind === 'interface';
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split('|'));
}
