/** Entity tags (RFC 9110, section 8.8.3): what tells one state of a record or list from another. */
import type { Resource } from '../../resources/resource.ts';
import type { Item, Store } from '../../store/store.ts';
import type { Exchange, Headers } from '../exchange.ts';

/** The strong entity tag of a record: another one after every change. */
export function itemTag({ sequence, version, modified }: Item): string {
  return `"${sequence.toString(36)}-${version.toString(36)}-${modified.toString(36)}"`;
}

/** The headers that tell the state of a record, for answers that show it. */
export function stateHeaders(item: Item): Headers {
  return { etag: itemTag(item), 'last-modified': httpDate(item.modified) };
}

/** A time as HTTP writes it: in whole seconds. */
export function httpDate(milliseconds: number): string {
  const second = Math.floor(milliseconds / 1000);
  if (second !== lastSecond) {
    lastDate = new Date(second * 1000).toUTCString();
    lastSecond = second;
  }
  return lastDate;
}

/** Most records were made or changed in the same few moments, and the calendar takes its time. */
let lastSecond = Number.NaN;
let lastDate = '';

/** The strong entity tag of what a request lists: another one after every change of the resource, and for another query. */
export function listTag(store: Store, resource: Resource, { base, path, query }: Exchange): string {
  return `"${store.revision(resource).toString(36)}-${hash(`${base} ${path}?${query}`).toString(36)}"`;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
