import type {
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
  MethodDescriptor,
  OptionJson,
  OptionsJson,
  ServiceDescriptor,
  TypeNames,
} from './descriptors.ts';
import { editionOf, featuresOf, hasEdition } from './features.ts';
import { optionsOf } from './select.ts';
import type {
  EnumNode,
  ExtendNode,
  FieldNode,
  MessageNode,
  Name,
  Node,
  NumberLiteral,
  OneofNode,
  OptionNode,
  ProtoFile,
  ReservedNode,
  RpcNode,
  Scope,
  ServiceNode,
  Value,
} from './tree.ts';

/** One above the greatest number that a field may have. */
const endOfNumbers = 2 ** 29;
const greatestInt32 = 2 ** 31 - 1;

/** Describes one file. */
export class FileWriter {
  readonly #file: ProtoFile;
  readonly #path: string;
  readonly #names: TypeNames;
  /** What the types come from. */
  readonly #used = new Set<string>();

  constructor(file: ProtoFile, path: string, names: TypeNames) {
    this.#file = file;
    this.#path = path;
    this.#names = names;
  }

  file(): FileDescriptor {
    const { body, packageName } = this.#file;
    const edition = editionOf(this.#file);
    const members = {
      message_type: this.#messages(body),
      enum_type: enumsIn(body).map((node) => this.#enum(node)),
      service: body.filter((node) => node.kind === 'service').map((node) => this.#service(node)),
      extension: this.#extensions(body),
      options: this.#options(this.#file),
    };
    const { dependency, public_dependency } = this.#imports();
    return {
      name: this.#path,
      package: packageName,
      dependency,
      public_dependency,
      ...members,
      syntax: hasEdition(this.#file) ? 'editions' : edition || 'proto2',
      ...(hasEdition(this.#file) && { edition: `EDITION_${edition}` }),
    };
  }

  /** What it imports of what is at hand, and what it should. */
  #imports(): { dependency: string[]; public_dependency: number[] } {
    const dependency: string[] = [];
    const publicly: number[] = [];
    for (const node of this.#file.body) {
      if (node.kind !== 'import') continue;
      const target = this.#names.api.target(node);
      if (target === null || typeof target !== 'object') continue;
      const path = this.#names.api.importPath(target);
      if (dependency.includes(path) || path === this.#path) continue;
      if (node.modifier?.text === 'public') publicly.push(dependency.length);
      dependency.push(path);
    }
    const reached = this.#reach(dependency);
    for (const path of this.#used) if (path !== this.#path && !reached.has(path)) dependency.push(path);
    return { dependency, public_dependency: publicly };
  }

  /** The files whose types are seen by these imports. */
  #reach(paths: readonly string[]): Set<string> {
    const { api } = this.#names;
    const reached = new Set(paths);
    for (const file of api.files) if (api.links.sees(this.#file, file)) reached.add(api.importPath(file));
    return reached;
  }

  #messages(body: readonly Node[]): MessageDescriptor[] {
    return messagesIn(body).map((node) => this.#message(node));
  }

  #message(node: MessageNode): MessageDescriptor {
    const { body } = node;
    const oneofs: { name: string; options: OptionsJson }[] = [];
    const synthetic: string[] = [];
    const fields: FieldDescriptor[] = [];
    const entries: MessageDescriptor[] = [];
    const declared = body.filter((member) => member.kind === 'oneof');
    for (const oneof of declared) oneofs.push({ name: oneof.name.text, options: this.#options(oneof) });
    const add = (field: FieldNode, oneof: OneofNode | null) => {
      const described = this.#field(field);
      if (!described) return;
      if (field.map) entries.push(this.#entry(field, described));
      if (oneof) fields.push({ ...described, oneof_index: declared.indexOf(oneof) });
      else if (described.proto3_optional) {
        fields.push({ ...described, oneof_index: declared.length + synthetic.length });
        synthetic.push(`_${described.name}`);
      } else fields.push(described);
    };
    for (const member of body) {
      if (member.kind === 'field') add(member, null);
      else if (member.kind === 'oneof') for (const field of member.body) if (field.kind === 'field') add(field, member);
    }
    for (const name of synthetic) oneofs.push({ name, options: {} });
    const reserved = reservedIn(body);
    return {
      name: node.name.text,
      field: fields,
      extension: this.#extensions(body),
      nested_type: [...this.#messages(body), ...entries],
      enum_type: enumsIn(body).map((inner) => this.#enum(inner)),
      extension_range: reservedIn(body, 'extensions').flatMap((member) => this.#ranges(member)),
      oneof_decl: oneofs,
      options: this.#options(node),
      reserved_range: reserved.flatMap((member) => rangesOf(member)),
      reserved_name: reserved.flatMap(({ names }) => names.map(({ text }) => text)),
      ...visibilityOf(node),
    };
  }

  #field(node: FieldNode): FieldDescriptor | null {
    if (!node.number) return null;
    const features = featuresOf(node);
    const name = node.group ? node.name.text.toLowerCase() : node.name.text;
    const label = node.map ? 'repeated' : (node.label?.text ?? 'optional');
    const inExtend = node.parent.kind === 'extend';
    const isProto3Optional = node.label?.text === 'optional' && editionOf(this.#file) === 'proto3';
    const type = this.#type(node);
    const isMessage = type.type === 'TYPE_MESSAGE' || type.type === 'TYPE_GROUP';
    const written = optionsOf(node);
    const packed = written.find((option) => option.name.text === 'packed')?.value;
    const value = written.find((option) => option.name.text === 'default')?.value;
    const jsonName = written.find((option) => option.name.text === 'json_name')?.value;
    return {
      name,
      number: node.number.value,
      label: `LABEL_${label.toUpperCase()}` as FieldDescriptor['label'],
      ...type,
      ...(inExtend && {
        extendee: this.#resolve((node.parent as ExtendNode).extendee, node.parent as ExtendNode).fullName,
      }),
      ...(value && { default_value: defaultOf(value) }),
      json_name: jsonName?.kind === 'string' ? jsonName.value : jsonNameOf(name),
      options: this.#options(node),
      ...(isProto3Optional && { proto3_optional: true }),
      wire: {
        packed: packed?.kind === 'word' ? packed.text === 'true' : features.repeated_field_encoding === 'PACKED',
        presence:
          isMessage ||
          inExtend ||
          node.parent.kind === 'oneof' ||
          isProto3Optional ||
          features.field_presence !== 'IMPLICIT',
        delimited: type.type === 'TYPE_GROUP' || (!node.map && isMessage && features.message_encoding === 'DELIMITED'),
      },
    };
  }

  #type(node: FieldNode): Pick<FieldDescriptor, 'type' | 'type_name'> {
    if (node.map) return { type: 'TYPE_MESSAGE', type_name: `${this.#scopeOf(node)}.${entryName(node.name.text)}` };
    if (node.group) return { type: 'TYPE_GROUP', type_name: `${this.#scopeOf(node)}.${node.name.text}` };
    return this.#typeNamed(node.type, node);
  }

  #typeNamed(name: Name, user: Node): Pick<FieldDescriptor, 'type' | 'type_name'> {
    if (scalarNames.has(name.text)) return { type: `TYPE_${name.text.toUpperCase()}` };
    const { fullName, isEnum } = this.#resolve(name, user);
    return { type: isEnum ? 'TYPE_ENUM' : 'TYPE_MESSAGE', type_name: fullName };
  }

  #resolve(name: Name, user: Node): { fullName: string; isEnum: boolean } {
    return this.#names.resolve(name, user, this.#used);
  }

  /** The full name, behind a dot, of the message or package that a field's own message belongs to. */
  #scopeOf(node: FieldNode): string {
    const names: string[] = [];
    for (let here: Scope = node.parent; ; here = here.parent) {
      if (here.kind === 'file') break;
      if (here.kind === 'message') names.unshift(here.name.text);
    }
    const { packageName } = this.#file;
    return [packageName === '' ? '' : `.${packageName}`, ...names.map((name) => `.${name}`)].join('');
  }

  /** The message that stands for the entries of a map. */
  #entry(node: FieldNode, field: FieldDescriptor): MessageDescriptor {
    const { key, value } = node.map!;
    const wire = { packed: false, presence: true, delimited: false };
    const member = (name: string, number: number, type: Name): FieldDescriptor => ({
      name,
      number,
      label: 'LABEL_OPTIONAL',
      ...this.#typeNamed(type, node),
      json_name: name,
      options: {},
      wire,
    });
    return {
      name: entryName(field.name),
      field: [member('key', 1, key), member('value', 2, value)],
      extension: [],
      nested_type: [],
      enum_type: [],
      extension_range: [],
      oneof_decl: [],
      options: { map_entry: true },
      reserved_range: [],
      reserved_name: [],
    };
  }

  #extensions(body: readonly Node[]): FieldDescriptor[] {
    return body
      .filter((node) => node.kind === 'extend')
      .flatMap((node) => node.body.flatMap((field) => (field.kind === 'field' ? (this.#field(field) ?? []) : [])));
  }

  #ranges(node: ReservedNode): MessageDescriptor['extension_range'] {
    const options = this.#options(node);
    return rangesOf(node).map((range) => ({ ...range, ...(Object.keys(options).length > 0 && { options }) }));
  }

  #enum(node: EnumNode): EnumDescriptor {
    const reserved = reservedIn(node.body);
    return {
      name: node.name.text,
      value: node.body.flatMap((member) =>
        member.kind === 'value' && member.number
          ? [{ name: member.name.text, number: member.number.value, options: this.#options(member) }]
          : [],
      ),
      options: this.#options(node),
      // Unlike those of messages, the ranges of enums include their ends.
      reserved_range: reserved.flatMap(({ ranges }) =>
        ranges.map(({ from, to }) => ({ start: from, end: Math.min(to, greatestInt32) })),
      ),
      reserved_name: reserved.flatMap(({ names }) => names.map(({ text }) => text)),
      ...visibilityOf(node),
    };
  }

  #service(node: ServiceNode): ServiceDescriptor {
    return {
      name: node.name.text,
      method: node.body.flatMap((member) => (member.kind === 'rpc' ? (this.#method(member) ?? []) : [])),
      options: this.#options(node),
    };
  }

  #method(node: RpcNode): MethodDescriptor | null {
    const { request, response } = node;
    if (!request || !response) return null;
    return {
      name: node.name.text,
      input_type: this.#resolve(request.type, node).fullName,
      output_type: this.#resolve(response.type, node).fullName,
      client_streaming: request.stream !== null,
      server_streaming: response.stream !== null,
      options: this.#options(node),
    };
  }

  #options(scope: Scope): OptionsJson {
    const written = optionsOf(scope);
    if (written.length === 0) return {};
    const found: Mutable = {};
    for (const option of written) this.#addOption(found, option, scope);
    return found;
  }

  #addOption(found: Mutable, { name, value }: OptionNode, scope: Scope): void {
    if (!value || (scope.kind === 'field' && (name.text === 'default' || name.text === 'json_name'))) return;
    const way = name.parts.map((part) => (part.extension ? this.#extensionName(part.text, scope) : part.text));
    let here = found;
    for (const key of way.slice(0, -1)) {
      const inner = Object.hasOwn(here, key) ? here[key] : undefined;
      const next: Mutable =
        inner !== null && typeof inner === 'object' && !Array.isArray(inner) ? (inner as Mutable) : {};
      here[key] = next;
      here = next;
    }
    put(here, way.at(-1)!, this.#value(value, scope));
  }

  #extensionName(name: string, scope: Scope): string {
    const result = this.#names.api.links.extension(name, scope);
    const known = 'extension' in result ? result.extension : result.hidden;
    return `[${known?.fullName ?? name.replace(/^\./, '')}]`;
  }

  #value(value: Value, scope: Scope): OptionJson {
    if (value.kind === 'string') return value.value;
    if (value.kind === 'list') return value.items.map((item) => this.#value(item, scope));
    if (value.kind === 'number') return numberJson(value);
    if (value.kind === 'word') return wordJson(value.text);
    const found: Mutable = {};
    for (const { name, value: inner } of value.fields) {
      const [, extension, url] = /^\[([^/]*?)(\/.*)?\]$/.exec(name.text) ?? [];
      if (url !== undefined) {
        const of = this.#value(inner, scope);
        Object.assign(found, { '@type': `${extension}${url}` }, typeof of === 'object' && !Array.isArray(of) ? of : {});
      } else {
        put(
          found,
          extension === undefined ? name.text : this.#extensionName(extension, scope),
          this.#value(inner, scope),
        );
      }
    }
    return found;
  }
}

type Mutable = { [name: string]: OptionJson };

/** What is set again and again is a list. */
function put(here: Mutable, key: string, value: OptionJson): void {
  const known = Object.hasOwn(here, key) ? here[key] : undefined;
  if (known === undefined) here[key] = value;
  else here[key] = [...(Array.isArray(known) ? known : [known]), ...(Array.isArray(value) ? value : [value])];
}

const scalarNames: ReadonlySet<string> = new Set(
  'double float int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 bool string bytes'.split(' '),
);

/** The messages that stand in a block, those of groups among them. */
function messagesIn(body: readonly Node[]): MessageNode[] {
  return body.flatMap((node) => {
    if (node.kind === 'message') return [node];
    if (node.kind === 'field') return node.group ? [node.group] : [];
    return node.kind === 'oneof' || node.kind === 'extend' ? messagesIn(node.body) : [];
  });
}

function reservedIn(body: readonly Node[], kind: ReservedNode['kind'] = 'reserved'): ReservedNode[] {
  return body.filter((node): node is ReservedNode => node.kind === kind);
}

function enumsIn(body: readonly Node[]): EnumNode[] {
  return body.filter((node) => node.kind === 'enum');
}

function rangesOf({ ranges }: ReservedNode): { start: number; end: number }[] {
  return ranges.map(({ from, to }) => ({ start: from, end: Math.min(to + 1, endOfNumbers) }));
}

function visibilityOf({ visibility }: MessageNode | EnumNode): { visibility?: string } {
  return visibility ? { visibility: `VISIBILITY_${visibility.text.toUpperCase()}` } : {};
}

/** `foo_bar` gives `FooBarEntry`. */
function entryName(name: string): string {
  return `${name.replace(/(?:^|_+)(.?)/g, (_, letter: string) => letter.toUpperCase())}Entry`;
}

function jsonNameOf(name: string): string {
  return name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase());
}

/** Whole numbers beyond what doubles hold are kept as digits. */
function numberJson({ text, value }: NumberLiteral): OptionJson {
  if (Number.isSafeInteger(value) || !/^-?\d+$/.test(text)) return Number.isFinite(value) ? value : String(value);
  return text;
}

function wordJson(text: string): OptionJson {
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^-?(?:inf|infinity)$/i.test(text)) return text.startsWith('-') ? '-Infinity' : 'Infinity';
  return /^-?nan$/i.test(text) ? 'NaN' : text;
}

/** As descriptor.proto writes it: numbers in decimal, `inf` and `nan` as such. */
function defaultOf(value: Value): string {
  if (value.kind === 'string') return value.value;
  if (value.kind === 'word') return value.text;
  if (value.kind !== 'number') return '';
  if (/^-?0[xX0-7]/.test(value.text) && !/[.eE]/.test(value.text.replace(/0[xX].*/, ''))) {
    const digits = value.text.replace('-', '');
    const number = BigInt(/^0[xX]/.test(digits) ? digits : `0o${digits.slice(1) || '0'}`);
    return `${value.text.startsWith('-') ? '-' : ''}${number}`;
  }
  return /[.eE]/.test(value.text) ? String(value.value) : value.text;
}
