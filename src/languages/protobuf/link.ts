import { isExported } from './features.ts';
import {
  type EnumNode,
  type FieldNode,
  fileOf,
  fullName,
  type ImportNode,
  type MessageNode,
  type Name,
  type Node,
  type ProtoFile,
  type Scope,
  type ServiceNode,
} from './tree.ts';
import { type WellKnownExtension, wellKnownExtension, wellKnownHome, wellKnownTypes } from './well-known.ts';

/** A message, an enum or a service by its full name. */
export interface Definition {
  readonly kind: 'message' | 'enum' | 'service';
  readonly fullName: string;
  /** Null for what is known without its file. */
  readonly node: MessageNode | EnumNode | ServiceNode | null;
  /** The file that it stands in, or the path of one that is known without being read. */
  readonly file: ProtoFile | string;
}

/** A field that extends a message. */
export interface Extension {
  readonly fullName: string;
  /** Null for what is known without its file. */
  readonly node: FieldNode | null;
  readonly file: ProtoFile | string;
  /** What is known without the file. */
  readonly known: WellKnownExtension | null;
}

/** What the name of an extension leads to; if nothing, what it would mean if its file were imported. */
export type ExtensionResult =
  | { readonly extension: Extension }
  | { readonly hidden: Extension | null; readonly mayExist: boolean };

/** A type's name that leads nowhere. */
export interface UnresolvedType {
  readonly name: Name;
  /** The statement that uses it. */
  readonly user: Node;
  /** What the name would mean if its file were imported, or if it were not `local` to its file. */
  readonly hidden: Definition | null;
  /** Whether its definition may be in a file that is missing, or in a part of one that could not be read. */
  readonly mayExist: boolean;
}

/** What an import leads to: a file, one whose types are known without it, one that exists elsewhere, or nothing. */
export type ImportTarget = ProtoFile | 'well-known' | 'external' | null;

/** The types that need no definition. */
export const scalars: ReadonlySet<string> = new Set(
  'double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes'.split(' '),
);

/** What names in some files mean. */
export class Links {
  /** The imports that lead nowhere. */
  readonly unresolvedImports: ImportNode[] = [];
  /** The names of types that lead nowhere. */
  readonly unresolvedTypes: UnresolvedType[] = [];
  readonly #definitions = new Map<string, Definition[]>();
  readonly #extensions = new Map<string, Extension[]>();
  readonly #uses = new Map<ProtoFile, Set<ProtoFile | string>>();
  readonly #types = new Map<Name, Definition>();
  /** What has been looked up, by scope and name: most fields of a message have the same options. */
  readonly #extensionsSeen = new Map<Scope, Map<string, ExtensionResult>>();
  readonly #views = new Map<ProtoFile, View>();
  readonly #imports: ReadonlyMap<ImportNode, ImportTarget>;

  /**
   * @param judged the files whose names are looked up
   * @param others files that they import
   * @param imports what the imports of all of them lead to
   */
  constructor(
    judged: readonly ProtoFile[],
    others: readonly ProtoFile[],
    imports: ReadonlyMap<ImportNode, ImportTarget>,
  ) {
    this.#imports = imports;
    for (const file of [...judged, ...others]) this.#define(file, file, file.packageName);
    for (const file of judged) this.#linkFile(file);
  }

  /** The message, enum or service that a name in the judged files means; undefined for scalars and unknown ones. */
  definition(name: Name): Definition | undefined {
    return this.#types.get(name);
  }

  /**
   * What a type's name means where it stands, in files that are only imported too.
   * @param scope the statement that the name belongs to
   */
  typeOf(name: Name, scope: Node): Definition | undefined {
    const known = this.#types.get(name);
    if (known || scalars.has(name.text)) return known;
    const found = this.#lookUp(name.text, scopeNameOf(scope), this.#view(fileOf(scope)));
    return 'definition' in found ? found.definition : undefined;
  }

