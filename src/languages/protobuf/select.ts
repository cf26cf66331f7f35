/**
 * What rules loop over: typed lists of the things that the files of an API define, in their order, each worked out once per
 * API. What only imported files define is looked up in, but not listed. `at` is the place of a thing's name.
 */
import type { Place } from '../../text/place.ts';
import { type HttpBinding, httpBindings } from './http.ts';
import { type Definition, scalars } from './link.ts';
import type { Protobuf } from './protobuf.ts';
import {
  type EnumNode,
  type EnumValueNode,
  type ExtendNode,
  type FieldNode,
  fileOf,
  fullName,
  type ImportNode,
  type MessageNode,
  type Name,
  type Node,
  type OneofNode,
  type OptionNode,
  type PackageNode,
  type ProtoFile,
  placeOf,
  type RpcNode,
  type RpcType,
  type Scope,
  type ServiceNode,
  type SyntaxNode,
  statements,
} from './tree.ts';

export { descriptionOf, docCommentOf, leadingDescriptionOf } from './descriptions.ts';

/** A `.proto` file. */
export interface File {
  readonly node: ProtoFile;
  readonly path: string;
  /** `proto2`, which counts where nothing is said, `proto3`, or an edition as `2023`. */
  readonly edition: string;
  /** The statement that says so. */
  readonly syntax: SyntaxNode | null;
  /** The empty string where there is none. */
  readonly package: string;
  readonly imports: readonly ImportNode[];
}

/** What all that is listed has. */
interface Element<N extends Node> {
  readonly node: N;
  readonly name: string;
  readonly at: Place;
  readonly file: ProtoFile;
}

/** A package as one file declares it. */
export type Package = Element<PackageNode>;

/** A message, also one in another or that of a group. */
export interface Message extends Element<MessageNode> {
  readonly fullName: string;
  /** Its own fields, those of its oneofs included, not those that extend it. */
  readonly fields: readonly Field[];
  readonly oneofs: readonly OneofNode[];
}

/** What a field holds. `unknown` is a type that could not be resolved. */
export type FieldKind = 'scalar' | 'message' | 'enum' | 'group' | 'map' | 'unknown';

/** A field of a message, or one that an `extend` adds. */
export interface Field extends Element<FieldNode> {
  readonly fullName: string;
  readonly kind: FieldKind;
  /** The full name of its type; a scalar's or an unknown one's as written; of a map, that of its values. */
  readonly type: string;
  /** What the type is, if it is none of the scalars. */
  readonly definition: Definition | undefined;
  readonly typeAt: Place;
  readonly label: 'optional' | 'required' | 'repeated' | null;
  readonly number: number | null;
  readonly numberAt: Place;
  /** Its name in JSON, by `json_name` or by protoc's rule. */
  readonly jsonName: string;
  readonly oneof: OneofNode | null;
  /** The `extend` that it stands in. */
  readonly extend: ExtendNode | null;
}

/** An enum. */
export interface Enum extends Element<EnumNode> {
  readonly fullName: string;
  readonly values: readonly EnumValue[];
}

/** A value of an enum. */
export interface EnumValue extends Element<EnumValueNode> {
  readonly number: number | null;
  readonly numberAt: Place;
}

/** A service. */
export interface Service extends Element<ServiceNode> {
  readonly fullName: string;
  readonly rpcs: readonly Rpc[];
}

/** Which side sends more than one message. */
export type Streaming = 'none' | 'client' | 'server' | 'both';

/** What an rpc does by its name (AIP-131 to AIP-136). */
export type Role = 'Get' | 'List' | 'Create' | 'Update' | 'Delete' | 'custom';

/** A method of a service. */
export interface Rpc extends Element<RpcNode> {
  readonly fullName: string;
  readonly service: ServiceNode;
  /** Null where they could not be read. */
  readonly request: RpcSide | null;
  readonly response: RpcSide | null;
  readonly streaming: Streaming;
  readonly role: Role;
  /** What its name says behind the verb: `User` of `GetUser`. Empty for custom methods. */
  readonly noun: string;
  readonly http: readonly HttpBinding[];
}

