import type { Finding, Related } from '../../../text/problem.ts';
import type { Span } from '../lex.ts';
import { type Name, type Node, placeOf, type Scope } from '../tree.ts';

/**
 * What a departure is about: a name that leads nowhere, an option that does not exist, something that is there twice, or
 * anything else that compilers refuse.
 */
export type Aspect = 'shape' | 'reference' | 'option' | 'duplicate';

/** Something that a compiler refuses. */
export interface Departure extends Finding {
  readonly aspect: Aspect;
}

/** A departure at a token of a statement. */
export function departure(
  aspect: Aspect,
  node: Scope,
  span: Span,
  message: string,
  help?: string,
  related?: readonly Related[],
): Departure {
  return { aspect, at: placeOf(node, span), message, ...(help && { help }), ...(related && { related }) };
}

/** Where something stands that a departure is about too. */
export function first(message: string, node: Node & { readonly name: Name }, span: Span = node.name): Related[] {
  return [{ message, at: placeOf(node, span) }];
}
