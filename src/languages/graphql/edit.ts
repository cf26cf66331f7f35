/**
 * Edits of SDL that keep comments and formatting. Each function gives the edits that belong together, and none where it cannot be
 * sure: in introspection results, and for names that may be used in ways that the schema does not tell.
 */
import type { ASTNode, ConstValueNode, DefinitionNode, NameNode, StringValueNode, TypeNode } from 'graphql';
import { parseValue } from 'graphql/language/parser.js';
import { print } from 'graphql/language/printer.js';
import type { Edit } from '../../text/fix.ts';
import { indentationAt, lineBreakOf, removal, reordering, replacement } from '../../text/lines.ts';
import type { Range } from '../../text/place.ts';
import { compareText } from '../../text/problem.ts';
import type { Source } from '../../text/source.ts';
import { looksLikeJson } from './detect.ts';
import { rangeOf } from './document.ts';
import { kindOf } from './elements.ts';
import { isSpecifiedName, isSubgraph } from './federation.ts';
import type { GraphQl } from './graphql.ts';
import { tokens } from './scan.ts';
import {
  type Argument,
  type Comment,
  commentsAbove,
  directiveUses,
  duplicates,
  type EnumValue,
  everyArgument,
  type Field,
  fieldNamed,
  type InputField,
  inputFields,
  memoised,
  rootTypes,
  type Type,
  typeNamed,
  types,
  typeUses,
} from './select.ts';
import { descriptions, strings } from './texts.ts';

/** How a description is quoted: `"""…"""` or `"…"`. */
export type Quotes = 'block' | 'inline';

/** Quotes a description in another way; none where it would not say the same. */
export function requote(description: StringValueNode, quotes: Quotes): readonly Edit[] {
  const range = rangeOf(description);
  if (!isWritten(description)) return [];
  const text = quoted(description.value, quotes, range.source, range.start);
  return text === null ? [] : [replacement(range, text)];
}

/** Writes the first letter of a description as a capital. */
export function capitalise(description: StringValueNode): readonly Edit[] {
  const { source, start, end } = rangeOf(description);
  if (!isWritten(description)) return [];
  const [opening] = /^"*\s*/.exec(source.text.slice(start, end))!;
  const from = start + opening.length;
  const letter = source.text.charAt(from);
  if (letter !== description.value.trim().charAt(0)) return [];
  return [replacement({ source, start: from, end: from + 1 }, letter.toUpperCase())];
}

/**
 * Makes the description of a definition or member of comments above it.
 * @param comments neighbours among those above it, in their order
 */
export function describe(api: GraphQl, node: ASTNode, comments: readonly Comment[]): readonly Edit[] {
  const above = commentsAbove(node);
  const first = above.findIndex(({ range }) => range.start === comments[0]?.range.start);
  const areNeighbours = comments.every(({ range }, i) => above[first + i]?.range.start === range.start);
  if (first < 0 || !areNeighbours) return [];
  const { source, start } = comments[0]!.range;
  const { end } = comments.at(-1)!.range;
  // Behind what could not be read, a description may come to stand where none can.
  if (!isRead(api, source) || indentationAt(source, start) === null) return [];
  const lines = comments.map(({ range }) => source.text.slice(range.start + 1, range.end).trimEnd());
  const said = withoutIndentation(lines).join('\n').trim();
  const text = quoted(said, prefersInline(source) && !said.includes('\n') ? 'inline' : 'block', source, start);
  return text === null ? [] : [replacement({ source, start, end }, text)];
}

/** Gives a type another name, where it is defined, extended and used. */
export function renameType(api: GraphQl, type: Type, to: string): readonly Edit[] {
  const { name, kind, base, extensions } = type;
  if (!canRename(api, name) || api.index.types.has(to) || isSpecifiedName(to) || isSubgraph(api)) return [];
  const isNamedRoot = api.index.rootTypes.some((root) => root.type.name === name);
  const isRoot = [...rootTypes(api).values()].includes(type);
  const isOfOneKind = extensions.every((node) => kindOf(node) === kind);
  if ((isRoot && !isNamedRoot) || /^(?:Query|Mutation|Subscription)$/.test(to) || !isOfOneKind) return [];
  const uses = typeUses(api).flatMap((use) => (use.name === name ? [use.at.node] : []));
  return renamed([...(base ? [base.name] : []), ...extensions.map((node) => node.name), ...uses], to);
}

