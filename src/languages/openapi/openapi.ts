import { parseIgnore } from '../../text/ignore.ts';
import type { Source } from '../../text/source.ts';
import type { Api, Files, Language, Suppression } from '../language.ts';
import type { Document } from './document.ts';
import { type Grammar, grammars, type Version } from './grammar.ts';
import { asString, entriesOf, get, isObject, type JsonObject } from './json.ts';
import { Pointer } from './pointer.ts';
import { read } from './read/read.ts';
import { type At, References } from './references.ts';
import { type Index, walk } from './walk.ts';

/** One API: an OpenAPI document with the files that its references lead to. */
export class OpenApi implements Api {
  readonly language = 'openapi';
  readonly version: Version;
  readonly grammar: Grammar;
  /** The document that was named or discovered. */
  readonly root: At<JsonObject>;
  readonly references: References;
  /** What selectors have worked out for this API, by selector. */
  readonly memo = new Map<unknown, unknown>();
  #index: Index | undefined;

  constructor(document: Document, files: Files) {
    this.root = { value: isObject(document.value) ? document.value : {}, at: Pointer.root(document) };
    this.version = versionOf(document.value);
    this.grammar = grammars[this.version];
    this.references = new References(document, files);
  }

  /** Everything the API holds. The walk happens at the first call. */
  get index(): Index {
    this.#index ??= walk(this.root, this.version, this.grammar, this.references);
    return this.#index;
  }

  /** The files read so far, the entry first. */
  get documents(): readonly Document[] {
    void this.index;
    return this.references.documents;
  }

  get sources(): readonly Source[] {
    return this.documents.map(({ source }) => source);
  }

  /**
   * What stands at `here` after following `$ref`s, however many; undefined when they lead nowhere or in a circle.
   * The place of the result is where the value is defined.
   */
  resolve(here: At): At | undefined {
    let current = here;
    for (let steps = 0; steps < longestRefChain; steps++) {
      const ref = asString(get(current.value, '$ref'));
      if (ref === undefined) return current;
      const resolution = this.references.resolve(ref, current.at);
      if (!('target' in resolution)) return undefined;
      current = resolution.target;
    }
    return undefined;
  }

  suppressions(): readonly Suppression[] {
    return this.documents.flatMap((document) => [...commentSuppressions(document), ...extensionSuppressions(document)]);
  }
}

/** References to references are followed this far: longer chains are circles. */
const longestRefChain = 100;

/** The version that a document claims; 3.1 for claims that nobody knows, so that the rest is still checked. */
function versionOf(value: unknown): Version {
  const claim = get(value, 'openapi') ?? get(value, 'swagger');
  const claimed = typeof claim === 'string' || typeof claim === 'number' ? String(claim) : '';
  if (get(value, 'openapi') === undefined && get(value, 'swagger') !== undefined) return '2.0';
  if (/^3\.0(?:\.|$)/.test(claimed) || claimed === '3') return '3.0';
  return /^3\.2(?:\.|$)/.test(claimed) ? '3.2' : '3.1';
}

function commentSuppressions(document: Document): Suppression[] {
  if (!document.source.text.includes('apiarch-ignore')) return [];
  return document.comments().flatMap((comment) => {
    const ignore = parseIgnore(comment.text);
    if (!ignore) return [];
    const covers = ignore.file ? { start: 0, end: document.source.text.length } : comment.covers;
    return [{ rules: ignore.rules, reason: ignore.reason, at: { element: '#', range: () => comment.range }, covers }];
  });
}

/** `x-apiarch-ignore: { RULE: why }`, for JSON and wherever one prefers data to comments. It covers the object it stands in. */
function extensionSuppressions(document: Document): Suppression[] {
  if (!document.source.text.includes(ignoreKey)) return [];
  return objectsWith(document, ignoreKey).flatMap(({ value, at }) =>
    entriesOf(value[ignoreKey]).map(([rule, reason]) => ({
      rules: [rule],
      reason: asString(reason) ?? '',
      at: at.child(ignoreKey).child(rule).onKey,
      covers: spanOf(document, at),
    })),
  );
}

const ignoreKey = 'x-apiarch-ignore';

/** The offsets of an element, from its key to the end of its value. */
function spanOf(document: Document, at: Pointer): { start: number; end: number } {
  if (at.parent === null) return { start: 0, end: document.source.text.length };
  const { key, value } = document.locate(at.path);
  return { start: (key ?? value).start, end: value.end };
}

function objectsWith(document: Document, key: string): At<JsonObject>[] {
  const found: At<JsonObject>[] = [];
  const seen = new Set<unknown>();
  const pending: At[] = [{ value: document.value, at: Pointer.root(document) }];
  for (let here = pending.pop(); here; here = pending.pop()) {
    if (here.value === null || typeof here.value !== 'object' || seen.has(here.value)) continue;
    seen.add(here.value);
    if (get(here.value, key) !== undefined) found.push(here as At<JsonObject>);
    for (const [name, value] of Object.entries(here.value)) {
      pending.push({ value, at: here.at.child(Array.isArray(here.value) ? Number(name) : name) });
    }
  }
  return found;
}

/** OpenAPI 3.0, 3.1, 3.2 and Swagger 2.0, in YAML and JSON. Every document is an API of its own. */
export const openapi: Language<'openapi'> = {
  name: 'openapi',
  read: (entries, files) => entries.map((source) => new OpenApi(read(source), files)),
};
