import type { Language, LanguageName } from './language.ts';

/** What is known of a language before it is loaded, so that a run loads only the languages that it meets. */
export interface LanguageEntry<L extends LanguageName = LanguageName> {
  /** What files of the language end in, with the dot. */
  readonly extensions: readonly string[];
  /** What tells its documents from other files; completes "apiarch looked for …". */
  readonly mark: string;
  load(): Promise<Language<L>>;
}

/** The languages that apiarch reads. */
export const languages: { readonly [L in LanguageName]: LanguageEntry<L> } = {
  openapi: {
    extensions: ['.yaml', '.yml', '.json'],
    mark: 'an `openapi` or `swagger` key',
    load: async () => (await import('./openapi/openapi.ts')).openapi,
  },
};

export const languageNames = Object.keys(languages) as LanguageName[];
