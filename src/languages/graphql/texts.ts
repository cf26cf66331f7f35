/** Everything in a schema that is prose or a string. */
import type { ASTNode, ConstDirectiveNode, ConstValueNode, StringValueNode } from 'graphql';
import type { Place } from '../../text/place.ts';
import type { Coordinate } from './coordinate.ts';
import type { GraphQl } from './graphql.ts';
import { tokens } from './scan.ts';
import {
  directiveDefinitions,
  directiveUses,
  enumValues,
  everyArgument,
  fields,
  inputFields,
  memoised,
  schemaParts,
  types,
} from './select.ts';

/** A text and where it stands. */
export interface Text {
  readonly value: string;
  readonly at: Place;
}

/** The descriptions of definitions and their members. */
export const descriptions = memoised((api): readonly Text[] =>
  described(api).flatMap(({ node, at }) => {
    const { description } = node as { readonly description?: StringValueNode };
    return description ? [{ value: description.value, at: at.on(description) }] : [];
  }),
);

/** The strings in defaults and in the arguments of directives. */
export const strings = memoised((api): readonly Text[] => [
  ...[...everyArgument(api), ...inputFields(api)].flatMap(({ node, at }) => stringsIn(node.defaultValue, at)),
  ...directiveUses(api).flatMap(({ node, at }) => argumentsOf(node).flatMap((value) => stringsIn(value, at))),
]);

/** The `#` comments of the files, with their `#`. */
export function* comments(api: GraphQl): Generator<Text> {
  for (const { source } of api.documents) {
    if (!source.text.includes('#') || /^\s*[{[]/.test(source.text)) continue;
    for (const { kind, start, end } of tokens(source.text, 0)) {
      if (kind !== 'comment') continue;
      yield { value: source.text.slice(start, end), at: { element: '', range: () => ({ source, start, end }) } };
    }
  }
}

function described(api: GraphQl): readonly { readonly node: ASTNode; readonly at: Coordinate }[] {
  return [
    ...schemaParts(api),
    ...types(api).flatMap(({ base, at }) => (base ? [{ node: base, at }] : [])),
    ...fields(api),
    ...everyArgument(api),
    ...inputFields(api),
    ...enumValues(api),
    ...directiveDefinitions(api),
  ];
}

function argumentsOf({ arguments: given }: ConstDirectiveNode): ConstValueNode[] {
  return (given ?? []).map(({ value }) => value);
}

function stringsIn(value: ConstValueNode | undefined, at: Coordinate): Text[] {
  if (value?.kind === 'StringValue') return [{ value: value.value, at: at.on(value) }];
  if (value?.kind === 'ListValue') return value.values.flatMap((item) => stringsIn(item, at));
  if (value?.kind === 'ObjectValue') return value.fields.flatMap((field) => stringsIn(field.value, at));
  return [];
}
