import type {
  EnumDescriptor,
  FieldDescriptor,
  FileDescriptor,
  MessageDescriptor,
  OptionsJson,
} from '../../languages/protobuf/descriptors.ts';

/** A message as the codec needs it. */
export interface MessageType {
  readonly fullName: string;
  readonly fields: readonly FieldType[];
  readonly byNumber: ReadonlyMap<number, FieldType>;
  /** By the names of the `.proto`, by those of JSON, and by those of extensions in brackets. */
  readonly byName: ReadonlyMap<string, FieldType>;
  readonly options: OptionsJson;
}

/** A field as the codec needs it. */
export interface FieldType {
  readonly name: string;
  readonly jsonName: string;
  readonly number: number;
  /** `int32`, `string` …, else `message` or `enum`. */
  readonly kind: string;
  readonly repeated: boolean;
  readonly required: boolean;
  readonly packed: boolean;
  readonly presence: boolean;
  readonly delimited: boolean;
  /** The types of a map's keys and values; null for all other fields. */
  readonly map: { readonly key: FieldType; readonly value: FieldType } | null;
  /** The name of the oneof that it belongs to; null for none, and for `optional`. */
  readonly oneof: string | null;
  readonly message: MessageType | null;
  readonly enum: EnumType | null;
  readonly options: OptionsJson;
}

/** An enum as the codec needs it. */
export interface EnumType {
  readonly fullName: string;
  readonly byName: ReadonlyMap<string, number>;
  readonly byNumber: ReadonlyMap<number, string>;
}

/** A method of a service. */
export interface MethodType {
  readonly name: string;
  /** `shop.orders.v1.OrderService.GetOrder`. */
  readonly fullName: string;
  /** `/shop.orders.v1.OrderService/GetOrder`. */
  readonly path: string;
  readonly service: string;
  readonly request: MessageType;
  readonly response: MessageType;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
  readonly options: OptionsJson;
  readonly serviceOptions: OptionsJson;
}

/** The types of some files, each worked out when it is first asked for. */
export class Schema {
  readonly files: readonly FileDescriptor[];
  readonly #messages = new Map<string, MessageDescriptor>();
  readonly #enums = new Map<string, EnumDescriptor>();
  readonly #extensions = new Map<string, FieldDescriptor & { readonly fullName: string }>();
  readonly #extensionsOf = new Map<string, (FieldDescriptor & { readonly fullName: string })[]>();
  readonly #types = new Map<string, Message>();
  readonly #enumTypes = new Map<string, EnumType>();

  constructor(files: readonly FileDescriptor[]) {
    this.files = files;
    for (const file of files) this.#add(file.package, { ...file, nested_type: file.message_type });
  }

  /** @param fullName without a dot before it */
  message(fullName: string): MessageType | undefined {
    const known = this.#types.get(fullName);
    if (known) return known;
    const descriptor = this.#messages.get(fullName);
    if (!descriptor) return undefined;
    const type = new Message(fullName, descriptor, this);
    this.#types.set(fullName, type);
    return type;
  }

  enum(fullName: string): EnumType | undefined {
    const known = this.#enumTypes.get(fullName);
    const descriptor = this.#enums.get(fullName);
    if (known || !descriptor) return known;
    const type: EnumType = {
      fullName,
      byName: new Map(descriptor.value.map(({ name, number }) => [name, number])),
      // Of names for the same number the first counts.
      byNumber: new Map([...descriptor.value].reverse().map(({ name, number }) => [number, name])),
    };
    this.#enumTypes.set(fullName, type);
    return type;
  }

  /** The fields that extend a message. */
  extensionsOf(fullName: string): readonly (FieldDescriptor & { readonly fullName: string })[] {
    return this.#extensionsOf.get(fullName) ?? [];
  }

  /** The methods of all services, in their order. */
  methods(): MethodType[] {
    return this.files.flatMap((file) =>
      file.service.flatMap((service) =>
        service.method.flatMap((method) => {
          const name = joined(file.package, service.name);
          const request = this.message(method.input_type.slice(1));
          const response = this.message(method.output_type.slice(1));
          if (!request || !response) return [];
          return {
            name: method.name,
            fullName: `${name}.${method.name}`,
            path: `/${name}/${method.name}`,
            service: name,
            request,
            response,
            clientStreaming: method.client_streaming,
            serverStreaming: method.server_streaming,
            options: method.options,
            serviceOptions: service.options,
          };
        }),
      ),
    );
  }

