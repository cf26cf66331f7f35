import { closest } from '../../text/closest.ts';
import type { Source } from '../../text/source.ts';
import { Cursor, code } from './cursor.ts';
import { END, INTEGER, STRING, WORD } from './lex.ts';
import {
  type EnumValueNode,
  type FieldNode,
  type ImportNode,
  type Lost,
  type MapType,
  type MessageNode,
  type Name,
  type Node,
  type NumberRange,
  type OptionNode,
  type PackageNode,
  type ProtoFile,
  type ReservedNode,
  type RpcNode,
  type RpcType,
  type Scope,
  type SyntaxNode,
  statements,
} from './tree.ts';
import { deepest, optionName, optionValue } from './values.ts';

/**
 * Reads a file: proto2, proto3 and editions up to 2024, whichever it claims. What a statement lacks is a problem; the other
 * statements, and what the statement did say, are there all the same. Never throws; takes linear time.
 */
export function parse(source: Source): ProtoFile {
  return new Parser(source).file();
}

/** How the statements of a block are read. */
type Read = (parent: Scope, first: number) => Node | null;

class Parser {
  readonly #source: Source;
  readonly #cursor: Cursor;
  readonly #lost: Lost = { names: new Set(), scope: false, edition: false };
  #depth = 0;
  /** Whether what is read at the top seems to stand in a block whose beginning is missing: that has been told. */
  #astray = false;

  constructor(source: Source) {
    this.#source = source;
    this.#cursor = new Cursor(source.text);
  }

