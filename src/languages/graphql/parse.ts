import type {
  ConstValueNode,
  DefinitionNode,
  GraphQLError,
  Location,
  SelectionSetNode,
  TypeNode,
  ValueNode,
} from 'graphql';
import { syntaxError } from 'graphql/error/syntaxError.js';
import { Token } from 'graphql/language/ast.js';
import { Lexer } from 'graphql/language/lexer.js';
import { Parser } from 'graphql/language/parser.js';
import { TokenKind } from 'graphql/language/tokenKind.js';
import type { Range } from '../../text/place.ts';
import type { Source } from '../../text/source.ts';
import { type Document, type Fault, Segment } from './document.ts';
import { nextDefinition, nextMember } from './resume.ts';
import { endOfString, isIgnored, tokens } from './scan.ts';

/**
 * Reads SDL. Never throws: what is no GraphQL becomes a fault, and reading goes on with the next token, member or definition.
 * Takes time in proportion to the text, whatever it holds.
 */
export function parse(source: Source): Document {
  const draft: Draft = { source, definitions: [], faults: [], broken: [], patience };
  const { length } = source.text;
  let from = 0;
  while (from < length && draft.patience > 0)
    from = new SegmentParser(new Segment(source, from), draft).readDefinitions();
  if (from < length) {
    const range = { source, start: from, end: length };
    draft.faults.push({ message: 'Too many syntax errors: the rest is not read', range: { ...range, end: from + 1 } });
    draft.broken.push(range);
  }
  return { source, definitions: draft.definitions, faults: inOrder(draft.faults), broken: draft.broken };
}

/**
 * Reads a value alone, as the default values in introspection results.
 * @returns null when it is none
 */
export function parseValue(source: Source): ConstValueNode | null {
  const draft: Draft = { source, definitions: [], faults: [], broken: [], patience };
  const value = new SegmentParser(new Segment(source, 0), draft).readValue();
  return draft.faults.length === 0 ? value : null;
}

/** Lists and objects nested deeper than this are refused, since the parser and those who read its nodes recurse. */
const deepest = 200;
/** A segment with more faults is given up at its last definition: an error costs time in proportion to its segment. */
const mostFaults = 20;

/**
 * How many characters errors may cost in a file. Each costs those from its segment's start to the end of its line, which
 * graphql-js looks through for the line's number; many of them on one long line would take for ever.
 */
const patience = 2e8;

/** A document in the making. */
interface Draft {
  readonly source: Source;
  readonly definitions: DefinitionNode[];
  readonly faults: Fault[];
  readonly broken: Range[];
  patience: number;
}

/** The parser of graphql-js, which goes on behind what it cannot read. */
class SegmentParser extends Parser {
  readonly #segment: Segment;
  readonly #draft: Draft;
  #depth = 0;
  #faults = 0;

