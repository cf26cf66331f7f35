import { GraphQl } from '../../../src/languages/graphql/graphql.ts';
import { read } from '../../../src/languages/graphql/read.ts';
import type { Place, Range } from '../../../src/text/place.ts';
import { Source } from '../../../src/text/source.ts';

/** The schema that the texts form together, as files `1.graphql`, `2.graphql`, … */
export function schema(...texts: string[]): GraphQl {
  return new GraphQl(texts.map((text, i) => read(new Source(`${i + 1}.graphql`, text))));
}

/** The text that a range covers. */
export function textOf({ source, start, end }: Range): string {
  return source.text.slice(start, end);
}

/** A place in one line: its element, and the text that it underlines. */
export function shown(place: Place): string {
  return `${place.element} ${textOf(place.range())}`;
}

/** The names of things. */
export function names(things: Iterable<{ readonly name: string }>): string[] {
  return [...things].map(({ name }) => name);
}