/** Gives a field another name, with the fields that interfaces bind to it. */
export function renameField(api: GraphQl, field: Field, to: string): readonly Edit[] {
  const family = familyOf(api, field);
  const isFree = family.every(({ owner }) => mayBeCalled(to, field.name, owner.fields));
  if (!canRename(api, field.name) || !isFree) return [];
  return renamed(
    family.map(({ node }) => node.name),
    to,
  );
}

/** Gives a field of an input another name, in the values that defaults and directives give, too. */
export function renameInputField(api: GraphQl, { name, node, owner }: InputField, to: string): readonly Edit[] {
  if (!canRename(api, name) || !mayBeCalled(to, name, owner.inputFields)) return [];
  return renamed([node.name, ...usesInValues(api, owner, name)], to);
}

/** Gives an argument another name: of a field, with those that interfaces bind to it; of a directive, wherever it stands. */
export function renameArgument(api: GraphQl, { name, node, owner }: Argument, to: string): readonly Edit[] {
  if (!canRename(api, name)) return [];
  if (!('owner' in owner)) {
    const uses = directiveUses(api).filter((use) => use.name === owner.name);
    const given = uses.flatMap((use) => use.node.arguments?.filter((argument) => argument.name.value === name) ?? []);
    if (!mayBeCalled(to, name, owner.arguments)) return [];
    return renamed([node.name, ...given.map((argument) => argument.name)], to);
  }
  const family = familyOf(api, owner);
  if (!family.every((field) => mayBeCalled(to, name, field.arguments))) return [];
  const bound = family.flatMap((field) => field.arguments.filter((argument) => argument.name === name));
  return renamed(
    bound.map((argument) => argument.node.name),
    to,
  );
}

/** Gives a value of an enum another name, in the values that defaults and directives give, too. */
export function renameEnumValue(api: GraphQl, { name, node, owner }: EnumValue, to: string): readonly Edit[] {
  if (!canRename(api, name) || !mayBeCalled(to, name, owner.values)) return [];
  return renamed([node.name, ...usesInValues(api, owner, name)], to);
}

/** Takes out a definition or an extension, with its description and the comments directly above it. */
export function removeDefinition(node: DefinitionNode): readonly Edit[] {
  const { source, start, end } = rangeOf(node);
  if (!isSdl(source)) return [];
  const above = commentsAbove(node);
  return [removal(source, { start: above[0]?.range.start ?? start, end })];
}

/**
 * Takes out what repeats something in the same list word for word: a member, a member of a union, an interface, a directive or an
 * argument that is given.
 * @param target what is repeated, or its name, where it stands for the second time
 */
export function removeRepetition(api: GraphQl, target: ASTNode): readonly Edit[] {
  const { source } = rangeOf(target);
  const document = api.documents.find((one) => one.source === source);
  if (!isSdl(source) || !document) return [];
  for (const definition of document.definitions) {
    const { start, end } = rangeOf(definition);
    const { start: at } = rangeOf(target);
    if (at < start || at >= end) continue;
    const list = listWith(definition, target);
    if (!list) return [];
    const again = list.find((node) => isMeant(node, target))!;
    const first = list.find((node) => nameOf(node) === nameOf(again))!;
    if (first === again || !saysNoMore(again, first) || commentsAbove(again).length > 0) return [];
    return [removal(source, rangeOf(again), ',&|')];
  }
  return [];
}

/** Sorts the members of a definition by name: small letters beside their capitals. */
export function sortMembers(
  api: GraphQl,
  members: readonly (ASTNode & { readonly name: NameNode })[],
): readonly Edit[] {
  const ranges = members.map(rangeOf);
  const [first] = ranges;
  if (!first || !isSdl(first.source) || !isRead(api, first.source)) return [];
  const { source } = first;
  const stop = source.position(ranges.at(-1)!.end).line;
  const comments = commentsAbove(members[0]!).map(({ range }): Range => range);
  for (const { kind, start, end } of tokens(source.text, first.start)) {
    if (source.position(start).line > stop) break;
    if (kind === 'comment') comments.push({ source, start, end });
  }
  const keys = members.map(({ name }) => [name.value.toLowerCase(), name.value] as const);
  const order = members
    .map((_, i) => i)
    .sort((a, b) => compareText(keys[a]![0], keys[b]![0]) || compareText(keys[a]![1], keys[b]![1]) || a - b);
  return reordering(source, ranges, order, comments);
}

