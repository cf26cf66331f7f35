import { asString, get } from '../../languages/openapi/json.ts';
import type { OpenApi } from '../../languages/openapi/openapi.ts';
import { keyword, propertiesOf } from '../../languages/openapi/select.ts';
import type { SchemaAt } from '../../languages/openapi/values.ts';
import { Unreadable } from './body-text.ts';
import { textReader } from './coercion.ts';

/** How a value looks as XML (OpenAPI, "XML Object"). */
interface Hints {
  readonly name: string | undefined;
  readonly attribute: boolean;
  readonly wrapped: boolean;
  readonly prefix: string | undefined;
  readonly namespace: string | undefined;
}

function hintsOf(api: OpenApi | null, schema: SchemaAt | undefined): Hints {
  const xml = api && schema ? keyword(api, schema, 'xml') : undefined;
  return {
    name: asString(get(xml, 'name')),
    attribute: get(xml, 'attribute') === true || get(xml, 'nodeType') === 'attribute',
    wrapped: get(xml, 'wrapped') === true,
    prefix: asString(get(xml, 'prefix')),
    namespace: asString(get(xml, 'namespace')),
  };
}

/** The name of a component that a schema refers to, which is what XML calls a root without a name of its own. */
function componentName(schema: SchemaAt | undefined): string | undefined {
  const ref = asString(get(schema?.value, '$ref'));
  return ref?.split('/').at(-1);
}

const deepest = 100;

