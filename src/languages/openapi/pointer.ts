import type { Place, Range } from '../../text/place.ts';
import type { Document, Path, Span } from './document.ts';

/** Which token of an element to underline: its key for objects and arrays and its value for scalars, or one of them by name. */
type Token = 'token' | 'key' | 'value';

/** In UTF-16 code units: an item of a list may be a text of any length. */
const longestName = 100;

/** A place in a YAML or JSON document: a way down from the root, linked to its parent, without offsets. */
export class Pointer implements Place {
  readonly document: Document;
  readonly parent: Pointer | null;
  readonly key: string | number;
  readonly #token: Token;

  private constructor(document: Document, parent: Pointer | null, key: string | number, token: Token) {
    this.document = document;
    this.parent = parent;
    this.key = key;
    this.#token = token;
  }

  /** The place of a document's root. */
  static root(document: Document): Pointer {
    return new Pointer(document, null, '', 'token');
  }

  /** The place of a property or item of what stands here. */
  child(key: string | number): Pointer {
    return new Pointer(this.document, this, key, 'token');
  }

  /** The same element, its key underlined. */
  get onKey(): Pointer {
    return new Pointer(this.document, this.parent, this.key, 'key');
  }

  /** The same element, its value underlined. */
  get onValue(): Pointer {
    return new Pointer(this.document, this.parent, this.key, 'value');
  }

  /** The keys from the root to here. */
  get path(): Path {
    const path: (string | number)[] = [];
    for (let place: Pointer = this; place.parent; place = place.parent) path.push(place.key);
    return path.reverse();
  }

  /**
   * The JSON pointer as a URI fragment without percent-encoding: `#/paths/~1users/get` (RFC 6901). For something that is
   * missing: that of the deepest element that is there, to which the range belongs as well.
   */
  get element(): string {
    let element = '#';
    for (const key of this.#existing()) element += `/${escaped(String(key))}`;
    return element;
  }

  /** The pointer with items of lists by what names them, since their numbers change when others come and go. */
  get identity(): string | undefined {
    let identity = '#';
    let value = this.document.value;
    let isNumbered = false;
    let list: string | number = '';
    for (const key of this.#existing()) {
      const isItem = Array.isArray(value);
      value = (value as Record<string | number, unknown>)[key];
      identity += `/${escaped(isItem ? `[${itemName(value, list)}]` : String(key))}`;
      isNumbered ||= isItem;
      list = key;
    }
    return isNumbered ? identity : undefined;
  }

  range(): Range {
    const { start, end } = this.#span();
    return { source: this.document.source, start, end };
  }

  #span(): Span {
    const path = this.#existing();
    const { key, value } = this.document.locate(path);
    // A value of nothing (`key:` in YAML) has no token of its own.
    if (key && value.start === value.end) return key;
    if (!key || this.#token === 'value') return value;
    if (this.#token === 'key') return key;
    return isScalar(valueAt(this.document.value, path)) ? value : key;
  }

  #existing(): Path {
    const path = this.path;
    let value = this.document.value;
    for (let depth = 0; depth < path.length; depth++) {
      const key = path[depth]!;
      if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return path.slice(0, depth);
      value = (value as Record<string | number, unknown>)[key];
    }
    return path;
  }
}

function escaped(key: string): string {
  return key.includes('/') || key.includes('~') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;
}

/** What tells an item of a list from its neighbours: what people seldom change; empty where nothing does. */
function itemName(item: unknown, list: string | number): string {
  if (item === null || typeof item !== 'object') return String(item).slice(0, longestName);
  if (list === 'security') return Object.keys(item).join(' ').slice(0, longestName);
  const { $ref, in: location, name, url } = item as Record<string, unknown>;
  const names = [$ref, typeof name === 'string' ? location : null, name, url];
  const known = names.filter((one) => typeof one === 'string');
  return known.join(' ').slice(0, longestName);
}

function isScalar(value: unknown): boolean {
  return value !== undefined && (value === null || typeof value !== 'object');
}

/** The value that `path` leads to, or undefined. Only own properties count. */
export function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string | number, unknown>)[key];
  }
  return value;
}