  file(): ProtoFile {
    const cursor = this.#cursor;
    const { tokens, problems } = cursor;
    const lost = this.#lost;
    const file: ProtoFile = { kind: 'file', source: this.#source, tokens, problems, lost, body: [], packageName: '' };
    let isStray = false;
    while (cursor.kind() !== END) {
      this.#statements(file, file.body, this.#topLevel);
      if (cursor.kind() === END) break;
      if (!this.#astray) cursor.report('This `}` closes nothing.', cursor.span(cursor.at));
      this.#astray = false;
      cursor.at++;
      isStray = true;
    }
    if (isStray || (problems.length > 0 && cursor.unbalanced)) this.#loseNames(file);
    file.packageName = file.body.find((node) => node.kind === 'package')?.name.text ?? '';
    if (problems.length > 0) this.#loseComment();
    problems.sort((a, b) => a.start - b.start || a.end - b.end);
    return file;
  }

  /** Statements up to the `}` or the end of the file, neither of which is stepped over. */
  #statements(parent: Scope, body: Node[], read: Read): void {
    const cursor = this.#cursor;
    while (cursor.kind() !== END && cursor.kind() !== code('}')) {
      if (cursor.kind() === code(';')) {
        const isRefused = parent.kind === 'oneof' || parent.kind === 'extend';
        if (isRefused) cursor.report('This `;` ends nothing.', cursor.span(cursor.at));
        cursor.at++;
        continue;
      }
      if (this.#depth > 0 && this.#isOutside()) return;
      const first = cursor.at;
      const node = read(parent, first);
      if (node) body.push(node);
      if (!cursor.broken) continue;
      cursor.recover(first, (token) => this.#startsStatement(token));
      this.#lose(first, cursor.at);
      if (node) node.last = Math.max(first, cursor.at - 1);
    }
  }

  /** Notes what the tokens of a broken statement may have been meant to define or import. */
  #lose(from: number, to: number): void {
    const { kinds } = this.#cursor.tokens;
    for (let token = from; token < to; token++) {
      if (kinds[token] !== WORD) continue;
      if (kinds[token + 1] === WORD && kinds[token + 2] === code('{')) {
        this.#lost.names.add(this.#cursor.textAt(token + 1));
      } else if (
        /^(?:import|package)$/.test(this.#cursor.textAt(token)) ||
        (token === from && kinds[token + 1] === STRING)
      ) {
        this.#lost.scope = true;
      } else if (/^(?:syntax|edition)$/.test(this.#cursor.textAt(token))) {
        this.#lost.edition = true;
      }
    }
  }

  /** Where braces are wrong, nobody knows what definitions stand in. */
  #loseNames(file: ProtoFile): void {
    for (const node of statements(file)) {
      if (node.kind === 'message' || node.kind === 'enum') this.#lost.names.add(node.name.text);
    }
  }

  /** A block comment that has no end takes the rest of the file with it. */
  #loseComment(): void {
    const { text, comments } = this.#cursor.tokens;
    const last = comments.at(-1);
    if (!last || last.end < text.length || text.startsWith('//', last.start)) return;
    const rest = text.slice(last.start);
    for (const [, name] of rest.matchAll(/\b(?:message|enum)\s+(\w+)/g)) this.#lost.names.add(name!);
    if (/^[ \t]*import\b/m.test(rest)) this.#lost.scope = true;
  }

  /** A block's statements with its braces. */
  #block(node: Node & { body: Node[] }, read: Read): void {
    const cursor = this.#cursor;
    if (this.#depth >= deepest) cursor.fail('a block that is less deep');
    const brace = cursor.at;
    if (this.#isBraceMissing()) cursor.report('The `{` is missing here.', cursor.span(cursor.at - 1));
    else if (!cursor.expect('{')) return;
    node.head = brace;
    this.#depth++;
    this.#statements(node, node.body, read);
    this.#depth--;
    if (!cursor.skip('}')) cursor.report('This block has no end: its `}` is missing.', cursor.span(brace));
    node.last = cursor.at - 1;
  }

  /** Whether a line ends where a block should begin, and a `}` too many says that the block is there. */
  #isBraceMissing(): boolean {
    const cursor = this.#cursor;
    if (!cursor.isOverclosed || cursor.broken || cursor.kind() === code('{')) return false;
    if (cursor.kind() !== code(';')) return cursor.startsLine(cursor.at);
    cursor.at++;
    return true;
  }

  /** Whether what comes next shows that the `}` of the blocks around it is missing. */
  #isOutside(): boolean {
    const { at, tokens, unbalanced } = this.#cursor;
    const start = tokens.starts[at]!;
    if (!unbalanced || (start > 0 && tokens.text[start - 1] !== '\n')) return false;
    return topLevelWords.includes(this.#cursor.text()) && this.#startsStatement(at);
  }

  /** Whether a token at a line's start begins a statement, as far as the tokens behind it tell. */
  #startsStatement(token: number): boolean {
    const { kinds } = this.#cursor.tokens;
    if (kinds[token] !== WORD) return false;
    const word = this.#cursor.textAt(token);
    const second = kinds[token + 1]!;
    if (word === 'import') return second === STRING || kinds[token + 2] === STRING;
    if (word === 'option') return second === WORD || second === code('(');
    if (word === 'syntax' || word === 'edition') return second === code('=') && kinds[token + 2] === STRING;
    if (blockWords.includes(word)) return second === WORD;
    return this.#looksLikeField(token);
  }

  /** A type, a name, `=` and a number; a label, `map<` or `rpc name`. */
  #looksLikeField(token: number): boolean {
    const { kinds } = this.#cursor.tokens;
    let at = token;
    while (kinds[at + 1] === code('.') && kinds[at + 2] === WORD && at < token + 40) at += 2;
    return kinds[at + 1] === WORD && kinds[at + 2] === code('=') && kinds[at + 3] === INTEGER;
  }

  readonly #topLevel: Read = (parent, first) => {
    const cursor = this.#cursor;
    const visibility = this.#visibility();
    const keyword = this.#keyword(topLevelWords);
    if (topLevelWords.includes(keyword) && cursor.isAtMargin(first)) this.#astray = false;
    switch (keyword) {
      case 'syntax':
      case 'edition':
        return this.#syntax(parent, first);
      case 'package':
        return this.#package(parent, first);
      case 'import':
        return this.#import(parent, first);
      case 'option':
        return this.#option(parent, first);
      case 'message':
        return this.#message(parent, first, visibility);
      case 'enum':
        return this.#enum(parent, first, visibility);
      case 'extend':
        return this.#extend(parent, first);
      case 'service':
        return this.#service(parent, first);
      default:
        if (!this.#astray) cursor.fail('`message`, `enum`, `service` or another statement');
        cursor.broken = true;
        this.#astray = true;
        return null;
    }
  };

