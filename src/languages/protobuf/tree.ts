import type { Place, Range } from '../../text/place.ts';
import type { Source } from '../../text/source.ts';
import type { Span, SyntaxProblem, Tokens } from './lex.ts';

/** A name as it is meant, without the spaces that may stand around its dots. A type's may start with a dot. */
export interface Name extends Span {
  readonly text: string;
}

/** A number as it is written, and its value as far as a double holds it. */
export interface NumberLiteral extends Span {
  readonly kind: 'number';
  /** With its sign. */
  readonly text: string;
  readonly value: number;
}

/** A string, its pieces joined and its escapes undone. Escaped bytes are read as UTF-8. */
export interface StringLiteral extends Span {
  readonly kind: 'string';
  readonly value: string;
}

/** A word as value: `true`, the name of an enum value, `inf`, with its sign. */
export interface WordValue extends Span {
  readonly kind: 'word';
  readonly text: string;
}

/** An aggregate in text format. */
export interface MessageValue extends Span {
  readonly kind: 'message';
  readonly fields: readonly ValueField[];
}

/** A list in text format. */
export interface ListValue extends Span {
  readonly kind: 'list';
  readonly items: readonly Value[];
}

/** What an option is set to. */
export type Value = NumberLiteral | StringLiteral | WordValue | MessageValue | ListValue;

/** A field of an aggregate. */
export interface ValueField {
  /** An extension's or a type's name stands in brackets, which are part of it: `[acme.rule]`. */
  readonly name: Name;
  readonly value: Value;
}

/** `(google.api.http).get`: the way to what an option sets. */
export interface OptionName extends Name {
  /** The names between the dots; an extension's is the one in its parentheses. */
  readonly parts: readonly (Name & { readonly extension: boolean })[];
}

/** What all statements have. Tokens are given by number. */
interface Statement {
  readonly parent: Scope;
  readonly first: number;
  /** The `;` or `{` that ends what the statement says of itself; comments behind it belong to it. */
  head: number;
  last: number;
}

/** `syntax = "proto3";` or `edition = "2023";` */
export interface SyntaxNode extends Statement {
  readonly kind: 'syntax' | 'edition';
  readonly value: StringLiteral;
}

/** `package user.v1;` */
export interface PackageNode extends Statement {
  readonly kind: 'package';
  readonly name: Name;
}

/** `import public "a.proto";` */
export interface ImportNode extends Statement {
  readonly kind: 'import';
  /** `public`, `weak` or, from edition 2024 on, `option`. */
  readonly modifier: Name | null;
  readonly path: StringLiteral;
}

/** `option a = b;`, or one of those in brackets behind a field. */
export interface OptionNode extends Statement {
  readonly kind: 'option';
  readonly name: OptionName;
  /** Null where it could not be read. */
  readonly value: Value | null;
}

/** `message User { … }`, and the message that a group brings along. */
export interface MessageNode extends Statement {
  readonly kind: 'message';
  /** `export` or `local`, from edition 2024 on. */
  readonly visibility: Name | null;
  /** Whether it is the message of a group: the field's name, number and comments are its own. */
  readonly isGroup: boolean;
  readonly name: Name;
  readonly body: Node[];
}

/** `map<string, User>` */
export interface MapType extends Span {
  readonly key: Name;
  readonly value: Name;
}

/** A field of a message, or one that an `extend` adds. */
export interface FieldNode extends Statement {
  readonly kind: 'field';
  /** `optional`, `required` or `repeated`. */
  readonly label: Name | null;
  /** The type as written; of a group, its own name; of a map, the word `map`. */
  readonly type: Name;
  readonly map: MapType | null;
  readonly name: Name;
  /** Null where it could not be read. */
  readonly number: NumberLiteral | null;
  readonly options: readonly OptionNode[];
  /** The message that stands in the field's place, if it is a group. */
  group: MessageNode | null;
}

/** `oneof contact { … }` */
export interface OneofNode extends Statement {
  readonly kind: 'oneof';
  readonly name: Name;
  readonly body: Node[];
}

/** `enum State { … }` */
export interface EnumNode extends Statement {
  readonly kind: 'enum';
  /** `export` or `local`, from edition 2024 on. */
  readonly visibility: Name | null;
  readonly name: Name;
  readonly body: Node[];
}

/** `ACTIVE = 1;` */
export interface EnumValueNode extends Statement {
  readonly kind: 'value';
  readonly name: Name;
  /** Null where it could not be read. */
  readonly number: NumberLiteral | null;
  readonly options: readonly OptionNode[];
}

/** The numbers from `from` to `to`, both included. `max` is Infinity. */
export interface NumberRange extends Span {
  readonly from: number;
  readonly to: number;
}

/** `reserved 2, 9 to 11, "name";` or `extensions 100 to max;` */
export interface ReservedNode extends Statement {
  readonly kind: 'reserved' | 'extensions';
  readonly ranges: readonly NumberRange[];
  /** Strings, or words from edition 2023 on. Their spans are those of the tokens. */
  readonly names: readonly Name[];
  readonly options: readonly OptionNode[];
}

