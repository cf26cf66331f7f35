import { isObject } from '../json.ts';
import { decodeSegment, httpRulePattern, type Variables } from '../rest/path-pattern.ts';
import { PathTree } from '../rest/path-tree.ts';
import type { Rpc, Services } from './services.ts';

/** A way to call an rpc over HTTP, by one binding of its `google.api.http` (AIP-127). */
export interface HttpRule {
  readonly rpc: Rpc;
  /** In upper case; `*` for all. */
  readonly method: string;
  readonly template: string;
  /** The field that the body holds; `*` for all that the path leaves; null: there is none. */
  readonly body: string | null;
  readonly responseBody: string | null;
}

/** What was found for a path. */
export type Found =
  | { readonly rule: HttpRule; readonly variables: Variables }
  /** The path is there, the method is not. */
  | { readonly allowed: readonly string[] };

/** Finds rules by method and path. */
export class HttpRules {
  readonly #tree = new PathTree<Map<string, HttpRule>>();
  readonly size: number;

  constructor({ rpcs }: Services) {
    let size = 0;
    for (const rpc of rpcs.values()) {
      for (const rule of rulesOf(rpc)) {
        const pattern = httpRulePattern(rule.template);
        if (!pattern) continue;
        const rules = this.#tree.put(pattern, () => new Map());
        if (!rules.has(rule.method)) rules.set(rule.method, rule);
        size++;
      }
    }
    this.size = size;
  }

  /** @param path as sent, without the query; undefined where nothing is */
  find(method: string, path: string): Found | undefined {
    const texts = path
      .replace(/^\//, '')
      .split('/')
      .map((segment) => decodeSegment(segment));
    if (texts.some((text) => text === null)) return undefined;
    const allowed = new Set<string>();
    let found: Found | undefined;
    this.#tree.find(texts as string[], (rules, variables) => {
      const rule = rules.get(method) ?? rules.get('*') ?? (method === 'HEAD' ? rules.get('GET') : undefined);
      if (rule) {
        found = { rule, variables: variables() };
        return true;
      }
      for (const known of rules.keys()) allowed.add(known);
      return false;
    });
    if (found) return found;
    return allowed.size > 0 ? { allowed: [...allowed].sort() } : undefined;
  }
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];

/** The bindings of an rpc: its own, then the additional ones. */
function rulesOf(rpc: Rpc): readonly HttpRule[] {
  const option = rpc.method.options['[google.api.http]'];
  const all = Array.isArray(option) ? option : [option];
  return all.flatMap((one) => {
    if (!isObject(one)) return [];
    const more = one.additional_bindings;
    return [one, ...(Array.isArray(more) ? more : [more])].flatMap((binding) => {
      const rule = isObject(binding) ? ruleOf(rpc, binding as Binding) : null;
      return rule ? [rule] : [];
    });
  });
}

type Binding = Readonly<Record<string, unknown>>;

function ruleOf(rpc: Rpc, binding: Binding): HttpRule | null {
  const name = methods.find((method) => typeof binding[method] === 'string');
  const custom = isObject(binding.custom) ? binding.custom : null;
  const template = name ? binding[name] : custom?.path;
  if (typeof template !== 'string') return null;
  return {
    rpc,
    method: (name ?? String(custom?.kind ?? '*')).toUpperCase(),
    template,
    body: typeof binding.body === 'string' && binding.body !== '' ? binding.body : null,
    responseBody:
      typeof binding.response_body === 'string' && binding.response_body !== '' ? binding.response_body : null,
  };
}
