import { discover, targetsOf } from '../config/discover.ts';
import { Project } from '../config/project.ts';
import { NothingFound } from '../failure.ts';
import type { Io } from '../io.ts';
import type { LanguageName } from '../languages/language.ts';
import { languages } from '../languages/registry.ts';
import type { Source } from '../text/source.ts';

/** The API documents of one language below the working directory. */
export interface Found {
  readonly language: LanguageName;
  /** In the order of their paths. */
  readonly sources: readonly Source[];
}

/** What `apiarch lint` would find below the working directory, by language; nothing at all is no failure here. */
export async function detectApis(io: Io): Promise<Found[]> {
  try {
    const targets = await targetsOf([], 'stdin', io);
    const found = await discover(targets, new Project(io, []), Object.values(languages), io);
    const order = Object.keys(languages);
    return found
      .map(({ language, entries }) => ({ language: language.name, sources: entries }))
      .sort((a, b) => order.indexOf(a.language) - order.indexOf(b.language));
  } catch (error) {
    if (error instanceof NothingFound) return [];
    throw error;
  }
}

/** `3 OpenAPI documents, 12 GraphQL files`; what the files of a language are called. */
export function countsOf(found: readonly Found[]): string {
  const counts = found.map(({ language, sources: { length } }) => {
    const noun = language === 'openapi' ? 'document' : 'file';
    return `${length} ${languages[language].title} ${noun}${length === 1 ? '' : 's'}`;
  });
  return counts.join(', ');
}
