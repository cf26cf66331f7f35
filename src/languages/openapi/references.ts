import type { Files } from '../language.ts';
import type { Document, Path } from './document.ts';
import { get, isObject } from './json.ts';
import { Pointer } from './pointer.ts';
import { read } from './read/read.ts';

/** A value and where it stands. */
export interface At<T = unknown> {
  readonly value: T;
  readonly at: Pointer;
}

/** What a reference leads to, or a sentence that says why it leads nowhere. */
export type Resolution = { readonly target: At } | { readonly broken: string; readonly remote?: true };

/**
 * Follows references between documents (RFC 3986, RFC 6901, JSON Schema 2020-12 `$id` and `$anchor`, OpenAPI 3.2 `$self`).
 * Files are read when a reference first leads to them; nothing is ever copied into the place of a reference.
 */
export class References {
  readonly #files: Files;
  readonly #documents = new Map<string, Document | string>();
  /** Those documents that identify anything: among thousands of files, few or none. */
  readonly #identifying: Document[] = [];
  readonly #identified = new Map<Document, Map<string, At>>();
  readonly #resolved = new Map<Document, Map<string, Resolution>>();

  constructor(root: Document, files: Files) {
    this.#files = files;
    this.#add(root.source.path, root);
  }

  /** Every document reached so far, the root first. */
  get documents(): readonly Document[] {
    return [...this.#documents.values()].filter((document) => typeof document !== 'string');
  }

  /**
   * What `ref`, written at `from`, leads to. A target that is itself a reference is not followed further.
   * @param ref the text of a `$ref`
   */
  resolve(ref: string, from: Pointer): Resolution {
    const { document } = from;
    if (usesIdentifiers(document)) return this.#resolveIdentified(ref, from);
    let known = this.#resolved.get(document);
    if (!known) {
      known = new Map();
      this.#resolved.set(document, known);
    }
    let resolution = known.get(ref);
    if (!resolution) {
      resolution = this.#resolvePlain(ref, document);
      known.set(ref, resolution);
    }
    return resolution;
  }

  #resolvePlain(ref: string, document: Document): Resolution {
    const [location, fragment] = splitFragment(ref);
    if (location === '') return inDocument(document, fragment, this.#identifiersOf(document));
    const other = this.#documentAt(location, document.source.path);
    return 'broken' in other ? other : inDocument(other.document, fragment, this.#identifiersOf(other.document));
  }

  /** Resolves against the nearest `$id`; what no identifier answers is looked for among the files. */
  #resolveIdentified(ref: string, from: Pointer): Resolution {
    const [location, fragment] = splitFragment(ref);
    const base = baseOf(from);
    const uri = resolveUri(location, base);
    if (location === '' && !hasIdentifierAbove(from)) return this.#resolvePlain(ref, from.document);
    for (const document of this.#identifying) {
      const resource = this.#identifiersOf(document).get(uri);
      if (resource) return inResource(resource, fragment, this.#identifiersOf(document), uri);
    }
    return this.#resolvePlain(ref, from.document);
  }

  #documentAt(location: string, from: string): { document: Document } | { broken: string; remote?: true } {
    for (const document of this.#identifying) {
      if (this.#identifiersOf(document).has(location)) return { document };
    }
    if (/^[a-z][a-z0-9+.-]*:/i.test(location) || location.startsWith('//')) {
      return { broken: `\`${location}\` is on the network, which is not read`, remote: true };
    }
    const path = joinPaths(from, decode(location) ?? location);
    const found = this.#documents.get(path) ?? this.#load(path);
    return typeof found === 'string' ? { broken: found } : { document: found };
  }

  #load(path: string): Document | string {
    const file = this.#files.read(path);
    const loaded = 'source' in file ? read(file.source) : file.refused;
    this.#add(path, loaded);
    return loaded;
  }

  #add(path: string, document: Document | string): void {
    this.#documents.set(path, document);
    if (typeof document !== 'string' && usesIdentifiers(document)) this.#identifying.push(document);
  }

  /** The values of a document that carry an `$id`, `$self`, `$anchor` or `$dynamicAnchor`, by URI. */
  #identifiersOf(document: Document): ReadonlyMap<string, At> {
    let found = this.#identified.get(document);
    if (!found) {
      found = new Map();
      if (usesIdentifiers(document)) collectIdentifiers(document.value, Pointer.root(document), '', found);
      this.#identified.set(document, found);
    }
    return found;
  }
}

function usesIdentifiers(document: Document): boolean {
  let known = identifierUse.get(document);
  if (known === undefined) {
    known = /\$(?:id|self|anchor|dynamicAnchor)\b/.test(document.source.text);
    identifierUse.set(document, known);
  }
  return known;
}
const identifierUse = new WeakMap<Document, boolean>();

