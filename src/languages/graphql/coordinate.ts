import type { ASTNode } from 'graphql';
import type { Place, Range } from '../../text/place.ts';
import { rangeOf } from './document.ts';

/** An element of a schema, and one of the nodes that it is made of. */
export class Coordinate implements Place {
  /** The element's schema coordinate: `Query.users`, `Query.users(first:)`, `@cost(weight:)`; `schema` for a schema definition. */
  readonly element: string;
  /** The node to underline; an element's own place underlines its name. */
  readonly node: ASTNode;

  constructor(element: string, node: ASTNode) {
    this.element = element;
    this.node = node;
  }

  /** The same element, another of its nodes underlined: its type, its description, a directive. */
  on(node: ASTNode): Coordinate {
    return new Coordinate(this.element, node);
  }

  range(): Range {
    return rangeOf(this.node);
  }
}
