import type { Source } from '../../text/source.ts';
import { looksLikeJson } from './detect.ts';
import type { Document } from './document.ts';
import { readIntrospection } from './introspection.ts';
import { parse } from './parse.ts';

/** Reads a file of a schema, SDL or an introspection result. Never throws. */
export function read(source: Source): Document {
  return looksLikeJson(source.text) ? readIntrospection(source) : parse(source);
}
