/**
 * Edits of .proto files that keep comments and formatting. Each function gives the edits that belong together, and none where it
 * cannot be sure: where files could not be read, or a name may be used in ways that the files do not tell.
 */
import type { Edit } from '../../text/fix.ts';
import {
  indentationAt,
  insertion,
  lineBreakOf,
  lineEndOf,
  removal,
  reordering,
  replacement,
} from '../../text/lines.ts';
import type { Source } from '../../text/source.ts';
import { commentsOf, leadingCommentOf, trailingCommentOf } from './comments.ts';
import { saidIn } from './descriptions.ts';
import { type Span, WORD } from './lex.ts';
import type { Definition } from './link.ts';
import type { Protobuf } from './protobuf.ts';
import { memoised, optionOf, options } from './select.ts';
import {
  type EnumNode,
  type EnumValueNode,
  type FieldNode,
  fileOf,
  fullName,
  type ImportNode,
  type MessageNode,
  type Name,
  type Node,
  type OneofNode,
  type ProtoFile,
  type RpcNode,
  type Scope,
  type ServiceNode,
  spanOf,
  statements,
} from './tree.ts';

/** Gives a message, an enum or a service another name, where it is defined and used. */
export function renameDefinition(
  api: Protobuf,
  node: MessageNode | EnumNode | ServiceNode,
  to: string,
): readonly Edit[] {
  const isGroup = node.kind === 'message' && node.isGroup;
  // What begins with the new name means something else, which the renamed one might hide.
  if (isGroup || !canRename(api, node, to) || typesUsed(api).some(({ name }) => firstPart(name) === to)) return [];
  const edits = [replacement(rangeOf(node, node.name), to)];
  for (const { name, user, definition } of typesUsed(api)) {
    const part = partThatNames(node, name, definition, user);
    if (part === 'unknown') return [];
    if (part) edits.push(replacement(rangeOf(user, part), to));
  }
  return edits;
}

/** Gives a field, a oneof or an rpc another name. */
export function renameMember(api: Protobuf, node: FieldNode | OneofNode | RpcNode, to: string): readonly Edit[] {
  const isGroup = node.kind === 'field' && node.group !== null;
  const hidesType = node.kind === 'rpc' && typesUsed(api).some(({ name }) => firstPart(name) === to);
  if (isGroup || hidesType || !canRename(api, node, to)) return [];
  return [replacement(rangeOf(node, node.name), to)];
}

/** Gives a value of an enum another name, in the defaults of fields, too. */
export function renameEnumValue(api: Protobuf, node: EnumValueNode, to: string): readonly Edit[] {
  if (!canRename(api, node, to)) return [];
  const defaults = options(api).flatMap((option) => {
    const { parent, value } = option;
    if (option.name.text !== 'default' || value?.kind !== 'word' || value.text !== node.name.text) return [];
    const isOfEnum = parent.kind === 'field' && api.links.definition(parent.type)?.node === node.parent;
    return isOfEnum ? [replacement(rangeOf(option, value), to)] : [];
  });
  return [replacement(rangeOf(node, node.name), to), ...defaults];
}

/** Takes out a statement, with the comment directly above it. */
export function removeStatement(node: Node): readonly Edit[] {
  return [removal(fileOf(node).source, withComments(node))];
}

/**
 * Takes out an import, with the comment above it unless that may be about others.
 * @param unused all imports of the file that are to go: where a whole block of them is, it goes as one
 */
export function removeImport(node: ImportNode, unused: readonly ImportNode[] = [node]): readonly Edit[] {
  const { source, body } = fileOf(node);
  const block = blockOf(node);
  const isWhole = block.every((one) => unused.includes(one));
  const first = isWhole ? block[0]! : node;
  const { leading, detached } = commentsOf(first);
  const isAboutOthers = leading !== null && (detached.length > 0 || isNotice(leading.text) || body[0] === first);
  const isHeading = leading !== null && !isWhole && block[0] === node;
  const { start } = isAboutOthers || isHeading ? spanOf(first) : withComments(first);
  return [removal(source, { start, end: withComments(isWhole ? block.at(-1)! : node).end })];
}

/** The imports that stand one below the other around one. */
function blockOf(node: ImportNode): readonly ImportNode[] {
  return importBlocks(fileOf(node)).find((block) => block.includes(node)) ?? [node];
}

/** Takes out the `weak` or `public` of an import. */
export function removeModifier(node: ImportNode): readonly Edit[] {
  if (!node.modifier) return [];
  const { source, tokens } = fileOf(node);
  const { start, end } = node.modifier;
  const gap = source.text.slice(end, node.path.start);
  if (tokens.text.slice(start, end) !== node.modifier.text || gap.trim() !== '') return [];
  return [replacement({ source, start, end: node.path.start }, '')];
}

