import type { DirectiveDefinitionNode, InputValueDefinitionNode } from 'graphql';
import { closest } from '../../../text/closest.ts';
import type { Finding } from '../../../text/problem.ts';
import { Source } from '../../../text/source.ts';
import { removeRepetition } from '../edit.ts';
import { isKnownDirective } from '../federation.ts';
import type { GraphQl } from '../graphql.ts';
import { parse } from '../parse.ts';
import { type DirectiveUse, directiveUses, memoised } from '../select.ts';
import { typeText } from '../types.ts';
import { misfit, misfitText } from '../values.ts';
import { isDamaged } from './certain.ts';
import { aLocation } from './words.ts';

/** Directives where they may not stand, without what they require, or with values that their arguments do not take. */
export function* directiveDepartures(api: GraphQl): Generator<Finding> {
  for (const use of directiveUses(api)) {
    const definition = definitionOf(api, use.name);
    if (!definition) continue;
    // Types of which exactly one field is there are being discussed for results, too.
    if (use.name !== 'oneOf') yield* location(use, definition);
    yield* requiredArguments(use, definition);
    yield* values(api, use, definition);
  }
}

/** Directives that nobody defines, and arguments that they do not have. */
export function* unknownDirectives(api: GraphQl): Generator<Finding> {
  const missing = new Map<string, DirectiveUse[]>();
  for (const use of directiveUses(api)) {
    const definition = definitionOf(api, use.name);
    if (definition) yield* unknownArguments(use, definition);
    else if (!isKnownDirective(api, use.name)) {
      const known = missing.get(use.name);
      if (known) known.push(use);
      else missing.set(use.name, [use]);
    }
  }
  for (const [name, uses] of missing) yield* unknownDirective(api, name, uses);
}

/** Directives that stand twice on one thing, and arguments or fields that are given twice. */
export function* repeatedDirectives(api: GraphQl): Generator<Finding> {
  const firsts = new Map<string, Map<string, DirectiveUse>>();
  for (const use of directiveUses(api)) {
    const { element } = use.at;
    // What stands on a second definition of a name was told with the definition.
    if (isDamaged(api, element) || definitionOf(api, use.name)?.repeatable !== false) continue;
    const on = firsts.get(element) ?? new Map<string, DirectiveUse>();
    firsts.set(element, on);
    const first = on.get(use.name);
    if (first) yield repeated(api, use, first);
    else on.set(use.name, use);
  }
}

/** The definition that a use is judged by: the schema's or the specification's. */
function definitionOf(api: GraphQl, name: string): DirectiveDefinitionNode | undefined {
  if (isDamaged(api, `@${name}`)) return undefined;
  return api.index.directiveDefinitions.get(name)?.node ?? specified().get(name);
}

/** GraphQL specification, section 3.13. */
const specifiedText = `
directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @deprecated(reason: String = "No longer supported") on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
directive @specifiedBy(url: String!) on SCALAR
directive @oneOf on INPUT_OBJECT
`;

let specifiedDefinitions: ReadonlyMap<string, DirectiveDefinitionNode> | undefined;

function specified(): ReadonlyMap<string, DirectiveDefinitionNode> {
  specifiedDefinitions ??= new Map(
    parse(new Source('', specifiedText)).definitions.flatMap((node) =>
      node.kind === 'DirectiveDefinition' ? [[node.name.value, node] as const] : [],
    ),
  );
  return specifiedDefinitions;
}

function* location({ name, at, location }: DirectiveUse, definition: DirectiveDefinitionNode): Generator<Finding> {
  const allowed = definition.locations.map(({ value }) => value);
  if (allowed.includes(location)) return;
  yield {
    at,
    message: `\`@${name}\` stands on ${aLocation(location)}, where it is not allowed.`,
    help: `It is for ${allowed.map((one) => `\`${one}\``).join(', ')}.`,
  };
}

function* requiredArguments({ name, node, at }: DirectiveUse, definition: DirectiveDefinitionNode): Generator<Finding> {
  const given = new Set(node.arguments?.map((argument) => argument.name.value));
  const known = argumentsByName(definition);
  const unknown = [...given].filter((argument) => !known.has(argument));
  for (const { name: argument, type, defaultValue } of known.values()) {
    if (type.kind !== 'NonNullType' || defaultValue || given.has(argument.value)) continue;
    // A slip in its name is told as such.
    if (closest(argument.value, unknown) !== null) continue;
    yield {
      at,
      message: `\`@${name}\` lacks its argument \`${argument.value}\`, which is required.`,
      help: `Give it \`${argument.value}\`, of type \`${typeText(type)}\`.`,
    };
  }
}

function* values(
  api: GraphQl,
  { name, node, at }: DirectiveUse,
  definition: DirectiveDefinitionNode,
): Generator<Finding> {
  const types = argumentsByName(definition);
  for (const argument of node.arguments ?? []) {
    const type = types.get(argument.name.value)?.type;
    const wrong = type && misfit(api, argument.value, type);
    if (!wrong) continue;
    yield {
      at: at.on(wrong.node),
      message: `${misfitText(wrong)}, and \`@${name}\` takes \`${typeText(type)}\` as \`${argument.name.value}\`.`,
    };
  }
}

function argumentsByName(definition: DirectiveDefinitionNode): Map<string, InputValueDefinitionNode> {
  return new Map(definition.arguments?.map((argument) => [argument.name.value, argument]));
}

/** A slip of the pen is told where it is; a definition that is missing, once. */
function* unknownDirective(api: GraphQl, name: string, uses: readonly DirectiveUse[]): Generator<Finding> {
  const meant = closest(name, knownDirectives(api));
  const more = uses.length - 1;
  for (const { at, node } of meant === null ? uses.slice(0, 1) : uses) {
    const others = meant === null && more > 0 ? `; it stands in ${more} other place${more > 1 ? 's' : ''}, too` : '';
    yield {
      at: at.on(node.name),
      message: `No directive is called \`@${name}\`${others}.`,
      help:
        meant === null ? `Define it: \`directive @${name} on ${uses[0]!.location}\`.` : `Did you mean \`@${meant}\`?`,
    };
  }
}

const knownDirectives = memoised((api): readonly string[] => {
  const federated = ['key', 'requires', 'provides', 'external', 'shareable', 'inaccessible', 'override', 'link', 'tag'];
  return [...api.index.directiveDefinitions.keys(), ...specified().keys(), ...federated];
});

function* unknownArguments({ name, node, at }: DirectiveUse, definition: DirectiveDefinitionNode): Generator<Finding> {
  // Many write down when something will be gone, whether or not their servers know that argument.
  if (name === 'deprecated' && definition === specified().get(name)) return;
  const known = [...argumentsByName(definition).keys()];
  for (const argument of node.arguments ?? []) {
    if (known.includes(argument.name.value)) continue;
    const meant = closest(argument.name.value, known);
    const help = known.length === 0 ? 'It has none.' : `It has ${known.map((one) => `\`${one}\``).join(', ')}.`;
    yield {
      at: at.on(argument.name),
      message: `\`@${name}\` has no argument \`${argument.name.value}\`.`,
      help: meant === null ? help : `Did you mean \`${meant}\`?`,
    };
  }
}

function repeated(api: GraphQl, { name, node, at }: DirectiveUse, first: DirectiveUse): Finding {
  return {
    at,
    message: `\`@${name}\` stands twice on \`${at.element}\`, and is not \`repeatable\`.`,
    help: 'Keep one of them.',
    related: [{ message: 'it stands here first', at: first.at }],
    fix: { title: 'Remove the repetition', safe: true, edits: () => removeRepetition(api, node) },
  };
}
