import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Path, Spot } from '../../../src/languages/openapi/document.ts';
import { readBrokenYaml } from '../../../src/languages/openapi/read/broken-yaml.ts';
import type { Content } from '../../../src/languages/openapi/read/construction.ts';
import { readJson } from '../../../src/languages/openapi/read/json-text.ts';
import { readYaml } from '../../../src/languages/openapi/read/yaml.ts';
import { Source } from '../../../src/text/source.ts';

const corpus = new URL('../../../../shared/corpus/openapi/', import.meta.url);
const MAX_PLACES = 2_000;
/** Of the folder with thousands of small files, one in so many. */
const SAMPLED = { folder: 'digitalocean/', oneIn: 40 };

describe.skipIf(!existsSync(corpus))('all readers agree on the corpus', () => {
  test.each(corpusFiles())('%s', (file) => {
    const source = new Source(file, readFileSync(new URL(file, corpus), 'utf8'));
    const fast = fastContent(source);
    const tolerant = readBrokenYaml(source);
    expect(isDeepStrictEqual(fast.value, tolerant.value)).toBe(true);
    expect([fast.syntax, fast.duplicates]).toEqual([tolerant.syntax, tolerant.duplicates]);
    expect(isDeepStrictEqual(fast.value, oracle(source))).toBe(true);
    const paths = sample(pathsOf(fast.value));
    expect(spots(fast, paths)).toEqual(spots(tolerant, paths));
    for (const spot of spots(fast, paths)) expectWithin(source, spot);
  });
});

function corpusFiles(): string[] {
  if (!existsSync(corpus)) return [];
  const all = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(?:ya?ml|json)$/.test(file),
  );
  let inFolder = 0;
  return all.sort().filter((file) => !file.startsWith(SAMPLED.folder) || inFolder++ % SAMPLED.oneIn === 0);
}

function fastContent(source: Source): Content {
  const result = source.path.endsWith('.json') ? readJson(source) : readYaml(source);
  if ('refused' in result) throw new Error(`${source.path}: ${result.refused.message}`);
  return result.content;
}

/** The values as somebody else makes them. */
function oracle(source: Source): unknown {
  if (source.path.endsWith('.json')) return JSON.parse(source.text);
  return parse(source.text, { merge: true, uniqueKeys: false, maxAliasCount: -1, logLevel: 'silent' });
}

function pathsOf(root: unknown): Path[] {
  const paths: Path[] = [];
  const pending: { value: unknown; path: Path }[] = [{ value: root, path: [] }];
  for (let here = pending.pop(); here; here = pending.pop()) {
    const { value, path } = here;
    paths.push(path);
    if (value === null || typeof value !== 'object') continue;
    for (const [key, child] of Object.entries(value)) {
      pending.push({ value: child, path: [...path, Array.isArray(value) ? Number(key) : key] });
    }
  }
  return paths;
}

/** All paths or, where there are many, some from all over the document; the same in each run. */
function sample(paths: Path[]): Path[] {
  const step = Math.max(1, paths.length / MAX_PLACES);
  return Array.from({ length: Math.min(paths.length, MAX_PLACES) }, (_, i) => paths[Math.floor(i * step)]!);
}

function spots(content: Content, paths: readonly Path[]): Spot[] {
  return paths.map((path) => content.tree.locate(path));
}

function expectWithin(source: Source, { key, value }: Spot): void {
  for (const span of key ? [key, value] : [value]) {
    expect(span.start).toBeGreaterThanOrEqual(0);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(source.text.length);
  }
}
