import { Source } from '../../text/source.ts';
import { FileWriter } from './descriptor-writer.ts';
import type { Definition, ImportTarget } from './link.ts';
import { parse } from './parse.ts';
import { Protobuf } from './protobuf.ts';
import { fileOf, type ImportNode, type Name, type Node, type ProtoFile } from './tree.ts';

/** What can stand in an option: as JSON, the names of extensions in brackets. */
export type OptionJson = boolean | number | string | readonly OptionJson[] | { readonly [name: string]: OptionJson };
/** The options of something, by name. One that lists hold may also stand alone, and one that is bytes is text. */
export type OptionsJson = { readonly [name: string]: OptionJson };

/** A file as google/protobuf/descriptor.proto describes it, in JSON with the names of its fields as they stand there. */
export interface FileDescriptor {
  readonly name: string;
  readonly package: string;
  readonly dependency: readonly string[];
  readonly public_dependency: readonly number[];
  readonly message_type: readonly MessageDescriptor[];
  readonly enum_type: readonly EnumDescriptor[];
  readonly service: readonly ServiceDescriptor[];
  readonly extension: readonly FieldDescriptor[];
  readonly options: OptionsJson;
  readonly syntax: string;
  readonly edition?: string;
}

/** DescriptorProto. */
export interface MessageDescriptor {
  readonly name: string;
  readonly field: readonly FieldDescriptor[];
  readonly extension: readonly FieldDescriptor[];
  readonly nested_type: readonly MessageDescriptor[];
  readonly enum_type: readonly EnumDescriptor[];
  readonly extension_range: readonly { readonly start: number; readonly end: number; readonly options?: OptionsJson }[];
  readonly oneof_decl: readonly { readonly name: string; readonly options: OptionsJson }[];
  readonly options: OptionsJson;
  readonly reserved_range: readonly { readonly start: number; readonly end: number }[];
  readonly reserved_name: readonly string[];
  readonly visibility?: string;
}

/** FieldDescriptorProto. */
export interface FieldDescriptor {
  readonly name: string;
  readonly number: number;
  readonly label: 'LABEL_OPTIONAL' | 'LABEL_REQUIRED' | 'LABEL_REPEATED';
  /** `TYPE_STRING`, `TYPE_MESSAGE` … */
  readonly type: string;
  /** Of messages and enums: the full name behind a dot. */
  readonly type_name?: string;
  readonly extendee?: string;
  readonly default_value?: string;
  readonly oneof_index?: number;
  readonly json_name: string;
  readonly options: OptionsJson;
  readonly proto3_optional?: boolean;
  /** What follows from the edition and its features. Not a part of FieldDescriptorProto. */
  readonly wire: {
    /** Whether elements stand together, where they can. */
    readonly packed: boolean;
    /** Whether it is told whether it is set: false where the default is as good as nothing. */
    readonly presence: boolean;
    /** Whether the message stands between two tags, as groups do. */
    readonly delimited: boolean;
  };
}

/** EnumDescriptorProto. */
export interface EnumDescriptor {
  readonly name: string;
  readonly value: readonly { readonly name: string; readonly number: number; readonly options: OptionsJson }[];
  readonly options: OptionsJson;
  readonly reserved_range: readonly { readonly start: number; readonly end: number }[];
  readonly reserved_name: readonly string[];
  readonly visibility?: string;
}

/** ServiceDescriptorProto. */
export interface ServiceDescriptor {
  readonly name: string;
  readonly method: readonly MethodDescriptor[];
  readonly options: OptionsJson;
}

/** MethodDescriptorProto. */
export interface MethodDescriptor {
  readonly name: string;
  /** The full name behind a dot. */
  readonly input_type: string;
  readonly output_type: string;
  readonly client_streaming: boolean;
  readonly server_streaming: boolean;
  readonly options: OptionsJson;
}

/** The files of an API as descriptors. */
export interface DescriptorSet {
  /** Each behind those that it imports. */
  readonly files: readonly FileDescriptor[];
  /** What is not as the files want it, in sentences. */
  readonly notes: readonly string[];
}

/**
 * Describes the files of an API and all that they import, as protoc does: names resolved, JSON names filled in, map entries and
 * the oneofs of `optional` fields made. A type that is defined nowhere becomes an empty message in a file of its own, so
 * that what is whole can be used.
 * @param textOf the text of files that everybody knows, by their paths as imports name them; undefined for others
 */
export function descriptorsOf(api: Protobuf, textOf: (path: string) => string | undefined): DescriptorSet {
  return new Descriptors(api, textOf).set();
}

/** What writers of files ask for. */
export interface TypeNames {
  /** The full name of a type behind a dot, and whether it is an enum. The file is made to import the type's. */
  resolve(name: Name, user: Node, dependencies: Set<string>): { readonly fullName: string; readonly isEnum: boolean };
  readonly api: Protobuf;
}

class Descriptors implements TypeNames {
  readonly api: Protobuf;
  readonly #textOf: (path: string) => string | undefined;
  readonly #notes: string[] = [];
  /** The files that everybody knows, by path, as far as they have been read. */
  readonly #bundled = new Map<string, ProtoFile>();
  /** What is defined nowhere: full names by the file that is made up for them. */
  readonly #missing = new Map<string, Set<string>>();
  /** What the names that lead nowhere in their file would mean. */
  readonly #hidden = new Map<Name, Definition | null>();

