import type { GraphQl } from '../languages/graphql/graphql.ts';
import type { Api } from '../languages/language.ts';
import type { OpenApi } from '../languages/openapi/openapi.ts';
import type { Protobuf } from '../languages/protobuf/protobuf.ts';
import type { Source } from '../text/source.ts';

/** Where the files of APIs cannot be read, the first place of each file: `orders.yaml:3: A comma is missing`. None for sound ones. */
export function brokenPlaces(apis: readonly Api[]): string[] {
  const first = new Map<string, string>();
  for (const { source, start, message } of apis.flatMap((api) => [...flawsOf(api)])) {
    const text = `${source.path}:${source.position(start).line}: ${message.replace(/\.$/, '')}`;
    if (!first.has(source.path)) first.set(source.path, text);
  }
  return [...first.values()];
}

interface Flaw {
  readonly source: Source;
  readonly start: number;
  readonly message: string;
}

function* flawsOf(api: Api): Generator<Flaw> {
  if (api.language === 'openapi') {
    for (const { source, syntax } of (api as OpenApi).documents) for (const flaw of syntax) yield { source, ...flaw };
  } else if (api.language === 'graphql') {
    for (const { faults } of (api as GraphQl).documents)
      for (const { message, range } of faults) yield { message, source: range.source, start: range.start };
  } else {
    for (const { source, problems } of (api as Protobuf).files) for (const flaw of problems) yield { source, ...flaw };
  }
}
