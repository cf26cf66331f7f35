import type { Protobuf } from './protobuf.ts';
import { type Enum, enums, fields, type Message, memoised, messages, options, rpcs, services } from './select.ts';
import {
  type EnumNode,
  type MessageNode,
  type Node,
  type ProtoFile,
  type Scope,
  statements,
  type Value,
} from './tree.ts';

/**
 * The messages and enums that no rpc, field, extension or option refers to, in files that have services. What travels in an `Any`,
 * a header or a queue is used without being named: such are left alone by their names, and all but requests in packages that
 * know `Any`. A message that holds a type that is used is used too, and so is what options name in strings (the results of
 * long-running operations).
 */
export const unusedTypes = memoised((api): readonly (Message | Enum)[] => {
  if (api.files.some(({ problems }) => problems.length > 0)) return [];
  const withServices = new Set(services(api).map(({ file }) => file));
  const packing = new Set(api.files.filter(packs).map(({ packageName }) => packageName));
  const used = usedNodes(api);
  const named = namesInOptions(api);
  return [...messages(api), ...enums(api)].filter(({ node, name, file }) => {
    if (!withServices.has(file) || holdsAny(node, used) || named.has(name) || isGroup(node)) return false;
    return name.endsWith('Request') || !(packing.has(file.packageName) || sentUnnamed.test(name));
  });
});

/** What clients get in other ways than as an answer. */
const sentUnnamed =
  /(?:Metadata|Event|Events|Error|Errors|Details|Info|Config|Context|Params|Constants|Reason|Code|Key|Claims)$/;

/** Whether a file may put any message into another one. */
function packs(file: ProtoFile): boolean {
  const packers = /^google\/(?:protobuf\/any|longrunning\/operations|rpc\/\w+)\.proto$/;
  return file.body.some((node) => node.kind === 'import' && packers.test(node.path.value));
}

function usedNodes(api: Protobuf): ReadonlySet<Node> {
  const used = new Set<Node>();
  for (const { definition, node, extend } of fields(api)) {
    // What refers to itself alone is not used by that.
    if (definition?.node && !isInside(node, definition.node)) used.add(definition.node);
    if (extend) {
      const extendee = api.links.typeOf(extend.extendee, extend)?.node;
      if (extendee) used.add(extendee);
    }
  }
  for (const { request, response } of rpcs(api)) {
    for (const side of [request, response]) if (side?.definition?.node) used.add(side.definition.node);
  }
  return used;
}

function isInside(node: Scope, outer: Node): boolean {
  let here = node;
  while (here.kind !== 'file' && here !== outer) here = here.parent;
  return here === outer;
}

/** Whether a message or an enum is used, or anything that it holds. */
function holdsAny(node: MessageNode | EnumNode, used: ReadonlySet<Node>): boolean {
  if (used.has(node)) return true;
  if (node.kind === 'enum') return false;
  for (const inner of statements(node)) if (used.has(inner) || inner.kind === 'extend') return true;
  return false;
}

function isGroup(node: MessageNode | EnumNode): boolean {
  return node.kind === 'message' && node.isGroup;
}

/** The last parts of what strings in options say: `acme.v1.DeleteMetadata`. */
function namesInOptions(api: Protobuf): ReadonlySet<string> {
  const found = new Set<string>();
  const collect = (value: Value): void => {
    if (value.kind === 'string')
      found.add(value.value.slice(Math.max(value.value.lastIndexOf('.'), value.value.lastIndexOf('/')) + 1));
    else if (value.kind === 'message') for (const field of value.fields) collect(field.value);
    else if (value.kind === 'list') for (const item of value.items) collect(item);
  };
  for (const { value } of options(api)) if (value) collect(value);
  return found;
}
