import { asString, get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import type { MediaType } from '../../languages/openapi/select.ts';
import { objectOf, readTree } from './body-form.ts';
import { readJson, Unreadable } from './body-text.ts';
import { textReader } from './coercion.ts';
import { isJsonName, isXmlName, type MediaTypeParts, mediaTypeOf } from './media-types.ts';
import { plant, type Tree } from './query.ts';
import { readXml } from './xml.ts';

/** One part of a multipart body (RFC 2046, section 5.1). */
export interface Part {
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  /** Of `Content-Disposition` (RFC 7578, section 4.2); null where it has none. */
  readonly name: string | null;
  readonly filename: string | null;
  readonly bytes: Buffer;
}

/**
 * A multipart body by its schema: forms as an object by the names of their parts, repeated ones as lists; other kinds as the list
 * of their parts. Parts are read by their own content type, else by the `encoding` that is declared, else as text; files stay what
 * they are, as text where they are UTF-8, else in base64.
 * @throws Unreadable
 */
export function readMultipart(
  bytes: Buffer,
  type: MediaTypeParts,
  media: MediaType | undefined,
  api: OpenApi,
): unknown {
  const boundary = type.parameters.get('boundary');
  if (!boundary) throw new Unreadable('The content type of a multipart body must name its boundary.');
  const parts = partsOfMultipart(bytes, boundary);
  if (type.name !== 'multipart/form-data') return parts.map((part) => readPlain(part));
  const reader = textReader(api, media?.schema);
  const encoding = get(media?.value, 'encoding');
  const values = new Map<string, unknown[]>();
  const tree: Tree = new Map();
  for (const part of parts) {
    if (part.name === null) throw new Unreadable('Each part of a form must have a name in its `Content-Disposition`.');
    const keys = reader.has(part.name) ? null : /^([^[\]]+)((?:\[[^[\]]*\])+)$/.exec(part.name);
    if (keys && part.filename === null) {
      const inner = keys[2]!.slice(1, -1).split('][');
      if (inner.at(-1) === '') inner.pop();
      plant(tree, [keys[1]!, ...inner], [encodeURIComponent(utf8(part.bytes) ?? '')]);
      continue;
    }
    const property = reader.property(part.name);
    const declared = asString(get(get(encoding, part.name), 'contentType'));
    const kind = mediaTypeOf(part.headers.get('content-type') ?? declared?.split(',')[0] ?? 'text/plain');
    const value = readPart(part, kind?.name ?? 'text/plain', property.isList ? property.items() : property, api);
    const known = values.get(part.name);
    if (known) known.push(value);
    else values.set(part.name, [value]);
  }
  const plain = [...values].map(([name, list]) => {
    const isList = reader.property(name).isList && !(list.length === 1 && Array.isArray(list[0]));
    return [name, isList || list.length > 1 ? list : list[0]] as const;
  });
  const grown = [...tree].map(([name, part]) => {
    const property = reader.property(name);
    if (part instanceof Map) return [name, readTree(part, property)] as const;
    return [
      name,
      part.map((text) => (property.isList ? property.items() : property).read(decodeURIComponent(text))),
    ] as const;
  });
  return objectOf([...plain, ...grown]);
}

function readPart(
  { bytes, filename }: Part,
  type: string,
  reader: ReturnType<typeof textReader>,
  api: OpenApi,
): unknown {
  const text = utf8(bytes);
  if (text === null) return bytes.toString('base64');
  if (isJsonName(type)) return readJson(text);
  if (isXmlName(type) && filename === null) return readXml(text, undefined, api);
  if (filename === null && reader.isObject && /^\s*\{/.test(text)) return readJson(text);
  return filename === null ? reader.read(text) : text;
}

function readPlain(part: Part): unknown {
  const type = mediaTypeOf(part.headers.get('content-type') ?? 'text/plain')?.name ?? 'text/plain';
  const text = utf8(part.bytes);
  if (text === null) return part.bytes.toString('base64');
  return isJsonName(type) ? readJson(text) : text;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

function utf8(bytes: Buffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

const mostParts = 1000;
const mostHeaderBytes = 16_384;

/** Takes a multipart body apart. What stands before the first boundary and behind the last is not part of it. @throws Unreadable */
export function partsOfMultipart(bytes: Buffer, boundary: string): Part[] {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Part[] = [];
  let at = nextDelimiter(bytes, delimiter, 0);
  if (at < 0) throw new Unreadable('The boundary that the content type names does not stand in the body.');
  for (;;) {
    at += delimiter.length;
    if (bytes[at] === dash && bytes[at + 1] === dash) return parts;
    const line = bytes.indexOf(10, at);
    if (line < 0) throw new Unreadable('The body ends before its last boundary.');
    const end = nextDelimiter(bytes, delimiter, line);
    if (end < 0) throw new Unreadable('The body ends before its last boundary.');
    if (parts.length === mostParts) throw new Unreadable(`The body has more than ${mostParts} parts.`);
    // The line break before a boundary belongs to the boundary.
    const last = bytes[end - 2] === 13 ? end - 2 : end - 1;
    parts.push(readOne(bytes.subarray(line + 1, Math.max(line + 1, last))));
    at = end;
  }
}

const dash = 45;

/** Where a boundary stands at the beginning of a line. */
function nextDelimiter(bytes: Buffer, delimiter: Buffer, from: number): number {
  for (let at = bytes.indexOf(delimiter, from); at >= 0; at = bytes.indexOf(delimiter, at + 1)) {
    const after = bytes[at + delimiter.length];
    const isWhole =
      after === undefined || after === 13 || after === 10 || after === dash || after === 32 || after === 9;
    if (isWhole && (at === 0 || bytes[at - 1] === 10)) return at;
  }
  return -1;
}

function readOne(bytes: Buffer): Part {
  const headers = new Map<string, string>();
  let at = 0;
  for (;;) {
    const end = bytes.indexOf(10, at);
    if (end < 0 || end > mostHeaderBytes) throw new Unreadable('The headers of a part have no end.');
    const line = bytes.toString('utf8', at, end).replace(/\r$/, '');
    at = end + 1;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  const disposition = headers.get('content-disposition') ?? '';
  const content = bytes.subarray(at);
  return {
    headers,
    name: parameterOf(disposition, 'name'),
    filename: parameterOf(disposition, 'filename') ?? parameterOf(disposition, 'filename*'),
    bytes: decodeTransfer(content, headers.get('content-transfer-encoding')),
  };
}

function decodeTransfer(content: Buffer, encoding = ''): Buffer {
  return encoding.toLowerCase() === 'base64' ? Buffer.from(content.toString('latin1'), 'base64') : content;
}

function parameterOf(header: string, name: string): string | null {
  for (const [, key, quoted, plain] of header.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/g)) {
    if (key!.toLowerCase() === name)
      return quoted === undefined ? plain! : quoted.replace(/\\(["\\])/g, '$1').replaceAll('%22', '"');
  }
  return null;
}
