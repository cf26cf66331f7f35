// A strict reader of the XML that reports are made of (XML 1.0 without DTDs, comments, CDATA and namespaces): what it reads,
// every XML parser reads. It throws at the first fault.

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text between the children, put together. */
  readonly text: string;
}

/** What an element may hold: its attributes, a `!` behind those it must have, its children, and whether text. */
export interface XmlShape {
  readonly attributes: readonly string[];
  readonly children: readonly string[];
  readonly text?: boolean;
}

export function parseXml(document: string): XmlElement {
  const illegal = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(document);
  if (illegal) throw new Error(`no character of XML 1.0 at ${illegal.index}`);
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!document.startsWith(declaration)) throw new Error('no declaration');
  const reader = { text: document, at: declaration.length };
  const root = element(reader);
  if (document.slice(reader.at) !== '\n') throw new Error(`something behind the root at ${reader.at}`);
  return root;
}

/** The departures of a document from a table of shapes, by the names of elements. */
export function misfits(root: XmlElement, shapes: Readonly<Record<string, XmlShape>>): string[] {
  const shape = shapes[root.name];
  if (!shape) return [`unknown element ${root.name}`];
  const known = shape.attributes.map((name) => name.replace('!', ''));
  const required = shape.attributes.filter((name) => name.endsWith('!')).map((name) => name.replace('!', ''));
  return [
    ...Object.keys(root.attributes)
      .filter((name) => !known.includes(name))
      .map((name) => `${root.name} has ${name}`),
    ...required.filter((name) => !Object.hasOwn(root.attributes, name)).map((name) => `${root.name} lacks ${name}`),
    ...root.children.filter(({ name }) => !shape.children.includes(name)).map(({ name }) => `${name} in ${root.name}`),
    ...(shape.text || root.text.trim() === '' ? [] : [`text in ${root.name}`]),
    ...root.children.flatMap((child) => misfits(child, shapes)),
  ];
}

/** All elements of a name, in their order. */
export function all(root: XmlElement, name: string): XmlElement[] {
  return [...(root.name === name ? [root] : []), ...root.children.flatMap((child) => all(child, name))];
}

interface Reader {
  readonly text: string;
  at: number;
}

function element(reader: Reader): XmlElement {
  const name = take(reader, /<([A-Za-z][\w.-]*)/y)[1]!;
  const attributes: Record<string, string> = {};
  for (;;) {
    const [, key, value] = accept(reader, /\s+([A-Za-z][\w.:-]*)="([^"<]*)"/y) ?? [];
    if (key === undefined) break;
    if (Object.hasOwn(attributes, key)) throw new Error(`${key} twice at ${reader.at}`);
    attributes[key] = unescaped(value!);
  }
  if (accept(reader, /\s*\/>/y)) return { name, attributes, children: [], text: '' };
  take(reader, /\s*>/y);
  const children: XmlElement[] = [];
  let text = '';
  for (;;) {
    text += unescaped(take(reader, /[^<]*/y)[0]);
    const end = accept(reader, /<\/([\w.-]+)>/y);
    if (end && end[1] !== name) throw new Error(`${end[1]} ends ${name}`);
    if (end) return { name, attributes, children, text };
    children.push(element(reader));
  }
}

function accept(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at;
  const match = pattern.exec(reader.text);
  if (match) reader.at += match[0].length;
  return match;
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray {
  const match = accept(reader, pattern);
  if (!match)
    throw new Error(`${pattern.source} expected at ${reader.at}: ${reader.text.slice(reader.at, reader.at + 40)}`);
  return match;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (text.includes(']]>')) throw new Error('`]]>` in text');
  return text.replace(/&([^;]*);?/g, (reference, name) => {
    if (!Object.hasOwn(entities, name) || !reference.endsWith(';')) throw new Error(`unknown reference ${reference}`);
    return entities[name]!;
  });
}