  readonly #inMessage: Read = (parent, first) => {
    const visibility = this.#visibility();
    switch (this.#keyword(messageWords, this.#cursor.kind(2) === code('{'))) {
      case 'message':
        return this.#message(parent, first, visibility);
      case 'enum':
        return this.#enum(parent, first, visibility);
      case 'extend':
        return this.#extend(parent, first);
      case 'oneof':
        return this.#oneof(parent, first);
      case 'option':
        return this.#option(parent, first);
      case 'reserved':
      case 'extensions':
        return this.#reserved(parent, first);
      default:
        return this.#field(parent, first);
    }
  };

  readonly #inOneof: Read = (parent, first) =>
    this.#cursor.isWord('option') ? this.#option(parent, first) : this.#field(parent, first);

  readonly #inExtend: Read = (parent, first) => this.#field(parent, first);

  readonly #inEnum: Read = (parent, first) => {
    if (this.#cursor.kind(1) === code('=')) {
      const word = this.#cursor.text();
      const isStatement = word === 'option' || word === 'reserved';
      if (isStatement) this.#cursor.report(`An enum value cannot be called \`${word}\`.`, this.#cursor.span(first));
      return this.#enumValue(parent, first);
    }
    if (this.#cursor.isWord('option')) return this.#option(parent, first);
    if (this.#cursor.isWord('reserved')) return this.#reserved(parent, first);
    return this.#enumValue(parent, first);
  };

  readonly #inService: Read = (parent, first) => {
    const word = this.#keyword(serviceWords, this.#cursor.kind(2) === code('('));
    if (word === 'rpc') return this.#rpc(parent, first);
    if (word === 'option') return this.#option(parent, first);
    return this.#cursor.fail('`rpc` or `option`') || null;
  };

  readonly #inRpc: Read = (parent, first) =>
    this.#cursor.isWord('option') ? this.#option(parent, first) : this.#cursor.fail('`option`') || null;

  /** `export` or `local`, where a message or an enum follows. */
  #visibility(): Name | null {
    const cursor = this.#cursor;
    const isThere = cursor.isWord('export') || cursor.isWord('local');
    if (!isThere || !/^(?:message|enum)$/.test(cursor.text(1)) || cursor.kind(2) !== WORD) return null;
    return cursor.word('');
  }

  /** The word that begins a statement; if there is none like it, the one that was probably meant. */
  #keyword(words: readonly string[], mayBeSlip = true): string {
    const cursor = this.#cursor;
    const word = cursor.kind() === WORD ? cursor.text() : '';
    if (words.includes(word) || !mayBeSlip || (cursor.kind(1) !== WORD && cursor.kind(1) !== STRING)) return word;
    const meant = closest(word, words);
    if (meant) cursor.report(`There is no statement \`${word}\`; was \`${meant}\` meant?`, cursor.span(cursor.at));
    return meant ?? word;
  }

  #syntax(parent: Scope, first: number): SyntaxNode | null {
    const cursor = this.#cursor;
    const kind = cursor.text() === 'edition' ? 'edition' : 'syntax';
    cursor.at++;
    cursor.expect('=');
    const value = cursor.string('a string');
    if (!value) return null;
    cursor.expectEnd();
    return { kind, parent, first, ...this.#ended(), value };
  }

  #package(parent: Scope, first: number): PackageNode | null {
    this.#cursor.at++;
    const name = this.#cursor.dotted('the name of the package', false);
    if (!name) return null;
    this.#cursor.expectEnd();
    return { kind: 'package', parent, first, ...this.#ended(), name };
  }

  #import(parent: Scope, first: number): ImportNode | null {
    const cursor = this.#cursor;
    cursor.at++;
    const modifier = /^(?:public|weak|option)$/.test(cursor.text()) ? cursor.word('') : null;
    const path = cursor.string('the path of a file');
    if (!path) return null;
    cursor.expectEnd();
    return { kind: 'import', parent, first, ...this.#ended(), modifier, path };
  }

  #option(parent: Scope, first: number): OptionNode | null {
    this.#cursor.at++;
    const option = this.#setting(parent, first);
    if (!option) return null;
    this.#cursor.expectEnd();
    return Object.assign(option, this.#ended());
  }

  /** `name = value`, without what follows. */
  #setting(parent: Scope, first: number): OptionNode | null {
    const cursor = this.#cursor;
    const name = optionName(cursor);
    if (!name) return null;
    cursor.expect('=');
    const value = optionValue(cursor);
    return { kind: 'option', parent, first, ...this.#ended(), name, value };
  }

  /** `[name = value, …]`, if it comes next. */
  #settings(parent: Scope, options: OptionNode[]): void {
    const cursor = this.#cursor;
    if (!cursor.skip('[')) return;
    do {
      const option = this.#setting(parent, cursor.at);
      if (option) options.push(option);
    } while (cursor.skip(','));
    cursor.expect(']');
  }

  #message(parent: Scope, first: number, visibility: Name | null): MessageNode | null {
    this.#cursor.at++;
    const name = this.#cursor.word('the name of the message');
    if (!name) return null;
    const ended = { ...this.#ended(), visibility, isGroup: false };
    const node: MessageNode = { kind: 'message', parent, first, ...ended, name, body: [] };
    this.#block(node, this.#inMessage);
    return node;
  }

  #enum(parent: Scope, first: number, visibility: Name | null): Node | null {
    this.#cursor.at++;
    const name = this.#cursor.word('the name of the enum');
    if (!name) return null;
    const node = { kind: 'enum' as const, parent, first, ...this.#ended(), visibility, name, body: [] };
    this.#block(node, this.#inEnum);
    return node;
  }

  #oneof(parent: Scope, first: number): Node | null {
    this.#cursor.at++;
    const name = this.#cursor.word('the name of the oneof');
    if (!name) return null;
    const node = { kind: 'oneof' as const, parent, first, ...this.#ended(), name, body: [] };
    this.#block(node, this.#inOneof);
    return node;
  }

  #extend(parent: Scope, first: number): Node | null {
    this.#cursor.at++;
    const extendee = this.#cursor.dotted('the name of a message', true);
    if (!extendee) return null;
    const node = { kind: 'extend' as const, parent, first, ...this.#ended(), extendee, body: [] };
    this.#block(node, this.#inExtend);
    return node;
  }

  #service(parent: Scope, first: number): Node | null {
    this.#cursor.at++;
    const name = this.#cursor.word('the name of the service');
    if (!name) return null;
    const node = { kind: 'service' as const, parent, first, ...this.#ended(), name, body: [] };
    this.#block(node, this.#inService);
    return node;
  }

  #rpc(parent: Scope, first: number): RpcNode | null {
    const cursor = this.#cursor;
    cursor.at++;
    const name = cursor.word('the name of the rpc');
    if (!name) return null;
    const node: RpcNode = {
      kind: 'rpc',
      parent,
      first,
      ...this.#ended(),
      name,
      request: null,
      response: null,
      body: [],
    };
    node.request = this.#rpcType();
    this.#returns();
    node.response = this.#rpcType();
    if (cursor.kind() === code('{')) {
      this.#block(node, this.#inRpc);
      return node;
    }
    cursor.expectEnd();
    return Object.assign(node, this.#ended());
  }

  /** Another word in its place costs no more than that word. */
  #returns(): void {
    const cursor = this.#cursor;
    if (cursor.isWord('returns')) {
      cursor.at++;
    } else if (cursor.kind() === WORD && cursor.kind(1) === code('(')) {
      cursor.report(`Expected \`returns\`, but here is \`${cursor.text()}\`.`, cursor.span(cursor.at));
      cursor.at++;
    } else {
      cursor.fail('`returns`');
    }
  }

  #rpcType(): RpcType | null {
    const cursor = this.#cursor;
    cursor.expect('(');
    const isStream = cursor.isWord('stream') && cursor.kind(1) !== code(')');
    const stream = isStream ? cursor.word('') : null;
    const type = cursor.dotted('the name of a message', true);
    cursor.expect(')');
    return type && { type, stream };
  }

  #field(parent: Scope, first: number): FieldNode | null {
    const cursor = this.#cursor;
    const label = /^(?:optional|required|repeated)$/.test(cursor.text()) ? cursor.word('') : null;
    const isGroup = cursor.isWord('group') && cursor.kind(1) === WORD;
    const word = isGroup ? cursor.at++ : -1;
    const map = cursor.isWord('map') && cursor.kind(1) === code('<') ? this.#map() : null;
    const type = map ? { text: 'map', ...map.word } : isGroup ? null : cursor.dotted('a field', true);
    const name = cursor.word('the name of the field');
    if (!name) return null;
    cursor.expect('=');
    const number = cursor.integer('the number of the field');
    const options: OptionNode[] = [];
    const node: FieldNode = {
      ...{ kind: 'field', parent, first, ...this.#ended(), label, type: type ?? name },
      ...{ map: map?.type ?? null, name, number, options, group: null },
    };
    this.#settings(node, options);
    if (word >= 0 && cursor.kind() === code('{')) {
      const ended = { ...this.#ended(), visibility: null, isGroup: true };
      const group: MessageNode = { kind: 'message', parent, first, ...ended, name, body: [] };
      node.group = group;
      this.#block(group, this.#inMessage);
      return Object.assign(node, { head: group.head, last: group.last });
    }
    cursor.expectEnd();
    return Object.assign(node, this.#ended());
  }

  #map(): { type: MapType; word: { start: number; end: number } } | null {
    const cursor = this.#cursor;
    const first = cursor.at++;
    cursor.expect('<');
    const key = cursor.dotted('the type of the keys', true);
    cursor.expect(',');
    const value = cursor.dotted('the type of the values', true);
    cursor.expect('>');
    if (!key || !value) return null;
    return { type: { key, value, ...cursor.span(first, cursor.at - 1) }, word: cursor.span(first) };
  }

  #enumValue(parent: Scope, first: number): EnumValueNode | null {
    const cursor = this.#cursor;
    const name = cursor.word('an enum value');
    if (!name) return null;
    cursor.expect('=');
    const number = cursor.integer('the number of the value');
    const options: OptionNode[] = [];
    const node: EnumValueNode = { kind: 'value', parent, first, ...this.#ended(), name, number, options };
    this.#settings(node, options);
    cursor.expectEnd();
    return Object.assign(node, this.#ended());
  }

  #reserved(parent: Scope, first: number): ReservedNode {
    const cursor = this.#cursor;
    const kind = cursor.text() === 'extensions' ? 'extensions' : 'reserved';
    cursor.at++;
    const ranges: NumberRange[] = [];
    const names: Name[] = [];
    const options: OptionNode[] = [];
    const node: ReservedNode = { kind, parent, first, ...this.#ended(), ranges, names, options };
    do this.#reservation(ranges, names);
    while (cursor.skip(','));
    if (kind === 'extensions') this.#settings(node, options);
    cursor.expectEnd();
    return Object.assign(node, this.#ended());
  }

  #reservation(ranges: NumberRange[], names: Name[]): void {
    const cursor = this.#cursor;
    const first = cursor.at;
    if (cursor.kind() === WORD) {
      names.push(cursor.word('')!);
    } else if (cursor.kind() === STRING) {
      const { value, start, end } = cursor.string('')!;
      names.push({ text: value, start, end });
    } else {
      const from = cursor.integer('a number or a name');
      if (!from) return;
      const to = cursor.isWord('to') ? this.#upTo() : from.value;
      if (to !== null) ranges.push({ from: from.value, to, ...cursor.span(first, cursor.at - 1) });
    }
  }

  #upTo(): number | null {
    const cursor = this.#cursor;
    cursor.at++;
    if (!cursor.isWord('max')) return cursor.integer('a number or `max`')?.value ?? null;
    cursor.at++;
    return Number.POSITIVE_INFINITY;
  }

  /** The end of a statement that has been read so far. */
  #ended(): { head: number; last: number } {
    const token = Math.max(0, this.#cursor.at - 1);
    return { head: token, last: token };
  }
}

const topLevelWords = ['syntax', 'edition', 'package', 'import', 'option', 'message', 'enum', 'extend', 'service'];
const messageWords = ['message', 'enum', 'extend', 'oneof', 'option', 'reserved', 'extensions'];
const serviceWords = ['rpc', 'option'];
/** Words before a name that begin a statement wherever they stand. */
const blockWords = [
  'message',
  'enum',
  'service',
  'rpc',
  'oneof',
  'extend',
  'package',
  'optional',
  'required',
  'repeated',
];