  #add(scope: string, members: Pick<MessageDescriptor, 'nested_type' | 'enum_type' | 'extension'>): void {
    for (const message of members.nested_type) {
      const fullName = joined(scope, message.name);
      if (!this.#messages.has(fullName)) this.#messages.set(fullName, message);
      this.#add(fullName, message);
    }
    for (const one of members.enum_type) this.#enums.set(joined(scope, one.name), one);
    for (const field of members.extension) {
      const extension = { ...field, fullName: joined(scope, field.name) };
      this.#extensions.set(extension.fullName, extension);
      const extendee = field.extendee?.slice(1) ?? '';
      const known = this.#extensionsOf.get(extendee);
      if (known) known.push(extension);
      else this.#extensionsOf.set(extendee, [extension]);
    }
  }
}

/** What joins a type to its scope. */
function joined(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}

/** Its fields are worked out when they are first needed: messages may hold each other, and most are never used. */
class Message implements MessageType {
  readonly fullName: string;
  readonly #descriptor: MessageDescriptor;
  readonly #schema: Schema;
  #fields: readonly FieldType[] | undefined;
  #byNumber: ReadonlyMap<number, FieldType> | undefined;
  #byName: ReadonlyMap<string, FieldType> | undefined;

  constructor(fullName: string, descriptor: MessageDescriptor, schema: Schema) {
    this.fullName = fullName;
    this.#descriptor = descriptor;
    this.#schema = schema;
  }

  get options(): OptionsJson {
    return this.#descriptor.options;
  }

  get fields(): readonly FieldType[] {
    this.#fields ??= [
      ...this.#descriptor.field.map((field) => new Field(field, null, this.#oneofOf(field), this.#schema)),
      ...this.#schema
        .extensionsOf(this.fullName)
        .map((field) => new Field(field, `[${field.fullName}]`, null, this.#schema)),
    ];
    return this.#fields;
  }

  get byNumber(): ReadonlyMap<number, FieldType> {
    this.#byNumber ??= new Map(this.fields.map((field) => [field.number, field]));
    return this.#byNumber;
  }

  get byName(): ReadonlyMap<string, FieldType> {
    this.#byName ??= new Map([
      ...this.fields.map((field) => [field.jsonName, field] as const),
      ...this.fields.map((field) => [field.name, field] as const),
    ]);
    return this.#byName;
  }

  #oneofOf({ oneof_index, proto3_optional }: FieldDescriptor): string | null {
    if (oneof_index === undefined || proto3_optional) return null;
    return this.#descriptor.oneof_decl[oneof_index]?.name ?? null;
  }
}

class Field implements FieldType {
  readonly name: string;
  readonly jsonName: string;
  readonly number: number;
  readonly kind: string;
  readonly repeated: boolean;
  readonly required: boolean;
  readonly packed: boolean;
  readonly presence: boolean;
  readonly delimited: boolean;
  readonly oneof: string | null;
  readonly options: OptionsJson;
  readonly #type: string;
  readonly #schema: Schema;
  #map: FieldType['map'] | undefined;
  #message: MessageType | null | undefined;

  /** @param called what it is called where that is not its name, as of extensions */
  constructor(field: FieldDescriptor, called: string | null, oneof: string | null, schema: Schema) {
    const kind = field.type.slice('TYPE_'.length).toLowerCase();
    this.name = called ?? field.name;
    this.jsonName = called ?? field.json_name;
    this.number = field.number;
    this.kind = kind === 'group' ? 'message' : kind;
    this.repeated = field.label === 'LABEL_REPEATED';
    this.required = field.label === 'LABEL_REQUIRED';
    this.packed = field.wire.packed && this.repeated && !unpackable.has(this.kind);
    this.presence = field.wire.presence;
    this.delimited = field.wire.delimited;
    this.oneof = oneof;
    this.options = field.options;
    this.#type = field.type_name?.slice(1) ?? '';
    this.#schema = schema;
  }

  get message(): MessageType | null {
    if (this.#message === undefined) {
      this.#message = this.kind === 'message' ? (this.#schema.message(this.#type) ?? null) : null;
    }
    return this.#message;
  }

  get enum(): EnumType | null {
    return this.kind === 'enum' ? (this.#schema.enum(this.#type) ?? null) : null;
  }

  get map(): FieldType['map'] {
    if (this.#map === undefined) {
      const entry = this.repeated ? this.message : null;
      const [key, value] = entry?.options.map_entry === true ? entry.fields : [];
      this.#map = key && value ? { key, value } : null;
    }
    return this.#map;
  }
}

/** What cannot stand packed in a list. */
const unpackable: ReadonlySet<string> = new Set(['string', 'bytes', 'message']);
