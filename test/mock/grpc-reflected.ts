// A client of gRPC that learns by reflection what there is: grpc-js with messages as protobufjs reads them from descriptors.
import { Client, credentials, type Metadata, type ServiceError } from '@grpc/grpc-js';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';
import { bundledText } from '../../src/mock/grpc/bundled.ts';
import { reflectionText } from '../../src/mock/grpc/reflection.ts';

type Plain = Record<string, unknown>;
const identity = (bytes: Buffer) => bytes;
const plain = { longs: String, enums: String, bytes: String, defaults: false };

/** Asks the reflection service of a server. */
export class Reflected {
  readonly client: Client;
  readonly #version: string;
  readonly #root: protobuf.Root;

  constructor(address: string, version = 'v1') {
    this.client = new Client(address, credentials.createInsecure());
    this.#version = version;
    this.#root = protobuf
      .parse(reflectionText(`grpc.reflection.${version}`), { keepCase: true })
      .root.resolveAll() as protobuf.Root;
  }

  ask(request: Plain): Promise<Plain> {
    const pkg = `grpc.reflection.${this.#version}`;
    const taken = this.#root.lookupType(`${pkg}.ServerReflectionRequest`);
    const given = this.#root.lookupType(`${pkg}.ServerReflectionResponse`);
    return new Promise((resolve, reject) => {
      const call = this.client.makeBidiStreamRequest(
        `/${pkg}.ServerReflection/ServerReflectionInfo`,
        identity,
        identity,
      );
      call.on('data', (bytes: Buffer) =>
        resolve(given.toObject(given.decode(bytes), { longs: String, enums: String }) as Plain),
      );
      call.on('error', reject);
      call.write(Buffer.from(taken.encode(taken.fromObject(request)).finish()));
      call.end();
    });
  }

  async services(): Promise<string[]> {
    const { list_services_response } = (await this.ask({ list_services: '' })) as {
      list_services_response: { service: { name: string }[] };
    };
    return list_services_response.service.map(({ name }) => name);
  }

  /** The files that define a symbol, as protobufjs reads them. */
  async rootOf(symbol: string): Promise<protobuf.Root> {
    const answer = (await this.ask({ file_containing_symbol: symbol })) as {
      file_descriptor_response: { file_descriptor_proto: Uint8Array[] };
    };
    const file = answer.file_descriptor_response.file_descriptor_proto.map((bytes) =>
      descriptor.FileDescriptorProto.decode(bytes),
    );
    return protobuf.Root.fromDescriptor({ file } as never, { keepCase: true } as never) as protobuf.Root;
  }

  async service(name: string): Promise<ReflectedService> {
    return new ReflectedService(this.client, (await this.rootOf(name)).lookupService(name), name);
  }
}

/** The rpcs of a service. Fields go by their names in the `.proto`, enums and long integers as text. */
export class ReflectedService {
  readonly #client: Client;
  readonly #service: protobuf.Service;
  readonly #name: string;

  constructor(client: Client, service: protobuf.Service, name: string) {
    this.#client = client;
    this.#service = service;
    this.#name = name;
  }

  /** One request, one answer. */
  call(name: string, request: Plain, metadata?: Metadata, options: { deadline?: number } = {}): Promise<Plain> {
    const { path, write, read } = this.#codec(name);
    return new Promise((resolve, reject) => {
      const done = (error: ServiceError | null, value?: Plain) => (error ? reject(error) : resolve(value!));
      if (metadata) this.#client.makeUnaryRequest(path, write, read, request, metadata, options, done);
      else this.#client.makeUnaryRequest(path, write, read, request, options, done);
    });
  }

  stream(name: string, request: Plain, options: { deadline?: number } = {}) {
    const { path, write, read } = this.#codec(name);
    return this.#client.makeServerStreamRequest(path, write, read, request, options);
  }

  send(name: string, requests: readonly Plain[]): Promise<Plain> {
    const { path, write, read } = this.#codec(name);
    return new Promise((resolve, reject) => {
      const call = this.#client.makeClientStreamRequest(path, write, read, (error, value) =>
        error ? reject(error) : resolve(value!),
      );
      for (const request of requests) call.write(request);
      call.end();
    });
  }

  talk(name: string) {
    const { path, write, read } = this.#codec(name);
    return this.#client.makeBidiStreamRequest(path, write, read);
  }

  #codec(name: string) {
    const method = this.#service.methods[name]!.resolve() as protobuf.Method;
    const [taken, given] = [method.resolvedRequestType!, method.resolvedResponseType!];
    return {
      path: `/${this.#name}/${name}`,
      write: (value: Plain) => Buffer.from(taken.encode(taken.fromObject(value)).finish()),
      read: (bytes: Buffer) => given.toObject(given.decode(bytes), plain) as Plain,
    };
  }
}

/** What is behind `grpc-status-details-bin`, each with the name of its type. */
export function detailsOf(error: unknown): Plain[] {
  const [bytes] = (error as ServiceError).metadata.get('grpc-status-details-bin');
  if (!bytes) return [];
  const root = new protobuf.Root();
  for (const path of [
    'google/protobuf/any',
    'google/protobuf/duration',
    'google/rpc/status',
    'google/rpc/error_details',
  ]) {
    protobuf.parse(bundledText(`${path}.proto`)!, root, { keepCase: true });
  }
  const type = root.lookupType('google.rpc.Status');
  const { details } = type.toObject(type.decode(bytes as Buffer)) as {
    details: { type_url: string; value: Uint8Array }[];
  };
  return (details ?? []).map(({ type_url, value }) => {
    const name = type_url.slice(type_url.lastIndexOf('/') + 1);
    const inner = root.lookupType(name);
    return { type: name, ...inner.toObject(inner.decode(value), plain) };
  });
}
