/** The messages that are resources, and the methods that act on them. */
import { type Resource, resourceOf } from '../../languages/protobuf/annotations.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, type Message, memoised, messages } from '../../languages/protobuf/select.ts';
import { type Kind, type Method, methods, resourceOfSubject } from './standard-methods.ts';

/** A message that is annotated as a resource. */
export interface ResourceMessage {
  readonly message: Message;
  readonly resource: Resource;
}

/** The messages of the judged files that `google.api.resource` marks. */
export const resourceMessages = memoised((api): readonly ResourceMessage[] =>
  messages(api).flatMap((message) => {
    const resource = resourceOf(message.node);
    return resource ? [{ message, resource }] : [];
  }),
);

/** The methods of some kinds that act on a resource, by their names. */
export function methodsOn(api: Protobuf, { message }: ResourceMessage, ...kinds: readonly Kind[]): Method[] {
  return (methodsByMessage(api).get(message.node) ?? []).filter(({ kind }) => kinds.includes(kind));
}

const methodsByMessage = memoised((api): ReadonlyMap<unknown, readonly Method[]> => {
  const found = new Map<unknown, Method[]>();
  for (const method of methods(api)) {
    const node = method.kind === 'custom' ? null : resourceOfSubject(api, method)?.message;
    if (node) found.set(node, [...(found.get(node) ?? []), method]);
  }
  return found;
});

/** Whether there is one of a resource below each parent: all its patterns end in a literal (AIP-156). */
export function isSingleton({ patterns }: Resource): boolean {
  return (
    patterns.length > 0 && patterns.every(({ value }) => value.includes('{') && !value.endsWith('}') && value !== '*')
  );
}

/** A message's field of some name. */
export function fieldNamed({ fields }: Message, name: string): Field | undefined {
  return fields.find((field) => field.name === name);
}
