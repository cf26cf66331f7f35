/** The comments that document what files define. Rules about descriptions ask here, so that they agree. */
import type { Comment } from '../../languages/protobuf/comments.ts';
import type { Definition } from '../../languages/protobuf/link.ts';
import type { Protobuf } from '../../languages/protobuf/protobuf.ts';
import {
  descriptionOf,
  docCommentOf,
  enums,
  enumValues,
  fields,
  messages,
  rpcs,
  services,
} from '../../languages/protobuf/select.ts';
import { type Node, placeOf, spanOf } from '../../languages/protobuf/tree.ts';
import type { Place } from '../../text/place.ts';
import { isCalledLike } from '../../words/filler.ts';

/** What can be documented, with its comments. */
export interface Documentable {
  readonly kind: 'service' | 'rpc' | 'message' | 'field' | 'oneof' | 'enum' | 'value';
  readonly name: string;
  readonly node: Node;
  /** What a field is of. */
  readonly definition?: Definition | undefined;
}

/** A comment that says something, and what it describes. */
export interface Documented extends Documentable {
  readonly comment: Comment;
  /** What it says to people: lines that speak to tools left out. Never blank. */
  readonly text: string;
  /** The comment itself. */
  readonly at: Place;
}

/** Everything that can be documented. The message of a group is its field. */
export function* documentable(api: Protobuf): Generator<Documentable> {
  for (const { node, name } of services(api)) yield { kind: 'service', node, name };
  for (const { node, name } of rpcs(api)) yield { kind: 'rpc', node, name };
  for (const { node, name, oneofs } of messages(api)) {
    if (!node.isGroup) yield { kind: 'message', node, name };
    for (const oneof of oneofs) yield { kind: 'oneof', node: oneof, name: oneof.name.text };
  }
  for (const { node, name, definition } of fields(api)) yield { kind: 'field', node, name, definition };
  for (const { node, name } of enums(api)) yield { kind: 'enum', node, name };
  for (const { node, name } of enumValues(api)) yield { kind: 'value', node, name };
}

/** Whether a name says all there is to say: that of an rpc, an enum value, a request or a response, or a field that is called like its type. */
export function isPlain({ kind, name, node, definition }: Documentable): boolean {
  // `boolean_value` is one of the forms of a value.
  if (kind === 'field' && node.parent.kind === 'oneof' && name.endsWith('_value')) return true;
  if (kind === 'field') return isExplainedByType(name, definition);
  return kind === 'rpc' || kind === 'value' || (kind === 'message' && isCalledAsSide(name));
}

/** Whether a comment stands behind the brace of a block, where it may speak of what the block has or lacks. */
export function isInside({ node, comment }: Documented): boolean {
  return 'body' in node && comment.start > spanOf(node).start;
}

/** Whether a field is called like its type, and that is described. */
export function isExplainedByType(name: string, definition: Definition | undefined): boolean {
  const node = definition?.node;
  return node != null && isCalledLike(name, node.name.text) && descriptionOf(node) !== '';
}

/** Whether a message is called as what an rpc takes or gives. */
export function isCalledAsSide(name: string): boolean {
  return /(?:Request|Response|Reply|Req|Resp)$/.test(name);
}

/** All comments that document something. */
export function* documented(api: Protobuf): Generator<Documented> {
  for (const { kind, name, node, definition } of documentable(api)) {
    const comment = docCommentOf(node);
    if (comment) yield { kind, name, node, definition, comment, text: descriptionOf(node), at: placeOf(node, comment) };
  }
}
