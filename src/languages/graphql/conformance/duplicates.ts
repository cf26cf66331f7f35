import type { ConstValueNode, NameNode } from 'graphql';
import type { Fix } from '../../../text/fix.ts';
import type { Finding } from '../../../text/problem.ts';
import type { Coordinate } from '../coordinate.ts';
import { removeRepetition } from '../edit.ts';
import type { GraphQl } from '../graphql.ts';
import { directiveUses, duplicates, everyArgument, inputFields, typeNamed } from '../select.ts';
import { repeatedDirectives } from './directives.ts';

/** What is defined, given or applied twice, where it stands for the second time. */
export function* repetitions(api: GraphQl): Generator<Finding> {
  for (const { at, first } of duplicates(api)) yield again(api, subjectOf(api, at), at, first);
  yield* operations(api);
  yield* repeatedDirectives(api);
  for (const { node, at, name } of directiveUses(api)) {
    yield* repeatedNames(api, node.arguments ?? [], at, (argument) => `\`@${name}\` is given \`${argument}\``);
    for (const argument of node.arguments ?? []) yield* repeatedFields(api, argument.value, at);
  }
  for (const { node, at } of [...everyArgument(api), ...inputFields(api)]) {
    if (node.defaultValue) yield* repeatedFields(api, node.defaultValue, at);
  }
}

function again(api: GraphQl, subject: string, at: Coordinate, first: Coordinate): Finding {
  return {
    at,
    message: `${subject} is already defined.`,
    help: 'Keep one definition, or give one of them another name.',
    related: [{ message: 'it is defined here first', at: first }],
    fix: repetition(api, at),
  };
}

/** What repeats another thing word for word can go. */
function repetition(api: GraphQl, at: Coordinate): Fix {
  return { title: 'Remove the repetition', safe: true, edits: () => removeRepetition(api, at.node) };
}

function subjectOf(api: GraphQl, { element }: Coordinate): string {
  if (element === 'schema') return '`schema`';
  if (element.includes('(')) return `The argument \`${element}\``;
  if (element.startsWith('@')) return `The directive \`${element}\``;
  if (!element.includes('.')) return `\`${element}\``;
  const isValue = typeNamed(api, element.slice(0, element.indexOf('.')))?.kind === 'enum';
  return `The ${isValue ? 'value' : 'field'} \`${element}\``;
}

/** GraphQL specification, section 3.3: one root for each kind of operation. */
function* operations(api: GraphQl): Generator<Finding> {
  const firsts = new Map<string, Coordinate>();
  for (const { operation, type } of api.index.rootTypes) {
    const first = firsts.get(operation);
    if (!first) firsts.set(operation, type.at);
    else {
      yield {
        at: type.at,
        message: `The root for \`${operation}\` is already named.`,
        help: 'Name one type for each kind of operation.',
        related: [{ message: 'it is named here first', at: first }],
      };
    }
  }
}

function* repeatedFields(api: GraphQl, value: ConstValueNode, at: Coordinate): Generator<Finding> {
  if (value.kind === 'ListValue') for (const item of value.values) yield* repeatedFields(api, item, at);
  if (value.kind !== 'ObjectValue') return;
  yield* repeatedNames(api, value.fields, at, (field) => `The value gives \`${field}\``);
  for (const field of value.fields) yield* repeatedFields(api, field.value, at);
}

function* repeatedNames(
  api: GraphQl,
  nodes: readonly { readonly name: NameNode }[],
  at: Coordinate,
  sentence: (name: string) => string,
): Generator<Finding> {
  if (nodes.length < 2) return;
  const firsts = new Map<string, NameNode>();
  for (const { name } of nodes) {
    const first = firsts.get(name.value);
    if (!first) firsts.set(name.value, name);
    else {
      yield {
        at: at.on(name),
        message: `${sentence(name.value)} twice.`,
        help: 'Give it once.',
        related: [{ message: 'it is given here first', at: at.on(first) }],
        fix: repetition(api, at.on(name)),
      };
    }
  }
}