/**
 * Imports a file into another one, where it sorts; none where that leads back to the other.
 * @param path as `import` writes it
 * @param target the file, or undefined for one that is known without being read
 */
export function addImport(
  api: Protobuf,
  file: ProtoFile,
  path: string,
  target: ProtoFile | undefined,
): readonly Edit[] {
  const { source } = file;
  if (file.problems.length > 0 || /["\\\n]/.test(path) || (target && leadsTo(api, target, file))) return [];
  const line = `import "${path}";`;
  const newline = lineBreakOf(source);
  const group = groupFor(file, path);
  const last = group.at(-1);
  if (last) {
    const next = group.find((node) => node.path.value > path);
    if (next) {
      const start = leadingCommentOf(next)?.start ?? startOf(next);
      return indentationAt(source, start) === '' ? [insertion(source, start, line + newline)] : [];
    }
    return [insertion(source, endWithComment(last), newline + line)];
  }
  const before = file.body.find(({ kind }) => kind === 'package') ?? file.body.find(isSyntax);
  if (!before) return [];
  const at = endWithComment(before);
  const isTight = /^(?:\r\n|\n|\r)[ \t]*[^\s]/.test(source.text.slice(at));
  return [insertion(source, at, newline + newline + line + (isTight ? newline : ''))];
}

/** Lets a file begin with its syntax, below what is said of licences. */
export function addSyntax(file: ProtoFile, syntax: string): readonly Edit[] {
  const [first] = file.body;
  if (!first || file.problems.length > 0) return [];
  const newline = lineBreakOf(file.source);
  const leading = leadingCommentOf(first);
  const at = leading && !isNotice(leading.text) ? leading.start : startOf(first);
  if (indentationAt(file.source, at) === null) return [];
  return [insertion(file.source, at, `syntax = "${syntax}";${newline}${newline}`)];
}

/** Sorts imports that stand one below the other by their paths. */
export function sortImports(imports: readonly ImportNode[]): readonly Edit[] {
  const [first] = imports;
  if (!first) return [];
  const { source, tokens } = fileOf(first);
  const paths = imports.map(({ path }) => path.value);
  const order = imports
    .map((_, i) => i)
    .sort((a, b) => (paths[a]! < paths[b]! ? -1 : paths[a]! > paths[b]! ? 1 : a - b));
  return reordering(source, imports.map(spanOf), order, tokens.comments);
}

/** Reserves numbers in a message or an enum: beside others that are reserved, else before its first member. */
export function reserve(node: MessageNode | EnumNode, numbers: readonly number[]): readonly Edit[] {
  const { source } = fileOf(node);
  const list = numbers.join(', ');
  const last = node.body.findLast((member) => member.kind === 'reserved' && member.ranges.length > 0);
  if (last?.kind === 'reserved') return [insertion(source, last.ranges.at(-1)!.end, `, ${list}`)];
  return addFirst(node, [`reserved ${list};`]);
}

/** Puts a value before the others of an enum. */
export function addFirstValue(api: Protobuf, node: EnumNode, name: string): readonly Edit[] {
  const isFree = !namesIn(api).has(fullNameIn(node.parent, name));
  return isFree && isRead(api) ? addFirst(node, ['// Stands for what nobody has set.', `${name} = 0;`], true) : [];
}

/** Puts the comment behind a statement above it. */
export function raiseComment(node: Node): readonly Edit[] {
  const { source, tokens } = fileOf(node);
  const comment = trailingCommentOf(node);
  const start = startOf(node);
  const indentation = indentationAt(source, start);
  const head = tokens.ends[node.head]!;
  if (!comment || indentation === null || leadingCommentOf(node)) return [];
  const { text } = source;
  const written = text.slice(comment.start, comment.end);
  const isBeside = /^[ \t]*$/.test(text.slice(head, comment.start)) && lineEndOf(source, comment.end) === comment.end;
  // What speaks to tools stays where they look for it.
  if (
    !isBeside ||
    goesOn(source, comment, start) ||
    !/^\/\/[^\r\n]*$/.test(written) ||
    saidIn(comment) !== comment.text.trim()
  )
    return [];
  return [
    insertion(source, start, written.trimEnd() + lineBreakOf(source) + indentation),
    { range: { source, start: head, end: comment.end }, text: '' },
  ];
}

/** Whether a comment goes on in the next line, further right than statements begin. */
function goesOn(source: Source, comment: Span, start: number): boolean {
  const next = /^(?:\r\n|\n|\r)[ \t]*(?=\/\/)/.exec(source.text.slice(comment.end, comment.end + longestGap))?.[0];
  if (next === undefined) return false;
  return source.position(comment.end + next.length).column !== source.position(start).column;
}

/** So much white space is looked through for the rest of a comment. */
const longestGap = 300;

/**
 * Sets an option of a file, or takes it out.
 * @param written the value as it is to stand there; null for none
 */
export function setFileOption(file: ProtoFile, name: string, written: string | null): readonly Edit[] {
  const { source } = file;
  const option = optionOf(file, name);
  if (file.problems.length > 0) return [];
  if (option) {
    if (written === null) return [removal(source, withComments(option))];
    return option.value ? [replacement(rangeOf(option, option.value), written)] : [];
  }
  if (written === null) return [];
  const newline = lineBreakOf(source);
  const line = `option ${name} = ${written};`;
  const others = file.body.filter((node) => node.kind === 'option');
  const before = others.findLast((node) => node.name.text < name) ?? others.at(-1);
  if (before) return [insertion(source, endWithComment(before), newline + line)];
  const above = file.body.findLast((node) => node.kind === 'import' || node.kind === 'package' || isSyntax(node));
  return above ? [insertion(source, endWithComment(above), newline + newline + line)] : [];
}

// Names.

/** Whether all uses of a name are known and another one is free beside it, also in another case. */
function canRename(api: Protobuf, node: Node & { readonly name: Name }, to: string): boolean {
  const { parent, name } = node;
  if (!isRead(api) || wordsInTexts(api).has(name.text)) return false;
  const scope = node.kind === 'value' && parent.kind !== 'file' ? parent.parent : parent;
  if (namesIn(api).has(fullNameIn(scope, to))) return false;
  const prefix = parent.kind === 'enum' ? folded(parent.name.text) : '';
  const short = (text: string): string => withoutPrefix(folded(text), prefix);
  return siblingsOf(node).every((other) => other === node || short(other.name.text) !== short(to));
}

const isRead = (api: Protobuf): boolean => api.files.every(({ problems }) => problems.length === 0);

/** The words of options, of what files that are not judged say, and of comments that tell what replaces something. */
const wordsInTexts = memoised((api): ReadonlySet<string> => {
  const found = new Set<string>();
  const add = (text: string): void => {
    for (const [word] of text.matchAll(/\w+/g)) found.add(word);
  };
  for (const option of options(api)) {
    const { start, end } = spanOf(option);
    if (option.name.text !== 'default') add(fileOf(option).source.text.slice(start, end));
  }
  for (const { tokens } of api.imported) {
    for (const [index, kind] of tokens.kinds.entries()) {
      if (kind === WORD) found.add(tokens.text.slice(tokens.starts[index], tokens.ends[index]));
    }
  }
  for (const { tokens } of api.files) {
    for (const { start, end } of tokens.comments) {
      const text = tokens.text.slice(start, end);
      if (/deprecat|obsolete|replace|instead|\buse\b/i.test(text)) add(text);
    }
  }
  return found;
});

/** The full names of all that files define, as compilers have them: values are siblings of their enum. */
const namesIn = memoised((api): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const file of [...api.files, ...api.imported]) {
    for (const node of statements(file)) {
      if (!('name' in node) || node.kind === 'option' || node.kind === 'package') continue;
      const scope = node.kind === 'value' && node.parent.kind !== 'file' ? node.parent.parent : node.parent;
      found.add(fullNameIn(scope, node.name.text));
    }
  }
  return found;
});

