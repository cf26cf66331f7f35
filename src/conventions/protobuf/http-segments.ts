/** The path templates of google.api.http (google/api/http.proto) in the segments that callers see. */
import { resources } from '../../languages/protobuf/annotations.ts';
import type { HttpBinding } from '../../languages/protobuf/http.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { memoised, type Rpc, rpcs } from '../../languages/protobuf/select.ts';
import type { Place } from '../../text/place.ts';

/** A part of a path between slashes, those in the pattern of a variable (`{name=shelves/*}`) among them. */
export interface Segment {
  /** `shelves`, `*`, `{shelf_id}`. */
  readonly text: string;
  /** Whether it is the same in all paths of the template. */
  readonly literal: boolean;
}

/** A path template, or the pattern of a resource name, in its segments. */
export interface Template {
  readonly path: string;
  readonly at: Place;
  readonly segments: readonly Segment[];
  /** The custom verb behind the colon, or null. */
  readonly verb: string | null;
}

/** The path of a binding, and the rpc that it belongs to. */
export interface Route extends Template {
  readonly rpc: Rpc;
  readonly binding: HttpBinding;
}

/** The paths of all http bindings of an API, in their order. */
export const routes = memoised((api): readonly Route[] =>
  rpcs(api).flatMap((rpc) => rpc.http.map((binding) => ({ rpc, binding, ...templateOf(binding.path, binding.at) }))),
);

/** The patterns of resource names that messages declare. */
export function namePatterns(api: Protobuf): Template[] {
  return resources(api).flatMap(({ patterns }) => patterns.map(({ value, at }) => templateOf(value, at)));
}

function templateOf(path: string, at: Place): Template {
  const colon = path.lastIndexOf(':');
  const hasVerb = colon > Math.max(path.lastIndexOf('/'), path.lastIndexOf('}') - 1);
  const segments: Segment[] = [];
  // What stands in braces stays together, but for a pattern, whose parts are segments.
  for (const [part, pattern] of (hasVerb ? path.slice(0, colon) : path).matchAll(
    /\{[^{}=]*=([^{}]*)\}|\{[^{}]*\}|[^/{}]+/g,
  )) {
    if (pattern === undefined) segments.push(segment(part));
    else segments.push(...pattern.split('/').filter(Boolean).map(segment));
  }
  return { path, at, segments, verb: hasVerb ? path.slice(colon + 1) : null };
}

function segment(text: string): Segment {
  return { text, literal: !/[{}*]/.test(text) };
}

/** Whether a segment says which version of the API it is: `v1`, `v2beta1`. */
export function isVersion({ text }: Segment): boolean {
  return /^v\d+(?:p\d+)?(?:(?:alpha|beta)\d*)?$/i.test(text);
}
