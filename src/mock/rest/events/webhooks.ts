import { isObject } from '../../../languages/openapi/json.ts';
import { OpenApi } from '../../../languages/openapi/openapi.ts';
import { type Operation, outgoing } from '../../../languages/openapi/select.ts';
import { singular } from '../../../words/plurals.ts';
import { split } from '../../../words/split.ts';
import type { Context } from '../../context.ts';
import type { Change } from '../../store/store.ts';

/** Something that the documents say the API tells of. */
export interface Webhook {
  readonly api: OpenApi;
  readonly operation: Operation;
  /** As the document has it: `order.shipped`. */
  readonly event: string;
}

/** The webhooks of all documents (OpenAPI 3.1 and later). */
export function webhooksOf({ apis }: Pick<Context, 'apis'>): readonly Webhook[] {
  return apis
    .filter((api): api is OpenApi => api instanceof OpenApi)
    .flatMap((api) =>
      outgoing(api)
        .filter(({ context }) => context === 'webhook')
        .map((operation) => ({ api, operation, event: operation.path })),
    );
}

/**
 * The webhooks that a change is to be told by: those whose names have the words of the resource and what happened to it. `order.created`,
 * `newOrder` and `ORDER_PLACED` are for new orders; `order.shipped` is for an action `ship`, and for a change that puts `shipped` into
 * a field.
 */
export function webhooksFor(change: Change, webhooks: readonly Webhook[]): readonly Webhook[] {
  const thing = change.resource.name.split(' ');
  return webhooks.filter(({ event }) => {
    const words = split(event).map((word) => word.toLowerCase());
    const rest = without(
      words.flatMap((word) => (noise.has(word) ? [] : [word])),
      thing,
    );
    return rest !== null && (rest.length === 0 || tells(rest, change));
  });
}

const noise: ReadonlySet<string> = new Set([
  'on',
  'event',
  'webhook',
  'hook',
  'notification',
  'callback',
  'v1',
  'v2',
  'receive',
]);

/** Words without those of a thing, singular or plural; null where they are not all there. */
function without(words: readonly string[], thing: readonly string[]): string[] | null {
  const rest = [...words];
  for (const word of thing) {
    const index = rest.findIndex((one) => one === word || singular(one) === word || singular(one) === singular(word));
    if (index < 0) return null;
    rest.splice(index, 1);
  }
  return rest;
}

const verbs: Readonly<Record<Change['kind'], ReadonlySet<string>>> = {
  created: new Set(['created', 'create', 'new', 'added', 'placed', 'registered', 'opened', 'inserted', 'received']),
  updated: new Set(['updated', 'update', 'changed', 'change', 'modified', 'edited', 'replaced']),
  deleted: new Set(['deleted', 'delete', 'removed', 'destroyed', 'erased']),
};

function tells(rest: readonly string[], { kind, action, item, before }: Change): boolean {
  if (rest.every((word) => verbs[kind].has(word))) return true;
  if (action !== null && sameWords(rest, action.split(' '))) return true;
  if (kind !== 'updated' || !before) return false;
  // `order.shipped` when `status` has become `shipped`, and `order.status_changed` when it has become anything.
  return Object.entries(item.value).some(([field, value]) => {
    if (typeof value !== 'string' || value === before.value[field] || isObject(value)) return false;
    const changed = without(
      rest,
      split(field).map((word) => word.toLowerCase()),
    );
    if (changed && changed.length > 0 && changed.every((word) => verbs.updated.has(word))) return true;
    return (
      value.length < 60 &&
      sameWords(
        rest,
        split(value).map((word) => word.toLowerCase()),
      )
    );
  });
}

/** Whether words are the same but for their tense: `shipped` and `ship`. */
function sameWords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, i) => stem(word) === stem(other[i]!));
}

function stem(word: string): string {
  const base = word
    .toLowerCase()
    .replace(/(?:ed|ing|e)$/, '')
    .replace(/ie$|i$/, 'y');
  return base.replace(/([bdgklmnprt])\1$/, '$1');
}

/** What a change is called where no document names it: `order.created`, `order_line.deleted`, `order.cancel`. */
export function usualName({ kind, action, resource }: Change): string {
  return `${resource.name.replaceAll(' ', '_')}.${action ? action.replaceAll(' ', '_') : kind}`;
}
