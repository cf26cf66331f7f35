import type { Source } from '../../../text/source.ts';
import type { Comment, Document, Path, Span, Spot, SyntaxProblem } from '../document.ts';
import { readBrokenYaml } from './broken-yaml.ts';
import { commentsIn } from './comments.ts';
import type { Content } from './construction.ts';
import { readJson } from './json-text.ts';
import { ROOT, SCALAR, Tree } from './tree.ts';
import { readYaml } from './yaml.ts';

/** Reads a YAML or JSON file. Never throws: what is wrong with the text is in the document's `syntax`. */
export function read(source: Source): Document {
  if (!/^[\s\uFEFF]*[{[]/.test(source.text)) return yamlDocument(source);
  const json = readJson(source);
  if ('content' in json) return new ReadDocument(source, json.content, false);
  if (json.refused.tooDeep) return new ReadDocument(source, nothing([json.refused]), false);
  if (!source.path.toLowerCase().endsWith('.json')) return yamlDocument(source);
  // YAML in brackets is JSON with liberties, so its reader gets the values; the error is the one that JSON's reader has.
  return new ReadDocument(source, { ...yamlContent(source), syntax: [json.refused] }, false);
}

/** Longer YAML is not read: its nodes would take gigabytes. JSON, which takes a tenth of that, has no such limit. */
const MAX_YAML = 32_000_000;

/** Longer YAML with syntax errors is not read a second time. */
const MAX_BROKEN = 8_000_000;

function yamlDocument(source: Source): Document {
  return new ReadDocument(source, yamlContent(source), true);
}

function yamlContent(source: Source): Content {
  if (source.text.length > MAX_YAML) return nothing([tooLong]);
  const result = readYaml(source);
  if ('content' in result) return result.content;
  const { refused } = result;
  if (refused.tooDeep || source.text.length > MAX_BROKEN) return nothing([refused]);
  try {
    const content = readBrokenYaml(source);
    return content.syntax.length > 0 ? content : { ...content, syntax: [refused] };
  } catch {
    // Nested too deep for the tolerant reader, behind the first error.
    return nothing([refused]);
  }
}

const tooLong: SyntaxProblem = {
  start: 0,
  end: 1,
  message: `YAML of more than ${MAX_YAML} characters is not read; split the file, or write it as JSON.`,
};

function nothing(syntax: readonly SyntaxProblem[]): Content {
  const tree = new Tree(() => '');
  tree.add(SCALAR, ROOT, 0, 0);
  return { value: undefined, tree, syntax, duplicates: [] };
}

class ReadDocument implements Document {
  readonly source: Source;
  readonly value: unknown;
  readonly syntax: Document['syntax'];
  readonly duplicates: Document['duplicates'];
  readonly #tree: Tree;
  readonly #isYaml: boolean;
  #comments: readonly Comment[] | undefined;

  constructor(source: Source, content: Content, isYaml: boolean) {
    this.source = source;
    this.value = content.value;
    this.syntax = content.syntax;
    this.duplicates = content.duplicates;
    this.#tree = content.tree;
    this.#isYaml = isYaml;
  }

  locate(path: Path): Spot {
    return this.#tree.locate(path);
  }

  shared(): readonly Span[] {
    return this.#tree.aliased();
  }

  comments(): readonly Comment[] {
    this.#comments ??= this.#isYaml ? commentsIn(this.source, this.#tree) : [];
    return this.#comments;
  }
}
