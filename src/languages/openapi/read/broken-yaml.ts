import { createRequire } from 'node:module';
import type { Node, Scalar, YAMLError, Document as YamlDocument } from 'yaml';
import type { Source } from '../../../text/source.ts';
import type { SyntaxProblem } from '../document.ts';
import { blockScalarSpan, Construction, type Content, type Properties } from './construction.ts';
import { MAPPING, SEQUENCE, type Tree } from './tree.ts';
import { secondDocument } from './yaml.ts';

/** Loaded when the first broken document turns up, and at once: reading is synchronous. */
function library(): typeof import('yaml') {
  loaded ??= createRequire(import.meta.url)('yaml') as typeof import('yaml');
  return loaded;
}
let loaded: typeof import('yaml') | undefined;

/**
 * Reads what can be read of YAML with syntax errors, and lists the errors, one for each cause. Several times slower
 * than `readYaml`, with the same result where there are no errors.
 * @throws TooDeep, RangeError (out of stack)
 */
export function readBrokenYaml(source: Source): Content {
  const { text } = source;
  const [first, second] = firstTwo(text);
  const construction = new Construction(text);
  if (first?.contents) tell(construction, text, first.contents);
  const content = construction.finish();
  const syntax = problems(source, first?.errors ?? [], content.tree);
  if (second) syntax.push(secondDocument(text, construction.lastEnd));
  return { ...content, syntax: [...content.syntax, ...syntax].sort((a, b) => a.start - b.start) };
}

/** The first two documents of a stream; of text without any, one that has no contents. */
function firstTwo(text: string): YamlDocument[] {
  const { Composer, Parser } = library();
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const documents: YamlDocument[] = [];
  // A lone CR ends a line in YAML, but not for this parser.
  for (const document of composer.compose(new Parser().parse(text.replace(/\r(?!\n)/g, '\n')), true, text.length)) {
    documents.push(document as YamlDocument);
    if (documents.length === 2) break;
  }
  return documents;
}

function tell(construction: Construction, text: string, node: Node | null): void {
  const { isAlias, isMap, isScalar, isSeq, Scalar } = library();
  const properties = propertiesOf(node);
  const [start, end] = node?.range ?? [-1, -1];
  if (isMap(node)) {
    const key = node.items[0]?.key as Node | undefined;
    const isPair = !node.flow || text[start] !== '{' || (isMap(key) && key.range?.[0] === start);
    construction.open(MAPPING, start, !isPair, properties);
    for (const pair of node.items) {
      tell(construction, text, pair.key as Node | null);
      tell(construction, text, pair.value as Node | null);
    }
    construction.close(isPair ? -1 : end);
  } else if (isSeq(node)) {
    construction.open(SEQUENCE, start, node.flow === true, properties);
    for (const item of node.items) tell(construction, text, item as Node | null);
    construction.close(node.flow ? end : -1);
  } else if (isAlias(node)) {
    construction.alias(start, end, node.source);
  } else if (isScalar(node) && (end > start || node.type !== Scalar.PLAIN)) {
    tellScalar(construction, text, node, properties);
  } else {
    construction.empty(
      properties.end === -1 ? properties : { ...properties, end: text.slice(0, start).trimEnd().length },
    );
  }
}

function tellScalar(construction: Construction, text: string, node: Scalar, properties: Properties): void {
  const { Scalar } = library();
  const [start, end] = node.range!;
  const value = String(node.value);
  if (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED) {
    const span = blockScalarSpan(text, start, end);
    construction.scalar(span.start, span.end, value, false, properties);
  } else {
    construction.scalar(start, end, value, node.type === Scalar.PLAIN, properties);
  }
}

function propertiesOf(node: Node | null): Properties {
  if (!node || library().isAlias(node)) return { tag: '', anchor: '', end: -1 };
  const anchor = (node as { anchor?: string }).anchor ?? '';
  const tag = node.tag?.replace('tag:yaml.org,2002:', '') ?? '';
  return { tag, anchor, end: anchor || tag ? (node.range?.[0] ?? 0) : -1 };
}

