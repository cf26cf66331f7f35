import type { ASTNode, DefinitionNode } from 'graphql';
import { Source as GraphqlSource } from 'graphql/language/source.js';
import type { Range } from '../../text/place.ts';
import type { Source } from '../../text/source.ts';

/** Something in a text that is no GraphQL, and what the parser says about it. */
export interface Fault {
  /** One sentence without its full stop, as `Expected ":", found Name "String"`. */
  readonly message: string;
  readonly range: Range;
}

/** One file read: what could be read, and what not. */
export interface Document {
  readonly source: Source;
  /** In the text's order. Operations and fragments are among them, so that they are no syntax errors. */
  readonly definitions: readonly DefinitionNode[];
  readonly faults: readonly Fault[];
  /** The definitions that could not be read, each up to where reading went on. */
  readonly broken: readonly Range[];
}

/** A part of a file, parsed by itself. Nodes know it, and through it their file. */
export class Segment extends GraphqlSource {
  readonly file: Source;
  /** Where the part begins in the file. */
  readonly base: number;

  constructor(file: Source, base: number) {
    super(file.text.slice(base), file.path || 'GraphQL');
    this.file = file;
    this.base = base;
  }
}

/**
 * Where a node stands in its file. The only way from a node to a range: the offsets of `node.loc` count from the start of
 * a segment.
 * @throws TypeError for nodes that neither `parse` nor `readIntrospection` made
 */
export function rangeOf(node: ASTNode): Range {
  const segment = node.loc?.source;
  if (!(segment instanceof Segment)) throw new TypeError(`A ${node.kind} that belongs to no file.`);
  return { source: segment.file, start: segment.base + node.loc!.start, end: segment.base + node.loc!.end };
}
