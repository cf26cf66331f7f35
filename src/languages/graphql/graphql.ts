import type { Source } from '../../text/source.ts';
import type { Api, Language, Suppression } from '../language.ts';
import type { Document } from './document.ts';
import { type Index, index } from './elements.ts';
import { read } from './read.ts';
import { schemas } from './schemas.ts';
import { suppressionsIn } from './suppressions.ts';

/** One schema: the files that it is made of, merged by name. */
export class GraphQl implements Api {
  readonly language = 'graphql';
  /** In the order in which the files were given. Of two definitions of a name the earlier wins. */
  readonly documents: readonly Document[];
  /** What selectors have worked out for this API, by selector. */
  readonly memo = new Map<unknown, unknown>();
  #index: Index | undefined;

  constructor(documents: readonly Document[]) {
    this.documents = documents;
  }

  /** Everything the schema holds. The walk happens at the first call. */
  get index(): Index {
    this.#index ??= index(this.documents);
    return this.#index;
  }

  get sources(): readonly Source[] {
    return this.documents.map(({ source }) => source);
  }

  suppressions(): readonly Suppression[] {
    return this.documents.flatMap(suppressionsIn);
  }
}

/** GraphQL schemas, as SDL and as introspection results. The files that need each other are one API. */
export const graphql: Language<'graphql'> = {
  name: 'graphql',
  read(entries, _, settings) {
    const documents = entries.map(read);
    return (settings?.areOne ? [documents] : schemas(documents)).map((own) => new GraphQl(own));
  },
};
