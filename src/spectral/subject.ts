import { join } from 'node:path';
import type { Api } from '../languages/language.ts';
import type { Document } from '../languages/openapi/document.ts';
import type { OpenApi } from '../languages/openapi/openapi.ts';
import { Pointer } from '../languages/openapi/pointer.ts';
import type { Place } from '../text/place.ts';
import { type Resolved, resolved } from './resolved.ts';
import type { View } from './view.ts';

/** Where a way through a subject's values comes out: a file, what it holds, and how far one gets in it. */
export interface Landing {
  /** Absolute. */
  readonly file: string;
  readonly data: unknown;
  readonly path: readonly string[];
  readonly missing: readonly string[];
}

/** One document as Spectral rules see it, whatever its language. */
export interface Subject {
  readonly language: Api['language'];
  /** The absolute path that overrides go by. */
  readonly file: string;
  /** The values as they are written. */
  readonly written: unknown;
  /** The values with references followed. */
  readonly resolved: unknown;
  /** What references lead to, as `/absolute/file#/a/b`. */
  readonly targets: readonly string[];
  /** How many references in a row are followed. */
  readonly levels: number;
  /** Where a way through `resolved`, else through `written`, comes out. */
  land(way: readonly string[], isResolved: boolean): Landing;
  /** The place of what `path` leads to in a file that a way has come out in. */
  place(file: string, path: readonly string[]): Place;
  /** The keys of the object that `path` leads to, as they are written: JavaScript puts numbers first. */
  keys(file: string, path: readonly string[], object: object): readonly string[];
}

/** The subjects that an API consists of. Views are built by modules that are loaded only where they are needed. */
export async function subjectsOf(api: Api, cwd: string): Promise<Subject[]> {
  if (api.language === 'openapi') return [openApiSubject(api as OpenApi, cwd)];
  if (api.language === 'graphql') {
    const { graphqlView } = await import('./graphql-view.ts');
    return [viewSubject(graphqlView(api as Parameters<typeof graphqlView>[0]), cwd)];
  }
  const { protobufViews } = await import('./protobuf-view.ts');
  return protobufViews(api as Parameters<typeof protobufViews>[0]).map((view) => viewSubject(view, cwd));
}

function openApiSubject(api: OpenApi, cwd: string): Subject {
  const root = api.root.at.document;
  freeze(root.value);
  // The references are followed only for rules that ask for it, and only once.
  let known: Resolved | undefined;
  const followed = (): Resolved => {
    if (!known) {
      known = resolved(api);
      freeze(known.value);
    }
    return known;
  };
  const documents = new Map<string, Document>();
  const landing = (document: Document, path: readonly string[], missing: readonly string[]): Landing => {
    const file = join(cwd, document.source.path);
    documents.set(file, document);
    return { file, data: document.value, path, missing };
  };
  return {
    language: 'openapi',
    file: join(cwd, root.source.path),
    written: root.value,
    get resolved() {
      return followed().value;
    },
    get targets() {
      return followed().targets.map((target) => join(cwd, target));
    },
    get levels() {
      return followed().levels;
    },
    land(way, isResolved) {
      if (isResolved) {
        const { document, path, missing } = followed().trace(way);
        return landing(document, path, missing);
      }
      const length = lengthIn(root.value, way);
      return landing(root, way.slice(0, length), way.slice(length));
    },
    place: (file, path) => placeIn(documents.get(file) ?? root, path),
    keys(file, path, object) {
      const keys = Object.keys(object);
      if (Array.isArray(object) || !keys.some((key) => /^\d+$/.test(key))) return keys;
      const at = placeIn(documents.get(file) ?? root, path);
      const starts = new Map(keys.map((key) => [key, at.child(key).onKey.range().start]));
      return keys.sort((a, b) => starts.get(a)! - starts.get(b)!);
    },
  };
}

function placeIn(document: Document, path: readonly string[]): Pointer {
  let at = Pointer.root(document);
  let value = document.value;
  for (const key of path) {
    at = at.child(Array.isArray(value) ? Number(key) : key);
    value = (value as Readonly<Record<string, unknown>> | null)?.[key];
  }
  return at;
}

function viewSubject(view: View, cwd: string): Subject {
  freeze(view.value);
  const file = join(cwd, view.path);
  return {
    language: view.language,
    file,
    written: view.value,
    resolved: view.value,
    targets: [],
    levels: Number.POSITIVE_INFINITY,
    land(way) {
      const length = lengthIn(view.value, way);
      const path = way.slice(0, length);
      // A schema may consist of several files; overrides mean the one in which the thing stands.
      return {
        file: join(cwd, view.place(path).range().source.path),
        data: view.value,
        path,
        missing: way.slice(length),
      };
    },
    place: (_, path) => view.place(path),
    keys: (_, __, object) => Object.keys(object),
  };
}

/** How many steps of a way lead to something. */
function lengthIn(root: unknown, way: readonly string[]): number {
  let value = root;
  for (const [index, key] of way.entries()) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return index;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return way.length;
}

/** Functions of others must not change what all rules see. In Spectral they cannot either. */
function freeze(root: unknown): void {
  const pending = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) continue;
    Object.freeze(value);
    for (const child of Object.values(value)) if (typeof child === 'object' && child !== null) pending.push(child);
  }
}
