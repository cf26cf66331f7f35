import type { Place } from '../../text/place.ts';
import type { Span } from './lex.ts';
import { type MessageValue, type Node, type OptionNode, placeOf, type RpcNode, type Value } from './tree.ts';

/** How an rpc is called over HTTP (google/api/http.proto). */
export interface HttpBinding {
  /** In capitals; of a custom binding, its `kind`. */
  readonly method: string;
  /** The path template: `/v1/{name=users/*}`. */
  readonly path: string;
  /** The string of the path. */
  readonly at: Place;
  /** The verb: the word `get` before the path, or the word `custom`. */
  readonly methodAt: Place;
  /** The field that the body holds, `*` for all that the path leaves, or null. */
  readonly body: string | null;
  /** What `body` is set to, or null. */
  readonly bodyAt: Place | null;
  readonly responseBody: string | null;
  readonly variables: readonly PathVariable[];
  /** Whether it stands in another one's `additional_bindings`. */
  readonly additional: boolean;
}

/** `{name=users/*}` in a path template. */
export interface PathVariable {
  /** The way to a field of the request: `user.name`. */
  readonly field: string;
  /** Null when none is given, which is `*`. */
  readonly pattern: string | null;
}

/** The bindings that an rpc's `google.api.http` options declare, in their order. */
export function httpBindings(rpc: RpcNode): HttpBinding[] {
  const options = rpc.body.filter((node) => node.kind === 'option');
  const whole = options.filter(({ name }) => isHttp(name.text));
  const single = options.filter(({ name }) => name.parts.length === 2 && isHttp(`(${name.parts[0]!.text})`));
  const bindings = whole.flatMap(({ value }) =>
    value?.kind === 'message' ? bindingsOf(rpc, settingsOf(value), false) : [],
  );
  return [...bindings, ...bindingsOf(rpc, single.flatMap(settingOf), false)];
}

/** A field of `HttpRule` and what it is set to. */
interface Setting {
  readonly name: string;
  readonly key: Span;
  readonly value: Value;
}

function isHttp(name: string): boolean {
  return name === '(google.api.http)' || name === '(.google.api.http)';
}

function settingsOf({ fields }: MessageValue): Setting[] {
  return fields.map(({ name, value }) => ({ name: name.text, key: name, value }));
}

/** `option (google.api.http).get = "/v1/users";` */
function settingOf({ name, value }: OptionNode): Setting[] {
  const key = name.parts[1]!;
  return value ? [{ name: key.text, key, value }] : [];
}

function bindingsOf(rpc: Node, settings: readonly Setting[], additional: boolean): HttpBinding[] {
  const route = routeOf(settings);
  const bodyAt = settings.find(({ name }) => name === 'body')?.value ?? null;
  const own = route && {
    method: route.method,
    path: route.path,
    at: placeOf(rpc, route.span),
    methodAt: placeOf(rpc, route.key),
    body: stringIn(settings, 'body'),
    bodyAt: bodyAt && placeOf(rpc, bodyAt),
    responseBody: stringIn(settings, 'response_body'),
    variables: variablesOf(route.path),
    additional,
  };
  // What stands in an additional binding's additional bindings is ignored.
  const more = additional ? [] : settings.filter(({ name }) => name === 'additional_bindings').flatMap(messagesIn);
  return [...(own ? [own] : []), ...more.flatMap((value) => bindingsOf(rpc, settingsOf(value), true))];
}

const methods = ['get', 'put', 'post', 'delete', 'patch'];

function routeOf(settings: readonly Setting[]): { method: string; path: string; span: Span; key: Span } | null {
  for (const { name, key, value } of settings) {
    if (methods.includes(name) && value.kind === 'string') {
      return { method: name.toUpperCase(), path: value.value, span: value, key };
    }
    if (name === 'custom' && value.kind === 'message') {
      const custom = settingsOf(value);
      const path = custom.find((field) => field.name === 'path')?.value;
      if (path?.kind === 'string')
        return { method: stringIn(custom, 'kind') ?? '*', path: path.value, span: path, key };
    }
  }
  return null;
}

function stringIn(settings: readonly Setting[], wanted: string): string | null {
  const value = settings.find(({ name }) => name === wanted)?.value;
  return value?.kind === 'string' ? value.value : null;
}

function messagesIn({ value }: Setting): MessageValue[] {
  if (value.kind === 'list') return value.items.filter((item) => item.kind === 'message');
  return value.kind === 'message' ? [value] : [];
}

function variablesOf(path: string): PathVariable[] {
  return [...path.matchAll(/\{([^{}=]*)(?:=([^{}]*))?\}/g)].map(([, field, pattern]) => ({
    field: field!.trim(),
    pattern: pattern ?? null,
  }));
}