function splitFragment(ref: string): [string, string] {
  const hash = ref.indexOf('#');
  return hash < 0 ? [ref, ''] : [ref.slice(0, hash), ref.slice(hash + 1)];
}

function inDocument(document: Document, fragment: string, identifiers: ReadonlyMap<string, At>): Resolution {
  return inResource({ value: document.value, at: Pointer.root(document) }, fragment, identifiers, '');
}

/** Follows a fragment, a JSON pointer or an anchor, below the root of a document or of a schema with an `$id`. */
function inResource(root: At, fragment: string, identifiers: ReadonlyMap<string, At>, uri: string): Resolution {
  const text = decode(fragment);
  if (text === null) return { broken: `\`#${fragment}\` is no valid percent-encoding` };
  if (text === '') return root.value === undefined ? { broken: 'the file is empty' } : { target: root };
  if (!text.startsWith('/')) {
    const target = identifiers.get(`${uri}#${text}`);
    return target ? { target } : { broken: `there is no anchor \`${text}\`` };
  }
  return followPointer(root, text);
}

function followPointer(root: At, pointer: string): Resolution {
  let { value, at } = root;
  for (const part of pointer.slice(1).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    const next = Array.isArray(value) ? value[arrayIndex(key)] : get(value, key);
    if (next === undefined) return { broken: `there is no \`${key}\` in \`${at.element}\`` };
    at = at.child(Array.isArray(value) ? Number(key) : key);
    value = next;
  }
  return { target: { value, at } };
}

const arrayIndex = (key: string): number => (/^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : -1);

function decode(text: string): string | null {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Joins a relative location to the path of the file that names it; both with `/`. */
export function joinPaths(from: string, location: string): string {
  const absolute = location.startsWith('/');
  const parts = absolute ? [] : from.split('/').slice(0, -1);
  const root = absolute || from.startsWith('/') ? '/' : '';
  const out: string[] = [];
  for (const part of [...parts, ...location.split('/')]) {
    if (part === '' || part === '.') continue;
    if (part === '..' && out.length > 0 && out.at(-1) !== '..') out.pop();
    else if (part !== '..' || !root) out.push(part);
  }
  return root + out.join('/');
}

function collectIdentifiers(value: unknown, at: Pointer, base: string, found: Map<string, At>): void {
  const pending: { value: unknown; at: Pointer; base: string }[] = [{ value, at, base }];
  const seen = new Set<unknown>();
  for (let item = pending.pop(); item; item = pending.pop()) {
    if (item.value === null || typeof item.value !== 'object' || seen.has(item.value)) continue;
    seen.add(item.value);
    const here = isObject(item.value) ? identify(item.value, item.at, item.base, found) : item.base;
    for (const [key, child] of Object.entries(item.value)) {
      pending.push({ value: child, at: item.at.child(Array.isArray(item.value) ? Number(key) : key), base: here });
    }
  }
}

/** Notes the identifiers of one object and gives the base URI that holds below it. */
function identify(value: object, at: Pointer, base: string, found: Map<string, At>): string {
  const id = get(value, at.parent ? '$id' : '$self') ?? get(value, '$id');
  const here = typeof id === 'string' ? resolveUri(id.replace(/#$/, ''), base) : base;
  if (typeof id === 'string') found.set(here, { value, at });
  for (const key of ['$anchor', '$dynamicAnchor']) {
    const anchor = get(value, key);
    if (typeof anchor === 'string') found.set(`${here}#${anchor}`, { value, at });
  }
  return here;
}

/** The URI against which references at `from` are resolved: that of the nearest `$id` above, else of `$self`, else none. */
function baseOf(from: Pointer): string {
  let base = '';
  for (const id of identifiersAbove(from)) base = resolveUri(id.replace(/#$/, ''), base);
  return base;
}

const hasIdentifierAbove = (from: Pointer): boolean => identifiersAbove(from).length > 0;

/** The `$id`s on the way from the root to `from`, outermost first. */
function identifiersAbove(from: Pointer): string[] {
  const ids: string[] = [];
  let value: unknown = from.document.value;
  const visit = (key: string): void => {
    const id = get(value, key);
    if (typeof id === 'string') ids.push(id);
  };
  visit('$self');
  for (const key of from.path as Path) {
    value = Array.isArray(value) ? value[Number(key)] : get(value, String(key));
    visit('$id');
  }
  return ids;
}

function resolveUri(location: string, base: string): string {
  if (location === '') return base;
  if (/^[a-z][a-z0-9+.-]*:/i.test(location)) return location;
  try {
    return new URL(location, base).href;
  } catch {
    return location;
  }
}
