/** What files mark as deprecated, and what they say of that. Rules about deprecation ask here, so that they agree. */
import {
  descriptionOf,
  docCommentOf,
  enums,
  enumValues,
  fields,
  memoised,
  messages,
  optionOf,
  rpcs,
  services,
} from '../../languages/protobuf/select.ts';
import { type Node, placeOf } from '../../languages/protobuf/tree.ts';
import type { Place } from '../../text/place.ts';

/** Something that the option `deprecated` marks. */
export interface Deprecation {
  readonly kind: 'service' | 'rpc' | 'message' | 'field' | 'enum' | 'value';
  readonly name: string;
  readonly at: Place;
  /** The option itself. */
  readonly mark: Place;
  /** What its comment says; the empty string where there is none. */
  readonly text: string;
  /** The comment; where there is none, the option. */
  readonly textAt: Place;
}

/** Everything that is marked as deprecated. */
export const deprecations = memoised((api): readonly Deprecation[] => [
  ...services(api).flatMap((element) => deprecation('service', element)),
  ...rpcs(api).flatMap((element) => deprecation('rpc', element)),
  ...messages(api).flatMap((element) => deprecation('message', element)),
  ...fields(api).flatMap((element) => deprecation('field', element)),
  ...enums(api).flatMap((element) => deprecation('enum', element)),
  ...enumValues(api).flatMap((element) => deprecation('value', element)),
]);

interface Element {
  readonly node: Node;
  readonly name: string;
  readonly at: Place;
}

function deprecation(kind: Deprecation['kind'], { node, name, at }: Element): Deprecation[] {
  const option = optionOf(node, 'deprecated');
  if (option?.value?.kind !== 'word' || option.value.text !== 'true') return [];
  const mark = placeOf(node, option.name);
  const comment = docCommentOf(node);
  return [{ kind, name, at, mark, text: descriptionOf(node), textAt: comment ? placeOf(node, comment) : mark }];
}