function fullNameIn(scope: Scope, name: string): string {
  let here = scope;
  while (here.kind === 'oneof' || here.kind === 'extend') here = here.parent;
  const around = here.kind === 'file' ? here.packageName : fullName(here);
  return around === '' ? name : `${around}.${name}`;
}

/** What stands in the same block, members of oneofs included. */
function siblingsOf(node: Node): readonly (Node & { readonly name: Name })[] {
  const owner = node.parent.kind === 'oneof' ? node.parent.parent : node.parent;
  if (owner.kind !== 'file' && !('body' in owner)) return [];
  const members = owner.body.flatMap((member) => (member.kind === 'oneof' ? [member, ...member.body] : [member]));
  return members.filter(
    (member): member is Node & { readonly name: Name } =>
      'name' in member && member.kind !== 'option' && member.kind !== 'package',
  );
}

const folded = (name: string): string => name.replaceAll('_', '').toLowerCase();

function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name;
}

interface TypeUse {
  readonly name: Name;
  readonly user: Node;
  readonly definition: Definition | undefined;
}

/** Where statements name types. */
const typesUsed = memoised((api): readonly TypeUse[] => {
  const found: TypeUse[] = [];
  for (const user of api.files.flatMap((file) => statements(file))) {
    for (const name of typeNamesOf(user)) found.push({ name, user, definition: api.links.definition(name) });
  }
  return found;
});

function typeNamesOf(node: Node): readonly Name[] {
  if (node.kind === 'field') return node.group ? [] : node.map ? [node.map.value] : [node.type];
  if (node.kind === 'extend') return [node.extendee];
  if (node.kind !== 'rpc') return [];
  return [node.request, node.response].flatMap((side) => (side ? [side.type] : []));
}