/** Writes a value as an XML document by the hints of its schema. */
export function writeXml(value: unknown, schema: SchemaAt | undefined, api: OpenApi | null): string {
  const root = hintsOf(api, schema).name ?? componentName(schema) ?? 'root';
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, value, schema, api, 0, true)}`;
}

function element(
  name: string,
  value: unknown,
  schema: SchemaAt | undefined,
  api: OpenApi | null,
  depth: number,
  isRoot = false,
): string {
  const { prefix, namespace } = hintsOf(api, schema);
  const tag = tagName(prefix ? `${prefix}:${name}` : name);
  let attributes = namespace ? ` xmlns${prefix ? `:${tagName(prefix)}` : ''}="${escaped(namespace)}"` : '';
  if (value === null || value === undefined || depth > deepest) return `<${tag}${attributes}/>`;
  if (Array.isArray(value)) {
    const item = itemsOf(api, schema);
    const itemName = hintsOf(api, item).name ?? (isRoot ? (componentName(item) ?? 'item') : name);
    const inner = value.map((one) => element(itemName, one, item, api, depth + 1)).join('');
    return `<${tag}${attributes}>${inner}</${tag}>`;
  }
  if (typeof value !== 'object') return `<${tag}${attributes}>${escaped(String(value))}</${tag}>`;
  let content = '';
  for (const [key, part] of Object.entries(value)) {
    if (part === undefined) continue;
    const property = propertyOf(api, schema, key);
    const hints = hintsOf(api, property);
    const own = hints.name ?? key;
    if (hints.attribute && (part === null || typeof part !== 'object')) {
      if (part !== null)
        attributes += ` ${tagName(hints.prefix ? `${hints.prefix}:${own}` : own)}="${escaped(String(part))}"`;
    } else if (Array.isArray(part) && !hints.wrapped) {
      const item = itemsOf(api, property);
      const itemName = hintsOf(api, item).name ?? own;
      content += part.map((one) => element(itemName, one, item, api, depth + 1)).join('');
    } else {
      content += element(own, part, property, api, depth + 1);
    }
  }
  return content === '' ? `<${tag}${attributes}/>` : `<${tag}${attributes}>${content}</${tag}>`;
}

function itemsOf(api: OpenApi | null, schema: SchemaAt | undefined): SchemaAt | undefined {
  const resolved = api && schema ? api.resolve(schema) : undefined;
  const items = get(resolved?.value, 'items');
  return resolved && items !== undefined ? { value: items, at: resolved.at.child('items') } : undefined;
}

function propertyOf(api: OpenApi | null, schema: SchemaAt | undefined, name: string): SchemaAt | undefined {
  return api ? propertiesOf(api, schema).get(name) : undefined;
}

const tagName = (name: string): string => {
  const safe = name.replace(/[^\p{L}\p{N}_.:-]/gu, '_');
  return /^[\p{L}_]/u.test(safe) ? safe : `_${safe}`;
};

const marks: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  // XML 1.0 has no place for most control characters, not even escaped.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replace(/[&<>"]/g, (mark) => marks[mark]!);

/** An element as read. */
interface Element {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

/**
 * Reads an XML document by its schema: elements and attributes by their names, repeated or wrapped elements as lists, texts by
 * type. No entities but the five of XML, and no document types: nothing is expanded, nothing fetched.
 * @throws Unreadable
 */
export function readXml(text: string, schema: SchemaAt | undefined, api: OpenApi): unknown {
  return valueOfElement(parseXml(text), schema, api, 0);
}

function valueOfElement(here: Element, schema: SchemaAt | undefined, api: OpenApi, depth: number): unknown {
  const reader = textReader(api, schema);
  if (reader.isList) {
    const item = itemsOf(api, schema);
    return here.children.map((child) => valueOfElement(child, item, api, depth + 1));
  }
  const isLeaf = here.children.length === 0 && here.attributes.size === 0;
  if (isLeaf && !reader.isObject) return reader.read(here.text.trim() === '' ? here.text.trim() : here.text);
  return objectOfElement(here, schema, api, depth);
}

function objectOfElement(here: Element, schema: SchemaAt | undefined, api: OpenApi, depth: number): unknown {
  const found = new Map<string, unknown>();
  const names = namesOf(schema, api);
  for (const [name, value] of here.attributes) {
    const property = names.get(`@${name}`) ?? names.get(name);
    found.set(property?.key ?? name, textReader(api, property?.schema).read(value));
  }
  for (const child of here.children) {
    const property = names.get(child.name);
    const key = property?.key ?? child.name;
    const isList = textReader(api, property?.schema).isList;
    if (isList && !property?.isWrapped) {
      const items = found.get(key);
      const value = valueOfElement(child, itemsOf(api, property?.schema), api, depth + 1);
      if (Array.isArray(items)) items.push(value);
      else found.set(key, [value]);
      continue;
    }
    const value = valueOfElement(child, property?.schema, api, depth + 1);
    const before = found.get(key);
    // Without a schema, what stands twice is a list.
    if (before === undefined || property) found.set(key, value);
    else found.set(key, Array.isArray(before) ? [...before, value] : [before, value]);
  }
  if (found.size === 0 && here.text.trim() !== '' && !textReader(api, schema).isObject) return here.text;
  return Object.fromEntries(found);
}

interface Named {
  readonly key: string;
  readonly schema: SchemaAt;
  readonly isWrapped: boolean;
}

/** The properties of a schema by what XML calls them; attributes with `@` before. */
function namesOf(schema: SchemaAt | undefined, api: OpenApi): ReadonlyMap<string, Named> {
  const found = new Map<string, Named>();
  for (const [key, property] of propertiesOf(api, schema && (api.resolve(schema) ?? schema))) {
    const hints = hintsOf(api, property);
    const items = itemsOf(api, property);
    const isList = items !== undefined;
    const name = isList && !hints.wrapped ? (hintsOf(api, items).name ?? hints.name ?? key) : (hints.name ?? key);
    const isWrapped = isList && hints.wrapped;
    found.set(hints.attribute ? `@${name}` : name, { key, schema: property, isWrapped });
  }
  return found;
}

/** @throws Unreadable */
function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: new Map(), children: [], text: '' };
  const open: Element[] = [root];
  const fail = (what: string, at: number): never => {
    const line = text.slice(0, at).split('\n').length;
    throw new Unreadable(`The body is no valid XML: ${what} at line ${line}.`);
  };
  let at = 0;
  while (at < text.length) {
    const here = open.at(-1)!;
    if (text[at] !== '<') {
      const next = text.indexOf('<', at);
      const end = next < 0 ? text.length : next;
      const content = text.slice(at, end);
      if (open.length === 1 && content.trim() !== '') fail('text outside the root element', at);
      here.text += unescaped(content, (what) => fail(what, at));
      at = end;
    } else if (text.startsWith('<!--', at)) {
      at = behind(text, '-->', at + 4) ?? fail('a comment without an end', at);
    } else if (text.startsWith('<![CDATA[', at)) {
      const end = text.indexOf(']]>', at);
      if (end < 0) fail('a CDATA section without an end', at);
      here.text += text.slice(at + 9, end);
      at = end + 3;
    } else if (text.startsWith('<?', at)) {
      at = behind(text, '?>', at) ?? fail('an instruction without an end', at);
    } else if (text.startsWith('<!', at)) {
      fail('a document type, which is not taken,', at);
    } else if (text[at + 1] === '/') {
      const end = text.indexOf('>', at);
      const name = end < 0 ? '' : text.slice(at + 2, end).trim();
      if (open.length === 1 || local(name) !== here.name) fail(`\`</${name.slice(0, 60)}>\` closes nothing`, at);
      open.pop();
      at = end + 1;
    } else {
      tag.lastIndex = at;
      const found = tag.exec(text);
      if (!found) return fail('a tag that is none', at);
      const child: Element = {
        name: local(found[1]!),
        attributes: attributesOf(found[2]!, (what) => fail(what, at)),
        children: [],
        text: '',
      };
      if (open.length === 1 && root.children.length > 0) fail('a second root element', at);
      here.children.push(child);
      if (open.length > deepest) fail(`nesting of more than ${deepest} levels`, at);
      if (found[3] === '') open.push(child);
      at = tag.lastIndex;
    }
  }
  if (open.length > 1) fail(`\`<${open.at(-1)!.name}>\` is not closed`, text.length);
  return root.children[0] ?? fail('there is no element', 0);
}

const tag = /<([\p{L}_][\p{L}\p{N}_.:-]*)((?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/uy;

function behind(text: string, end: string, from: number): number | undefined {
  const at = text.indexOf(end, from);
  return at < 0 ? undefined : at + end.length;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function attributesOf(text: string, fail: (what: string) => never): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name, double, single] of text.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
    if (name === 'xmlns' || name!.startsWith('xmlns:') || name!.startsWith('xsi:')) continue;
    found.set(local(name!), unescaped(double ?? single ?? '', fail));
  }
  return found;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string, fail: (what: string) => never): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&\s]{0,12});?/g, (whole, name: string) => {
    const code = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
    if (code && whole.endsWith(';')) {
      const point = code[1] ? Number.parseInt(code[1], 16) : Number(code[2]);
      if (point <= 0x10ffff) return String.fromCodePoint(point);
    }
    const entity = Object.hasOwn(entities, name) ? entities[name] : undefined;
    return entity !== undefined && whole.endsWith(';')
      ? entity
      : fail(`\`${whole.slice(0, 20)}\`, which is no entity of XML,`);
  });
}
