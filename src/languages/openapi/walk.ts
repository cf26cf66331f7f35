import { type Grammar, httpMethods, type Kind, type KindName, type Shape, type Version } from './grammar.ts';
import { asString, isObject, type JsonObject } from './json.ts';
import type { Pointer } from './pointer.ts';
import type { At, References, Resolution } from './references.ts';

/** An object of the specification, found where it is defined. */
export interface Node extends At<JsonObject> {
  readonly kind: KindName;
  /** The object that holds this one; null for the document. For a target that only references lead to: the holder of the first reference. */
  readonly parent: Node | null;
  /** The field of `parent` under which it stands, as `properties`, `schema`, `parameters`. */
  readonly field: string;
  /** The objects in it. */
  readonly children: Node[];
  /** The references that stand in the place of objects in it, and its own, where both may stand together. */
  readonly references: Reference[];
}

/** A `$ref`, where it stands and what it leads to. */
export interface Reference {
  /** What may stand in its place. */
  readonly kind: KindName | null;
  readonly ref: string;
  /** The object that holds the `$ref`. */
  readonly holder: At<JsonObject>;
  /** The place of the `$ref` itself. */
  readonly at: Pointer;
  readonly parent: Node;
  /** The field of `parent` under which it stands. */
  readonly field: string;
  readonly resolution: Resolution;
}

/** An operation in the context in which it is called. */
export interface Operation {
  /** In lower case, or as written in `additionalOperations`. */
  readonly method: string;
  /** The path template, the name of a webhook, or a callback's expression. */
  readonly path: string;
  readonly context: 'path' | 'webhook' | 'callback' | 'component';
  readonly value: JsonObject;
  readonly at: Pointer;
  readonly node: Node;
  readonly pathItem: At<JsonObject>;
  /** The place of the path itself. */
  readonly pathAt: Pointer;
  /** As reports name it: `GET /users`. */
  readonly name: string;
}

/** A path, webhook or callback expression, with what stands under it after following a `$ref`. */
export interface PathEntry {
  readonly path: string;
  readonly context: Operation['context'];
  /** The key in `paths`, `webhooks` or the callback. */
  readonly at: Pointer;
  readonly item: At<JsonObject>;
}

/** Everything an API holds, by kind, each object once. */
export interface Index {
  readonly nodes: Readonly<Record<KindName, readonly Node[]>>;
  readonly paths: readonly PathEntry[];
  readonly operations: readonly Operation[];
  readonly references: readonly Reference[];
  /** The node of an object that was found where `kind` may stand. */
  nodeOf(kind: KindName, value: unknown): Node | undefined;
}

/**
 * Walks an API once, by the grammar of its version. Objects are visited where they are defined; what only references
 * lead to is visited at its own place. Cycles and aliases cost nothing: no object is visited twice.
 */
export function walk(root: At<JsonObject>, version: Version, grammar: Grammar, references: References): Index {
  return new Walk(version, grammar, references).run(root);
}

interface PathContext {
  readonly context: Operation['context'];
  readonly path: string;
  readonly at: Pointer;
}

class Walk {
  readonly #version: Version;
  readonly #grammar: Grammar;
  readonly #references: References;
  readonly #descents: Record<KindName, ReadonlyMap<string, Shape>>;
  readonly #nodes: Record<KindName, Node[]>;
  readonly #known: Record<KindName, Map<unknown, Node>>;
  readonly #paths: PathEntry[] = [];
  readonly #operations: Operation[] = [];
  readonly #found: Reference[] = [];
  /** References whose targets are visited when the documents' own order has been followed. */
  readonly #queue: Reference[] = [];
  /** The objects with a `$ref` that were met, and below which parents. */
  readonly #noted = new Map<object, Set<Node>>();
  #following = 0;

  constructor(version: Version, grammar: Grammar, references: References) {
    this.#version = version;
    this.#grammar = grammar;
    this.#references = references;
    const kinds = Object.entries(grammar) as [KindName, Kind][];
    this.#descents = Object.fromEntries(kinds.map(([name, kind]) => [name, fieldsWithNodes(kind)])) as never;
    this.#nodes = Object.fromEntries(kinds.map(([name]) => [name, []])) as never;
    this.#known = Object.fromEntries(kinds.map(([name]) => [name, new Map()])) as never;
  }

