/**
 * The circles of a graph: of each group of nodes that all lead to each other, the shortest way from its first node back to it,
 * in their order. A node that leads to itself alone is a circle of one. Takes time linear in nodes and edges, but for the
 * ways back.
 */
export function circles<T>(nodes: readonly T[], edges: (node: T) => readonly T[]): T[][] {
  const order = new Map(nodes.map((node, index) => [node, index]));
  const found = groups(nodes, edges).flatMap((group) => {
    const first = group.reduce((a, b) => (order.get(b)! < order.get(a)! ? b : a));
    const way = wayBack(first, new Set(group), edges);
    return way ? [way] : [];
  });
  return found.sort((a, b) => order.get(a[0]!)! - order.get(b[0]!)!);
}

/** The groups of nodes that all lead to each other: Tarjan's strongly connected components, without recursion. */
export function groups<T>(nodes: readonly T[], edges: (node: T) => readonly T[]): T[][] {
  const known = new Set(nodes);
  const index = new Map<T, number>();
  const low = new Map<T, number>();
  const stack: T[] = [];
  const onStack = new Set<T>();
  const found: T[][] = [];
  for (const start of nodes) {
    if (index.has(start)) continue;
    const pending: { node: T; next: readonly T[]; at: number }[] = [];
    const enter = (node: T): void => {
      index.set(node, index.size);
      low.set(node, index.get(node)!);
      stack.push(node);
      onStack.add(node);
      pending.push({ node, next: edges(node).filter((target) => known.has(target)), at: 0 });
    };
    enter(start);
    for (let top = pending.at(-1); top; top = pending.at(-1)) {
      const { node, next } = top;
      if (top.at < next.length) {
        const target = next[top.at++]!;
        if (!index.has(target)) enter(target);
        else if (onStack.has(target)) low.set(node, Math.min(low.get(node)!, index.get(target)!));
        continue;
      }
      pending.pop();
      const outer = pending.at(-1);
      if (outer) low.set(outer.node, Math.min(low.get(outer.node)!, low.get(node)!));
      if (low.get(node) !== index.get(node)) continue;
      const group = stack.splice(stack.lastIndexOf(node));
      for (const member of group) onStack.delete(member);
      found.push(group);
    }
  }
  return found;
}

/** The shortest way inside a group from a node back to itself: the nodes on it. */
function wayBack<T>(start: T, group: ReadonlySet<T>, edges: (node: T) => readonly T[]): T[] | null {
  const from = new Map<T, T>();
  let level = [start];
  while (level.length > 0) {
    const next: T[] = [];
    for (const node of level) {
      for (const target of edges(node)) {
        if (target === start) {
          const way = [node];
          for (let here = node; here !== start; here = from.get(here)!) way.push(from.get(here)!);
          return way.reverse();
        }
        if (!group.has(target) || from.has(target)) continue;
        from.set(target, node);
        next.push(target);
      }
    }
    level = next;
  }
  return null;
}
