/** Which fields of the requests of standard methods have to say how they behave (AIP-203). */
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import { type Field, memoised } from '../../languages/protobuf/select.ts';
import { type Kind, type MethodMessage, requests } from './standard-methods.ts';

/** A field of a standard request, and the behavior that it always has. */
export interface StandardField {
  readonly field: Field;
  readonly request: MethodMessage;
  readonly behavior: 'REQUIRED' | 'OPTIONAL';
}

/** The fields that name what standard methods act on, and the masks of updates. */
export const standardFields = memoised((api: Protobuf): readonly StandardField[] =>
  requests(api).flatMap((request): StandardField[] =>
    request.message.fields.flatMap((field): StandardField[] => {
      if (required[request.kind]?.includes(field.name)) return [{ field, request, behavior: 'REQUIRED' }];
      const isMask = request.kind === 'Update' && field.name === 'update_mask';
      return isMask ? [{ field, request, behavior: 'OPTIONAL' }] : [];
    }),
  ),
);

/** The fields without which a method does not know what is meant. */
const required: { readonly [K in Kind]?: readonly string[] } = {
  Get: ['name'],
  List: ['parent'],
  Create: ['parent'],
  Delete: ['name'],
  Undelete: ['name'],
  Run: ['name'],
  Commit: ['name'],
  Rollback: ['name', 'revision_id'],
  TagRevision: ['name', 'tag'],
  DeleteRevision: ['name'],
  Purge: ['parent', 'filter'],
  BatchGet: ['names'],
  BatchCreate: ['requests'],
  BatchUpdate: ['requests'],
  BatchDelete: ['names', 'requests'],
};