  run(root: At<JsonObject>): Index {
    this.#visitObject('Document', root.value, root.at, null, '', null);
    for (let next = 0; next < this.#queue.length; next++) this.#visitTarget(this.#queue[next]!);
    return {
      nodes: this.#nodes,
      paths: this.#paths,
      operations: withoutComponentsInUse(this.#operations),
      references: this.#found,
      nodeOf: (kind, value) => this.#known[kind].get(value),
    };
  }

  #visitTarget({ kind, resolution, parent, field }: Reference): void {
    if (!('target' in resolution) || kind === null) return;
    this.#visit(kind, resolution.target.value, resolution.target.at, parent, field, null);
  }

  /** Values and places go side by side rather than in an object of their own: there are hundreds of thousands. */
  #visit(shape: Shape, value: unknown, at: Pointer, parent: Node, field: string, context: PathContext | null): void {
    if (value === null || typeof value !== 'object') return;
    if (typeof shape === 'string') {
      if (isKind(shape) && isObject(value)) this.#visitKind(shape, value, at, parent, field, context);
    } else if ('list' in shape) {
      if (!Array.isArray(value)) return;
      for (let i = 0; i < value.length; i++) this.#visit(shape.list, value[i], at.child(i), parent, field, context);
    } else if ('map' in shape) {
      if (isObject(value)) this.#visitMap(shape.map, value, at, parent, field, context);
    } else if ('either' in shape) {
      this.#visit(alternativeFor(shape.either, value), value, at, parent, field, context);
    }
  }

  #visitMap(
    shape: Shape,
    value: JsonObject,
    at: Pointer,
    parent: Node,
    field: string,
    context: PathContext | null,
  ): void {
    const ref = asString(value['$ref']);
    if (ref !== undefined) {
      const reference = this.#note(null, ref, { value, at }, parent, field);
      this.#follow(reference, (target) => {
        if (isObject(target.value)) this.#visitMap(shape, target.value, target.at, parent, field, context);
      });
      return;
    }
    for (const key of Object.keys(value)) {
      const child = at.child(key);
      const inner = field === 'webhooks' ? { context: 'webhook' as const, path: key, at: child } : context;
      this.#visit(shape, value[key], child, parent, field, inner);
    }
  }

  #visitKind(
    kind: KindName,
    value: JsonObject,
    at: Pointer,
    parent: Node,
    field: string,
    context: PathContext | null,
  ): void {
    const ref = Object.hasOwn(value, '$ref') ? asString(value['$ref']) : undefined;
    if (ref !== undefined) {
      if (!needsContext(kind) && this.#isNoted(value, parent)) return;
      const reference = this.#note(kind, ref, { value, at }, parent, field);
      if (needsContext(kind)) {
        this.#follow(reference, (target) => this.#visit(kind, target.value, target.at, parent, field, context));
      } else this.#queue.push(reference);
      if (!this.#standsBesideRef(kind, value)) return;
    }
    this.#visitObject(kind, value, at, parent, field, context);
  }

  #visitObject(
    kind: KindName,
    value: JsonObject,
    at: Pointer,
    parent: Node | null,
    field: string,
    context: PathContext | null,
  ): void {
    const known = this.#known[kind];
    let node = known.get(value);
    if (node && !context) return;
    if (!node) {
      node = { kind, value, at, parent, field, children: [], references: [] };
      known.set(value, node);
      this.#nodes[kind].push(node);
      parent?.children.push(node);
    } else if (kind !== 'PathItem') return;
    if (kind === 'PathItem' && context) {
      this.#paths.push({ path: context.path, context: context.context, at: context.at, item: { value, at } });
    }
    this.#visitFields(kind, value, at, node, context);
  }

  #visitFields(kind: KindName, value: JsonObject, at: Pointer, node: Node, context: PathContext | null): void {
    const descents = this.#descents[kind];
    const { entries, fields } = this.#grammar[kind];
    for (const key of Object.keys(value)) {
      const shape = descents.get(key);
      if (shape === undefined && (!entries || key.startsWith('x-'))) {
        if (!key.startsWith('x-') && !Object.hasOwn(fields, key)) this.#visitMisplaced(key, value, at, node);
        continue;
      }
      const child = at.child(key);
      if (shape === undefined) {
        this.#visit(entries!.shape, value[key], child, node, key, entryContext(kind, key, child) ?? context);
      } else if (kind === 'PathItem' && leadsToOperations(shape)) {
        this.#enterOperations(key, { value: value[key], at: child }, { value, at }, node, context);
      } else {
        this.#visit(shape, value[key], child, node, key, kind === 'PathItem' || kind === 'Operation' ? null : context);
      }
    }
  }

  /** Schemas under keys that the specification does not know: the key is reported, and what is in them all the same. */
  #visitMisplaced(key: string, value: JsonObject, at: Pointer, node: Node): void {
    const stranger = value[key];
    if (!isObject(stranger)) return;
    const place = at.child(key);
    if (key === 'schema') this.#visit('Schema', stranger, place, node, key, null);
    if (isObject(stranger['schema']))
      this.#visit('Schema', stranger['schema'], place.child('schema'), node, 'schema', null);
    if (isObject(stranger['schemas']))
      this.#visitMap('Schema', stranger['schemas'], place.child('schemas'), node, 'schemas', null);
  }

  #enterOperations(key: string, child: At, pathItem: At<JsonObject>, parent: Node, context: PathContext | null): void {
    if (key !== 'additionalOperations') {
      this.#enterOperation(key, child, pathItem, parent, context);
      return;
    }
    if (!isObject(child.value)) return;
    for (const [method, value] of Object.entries(child.value)) {
      this.#enterOperation(method, { value, at: child.at.child(method) }, pathItem, parent, context);
    }
  }

  #enterOperation(
    method: string,
    child: At,
    pathItem: At<JsonObject>,
    parent: Node,
    context: PathContext | null,
  ): void {
    // `get:` with nothing behind it: reported as such, and judged as an operation that says nothing.
    const here = { value: child.value === null ? {} : child.value, at: child.at } as At<JsonObject>;
    if (!isObject(here.value)) return;
    const ref = Object.hasOwn(here.value, '$ref') ? asString(here.value['$ref']) : undefined;
    if (ref !== undefined) {
      const reference = this.#note('Operation', ref, here, parent, method);
      this.#follow(reference, (target) => this.#enterOperation(method, target, pathItem, parent, context));
      return;
    }
    this.#visitObject('Operation', here.value, here.at, parent, method, context);
    const node = this.#known.Operation.get(here.value)!;
    const {
      path,
      context: kind,
      at: pathAt,
    } = context ?? { path: String(pathItem.at.key), context: 'component' as const, at: pathItem.at };
    const name =
      kind === 'webhook'
        ? `webhook ${path}`
        : `${httpMethods.includes(method as never) ? method.toUpperCase() : method} ${path}`;
    this.#operations.push({
      method,
      path,
      context: kind,
      value: here.value,
      at: here.at,
      node,
      pathItem,
      pathAt,
      name,
    });
  }

  #note(kind: KindName | null, ref: string, holder: At<JsonObject>, parent: Node, field: string): Reference {
    const at = holder.at.child('$ref');
    const reference: Reference = {
      kind,
      ref,
      holder,
      at,
      parent,
      field,
      resolution: this.#references.resolve(ref, holder.at),
    };
    const parents = this.#noted.get(holder.value);
    if (!parents) this.#found.push(reference);
    this.#noted.set(holder.value, (parents ?? new Set()).add(parent));
    parent.references.push(reference);
    return reference;
  }

  /** Whether a reference is already known below this parent: chains of references that bite their tail end here. */
  #isNoted(holder: object, parent: Node): boolean {
    return this.#noted.get(holder)?.has(parent) ?? false;
  }

  /** Visits a target at once, in the context of its reference. Chains that bite their tail end by their length. */
  #follow({ resolution }: Reference, visit: (target: At) => void): void {
    if (!('target' in resolution) || this.#following >= longestChain) return;
    this.#following++;
    visit(resolution.target);
    this.#following--;
  }

  /** Whether what stands beside a `$ref` counts: in path items, in schemas since 3.1, and where no reference may stand. */
  #standsBesideRef(kind: KindName, value: JsonObject): boolean {
    if (kind === 'PathItem') return true;
    if (kind === 'Schema') return this.#version === '3.1' || this.#version === '3.2';
    return !this.#grammar[kind].referable && Object.keys(value).length > 1;
  }
}