/** The message that an rpc takes or gives. */
export interface RpcSide {
  /** The full name, or the name as written where it could not be resolved. */
  readonly type: string;
  readonly definition: Definition | undefined;
  readonly at: Place;
}

/** Makes a selector remember its answer for each API. */
export function memoised<T>(select: (api: Protobuf) => T): (api: Protobuf) => T {
  return (api) => {
    const known = api.memo.get(select);
    if (known !== undefined) return known as T;
    const answer = select(api);
    api.memo.set(select, answer);
    return answer;
  };
}

/** Every statement of an API's files, by kind. One walk for all selectors. */
const nodes = memoised((api) => {
  const found = new Map<Node['kind'], Node[]>();
  for (const file of api.files) {
    for (const node of statements(file)) {
      const known = found.get(node.kind);
      if (known) known.push(node);
      else found.set(node.kind, [node]);
    }
  }
  return found;
});

function nodesOf<K extends Node['kind']>(api: Protobuf, kind: K): readonly Extract<Node, { kind: K }>[] {
  return (nodes(api).get(kind) ?? []) as Extract<Node, { kind: K }>[];
}

/** The files that are judged. */
export const files = memoised((api): readonly File[] => api.files.map(fileElement));

/** The packages that files declare, one for each declaration. */
export const packages = memoised((api): readonly Package[] => nodesOf(api, 'package').map(element));

/** The messages, those in others and those of groups included. Maps make none. */
export const messages = memoised((api): readonly Message[] => {
  const own = fieldsByMessage(api);
  return nodesOf(api, 'message').map((node) => ({
    ...element(node),
    fullName: fullName(node),
    fields: own.get(node) ?? [],
    oneofs: node.body.filter((member) => member.kind === 'oneof'),
  }));
});

/** The fields of all messages, then those that extend messages. */
export const fields = memoised((api): readonly Field[] =>
  nodesOf(api, 'field').map((node) => new FieldElement(api, node)),
);

/** The enums, those in messages included. */
export const enums = memoised((api): readonly Enum[] =>
  nodesOf(api, 'enum').map((node) => ({
    ...element(node),
    fullName: fullName(node),
    values: node.body.filter((member) => member.kind === 'value').map(valueElement),
  })),
);

/** The values of all enums. */
export const enumValues = memoised((api): readonly EnumValue[] => enums(api).flatMap(({ values }) => values));

/** The services. */
export const services = memoised((api): readonly Service[] =>
  nodesOf(api, 'service').map((node) => ({
    ...element(node),
    fullName: fullName(node),
    rpcs: node.body.filter((member) => member.kind === 'rpc').map((rpc) => rpcElement(api, rpc, node)),
  })),
);

/** The methods of all services. */
export const rpcs = memoised((api): readonly Rpc[] => services(api).flatMap((service) => service.rpcs));

/** The options of all statements, each with the statement that it stands in as its `parent`. */
export const options = memoised((api): readonly OptionNode[] => nodesOf(api, 'option'));

/** The options of one statement or file. */
export function optionsOf(scope: Scope): readonly OptionNode[] {
  const inBlock = 'body' in scope ? scope.body.filter((node) => node.kind === 'option') : [];
  return 'options' in scope ? scope.options : inBlock;
}

/**
 * What an option of a statement or file is set to by name: `deprecated`, `(google.api.resource)`.
 * @returns the first such option; a dot before an extension's name doesn't count
 */
export function optionOf(scope: Scope, name: string): OptionNode | undefined {
  for (const node of 'options' in scope ? scope.options : 'body' in scope ? scope.body : []) {
    if (node.kind !== 'option') continue;
    const { text } = node.name;
    if (text === name || (text.includes('(.') && text.replaceAll('(.', '(') === name)) return node;
  }
  return undefined;
}

