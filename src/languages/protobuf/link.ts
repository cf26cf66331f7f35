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
import { wellKnownTypes } from './well-known.ts';

/** A message, an enum or a service by its full name. */
export interface Definition {
  readonly kind: 'message' | 'enum' | 'service';
  readonly fullName: string;
  /** Null for what is known without its file. */
  readonly node: MessageNode | EnumNode | ServiceNode | null;
}

/** A type's name that leads nowhere. */
export interface UnresolvedType {
  readonly name: Name;
  /** The statement that uses it. */
  readonly user: Node;
  /** What the name would mean if its file were imported, or if it were not `local` to its file. */
  readonly hidden: Definition | null;
  /** Whether a file that may define it could not be read. */
  readonly importMissing: boolean;
}

/** A name that is defined twice. */
export interface Duplicate {
  readonly fullName: string;
  readonly first: Node & { readonly name: Name };
  readonly again: Node & { readonly name: Name };
}

/** What an import leads to: a file, one whose types are known without it, one that exists elsewhere, or nothing. */
export type ImportTarget = ProtoFile | 'well-known' | 'external' | null;

/** The types that need no definition. */
export const scalars: ReadonlySet<string> = new Set(
  'double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes'.split(' '),
);

/** What names in some files mean. */
export class Links {
  readonly duplicates: Duplicate[] = [];
  /** The imports that lead nowhere. */
  readonly unresolvedImports: ImportNode[] = [];
  /** The names of types that lead nowhere. */
  readonly unresolvedTypes: UnresolvedType[] = [];
  readonly #definitions = new Map<string, Entry[]>();
  readonly #extensions = new Map<string, FieldNode>();
  readonly #types = new Map<Name, Definition>();
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
   * The extension that an option's `(name)` means, if its definition is at hand.
   * @param name as it stands in the parentheses
   */
  extension(name: string, scope: Scope): FieldNode | undefined {
    if (name.startsWith('.')) return this.#extensions.get(name.slice(1));
    for (const inner of scopesOf(fullName(scope))) {
      const found = this.#extensions.get(joined(inner, name));
      if (found) return found;
    }
    return undefined;
  }

  #define(scope: ProtoFile | Node, file: ProtoFile, inside: string): void {
    for (const node of childrenOf(scope)) {
      if (node.kind === 'message' || node.kind === 'enum' || node.kind === 'service') {
        const name = joined(inside, node.name.text);
        this.#add({ kind: node.kind, fullName: name, node }, file);
        if (node.kind === 'message') this.#define(node, file, name);
      } else if (node.kind === 'extend') {
        for (const field of node.body) {
          if (field.kind === 'field') this.#extensions.set(joined(inside, field.name.text), field);
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
      if (!known?.some(({ file }) => file === path)) this.#add({ ...type, node: null }, path);
    }
  }

  #add(definition: Definition, file: ProtoFile | string): void {
    const known = this.#definitions.get(definition.fullName);
    if (!known) {
      this.#definitions.set(definition.fullName, [{ definition, file }]);
      return;
    }
    const first = known[0]!.definition.node;
    if (first && definition.node) {
      this.duplicates.push({ fullName: definition.fullName, first, again: definition.node });
    }
    known.push({ definition, file });
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
        if (node.group)
          this.#types.set(node.type, { kind: 'message', fullName: joined(inside, node.name.text), node: node.group });
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

  #linkType(name: Name, user: Node, inside: string, view: View): void {
    if (scalars.has(name.text) && user.kind === 'field') return;
    const key = `${inside} ${name.text}`;
    let found = view.known.get(key);
    if (found === undefined) {
      found = this.#lookUp(name.text, inside, view);
      view.known.set(key, found);
    }
    if ('definition' in found) this.#types.set(name, found.definition);
    else this.unresolvedTypes.push({ name, user, hidden: found.hidden, importMissing: view.importMissing });
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

  #isScope(name: string, view: View): boolean {
    return view.packages.has(name) || 'definition' in this.#find(name, view);
  }

  #find(name: string, view: View): Found {
    const entries = this.#definitions.get(name);
    if (!entries) return { hidden: null };
    const seen = entries.find(({ file, definition }) => view.files.has(file) && !isLocal(definition, view.file));
    return seen ? { definition: seen.definition } : { hidden: entries[0]!.definition };
  }

  /** What a file sees: itself, what it imports, and what that imports publicly. */
  #view(file: ProtoFile): View {
    const known = this.#views.get(file);
    if (known) return known;
    const files = new Set<ProtoFile | string>([file]);
    let importMissing = false;
    const pending: { of: ProtoFile; onlyPublic: boolean }[] = [{ of: file, onlyPublic: false }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      for (const node of next.of.body) {
        // Edition 2024: what is imported for options alone is no type of the file's fields.
        if (node.kind !== 'import' || node.modifier?.text === 'option') continue;
        if (next.onlyPublic && node.modifier?.text !== 'public') continue;
        const target = this.#imports.get(node) ?? null;
        if (target === null || target === 'external') importMissing = true;
        else if (target === 'well-known') files.add(node.path.value);
        else if (!files.has(target)) {
          files.add(target);
          pending.push({ of: target, onlyPublic: true });
        }
      }
    }
    const view: View = { file, files, packages: packagesOf(files), importMissing, known: new Map() };
    this.#views.set(file, view);
    return view;
  }
}

/** A definition and the file it stands in, or the path of a file that is known without being read. */
interface Entry {
  readonly definition: Definition;
  readonly file: ProtoFile | string;
}

type Found = { readonly definition: Definition } | { readonly hidden: Definition | null };

interface View {
  readonly file: ProtoFile;
  readonly files: ReadonlySet<ProtoFile | string>;
  /** The packages of these files, and those around them. */
  readonly packages: ReadonlySet<string>;
  readonly importMissing: boolean;
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

function isLocal({ node }: Definition, file: ProtoFile): boolean {
  return node !== null && 'visibility' in node && node.visibility?.text === 'local' && fileOf(node) !== file;
}

function childrenOf(scope: ProtoFile | Node): readonly Node[] {
  if (scope.kind === 'field') return scope.group ? [scope.group] : [];
  return 'body' in scope ? scope.body : [];
}
