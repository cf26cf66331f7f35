import type { Finding } from '../../../text/problem.ts';
import { circles, groups } from '../circles.ts';
import { featuresOf } from '../features.ts';
import type { Protobuf } from '../protobuf.ts';
import { messages } from '../select.ts';
import { type FieldNode, type ImportNode, type MessageNode, type ProtoFile, placeOf } from '../tree.ts';
import { fieldsOf } from './members.ts';

/** Files that import themselves over others. Each circle once, at its first import. */
export function* importCircles(api: Protobuf): Generator<Finding> {
  const files = [...api.files, ...api.imported];
  const judged = new Set(api.files);
  for (const way of circles(files, (file) => importedBy(api, file))) {
    const [first, second] = way;
    if (!second || !judged.has(first!)) continue;
    const node = importOf(api, first!, second)!;
    const others = way.slice(1).map((file) => `\`${api.importPath(file)}\``);
    yield {
      at: placeOf(node, node.path),
      message: `\`${api.importPath(first!)}\` imports itself over ${listed(others)}.`,
      help: 'Move what both sides need into a file of its own.',
    };
  }
}

function importedBy(api: Protobuf, file: ProtoFile): ProtoFile[] {
  return file.body.flatMap((node) => {
    const target = node.kind === 'import' ? api.target(node) : null;
    return target !== null && typeof target === 'object' && target !== file ? [target] : [];
  });
}

function importOf(api: Protobuf, file: ProtoFile, target: ProtoFile): ImportNode | undefined {
  return file.body.find((node): node is ImportNode => node.kind === 'import' && api.target(node) === target);
}

/** Messages that cannot be without themselves: of each circle of required fields the first one. */
export function* requiredCircles(api: Protobuf): Generator<Finding> {
  const nodes = messages(api).map(({ node }) => node);
  const required = new Map(nodes.map((node) => [node, requiredIn(api, node)]));
  const targets = (node: MessageNode) => (required.get(node) ?? []).map(({ target }) => target);
  for (const way of circles(nodes, targets)) {
    const [first] = way;
    const { field } = required.get(first!)!.find(({ target }) => target === (way[1] ?? first))!;
    const over = way.length === 1 ? '' : ` over ${listed(way.slice(1).map(({ name }) => `\`${name.text}\``))}`;
    yield {
      at: placeOf(field, field.name),
      message: `No value of \`${first!.name.text}\` ends: it requires itself${over}.`,
      help: 'Make one of the fields on the way optional.',
    };
  }
}

/** The messages that a message requires one of, and the fields that do. */
function requiredIn(api: Protobuf, node: MessageNode): { field: FieldNode; target: MessageNode }[] {
  return fieldsOf(node).flatMap((field) => {
    if (!isRequired(field)) return [];
    const target = field.group ?? api.links.definition(field.type)?.node;
    return target?.kind === 'message' ? [{ field, target }] : [];
  });
}

/** Whether a field has to be set: `required`, or `LEGACY_REQUIRED` in editions. */
export function isRequired(field: FieldNode): boolean {
  if (field.map || field.parent.kind === 'oneof') return false;
  return field.label?.text === 'required' || (!field.label && featuresOf(field).field_presence === 'LEGACY_REQUIRED');
}

/** An import that leads from one package to another, from which imports lead back. */
interface CircularImport {
  readonly node: ImportNode;
  readonly from: string;
  readonly to: string;
}

/** The imports on circles of packages. Files that import themselves over others are no circle of packages, but an error. */
export function circularImports(api: Protobuf): CircularImport[] {
  const packages = new Map<string, Set<string>>();
  const all = [...api.files, ...api.imported];
  for (const file of all) {
    const own = packages.get(file.packageName) ?? new Set<string>();
    packages.set(file.packageName, own);
    for (const { packageName } of importedBy(api, file)) if (packageName !== file.packageName) own.add(packageName);
  }
  // What stands in no package cannot be on a circle of packages.
  packages.delete('');
  const group = groupsOf([...packages.keys()], (name) => [...(packages.get(name) ?? [])]);
  const fileGroup = groupsOf(all, (file) => importedBy(api, file));
  return api.files.flatMap((file) =>
    file.body.flatMap((node) => {
      const target = node.kind === 'import' ? api.target(node) : null;
      if (node.kind !== 'import' || target === null || typeof target !== 'object') return [];
      const [from, to] = [file.packageName, target.packageName];
      const isCircular = from !== to && group.has(from) && group.get(from) === group.get(to);
      return isCircular && fileGroup.get(file) !== fileGroup.get(target) ? [{ node, from, to }] : [];
    }),
  );
}

/** The number of the group of each node; all of a group lead to each other. */
function groupsOf<T>(nodes: readonly T[], edges: (node: T) => readonly T[]): ReadonlyMap<T, number> {
  return new Map(groups(nodes, edges).flatMap((group, number) => group.map((node) => [node, number] as const)));
}

/** The first few of a list, as one says it. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