  /** The files, or the paths of such as are known without being read, whose types the names in a judged file mean. */
  uses(file: ProtoFile): ReadonlySet<ProtoFile | string> {
    return this.#uses.get(file) ?? new Set();
  }

  /** Whether the types of a file, or of one that is known by its path, can be named in another one. */
  sees(file: ProtoFile, other: ProtoFile | string): boolean {
    return this.#view(file).files.has(other);
  }

  /** The full names of all types that are at hand. */
  get typeNames(): Iterable<string> {
    return this.#definitions.keys();
  }

  /** The definition of a full name, wherever it stands; undefined if there is none. */
  named(fullName: string): Definition | undefined {
    return this.#definitions.get(fullName)?.[0];
  }

  /** All names of extensions that are at hand, in full. */
  get extensionNames(): Iterable<string> {
    return this.#extensions.keys();
  }

  /**
   * The extension that an option's `(name)` means.
   * @param name as it stands in the parentheses
   * @param scope the statement or file that the option is set on
   */
  extension(name: string, scope: Scope): ExtensionResult {
    const known = this.#extensionsSeen.get(scope) ?? new Map<string, ExtensionResult>();
    this.#extensionsSeen.set(scope, known);
    const found = known.get(name) ?? this.#lookUpExtension(name, scope);
    known.set(name, found);
    return found;
  }

  #lookUpExtension(name: string, scope: Scope): ExtensionResult {
    const view = this.#view(fileOf(scope));
    if (name.startsWith('.')) return this.#findExtension(name.slice(1), view);
    const dot = name.indexOf('.');
    let hidden: Extension | null = null;
    for (const inside of scopesOf(fullName(scope))) {
      const found = this.#findExtension(joined(inside, name), view);
      if ('extension' in found) return found;
      hidden ??= found.hidden;
      if (dot !== -1 && this.#isScope(joined(inside, name.slice(0, dot)), view)) break;
    }
    return { hidden, mayExist: view.optionsMissing };
  }