// Names.

function renamed(names: readonly ASTNode[], to: string): readonly Edit[] {
  return [...new Set(names)].map((node) => replacement(rangeOf(node), to));
}

/** Whether all uses of a name are known: the schema was read as a whole, and no text names it, as field sets and reasons do. */
function canRename(api: GraphQl, name: string): boolean {
  return isWhole(api) && !wordsInTexts(api).has(name);
}

const isWhole = memoised((api): boolean => {
  const areRead = api.documents.every(({ source, faults }) => faults.length === 0 && isSdl(source));
  const definitions = api.documents.flatMap((document) => document.definitions);
  return (
    areRead && duplicates(api).length === 0 && !definitions.some(({ kind }) => /^(?:Operation|Fragment)/.test(kind))
  );
});

/** The words of all strings, and of the descriptions that speak of what replaces something. */
const wordsInTexts = memoised((api): ReadonlySet<string> => {
  const telling = descriptions(api).filter(({ value }) => /deprecat|obsolete|replace|instead|\buse\b/i.test(value));
  return new Set([...strings(api), ...telling].flatMap(({ value }) => value.match(/\w+/g) ?? []));
});

/** Whether a name is free among its neighbours, also in another case, which they may be about to get. */
function mayBeCalled(to: string, from: string, others: readonly { readonly name: string }[]): boolean {
  return !to.startsWith('__') && others.every(({ name }) => name === from || folded(name) !== folded(to));
}

const folded = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** A field and all that have to be called like it, since interfaces bind them. */
function familyOf(api: GraphQl, field: Field): readonly Field[] {
  const family = new Set([field]);
  // A set that grows while it is looped over gives what was added, too.
  for (const { name, owner } of family) {
    const interfaces = owner.interfaces.map((use) => typeNamed(api, use.name));
    for (const type of [...interfaces, ...(implementors(api).get(owner.name) ?? [])]) {
      const bound = type && fieldNamed(type, name);
      if (bound) family.add(bound);
    }
  }
  return [...family];
}

const implementors = memoised((api): ReadonlyMap<string, readonly Type[]> => {
  const found = new Map<string, Type[]>();
  for (const type of types(api)) {
    for (const { name } of type.interfaces) {
      const known = found.get(name);
      if (known) known.push(type);
      else found.set(name, [type]);
    }
  }
  return found;
});

/** Where values name a value of an enum, or a field of an input. */
function usesInValues(api: GraphQl, owner: Type, member: string): readonly ASTNode[] {
  return membersInValues(api).get(`${owner.name}.${member}`) ?? [];
}

const membersInValues = memoised((api): ReadonlyMap<string, readonly ASTNode[]> => {
  const found = new Map<string, ASTNode[]>();
  const add = (owner: Type, name: string, node: ASTNode): void => {
    const key = `${owner.name}.${name}`;
    const known = found.get(key);
    if (known) known.push(node);
    else found.set(key, [node]);
  };
  const visit = (value: ConstValueNode, type: TypeNode): void => {
    if (type.kind !== 'NamedType') {
      const isList = type.kind === 'ListType' && value.kind === 'ListValue';
      for (const item of isList ? value.values : [value]) visit(item, type.type);
      return;
    }
    const named = typeNamed(api, type.name.value);
    if (named?.kind === 'enum' && value.kind === 'EnumValue') add(named, value.value, value);
    if (named?.kind !== 'input' || value.kind !== 'ObjectValue') return;
    for (const { name, value: inner } of value.fields) {
      add(named, name.value, name);
      const field = named.inputFields.find((one) => one.name === name.value);
      if (field) visit(inner, field.node.type);
    }
  };
  for (const { node } of [...everyArgument(api), ...inputFields(api)]) {
    if (node.defaultValue) visit(node.defaultValue, node.type);
  }
  for (const { name, node } of directiveUses(api)) {
    for (const { name: argument, value } of node.arguments ?? []) {
      const taken = api.index.directiveDefinitions.get(name)?.arguments.find((one) => one.name === argument.value);
      if (taken) visit(value, taken.node.type);
    }
  }
  return found;
});

