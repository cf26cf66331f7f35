import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { type Operation, operations } from '../../languages/openapi/select.ts';
import type { Route } from './exchange.ts';
import { decodeSegment, type Variables } from './path-pattern.ts';
import { PathTree } from './path-tree.ts';
import { basePathsOf } from './servers.ts';

/** What a path leads to. */
export interface Found {
  readonly route: Route;
  readonly parameters: Variables;
  /** The same, still percent-encoded; undefined where nothing is. */
  readonly encoded?: Variables;
  /** The base path under which it was found: `/v1`, or empty. */
  readonly base: string;
}

/** What became of looking for a request's operation. */
export type Finding =
  | { readonly kind: 'found'; readonly found: Found }
  /** The path is known, the method is not; `allowed` in upper case, in the documents' order. `any` is some operation of that path. */
  | { readonly kind: 'method'; readonly allowed: readonly string[]; readonly any: Found }
  | { readonly kind: 'path' }
  /** The path is no valid percent-encoding. */
  | { readonly kind: 'malformed' };

/** Finds the operations of many documents, each under the base paths of its servers and under none. */
export class Router {
  /** The documents by base path. */
  readonly #mounts = new Map<string, Mount[]>();
  /** In slashes. */
  #deepestMount = 0;
  readonly routes: readonly Route[];

  constructor(apis: readonly OpenApi[]) {
    this.routes = apis.flatMap((api) => {
      const mount = new Mount(api);
      for (const base of basePathsOf(api)) {
        const mounts = this.#mounts.get(base);
        if (mounts) mounts.push(mount);
        else this.#mounts.set(base, [mount]);
        this.#deepestMount = Math.max(this.#deepestMount, base.split('/').length - 1);
      }
      return mount.routes;
    });
  }

  /**
   * The operation that answers. The longest base path goes first, then the document that was named first, then letters
   * before placeholders; HEAD is answered by GET where it is not declared itself.
   * @param method in upper case @param path as sent, without the query @param query as sent, without `?`
   */
  find(method: string, path: string, query: string): Finding {
    const allowed = new Set<string>();
    let any: Found | undefined;
    let found: Found | undefined;
    let malformed = false;
    const seek = (base: string, wanted: string): boolean => {
      const mounts = this.#mounts.get(base);
      if (!mounts) return false;
      const segments = segmentsOf(path, base.length);
      if (!segments) {
        malformed = true;
        return false;
      }
      for (const mount of mounts) {
        const isFound = mount.tree.find(segments, (leaf, variables) => {
          const entry = leaf.choose(wanted, query, path.endsWith('/'));
          for (const name of leaf.methods) allowed.add(name);
          if (!entry) {
            any ??= { route: leaf.first, parameters: variables(), base };
            return false;
          }
          found = { route: entry, parameters: variables(), base };
          if (path.includes('%')) found = { ...found, encoded: variables(textsOf(path, base.length)) };
          return true;
        });
        if (isFound) return true;
      }
      return false;
    };
    const isFound = (wanted: string) => this.#basesOf(path, (base) => seek(base, wanted));
    if (isFound(method) || (method === 'HEAD' && isFound('GET'))) return { kind: 'found', found: found! };
    if (any) return { kind: 'method', allowed: withImplied(allowed), any };
    return malformed ? { kind: 'malformed' } : { kind: 'path' };
  }

  /** Tries the beginnings of a path that are base paths, the longest first. */
  #basesOf(path: string, attempt: (base: string) => boolean): boolean {
    const ends: number[] = [];
    for (let at = 1; ends.length < this.#deepestMount; ) {
      const slash = path.indexOf('/', at);
      ends.push(slash < 0 ? path.length : slash);
      if (slash < 0) break;
      at = slash + 1;
    }
    for (let i = ends.length - 1; i >= 0; i--) if (attempt(path.slice(0, ends[i]))) return true;
    return attempt('');
  }
}