  #findExtension(name: string, view: View): ExtensionResult {
    const all = this.#extensions.get(name) ?? [];
    const seen = all.find(({ file }) => view.optionFiles.has(file));
    if (seen) return { extension: seen };
    const known = wellKnownExtension(name);
    const standIn = known && { fullName: name, node: null, file: known.path, known };
    if (standIn && view.optionFiles.has(known.path)) return { extension: standIn };
    return { hidden: all[0] ?? standIn ?? null, mayExist: view.optionsMissing };
  }

  #define(scope: ProtoFile | Node, file: ProtoFile, inside: string): void {
    for (const node of childrenOf(scope)) {
      if (node.kind === 'message' || node.kind === 'enum' || node.kind === 'service') {
        const name = joined(inside, node.name.text);
        this.#add({ kind: node.kind, fullName: name, node, file });
        if (node.kind === 'message') this.#define(node, file, name);
      } else if (node.kind === 'extend') {
        for (const field of node.body) {
          if (field.kind === 'field') this.#addExtension(field, file, inside);
        }
        this.#define(node, file, inside);
      } else if (node.kind === 'oneof' || (node.kind === 'field' && node.group)) {
        this.#define(node, file, inside);
      } else if (node.kind === 'import' && this.#imports.get(node) === 'well-known') {
        this.#addWellKnown(node.path.value);
      }
    }
  }

  #addWellKnown(path: string): void {
    for (const type of wellKnownTypes(path) ?? []) {
      const known = this.#definitions.get(type.fullName);
      if (!known?.some(({ file }) => file === path)) this.#add({ ...type, node: null, file: path });
    }
  }

  #add(definition: Definition): void {
    const known = this.#definitions.get(definition.fullName);
    if (known) known.push(definition);
    else this.#definitions.set(definition.fullName, [definition]);
  }

  #addExtension(node: FieldNode, file: ProtoFile, inside: string): void {
    const name = joined(inside, node.name.text);
    const extension = { fullName: name, node, file, known: null };
    const known = this.#extensions.get(name);
    if (known) known.push(extension);
    else this.#extensions.set(name, [extension]);
  }

  #linkFile(file: ProtoFile): void {
    for (const node of file.body) {
      if (node.kind === 'import' && !this.#imports.get(node)) this.unresolvedImports.push(node);
    }
    this.#linkTypes(file, file.packageName, this.#view(file));
  }

  #linkTypes(scope: ProtoFile | Node, inside: string, view: View): void {
    for (const node of childrenOf(scope)) {
      if (node.kind === 'field') {
        if (node.group) this.#types.set(node.type, this.#groupOf(node, node.group, inside));
        else if (node.map) for (const name of [node.map.key, node.map.value]) this.#linkType(name, node, inside, view);
        else this.#linkType(node.type, node, inside, view);
        if (node.group) this.#linkTypes(node, inside, view);
      } else if (node.kind === 'rpc') {
        for (const side of [node.request, node.response]) {
          if (side) this.#linkType(side.type, node, joined(inside, node.name.text), view);
        }
      } else if (node.kind === 'extend') {
        this.#linkType(node.extendee, node, inside, view);
        this.#linkTypes(node, inside, view);
      } else if (node.kind === 'message' || node.kind === 'service') {
        this.#linkTypes(node, joined(inside, node.name.text), view);
      } else if (node.kind === 'oneof') {
        this.#linkTypes(node, inside, view);
      }
    }
  }

  #groupOf(field: FieldNode, node: MessageNode, inside: string): Definition {
    return { kind: 'message', fullName: joined(inside, field.name.text), node, file: fileOf(field) };
  }

  #linkType(name: Name, user: Node, inside: string, view: View): void {
    if (scalars.has(name.text) && user.kind === 'field') return;
    const key = `${inside} ${name.text}`;
    let found = view.known.get(key);
    if (found === undefined) {
      found = this.#lookUp(name.text, inside, view);
      view.known.set(key, found);
    }
    if ('definition' in found) {
      this.#types.set(name, found.definition);
      view.used.add(found.definition.file);
    } else {
      const mayExist = view.importMissing || isLost(name.text, view);
      this.unresolvedTypes.push({ name, user, hidden: found.hidden ?? this.#homeOf(name.text, inside), mayExist });
    }
  }

  /**
   * Looks a name up as protoc does, from the innermost scope outwards. The first scope that knows the first part of a name
   * is the one that has to know all of it.
   */
  #lookUp(name: string, inside: string, view: View): Found {
    if (name.startsWith('.')) return this.#find(name.slice(1), view);
    const dot = name.indexOf('.');
    let hidden: Definition | null = null;
    for (const scope of scopesOf(inside)) {
      const whole = joined(scope, name);
      const isHere = dot === -1 || this.#isScope(joined(scope, name.slice(0, dot)), view);
      const found = this.#find(whole, view);
      if (isHere && ('definition' in found || dot !== -1)) return found;
      if (!('definition' in found)) hidden ??= found.hidden;
    }
    return { hidden };
  }

  /** What a name would mean if nothing stood in its way, or in a file that everybody knows and that nobody imports here. */
  #homeOf(name: string, inside: string): Definition | null {
    for (const scope of name.startsWith('.') ? [''] : scopesOf(inside)) {
      const whole = joined(scope, name.replace(/^\./, ''));
      const known = this.#definitions.get(whole)?.[0];
      if (known) return known;
      const path = wellKnownHome(whole);
      const type = path && wellKnownTypes(path)?.find(({ fullName }) => fullName === whole);
      if (type) return { ...type, node: null, file: path };
    }
    return null;
  }

  #isScope(name: string, view: View): boolean {
    return view.packages.has(name) || 'definition' in this.#find(name, view);
  }

  #find(name: string, view: View): Found {
    const all = this.#definitions.get(name);
    if (!all) return { hidden: null };
    const seen = all.find((definition) => view.files.has(definition.file) && !isLocal(definition, view.file));
    return seen ? { definition: seen } : { hidden: all[0]! };
  }

  /** What a file sees: itself, what it imports, and what that imports publicly. */
  #view(file: ProtoFile): View {
    const known = this.#views.get(file);
    if (known) return known;
    const types = this.#reach(file, false);
    // Edition 2024: what is imported for options alone is no type of the file's fields.
    const hasOptionImports = file.body.some((node) => node.kind === 'import' && node.modifier?.text === 'option');
    const options = hasOptionImports ? this.#reach(file, true) : types;
    const view: View = {
      file,
      files: types.files,
      packages: packagesOf(options.files),
      importMissing: types.missing,
      optionFiles: options.files,
      optionsMissing: options.missing,
      used: new Set(),
      known: new Map(),
    };
    this.#views.set(file, view);
    this.#uses.set(file, view.used);
    return view;
  }

  #reach(file: ProtoFile, forOptions: boolean): { files: ReadonlySet<ProtoFile | string>; missing: boolean } {
    const files = new Set<ProtoFile | string>([file]);
    let missing = file.lost.scope;
    const pending: { of: ProtoFile; onlyPublic: boolean }[] = [{ of: file, onlyPublic: false }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      for (const node of next.of.body) {
        if (node.kind !== 'import' || (node.modifier?.text === 'option' && !forOptions)) continue;
        if (next.onlyPublic && node.modifier?.text !== 'public') continue;
        const target = this.#imports.get(node) ?? null;
        if (target === null || target === 'external') missing = true;
        else if (target === 'well-known') files.add(node.path.value);
        else if (!files.has(target)) {
          files.add(target);
          pending.push({ of: target, onlyPublic: true });
        }
      }
    }
    return { files, missing };
  }
}

