import { bodyOf, type MediaType } from '../../languages/openapi/select.ts';
import type { Route } from './exchange.ts';
import { isJsonName, mediaTypeOf, suits } from './media-types.ts';
import { perRoute } from './per-route.ts';

/** What an operation takes for a body. */
export interface BodyPlan {
  readonly required: boolean;
  /** Empty where the operation takes no body, or does not say of which kind. */
  readonly media: readonly MediaType[];
  /** Whether its method is one whose requests have bodies, declared or not. */
  readonly isWrite: boolean;
  /** The media type that a body is of that does not say. */
  readonly usual: string;
  /** Whether a body of this type is taken. @param name in lower case, without parameters */
  takes(name: string): boolean;
  /** What is declared for bodies of this type. */
  mediaFor(name: string): MediaType | undefined;
}

/** What an operation takes for a body, worked out once. */
export const bodyPlanOf = perRoute((route: Route): BodyPlan => {
  const body = bodyOf(route.api, route.operation);
  const media = body?.media ?? [];
  const types = media.map((one) => ({ media: one, name: mediaTypeOf(one.name)?.name ?? one.name.toLowerCase() }));
  const json = types.find(({ name }) => isJsonName(name));
  const concrete = json ?? types.find(({ name }) => !name.includes('*'));
  const find = (sent: string): MediaType | undefined => {
    let best: { media: MediaType; closeness: number } | undefined;
    for (const { media, name } of types) {
      const closeness = suits(name, sent);
      if (closeness > (best?.closeness ?? 0)) best = { media, closeness };
    }
    return best?.media;
  };
  // Patches may come in either of the standard ways wherever JSON is patched (RFC 7396, RFC 6902).
  const patches = route.method === 'PATCH' && json ? patchTypes : none;
  return {
    required: body?.required ?? false,
    media,
    isWrite: ['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'].includes(route.method),
    usual: concrete?.name ?? 'application/json',
    takes: (name) => find(name) !== undefined || patches.has(name),
    mediaFor: (name) => find(name) ?? (patches.has(name) && name !== jsonPatch ? json?.media : undefined),
  };
});

const jsonPatch = 'application/json-patch+json';
const patchTypes = new Set(['application/json', 'application/merge-patch+json', jsonPatch]);
const none: ReadonlySet<string> = new Set();
