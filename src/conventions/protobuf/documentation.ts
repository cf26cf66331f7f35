/** The comments that document what files define. Rules about descriptions ask here, so that they agree. */
import type { Comment } from '../../languages/protobuf/comments.ts';
import type { Definition } from '../../languages/protobuf/link.ts';
import {
  descriptionOf,
  docCommentOf,
  enums,
  enumValues,
  fields,
  memoised,
  messages,
  rpcs,
  services,
} from '../../languages/protobuf/select.ts';
import { type Node, type OneofNode, placeOf } from '../../languages/protobuf/tree.ts';
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
export const documentable = memoised((api): readonly Documentable[] => [
  ...services(api).map(({ node, name }) => ({ kind: 'service' as const, node, name })),
  ...rpcs(api).map(({ node, name }) => ({ kind: 'rpc' as const, node, name })),
  ...messages(api).flatMap(({ node, name, oneofs }): Documentable[] => [
    ...(node.isGroup ? [] : [{ kind: 'message' as const, node, name }]),
    ...oneofs.map((oneof: OneofNode) => ({ kind: 'oneof' as const, node: oneof, name: oneof.name.text })),
  ]),
  ...fields(api).map(({ node, name, definition }) => ({ kind: 'field' as const, node, name, definition })),
  ...enums(api).map(({ node, name }) => ({ kind: 'enum' as const, node, name })),
  ...enumValues(api).map(({ node, name }) => ({ kind: 'value' as const, node, name })),
]);

/** Whether a name says all there is to say: that of an rpc, an enum value, a request or a response, or a field that is called like its type. */
export function isPlain({ kind, name, node, definition }: Documentable): boolean {
  // `boolean_value` is one of the forms of a value.
  if (kind === 'field' && node.parent.kind === 'oneof' && name.endsWith('_value')) return true;
  if (kind === 'field') return isExplainedByType(name, definition);
  return kind === 'rpc' || kind === 'value' || (kind === 'message' && isCalledAsSide(name));
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
export const documented = memoised((api): readonly Documented[] =>
  documentable(api).flatMap((element) => {
    const comment = docCommentOf(element.node);
    if (!comment) return [];
    return [{ ...element, comment, text: descriptionOf(element.node), at: placeOf(element.node, comment) }];
  }),
);
