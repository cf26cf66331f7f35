/** What callers can read, as opposed to what they only send. */
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Message, type Rpc, rpcs } from '../../languages/protobuf/select.ts';
import { split } from '../../words/split.ts';
import { effectOf, operationVerb } from '../../words/verbs.ts';
import { messageOf } from './collections.ts';

/** The messages that rpcs for reading answer with, directly or within others, each with one such rpc. */
export function readableMessages(api: Protobuf, accept: (rpc: Rpc) => boolean): ReadonlyMap<Message, Rpc> {
  const found = new Map<Message, Rpc>();
  for (const rpc of rpcs(api)) {
    const response = reads(rpc) && accept(rpc) ? messageOf(api, rpc.response) : null;
    if (response && !found.has(response)) found.set(response, rpc);
  }
  // A map that grows while it is looped over gives what was added, too.
  for (const [{ fields }, rpc] of found) {
    for (const field of fields) {
      const next = messageOf(api, field);
      if (next && !found.has(next)) found.set(next, rpc);
    }
  }
  return found;
}

/** Whether an rpc's name says that it only looks: `GetUser`, `SearchOrders`, `BatchGetUsers`. */
export function reads({ name, role }: Rpc): boolean {
  if (role !== 'custom') return role === 'Get' || role === 'List';
  const [first, ...rest] = split(name);
  const verb = first === 'batch' ? (rest[0] ?? '') : operationVerb(name);
  return verb !== null && effectOf(verb) === 'read';
}
