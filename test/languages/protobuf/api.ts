// APIs for tests, read from texts.

import { expect } from 'vitest';
import { type Protobuf, read } from '../../../src/languages/protobuf/protobuf.ts';
import type { Place } from '../../../src/text/place.ts';
import { Source } from '../../../src/text/source.ts';

/** The APIs that files make up. They see each other and nothing else. */
export function apisOf(files: Readonly<Record<string, string>>, roots?: readonly string[]): Protobuf[] {
  const sources = Object.entries(files).map(([path, text]) => new Source(path, text));
  return read(sources, { read: (path) => ({ refused: `there is no file \`${path}\`` }) }, roots);
}

/** The API of a text, or of files that make up one. */
export function apiOf(files: string | Readonly<Record<string, string>>): Protobuf {
  const apis = apisOf(typeof files === 'string' ? { 'test.proto': files } : files);
  expect(apis).toHaveLength(1);
  return apis[0]!;
}

/** The text that a place underlines. */
export function textAt(place: Place): string {
  const { source, start, end } = place.range();
  return source.text.slice(start, end);
}
