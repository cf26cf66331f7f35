/** The sets of fields in Federation's directives: `"id organization { id }"` (https://specs.apollo.dev/federation/v2.3, FieldSet). */
import type { SelectionSetNode, StringValueNode } from 'graphql';
import { parse } from 'graphql/language/parser.js';
import { isDamaged } from './conformance/certain.ts';
import type { Coordinate } from './coordinate.ts';
import type { GraphQl } from './graphql.ts';
import { argumentOf, type DirectiveUse, fieldNamed, fields, namedType, type Type, typeNamed, types } from './select.ts';

/** A set of fields where it is written. */
export interface FieldSet {
  /** The directive, without its `@`: `key`, `requires` or `provides`. */
  readonly directive: string;
  readonly value: StringValueNode;
  readonly at: Coordinate;
  /** The type whose fields they are; undefined when the schema does not define it. */
  readonly type: Type | undefined;
}

/** The sets of fields of a schema: of `@key` on types, `@requires` and `@provides` on fields. */
export function fieldSets(api: GraphQl): FieldSet[] {
  const keys = types(api).flatMap((type) => type.directives.flatMap((use) => setOf(use, ['key'], type)));
  const others = fields(api).flatMap(({ node, at, owner }) =>
    (node.directives ?? []).flatMap((directive) => {
      const use = { name: directive.name.value, node: directive, at: at.on(directive) };
      const returned = typeNamed(api, namedType(node.type).name.value);
      return [...setOf(use, ['requires'], owner), ...setOf(use, ['provides'], returned)];
    }),
  );
  return [...keys, ...others];
}

function setOf(
  use: Pick<DirectiveUse, 'name' | 'node' | 'at'>,
  names: readonly string[],
  type: Type | undefined,
): FieldSet[] {
  const name = use.name.replace(/^federation__/, '');
  const value = names.includes(name) ? argumentOf(use.node, 'fields') : undefined;
  return value?.kind === 'StringValue' ? [{ directive: name, value, at: use.at.on(value), type }] : [];
}

/** What a set of fields names and a type does not have. */
export interface MissingField {
  readonly name: string;
  readonly type: Type;
}

/**
 * The first field that a set names and its type does not have; null when all are there, or the type may have more than
 * is known of it.
 * @throws SyntaxError when the set is none; the message says why, as `Unexpected "}"`
 */
export function missingField(api: GraphQl, { value, type }: FieldSet): MissingField | null {
  return missingIn(api, selectionsOf(value.value), type);
}

function selectionsOf(text: string): SelectionSetNode {
  try {
    const [definition] = parse(`{${text}}`, { maxTokens: 10_000 }).definitions;
    if (definition?.kind === 'OperationDefinition' && definition.selectionSet.loc!.end === text.length + 2) {
      return definition.selectionSet;
    }
  } catch {
    // What graphql-js says counts from a brace that nobody wrote.
  }
  throw new SyntaxError('it is no set of fields');
}

function missingIn(api: GraphQl, { selections }: SelectionSetNode, type: Type | undefined): MissingField | null {
  for (const selection of selections) {
    if (selection.kind === 'FragmentSpread') continue;
    const found =
      selection.kind === 'InlineFragment'
        ? missingIn(api, selection.selectionSet, narrowed(api, selection.typeCondition?.name.value, type))
        : missingOf(api, selection.name.value, selection.selectionSet, type);
    if (found) return found;
  }
  return null;
}

function narrowed(api: GraphQl, name: string | undefined, type: Type | undefined): Type | undefined {
  return name === undefined ? type : typeNamed(api, name);
}

function missingOf(
  api: GraphQl,
  name: string,
  inner: SelectionSetNode | undefined,
  type: Type | undefined,
): MissingField | null {
  if (!type || !hasFields(type) || isDamaged(api, type.name) || name === '__typename') return null;
  const field = fieldNamed(type, name);
  if (!field) return { name, type };
  return inner ? missingIn(api, inner, typeNamed(api, namedType(field.node.type).name.value)) : null;
}

const hasFields = ({ kind }: Type): boolean => kind === 'type' || kind === 'interface';