/** What GET and everything else bring along (RFC 9110, sections 9.3.2 and 9.3.7). */
function withImplied(allowed: ReadonlySet<string>): string[] {
  const all = new Set(allowed);
  if (all.has('GET')) all.add('HEAD');
  all.add('OPTIONS');
  return [...all];
}

/** The operations of one document. */
class Mount {
  readonly tree = new PathTree<Leaf>();
  readonly routes: Route[] = [];

  constructor(api: OpenApi) {
    const leaves = new Map<string, Leaf>();
    for (const operation of operations(api)) {
      const { path, query } = splitTemplate(operation.path);
      let leaf = leaves.get(path);
      if (!leaf) {
        leaf = this.tree.at(path, () => new Leaf());
        leaves.set(path, leaf);
      }
      const route = routeOf(api, operation);
      this.routes.push(route);
      leaf.add({ route, query, slash: path.endsWith('/') && path !== '/' });
    }
  }
}

function routeOf(api: OpenApi, operation: Operation): Route {
  return { api, operation, method: operation.method.toUpperCase(), template: operation.path };
}

/** A template apart from the query and fragment that some documents write behind it. */
function splitTemplate(template: string): { path: string; query: readonly (readonly [string, string | null])[] } {
  const [beforeFragment = ''] = template.split('#', 1);
  // `{?fields}` and `{&page}` of RFC 6570 name query parameters.
  const bare = beforeFragment.replace(/\{[?&][^{}]*\}/g, '');
  const mark = bare.indexOf('?');
  if (mark < 0) return { path: rooted(bare), query: [] };
  const query = [...new URLSearchParams(bare.slice(mark + 1))].map(
    ([name, value]) => [name, value === '' || value.includes('{') ? null : value] as const,
  );
  return { path: rooted(bare.slice(0, mark)), query };
}

const rooted = (path: string): string => (path.startsWith('/') ? path : `/${path}`);

interface Candidate {
  readonly route: Route;
  /** What the query must hold; null: the name with any value. */
  readonly query: readonly (readonly [string, string | null])[];
  readonly slash: boolean;
}

/** The operations of one path. */
class Leaf {
  readonly #byMethod = new Map<string, Candidate[]>();

  add(candidate: Candidate): void {
    const known = this.#byMethod.get(candidate.route.method);
    if (!known) {
      this.#byMethod.set(candidate.route.method, [candidate]);
      return;
    }
    known.push(candidate);
    known.sort((a, b) => b.query.length - a.query.length);
  }

  get methods(): Iterable<string> {
    return this.#byMethod.keys();
  }

  get first(): Route {
    for (const [candidate] of this.#byMethod.values()) if (candidate) return candidate.route;
    throw new Error('A path without operations was entered into the router.');
  }

  choose(method: string, query: string, slash: boolean): Route | undefined {
    const candidates = this.#byMethod.get(method);
    if (!candidates) return undefined;
    if (candidates.length === 1 && candidates[0]!.query.length === 0) return candidates[0]!.route;
    const sent = new URLSearchParams(query);
    const fitting = candidates.filter((candidate) =>
      candidate.query.every(([name, value]) => (value === null ? sent.has(name) : sent.getAll(name).includes(value))),
    );
    const most = fitting[0]?.query.length;
    const best = fitting.filter((candidate) => candidate.query.length === most);
    return (best.find((candidate) => candidate.slash === slash) ?? best[0])?.route;
  }
}

/** The segments of a path behind its base, as sent. */
function textsOf(path: string, from: number): string[] {
  const texts = path.slice(from + 1).split('/');
  if (texts.at(-1) === '') texts.pop();
  return texts;
}

/** The decoded segments of a path behind its base; undefined when one is no valid percent-encoding. */
function segmentsOf(path: string, from: number): string[] | undefined {
  const texts = textsOf(path, from);
  for (let i = 0; i < texts.length; i++) {
    if (!texts[i]!.includes('%')) continue;
    const text = decodeSegment(texts[i]!);
    if (text === null) return undefined;
    texts[i] = text;
  }
  return texts;
}
