import type { OpenApi } from './openapi.ts';
import { type Node, type Operation, operations } from './select.ts';

/**
 * The operations that clients call whose responses hold values of a schema, through whatever properties, items and
 * references; not those that only get there through a part that is `writeOnly`.
 */
export function operationsReturning(api: OpenApi, schema: Node): readonly Operation[] {
  const byNode = operationsByNode(api);
  const referring = referrers(api);
  const found: Operation[] = [];
  const seen = new Set<Node>();
  const pending = [schema];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (seen.has(node) || leadsNowhere.has(node.kind) || node.value['writeOnly'] === true) continue;
    seen.add(node);
    const own = node.kind === 'Operation' ? byNode.get(node) : undefined;
    if (own) found.push(...own);
    if (node.parent && node.kind !== 'Operation') pending.push(node.parent);
    pending.push(...(referring.get(node) ?? []));
  }
  return found;
}

/** What holds values that clients send or that the API sends on its own, and what merely lists components. */
const leadsNowhere: ReadonlySet<Node['kind']> = new Set([
  'Callback',
  'Components',
  'Document',
  'Parameter',
  'PathItem',
  'RequestBody',
]);

function operationsByNode(api: OpenApi): ReadonlyMap<Node, readonly Operation[]> {
  let known = api.memo.get(operationsByNode) as Map<Node, Operation[]> | undefined;
  if (known) return known;
  known = new Map();
  api.memo.set(operationsByNode, known);
  for (const operation of operations(api)) known.set(operation.node, [...(known.get(operation.node) ?? []), operation]);
  return known;
}

/** By what a reference leads to: the objects that hold one. */
function referrers(api: OpenApi): ReadonlyMap<Node, readonly Node[]> {
  let known = api.memo.get(referrers) as Map<Node, Node[]> | undefined;
  if (known) return known;
  known = new Map();
  api.memo.set(referrers, known);
  for (const { kind, resolution, parent } of api.index.references) {
    if (kind === null || !('target' in resolution)) continue;
    const target = api.index.nodeOf(kind, resolution.target.value);
    if (!target) continue;
    const holders = known.get(target);
    if (holders) holders.push(parent);
    else known.set(target, [parent]);
  }
  return known;
}
