/**
 * The circles of a graph: its strongly connected components that lead back to themselves, each in the order of the nodes.
 * Tarjan's algorithm, without recursion.
 * @param nodes where each node leads; what is no node itself leads nowhere
 */
export function components(nodes: ReadonlyMap<string, readonly string[]>): string[][] {
  const state = new Map<string, { low: number; readonly index: number; open: boolean }>();
  const stack: string[] = [];
  const found: string[][] = [];
  for (const root of nodes.keys()) {
    if (state.has(root)) continue;
    const way: { readonly name: string; next: number }[] = [];
    const enter = (name: string): void => {
      state.set(name, { low: state.size, index: state.size, open: true });
      stack.push(name);
      way.push({ name, next: 0 });
    };
    enter(root);
    for (let at = way.at(-1); at; at = way.at(-1)) {
      const here = state.get(at.name)!;
      const next = nodes.get(at.name)![at.next++];
      if (next === undefined) {
        way.pop();
        const above = way.at(-1);
        if (above) state.get(above.name)!.low = Math.min(state.get(above.name)!.low, here.low);
        if (here.low === here.index) {
          const members = stack.splice(stack.lastIndexOf(at.name));
          for (const name of members) state.get(name)!.open = false;
          if (members.length > 1 || nodes.get(at.name)!.includes(at.name)) found.push(members);
        }
      } else if (nodes.has(next)) {
        const known = state.get(next);
        if (!known) enter(next);
        else if (known.open) here.low = Math.min(here.low, known.index);
      }
    }
  }
  const order = new Map([...nodes.keys()].map((name, index) => [name, index]));
  for (const members of found) members.sort((a, b) => order.get(a)! - order.get(b)!);
  return found.sort((a, b) => order.get(a[0]!)! - order.get(b[0]!)!);
}
