// Mocks at work, for tests: real servers on free ports of the loopback.
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { Api, Files } from '../../src/languages/language.ts';
import { languages } from '../../src/languages/registry.ts';
import { type Mock, startMock } from '../../src/mock/mock.ts';
import { defaultSettings, type MockSettings } from '../../src/mock/settings.ts';
import { Source } from '../../src/text/source.ts';

/** Starts a mock that ends with the test. @param documents texts by path */
export async function mockOf(
  documents: Readonly<Record<string, string>>,
  settings: Partial<MockSettings> = {},
): Promise<Mock & { readonly logged: string[] }> {
  const logged: string[] = [];
  const apis = await apisOf(documents);
  const all = { ...defaultSettings, port: 0, grpcPort: 0, ...settings };
  const mock = await startMock(apis, all, (line) => logged.push(line));
  onTestFinished(() => mock.close());
  return Object.defineProperties({ logged } as never, Object.getOwnPropertyDescriptors(mock)) as never;
}

/** Reads documents of any language. */
export async function apisOf(documents: Readonly<Record<string, string>>): Promise<Api[]> {
  const files: Files = {
    read: (path) =>
      Object.hasOwn(documents, path)
        ? { source: new Source(path, documents[path]!) }
        : { refused: `\`${path}\` is not there.` },
  };
  const apis: Api[] = [];
  for (const entry of Object.values(languages)) {
    const detection = await entry.detection();
    const sources = Object.entries(documents)
      .filter(([path]) => entry.extensions.some((extension) => path.endsWith(extension)))
      .map(([path, text]) => new Source(path, text))
      .filter((source) => detection.detect(source));
    if (sources.length > 0) apis.push(...(await entry.load()).read(sources, files));
  }
  return apis;
}

/** The project's own examples of one API in three languages. */
export function orders(): Record<string, string> {
  const paths = ['orders.yaml', 'orders.graphql', 'proto/shop/orders/v1/orders.proto'];
  const folder = new URL('../../examples/', import.meta.url);
  return Object.fromEntries(paths.map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]));
}
