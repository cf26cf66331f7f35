import type { Finding } from '../../../text/problem.ts';
import type { GraphQl } from '../graphql.ts';
import {
  type DirectiveDefinition,
  directiveDefinitions,
  type InputField,
  namedType,
  type Type,
  types,
  typesOf,
} from '../select.ts';
import { nullable } from '../types.ts';
import { components } from './components.ts';

/** Input types that no value satisfies, and directives that are defined by themselves. */
export function* cycles(api: GraphQl): Generator<Finding> {
  yield* endlessInputs(api);
  yield* circularDirectives(api);
}

/**
 * GraphQL specification, section 3.10: input types that require each other. Found by taking away those that can be
 * satisfied until none is left to take; then each circle among the rest is told once.
 */
function* endlessInputs(api: GraphQl): Generator<Finding> {
  const needs = new Map(typesOf(api, 'input').map((type) => [type.name, needsOf(api, type)]));
  const endless = withoutEnd(needs);
  const seen = new Set<string>();
  for (const start of endless) {
    const way = new Map<string, InputField>();
    let name = start;
    while (!seen.has(name)) {
      seen.add(name);
      const next = needs.get(name)!.fields.find((field) => endless.has(target(field)))!;
      way.set(name, next);
      name = target(next);
    }
    if (!way.has(name)) continue;
    const circle = [...way.values()].slice([...way.keys()].indexOf(name));
    yield endlessInput(name, circle);
  }
}

interface Needs {
  /** The fields that ask for another input type. */
  readonly fields: readonly InputField[];
  /** How many of them have to be satisfied. */
  readonly count: number;
}

const target = ({ node }: InputField): string => namedType(node.type).name.value;

function needsOf(api: GraphQl, type: Type): Needs {
  const isInput = (field: InputField) => api.index.types.get(target(field))?.kind === 'input';
  if (type.directives.some(({ name }) => name === 'oneOf')) {
    const isNamed = (field: InputField) => nullable(field.node.type).kind === 'NamedType' && isInput(field);
    const isChoice = type.inputFields.length > 0 && type.inputFields.every(isNamed);
    return { fields: isChoice ? type.inputFields : [], count: isChoice ? 1 : 0 };
  }
  const fields = type.inputFields.filter(
    (field) => field.node.type.kind === 'NonNullType' && field.node.type.type.kind === 'NamedType' && isInput(field),
  );
  return { fields, count: fields.length };
}

/** The types whose needs no order of construction meets, in the order of their definitions. */
function withoutEnd(needs: ReadonlyMap<string, Needs>): Set<string> {
  const left = new Map([...needs].map(([name, { count }]) => [name, count]));
  const users = new Map<string, string[]>();
  for (const [name, { fields }] of needs) {
    for (const field of fields) {
      const known = users.get(target(field));
      if (known) known.push(name);
      else users.set(target(field), [name]);
    }
  }
  const finite = [...left].flatMap(([name, count]) => (count === 0 ? [name] : []));
  // A list that grows while it is looped over gives what was added, too.
  for (const name of finite) {
    for (const user of users.get(name) ?? []) {
      const count = left.get(user)! - 1;
      left.set(user, count);
      if (count === 0) finite.push(user);
    }
  }
  const ended = new Set(finite);
  return new Set([...needs.keys()].filter((name) => !ended.has(name)));
}

function endlessInput(name: string, circle: readonly InputField[]): Finding {
  const [first, ...others] = circle as [InputField, ...InputField[]];
  const over = others.map(({ owner }) => `\`${owner.name}\``);
  const shown = over.length > 4 ? [...over.slice(0, 4), `${over.length - 4} more`] : over;
  return {
    at: first.at,
    message: `No value satisfies \`${name}\`: \`${first.name}\` requires it again${shown.length > 0 ? ` over ${shown.join(', ')}` : ''}, without end.`,
    help: 'Make one of the fields on the way nullable, or a list.',
    related: others.slice(0, 4).map(({ at, name }) => ({ message: `\`${name}\` is on the way`, at })),
  };
}

/** GraphQL specification, section 3.13: a directive must not refer to itself, be it over the types of its arguments. */
function* circularDirectives(api: GraphQl): Generator<Finding> {
  const nodes = new Map<string, readonly string[]>();
  for (const definition of directiveDefinitions(api)) nodes.set(`@${definition.name}`, usedBy(definition));
  if (nodes.size === 0) return;
  for (const type of types(api)) nodes.set(type.name, usedIn(type));
  for (const circle of components(nodes)) {
    const directives = circle.filter((name) => name.startsWith('@'));
    const definition = api.index.directiveDefinitions.get(directives[0]?.slice(1) ?? '');
    if (!definition) continue;
    const others = circle.filter((name) => name !== `@${definition.name}`).map((name) => `\`${name}\``);
    yield {
      at: definition.at,
      message: `The definition of \`@${definition.name}\` uses \`@${definition.name}\`${others.length > 0 ? ` over ${others.slice(0, 4).join(', ')}` : ''}.`,
      help: 'Do not apply it to its own arguments, nor to the types that they take.',
    };
  }
}

function usedBy({ arguments: list }: DirectiveDefinition): string[] {
  return list.flatMap(({ node }) => [namedType(node.type).name.value, ...appliedTo(node)]);
}

/** Only what input is made of: a directive may well stand on object types. */
function usedIn({ kind, directives, values, inputFields }: Type): string[] {
  if (kind !== 'input' && kind !== 'enum' && kind !== 'scalar') return [];
  const members = [...values, ...inputFields].flatMap(({ node }) => appliedTo(node));
  const named = inputFields.map(target);
  return [...directives.map(({ name }) => `@${name}`), ...members, ...named];
}

function appliedTo(node: { readonly directives?: readonly { readonly name: { readonly value: string } }[] }): string[] {
  return (node.directives ?? []).map(({ name }) => `@${name.value}`);
}
