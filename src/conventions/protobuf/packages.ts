/** Which packages an API may take types from (AIP-215). */

import type { ProtoFile } from '../../languages/protobuf/tree.ts';

/** Whether two packages are one, or one stands in the other: `library.v1` and `library.v1.resources`. */
export function areRelated(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

/** Packages that hold what all APIs share: those that Google publishes, and those that are called so (`acme.type`, `acme.common.v1`). */
export function isCommon(name: string): boolean {
  return published.test(name) || /(?:^|\.)(?:type|types|common|commons)(?:\.v\d\w*)?$/.test(name);
}

/** Whether a file is one that every compiler brings along: those who keep a copy have no say in it. */
export function isCopied({ packageName }: ProtoFile): boolean {
  return packageName === 'google.protobuf' || packageName.startsWith('google.protobuf.');
}

const published =
  /^(?:google\.(?:api|protobuf|rpc|type|longrunning|iam\.v\d\w*|cloud\.location|shopping\.type|logging\.type)|grafeas)(?:\.|$)/;
