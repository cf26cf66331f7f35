import type { ASTNode, StringValueNode } from 'graphql';

/** What can bear a description. */
type Described = ASTNode & { readonly description?: StringValueNode | undefined };

/** What the description of a definition or member says; the empty string where there is none or nothing in it. */
export function descriptionOf({ description }: Described): string {
  return description?.value.trim() ?? '';
}