/** References that lead from path to path are followed this far; real documents need two or three steps. */
const longestChain = 16;

const isKind = (shape: Shape): shape is KindName => typeof shape === 'string' && shape[0]! >= 'A' && shape[0]! <= 'Z';

/** Kinds that mean something only together with the path under which they stand. */
const needsContext = (kind: KindName): boolean =>
  kind === 'PathItem' || kind === 'Paths' || kind === 'Callback' || kind === 'Operation' || kind === 'Components';

const leadsToOperations = (shape: Shape): boolean =>
  shape === 'Operation' || (typeof shape === 'object' && 'map' in shape && shape.map === 'Operation');

/** Leaves out the operations of `components.pathItems` that some path or webhook leads to: they are judged there. */
function withoutComponentsInUse(operations: readonly Operation[]): Operation[] {
  const used = new Set(operations.filter(({ context }) => context !== 'component').map(({ value }) => value));
  return operations.filter(({ context, value }) => context !== 'component' || !used.has(value));
}

function entryContext(kind: KindName, key: string, at: Pointer): PathContext | null {
  if (kind === 'Paths') return { context: 'path', path: key, at };
  if (kind === 'Callback') return { context: 'callback', path: key, at };
  return null;
}

function fieldsWithNodes(kind: Kind): ReadonlyMap<string, Shape> {
  return new Map(Object.entries(kind.fields).filter(([, shape]) => leadsToNodes(shape)));
}

/** Whether objects of the specification may stand in a place of this shape. */
export function leadsToNodes(shape: Shape): boolean {
  if (typeof shape === 'string') return isKind(shape);
  if ('list' in shape) return leadsToNodes(shape.list);
  if ('map' in shape) return leadsToNodes(shape.map);
  return 'either' in shape && shape.either.some(leadsToNodes);
}

/** The alternative that the value's own form asks for. */
function alternativeFor(shapes: readonly Shape[], value: object): Shape {
  const wanted = Array.isArray(value)
    ? (shape: Shape) => typeof shape === 'object' && 'list' in shape
    : (shape: Shape) => isKind(shape) || (typeof shape === 'object' && 'map' in shape);
  return shapes.find(wanted) ?? 'any';
}