/** More problems help nobody. */
const MAX_PROBLEMS = 100;

/** What `yaml` complains of, without what follows from an error just before. */
function problems(source: Source, errors: readonly YAMLError[], tree: Tree): SyntaxProblem[] {
  const found: SyntaxProblem[] = [];
  let lastLine = Number.NEGATIVE_INFINITY;
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    const { line } = source.position(error.pos[0]);
    if (line > lastLine + 1) found.push(problemOf(source.text, error, tree));
    if (found.length === MAX_PROBLEMS) break;
    lastLine = line;
  }
  return found;
}

function problemOf(text: string, error: YAMLError, tree: Tree): SyntaxProblem {
  const message =
    sentences.find(([pattern]) => pattern.test(error.message))?.[1] ?? `This is not YAML: ${error.message}.`;
  const at = /^Missing closing/.test(error.message) ? tree.span(tree.lastAt(error.pos[0])).start : error.pos[0];
  const start = Math.max(0, Math.min(at, text.length - 1));
  const end = Math.min(text.length, Math.max(start + 1, at === error.pos[0] ? error.pos[1] : 0));
  return { start, end, message };
}

/** The parser's messages, and what they mean to whoever wrote the text. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^Missing closing/, 'This quote is never closed.'],
  [/^Tabs are not allowed/, 'A tab must not be used to indent; use spaces.'],
  [/mapping items must start at the same column/, 'This key is not indented like the keys beside it.'],
  [/sequence items must start at the same column/, 'This item is not indented like the items beside it.'],
  [/^Sequence item without/, 'An item of this list does not begin with `- `.'],
  [/^Implicit map keys need to be followed/, 'A key must be followed by `:` and a space.'],
  [/^Implicit keys need to be on a single line/, 'A key must stand on one line, followed by `:` and a space.'],
  [/^Implicit keys of flow/, 'A key in brackets must stand on one line.'],
  [
    /^Nested mappings are not allowed/,
    'A second `: ` stands on this line; quote the value, or begin the object on the next line.',
  ],
  [
    /block sequence may not be used as an implicit/,
    'A list cannot be a key; a `:` is missing before it, or its indentation is wrong.',
  ],
  [/^Plain value cannot start with (?:reserved )?/, 'An unquoted value cannot start with this character; quote it.'],
  [/^Invalid escape sequence/, 'This is no escape sequence of a double-quoted string; write `\\\\` for a backslash.'],
  [
    /must end with a }|must end with a ]/,
    'A bracket is opened and not closed, or what is in it is not indented enough.',
  ],
  [/^Missing , (?:or : )?between/, 'A comma is missing here.'],
  [/^Missing space after :/, 'A space is missing after `:`.'],
  [/^Comments must be separated/, 'A space is missing before `#`.'],
  [
    /^Block collections are not allowed within flow/,
    'What stands in brackets cannot be a block; a comma or bracket is missing.',
  ],
  [
    /^Unexpected block-seq-ind on same line/,
    'A list cannot begin on the line of its key; move the `-` to the next line.',
  ],
  [/^Unexpected flow-(?:seq|map)-end/, 'This bracket closes nothing.'],
  [/^Unexpected , in|^Unexpected empty item/, 'A comma stands here without anything before it.'],
  [/^An alias node must not/, 'An alias cannot have an anchor or a tag.'],
  [/cannot be an empty string$/, 'An anchor or alias needs a name.'],
  [/^A node can have at most one/, 'A value can have one anchor and one tag only.'],
  [/^Block scalar header includes/, 'Text cannot begin on the line of `|` or `>`; move it to the next line.'],
  [/^The : indicator must be at most 1024/, 'A key must not be longer than 1,024 characters.'],
  [
    /^Unexpected scalar (?:token in YAML|at node end)/,
    'This text does not belong to the value before it; its indentation or quoting is wrong.',
  ],
];
