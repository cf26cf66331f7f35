// APIs for tests, read from texts.

import type { OpenApi } from '../../../src/languages/openapi/openapi.ts';
import { openapi } from '../../../src/languages/openapi/openapi.ts';
import { Source } from '../../../src/text/source.ts';

/** The API of a text, or of several files of which the first is the entry. They see each other and nothing else. */
export function apiOf(files: string | Readonly<Record<string, string>>): OpenApi {
  const sources = new Map(
    Object.entries(typeof files === 'string' ? { 'openapi.yaml': files } : files).map(([path, text]) => [
      path,
      new Source(path, text),
    ]),
  );
  const read = (path: string) => {
    const source = sources.get(path);
    return source ? { source } : { refused: `there is no file \`${path}\`` };
  };
  return openapi.read([[...sources.values()][0]!], { read })[0]!;
}