type Found = { readonly definition: Definition } | { readonly hidden: Definition | null };

interface View {
  readonly file: ProtoFile;
  readonly files: ReadonlySet<ProtoFile | string>;
  /** The packages of these files, and those around them. */
  readonly packages: ReadonlySet<string>;
  readonly importMissing: boolean;
  /** The same for the names of options. */
  readonly optionFiles: ReadonlySet<ProtoFile | string>;
  readonly optionsMissing: boolean;
  /** The files whose types it names. */
  readonly used: Set<ProtoFile | string>;
  /** What has been looked up, by scope and name. */
  readonly known: Map<string, Found>;
}

function packagesOf(files: ReadonlySet<ProtoFile | string>): Set<string> {
  const packages = new Set<string>();
  for (const file of files) {
    for (const name of scopesOf(typeof file === 'string' ? 'google.protobuf' : file.packageName)) packages.add(name);
  }
  return packages;
}

/** `a.b` and all that is around it: `a.b`, `a`, and the empty string. */
function* scopesOf(name: string): Generator<string> {
  for (let scope = name; scope !== ''; scope = scope.slice(0, Math.max(0, scope.lastIndexOf('.')))) yield scope;
  yield '';
}

function joined(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}

function isLocal({ node, file }: Definition, user: ProtoFile): boolean {
  return node !== null && node.kind !== 'service' && file !== user && !isExported(node);
}

/** Whether a name is among those of definitions that could not be read, or that stand in a file whose braces may be wrong. */
function isLost(name: string, { files }: View): boolean {
  const parts = name.replace(/^\./, '').split('.');
  for (const file of files) {
    if (typeof file === 'string' || file.problems.length === 0) continue;
    if (parts.some((part) => file.lost.names.has(part))) return true;
  }
  return false;
}

/** The full name of the scope that the types in a statement are looked up from. */
function scopeNameOf(node: Node): string {
  return node.kind === 'rpc' ? fullName(node) : fullName(node.parent);
}

function childrenOf(scope: ProtoFile | Node): readonly Node[] {
  if (scope.kind === 'field') return scope.group ? [scope.group] : [];
  return 'body' in scope ? scope.body : [];
}