const firstPart = ({ text }: Name): string => text.replace(/^\./, '').split('.', 1)[0]!;

/** The part of a type's name that names a definition, itself or what stands in it; null where none does. */
function partThatNames(
  node: Node,
  name: Name,
  definition: Definition | undefined,
  user: Node,
): Span | null | 'unknown' {
  if (!definition?.node || !isIn(definition.node, node)) return null;
  const parts = name.text.replace(/^\./, '').split('.');
  const depth = definition.fullName.split('.').length;
  const index = fullName(node).split('.').length - 1 - (depth - parts.length);
  if (index < 0) return null;
  const { source } = fileOf(user);
  // Where white space or comments stand around the dots, offsets are not those of the name.
  if (source.text.slice(name.start, name.end) !== name.text) return 'unknown';
  const before = parts.slice(0, index).join('.').length + (index > 0 ? 1 : 0);
  const start = name.start + (name.text.startsWith('.') ? 1 : 0) + before;
  return { start, end: start + parts[index]!.length };
}

function isIn(node: Node, outer: Node): boolean {
  let here: Scope = node;
  while (here.kind !== 'file' && here !== outer) here = here.parent;
  return here === outer;
}

// Statements.

function rangeOf(scope: Scope, { start, end }: Span) {
  return { source: fileOf(scope).source, start, end };
}

const startOf = (node: Node): number => spanOf(node).start;

const isSyntax = ({ kind }: Node): boolean => kind === 'syntax' || kind === 'edition';

const isNotice = (text: string): boolean => /copyright|licen[cs]e|spdx/i.test(text);

/** A statement with the comment directly above it and the one behind it on its last line. */
function withComments(node: Node): Span {
  const { start, end } = spanOf(node);
  return { start: leadingCommentOf(node)?.start ?? start, end: Math.max(end, besideEnd(node)) };
}

/** The end of a statement with the comment that belongs to it and stands behind or below it. */
function endWithComment(node: Node): number {
  return Math.max(spanOf(node).end, trailingCommentOf(node)?.end ?? 0);
}

function besideEnd(node: Node): number {
  const { source } = fileOf(node);
  const { end } = spanOf(node);
  const comment = trailingCommentOf(node);
  return comment && comment.start < lineEndOf(source, end) ? comment.end : end;
}

/** Puts lines before the first member of a block, below what stands there apart. */
function addFirst(node: MessageNode | EnumNode, lines: readonly string[], isValue = false): readonly Edit[] {
  const { source, tokens } = fileOf(node);
  const first = isValue ? node.body.find(({ kind }) => kind === 'value') : node.body[0];
  if (!first) return [];
  const { leading, detached } = commentsOf(first);
  const at = leading?.start ?? startOf(first);
  const indentation = indentationAt(source, at);
  if (detached.length > 0) return [];
  const newline = lineBreakOf(source) + indentation;
  if (indentation !== null) return [insertion(source, at, lines.map((line) => line + newline).join(''))];
  // All on one line: `enum State { OPEN = 1; }`.
  return leading || tokens.ends[node.head]! > at ? [] : [insertion(source, at, `${lines.at(-1)} `)];
}

/** The imports, one below the other, that a path sorts into: those of its folder or, as far as possible, around that. */
function groupFor(file: ProtoFile, path: string): readonly ImportNode[] {
  let best: readonly ImportNode[] = [];
  let most = -1;
  for (const block of importBlocks(file)) {
    const common = Math.max(...block.map((node) => (node.modifier ? -1 : commonFolders(node.path.value, path))));
    if (common >= most && common >= 0) [best, most] = [block, common];
  }
  return best;
}

/** The imports of a file, cut where a blank line or another statement stands between them. */
export function importBlocks({ source, body }: ProtoFile): readonly (readonly ImportNode[])[] {
  const blocks: ImportNode[][] = [];
  let last: ImportNode | undefined;
  for (const node of body) {
    if (node.kind !== 'import') continue;
    const gap = last ? source.text.slice(spanOf(last).end, startOf(node)) : '';
    if (last && last.last + 1 === node.first && !/\n[ \t\r]*\n/.test(gap)) blocks.at(-1)!.push(node);
    else blocks.push([node]);
    last = node;
  }
  return blocks;
}

function commonFolders(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  let count = 0;
  while (count < one.length - 1 && one[count] === other[count]) count++;
  return count;
}

/** Whether a file imports another one, over any number of others. */
function leadsTo(api: Protobuf, from: ProtoFile, to: ProtoFile): boolean {
  const seen = new Set([from]);
  for (const file of seen) {
    if (file === to) return true;
    for (const node of file.body) {
      const target = node.kind === 'import' ? api.target(node) : null;
      if (target && typeof target !== 'string') seen.add(target);
    }
  }
  return false;
}
