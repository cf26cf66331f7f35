import { isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument, type YAMLMap } from 'yaml';
import { didYouMean, Failure } from '../failure.ts';
import { closest } from '../text/closest.ts';

/** A part of a YAML file; null where nothing is written. */
export type YamlNode = ParsedNode | null;

/** A key and what stands behind it. */
export interface YamlEntry {
  readonly key: string;
  readonly keyNode: YamlNode;
  readonly value: YamlNode;
}

/** A text and where it stands. */
export interface YamlText {
  readonly text: string;
  readonly node: YamlNode;
}

/** Nobody writes longer settings by hand, and reading places takes time. */
const mostCharacters = 1_000_000;

/** A file of settings in YAML or JSON. What is wrong with it fails with its line and column. */
export class YamlFile {
  /** As messages show it. */
  readonly path: string;
  readonly root: YamlNode;
  readonly #document: ReturnType<typeof parse>;
  readonly #lines = new LineCounter();

  /** @throws Failure when the text is no YAML */
  constructor(path: string, text: string) {
    this.path = path;
    if (text.length > mostCharacters) throw new Failure(`\`${path}\` is too large for a file of settings.`);
    this.#document = parse(path, text, this.#lines);
    const error = this.#document.errors[0];
    if (error) this.#fail(error.pos[0], `it is not YAML: ${error.message.replace(/\.$/, '')}.`);
    this.root = this.#document.contents as YamlNode;
  }

  /**
   * The entries of a map; none where nothing is written.
   * @param otherwise what to say of anything else, without the full stop
   */
  entries(node: YamlNode, otherwise: string): YamlEntry[] {
    const value = this.#resolved(node);
    if (isNothing(value)) return [];
    if (!isMap(value)) return this.failAt(node, `${otherwise}.`);
    return (value as YAMLMap<ParsedNode, YamlNode>).items.map(({ key, value }) => {
      return { key: isScalar(key) ? String(key.value) : '', keyNode: key, value };
    });
  }

  /**
   * Hands each entry of a map to the reader of its key.
   * @param otherwise what to say of what is no map, without the full stop
   */
  read(node: YamlNode, readers: Readonly<Record<string, (value: YamlNode) => void>>, otherwise: string): void {
    for (const { key, keyNode, value } of this.entries(node, otherwise)) {
      if (!Object.hasOwn(readers, key)) this.failUnknown(keyNode, 'key', key, Object.keys(readers));
      readers[key]!(value);
    }
  }

  /** The items of a list; none where nothing is written. */
  items(node: YamlNode, otherwise: string): readonly YamlNode[] {
    const value = this.#resolved(node);
    if (isNothing(value)) return [];
    return isSeq(value) ? (value.items as YamlNode[]) : this.failAt(node, `${otherwise}.`);
  }

  /** A text, or each text of a list. */
  texts(node: YamlNode, otherwise: string): YamlText[] {
    const value = this.#resolved(node);
    const items = isSeq(value) ? (value.items as YamlNode[]) : isNothing(value) ? [] : [node];
    return items.map((item) => ({ text: this.text(item, otherwise), node: item }));
  }

  /** A text. */
  text(node: YamlNode, otherwise: string): string {
    const value = this.scalar(node);
    return typeof value === 'string' && value !== '' ? value : this.failAt(node, `${otherwise}.`);
  }

  /** The value of a scalar; null where nothing is written, undefined for everything else. */
  scalar(node: YamlNode): unknown {
    const value = this.#resolved(node);
    return isNothing(value) ? null : isScalar(value) ? value.value : undefined;
  }

  isMap(node: YamlNode): boolean {
    return isMap(this.#resolved(node));
  }

  /** The value that a node stands for, made of what JSON has. */
  value(node: YamlNode): unknown {
    try {
      const value: unknown = node?.toJS(this.#document) ?? null;
      JSON.stringify(value);
      return value;
    } catch {
      return this.failAt(node, 'its aliases lead in a circle, or stand for too much.');
    }
  }

  failUnknown(node: YamlNode, kind: string, name: string, known: readonly string[]): never {
    return this.failAt(node, `there is no ${kind} \`${name}\`${didYouMean(closest(name, known))}`);
  }

  /** @param sentence what is wrong at the node, with a full stop */
  failAt(node: YamlNode, sentence: string): never {
    return this.#fail(node?.range?.[0] ?? 0, sentence);
  }

  #resolved(node: YamlNode): unknown {
    return isAlias(node) ? node.resolve(this.#document) : node;
  }

  #fail(offset: number, sentence: string): never {
    const { line, col } = this.#lines.linePos(offset);
    throw new Failure(`${this.path}:${line || 1}:${col || 1}: ${sentence}`);
  }
}

function isNothing(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

function parse(path: string, text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false });
  } catch (error) {
    // The library calls itself for each level.
    if (error instanceof RangeError) throw new Failure(`\`${path}\` nests too deeply for a file of settings.`);
    throw error;
  }
}
