import { isAlias, isCollection, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { Failure } from '../failure.ts';

/** The way to something in a ruleset. */
export type Way = readonly (string | number)[];

/** One YAML or JSON ruleset: its data, and where each part of it stands. */
export class RulesetFile {
  /** As messages call it. */
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What is strange in it, and does not keep it from being used. */
  readonly notes: readonly string[];
  readonly #lines = new LineCounter();
  readonly #root: Node | null;

  /** @throws Failure at the line and column of what is no YAML */
  constructor(name: string, text: string) {
    this.name = name;
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false, merge: true });
    this.#root = document.contents;
    const repeated = document.errors.filter(({ code }) => code === 'DUPLICATE_KEY');
    const error = document.errors.find((other) => !repeated.includes(other));
    if (error) throw new Failure(`${this.#position(error.pos[0])}: it is not YAML: ${asSentence(error.message)}`);
    this.notes = repeated.map(
      ({ pos }) => `${this.#position(pos[0])}: this key stands there twice; the last one counts.`,
    );
    const data = toData(document, this.name);
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      throw new Failure(`\`${name}\` is no Spectral ruleset: it is to have \`rules\`, \`extends\` or \`overrides\`.`);
    }
    this.data = data as Readonly<Record<string, unknown>>;
  }

  /** @throws Failure with a sentence, at the line and column of what `way` leads to, or of the nearest thing around it */
  fail(way: Way, sentence: string): never {
    throw new Failure(`${this.at(way)}: ${sentence}`);
  }

  /** `file:line:column` of what `way` leads to: of its key, where it has one. */
  at(way: Way): string {
    let node: unknown = this.#root;
    let offset = this.#root?.range?.[0] ?? 0;
    for (const key of way) {
      if (isAlias(node) || !isCollection(node)) break;
      const pair = isMap(node) ? node.items.find((item) => keyOf(item.key) === String(key)) : undefined;
      const next: unknown = pair ? pair.value : node.get(Number(key), true);
      const start = offsetOf(pair ? pair.key : next);
      if (start === undefined) break;
      offset = start;
      node = next;
    }
    return this.#position(offset);
  }

  #position(offset: number): string {
    const { line, col } = this.#lines.linePos(offset);
    return `${this.name}:${line || 1}:${col || 1}`;
  }
}

function toData(document: ReturnType<typeof parseDocument>, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 10_000 });
  } catch {
    throw new Failure(`\`${name}\` is not read: its aliases stand for too much.`);
  }
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function offsetOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

/** The first line of a message of others, with a full stop and with names in backticks. */
export function asSentence(message: string): string {
  const line = message.split('\n', 1)[0]!.replaceAll(/"([^"`]+)"/g, '`$1`');
  return `${line.replace(/[.:\s]+$/, '')}.`;
}
