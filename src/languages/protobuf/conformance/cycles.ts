import type { Finding } from '../../../text/problem.ts';
import { circles } from '../circles.ts';
import { featuresOf } from '../features.ts';
import type { Protobuf } from '../protobuf.ts';
import { memoised, messages } from '../select.ts';
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

/** Circles of packages whose files import each other; each once. */
export const packageCircles = memoised((api): readonly Finding[] => {
  const imports = new Map<string, Map<string, ImportNode>>();
  for (const file of [...api.files, ...api.imported]) {
    const own = imports.get(file.packageName) ?? new Map<string, ImportNode>();
    imports.set(file.packageName, own);
    for (const node of file.body) {
      const target = node.kind === 'import' ? api.target(node) : null;
      if (node.kind !== 'import' || target === null || typeof target !== 'object') continue;
      const { packageName } = target;
      if (packageName !== file.packageName && packageName !== '' && !own.has(packageName)) own.set(packageName, node);
    }
  }
  const judged = new Set(api.files);
  return circles([...imports.keys()], (name) => [...(imports.get(name)?.keys() ?? [])]).flatMap((way) => {
    const steps = way.map((name, index) => imports.get(name)!.get(way[(index + 1) % way.length]!)!);
    const [node, ...others] = steps;
    const names = way.map((name) => `\`${name}\``);
    if (way.length < 2 || !judged.has(node!.parent as ProtoFile)) return [];
    return [
      {
        at: placeOf(node!, node!.path),
        message: `The packages ${listed(names)} import ${way.length === 2 ? 'each other' : 'one another in a circle'}.`,
        help: 'Move what they share into a package that imports neither.',
        related: others.slice(0, 3).map((other) => ({ message: 'The way back.', at: placeOf(other, other.path) })),
      },
    ];
  });
});

/** The first few of a list, as one says it. */
function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