/** `extend Foo { … }` */
export interface ExtendNode extends Statement {
  readonly kind: 'extend';
  readonly extendee: Name;
  readonly body: Node[];
}

/** `service Users { … }` */
export interface ServiceNode extends Statement {
  readonly kind: 'service';
  readonly name: Name;
  readonly body: Node[];
}

/** What an rpc takes or gives. */
export interface RpcType {
  readonly type: Name;
  /** The word `stream`, if it stands there. */
  readonly stream: Name | null;
}

/** `rpc GetUser(GetUserRequest) returns (User);` */
export interface RpcNode extends Statement {
  readonly kind: 'rpc';
  readonly name: Name;
  /** Null where they could not be read. */
  request: RpcType | null;
  response: RpcType | null;
  readonly body: Node[];
}

/** A statement. */
export type Node =
  | SyntaxNode
  | PackageNode
  | ImportNode
  | OptionNode
  | MessageNode
  | FieldNode
  | OneofNode
  | EnumNode
  | EnumValueNode
  | ReservedNode
  | ExtendNode
  | ServiceNode
  | RpcNode;

/** What a file may define or import, although it could not be read. */
export interface Lost {
  /** The names of what looks like definitions. */
  readonly names: Set<string>;
  /** Whether something is among it that names may hang on: an import, or the package. */
  scope: boolean;
  /** Whether what says the edition is among it. */
  edition: boolean;
}

/** One `.proto` file. What could not be read is in `problems`; the rest is there. */
export interface ProtoFile {
  readonly kind: 'file';
  readonly source: Source;
  readonly tokens: Tokens;
  readonly problems: readonly SyntaxProblem[];
  /** What stood in the parts that could not be read. */
  readonly lost: Lost;
  /** The statements in their order. */
  readonly body: Node[];
  /** The package that it declares first, or the empty string. */
  packageName: string;
}

/** What statements stand in. */
export type Scope = ProtoFile | Node;

/** The file that something stands in. */
export function fileOf(scope: Scope): ProtoFile {
  let here = scope;
  while (here.kind !== 'file') here = here.parent;
  return here;
}

/**
 * The name that places and scopes go by: `user.v1.User.email`. A value's contains its enum (`user.v1.State.ACTIVE`), although
 * protobuf counts it among the enum's siblings. What has no name has that of what it stands in; a file, its package's.
 */
export function fullName(scope: Scope): string {
  const names: string[] = [];
  let here = scope;
  for (; here.kind !== 'file'; here = here.parent) {
    const isScope = here === scope || here.kind !== 'oneof';
    if (isScope && 'name' in here && here.kind !== 'option' && here.kind !== 'package') names.push(here.name.text);
  }
  if (here.packageName !== '') names.push(here.packageName);
  return names.reverse().join('.');
}

/**
 * The place of a token, or of several, that belongs to `scope`.
 * @param element what to call it: by default the full name of `scope`, or its file where it has neither name nor package
 */
export function placeOf(scope: Scope, span: Span, element?: string): Place {
  return new SpanPlace(scope, span, element);
}

/** A class, since every statement has places: object literals with a getter take many times as long to make. */
class SpanPlace implements Place {
  readonly #scope: Scope;
  readonly #span: Span;
  readonly #element: string | undefined;

  constructor(scope: Scope, span: Span, element: string | undefined) {
    this.#scope = scope;
    this.#span = span;
    this.#element = element;
  }

  get element(): string {
    return this.#element ?? (fullName(this.#scope) || fileOf(this.#scope).source.path);
  }

  get identity(): string | undefined {
    return this.element === fileOf(this.#scope).source.path ? '' : undefined;
  }

  range(): Range {
    return { source: fileOf(this.#scope).source, start: this.#span.start, end: this.#span.end };
  }
}

/** The offsets of a whole statement. */
export function spanOf(node: Node): Span {
  const { tokens } = fileOf(node);
  return { start: tokens.starts[node.first]!, end: tokens.ends[node.last]! };
}

/** Every statement below `scope`, each before what stands in it, in the file's order. Those in brackets come with their field. */
export function statements(scope: ProtoFile | Node): readonly Node[] {
  let found = scope.kind === 'file' ? ofFiles.get(scope) : undefined;
  if (!found) {
    found = [];
    collect(scope, found);
    if (scope.kind === 'file') ofFiles.set(scope, found);
  }
  return found;
}

/** Asked for time and again; files never change once they are parsed. */
const ofFiles = new WeakMap<ProtoFile, Node[]>();

function collect(scope: ProtoFile | Node, found: Node[]): void {
  const children: readonly Node[] = 'body' in scope ? scope.body : 'group' in scope && scope.group ? [scope.group] : [];
  if ('options' in scope) for (const option of scope.options) found.push(option);
  for (const child of children) {
    found.push(child);
    collect(child, found);
  }
}
