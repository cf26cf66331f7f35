/** Which messages tell that something has happened. */
import { fields, type Message, memoised, messages } from '../../languages/protobuf/select.ts';

/** A message called `…Event`. */
export interface EventMessage {
  readonly message: Message;
  /** What its name says before `Event`: `OrderPlaced`. */
  readonly subject: string;
  /** Whether it is one of the alternatives of another message, which tells what all events tell. */
  readonly isPart: boolean;
}

/** The messages that are called events, the plain `Event` apart. */
export const eventMessages = memoised((api): readonly EventMessage[] => {
  const parts = new Set(
    fields(api).flatMap(({ oneof, definition }) => (oneof && definition ? [definition.fullName] : [])),
  );
  return messages(api).flatMap((message) => {
    const [, subject] = /^(.+)Event$/.exec(message.name) ?? [];
    return subject === undefined ? [] : [{ message, subject, isPart: parts.has(message.fullName) }];
  });
});
