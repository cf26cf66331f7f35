/** What rpcs write, and what of it can be read. */
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Message, memoised, type Rpc, services } from '../../languages/protobuf/select.ts';
import { messageOf } from './collections.ts';

/** A `Create…` or `Update…` beside the `Get…` of the same thing. */
export interface Write {
  readonly rpc: Rpc;
  readonly get: Rpc;
  /** The thing as it is read. */
  readonly resource: Message;
  /** Null where the file that defines it is not judged. */
  readonly request: Message | null;
  /** Null where the file that defines it is not judged. */
  readonly response: Message | null;
}

/** The unary rpcs that create or update what another rpc of their service gets. */
export const writes = memoised((api): readonly Write[] =>
  services(api).flatMap(({ rpcs }) =>
    rpcs.flatMap((rpc): Write[] => {
      if ((rpc.role !== 'Create' && rpc.role !== 'Update') || rpc.streaming !== 'none') return [];
      const get = rpcs.find(({ role, noun }) => role === 'Get' && noun === rpc.noun);
      const resource = get && resourceOf(api, get);
      if (!get || !resource) return [];
      return [{ rpc, get, resource, request: messageOf(api, rpc.request), response: messageOf(api, rpc.response) }];
    }),
  ),
);

/** The message that a `Get…` returns, by itself or as a field of its response. */
function resourceOf(api: Protobuf, { noun, response }: Rpc): Message | null {
  const message = messageOf(api, response);
  if (!message || message.name === noun) return message;
  return fieldTypes(api, message).find(({ name }) => name === noun) ?? null;
}

/** The messages that the fields of a message hold. */
export function fieldTypes(api: Protobuf, { fields }: Message): Message[] {
  return fields.flatMap((field) => messageOf(api, field) ?? []);
}