  constructor(segment: Segment, draft: Draft) {
    super(segment, { lexer: new TolerantLexer(segment, (error) => this.#report(error)) });
    this.#segment = segment;
    this.#draft = draft;
  }

  /**
   * Reads definitions up to the segment's end, or up to the first that holds a fault.
   * @returns the offset in the file at which another segment begins
   */
  readDefinitions(): number {
    const { base, body, file } = this.#segment;
    let start = 0;
    try {
      this.expectToken(TokenKind.SOF);
      while (this._lexer.token.kind !== TokenKind.EOF) {
        start = this._lexer.token.start;
        this.#depth = 0;
        this.#draft.definitions.push(this.parseDefinition());
        if (this.#faults > 0) return base + this._lexer.token.start;
      }
      return file.text.length;
    } catch (error) {
      this.#report(error);
      const next = nextDefinition(body, start);
      this.#draft.broken.push({ source: file, start: base + start, end: base + next });
      return base + next;
    }
  }

  readValue(): ConstValueNode | null {
    try {
      this.expectToken(TokenKind.SOF);
      const value = this.parseConstValueLiteral();
      this.expectToken(TokenKind.EOF);
      return value;
    } catch (error) {
      this.#report(error);
      return null;
    }
  }

  /** Nodes keep their offsets and no tokens: those of a schema are so many that it pays to let them go. */
  override node<T extends { loc?: Location | undefined }>(startToken: Token, node: T): T {
    node.loc = new Offsets(startToken.start, this._lexer.lastToken.end, this.#segment) as unknown as Location;
    return node;
  }

  override advanceLexer(): void {
    super.advanceLexer();
    // Tokens know the one before, and so all of them.
    Object.assign(this._lexer.lastToken, { prev: null });
  }

  override parseTypeReference(): TypeNode {
    return this.#deeper(() => super.parseTypeReference());
  }

  override parseValueLiteral(isConst: true): ConstValueNode;
  override parseValueLiteral(isConst: boolean): ValueNode;
  override parseValueLiteral(isConst: boolean): ValueNode {
    return this.#deeper(() => super.parseValueLiteral(isConst));
  }

  override parseSelectionSet(): SelectionSetNode {
    return this.#deeper(() => super.parseSelectionSet());
  }

  /** The members of a body in braces. One that cannot be read is left out. */
  override optionalMany<T>(open: TokenKind, parseMember: () => T, close: TokenKind): T[] {
    if (open !== TokenKind.BRACE_L) return super.optionalMany(open, parseMember, close);
    const brace = this._lexer.token;
    if (!this.expectOptionalToken(open)) return [];
    if (this.expectOptionalToken(close)) {
      this.#report(syntaxError(this.#segment, brace.start, 'Expected at least one member in "{}".'));
      return [];
    }
    const members: T[] = [];
    do {
      const { start, kind } = this._lexer.token;
      const depth = this.#depth;
      try {
        members.push(parseMember.call(this));
      } catch (error) {
        if (kind === TokenKind.EOF) {
          this.#report(error);
          return members;
        }
        const resumption = this.#faults < mostFaults ? nextMember(this.#segment.body, start) : null;
        if (!resumption) throw error;
        const isUnclosed = resumption.with === 'definition' && resumption.offset === start;
        this.#report(isUnclosed ? syntaxError(this.#segment, start, 'Expected "}" before this definition.') : error);
        this.#depth = depth;
        this.#goOnAt(resumption.offset);
        if (resumption.with === 'definition') return members;
      }
    } while (!this.expectOptionalToken(close));
    return members;
  }

  /** Makes the token at `offset` the current one. */
  #goOnAt(offset: number): void {
    let end = offset;
    while (end > 0 && isIgnored(this.#segment.body.charCodeAt(end - 1))) end--;
    this._lexer.token = new Token(TokenKind.SOF, end, end, 1, 1);
    this._lexer.advance();
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > deepest) {
      throw syntaxError(this.#segment, this._lexer.token.start, `Nested deeper than ${deepest} levels.`);
    }
    const node = read();
    this.#depth--;
    return node;
  }

  /** @throws what is no syntax error */
  #report(error: unknown): void {
    if (!isSyntaxError(error)) throw error;
    const { file, base, body } = this.#segment;
    const start = base + error.positions[0]!;
    const lineEnd = body.indexOf('\n', error.positions[0]);
    this.#draft.patience -= lineEnd === -1 ? body.length : lineEnd;
    const message = error.message.replace(/^Syntax Error: /, '').replace(/\.$/, '');
    this.#draft.faults.push({ message, range: { source: file, start, end: endOfToken(file.text, start) } });
    this.#faults++;
  }
}

/** What is needed of a `Location`. */
class Offsets {
  readonly start: number;
  readonly end: number;
  readonly source: Segment;

  constructor(start: number, end: number, source: Segment) {
    this.start = start;
    this.end = end;
    this.source = source;
  }
}

/** The lexer of graphql-js, which passes over what is no token. */
class TolerantLexer extends Lexer {
  readonly #report: (error: unknown) => void;
  #faults = 0;

  constructor(segment: Segment, report: (error: unknown) => void) {
    super(segment);
    this.#report = report;
  }

  override lookahead(): Token {
    for (;;) {
      try {
        return super.lookahead();
      } catch (error) {
        if (!isSyntaxError(error) || this.#faults++ >= mostFaults) throw error;
        this.#passOver(error);
      }
    }
  }

  /** Puts a string or a comment in the place of what begins behind the last good token and cannot be read. */
  #passOver(error: SyntaxError): void {
    const fault = error.positions[0]!;
    let last = this.token;
    while (last.next) last = last.next;
    const { body } = this.source;
    let start = last.end;
    while (isIgnored(body.charCodeAt(start))) start++;
    const isString = body[start] === '"';
    // A string that is not closed is wrong where it begins: that is what one looks for.
    this.#report(
      isString && error.message.includes('Unterminated')
        ? syntaxError(this.source, start, 'Unterminated string.')
        : error,
    );
    const end = isString ? endOfString(body, start) : Math.max(start, fault) + 1;
    const kind = isString ? TokenKind.STRING : TokenKind.COMMENT;
    const stop = Math.min(end, body.length);
    const token = new Token(kind, start, stop, this.line, 1 + start - this.lineStart, body.slice(start, stop));
    Object.assign(token, { prev: last });
    Object.assign(last, { next: token });
  }
}

/** The end of the token that begins at `start`; `start` itself at the end of a line or of the text. */
function endOfToken(text: string, start: number): number {
  for (const token of tokens(text, start)) return token.start > start ? start : token.end;
  return start;
}

type SyntaxError = GraphQLError & { readonly positions: readonly number[] };

function isSyntaxError(error: unknown): error is SyntaxError {
  return error instanceof Error && Array.isArray((error as Partial<GraphQLError>).positions);
}

/** Faults by where they are, each once: what is read again is reported again. */
function inOrder(faults: readonly Fault[]): Fault[] {
  const byOffset = new Map(faults.map((fault) => [fault.range.start, fault]));
  return [...byOffset.values()].sort((a, b) => a.range.start - b.range.start);
}
