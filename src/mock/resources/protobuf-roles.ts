import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import type { Draft, DraftRole } from './draft.ts';

/** What `.proto` files imply. */
export function protobufRoles(_api: Protobuf): {
  readonly drafts: readonly Draft[];
  readonly roles: ReadonlyMap<string, DraftRole>;
  readonly messages: ReadonlyMap<string, Draft>;
} {
  return { drafts: [], roles: new Map(), messages: new Map() };
}