function fileElement(node: ProtoFile): File {
  const syntax =
    node.body.find((member): member is SyntaxNode => member.kind === 'syntax' || member.kind === 'edition') ?? null;
  return {
    node,
    path: node.source.path,
    edition: syntax?.value.value ?? 'proto2',
    syntax,
    package: node.packageName,
    imports: node.body.filter((member) => member.kind === 'import'),
  };
}

function element<N extends Node & { readonly name: Name }>(node: N): Element<N> {
  return { node, name: node.name.text, at: placeOf(node, node.name), file: fileOf(node) };
}

function fieldsByMessage(api: Protobuf): ReadonlyMap<Scope, readonly Field[]> {
  const found = new Map<Scope, Field[]>();
  for (const field of fields(api)) {
    if (field.extend) continue;
    const owner = field.oneof ? field.oneof.parent : field.node.parent;
    const known = found.get(owner);
    if (known) known.push(field);
    else found.set(owner, [field]);
  }
  return found;
}

/** A class, since there are many, and few are asked for all that they can tell. */
class FieldElement implements Field {
  readonly node: FieldNode;
  readonly name: string;
  readonly at: Place;
  readonly file: ProtoFile;
  readonly kind: FieldKind;
  readonly type: string;
  readonly definition: Definition | undefined;
  readonly label: Field['label'];
  readonly number: number | null;
  readonly oneof: OneofNode | null;
  readonly extend: ExtendNode | null;

  constructor(api: Protobuf, node: FieldNode) {
    const { parent } = node;
    const type = node.map?.value ?? node.type;
    this.node = node;
    // A group's field is called like its message, in lower case.
    this.name = node.group ? node.name.text.toLowerCase() : node.name.text;
    this.at = placeOf(node, node.name);
    this.file = fileOf(node);
    this.definition = api.links.definition(type);
    this.kind = kindOf(node, this.definition);
    this.type = this.definition?.fullName ?? type.text;
    this.label = (node.label?.text ?? null) as Field['label'];
    this.number = node.number?.value ?? null;
    this.oneof = parent.kind === 'oneof' ? parent : null;
    this.extend = parent.kind === 'extend' ? parent : null;
  }

  get fullName(): string {
    return fullName(this.node);
  }

  get typeAt(): Place {
    return placeOf(this.node, this.node.map ?? this.node.type);
  }

  get numberAt(): Place {
    return placeOf(this.node, this.node.number ?? this.node.name);
  }

  get jsonName(): string {
    return jsonNameOf(this.node, this.name);
  }
}

function kindOf(node: FieldNode, definition: Definition | undefined): FieldKind {
  if (node.map) return 'map';
  if (node.group) return 'group';
  if (definition) return definition.kind === 'service' ? 'unknown' : definition.kind;
  return scalars.has(node.type.text) ? 'scalar' : 'unknown';
}

function jsonNameOf(node: FieldNode, name: string): string {
  const value = optionOf(node, 'json_name')?.value;
  if (value?.kind === 'string') return value.value;
  return name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

function valueElement(node: EnumValueNode): EnumValue {
  return { ...element(node), number: node.number?.value ?? null, numberAt: placeOf(node, node.number ?? node.name) };
}

function rpcElement(api: Protobuf, node: RpcNode, service: ServiceNode): Rpc {
  const [, verb, noun] = /^(Get|List|Create|Update|Delete)([A-Z0-9].*)$/.exec(node.name.text) ?? [];
  return {
    ...element(node),
    fullName: fullName(node),
    service,
    request: node.request && sideOf(api, node, node.request),
    response: node.response && sideOf(api, node, node.response),
    streaming: streamingOf(node),
    role: (verb ?? 'custom') as Role,
    noun: noun ?? '',
    http: httpBindings(node),
  };
}

function sideOf(api: Protobuf, rpc: RpcNode, { type }: RpcType): RpcSide {
  const definition = api.links.definition(type);
  return { type: definition?.fullName ?? type.text, definition, at: placeOf(rpc, type) };
}

function streamingOf({ request, response }: RpcNode): Streaming {
  if (request?.stream) return response?.stream ? 'both' : 'client';
  return response?.stream ? 'server' : 'none';
}