  constructor(api: Protobuf, textOf: (path: string) => string | undefined) {
    this.#textOf = textOf;
    this.api = this.#completed(api);
    for (const { name, hidden } of this.api.links.unresolvedTypes) this.#hidden.set(name, hidden);
  }

  set(): DescriptorSet {
    const written = new Map<string, FileDescriptor>();
    for (const file of this.api.files) {
      const name = this.api.importPath(file);
      if (!written.has(name)) written.set(name, new FileWriter(file, name, this).file());
    }
    for (const [path, names] of this.#missing) written.set(path, missingFile(path, names));
    return { files: ordered(written), notes: this.#notes };
  }

  resolve(name: Name, user: Node, dependencies: Set<string>): { fullName: string; isEnum: boolean } {
    const found = this.api.links.definition(name) ?? this.#hidden.get(name);
    if (!found || found.kind === 'service') return { fullName: this.#madeUp(name, user, dependencies), isEnum: false };
    const home = typeof found.file === 'string' ? found.file : this.api.importPath(found.file);
    if (typeof found.file === 'string' && !this.#bundled.get(found.file)) {
      return { fullName: this.#madeUp({ ...name, text: found.fullName }, user, dependencies), isEnum: false };
    }
    dependencies.add(home);
    return { fullName: `.${found.fullName}`, isEnum: found.kind === 'enum' };
  }

  /** The same API with the files that everybody knows in the places of imports that lead to them. */
  #completed(api: Protobuf): Protobuf {
    const imports = new Map<ImportNode, ImportTarget>();
    const all: ProtoFile[] = [...api.files, ...api.imported];
    // What is used without being imported may be known to everybody.
    for (const { hidden } of api.links.unresolvedTypes) {
      const file = typeof hidden?.file === 'string' && !this.#bundled.has(hidden.file) ? this.#load(hidden.file) : null;
      if (file) all.push(file);
    }
    // Grows while it is walked.
    for (const file of all) {
      for (const node of file.body) {
        if (node.kind !== 'import') continue;
        const known = api.target(node);
        const path = node.path.value;
        const isNew = !this.#bundled.has(path);
        const target = known !== null && typeof known === 'object' ? known : this.#load(path);
        if (target && target === this.#bundled.get(path) && isNew) all.push(target);
        if (!target)
          this.#notes.push(`\`${file.source.path}\` imports \`${path}\`, which is not at hand: its types are empty.`);
        imports.set(node, target ?? null);
      }
    }
    return new Protobuf(all, [], imports, { roots: api.roots, areDeclared: api.rootsAreDeclared });
  }

  #load(path: string): ProtoFile | undefined {
    const known = this.#bundled.get(path);
    const text = known ? undefined : this.#textOf(path);
    if (text === undefined) return known;
    const file = parse(new Source(path, text));
    this.#bundled.set(path, file);
    return file;
  }

  #madeUp({ text }: Name, user: Node, dependencies: Set<string>): string {
    const plain = text.replace(/^\./, '');
    const whole = plain.includes('.') ? plain : [fileOf(user).packageName, plain].filter(Boolean).join('.');
    const parts = whole.split('.');
    const first = parts.findIndex((part) => /^[A-Z]/.test(part));
    const pkg = parts.slice(0, first === -1 ? -1 : first).join('.');
    const path = `missing/${pkg === '' ? 'types' : pkg.replaceAll('.', '/')}.proto`;
    const names = this.#missing.get(path) ?? new Set([pkg]);
    this.#missing.set(path, names.add(parts.slice(pkg === '' ? 0 : pkg.split('.').length).join('.')));
    dependencies.add(path);
    return `.${whole}`;
  }
}

/** A file with empty messages. @param names the package, then what it lacks: `Order`, `Order.Line` */
function missingFile(path: string, [pkg = '', ...names]: Iterable<string>): FileDescriptor {
  const tree: Tree = new Map();
  for (const name of names) {
    let here = tree;
    for (const part of name.split('.')) {
      const inner: Tree = here.get(part) ?? new Map();
      here.set(part, inner);
      here = inner;
    }
  }
  return {
    name: path,
    package: pkg,
    dependency: [],
    public_dependency: [],
    message_type: emptyMessages(tree),
    enum_type: [],
    service: [],
    extension: [],
    options: {},
    syntax: 'proto3',
  };
}

interface Tree extends Map<string, Tree> {}

function emptyMessages(tree: Tree): MessageDescriptor[] {
  return [...tree].map(([name, inner]) => ({
    name,
    field: [],
    extension: [],
    nested_type: emptyMessages(inner),
    enum_type: [],
    extension_range: [],
    oneof_decl: [],
    options: {},
    reserved_range: [],
    reserved_name: [],
  }));
}

/** Each file behind those that it imports. Files that import each other in a circle lose the import that closes it. */
function ordered(files: ReadonlyMap<string, FileDescriptor>): FileDescriptor[] {
  const done = new Map<string, FileDescriptor>();
  const open = new Set<string>();
  const visit = (file: FileDescriptor): void => {
    if (done.has(file.name) || open.has(file.name)) return;
    open.add(file.name);
    const kept: string[] = [];
    const publicly: number[] = [];
    for (const [index, path] of file.dependency.entries()) {
      const other = files.get(path);
      if (!other || open.has(path)) continue;
      visit(other);
      if (file.public_dependency.includes(index)) publicly.push(kept.length);
      kept.push(path);
    }
    open.delete(file.name);
    done.set(file.name, { ...file, dependency: kept, public_dependency: publicly });
  };
  for (const file of files.values()) visit(file);
  return [...done.values()];
}
