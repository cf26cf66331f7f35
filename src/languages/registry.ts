import type { Detection, Language, LanguageName } from './language.ts';

/** What is known of a language before it is loaded, so that a run loads only the languages that it meets. */
export interface LanguageEntry<L extends LanguageName = LanguageName> {
  /** The language's name as people write it. */
  readonly title: string;
  /** What files of the language end in, with the dot. */
  readonly extensions: readonly string[];
  /** What tells its documents from other files; completes "apiarch looked for …". */
  readonly mark: string;
  detection(): Promise<Detection>;
  load(): Promise<Language<L>>;
}

/** The languages that apiarch reads. */
export const languages: { readonly [L in LanguageName]: LanguageEntry<L> } = {
  openapi: {
    title: 'OpenAPI',
    extensions: ['.yaml', '.yml', '.json'],
    mark: 'OpenAPI (an `openapi` or `swagger` key)',
    detection: () => import('./openapi/detect.ts'),
    load: async () => (await import('./openapi/openapi.ts')).openapi,
  },
  graphql: {
    title: 'GraphQL',
    extensions: ['.graphql', '.graphqls', '.gql', '.json'],
    mark: 'GraphQL types (SDL or introspection)',
    detection: () => import('./graphql/detect.ts'),
    load: async () => (await import('./graphql/graphql.ts')).graphql,
  },
  protobuf: {
    title: 'Protocol Buffers',
    extensions: ['.proto'],
    mark: 'Protocol Buffers',
    detection: () => import('./protobuf/detect.ts'),
    load: async () => (await import('./protobuf/protobuf.ts')).protobuf,
  },
};

export const languageNames = Object.keys(languages) as LanguageName[];