// Descriptions.

/** A text as a string of the language; null where that would not say the same. */
function quoted(value: string, quotes: Quotes, source: Source, at: number): string | null {
  const written = quotes === 'block' ? block(value, source, at) : value.includes('\n') ? null : JSON.stringify(value);
  return written !== null && meaningOf(written) === value ? written : null;
}

function block(value: string, source: Source, at: number): string | null {
  const escaped = value.replaceAll('"""', '\\"""');
  const indentation = indentationAt(source, at);
  // Block strings have no escapes, and older readers take no control characters (GraphQL, October 2021, section 2.1.1).
  if (/(?![\t\n])\p{Cc}/u.test(value)) return null;
  const isShort = !value.includes('\n') && !/["\\]$/.test(value) && value.length <= longestLine;
  if (isShort) return `"""${escaped}"""`;
  if (indentation === null) return null;
  const lines = escaped.split('\n').map((line) => (line === '' ? '' : indentation + line));
  return ['"""', ...lines, `${indentation}"""`].join(lineBreakOf(source));
}

/** Descriptions of one line that are longer have their quotes on lines of their own. */
const longestLine = 80;

function meaningOf(written: string): string | null {
  try {
    const node = parseValue(written);
    return node.kind === 'StringValue' ? node.value : null;
  } catch {
    return null;
  }
}

/** Whether a string stands in its file as strings are written: not in an introspection result, nor without its end. */
function isWritten(node: StringValueNode): boolean {
  const { source, start, end } = rangeOf(node);
  return isSdl(source) && meaningOf(source.text.slice(start, end)) === node.value;
}

/** Whether most descriptions of a file stand between single quotes. */
function prefersInline({ text }: Source): boolean {
  const inline = text.match(/^[ \t]*"(?!")/gm)?.length ?? 0;
  return (
    inline > (text.match(/^[ \t]*"""[^\r\n]/gm)?.length ?? 0) + (text.match(/^[ \t]*"""[ \t]*$/gm)?.length ?? 0) / 2
  );
}

/** Lines without the white space that all of them begin with. */
function withoutIndentation(lines: readonly string[]): string[] {
  const widths = lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length);
  const width = Math.min(...widths);
  return lines.map((line) => line.slice(width));
}

// Lists.

type List = readonly ASTNode[];

/** The list, however deep in a node, that holds a node or what is called by it. */
function listWith(node: ASTNode, target: ASTNode): List | null {
  const pending: ASTNode[] = [node];
  for (let here = pending.pop(); here; here = pending.pop()) {
    for (const list of Object.values(here)) {
      if (!Array.isArray(list)) continue;
      const nodes = list as List;
      if (nodes.some((inner) => isMeant(inner, target))) return nodes;
      pending.push(...nodes);
    }
  }
  return null;
}

const isMeant = (node: ASTNode, target: ASTNode): boolean =>
  node === target || ('name' in node && node.name === target);

function nameOf(node: ASTNode): string | undefined {
  const name = 'name' in node ? node.name : undefined;
  return typeof name === 'object' ? name.value : undefined;
}

/** Whether a node says what another says, and nothing else. */
function saysNoMore(again: ASTNode, first: ASTNode): boolean {
  const said = 'description' in again ? again.description?.value : undefined;
  const isSaid = said === undefined || ('description' in first && first.description?.value === said);
  return isSaid && withoutDescription(again) === withoutDescription(first);
}

function withoutDescription(node: ASTNode): string {
  const { description: _, ...bare } = node as ASTNode & { description?: StringValueNode };
  return print(bare as ASTNode);
}

/** Whether all of a file could be read. */
function isRead(api: GraphQl, source: Source): boolean {
  return api.documents.some((document) => document.source === source && document.faults.length === 0);
}

/** Whether a text is SDL, whose offsets are those of its nodes; the nodes of an introspection result stand in JSON. */
function isSdl({ text }: Source): boolean {
  return !looksLikeJson(text);
}
