import type { HttpBinding } from './http.ts';
import { type Template, templateOf } from './http-template.ts';
import type { Protobuf } from './protobuf.ts';
import { memoised, optionOf, type Rpc, services } from './select.ts';

/** Two bindings that answer one request. */
export interface Overlap {
  readonly rpc: Rpc;
  readonly binding: HttpBinding;
  readonly other: { readonly rpc: Rpc; readonly binding: HttpBinding };
  /** A path that both match. */
  readonly sample: string;
}

interface Route {
  readonly rpc: Rpc;
  readonly binding: HttpBinding;
  readonly template: Template;
}

/** In larger groups only templates that match the very same paths are compared. */
const mostCompared = 300;

/**
 * Bindings of one verb that match one path, although neither is more specific than the other: among the services of a package
 * that have the same host. Each binding once.
 */
export const overlaps = memoised((api): readonly Overlap[] =>
  [...routeGroups(api)].flatMap((group) => [...within(group)]),
);

/** Routes that may meet: of one package, host, verb and length. */
function routeGroups(api: Protobuf): Iterable<readonly Route[]> {
  const groups = new Map<string, Route[]>();
  for (const { file, node, rpcs } of services(api)) {
    const host = optionOf(node, '(google.api.default_host)')?.value;
    const where = `${file.packageName} ${host?.kind === 'string' ? host.value : ''}`;
    for (const rpc of rpcs) {
      for (const binding of rpc.http) {
        const template = templateOf(binding.path);
        if (typeof template === 'string') continue;
        const key = `${where} ${binding.method} ${template.verb ?? ''} ${template.segments.length}`;
        const known = groups.get(key);
        if (known) known.push({ rpc, binding, template });
        else groups.set(key, [{ rpc, binding, template }]);
      }
    }
  }
  return groups.values();
}

function* within(group: readonly Route[]): Generator<Overlap> {
  const byShape = new Map<string, Route>();
  const kept: Route[] = [];
  for (const route of group) {
    const shape = route.template.segments.join('/');
    const same = byShape.get(shape);
    const other = same ?? (group.length <= mostCompared ? kept.find((before) => collide(before, route)) : undefined);
    if (other) {
      const { rpc, binding } = route;
      yield { rpc, binding, other, sample: sampleOf(route.template, other.template) };
    }
    if (same) continue;
    byShape.set(shape, route);
    kept.push(route);
  }
}

/** Whether some path is matched by both, and each is the more specific one somewhere. */
function collide({ template: a }: Route, { template: b }: Route): boolean {
  let isMoreSpecific = false;
  let isLessSpecific = false;
  for (const [index, one] of a.segments.entries()) {
    const other = b.segments[index]!;
    if (one === '**' || other === '**') return false;
    if (one === other) continue;
    if (one !== '*' && other !== '*') return false;
    if (one === '*') isLessSpecific = true;
    else isMoreSpecific = true;
  }
  return isMoreSpecific && isLessSpecific;
}

function sampleOf(a: Template, b: Template): string {
  const words = a.segments.map((one, index) => (one.startsWith('*') ? b.segments[index]! : one));
  const path = words.map((word) => (word.startsWith('*') ? 'x' : word)).join('/');
  return `/${path}${a.verb === null ? '' : `:${a.verb}`}`;
}
