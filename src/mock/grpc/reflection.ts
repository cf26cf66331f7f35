import type { FileDescriptor } from '../../languages/protobuf/descriptors.ts';
import type { Json, JsonObject } from '../json.ts';
import { codes } from './codes.ts';
import { bytesOf } from './descriptor-bytes.ts';

/** The versions of the reflection service; their messages are the same. */
export const reflectionPackages = ['grpc.reflection.v1', 'grpc.reflection.v1alpha'] as const;

/** The text of a version's file, as clients know it. */
export function reflectionText(pkg: string): string {
  return `syntax = "proto3"; package ${pkg};
service ServerReflection { rpc ServerReflectionInfo(stream ServerReflectionRequest) returns (stream ServerReflectionResponse); }
message ServerReflectionRequest { string host = 1; oneof message_request { string file_by_filename = 3; string file_containing_symbol = 4;
  ExtensionRequest file_containing_extension = 5; string all_extension_numbers_of_type = 6; string list_services = 7; } }
message ExtensionRequest { string containing_type = 1; int32 extension_number = 2; }
message ServerReflectionResponse { string valid_host = 1; ServerReflectionRequest original_request = 2; oneof message_response {
  FileDescriptorResponse file_descriptor_response = 4; ExtensionNumberResponse all_extension_numbers_response = 5;
  ListServiceResponse list_services_response = 6; ErrorResponse error_response = 7; } }
message FileDescriptorResponse { repeated bytes file_descriptor_proto = 1; }
message ExtensionNumberResponse { string base_type_name = 1; repeated int32 extension_number = 2; }
message ListServiceResponse { repeated ServiceResponse service = 1; }
message ServiceResponse { string name = 1; }
message ErrorResponse { int32 error_code = 1; string error_message = 2; }
`;
}

/** Tells clients what a server offers (grpc/reflection/v1/reflection.proto). */
export class Reflection {
  readonly #services: readonly string[];
  readonly #apis: readonly Index[];

  /**
   * @param services full names, in the order in which they are listed
   * @param apis the files that describe them, each list complete with all that it imports
   */
  constructor(services: readonly string[], apis: readonly (readonly FileDescriptor[])[]) {
    this.#services = services;
    this.#apis = apis.map((files) => new Index(files));
  }

  /** The answer to one ServerReflectionRequest, as JSON. */
  answer(request: JsonObject): JsonObject {
    return { valid_host: request.host ?? '', original_request: request, ...this.#response(request) };
  }

  #response(request: JsonObject): JsonObject {
    const { file_by_filename, file_containing_symbol, file_containing_extension, all_extension_numbers_of_type } =
      request;
    if (typeof file_by_filename === 'string')
      return this.#files((index) => index.files.get(file_by_filename), file_by_filename);
    if (typeof file_containing_symbol === 'string') {
      const name = file_containing_symbol.replace(/^\./, '');
      return this.#files((index) => index.symbols.get(name), file_containing_symbol);
    }
    if (file_containing_extension !== undefined) {
      const { containing_type = '', extension_number = 0 } = file_containing_extension as JsonObject;
      return this.#files(
        (index) => index.extensions.get(String(containing_type).replace(/^\./, ''))?.get(Number(extension_number)),
        `extension ${extension_number} of ${containing_type}`,
      );
    }
    if (typeof all_extension_numbers_of_type === 'string') return this.#numbers(all_extension_numbers_of_type);
    if (request.list_services !== undefined) {
      return { list_services_response: { service: this.#services.map((name) => ({ name })) } };
    }
    return refusal('INVALID_ARGUMENT', 'The request asks for nothing.');
  }

  /** A file with all that it imports, itself first. */
  #files(find: (index: Index) => FileDescriptor | undefined, asked: string): JsonObject {
    for (const index of this.#apis) {
      const file = find(index);
      if (file) return { file_descriptor_response: { file_descriptor_proto: index.withImports(file) } };
    }
    return refusal('NOT_FOUND', `There is no \`${asked}\` here.`);
  }

  #numbers(type: string): JsonObject {
    const name = type.replace(/^\./, '');
    const knowing = this.#apis.filter((index) => index.symbols.has(name));
    if (knowing.length === 0) return refusal('NOT_FOUND', `There is no message \`${type}\` here.`);
    const numbers = knowing.flatMap((index) => [...(index.extensions.get(name)?.keys() ?? [])]);
    return {
      all_extension_numbers_response: {
        base_type_name: type,
        extension_number: [...new Set(numbers)].sort((a, b) => a - b),
      },
    };
  }
}

function refusal(code: 'NOT_FOUND' | 'INVALID_ARGUMENT', message: string): JsonObject {
  return { error_response: { error_code: codes[code], error_message: message } };
}

/** Where to find things in the files of one API. */
class Index {
  readonly files: ReadonlyMap<string, FileDescriptor>;
  /** The file of each message, field, enum, value, extension, service and method by full name. */
  readonly symbols = new Map<string, FileDescriptor>();
  /** The file of each extension by the extended message and the number. */
  readonly extensions = new Map<string, Map<number, FileDescriptor>>();
  #bytes: ReadonlyMap<string, Json> | undefined;

  constructor(files: readonly FileDescriptor[]) {
    this.files = new Map(files.map((file) => [file.name, file]));
    for (const file of files) this.#add(file, file.package, { ...file, nested_type: file.message_type });
    for (const file of files) {
      for (const service of file.service) {
        const name = joined(file.package, service.name);
        this.#symbol(name, file);
        for (const method of service.method) this.#symbol(`${name}.${method.name}`, file);
      }
    }
  }

  withImports(file: FileDescriptor): Json[] {
    this.#bytes ??= new Map(
      [...bytesOf({ files: [...this.files.values()] })].map(([name, bytes]) => [name, bytes.toString('base64')]),
    );
    const found = new Set<string>([file.name]);
    // Grows while it is walked.
    for (const name of found) for (const other of this.files.get(name)!.dependency) found.add(other);
    return [...found].flatMap((name) => this.#bytes!.get(name) ?? []);
  }

  #add(
    file: FileDescriptor,
    scope: string,
    members: Pick<FileDescriptor['message_type'][number], 'nested_type' | 'enum_type' | 'extension'>,
  ): void {
    for (const message of members.nested_type) {
      const name = joined(scope, message.name);
      this.#symbol(name, file);
      for (const member of [...message.field, ...message.oneof_decl]) this.#symbol(`${name}.${member.name}`, file);
      this.#add(file, name, message);
    }
    for (const one of members.enum_type) {
      this.#symbol(joined(scope, one.name), file);
      for (const value of one.value) this.#symbol(joined(scope, value.name), file);
    }
    for (const field of members.extension) {
      this.#symbol(joined(scope, field.name), file);
      const extendee = field.extendee?.slice(1) ?? '';
      const known = this.extensions.get(extendee) ?? new Map<number, FileDescriptor>();
      this.extensions.set(extendee, known.set(field.number, file));
    }
  }

  #symbol(name: string, file: FileDescriptor): void {
    if (!this.symbols.has(name)) this.symbols.set(name, file);
  }
}

function joined(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}
