import type { OpenApi } from './openapi.ts';
import { memoised } from './select.ts';
import type { Node } from './walk.ts';

/** Which way values of a schema travel. */
export interface Direction {
  readonly request: boolean;
  readonly response: boolean;
}

/** Whether values of a schema are sent by clients, by the API, by both, or (where nothing uses it) by nobody. */
export function directionOf(api: OpenApi, schema: Node): Direction {
  return directions(api).get(schema) ?? nowhere;
}

const nowhere: Direction = { request: false, response: false };

const directions = memoised((api): ReadonlyMap<Node, Direction> => {
  const found = new Map<Node, Direction>();
  for (const way of ['request', 'response'] as const) {
    const pending: Node[] = [];
    addEntryPoints(api, way, pending);
    for (let node = pending.pop(); node; node = pending.pop()) {
      const known = found.get(node) ?? nowhere;
      if (known[way]) continue;
      found.set(node, withWay(known, way));
      addSchemasBelow(api, node, pending);
    }
  }
  return found;
});

/** There are four directions, and thousands of schemas that share them. */
function withWay({ request, response }: Direction, way: keyof Direction): Direction {
  if (way === 'request') return response ? bothWays : requestOnly;
  return request ? bothWays : responseOnly;
}

const requestOnly: Direction = { request: true, response: false };
const responseOnly: Direction = { request: false, response: true };
const bothWays: Direction = { request: true, response: true };

/** Adds the schemas that requests, or responses, begin with. */
function addEntryPoints(api: OpenApi, way: keyof Direction, found: Node[]): void {
  for (const kind of Object.keys(api.index.nodes) as Node['kind'][]) {
    if (kind === 'Schema' || kind === 'Components' || kind === 'Document') continue;
    for (const node of api.index.nodes[kind]) {
      if (holdsSchemas(node) && wayOf(node) === way) addSchemasBelow(api, node, found);
    }
  }
}

function holdsSchemas({ children, references }: Node): boolean {
  return children.some(({ kind }) => kind === 'Schema') || references.some(({ kind }) => kind === 'Schema');
}

/** Adds the schemas that stand right below an object, and those that its references lead to. */
function addSchemasBelow(api: OpenApi, { children, references }: Node, found: Node[]): void {
  for (const child of children) if (child.kind === 'Schema') found.push(child);
  for (const { kind, resolution } of references) {
    if (kind !== 'Schema' || !('target' in resolution)) continue;
    const target = api.index.nodeOf('Schema', resolution.target.value);
    if (target) found.push(target);
  }
}

/** Which way an object travels: what a webhook or callback takes is what the API sends. */
function wayOf(node: Node): keyof Direction | null {
  let way: keyof Direction | null = null;
  let turned = false;
  for (let above: Node | null = node; above; above = above.parent) {
    if (!way && (above.kind === 'RequestBody' || above.kind === 'Parameter')) way = 'request';
    if (!way && above.kind === 'Response') way = 'response';
    if (above.kind === 'Callback' || above.field === 'webhooks') turned = true;
  }
  if (!way || !turned) return way;
  return way === 'request' ? 'response' : 'request';
}
